"""What the tables are made of: columns, units, errors, sources, names, days, words. Imports nothing else of data."""
