"""Reads every table of incidents: IOM's by its own reader, the others by their declarations."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from data.model.sources import DEMONSTRATION
from data.readers import missing_migrants, mmp_copies
from data.readers.at_the_door import drop_at_the_door
from data.readers.incident_checks import with_checks
from data.readers.incident_fields import fields_of
from data.readers.incident_layout import IncidentLayout, Shape, plain
from data.readers.incident_layouts import BY_ID, declared_layout_of
from data.readers.incident_rows import finish
from data.readers.incident_values import texts_of, valued
from data.readers.raw_rows import RawRows
from data.readers.result import ReadResult
from data.readers.text_table import TextTable


def incident_layout_of(columns: Sequence[str]) -> str | None:
    """Return the id of the layout of incidents that headings have: IOM's own, or a declared one; None for others."""
    known = missing_migrants.layout_of(list(columns))
    declared = declared_layout_of(columns)
    return known or (declared.id if declared else None)


def copy_layout_of(columns: Sequence[str]) -> str | None:
    """Return the id of the layout of a table without ids that states people, a day and a place; asked last of all."""
    found = mmp_copies.copy_layout_of(list(columns))
    return found.id if found else None


def without_persons(table: TextTable) -> TextTable:
    """Return a table without the columns that its layout, where it is a declared one, is known to name people in."""
    known = BY_ID.get(incident_layout_of(table.columns) or copy_layout_of(table.columns) or "")
    return drop_at_the_door(table, known) if known else table


def read_incidents(table: TextTable, *, layout: str, file: str) -> ReadResult:
    """Read one table of incidents: every row ends accepted, quarantined or declared duplicate."""
    if layout not in BY_ID:
        return with_checks(missing_migrants.read(table, layout=layout, file=file))
    return with_checks(_read_declared(drop_at_the_door(table, BY_ID[layout]), BY_ID[layout], file=file))


def columns_read(columns: Sequence[str], layout: str) -> dict[str, str]:
    """Return which column of a table of incidents holds each field; no other column of it is stored."""
    return _fields_of(columns, BY_ID[layout]) if layout in BY_ID else fields_of(list(columns))


def _fields_of(columns: Sequence[str], layout: IncidentLayout) -> dict[str, str]:
    return layout.columns_of(columns) if layout.fields else fields_of(list(columns))


def _read_declared(table: TextTable, layout: IncidentLayout, *, file: str) -> ReadResult:
    fields = _fields_of(table.columns, layout)
    key = next((name for name in table.columns if plain(name) == layout.key), None)
    kept = table if key is None else replace(table, frame=table.frame.drop(key))
    texts = texts_of(kept, fields)
    if layout.rows == "groups":
        texts = texts.with_columns(
            RawRows(kept, frozenset()).texts().alias("key")
        )  # a group is told from another by all its columns
    else:
        texts = texts.with_columns(key=pl.lit(None, pl.String) if key is None else table.frame[key])
    if layout.rows == "people":
        texts = texts.with_columns(dead=pl.lit("1"), reporter=pl.lit(layout.publication.publisher))
    log = None
    if layout.prepare is not None:
        texts, log = layout.prepare(texts, file)
    unread = tuple(name for name in table.columns if name not in (*fields.values(), key, DEMONSTRATION))
    return finish(
        valued(texts),
        RawRows(kept, frozenset(fields.values())),
        broken=table.broken,
        source=f"{DEMONSTRATION}-{layout.source}" if DEMONSTRATION in table.columns else layout.source,
        layout=layout.id,
        file=file,
        unread=unread,
        shape=Shape(
            has_total="total" in fields,
            is_grouped=layout.rows == "groups",
            stated=frozenset(fields),
            notes=layout.notes,
            log=log,
            headings=fields,
        ),
    )
