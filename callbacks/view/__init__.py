"""What one view of a vintage states: made once, read by the page and by everything that is exported."""
