"""The questions of the sheet: a module each, and their table."""
