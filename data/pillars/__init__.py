"""The four pillars of IOM's comprehensive approach: views that answer a question each, and what no open data shows."""
