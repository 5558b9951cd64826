"""Statistics on cells and lines: Gi*, emerging patterns, stability of rankings, corridors."""
