"""The answer of ``totals``: the same for the command, the API and the page."""

from collections.abc import Iterator
from datetime import date

import msgspec
import polars as pl

from data.counting.count_coverage import names_of
from data.counting.coverage import stated_days
from data.counting.flow_series import flow_series
from data.counting.flows import check_applies
from data.counting.measures import (
    STEP_OF,
    check_held,
    in_window,
    is_chosen,
    is_dated,
    is_placed,
    is_wider,
    select_counts,
)
from data.counting.models import Group, Totals
from data.counting.none_recorded import none_recorded
from data.counting.not_covered import not_covered_rows
from data.counting.period_days import first_days
from data.counting.series import looked_at, with_status
from data.counting.sums import Choice, Rows, rows_of, sums, sums_by
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


def parse_totals(query: Query, vintage: Vintage) -> tuple[Selection, str, str | None]:
    """Return (selection, measure, by) of a totals query; raise QueryError at what it cannot mean."""
    own, rest = take(resolve_names(query, vintage), ANY_MEASURE, BY)
    return Selection.parse(rest), own["measure"], own["by"]


def totals(vintage: Vintage, selection: Selection, *, measure: str, by: str | None = None) -> Totals:
    """Return one measure's total, its groups, and the parts that no group holds.

    Total = groups + the part named after the grouping, for every filter (RULES C5); events may lie in several groups.
    ``not_stated`` is of groups of places alone.
    """
    found = total_parts(vintage, selection, measure=measure, by=by)
    return msgspec.structs.replace(found, groups=_groups(vintage, selection, measure, by))


def total_parts(vintage: Vintage, selection: Selection, *, measure: str, by: str | None = None) -> Totals:
    """Return ``totals`` without its groups: the total and its parts, in one pass over the rows.

    Where the source looked and nobody is recorded the total is 0; null where no record states a number, or it did not
    look (RULES C1, R11).
    """
    found = stated_parts(vintage, selection, measure=measure, by=by)
    if found.total is not None or _has_records(vintage, selection, measure):
        return found
    return msgspec.structs.replace(found, total=none_recorded(vintage, selection, measure))


def _has_records(vintage: Vintage, selection: Selection, measure: str) -> bool:
    if measure in FLOW_MEASURES:
        return False  # of a count without a number its coverage tells
    choice = {"total": _chosen(selection, measure)}
    return bool(sums(rows_of(vintage, selection), "incidents", choice)["total"])


def stated_parts(vintage: Vintage, selection: Selection, *, measure: str, by: str | None = None) -> Totals:
    """Return the total and its parts as records state them: null where none states a number, also where none is."""
    require_known_ids(vintage, selection)
    require_source_counts(vintage, selection, measure)
    check_applies(selection, measure)
    if measure not in FLOW_MEASURES:
        check_held(vintage, selection, by=by)
    found = sums(_rows(vintage, selection, measure), measure, _choices(selection, measure, by))
    hidden = (found["any_quality"] or 0) - (found["total"] or 0) if "any_quality" in found else 0
    return Totals(
        measure=measure,
        unit=unit_of(measure),
        total=found["total"],
        by=by,
        groups=(),
        not_dated=found["not_dated"] or 0,
        not_located=found["not_located"] or 0,
        wider_area=found.get("wider_area") or 0,
        no_route=found["no_route"] or 0,
        not_stated=found.get("not_stated") or 0,
        hidden_by_quality=hidden,
        undated_outside_window=found.get("undated") or 0,
        partly_in_window=partly_in_window(vintage, selection, measure),
        not_covered=not_covered_rows(vintage, selection, measure),
        source=selection.source if measure in FLOW_MEASURES else incident_source(vintage, selection),
        vintage=vintage.name,
        is_demonstration=vintage.is_demonstration,
    )


def _rows(vintage: Vintage, selection: Selection, measure: str) -> tuple[Rows, ...]:
    """Return the rows that a total is of: of a flow the chosen ones, of incidents also those of other days."""
    if measure not in FLOW_MEASURES:
        return rows_of(vintage, selection)
    unstated = [pl.lit(None, pl.String).alias(name) for name in ("region", "cause")]
    return (Rows(select_counts(vintage, selection, measure).with_columns(unstated)),)


def _choices(selection: Selection, measure: str, by: str | None) -> dict[str, Choice]:
    """Return which rows are in the total, and in each part that is stated beside it."""
    chosen, is_flow = _chosen(selection, measure), measure in FLOW_MEASURES
    has_place = pl.col("route").is_not_null() | pl.col("country").is_not_null()
    has_place = has_place if is_flow else is_placed()
    found = {
        "total": chosen,
        "not_dated": Choice(chosen.rows, chosen.days & ~is_dated(_step(by))),
        "not_located": Choice(chosen.rows & ~has_place, chosen.days),
        "no_route": Choice(chosen.rows & pl.col("route").is_null(), chosen.days),
    }
    if by in PLACES:
        found["not_stated"] = Choice(chosen.rows & pl.col(str(by)).is_null(), chosen.days)
    if not is_flow:
        found["wider_area"] = Choice(chosen.rows & is_wider(selection.resolution), chosen.days)
    if not is_flow and selection.min_quality is not None:
        found["any_quality"] = _chosen(selection.replace(min_quality=None), measure)
    if not is_flow and not (selection.start is None and selection.end is None):
        found["undated"] = Choice(chosen.rows, pl.col("date_from").is_null())
    return found


def _chosen(selection: Selection, measure: str) -> Choice:
    """Return the rows of a selection; the counts of a flow are chosen before they come here."""
    if measure in FLOW_MEASURES:
        return Choice(pl.lit(value=True), pl.lit(value=True))
    return Choice(is_chosen(selection, window=False), in_window(selection.start, selection.end))


def _step(by: str | None) -> str:
    return by if by in PERIODS else "year"


@kept_numbers
def partly_in_window(vintage: Vintage, selection: Selection, measure: str) -> int:
    """Return what reaches over an end of the window (RULES Q2): it is in no sum of it."""
    start, end = selection.start, selection.end
    if start is None and end is None:
        return 0
    touching = (pl.col("date_to") >= (start or date.min)) & (pl.col("date_from") <= (end or date.max))
    wider = selection.replace(start=None, end=None)
    cut = Choice(_chosen(wider, measure).rows, touching & ~in_window(start, end))
    return sums(_rows(vintage, wider, measure), measure, {"cut": cut})["cut"] or 0


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
    """Return the key of a period by its first day, as groups are named: 2019, 2019-Q2 or 2019-03."""
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


def _groups(vintage: Vintage, selection: Selection, measure: str, by: str | None) -> tuple[Group, ...]:
    if by is None:
        return ()
    chosen, rows = _chosen(selection, measure), _rows(vintage, selection, measure)
    if by in PERIODS:
        dated = Choice(chosen.rows, chosen.days & is_dated(by))
        found = sums_by(rows, measure, dated, pl.col("date_from").dt.truncate(STEP_OF[by]))
        by_text = {text_of(period, by): value for period, value in found.items()}
        return tuple(_by_period(by_text, period_statuses(vintage, selection, measure, by)))
    found = sums_by(rows, measure, chosen, pl.col(by))
    ordered = sorted(found.items(), key=lambda one: (one[1] is None, -(one[1] or 0), one[0]))
    return tuple(Group(key=vintage.name_of(by, key), id=key, value=value) for key, value in ordered)
