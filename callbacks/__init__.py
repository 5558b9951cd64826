"""Wiring: unpack the inputs, call one pure function, return it."""
