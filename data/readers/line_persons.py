"""Personal data among the attributes of lines: a column of it refuses the file, a text of it stands as unknown."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import polars as pl

from data.readers import personal
from data.readers.line_attributes import Attributes, read_columns
from data.readers.line_layers import NO_GEOMETRY, Layer
from data.readers.text_table import TextTable

PERSONAL: Final = (
    "PERSONAL_DATA: the text holds what looks like an e-mail address, a phone or a passport number, a day of birth, "
    "the address of a shelter or a person's name, which is never stored. The line is read; this stands as unknown."
)
TEXTS: Final = ("segment_id", "route", "name")


def check_attributes(layers: Iterable[Layer], *, file: str) -> None:
    """Raise DataError at an attribute of a layer that looks like personal data by its name or its values.

    Lines have names of their own: one called ``name`` is judged by its values alone.
    """
    for layer in layers:
        table = _table_of(layer)
        personal.check_columns(table, file=file, are_lines=True)
        personal.check_values(table, read_columns(table.columns), file=file)


def _table_of(layer: Layer) -> TextTable:
    names = list(dict.fromkeys(name for feature in layer.features for name in feature.attributes))
    columns = {name: [_text(feature.attributes.get(name)) for feature in layer.features] for name in names}
    rows = pl.Series([feature.row for feature in layer.features], dtype=pl.UInt32)
    return TextTable(names, pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String)), rows)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, bytes):
        return None
    return str(value).encode("utf-8", "replace").decode()


def texts_of_persons(every: Iterable[Attributes], layers: Iterable[Layer]) -> frozenset[str]:
    """Return the texts among what would be stored of lines that may not be."""
    texts = {text for said in every for text in _texts_of(said)}
    texts |= {feature.fault for layer in layers for feature in layer.features if feature.fault}
    found = pl.Series(sorted(texts), dtype=pl.String)
    return frozenset(found.filter(personal.is_withheld(found)))


def _texts_of(said: Attributes) -> Sequence[str]:
    return [*(text for column in TEXTS if (text := getattr(said, column))), *(value for _, value, _ in said.faults)]


def withhold_persons(said: Attributes, persons: frozenset[str]) -> None:
    """Take the texts of persons out of what is said of a line; each is told, none is repeated (RULES 9)."""
    said.faults = [(name, "", PERSONAL) if value in persons else (name, value, why) for name, value, why in said.faults]
    for column in TEXTS:
        if getattr(said, column) in persons:
            setattr(said, column, None)
            said.faults.append((column, "", PERSONAL))


def public_fault(fault: str, persons: frozenset[str]) -> str:
    """Return why a feature has no line, without the words of it that may not be repeated."""
    return NO_GEOMETRY if fault in persons else fault
