"""A column is cleaned as each of its texts is by itself."""

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from data.model.vocabulary import clean
from data.readers.clean_texts import cleaned

MARKS = st.sampled_from(["&amp;", "<b>", " ", "  ", "\u00a0", "\u200b", "\u202e", "\x7f", "\x85", "a", "Ž"])


@given(st.lists(st.none() | st.text() | st.lists(MARKS).map("".join)))
@example([" a", "a ", "", None, "\u2066a", "a\x00b", "&lt;p&gt;"])
def test_a_column_is_cleaned_as_its_texts_are(texts: list[str | None]) -> None:
    expected = [None if text is None else clean(text) or None for text in texts]
    assert cleaned(pl.Series(texts, dtype=pl.String)).to_list() == expected
