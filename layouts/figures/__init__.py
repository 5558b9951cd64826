"""Plotly figures as plain dicts, made from tables; no dash here."""
