"""Texts where a date, a number, a unit or a place is expected: one without the form of any is not repeated (RULES 9).

Anything may stand in such a column, a name or a day of birth too. What has no form of a value is replaced by how long
it is, before a reader sees the table: so no quarantine, log or reason can repeat it, and its row is told all the same.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import polars as pl

from data.model.units import UNITS
from data.readers.dates import MONTH_NAMES, MONTHS
from data.readers.degrees import read_axis, read_pair
from data.readers.event_names import CALENDAR
from data.readers.personal_names import is_given_name, names_nobody_but_persons
from data.readers.personal_texts import tells_of_persons
from data.readers.personal_values import COLUMN_DOCUMENT, is_personal
from data.readers.text_table import TextTable

LONGEST: Final = 120  # characters of a value with a form
LONGEST_CODE: Final = 3  # letters
WORD: Final = re.compile(r"[^\W\d_]+")
DECIMAL: Final = r"[+-]?\d{1,3}\.\d+"
DESCRIBED: Final = "a text of {characters}"
WITHHELD: Final = (
    "Texts that look like names of persons, days of birth or addresses of shelters, which are never stored: {number} "
    "withheld. Their rows are read without them."
)
KNOWN: Final = frozenset({
    "about", "above", "all", "estimate", "estimates", "footnote", "grand", "inf", "infinity", "nan", "note", "notes",
    "preliminary", "provisional", "revised", "source", "subtotal", "sum", "adult", "adults", "after", "afternoon",
    "approximate", "approximately", "around", "at",
    "autumn", "available", "before", "beginning", "between", "bodies", "body", "boys", "children", "circa",
    "confirmed", "date", "dates", "dead", "degrees", "each", "early", "east", "eastern", "eight", "eighteen",
    "eighty", "eleven", "end", "estimated", "evening", "expected", "false", "female", "few", "fewer", "fifteen",
    "fifty", "figure", "figures", "five", "following", "forty", "four", "fourteen", "from", "geometry",
    "geometrycollection", "girls", "hundred", "hundreds", "included", "including", "invalid", "it", "its",
    "known", "late", "later", "latitude", "least", "less", "line", "linestring", "longitude", "male", "many",
    "maybe", "men", "mid", "minimum", "missing", "month", "months", "more", "morning", "most", "multilinestring",
    "multipoint", "multipolygon", "night", "nine", "nineteen", "ninety", "no", "none", "north", "northern",
    "nothing", "null", "number", "numbers", "of", "one", "only", "over", "people", "person", "persons", "point",
    "points", "polygon", "possible", "presumed", "previous", "probably", "properties", "quarter", "reported",
    "seven", "seventeen", "seventy", "several", "since", "six", "sixteen", "sixty", "some", "soon", "south", "southern",
    "spring", "stated", "still", "summer", "survivor", "survivors", "ten", "tens", "than", "that", "thirteen",
    "thirty", "thousand", "thousands", "three", "time", "today", "tomorrow", "total", "totals", "true", "twelve",
    "twenty", "two", "unclear", "undetermined", "unidentified", "unknown", "unspecified", "until", "valore", "value",
    "values", "week", "weeks", "west", "western", "winter", "without", "women", "year", "years", "yesterday", "zero",
}) | {*MONTHS, *MONTH_NAMES, *CALENDAR, *(word for unit in UNITS for word in unit.split("_"))}  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """Which columns of a table hold what; of no other is anything stored.

    ``values`` are dates and numbers, ``terms`` one of some declared words, ``places`` degrees, ``names`` ids and names
    of routes, regions, countries and causes. ``words`` are those that the table's declaration knows of a column.
    """

    read: frozenset[str]
    values: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    words: Mapping[str, Collection[str]] = field(default_factory=dict)


def has_form(text: str) -> bool:
    """Return whether a text has the form of a date, a number, a code or degrees: digits, marks and known words."""
    if len(text) > LONGEST or re.search(COLUMN_DOCUMENT, text):
        return False
    words = [word.casefold() for word in WORD.findall(text)]
    return all(word in KNOWN or (len(word) <= LONGEST_CODE and not is_given_name(word)) for word in words)


def is_term(text: str) -> bool:
    """Return whether a text may be a word that a declaration lacks: one without blanks, of which none is a name."""
    words = WORD.findall(text)
    return has_form(text) or not (re.search(r"\s|\d{5}", text) or any(map(is_given_name, words)))


def described(text: str) -> str:
    """Return what may be said of a text that may not be repeated: how long it is."""
    return DESCRIBED.format(characters="1 character" if len(text) == 1 else f"{len(text):,} characters")


def without_texts(table: TextTable, columns: Columns) -> TextTable:
    """Return a table whose texts without the form of their column are described, and whose names of persons are gone.

    No row goes: a text that is no value is none as described either, and a name of a person names no country.
    """
    frame = table.frame
    for column in (name for name in frame.columns if name in columns.read):
        frame = frame.with_columns(_kept(frame[column], column, columns))
    withheld = sum(frame[name].null_count() - table.frame[name].null_count() for name in frame.columns)
    notes = (WITHHELD.format(number=f"{withheld:,}"),) if withheld else ()
    return replace(table, frame=frame, notes=(*table.notes, *notes))


def _kept(cells: pl.Series, column: str, columns: Columns) -> pl.Series:
    """Return a column's texts as they may be kept: without a form of a value described, of persons null."""
    texts = list(_distinct(cells, columns.words.get(column, ())))
    if column in columns.values | columns.places:
        return _replaced(cells, {text: described(text) for text in texts if not has_form(text)})
    if column in columns.terms:
        return _replaced(cells, {text: described(text) for text in texts if not is_term(text)})
    told = pl.Series(texts, dtype=pl.String)
    withheld = dict.fromkeys(told.filter(tells_of_persons(told)))
    if column in columns.names:
        withheld |= dict.fromkeys(text for text in texts if names_nobody_but_persons(text))
    return _replaced(cells, withheld)


def _distinct(cells: pl.Series, words: Collection[str]) -> Iterable[str]:
    texts = cells.filter(cells.str.contains(r"\p{L}").fill_null(value=False)).unique().to_list()
    return (text for text in texts if text.strip() not in words)


def _replaced(cells: pl.Series, table: Mapping[str, str | None]) -> pl.Series:
    if not table:
        return cells
    new = pl.Series(list(table.values()), dtype=pl.String)
    return cells.replace_strict(list(table), new, default=cells, return_dtype=pl.String)


def personal_places(cells: pl.Series) -> pl.Series:
    """Return for each text of a column of degrees whether a person's address or number stands in it, and no degrees."""
    return is_personal(cells.str.replace_all(DECIMAL, "0")) & ~_are_degrees(cells)


def _are_degrees(cells: pl.Series) -> pl.Series:
    texts = cells.drop_nulls().unique().to_list()
    found = [text for text in texts if read_pair(text) is not None or read_axis(text) is not None]
    return cells.is_in(found).fill_null(value=False)
