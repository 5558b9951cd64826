"""Exports: exactly what is shown, with all that a reader needs to know of it, the same bytes each time."""
