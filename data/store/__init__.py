"""Vintages: files in, immutable tables out, published by one rename."""
