"""What every sheet that leaves is made from: the view that is asked for, its pictures, its sources, its bytes."""

from collections.abc import Callable
from datetime import date

import polars as pl
from flask import Response

from callbacks.api import asked_query, finished
from callbacks.page import words
from callbacks.reading import understood
from data.errors import QueryError
from data.exports.about import About, about
from data.exports.tables import table_of
from data.measures import incident_source
from data.selection import Selection
from data.store import Store
from data.totals import checked, with_ids
from data.vintage import Vintage
from geo.basemap import nearest_place
from geo.cells import cell_centre, cell_from_text
from layouts import text

Picture = Callable[[Vintage, Selection, str, str, str], bytes]
"""Draws a figure (map or series) of a selection, in a format (svg or png) and at a named size."""


def asked_view(store: Store, **aside: tuple[str, ...]) -> tuple[Vintage, Selection, dict[str, str]]:
    """Return the vintage, the selection that the request states, and what it chooses beside it.

    ``aside`` names the other parameters with what each may be; the first is the default.

    Raises
    ------
    QueryError
        A parameter is not known, is given twice, or cannot be meant.
    """
    query = asked_query()
    chosen = {name: _choice(name, query.pop(name, [options[0]]), options) for name, options in aside.items()}
    vintage = store.asked(Selection.pinned_in(query))
    selection = checked(vintage, Selection.parse(with_ids(query, vintage)))
    return vintage, understood(vintage, selection), chosen


def _choice(name: str, given: list[str], options: tuple[str, ...]) -> str:
    if len(given) != 1 or given[0] not in options:
        raise QueryError(f"'{name}' is {' or '.join(options)}; found '{given[0][:60]}'.", parameter=name)
    return given[0]


def sent(content: bytes, *, media_type: str, name: str, is_pinned: bool) -> Response:
    """Return a file as an answer: to be kept under ``name``, asked for again only where it has changed."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return finished(response, is_pinned=is_pinned)


def details_of(vintage: Vintage, selection: Selection) -> About:
    """Return what travels with the view: about all of it, so with the sources of its counts and lines as well."""
    return about(vintage, selection, figure="view", sentence=" ".join(words(vintage, selection)), columns=())


def dates_of(source: dict[str, str]) -> str:
    """Return the days that a source covers and the day it was retrieved, in words."""
    first, last, retrieved = (date.fromisoformat(source[name]) if source[name] else None
                              for name in ("first_date", "last_date", "retrieved"))  # fmt: skip
    parts = [text.dates(first, last) if first else "", f"retrieved {text.day(retrieved)}" if retrieved else ""]
    return "; ".join(part for part in parts if part)


def until(vintage: Vintage, selection: Selection) -> str:
    """Return the last day of the incident source in words."""
    source = incident_source(vintage, selection)
    last = vintage.sources.filter(pl.col("source") == pl.lit(source))["last_date"].max()
    return text.day(last) if isinstance(last, date) else "–"


def ranked_cells(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return the cells as they may leave (RULES 9), the highest of the selection's measure first.

    Columns as in ``data.exports.tables.cells_table``; equal values are ordered by the cell's index.
    """
    found = table_of(vintage, selection, "cells")
    return found.sort(selection.measure, "cell", descending=[True, False], nulls_last=True)


def place_of(cell: str) -> str:
    """Return where a cell's centre is, in words."""
    longitude, latitude = cell_centre(cell_from_text(cell))
    return nearest_place(longitude=longitude, latitude=latitude)
