"""Reads publishers' tables of indicators: how a table is declared, and the one reader of all of them."""
