"""The answers of ``totals`` and ``cells``: the same for the command, the API and the page."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from data.counting.count_coverage import names_of
from data.counting.coverage import stated_days
from data.counting.flow_series import flow_series
from data.counting.flows import check_applies, flow_cells_answer
from data.counting.measures import (
    amount,
    amount_held,
    check_held,
    dropped_parts,
    in_window,
    incidents_by_cell,
    is_dated,
    is_located,
    select_counted,
    select_counts,
)
from data.counting.models import Cells, FlowCells, Group, IncidentCell, Totals
from data.counting.not_covered import not_covered_rows
from data.counting.on_disk import large_cells
from data.counting.on_disk_periods import large_people_parts
from data.counting.period_days import first_days
from data.counting.series import looked_at, with_status
from data.model.absence import CODES, IN_PART, KINDS, PUBLISHED, UNKNOWN
from data.model.answers import UNSET, Unset
from data.model.caches import kept_numbers
from data.model.units import FLOW_MEASURES, unit_of
from data.query.parameters import ANY_MEASURE, BY, PERIODS, PLACES, Query, take
from data.query.resolve import (
    incident_source,
    require_known_ids,
    require_source_counts,
    resolve_names,
)
from data.query.selection import Selection
from data.store.vintage import Vintage
from geo.cells import cell_text


def parse_cells(query: Query, vintage: Vintage) -> tuple[Selection, str]:
    """Return (selection, measure) of a cells query; raise QueryError at what it cannot mean."""
    own, rest = take(resolve_names(query, vintage), ANY_MEASURE)
    selection, measure = Selection.parse(rest), own["measure"]
    counted = selection if measure in FLOW_MEASURES else selection.replace(measure=measure)
    return require_known_ids(vintage, counted), measure


def parse_totals(query: Query, vintage: Vintage) -> tuple[Selection, str, str | None]:
    """Return (selection, measure, by) of a totals query; raise QueryError at what it cannot mean."""
    own, rest = take(resolve_names(query, vintage), ANY_MEASURE, BY)
    return Selection.parse(rest), own["measure"], own["by"]


def totals(vintage: Vintage, selection: Selection, *, measure: str, by: str | None = None) -> Totals:
    """Return one measure's total, its groups, and the parts that no group holds.

    Total = groups + the part named after the grouping, for every filter (RULES C5); events may lie in several groups.
    ``not_stated`` is of groups of places alone.
    """
    require_known_ids(vintage, selection)
    require_source_counts(vintage, selection, measure)
    check_applies(selection, measure)
    if measure in FLOW_MEASURES:
        unstated = [pl.lit(None, pl.String).alias(name) for name in ("region", "cause")]
        rows, value = select_counts(vintage, selection, measure).with_columns(unstated), pl.col("value")
        sums: pl.Expr = pl.when(value.count() > 0).then(value.sum())
        located = pl.col("route").is_not_null() | pl.col("country").is_not_null()
        source = selection.source
    else:
        check_held(vintage, selection, by=by)
        rows, sums = select_counted(vintage, selection), amount_held(vintage, selection, measure)
        located = is_located(selection.resolution)
        source = incident_source(vintage, selection)
    step = by if by is not None and by in PERIODS else "year"
    dated = is_dated(step)
    return Totals(
        measure=measure,
        unit=unit_of(measure),
        total=_one(rows, sums),
        by=by,
        groups=_groups(rows, sums, by, vintage, dated, period_statuses(vintage, selection, measure, by)),
        not_dated=_one(rows.filter(~dated), sums) or 0,
        not_located=_one(rows.filter(~located), sums) or 0,
        no_route=_one(rows.filter(pl.col("route").is_null()), sums) or 0,
        not_stated=(_one(rows.filter(_key(by).is_null()), sums) or 0) if by in PLACES else 0,
        hidden_by_quality=_hidden(vintage, selection, measure),
        undated_outside_window=_undated(vintage, selection, measure),
        partly_in_window=partly_in_window(vintage, selection, measure),
        not_covered=not_covered_rows(vintage, selection, measure),
        source=source,
        vintage=vintage.name,
        is_demonstration=vintage.is_demonstration,
    )


def _key(by: str | None) -> pl.Expr:
    return pl.col(by or "route")


def period_key(step: str) -> pl.Expr:
    """Return the period of a record as text: 2019, 2019-Q2 or 2019-03."""
    day = pl.col("date_from")
    year = day.dt.year().cast(pl.String)
    if step == "quarter":
        return pl.concat_str(year, pl.lit("-Q"), day.dt.quarter().cast(pl.String))
    return year if step == "year" else day.dt.strftime("%Y-%m")


def _one(rows: pl.LazyFrame, sums: pl.Expr) -> int | None:
    value = rows.select(sums.alias("value")).collect(engine="streaming").item()
    return None if value is None else int(value)


def _hidden(vintage: Vintage, selection: Selection, measure: str) -> int:
    if measure in FLOW_MEASURES or selection.min_quality is None:
        return 0
    wider = _one(select_counted(vintage, selection.replace(min_quality=None)), amount(measure)) or 0
    return wider - (_one(select_counted(vintage, selection), amount(measure)) or 0)


def _undated(vintage: Vintage, selection: Selection, measure: str) -> int:
    if measure in FLOW_MEASURES or (selection.start is None and selection.end is None):
        return 0
    without = selection.replace(start=None, end=None)
    undated = select_counted(vintage, without).filter(pl.col("date_from").is_null())
    return _one(undated, amount_held(vintage, selection, measure)) or 0


@kept_numbers
def partly_in_window(vintage: Vintage, selection: Selection, measure: str) -> int:
    """Return what reaches over an end of the window (RULES Q2): it is in no sum of it."""
    start, end = selection.start, selection.end
    if start is None and end is None:
        return 0
    wider = selection.replace(start=None, end=None)
    if measure in FLOW_MEASURES:
        rows, sums = select_counts(vintage, wider, measure), pl.col("value").sum()
    else:
        rows, sums = select_counted(vintage, wider), amount_held(vintage, wider, measure)
    touching = (pl.col("date_to") >= (start or date.min)) & (pl.col("date_from") <= (end or date.max))
    return _one(rows.filter(touching & ~in_window(start, end)), sums) or 0


Statuses = dict[str, tuple[str, tuple[str, ...] | Unset]]


def period_statuses(vintage: Vintage, selection: Selection, measure: str, by: str | None) -> Statuses:
    """Return for each period of the window its status, and of a flow its places, by the period's key (RULES R10)."""
    if by is None or by not in PERIODS:
        return {}
    asked = selection.replace(step=by)
    if measure in FLOW_MEASURES:
        flow = flow_series(vintage, asked, measure).periods
        return {text_of(one.period, by): (one.status, tuple(names_of(vintage, one.places))) for one in flow}
    days = stated_days(vintage, asked)
    table = looked_at(vintage, asked, first_days(days.first, days.last, by) if days else [])
    counted = with_status(table.with_columns(value=pl.lit(None, pl.Int64), is_recorded=pl.lit(None, pl.Boolean)))
    return {text_of(period, by): (status, UNSET) for period, status in counted.select("period", "status").iter_rows()}


def text_of(period: date, step: str) -> str:
    """Return the key of a period by its first day, as ``period_key`` writes it."""
    if step == "month":
        return f"{period:%Y-%m}"
    return f"{period.year}-Q{(period.month + 2) // 3}" if step == "quarter" else str(period.year)


def _by_period(found: dict[str, int | None], statuses: Statuses) -> Iterator[Group]:
    """Return a group for each period that is counted or in the window: 0 where it is covered and nobody recorded."""
    for key in sorted({*found, *statuses}):
        status, places = statuses.get(key, (PUBLISHED, UNSET))
        value = found.get(key, 0 if status not in KINDS and key not in found else None)
        if key in found and status in KINDS:
            status = IN_PART if value is not None else UNKNOWN
        elif value is None and status not in KINDS:
            status = UNKNOWN
        yield Group(key=key, id=key, value=value, status=status, obs_status=CODES[status], places=places)


def _groups(
    rows: pl.LazyFrame, sums: pl.Expr, by: str | None, vintage: Vintage, dated: pl.Expr, statuses: Statuses
) -> tuple[Group, ...]:
    if by is None:
        return ()
    if by in PERIODS:
        keyed = rows.filter(dated).with_columns(period_key(by).alias("__key"))
    else:
        keyed = rows.filter(_key(by).is_not_null()).with_columns(_key(by).alias("__key"))
    table = keyed.group_by("__key").agg(sums.alias("value")).collect(engine="streaming")
    if by in PERIODS:
        return tuple(_by_period(dict(table.iter_rows()), statuses))
    ordered = table.sort("value", "__key", descending=[True, False], nulls_last=True)
    return tuple(Group(key=vintage.name_of(by, key), id=key, value=value) for key, value in ordered.iter_rows())


def cells_answer(vintage: Vintage, selection: Selection, measure: str = "dead_or_missing") -> Cells | FlowCells:
    """Return the cells of a selection, of a flow where ``measure`` names one, else by the selection's measure."""
    require_known_ids(vintage, selection)
    require_source_counts(vintage, selection, measure)
    if measure in FLOW_MEASURES:
        return flow_cells_answer(vintage, selection, measure)
    return incident_cells_answer(vintage, selection)


def incident_cells_answer(vintage: Vintage, selection: Selection) -> Cells:
    """Return the cells of incidents: total = sum of their values + not_located, for every filter (C5, X1)."""
    rows, sums = select_counted(vintage, selection), amount_held(vintage, selection, selection.measure)
    if vintage.is_summed(incident_source(vintage, selection)):
        table, parts = large_cells(vintage, selection), large_people_parts(vintage, selection)
    else:
        table = incidents_by_cell(rows, resolution=selection.resolution)
        parts = dropped_parts(vintage, selection)
    return Cells(
        measure=selection.measure,
        unit=unit_of(selection.measure),
        resolution=selection.resolution,
        total=_one(rows, sums),
        not_located=_one(rows.filter(~is_located(selection.resolution)), sums) or 0,
        not_dated=_one(rows.filter(~is_dated(selection.step)), sums) or 0,
        undated_outside_window=parts["undated_outside_window"],
        hidden_by_quality=parts["hidden_by_quality"],
        source=incident_source(vintage, selection),
        vintage=vintage.name,
        is_demonstration=vintage.is_demonstration,
        cells=tuple(incident_cell(row, selection.measure) for row in table.iter_rows(named=True)),
    )


def incident_cell(row: Mapping[str, Any], measure: str) -> IncidentCell:
    """Return a row of ``measures.incidents_by_cell`` as an answer has it; a measure of its own is the value alone."""
    stated = {name: row[name] for name in IncidentCell.__struct_fields__ if name in row}
    return IncidentCell(**{**stated, "cell": cell_text(row["cell"])}, value=row[measure])
