"""Counting by cell, period and route; what each picture drops; one meaning, several engines."""
