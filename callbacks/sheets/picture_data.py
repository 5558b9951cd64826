"""What a picture is drawn from, gathered from a vintage for one selection: the page's and the API's numbers."""

from datetime import date
from itertools import compress
from typing import Any

import numpy as np
import polars as pl

from callbacks.map_data.cell_codes import cell_key
from callbacks.map_data.lines import ARRIVALS, drawn_points, lines_of, route_values, sums_by_route
from callbacks.page.time_series import series_titles, stated_window
from callbacks.server.address import reader_address
from callbacks.sheets.picture_cells import TOLD, drawn_cells
from callbacks.sheets.picture_routes import courses_of, drawn_flows, flows_of, named_routes, routes_of
from callbacks.view.series import drawn_periods, toll_parts
from callbacks.view.view_model import view_model
from data.counting.classes import class_of
from data.counting.engine import coverage
from data.counting.measures import select_counts
from data.counting.not_covered import flow_coverage
from data.counting.tables import shown_flow
from data.model.notices import say
from data.model.units import flow_unit
from data.query.parameters import ROWS
from data.query.resolve import incident_source
from data.query.restriction import reader_marks, require_exportable
from data.query.selection import Selection
from data.store.vintage import Vintage
from geo.cells import cell_from_text, cell_ring
from layouts.figures.coverage_marks import ABSENT, PANELS, stretches_beside
from layouts.figures.map import DIAMETERS, TOLL_FLOORS
from layouts.pictures import words as said
from layouts.pictures.description import Block, MapPicture, Numbers, Picture, SeriesPicture, Words
from layouts.text import page as text


def picture_of(vintage: Vintage, selection: Selection, figure: str, series: str = "all") -> Picture:
    """Return a ``map``, or a ``series``: all three, or one of ROWS alone.

    Raises
    ------
    QueryError
        The source may not leave so finely (RULES 9).
    """
    return map_of(vintage, selection) if figure == "map" else series_of(vintage, selection, series)


def words_of(vintage: Vintage, selection: Selection, figure: str) -> Words:
    """Return what a sheet that holds a ``map`` or ``series`` says around it, without what a picture shows."""
    is_map = figure == "map"
    flows = flows_of(selection) if is_map else _series_flows(selection)
    counts_people = not is_map or _counts_people(selection, flows)
    return _words(vintage, selection, flows, "", is_map=is_map, counts_people=counts_people)


def map_of(vintage: Vintage, selection: Selection) -> MapPicture:
    """Return the map of a selection: its layers, its view, the chosen cell."""
    require_exportable(vintage, selection, "incidents" if "incidents" in selection.layers else "cells")
    drawn = drawn_cells(vintage, selection)
    flows = flows_of(selection)
    counts_people = _counts_people(selection, flows)
    view = view_model(vintage, selection)
    nothing = say("pictures.no_match") if view.has_figures else say("pictures.no_figures")
    told = said.told_cells(selection.measure, drawn.highest) or nothing
    alternative = told if "cells" in selection.layers else ""
    return MapPicture(
        words=_words(vintage, selection, flows, alternative, is_map=True, counts_people=counts_people),
        view=view.map_view,
        cells=drawn.cells, codes=drawn.codes, wider=drawn.wider, ids=drawn.ids, values=drawn.values,
        unit=text.MEASURE_UNIT[selection.measure], is_whole=selection.view is None, dots=_dots(vintage, selection),
        routes=routes_of(vintage, selection, view.map_view[2]),
        named=named_routes(vintage, selection), courses=courses_of(vintage, selection),
        ring=_ring(selection), blocks=_blocks(vintage, selection, drawn_flows(vintage, selection)),
        notice=nothing if counts_people and not view.is_matched else "",
    )  # fmt: skip


def series_of(vintage: Vintage, selection: Selection, series: str = "all") -> SeriesPicture:
    """Return the three series of a selection, or one alone; the window is marked in them, not cut out of them."""
    require_exportable(vintage, selection, "series")
    table = drawn_periods(vintage, selection, vintage.published or date.min)
    inside = table.filter(_in_window(selection) & (pl.col("dead_or_missing") > 0))
    highest = inside.sort("dead_or_missing", "period", descending=[True, False]).head(TOLD)
    drawn = [series in ("all", row) for row in ROWS]
    marks = dict(compress(PANELS.items(), drawn))
    gaps = [panel in marks and ABSENT in table[f"{name}_mark"] for panel, name in PANELS.items()]
    fewer = [panel in marks and bool(stretches_beside(table, panel)) for panel in PANELS]
    growth = [panel in marks and bool(table[f"{name}_grows"].any()) for panel, name in PANELS.items()]
    flows = list(compress(_series_flows(selection), drawn[1:]))
    tolls = [say("page.period_of_toll", period=period, toll=toll) for period, toll, *_ in highest["lines"]]
    told = said.told_periods(highest["words"].to_list() if all(drawn) else tolls) if drawn[0] else ""
    start, end = stated_window(vintage, selection)
    return SeriesPicture(
        words=_words(vintage, selection, flows, told, is_map=False, counts_people=drawn[0]),
        table=table,
        panels=tuple(compress(
            said.panels(series_titles(selection), has_gaps=gaps, has_fewer=fewer, has_growth=growth,
                        toll_parts=[name for name in toll_parts(selection)
                                    if name != "unsplit" or table[name].count()]), drawn)),
        start=start, end=end, is_full=selection.height == "full", step=selection.step,
        notice=say("pictures.no_figures"),
    )  # fmt: skip


def _in_window(selection: Selection) -> pl.Expr:
    inside = pl.lit(value=True)
    if selection.start is not None:
        inside = inside & (pl.col("period") >= selection.start)
    if selection.end is not None:
        inside = inside & (pl.col("period") <= selection.end)
    return inside


def _counts_people(selection: Selection, flows: list[str]) -> bool:
    return bool({"cells", "incidents"} & set(selection.layers)) or not flows


def _series_flows(selection: Selection) -> list[str]:
    return [shown_flow(selection), ARRIVALS]


def _ring(selection: Selection) -> Numbers | None:
    try:
        return np.array(cell_ring(cell_from_text(selection.cell or "")))
    except ValueError:
        return None


def _dots(vintage: Vintage, selection: Selection) -> Numbers:
    """Return the incidents that have a place and a toll (RULES E4, E5), largest first."""
    if "incidents" not in selection.layers:
        return np.empty((0, 4))
    chosen = drawn_points(vintage, selection)
    size = class_of(pl.col("dead_or_missing"), TOLL_FLOORS).replace_strict(
        dict(enumerate(DIAMETERS)), return_dtype=pl.Float64
    )
    is_area = (pl.col("location_precision") == "area").cast(pl.Float64)
    return (
        chosen.sort("dead_or_missing", "record_id", descending=[True, False])
        .select("longitude", "latitude", size.alias("size"), is_area.alias("is_area"))
        .to_numpy()
    )


def _blocks(vintage: Vintage, selection: Selection, flows: list[str]) -> tuple[Block, ...]:
    blocks = []
    if "cells" in selection.layers:
        blocks.append(said.cells_block(selection.measure, _marks(vintage, selection), selection.resolution))
    if "incidents" in selection.layers:
        blocks.append(said.incidents_block())
    if flows:
        other = next((flow for flow in flows if flow != ARRIVALS), None)
        blocks.append(said.flows_block(other, has_arrivals=ARRIVALS in flows))
    return tuple(blocks)


def _marks(vintage: Vintage, selection: Selection) -> said.CellMarks:
    """Return which marks of the cells a picture has; where nothing matches, its classes."""
    key = cell_key(vintage, selection)
    used = frozenset(number for number, count in enumerate(key.counts) if count)
    areas = frozenset(number for number, count in enumerate(key.wider_counts) if count)
    return said.CellMarks(
        floors=key.floors, wider_floors=key.wider_floors, classes=used or frozenset(range(len(key.floors))),
        wider=areas, has_dominated=key.has_dominated, has_unreported=key.has_unreported,
        has_ring=_ring(selection) is not None,
    )  # fmt: skip


def _words(vintage: Vintage, selection: Selection, flows: list[str], told: str, *,
           is_map: bool, counts_people: bool) -> Words:  # fmt: skip
    source = incident_source(vintage, selection) if counts_people else None
    rows = _sources(vintage, selection, source, flows, is_map=is_map)
    title, notes, beside = _heads(vintage, selection, flows, is_map=is_map, counts_people=counts_people)
    until = next((row["last_date"] for row in rows if row["last_date"]), None)
    notes = notes if counts_people else f"{notes} {said.first_source(rows)}".strip()
    listed = said.sources(rows)
    base, query = reader_address(), selection.to_query()
    reopened = said.address(base, query, vintage.name, until)
    banner = say("statement.demonstration") if vintage.is_demonstration else ""
    marks = [str(one) for one in reader_marks(vintage)]
    again = f"{base}/?{query}" if base and query and query not in reopened else ""
    whole = (banner, title, notes, beside, told, *marks, *listed, reopened, again)
    return Words(
        title=title.removesuffix("."), notes=notes, sources=(*listed, reopened),
        terms=(*marks, *filter(None, [beside]), *said.terms(source=source, is_map=is_map)),
        alternative=" ".join(part for part in whole if part),
        banner=banner, mark=say("page.words.demonstration_mark") if vintage.is_demonstration else "",
    )  # fmt: skip


def _heads(vintage: Vintage, selection: Selection, flows: list[str], *, is_map: bool,
           counts_people: bool) -> tuple[str, str, str]:  # fmt: skip
    """Return the page's sentence, what this picture leaves out of it, and that of the flows beside (RULES C5, P1)."""
    undrawn = undrawn_words(vintage, selection) if is_map else ""
    if not counts_people:
        said = (text.flow_coverage(flow, flow_coverage(vintage, selection, flow)) for flow in flows)
        return _flows_title(vintage, selection, flows), " ".join(part for part in (undrawn, *said) if part), ""
    has_cells = is_map and "cells" in selection.layers
    view = view_model(vintage, selection)
    dropped = view.left_out if has_cells else view.left_out_without_cells
    counted = view.flow_words if flows else ""
    notes, beside = (" ".join(filter(None, part)) for part in ((dropped, view.source_words), (undrawn, counted)))
    return view.sentence, notes, beside


def _sources(vintage: Vintage, selection: Selection, source: str | None, flows: list[str], *,
             is_map: bool) -> list[dict[str, Any]]:  # fmt: skip
    """Return one row for each source that the picture has a number or a line of; a series shows all of its time."""
    asked = lines_of(selection) if is_map else lines_of(selection).replace(start=None, end=None)
    counting = [select_counts(vintage, asked, flow).select("source").unique().collect() for flow in flows]
    counts = pl.concat(counting)["source"].to_list() if counting else []
    rows = vintage.sources.filter(
        (pl.col("source") == pl.lit(source))
        | ((pl.col("kind") == "counts") & pl.col("source").is_in(counts))
        | ((pl.col("kind") == "segments") & pl.lit(is_map and bool(drawn_flows(vintage, selection))))
    )
    latest = rows.sort("last_date", nulls_last=False).unique("source", keep="last", maintain_order=True)
    order = {"incidents": 0, "counts": 1, "segments": 2}
    return sorted(latest.to_dicts(), key=lambda row: (order.get(row["kind"], 3), row["source"]))


def _sums(vintage: Vintage, selection: Selection, flow: str) -> dict[str | None, int]:
    return sums_by_route(vintage, lines_of(selection), flow)


def undrawn_words(vintage: Vintage, selection: Selection) -> str:
    """Return how much of each flow is on no line of the map; blank where all of it is (RULES C5)."""
    return said.undrawn(_undrawn(vintage, selection, flows_of(selection)))


def _undrawn(vintage: Vintage, selection: Selection, flows: list[str]) -> dict[str, int]:
    return {
        flow: sum(_sums(vintage, selection, flow).values())
        - sum(route_values(vintage, lines_of(selection), flow).values())
        for flow in flows
    }


def _flows_title(vintage: Vintage, selection: Selection, flows: list[str]) -> str:
    first, last = coverage(vintage, selection).row(0)
    when = text.window(selection.start, selection.end) or text.covered((first, last))
    when = when or text.covered(_covered(vintage, flows) or (None, None))
    sums = {flow: sum(_sums(vintage, selection, flow).values()) for flow in flows}
    place = text.place(selection.replace(regions=(), countries=()), vintage.names)
    return said.flows_sentence(sums, place, when, text.unfiltered(selection))


def _covered(vintage: Vintage, flows: list[str]) -> tuple[Any, Any] | None:
    rows = vintage.counts.filter(pl.col("unit").is_in([flow_unit(flow) for flow in flows]))
    return (rows["date_from"].min(), rows["date_to"].max()) if rows.height else None
