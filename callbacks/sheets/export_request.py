"""What every sheet that leaves is made from: the view that is asked for, its pictures, its sources, its bytes."""

from collections.abc import Callable
from typing import Any

from flask import Response

from callbacks.server.responses import asked_query, with_cache_headers
from data.counting.engine import with_zoom_in_bounds
from data.exports.about import CitedSource
from data.model.notices import say
from data.query.parameters import Parameter, take
from data.query.resolve import require_known_ids, resolve_names
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from geo.cells import cell_centre, cell_from_text
from geo.map.basemap import nearest_place
from layouts.text import page as text

Picture = Callable[[Vintage, Selection, str, str, str], bytes]
"""Draws a figure (map or series) of a selection, in a format (svg or png) and at a named size."""


def asked_view(store: Store, *beside: Parameter) -> tuple[Vintage, Selection, dict[str, Any]]:
    """Return the vintage, the selection that the request states, and what it chooses ``beside`` it, by name.

    Raises
    ------
    QueryError
        A parameter is not known, is given twice, or cannot be meant.
    """
    chosen, query = take(asked_query(), *beside)
    vintage = store.open(Selection.pinned_in(query))
    selection = require_known_ids(vintage, Selection.parse(resolve_names(query, vintage)))
    return vintage, with_zoom_in_bounds(selection), chosen


def sent(content: bytes, *, media_type: str, name: str, is_pinned: bool) -> Response:
    """Return a file as an answer: to be kept under ``name``, asked for again only where it has changed."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return with_cache_headers(response, is_pinned=is_pinned)


def dates_of(source: CitedSource) -> str:
    """Return the days that a source covers and the day it was retrieved, in words."""
    first, last, retrieved = source.days
    parts = [
        text.dates(first, last) if first else "",
        say("single_file.retrieved", day=text.day(retrieved)) if retrieved else "",
    ]
    return "; ".join(part for part in parts if part)


def place_of(cell: str) -> str:
    """Return where a cell's centre is, in words."""
    longitude, latitude = cell_centre(cell_from_text(cell))
    return nearest_place(longitude=longitude, latitude=latitude)
