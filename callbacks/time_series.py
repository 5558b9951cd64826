"""The three series of the selection on one time axis; the window is shown in them, not cut out of them."""

from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl
from dash import ClientsideFunction, Dash, Input, Output, Patch

from callbacks.encoded import encoded
from callbacks.reading import coverage
from data.measures import STEP_OF, counts_by_period, incident_source, incidents_by_period, select_incidents
from data.selection import Selection
from data.store import Store
from data.tally import large_periods
from data.vintage import Vintage
from layouts import ids, text
from layouts.figures.time_series import COLUMNS, EMPTY_TOP, empty_table, ranges, series_layers, titles, window_shapes


def register(app: Dash, store: Store) -> None:
    """Connect the period under the pointer to its words, and a brush to the selection."""
    del store
    app.clientside_callback(
        ClientsideFunction("crossings", "period"), Output(ids.PERIOD, "children"), Input(ids.SERIES, "hoverData")
    )
    app.clientside_callback(
        ClientsideFunction("crossings", "brushed"), Output(ids.BRUSHED, "data"), Input(ids.SERIES, "selectedData")
    )


def series_patch(vintage: Vintage, selection: Selection) -> Patch:
    """Return the change of the figure for one selection."""
    figure = Patch()
    for path, value in series_view(vintage, selection).items():
        part = figure
        *above, last = path
        for name in above:
            part = part[name]
        part[last] = value
    return figure


def series_view(vintage: Vintage, selection: Selection) -> dict[tuple[str, ...], Any]:
    """Return the parts of the figure that change: its data, ranges, window and titles."""
    limits_of = _ranges(vintage, asked(selection))
    mark = text.DEMONSTRATION_MARK if vintage.is_demonstration else None
    return {
        ("data",): _drawn_series(vintage, asked(selection)),
        ("layout", "shapes"): window_shapes(limits_of.get("xaxis"), selection.start, selection.end),
        ("layout", "selections"): [],
        ("layout", "annotations"): titles(series_titles(selection), mark=mark),
        **{("layout", axis, "range"): limits for axis, limits in limits_of.items()},
        **{
            ("layout", axis, "showticklabels"): limits[1] != EMPTY_TOP
            for axis, limits in limits_of.items()
            if axis != "xaxis"
        },
    }


def series_titles(selection: Selection) -> tuple[str, str, str]:
    """Return the name and unit of each panel, and which filters its counts cannot follow."""
    flow = selection.flow if selection.flow != "arrivals" else Selection().flow
    whole = text.unfiltered(selection)
    return (
        "People dead or missing, at least",
        _capital(text.FLOW_UNIT[flow]) + whole,
        _capital(text.FLOW_UNIT["arrivals"]) + whole,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def series_table(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return every period of the selection's sources with its numbers, whatever window is chosen.

    Columns as in ``layouts.figures.time_series.COLUMNS``, and dead_or_missing, incidents; null: no figure. Within
    the days that the incident source covers, a period without an incident has null people and 0 incidents.
    """
    return _series_table(vintage, asked(selection))


def asked(selection: Selection) -> Selection:
    """Return what of a selection changes the series: a brush changes what is shown of them, not the numbers."""
    names = ("routes", "regions", "causes", "countries", "min_quality", "source", "step", "flow")
    return Selection().but(**{name: getattr(selection, name) for name in names})


@lru_cache(maxsize=32)
def _drawn_series(vintage: Vintage, selection: Selection) -> Any:
    return encoded(series_layers(_series_table(vintage, selection)))


@lru_cache(maxsize=32)
def _ranges(vintage: Vintage, selection: Selection) -> dict[str, list[Any]]:
    return ranges(_series_table(vintage, selection))


@lru_cache(maxsize=32)
def _series_table(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    step = selection.step
    flow = selection.flow if selection.flow != "arrivals" else Selection().flow
    tolls = _tolls(vintage, selection)
    flows = counts_by_period(vintage, selection, flow).rename({"value": "flow"})
    arrivals = counts_by_period(vintage, selection, "arrivals").rename({"value": "arrivals"})
    axis = _periods(coverage(vintage, selection), [tolls, flows, arrivals], step)
    if axis.is_empty():
        return empty_table().with_columns(dead_or_missing=pl.lit(None, pl.Int64), incidents=pl.lit(None, pl.Int64))
    table = axis
    for part in (tolls, flows, arrivals):
        table = table.join(part, on="period", how="left")
    return _with_words(table.sort("period"), step, flow)


def _tolls(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    if vintage.is_large(incident_source(vintage, selection)):
        return large_periods(vintage, selection)
    return incidents_by_period(select_incidents(vintage, selection), step=selection.step)


def _with_words(table: pl.DataFrame, step: str, flow: str) -> pl.DataFrame:
    rest = pl.col("dead_or_missing") - pl.col("dead").fill_null(0) - pl.col("missing").fill_null(0)
    following = pl.col("period").dt.offset_by(STEP_OF[step])
    table = table.with_columns(
        pl.when(rest > 0).then(rest).alias("unsplit"),
        (following - pl.col("period")).dt.total_days().alias("days"),
    )
    words = [text.period_words(step, row, flow) for row in table.iter_rows(named=True)]
    names = [*COLUMNS, "dead_or_missing", "incidents"]
    return table.with_columns(pl.Series("words", words, dtype=pl.String)).select(names)


def _periods(covered: pl.DataFrame, parts: list[pl.DataFrame], step: str) -> pl.DataFrame:
    """Return the axis: every step of the incident source's cover, or of the counts where there is none."""
    first, last = covered.row(0)
    if first is None:
        found = pl.concat([part.select("period") for part in parts])["period"]
        first, last = found.min(), found.max()
    if not isinstance(first, date) or not isinstance(last, date):
        return pl.DataFrame(schema={"period": pl.Date})
    days = pl.date_range(first, last, interval="1d", eager=True).alias("period")
    return days.dt.truncate(STEP_OF[step]).unique().sort().to_frame()
