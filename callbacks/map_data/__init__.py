"""What the browser's own layers ask for: cells, lines and incidents as binary columns."""
