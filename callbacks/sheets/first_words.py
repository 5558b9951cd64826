"""What the first picture says beside its map: sentence, lists and tables, whose every entry is an address."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import numpy as np
from markupsafe import Markup

from callbacks.page.tables import period_rows, route_rows
from callbacks.page.time_series import series_html
from callbacks.sheets.first_address import address_of
from callbacks.sheets.first_key import still_key
from callbacks.view.map_view import extent_of
from callbacks.view.series import drawn_periods
from callbacks.view.view_model import view_model
from data.counting.engine import with_zoom_in_bounds
from data.exports.about import CitedSource
from data.model.days import today
from data.model.notices import say
from data.query.address import Address
from data.query.resolve import ids_of
from data.query.selection import Selection
from data.store.vintage import Vintage
from geo.cells import cell_centre, cell_from_text, cell_text
from geo.map.basemap import nearest_place
from geo.map.fit_view import ROOM, fitted, resolution_at
from layouts.standalone.choices import Choice
from layouts.standalone.first_page import First, Table
from layouts.standalone.still_map import Placed, placed, placed_box, placed_in_room
from layouts.text import page as text
from layouts.text.header import is_long
from layouts.text.notices import misreadings

MOST_CELLS: Final = 15
MIDDLE: Final = (-18.0, -4.0, 64.0, 50.0)  # West Africa to Iran: what a narrow window opens on (assets/map/frame.mjs)
WORLD_VIEW: Final = (7.0, 20.0, 2.0)
WORLD_FROM: Final = 120  # degrees of longitude
SMALLER: Final = 0.15  # of the zoom: a usual window's room is a little lower than that which views are fitted to
EXPORT: Final = "/api/v1/exports/cells.csv"


def is_opened_on_data(selection: Selection) -> bool:
    """Return whether the map opens where all of the data is (RULES X10): no view is stated and no place chosen."""
    return selection.view is None and not (selection.routes or selection.regions or selection.countries)


def still_place(vintage: Vintage, selection: Selection) -> Placed:
    """Return how the still map lies: as the page opens its own (``assets/map/frame.mjs``)."""
    if not is_opened_on_data(selection):
        view = view_model(vintage, selection).map_view
        return placed(view) if selection.view is not None else placed_in_room(view, ROOM)
    west, south, east, north = extent = extent_of(vintage)
    has_middle = west < MIDDLE[0] and east > MIDDLE[2] and south < MIDDLE[1] and north > MIDDLE[3]
    is_world = has_middle and east - west > WORLD_FROM
    view = WORLD_VIEW if is_world else fitted(np.array([[west, south], [east, north]]))
    return placed_box(view, extent, MIDDLE if has_middle else extent)


def still_view(vintage: Vintage, selection: Selection) -> Selection:
    """Return a selection with cells of the size that the page shows where its map opens."""
    size = resolution_at(still_place(vintage, selection).view[2] - SMALLER)
    return with_zoom_in_bounds(selection.replace(resolution_by_zoom=size))


def first_of(found: Address, shown: Selection, drawing: Markup | None, *, path: str) -> First:
    """Return what the first picture of an address says; ``shown`` is its selection as the map shows it."""
    vintage = found.vintage
    view = view_model(vintage, shown)
    years = list(_years(vintage, shown))
    until = vintage.published if shown.vintage else None
    periods = drawn_periods(vintage, shown, until or today())
    series = "" if periods.is_empty() else series_html(vintage, shown, periods)
    return First(
        sentence=_parted(view.sentence, text.people(view.parts["total"] or 0)),
        is_long=is_long(view.sentence), notes=view.left_out,
        banner=say("statement.demonstration") if vintage.is_demonstration else "",
        unclear=[say("address.heading"), *misreadings(found.misread)] if found.misread else [],
        place=still_place(vintage, shown), drawing=drawing, drawing_path=path, series=Markup(series),  # noqa: S704
        key=still_key(vintage, shown),
        routes=_routes(vintage, shown), years=years,
        shown_route=_names(vintage, shown), shown_dates=text.window(shown.start, shown.end) or say("still.all_dates"),
        reset="/" if shown.is_filtered or shown.cell else "",
        cell=_chosen_cell(vintage, shown), close_cell=address_of(shown.replace(cell=None)),
        tables=(_route_table(vintage, shown), _year_table(vintage, shown), _cell_table(vintage, shown)),
        sources=[_source(one) for one in view.sources],
        as_of=say("still.as_of", day=text.day(vintage.published) if vintage.published else "–", vintage=vintage.name),
        export=f"{EXPORT}?{shown.to_query()}" if shown.to_query() else EXPORT,
    )  # fmt: skip


def _parted(sentence: str, number: str) -> tuple[str, str, str]:
    """Return a sentence in three: before its number, the number with its noun, after it."""
    before, found, after = sentence.partition(number)
    return (before, found, after) if found else (sentence, "", "")


def _year(selection: Selection, year: int) -> str:
    return address_of(selection.replace(start=date(year, 1, 1), end=date(year, 12, monthrange(year, 12)[1])))


def _years(vintage: Vintage, selection: Selection) -> Iterable[Choice]:
    """Return all dates, then each year of the axis, newest first."""
    everything = selection.replace(start=None, end=None)
    yield Choice(say("still.all_dates"), address_of(everything), selection.start is None and selection.end is None)
    days = view_model(vintage, selection).periods["period"]
    for year in sorted(set(days.dt.year().to_list()), reverse=True):
        chosen = (selection.start, selection.end) == (date(year, 1, 1), date(year, 12, 31))
        yield Choice(str(year), _year(selection, year), chosen)


def _routes(vintage: Vintage, selection: Selection) -> list[Choice]:
    """Return all routes, then each that a record names, by its name."""
    names = _route_names(vintage)
    every = Choice(say("still.routes_all", count=len(names)), address_of(selection.replace(routes=())),
                   not selection.routes)  # fmt: skip
    rest = [Choice(name, address_of(selection.replace(routes=(route,))), (route,) == selection.routes)
            for route, name in sorted(names.items(), key=lambda one: one[1])]  # fmt: skip
    return [every, *rest]


def _route_names(vintage: Vintage) -> dict[str, str]:
    """Return the routes that a record or a line of this data names."""
    known = ids_of(vintage)["route"]
    return {route: name for route, name in vintage.names["route"].items() if route in known}


def _names(vintage: Vintage, selection: Selection) -> str:
    names = _route_names(vintage)
    if not selection.routes:
        return say("still.routes_all", count=len(names))
    return text.join_names([names.get(one, one) for one in selection.routes])


def _route_table(vintage: Vintage, selection: Selection) -> Table:
    caption, heads, rows, rest, _ = route_rows(vintage, selection)
    ids = {name: route for route, name in _route_names(vintage).items()}
    led = [
        (address_of(selection.replace(routes=(ids[row[0]],))) if row[0] in ids else None, _said(row)) for row in rows
    ]
    return Table(caption, heads, [*led, *((None, _said(row)) for row in rest)])


def _year_table(vintage: Vintage, selection: Selection) -> Table:
    _, heads, rows, rest, _ = period_rows(vintage, selection.replace(step="year"))
    led = [(_year(selection, int(row[0])) if str(row[0]).isdigit() else None, _said(row)) for row in rows]
    return Table(say("still.years"), heads, [*led, *((None, _said(row)) for row in rest)])


def _cell_table(vintage: Vintage, selection: Selection) -> Table:
    found = view_model(vintage, selection).cells.sort(
        selection.measure, "cell", descending=[True, False], nulls_last=True
    )
    rows = [(address_of(selection.replace(cell=cell_text(row["cell"]))), _said([_place(row["cell"]), *_numbers(row)]))
            for row in found.head(MOST_CELLS).iter_rows(named=True)]  # fmt: skip
    return Table(say("still.highest"), _cell_heads(), rows)


def _chosen_cell(vintage: Vintage, selection: Selection) -> Table | None:
    try:
        cell = cell_from_text(selection.cell or "")
    except ValueError:
        return None
    found = view_model(vintage, selection).cells
    row = next(found.filter(found["cell"] == cell).iter_rows(named=True), None)
    numbers = _numbers(row) if row else [None] * 3
    return Table(say("still.chosen"), _cell_heads(), [(None, _said([_place(cell), *numbers]))])


def _cell_heads() -> list[str]:
    return [say("still.place"), say("still.people"), say("page.tables.dead"), say("page.tables.incidents")]


def _numbers(row: dict[str, int | None]) -> list[int | None]:
    return [row["dead_or_missing"], row["dead"], row["incidents"]]


def _place(cell: int) -> str:
    longitude, latitude = cell_centre(cell)
    return nearest_place(longitude=longitude, latitude=latitude)


def _said(row: Sequence[str | int | None]) -> list[str]:
    return [one if isinstance(one, str) else text.number(one) for one in row]


def _source(one: CitedSource) -> str:
    return f"{one.title}"
