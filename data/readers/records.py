"""JSON into tables of text: a list of records, or the lists of records inside a service's reply."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from data.model.errors import DataError
from data.readers.json_text import read_json
from data.readers.nested_records import flat_records
from data.readers.text_table import Fits, TextTable, check_headings, headings, make_table


def read_records(path: Path, fits: Fits) -> list[TextTable]:
    """Return the table of a list of records, or every list inside a reply whose keys are known headings."""
    content = read_json(path)
    if isinstance(content, dict) and content.get("type") == "Topology":
        raise DataError("the file is TopoJSON: areas that share their borders, which are never read as lines. Save "
                        "lines as GeoJSON.", file=path.name, code="TOPOJSON")  # fmt: skip
    if (flat := flat_records(content)) is not None:
        return [_table(path, flat, f"{len(flat):,} records, one for each innermost value of the reply.")]
    if content == []:
        raise DataError("the list holds no record. Download it again.", file=path.name, code="NO_ROWS")
    if isinstance(content, list):
        return [_table(path, content, is_known=fits(headings(_keys(content))))]
    lists = list(_lists(content, ()))
    known = [(where, records) for where, records in lists if fits(headings(_keys(records)))]
    is_known = bool(known)
    if not known:
        if not lists:
            raise DataError("the JSON holds neither a list of records nor GeoJSON.", file=path.name, code="LAYOUT")
        known = [max(lists, key=lambda one: len(one[1]))]
    return [
        _table(path, records, f"Read from the list '{where}' of the reply.", sheet=where if len(known) > 1 else None,
               is_known=is_known)
        for where, records in known
    ]  # fmt: skip


def _lists(content: Any, keys: tuple[str, ...]) -> Iterator[tuple[str, list[Any]]]:
    """Return every list of records inside a reply, with the keys that lead to it."""
    if isinstance(content, list) and content and all(isinstance(one, dict) for one in content):
        yield ".".join(keys), content
    elif isinstance(content, dict) and len(keys) < 6:
        for key, value in content.items():
            yield from _lists(value, (*keys, key))


def _keys(records: list[Any]) -> list[str]:
    columns: dict[str, None] = {}
    for record in records:
        columns |= dict.fromkeys(record if isinstance(record, dict) else {})
    return list(columns)


def _table(path: Path, records: list[Any], *notes: str, sheet: str | None = None, is_known: bool = True) -> TextTable:
    """Return the table of a list of records; a nested value is refused only where the headings are known."""
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise DataError(
                "found a value, expected an object with named fields.", file=path.name, code="LAYOUT", row=number
            )
        nested = next((key for key, value in record.items() if isinstance(value, dict | list)), None)
        if nested is not None and is_known:
            raise DataError("found a nested value, expected text or a number.", file=path.name, code="NESTED",
                            row=number, column=nested)  # fmt: skip
    columns = _keys(records)
    names = check_headings(headings(columns), file=path.name)
    cells = [[_text(record.get(key)) for key in columns] for record in records]
    frame = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")
    return make_table(frame, range(1, len(cells) + 1), file=path.name, sheet=sheet, notes=notes)


def _text(value: object) -> str:
    if value is None:
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
