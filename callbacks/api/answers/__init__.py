"""The answers of the interface that are no lists, one file each."""
