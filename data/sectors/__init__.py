"""Sectors: the area that a border team watches, its sheet, thresholds and alerts."""
