"""What a query asks of the views: which one, of one route or of none, in a window."""

from datetime import date
from typing import Final

import polars as pl

from data.model.absence import CODES
from data.model.errors import QueryError
from data.model.notices import Notice, say
from data.pillars.models import Asked, View, ViewLine
from data.pillars.views import VIEWS, Kind
from data.query.kinds import Choice
from data.query.parameters import FROM, ROUTE, TO, VERSION, VINTAGE, Parameter, Query, refuse_unknown, take
from data.query.resolve import require_known_ids, resolve_names
from data.query.selection import Selection
from data.store.vintage import Vintage

_CHOICE: Final = Choice(tuple(VIEWS))
VIEW: Final = Parameter("view", _CHOICE, "One view of the four pillars.")
DRAWN_VIEW: Final = Parameter("pillar_view", _CHOICE, "The view that is drawn.", default=next(iter(VIEWS)))
ADDED_VIEW: Final = Parameter("pillar_view", _CHOICE, "A view of the four pillars that the brief says as well.")
ROW_COLUMNS: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "view": pl.String, "series": pl.Boolean, "part": pl.String, "name": pl.String, "what": pl.String,
    "date_from": pl.Date, "date_to": pl.Date,
    "value": pl.Float64, "unit": pl.String, "numerator": pl.Float64, "denominator": pl.Float64,
    "status": pl.String, "obs_status": pl.String, "note": pl.String, "words": pl.String, "formula": pl.String,
    "divided_by": pl.String, "caveat": pl.String, "sources": pl.String, "vintage": pl.String,
}  # fmt: skip


def parse_view(query: Query, vintage: Vintage) -> tuple[Kind, Asked, Selection]:
    """Return which view is asked for, and of what; raise QueryError at anything that cannot be meant."""
    own, rest = take(resolve_names(query, vintage), VIEW)
    refuse_unknown(rest, (ROUTE, FROM, TO, VINTAGE, VERSION))
    if own["view"] is None:
        raise QueryError(say("pillars.which", options=", ".join(VIEWS)), parameter="view")
    selection = require_known_ids(vintage, Selection.parse(rest))
    if len(selection.routes) > 1:
        raise QueryError(say("risk.refused.one_route"), parameter="route")
    return VIEWS[own["view"]], asked_of(selection), selection


def asked_of(selection: Selection) -> Asked:
    """Return what of a selection the views answer for: its route, where it is one, and its days."""
    route = selection.routes[0] if len(selection.routes) == 1 else None
    return Asked(route, selection.start, selection.end)


def own_part(selection: Selection) -> Selection:
    """Return what of a selection pages and files of the views share: its route, its days, its vintage."""
    asked = asked_of(selection)
    return Selection(routes=(asked.route,) if asked.route else (), start=asked.start, end=asked.end,
                     vintage=selection.vintage)  # fmt: skip


def rows_of_view(view: View) -> pl.DataFrame:
    """Return the rows of a view as a table; each has formula, denominator, caveat and sources: none leaves alone."""
    beside = {
        "view": view.view, "words": view.words, "formula": view.formula, "divided_by": view.denominator,
        "caveat": view.caveat, "vintage": view.vintage,
        "sources": str(Notice("pillars.cited", sources=[f"{one.citation} ({one.licence})" for one in view.sources])),
    }  # fmt: skip
    names = ("part", "name", "what", "date_from", "date_to", "value", "unit", "numerator", "denominator", "status",
             "obs_status", "note")  # fmt: skip
    rows = [{**{name: getattr(row, name) for name in names}, **beside, "series": False} for row in view.rows]
    rows += [{**row, **beside, "series": True} for line in view.series for row in _rows_of_line(line)]
    return pl.DataFrame(rows, schema=ROW_COLUMNS)


def _rows_of_line(line: ViewLine) -> list[dict[str, object]]:
    """Return a row per year of a line: the same figure as that of the view asked of that year."""
    return [
        {"part": line.part, "name": line.name or None, "what": line.what or None, "date_from": date(one.year, 1, 1),
         "date_to": date(one.year, 12, 31), "value": one.value, "unit": line.unit, "status": one.status,
         "obs_status": CODES[one.status]}
        for one in line.points
    ]  # fmt: skip
