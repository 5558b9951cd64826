"""Shapes: H3 cells, segments, GeoJSON and the basemap. Imports nothing of this project."""
