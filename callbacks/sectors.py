"""A sector over HTTP: its sheet as JSON and as a printable page, and the feeds of what a person has released of it."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

import orjson
import polars as pl
from dash import Dash
from flask import Response, request

from callbacks.api import finished, problem, refusal, status_of
from callbacks.reading import floors_of
from data.alerts import released, watched
from data.errors import AbsentError, ContradictionError, CrossingsError, QueryError
from data.feeds import atom, changes_answer
from data.measures import incident_source
from data.sector_cells import cells_inside
from data.sector_sheet import parse_since, sector_sheet
from data.sectors import KEYS, Sector, split_query
from data.selection import Selection
from data.store import Store
from data.thresholds import THRESHOLDS, parse_thresholds
from data.totals import checked, with_ids
from data.vintage import Vintage
from data.watch_list import LONGEST as LONGEST_LIST
from data.watch_list import read_watched
from geo.cells import cell_from_text
from layouts import sector_page
from layouts.figures.locator import locator

LONGEST_QUERY: Final = 40_000
HTML, ATOM = "text/html", "application/atom+xml"
MEASURE: Final = "dead_or_missing"
FORM: Final = (*KEYS, "since", *(f"{name}_above" for name in THRESHOLDS))  # fields that a form sends empty
WAYS: Final = {"area": ("area",), "place": ("place", "at", "radius_km"), "polygon": ("polygon",)}
Query = dict[str, list[str]]


def register(app: Dash, store: Store) -> None:
    """Serve the sheet, the page and the feeds."""

    @app.server.get("/api/v1/sector")
    def sector_answer() -> Response:
        return _answered(lambda: (orjson.dumps(_sheet(store, asked_query())), "application/json"), may_pin=True)

    @app.server.get("/api/v1/sector/changes")
    def sector_changes() -> Response:
        return _answered(lambda: (orjson.dumps(_changes(store)), "application/json"))

    @app.server.get("/api/v1/sector/changes.atom")
    def sector_feed() -> Response:
        return _answered(lambda: (_feed(store), ATOM))

    @app.server.get("/sector")
    def sector_sheet_page() -> Response:
        return _page(store)

    @app.server.post("/sector/watch-list")
    def watch_list() -> Response:
        return read_list()


def read_list() -> Response:
    """Return the sectors of a watch list that a reader has chosen as a file: kept nowhere, told in one form."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return problem(403, "Watch lists are read for this page alone.")
    request.max_content_length = 4 * LONGEST_LIST  # characters may take four bytes
    try:
        found = read_watched(request.get_data(cache=False).decode())
    except UnicodeDecodeError:
        return problem(400, "The watch list is not UTF-8 text. Choose a file that this page has saved.")
    except CrossingsError as error:
        return refusal(error)
    rows = [{"query": one.sector.to_query(), "name": one.name} for one in found]
    return Response(orjson.dumps({"sectors": rows}), mimetype="application/json")


def asked_query() -> Query:
    """Return what the request asks; raise QueryError where it is too long."""
    if len(request.query_string) > LONGEST_QUERY:
        raise QueryError(f"The query is longer than {LONGEST_QUERY:,} characters.", parameter="query")
    return request.args.to_dict(flat=False)


def _answered(make: Callable[[], tuple[bytes, str]], *, may_pin: bool = False) -> Response:
    """Return what ``make`` gives; where its query may be pinned to a vintage and is, the answer never changes."""
    try:
        content, kind = make()
    except CrossingsError as error:
        return refusal(error)
    return finished(Response(content, mimetype=kind), is_pinned=may_pin and "vintage" in request.args)


def understood(vintage: Vintage, query: Query) -> tuple[Selection, Sector, dict[str, Any]]:
    """Return (selection, sector, since and thresholds) of a query; raise QueryError at what it cannot mean."""
    since, rest = parse_since(query)
    thresholds, rest = parse_thresholds(rest)
    where, rest = split_query(rest)
    selection = checked(vintage, Selection.parse(with_ids(rest, vintage)))
    return selection, Sector.parse(where), {"since": since, "thresholds": thresholds}


def _sheet(store: Store, query: Query) -> dict[str, Any]:
    vintage = store.asked(Selection.pinned_in(query))
    selection, sector, more = understood(vintage, query)
    return sector_sheet(vintage, selection, sector, **more)


def _watched_or_drawn(store: Store, query: Query) -> Sector:
    """Return the sector that a feed is of: a watched one by its name, or the query's own."""
    if "sector" not in query:
        return Sector.parse(query)
    if len(query) > 1 or len(query["sector"]) != 1:
        raise ContradictionError("'sector' is the one name of a watched sector; state nothing else but 'since'.",
                         parameter="sector")  # fmt: skip
    one = watched(store.folder).get(query["sector"][0])
    if one is None:
        raise AbsentError(f"There is no watched sector '{query['sector'][0][:60]}'.", parameter="sector")
    return one.sector


def _changes(store: Store) -> dict[str, Any]:
    vintage, (since, rest) = store.current(), parse_since(asked_query())
    sector = _watched_or_drawn(store, rest)
    return changes_answer(vintage, sector, released(store.folder, vintage, sector, since=since), since=since)


def _feed(store: Store) -> bytes:
    vintage, (since, rest) = store.current(), parse_since(asked_query())
    sector = _watched_or_drawn(store, rest)
    return atom(vintage, sector, released(store.folder, vintage, sector, since=since))


def _page(store: Store) -> Response:
    """Return the page: the sheet, an invitation where nothing is asked, or the reason beside the form."""
    try:
        query = asked_query()
        vintage = store.asked(Selection.pinned_in(query))
    except CrossingsError as error:
        return refusal(error)
    filled = {key: values[0] for key, values in query.items() if key in (*FORM, "by") and values}
    kept = {key: values[0] for key, values in query.items() if key not in (*FORM, "by") and values}
    try:
        body, title, status = _body(vintage, sent(query))
    except QueryError as error:
        body, title, status = sector_page.refusal(str(error)), "Not shown", status_of(error)
    page = sector_page.sector_page(
        body, filled=filled, kept=kept, title=title, is_demonstration=vintage.is_demonstration
    )
    return finished(Response(page, status=status, mimetype=HTML), is_pinned=status == 200 and "vintage" in query)


def sent(query: Query) -> Query:
    """Return what a form means: without empty fields, and of the three ways only the one that its ``by`` names."""
    rest = dict(query)
    by = rest.pop("by", None)
    if by is not None and (len(by) != 1 or by[0] not in WAYS):
        raise QueryError(f"'by' is one of {', '.join(WAYS)}.", parameter="by")
    if by is not None:
        others = {key for way, keys in WAYS.items() if way != by[0] for key in keys}
        rest = {key: values for key, values in rest.items() if key not in others}
    rest = {key: values for key, values in rest.items() if key not in FORM or values != [""]}
    if by == ["place"] and _is_point(rest.get("place", [""])[0]):
        rest["at"] = rest.pop("place")
    return rest


def _is_point(text: str) -> bool:
    return text.count(",") == 1 and all(part.strip().lstrip("+-−").replace(".", "", 1).isdigit()
                                        for part in text.split(","))  # fmt: skip


def _body(vintage: Vintage, query: Query) -> tuple[Any, str, int]:
    if not any(key in query for key in KEYS):
        understood_or_empty(vintage, query)
        return sector_page.invitation(), "Choose a sector", 200
    selection, sector, more = understood(vintage, query)
    sheet = sector_sheet(vintage, selection, sector, **more)
    source = incident_source(vintage, selection)
    titles = vintage.sources.filter(pl.col("source") == source)["title"] if source else pl.Series([], dtype=pl.String)
    svg, floors, _ = drawn(vintage, selection, sector, sheet)
    body = sector_page.sheet_body(
        sheet, selection, vintage.names, source=titles[0] if titles.len() else None, svg=svg, floors=floors,
        query=address(selection, sector, more),
    )  # fmt: skip
    return body, f"Sector {sector.words}", 200


def drawn(
    vintage: Vintage, selection: Selection, sector: Sector, sheet: dict[str, Any]
) -> tuple[str, tuple[int, ...], str]:
    """Return the SVG of a sector with its cells, the hot ones outlined, the floors of its classes, and its words."""
    floors = floors_of(vintage, incident_source(vintage, selection), MEASURE, selection.resolution)
    hot = [cell_from_text(one["cell"]) for one in sheet["hot_spots"]["cells"]]
    label = f"Map: the sector, {sector.words}. {sheet['hot_spots']['words']}"
    cells = cells_inside(vintage, selection, sector)
    return locator(sector, cells, measure=MEASURE, floors=floors, label=label, hot=hot), floors, label


def understood_or_empty(vintage: Vintage, query: Query) -> None:
    """Raise QueryError where an address without a sector states anything that cannot be meant."""
    _, rest = parse_since(query)
    _, rest = parse_thresholds(rest)
    checked(vintage, Selection.parse(with_ids(rest, vintage)))


def address(selection: Selection, sector: Sector, more: dict[str, Any]) -> str:
    """Return the canonical query string of a sheet."""
    rest = {"since": more["since"]} if more["since"] else {}
    rest |= {f"{name}_above": more["thresholds"][name] for name in THRESHOLDS if name in more["thresholds"]}
    return "&".join(part for part in (sector.to_query(), urlencode(rest), selection.to_query()) if part)
