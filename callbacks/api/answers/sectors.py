"""A sector over HTTP: its sheet as JSON and as a printable page, and the feeds of what a person has released of it."""

from collections.abc import Callable
from datetime import date
from typing import Final
from urllib.parse import urlencode

import polars as pl
from dash import Dash
from flask import Flask, Response, request

from callbacks.api.answers.sector_routes import route_key, sector_routes
from callbacks.server.address import reader_address
from callbacks.server.interface import ANSWERS
from callbacks.server.responses import answer, asked_query, problem, problem_response, status_of, with_cache_headers
from data.counting.engine import classes_of
from data.model.answers import as_json
from data.model.errors import AbsentError, ContradictionError, CrossingsError, QueryError
from data.model.notices import say
from data.query.parameters import ABOVE, SINCE, THRESHOLDS, WATCHED, WAY, take
from data.query.resolve import incident_source, require_known_ids, resolve_names
from data.query.selection import Selection
from data.sectors.alerts import released_alerts, watched_sectors
from data.sectors.answer_model import SectorChanges, SectorSheet
from data.sectors.cells import cells_inside
from data.sectors.feed import atom, changes_answer
from data.sectors.fitting import fitted, stated
from data.sectors.sar import sar_regions
from data.sectors.sector import KEYS, Sector, split_query
from data.sectors.sheet import parse_since, sector_sheet
from data.sectors.thresholds import Thresholds, parse_thresholds
from data.sectors.watch_list import LONGEST as LONGEST_LIST
from data.sectors.watch_list import read_watched
from data.store.store import Store
from data.store.vintage import Vintage
from geo.cells import cell_from_text
from layouts.figures.locator import locator
from layouts.figures.sar_map import Named, sar_map
from layouts.standalone import sector_page
from layouts.text.sar import region_name

HTML, ATOM = "text/html", "application/atom+xml"
MEASURE: Final = "dead_or_missing"
FORM: Final = (*KEYS, SINCE.name, *(one.name for one in ABOVE))  # fields that a form sends empty
WAYS: Final = {"area": ("area",), "place": ("place", "at", "radius_km"), "polygon": ("polygon",)}
Query = dict[str, list[str]]


def register(app: Dash, store: Store) -> None:
    """Serve the sheet, the page and the feeds."""
    server: Flask = app.server

    @server.get(ANSWERS["sector"].path)
    def sector_answer() -> Response:
        return _answered(lambda: (as_json(_sheet(store, asked_query())), "application/json"), may_pin=True)

    @server.get(ANSWERS["sector/changes"].path)
    def sector_changes() -> Response:
        return _answered(lambda: (as_json(_changes(store)), "application/json"))

    @server.get(ANSWERS["sector/changes.atom"].path)
    def sector_feed() -> Response:
        return _answered(lambda: (_feed(store), ATOM))

    @server.get("/sector")
    def sector_sheet_page() -> Response:
        return _page(store)

    @server.post("/sector/watch-list")
    def watch_list() -> Response:
        return read_list()


def read_list() -> Response:
    """Return the sectors of a watch list that a reader has chosen as a file: kept nowhere, told in one form."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return problem(403, say("sectors.wrong.list_elsewhere"))
    request.max_content_length = 4 * LONGEST_LIST  # characters may take four bytes
    try:
        found = read_watched(request.get_data(cache=False).decode())
    except UnicodeDecodeError:
        return problem(400, say("sectors.wrong.list_not_text"))
    except CrossingsError as error:
        return problem_response(error)
    rows = [{"query": one.sector.to_query(), "name": one.name} for one in found]
    return answer({"sectors": rows})


def _answered(make: Callable[[], tuple[bytes, str]], *, may_pin: bool = False) -> Response:
    """Return what ``make`` gives; where its query may be pinned to a vintage and is, the answer never changes."""
    try:
        content, kind = make()
    except CrossingsError as error:
        return problem_response(error)
    return with_cache_headers(Response(content, mimetype=kind), is_pinned=may_pin and "vintage" in asked_query())


def parse_sheet(vintage: Vintage, query: Query) -> tuple[Selection, Sector, date | None, Thresholds]:
    """Return (selection, sector, since, thresholds) of a query; raise QueryError at what it cannot mean."""
    since, rest = parse_since(query)
    thresholds, rest = parse_thresholds(rest)
    where, rest = split_query(rest)
    selection = require_known_ids(vintage, Selection.parse(resolve_names(rest, vintage)))
    return selection, Sector.parse(where), since, thresholds


def _sheet(store: Store, query: Query) -> SectorSheet:
    vintage = store.open(Selection.pinned_in(query))
    selection, sector, since, thresholds = parse_sheet(vintage, query)
    return sector_sheet(vintage, selection, sector, since=since, thresholds=thresholds)


def _watched_or_drawn(store: Store, query: Query) -> Sector:
    """Return the sector that a feed is of: a watched one by its name, or the query's own."""
    if "sector" not in query:
        return Sector.parse(query)
    own, rest = take(query, WATCHED)
    if rest:
        raise ContradictionError(say("sectors.wrong.sector_and_more"), parameter="sector")
    one = watched_sectors(store.folder).get(own["sector"])
    if one is None:
        raise AbsentError(say("sectors.wrong.not_watched", name=own["sector"]), parameter="sector")
    return one.sector


def _changes(store: Store) -> SectorChanges:
    vintage, (since, rest) = store.current(), parse_since(asked_query())
    sector = _watched_or_drawn(store, rest)
    return changes_answer(vintage, sector, released_alerts(store.folder, vintage, sector, since=since), since=since)


def _feed(store: Store) -> bytes:
    vintage, (since, rest) = store.current(), parse_since(asked_query())
    sector = _watched_or_drawn(store, rest)
    return atom(vintage, sector, released_alerts(store.folder, vintage, sector, since=since))


def _page(store: Store) -> Response:
    """Return the page: the sheet, an invitation where nothing is asked, or the reason beside the form."""
    try:
        query = asked_query()
        vintage = store.open(Selection.pinned_in(query))
    except CrossingsError as error:
        return problem_response(error)
    filled = {key: values[0] for key, values in query.items() if key in (*FORM, "by") and values}
    kept = {key: values[0] for key, values in query.items() if key not in (*FORM, "by") and values}
    try:
        body, title, status = _body(vintage, drop_empty_fields(query))
    except QueryError as error:
        body, title, status = sector_page.Body(refusal=str(error)), say("sectors.page.title_refused"), status_of(error)
    page = sector_page.sector_page(
        body, filled=filled, kept=kept, title=title, is_demonstration=vintage.is_demonstration
    )
    return with_cache_headers(
        Response(page, status=status, mimetype=HTML), is_pinned=status == 200 and "vintage" in query
    )


def drop_empty_fields(query: Query) -> Query:
    """Return what a form means: without empty fields, and of the three ways only the one that its ``by`` names."""
    rest = dict(query)
    own, rest = take(rest, WAY)
    by = own["by"]
    if by is not None:
        others = {key for way, keys in WAYS.items() if way != by for key in keys}
        rest = {key: values for key, values in rest.items() if key not in others}
    rest = {key: values for key, values in rest.items() if key not in FORM or values != [""]}
    if by == "place" and _is_point(rest.get("place", [""])[0]):
        rest["at"] = rest.pop("place")
    return rest


def _is_point(text: str) -> bool:
    return text.count(",") == 1 and all(part.strip().lstrip("+-−").replace(".", "", 1).isdigit()
                                        for part in text.split(","))  # fmt: skip


def _body(vintage: Vintage, query: Query) -> tuple[sector_page.Body, str, int]:
    if not any(key in query for key in KEYS):
        refuse_unknown(vintage, query)
        return sector_page.Body(), say("sectors.page.title_choose"), 200
    selection, sector, since, thresholds = parse_sheet(vintage, query)
    sheet = sector_sheet(vintage, selection, sector, since=since, thresholds=thresholds)
    source = incident_source(vintage, selection)
    titles = vintage.sources.filter(pl.col("source") == source)["title"] if source else pl.Series([], dtype=pl.String)
    svg, floors, _ = draw_map(vintage, selection, sector, sheet)
    maps = sector_page.Maps(svg, draw_sar_map(vintage, sector, sheet))
    body = sector_page.sheet_body(
        sheet, selection, vintage.names, source=titles[0] if titles.len() else None, maps=maps, floors=floors,
        routes=route_key(vintage, selection, svg),
        where=sector_page.Where(
            address(selection, sector, since=since, thresholds=thresholds), reader_address()
        ),
    )  # fmt: skip
    return body, say("sectors.page.title_of_sector", sector=sector.words), 200


def draw_map(
    vintage: Vintage, selection: Selection, sector: Sector, sheet: SectorSheet
) -> tuple[str, tuple[int, ...], str]:
    """Return the SVG of a sector with its cells, the hot ones outlined, the floors of its classes, and its words."""
    selection = fitted(selection, sector)
    floors = classes_of(vintage, incident_source(vintage, selection), MEASURE, selection.resolution).floors
    hot = [cell_from_text(one.cell) for one in sheet.hot_spots.cells]
    label = say("sectors.cells.map", sector=sector.words, hot=sheet.hot_spots.words)
    cells = cells_inside(vintage, selection, sector)
    return (
        locator(
            sector,
            cells,
            measure=MEASURE,
            floors=floors,
            label=label,
            hot=hot,
            routes=sector_routes(vintage, selection),
        ),
        floors,
        label,
    )


def draw_sar_map(vintage: Vintage, sector: Sector, sheet: SectorSheet) -> str:
    """Return the SVG of the search-and-rescue regions that meet a sector; blank where none does."""
    names = {one.id: region_name(one) for one in sheet.sar.regions}
    regions = [Named(names[one.id], one.shape.outline) for one in sar_regions(vintage) if one.id in names]
    label = say("sar.map.label", sector=sector.words, names=list(names.values()), overlaps=len(sheet.sar.overlaps))
    return sar_map(sector, regions, label=label) if regions else ""


def refuse_unknown(vintage: Vintage, query: Query) -> None:
    """Raise QueryError where an address without a sector states anything that cannot be meant."""
    _, rest = parse_since(query)
    _, rest = parse_thresholds(rest)
    require_known_ids(vintage, Selection.parse(resolve_names(rest, vintage)))


def address(selection: Selection, sector: Sector, *, since: date | None, thresholds: Thresholds) -> str:
    """Return the canonical query string of a sheet, which no map's zoom changes."""
    rest: dict[str, date | int] = {"since": since} if since else {}
    rest |= {f"{name}_above": thresholds[name] for name in THRESHOLDS if name in thresholds}
    return "&".join(part for part in (sector.to_query(), urlencode(rest), stated(selection).to_query()) if part)
