"""The sentences that a reader sees, by surface."""
