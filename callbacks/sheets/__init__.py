"""Exports that are drawn or set: pictures, brief, one file, frame, preview of a link."""
