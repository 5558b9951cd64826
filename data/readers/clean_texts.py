"""A column of texts, cleaned: those that are clean already are told at once, each other text is cleaned once."""

from typing import Final

import polars as pl

from data.model.vocabulary import clean

# What ``clean`` may change: an entity, a tag, a mark that cannot be seen, white space but one blank between two words.
ODD: Final = r"[&<\x00-\x1f\x7f-\x{9f}\x{2028}-\x{202e}\x{2066}-\x{2069}]|[\s--[ ]]|^ | $|  |^$"


def cleaned(texts: pl.Series) -> pl.Series:
    """Return each text as ``vocabulary.clean`` writes it; null where nothing is left."""
    odd = texts.str.contains(ODD).fill_null(value=False)
    if not odd.any():
        return texts
    table = {text: clean(text) or None for text in texts.filter(odd).unique().to_list()}
    named = texts.replace_strict(table, default=None, return_dtype=pl.String)
    return texts.zip_with(~odd, named)
