"""Pages without Dash: the sector's sheet, the frame, the view as one file."""
