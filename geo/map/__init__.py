"""The drawn map: basemap, projection, the view that fits, cells and lines as they are drawn, names of places."""
