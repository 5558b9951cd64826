"""Serves the app to many readers at once: connections with time limits, answers that are kept, heavy work apart."""
