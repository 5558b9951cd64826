"""The periods of a view: every step that its sources cover, each with its numbers and its words."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from callbacks.view.series_ends import break_lines, with_endings
from data.counting.at_hand import people_by_period
from data.counting.coverage import month_end, stated_days
from data.counting.flow_series import flow_series
from data.counting.measures import STEP_OF
from data.counting.period_days import first_days
from data.counting.tables import flow_table, shown_flow, toll_table
from data.counting.windows import Window
from data.model.absence import IN_PART, KINDS
from data.model.caches import kept
from data.query.selection import Selection
from data.store.vintage import Vintage
from layouts.figures.coverage_marks import ABSENT, FEWER, WHOLE
from layouts.figures.series_bars import STACKS
from layouts.figures.time_series import COLUMNS, empty_table
from layouts.text import page as text
from layouts.text import periods

OWN: Final[dict[str, Any]] = {
    "dead_or_missing": pl.Int64, "incidents": pl.Int64, "left_out": pl.String, "lines": pl.List(pl.String),
}  # fmt: skip
TOLLS: Final = ("dead_or_missing", "dead", "missing")


def periods_table(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return every period of the selection's sources with its numbers, whatever window is chosen.

    Columns as in ``layouts.figures.time_series.COLUMNS``, and dead_or_missing, incidents; null: no figure, 0: the
    source looked and nobody is recorded (RULES R11). ``left_out`` says in words what of the period is not counted.
    """
    return _series_table(vintage, changing_the_series(selection))


def drawn_periods(vintage: Vintage, selection: Selection, until: date) -> pl.DataFrame:
    """Return ``periods_table`` as it is drawn: on to the month of ``until``, so that the age of the data is seen.

    Where the dead or the missing alone are asked for, they alone are stacked.
    """
    table = _series_table(vintage, changing_the_series(selection), month_end(until))
    others = [name for name in STACKS["dead"] if name not in toll_parts(selection)]
    return table.with_columns(pl.lit(None, pl.Int64).alias(name) for name in others)


def toll_parts(selection: Selection) -> tuple[str, ...]:
    """Return the parts of the toll that the first row stacks: all of it, or the one part that is the measure."""
    return (selection.measure,) if selection.measure in STACKS["dead"] else STACKS["dead"]


def toll_measure(selection: Selection) -> str:
    """Return what the first row is of: the dead or the missing where these are the measure, else both."""
    return selection.measure if selection.measure in TOLLS else TOLLS[0]


def changing_the_series(selection: Selection) -> Selection:
    """Return what of a selection changes the series: a brush changes what is shown of them, not the numbers."""
    return selection.only("series")


@kept
def _series_table(vintage: Vintage, selection: Selection, until: date | None = None) -> pl.DataFrame:
    flow = shown_flow(selection)
    axis = _axis(vintage, selection, [flow, "arrivals"])
    if axis is None:
        return empty_table().with_columns(pl.lit(None, dtype).alias(name) for name, dtype in OWN.items())
    axis = Window(axis.first, max(axis.last, until or axis.last))
    chosen = selection.replace(start=axis.first, end=axis.last)
    table = pl.DataFrame({"period": pl.Series(first_days(*axis, selection.step), dtype=pl.Date)})
    tolls = toll_table(vintage, chosen, people_by_period(vintage, selection))
    table = _joined(table, tolls.rename({"status": "toll_status"}).drop("obs_status"))
    for name, measure in (("flow", flow), ("arrivals", "arrivals")):
        part = flow_table(vintage, chosen, measure).drop("obs_status")
        renamed = {"value": name, **{one: f"{name}_{one}" for one in ("status", "places", "is_fewer", "is_beside")}}
        part = part.rename(renamed).with_columns(_breaks(vintage, chosen, measure, name))
        table = _joined(table, part.with_columns(pl.col(f"{name}_is_beside").alias(f"{name}_beside")))
    table = _with_words(table, selection.step, flow)
    return with_endings(table, vintage, selection, {"flow": flow, "arrivals": "arrivals"})


def _joined(table: pl.DataFrame, part: pl.DataFrame) -> pl.DataFrame:
    return table.join(part, on="period", how="left", maintain_order="left")


def _breaks(vintage: Vintage, chosen: Selection, measure: str, name: str) -> list[pl.Series]:
    """Return what the picture writes at each period where the places change, a line and a second one (RULES R10)."""
    found = flow_series(vintage, chosen, measure)
    lines = {one.period: break_lines(vintage, one, found) for one in found.heavy_breaks}
    both = [lines.get(one.period, (None, None)) for one in found.periods]
    return [pl.Series(f"{name}_{part}", [pair[at] for pair in both], dtype=pl.String)
            for at, part in enumerate(("break", "break_more"))]  # fmt: skip


def _axis(vintage: Vintage, selection: Selection, flows: list[str]) -> Window | None:
    """Return the days of the axis: the months that the incident database covers, or those of the counts without one."""
    whole = selection.replace(start=None, end=None, routes=(), regions=())
    if days := stated_days(vintage, whole):
        return Window(days.first, month_end(days.last))
    plain = selection.replace(start=None, end=None)
    found = [flow_series(vintage, plain, flow).periods for flow in flows]
    ends = [one.period for periods in found for one in (*periods[:1], *periods[-1:])]
    return Window(min(ends), month_end(max(ends))) if ends else None


def _with_words(table: pl.DataFrame, step: str, flow: str) -> pl.DataFrame:
    rest = pl.col("dead_or_missing") - pl.col("dead").fill_null(0) - pl.col("missing").fill_null(0)
    following = pl.col("period").dt.offset_by(STEP_OF[step])
    table = table.with_columns(
        pl.when(rest > 0).then(rest).alias("unsplit"),
        (following - pl.col("period")).dt.total_days().alias("days"),
        *(_mark(name) for name in ("toll", "flow", "arrivals")),
        *(_said(name) for name in ("toll", "flow", "arrivals")),
        *(pl.lit(value=False).alias(f"{name}_grows") for name in ("toll", "flow", "arrivals")),
    )
    rows = list(table.iter_rows(named=True))
    words = [periods.period_words(step, row, flow) for row in rows]
    lines = [periods.period_lines(step, row, flow) for row in rows]
    left_out = [left_out_words(row, flow) for row in rows]
    names = [*COLUMNS, *OWN]
    return table.with_columns(
        pl.Series("words", words, dtype=pl.String),
        pl.Series("left_out", left_out, dtype=pl.String),
        pl.Series("lines", lines, dtype=pl.List(pl.String)),
    ).select(names)


def _mark(name: str) -> pl.Expr:
    """Return what the strip draws of each period: wholly counted, some days or places missing, not counted."""
    status = pl.col(f"{name}_status")
    is_absent = status.is_in(list(KINDS)) | status.is_null()
    is_fewer = (status == IN_PART) if name == "toll" else pl.col(f"{name}_is_fewer") | (status == IN_PART)
    mark = pl.when(is_absent).then(pl.lit(ABSENT)).when(is_fewer).then(pl.lit(FEWER)).otherwise(pl.lit(WHOLE))
    return mark.alias(f"{name}_mark")


def _said(name: str) -> pl.Expr:
    """Return the word of a period's absence; null where there is a figure."""
    words = {kind: text.ABSENCE[kind] for kind in KINDS}
    status = pl.col(f"{name}_status")
    return status.replace_strict(words, default=None, return_dtype=pl.String).alias(f"{name}_said")


def left_out_words(row: Mapping[str, Any], flow: str) -> str:
    """Return which figures of a period are absent, of a part, or of other places than before; blank where none is."""
    statuses = {"toll": row["toll_status"], flow: row["flow_status"], "arrivals": row["arrivals_status"]}
    beside = {flow: "flow", "arrivals": "arrivals"}
    places = {one: periods.few_places(row, name) for one, name in beside.items() if row[f"{name}_is_beside"]}
    return periods.absent_figures(statuses, places)
