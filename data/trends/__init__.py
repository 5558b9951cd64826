"""Trends: the year so far, what is provisional, seasons, level, acts of policy."""
