"""The answers of ``totals`` and ``cells``: the same for the command, the API and the page."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final

import polars as pl

from data import vocabulary
from data.errors import ContradictionError, QueryError
from data.flows import check_applies, flow_cells_answer
from data.measures import (
    amount,
    dropped_parts,
    incident_source,
    incidents_by_cell,
    is_dated,
    is_located,
    known_ids,
    select_counts,
    select_incidents,
    unit_of,
)
from data.selection import MOST_CHARACTERS, MOST_ITEMS, Selection
from data.units import FLOW_MEASURES, INCIDENT_MEASURES
from data.vintage import Vintage
from geo.cells import cell_text

MEASURES: Final = (*INCIDENT_MEASURES, *FLOW_MEASURES)
PERIODS: Final = ("year", "quarter", "month")
PLACES: Final = ("route", "region", "cause", "country")
BY: Final = (*PERIODS, *PLACES)
CELL_COLUMNS: Final = ("incidents", "events", "dead", "missing", "dead_or_missing", "largest_incident",
                       "largest_event", "dominance", "area_km2", "per_1000_km2")  # fmt: skip


def with_ids(query: Mapping[str, Iterable[str]], vintage: Vintage) -> dict[str, Iterable[str]]:
    """Return a query in which names as publishers spell them are replaced by ids.

    A comma joins two choices; only where a part is unknown by itself may it belong to one name.
    """
    known = dict(query)
    here = known_ids(vintage)
    for key in PLACES:
        given = known.get(key)
        items = [given] if isinstance(given, str) else list(given or [])
        if len(items) == 1 and isinstance(items[0], str) and len(items[0]) <= MOST_CHARACTERS:
            whole = vintage.id_of(key, items[0])
            parts = [vintage.id_of(key, part.strip()) for part in items[0].split(",")[: MOST_ITEMS + 1]]
            is_list = len(parts) > 1 and all(part in here[key] or part in vintage.names[key] for part in parts)
            known[key] = [",".join(parts) if is_list or whole == items[0] else whole]
    return known


def parse_cells(query: Mapping[str, Iterable[str]], vintage: Vintage) -> tuple[Selection, str]:
    """Return (selection, measure) of a cells query; raise QueryError at what it cannot mean."""
    rest = with_ids(query, vintage)
    measure = _choice(rest.pop("measure", None), MEASURES, "measure") or "dead_or_missing"
    selection = Selection.parse(rest)
    return checked(vintage, selection if measure in FLOW_MEASURES else selection.but(measure=measure)), measure


def parse_totals(query: Mapping[str, Iterable[str]], vintage: Vintage) -> tuple[Selection, str, str | None]:
    """Return (selection, measure, by) of a totals query; raise QueryError at what it cannot mean."""
    rest = with_ids(query, vintage)
    measure = _choice(rest.pop("measure", None), MEASURES, "measure") or "dead_or_missing"
    by = _choice(rest.pop("by", None), BY, "by")
    return Selection.parse(rest), measure, by


def _choice(given: Iterable[str] | None, options: tuple[str, ...], key: str) -> str | None:
    if given is None:
        return None
    items = [given] if isinstance(given, str) else list(given)
    if len(items) != 1 or items[0] not in options:
        found = str(items[0])[:60] if items else "nothing"
        raise QueryError(f"'{key}' is one of {', '.join(options)}; found '{found}'.", parameter=key)
    return items[0]


def checked(vintage: Vintage, selection: Selection) -> Selection:
    """Return ``selection``; raise QueryError where it names a route, region, … or source that is not here."""
    known = known_ids(vintage)
    known["route"] = sorted({*known["route"], *vocabulary.route_names()})
    known["cause"] = sorted(vocabulary.cause_names())
    chosen = (("route", selection.routes), ("region", selection.regions), ("cause", selection.causes),
              ("country", selection.countries))  # fmt: skip
    for key, ids in chosen:
        for value in ids:
            _known(value, known[key], key)
    if selection.source is not None:
        _known(selection.source, vintage.sources["source"].unique().sort().to_list(), "source")
    return selection


def _known(value: str, options: list[str], key: str) -> None:
    if value in options:
        return
    near = get_close_matches(value, options, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(options[:20])}."
    raise QueryError(f"There is no {key} '{value}' in this vintage. {hint}", parameter=key)


def check_fits(vintage: Vintage, selection: Selection, measure: str) -> None:
    """Raise QueryError where the named source does not count this measure."""
    if selection.source is None:
        return
    counts_incidents = selection.source in vintage.incident_sources
    if counts_incidents == (measure in FLOW_MEASURES):
        raise ContradictionError(
            f"Source '{selection.source}' has no {measure}. Leave 'source' out, or choose another measure.",
            parameter="source",
        )


def totals(vintage: Vintage, selection: Selection, *, measure: str, by: str | None = None) -> dict[str, Any]:
    """Return one measure's total, its groups, and the parts that no group holds.

    Returns
    -------
    dict
        measure, unit, total (null: nobody reports a number), by, groups (key, id, value), not_dated,
        not_located, no_route (in the measure's unit), and for groups of places ``not_stated``. Total = groups
        + the part named after the grouping, for every filter (RULES C5); events may lie in several groups.
    """
    checked(vintage, selection)
    check_fits(vintage, selection, measure)
    check_applies(selection, measure)
    if measure in FLOW_MEASURES:
        unstated = [pl.lit(None, pl.String).alias(name) for name in ("region", "cause")]
        rows, value = select_counts(vintage, selection, measure).with_columns(unstated), pl.col("value")
        sums: pl.Expr = pl.when(value.count() > 0).then(value.sum())
        located = pl.col("route").is_not_null() | pl.col("country").is_not_null()
        source = selection.source
    else:
        rows, sums = select_incidents(vintage, selection), amount(measure)
        located = is_located(selection.resolution)
        source = incident_source(vintage, selection)
    step = by if by is not None and by in PERIODS else "year"
    dated = is_dated(step)
    return {
        "measure": measure,
        "unit": unit_of(measure),
        "total": _one(rows, sums),
        "by": by,
        "groups": _groups(rows, sums, by, vintage, dated),
        "not_dated": _one(rows.filter(~dated), sums) or 0,
        "not_located": _one(rows.filter(~located), sums) or 0,
        "no_route": _one(rows.filter(pl.col("route").is_null()), sums) or 0,
        "not_stated": (_one(rows.filter(_key(by).is_null()), sums) or 0) if by in PLACES else 0,
        "hidden_by_quality": _hidden(vintage, selection, measure),
        "undated_outside_window": _undated(vintage, selection, measure),
        "source": source,
        "vintage": vintage.name,
        "is_demonstration": vintage.is_demonstration,
    }


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
    wider = _one(select_incidents(vintage, selection.but(min_quality=None)), amount(measure)) or 0
    return wider - (_one(select_incidents(vintage, selection), amount(measure)) or 0)


def _undated(vintage: Vintage, selection: Selection, measure: str) -> int:
    if measure in FLOW_MEASURES or (selection.start is None and selection.end is None):
        return 0
    without = selection.but(start=None, end=None)
    undated = select_incidents(vintage, without).filter(pl.col("date_from").is_null())
    return _one(undated, amount(measure)) or 0


def _groups(
    rows: pl.LazyFrame, sums: pl.Expr, by: str | None, vintage: Vintage, dated: pl.Expr
) -> list[dict[str, Any]]:
    if by is None:
        return []
    if by in PERIODS:
        keyed = rows.filter(dated).with_columns(period_key(by).alias("__key"))
    else:
        keyed = rows.filter(_key(by).is_not_null()).with_columns(_key(by).alias("__key"))
    table = keyed.group_by("__key").agg(sums.alias("value")).collect(engine="streaming")
    order = {"by": "__key"} if by in PERIODS else {"by": ["value", "__key"], "descending": [True, False]}
    return [
        {"key": key if by in PERIODS else vintage.name_of(by, key), "id": key, "value": value}
        for key, value in table.sort(**order, nulls_last=True).iter_rows()
    ]


def cells_answer(vintage: Vintage, selection: Selection, measure: str = "dead_or_missing") -> dict[str, Any]:
    """Return the cells of a selection: total = sum of their values + not_located, for every filter (C5, H1).

    ``measure`` names a flow where cells of a flow are asked for; incidents are counted by the selection's measure.
    """
    checked(vintage, selection)
    check_fits(vintage, selection, measure)
    if measure in FLOW_MEASURES:
        return flow_cells_answer(vintage, selection, measure)
    rows = select_incidents(vintage, selection)
    table = incidents_by_cell(rows, resolution=selection.resolution)
    sums = amount(selection.measure)
    parts = dropped_parts(vintage, selection)
    return {
        "measure": selection.measure,
        "unit": unit_of(selection.measure),
        "resolution": selection.resolution,
        "total": _one(rows, sums),
        "not_located": _one(rows.filter(~is_located(selection.resolution)), sums) or 0,
        "not_dated": _one(rows.filter(~is_dated(selection.step)), sums) or 0,
        "undated_outside_window": parts["undated_outside_window"],
        "hidden_by_quality": parts["hidden_by_quality"],
        "source": incident_source(vintage, selection),
        "vintage": vintage.name,
        "is_demonstration": vintage.is_demonstration,
        "cells": [
            {"cell": cell_text(row["cell"]), "value": row[selection.measure]}
            | {name: row[name] for name in CELL_COLUMNS}
            for row in table.iter_rows(named=True)
        ],
    }
