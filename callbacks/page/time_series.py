"""The three series of the selection on one time axis; the window is shown in them, not cut out of them."""

from datetime import date, timedelta
from typing import Any, Final

import polars as pl
from dash import ClientsideFunction, Dash, Input, Output

from callbacks.server.dash_json import encode_once
from callbacks.view.series import TOLLS, drawn_periods, toll_measure
from data.counting.coverage import stated_days, within_stated_days
from data.counting.tables import shown_flow
from data.counting.totals import total_parts
from data.model.caches import kept
from data.model.days import today
from data.model.errors import QueryError
from data.model.notices import number, say
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts import ids
from layouts.figures.coverage_marks import ABSENT
from layouts.figures.series_bars import Window
from layouts.figures.series_rows import Axis, SeriesRow, series_row
from layouts.standalone.jinja import fill_template
from layouts.text import page as text

ROWS: Final = ("dead", "flow", "arrivals")
THOUSAND: Final = 1000
MILLION: Final = 1_000_000
SHORT_FROM: Final = 10_000  # thousands are written as such from here on


def register(app: Dash, store: Store) -> None:
    """Put the rows on the page."""
    del store
    app.clientside_callback(
        ClientsideFunction("crossings", "series"), Output(ids.SERIES_DRAWN, "data"), Input(ids.SERIES_SHOWN, "data")
    )


def series_shown(vintage: Vintage, selection: Selection) -> Any:
    """Return the rows as the page shows them: drawn, and each period in words for the pointer; axis to this month."""
    kept_of = selection.only("series", "flows", "incidents", "data")
    changing = kept_of.replace(height=selection.height, measure=toll_measure(selection))
    until = vintage.published if selection.vintage else None
    return {"rows": _series_shown(vintage, changing, until or today())}


@kept
def _series_shown(vintage: Vintage, selection: Selection, until: date) -> Any:
    table = drawn_periods(vintage, selection, until)
    if table.is_empty():
        return {"html": "", "periods": [], "lines": []}
    window = stated_window(vintage, selection)
    last, days = table.select("period", "days").row(-1)
    ends = [*table["period"].to_list(), last + timedelta(days=days)]
    counted = table.with_row_index().filter(pl.col("toll_mark") != ABSENT)["index"].max()
    return encode_once(
        {
            "html": series_html(vintage, selection, table),
            "periods": [str(one) for one in ends],
            "lines": table["lines"].to_list(),
            "played": int(counted) + 1 if isinstance(counted, int) else table.height,
            "window": [str(one) if one else None for one in window],
            "isChosen": selection.start is not None or selection.end is not None,
        }
    )


def series_html(vintage: Vintage, selection: Selection, table: pl.DataFrame) -> str:
    """Return the rows of the dock, drawn."""
    rows = series_rows(vintage, selection, table)
    axis = Axis(table)
    shown = [{"key": one.key, "row": one, "hint": say("page.series.alone", name=one.name)} for one in rows]
    return fill_template(
        "series.html", rows=shown, days=axis.days, years=axis.years(), short=say("page.series.no_figures"),
        mark=say("page.words.demonstration_mark") if vintage.is_demonstration else "",
    )  # fmt: skip


def series_rows(vintage: Vintage, selection: Selection, table: pl.DataFrame) -> list[SeriesRow]:
    """Return the three rows of a selection; ``table`` as ``drawn_periods`` returns it, with a period at least."""
    window = stated_window(vintage, selection)
    words = row_words(vintage, selection)
    return [
        series_row(table, key, words[key], window, is_full=selection.height == "full",
                   cut_words=lambda value, first: cut_words(value, first, selection.step), tick_words=tick_words)
        for key in ROWS
    ]  # fmt: skip


def stated_window(vintage: Vintage, selection: Selection) -> Window:
    """Return the days that the sentence speaks of."""
    days = stated_days(vintage, selection.replace(routes=(), regions=()))
    return (days.first, days.last) if days else (selection.start, selection.end)


def row_words(vintage: Vintage, selection: Selection) -> dict[str, dict[str, str]]:
    """Return name, unit and total of each row; the name says what the unit is (RULES R1, R2)."""
    measures = dict(zip(ROWS, row_measures(selection), strict=True))
    return {
        key: {"name": row_name(measure), "unit": row_unit(measure, selection),
              "total": _total(vintage, selection, measure)}
        for key, measure in measures.items()
    }  # fmt: skip


def row_measures(selection: Selection) -> tuple[str, str, str]:
    """Return what each row counts: the first the people that are chosen, not always dead or missing."""
    return toll_measure(selection), shown_flow(selection), "arrivals"


def row_name(measure: str) -> str:
    """Return the name of a row: ``Detections``, ``People who arrived``."""
    return say(f"page.series_name.{measure}") if measure in NAMED else text.FLOW[measure]


def row_unit(measure: str, selection: Selection) -> str:
    """Return what stands under the name: what is counted if not people, the step, which filters are not followed."""
    unit = say(f"page.series_unit.{measure}") if measure in WITH_UNIT else None
    whole = "" if measure in TOLLS else text.unfiltered(selection)
    return say("page.series.per", unit=unit, step=selection.step) + whole


NAMED: Final = (*TOLLS, "detections", "encounters", "interceptions", "arrivals", "transits")
WITH_UNIT: Final = (*TOLLS, "detections", "encounters")


def _total(vintage: Vintage, selection: Selection, measure: str) -> str:
    is_toll = measure in TOLLS
    chosen = selection if is_toll else within_stated_days(vintage, _without_filters(vintage, selection))
    try:
        found = total_parts(vintage, chosen, measure=measure).total
    except QueryError:  # a source that does not count it
        found = None
    if found is None:
        return say("page.series.no_total")
    return say("page.series.total", is_least=is_toll, count=found)


def _without_filters(vintage: Vintage, selection: Selection) -> Selection:
    """Return the selection with what a flow can follow: its dates, its routes, a source that counts it."""
    source = None if selection.source in vintage.incident_sources else selection.source
    return Selection(start=selection.start, end=selection.end, routes=selection.routes, source=source)


def cut_words(value: float, first: date, step: str) -> str:
    """Return the words on the highest bar that is cut."""
    return say("page.series.cut", value=int(value), period=text.period(first, step))


def tick_words(value: int) -> str:
    """Return a number of an axis: thousands and millions are short there, and only there."""
    if value >= MILLION:
        return say("page.series.millions", count=f"{value / MILLION:g}")
    if value >= SHORT_FROM and value % THOUSAND == 0:
        return say("page.series.thousands", count=number(value // THOUSAND))
    return number(value)


def series_titles(selection: Selection) -> tuple[str, str, str]:
    """Return the name and unit of each panel of a picture, and which filters its counts cannot follow."""
    first, second, third = (f"{row_name(one)}, {row_unit(one, selection)}" for one in row_measures(selection))
    return first, second, third
