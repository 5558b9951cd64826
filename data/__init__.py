"""Tables: read, check, store, count, export. Knows nothing of dash or plotly."""
