"""Answers on indicators: which there are in a vintage, and the figures of one."""
