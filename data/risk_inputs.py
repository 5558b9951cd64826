"""What risk is made of: deaths with their events, arrivals, interceptions, and which days each covers.

A series covers a day only where a count with a known value holds it (RULES R6); units are never added up (R1), and
detections are never read as persons (R2): only ``persons_arrived`` and ``persons_intercepted`` are looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl

from data.days import MOST_NAMED, Span, length, mask, missing_words, stretches
from data.measures import flow_unit, incident_source, of_source, select_incidents
from data.risk import Figures
from data.selection import Selection
from data.sources import source_of
from data.units import one_unit
from data.vintage import Vintage

MEASURES: Final = ("arrivals", "interceptions")
STRATUM: Final = ("place", "country", "mode", "nationality")  # parts of one whole: they add up
RECORD: Final = ("event_id", "is_cumulative", "dead_or_missing", "edition")
SPAN: Final = ("date_from", "date_to")


@dataclass(frozen=True)
class Series:
    """One source's count of one unit on one route in one window; ``value`` is None unless every day is covered."""

    source: str | None
    value: int | None
    covered_days: int
    days: int
    gap: str
    notes: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deaths:
    """People dead or missing of one incident database (RULES E6), their events, and why a day is not covered."""

    source: str | None
    value: int | None
    gap: str
    tolls: tuple[int, ...]
    fixed: int
    editions: tuple[str, ...]


@dataclass(frozen=True)
class Inputs:
    """The three inputs of one route and window."""

    deaths: Deaths
    arrivals: Series
    interceptions: Series

    @property
    def figures(self) -> Figures:
        """Return them as the formulas take them."""
        parts: dict[str, Deaths | Series] = {
            "deaths": self.deaths,
            "arrivals": self.arrivals,
            "interceptions": self.interceptions,
        }
        return Figures(
            deaths=self.deaths.value, arrivals=self.arrivals.value, interceptions=self.interceptions.value,
            gaps={name: part.gap for name, part in parts.items() if part.gap},
            tolls=self.deaths.tolls, fixed=self.deaths.fixed,
        )  # fmt: skip


def inputs(vintage: Vintage, selection: Selection) -> Inputs:
    """Return the inputs of a selection with one route and both ends of a window."""
    return Inputs(
        deaths=deaths_of(vintage, selection),
        arrivals=series_of(vintage, selection, "arrivals"),
        interceptions=series_of(vintage, selection, "interceptions"),
    )


def window_of(selection: Selection) -> Span:
    """Return the first and last day of a selection that has both."""
    if selection.start is None or selection.end is None:
        raise ValueError("risk is of a window with a first and a last day (RULES R6)")
    return selection.start, selection.end


def deaths_of(vintage: Vintage, selection: Selection) -> Deaths:
    """Return the deaths of a route as the page counts them, with their events.

    The database covers the days from its first to its last; it knows nothing of a route that it never names.
    """
    source, window = incident_source(vintage, selection), window_of(selection)
    covered = incident_days(vintage, source) if names_route(vintage, source, selection.routes[0]) else None
    rows = select_incidents(vintage, selection).select(*RECORD).collect()
    stated = rows.drop_nulls("dead_or_missing")
    is_known = covered is not None and bool(mask([covered], window).any())
    known = is_known and (rows.is_empty() or not stated.is_empty())
    split = stated.filter(~pl.col("is_cumulative"))
    tolls = split.group_by("event_id").agg(pl.col("dead_or_missing").sum())["dead_or_missing"].sort()
    return Deaths(
        source=source,
        value=int(stated["dead_or_missing"].sum()) if known else None,
        gap=_deaths_gap(covered, window, is_stated=known or not is_known),
        tolls=tuple(tolls.to_list()),
        fixed=int(stated.filter("is_cumulative")["dead_or_missing"].sum()),
        editions=tuple(rows["edition"].drop_nulls().unique().sort().to_list()),
    )


def _deaths_gap(covered: Span | None, window: Span, *, is_stated: bool) -> str:
    missing = ~mask([covered] if covered else [], window)
    if missing.any():
        nowhere = "" if covered else " (the database has no record on this route)"
        return f"deaths are missing for {missing_words(stretches(missing, window[0]))}{nowhere}"
    return "" if is_stated else "no record of this window states how many people died or went missing"


@lru_cache(maxsize=8)
def incident_days(vintage: Vintage, source: str | None) -> Span | None:
    """Return the first and last day of an incident database; None where it has no dated record."""
    rows = of_source(vintage, Selection(source=source))
    first, last = rows.select(pl.col("date_from").min(), pl.col("date_to").max()).collect().row(0)
    return None if first is None else (first, last)


@lru_cache(maxsize=256)
def names_route(vintage: Vintage, source: str | None, route: str) -> bool:
    """Return whether an incident database has any record on the route."""
    rows = of_source(vintage, Selection(source=source))
    return bool(rows.select((pl.col("route") == route).any()).collect().item())


def series_of(vintage: Vintage, selection: Selection, measure: str) -> Series:
    """Return one unit's count of a route in a window, from one source: two that overlap are never added.

    The source is the selection's where it counts this unit on the route, else the one that covers most days; of
    equals the first by name.
    """
    window, route = window_of(selection), selection.routes[0]
    by_source = {source: source_series(rows, window, measure) for source, rows in counted(vintage, route, measure)}
    if not by_source:
        gap = f"{measure} are missing for {missing_words([window])} (no source counts them on this route)"
        return Series(None, None, 0, length(*window), gap)
    chosen = selection.source if selection.source in by_source else None
    best = chosen or min(by_source, key=lambda source: (-by_source[source].covered_days, source))
    others = [f"Not added: {source_of(source).title} covers {other.covered_days:,} of {other.days:,} days."
              for source, other in sorted(by_source.items()) if source != best and other.covered_days]  # fmt: skip
    found = by_source[best]
    return replace(found, notes=(*found.notes, *others))


@lru_cache(maxsize=256)
def counted(vintage: Vintage, route: str, measure: str) -> tuple[tuple[str, pl.DataFrame], ...]:
    """Return the counts of one unit on one route, source by source."""
    rows = vintage.counts.filter((pl.col("unit") == flow_unit(measure)) & (pl.col("route") == route))
    rows = rows.drop_nulls(list(SPAN)).sort("source", "date_from", "date_to")
    return tuple((part["source"][0], part) for part in rows.partition_by("source", maintain_order=True))


def source_series(rows: pl.DataFrame, window: Span, measure: str) -> Series:
    """Return what one source counts in a window.

    Parameters
    ----------
    rows : DataFrame, counts of one source, unit and route (schema.COUNTS)
        Rows of different places, ways or nationalities are parts of one whole and add up, as the page adds them.
        Where spans of one part overlap, as months within a year, those that cover most days are taken, each day once.
    window : first and last day, both included
        A count that reaches over its edge is not divided: it covers no day.

    Returns
    -------
    Series
        A day is covered where a count with a known value holds it and no part of the whole has a count without a
        value there. ``value`` is None unless every day is covered (RULES R6).
    """
    touching = rows.filter((pl.col("date_to") >= window[0]) & (pl.col("date_from") <= window[1]))
    if not touching.is_empty():
        one_unit(touching["unit"].unique().to_list())
    value = pl.when(pl.col("value").null_count() == 0).then(pl.col("value").sum()).alias("value")
    spans = touching.group_by(*STRATUM, *SPAN).agg(value).sort(*SPAN)
    parts = [_part(part, window) for part in spans.partition_by(*STRATUM, maintain_order=True)]
    none = np.zeros(length(*window), dtype=bool)
    covered = np.logical_or.reduce([none, *(part.known for part in parts)])
    covered &= ~np.logical_or.reduce([none, *(part.unknown for part in parts)])
    gap = ""
    if not covered.all():
        is_cut = (np.logical_or.reduce([none, *(part.cut for part in parts)]) & ~covered).any()
        gap = f"{measure} are missing for {missing_words(stretches(~covered, window[0]))}"
        gap += " (a count that reaches beyond the window is not divided)" if is_cut else ""
    total, editions = sum(part.total for part in parts), rows["edition"].drop_nulls().unique().sort().to_list()
    return Series(rows["source"][0], None if gap else total, int(covered.sum()), covered.size, gap,
                  _thin(rows, parts, covered.size), tuple(editions))  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Part:
    """One place, way and nationality: its sum, and the days that are known, without a value, or in a cut count."""

    place: str | None
    total: int
    known: np.ndarray
    unknown: np.ndarray
    cut: np.ndarray


def _part(spans: pl.DataFrame, window: Span) -> _Part:
    """Return one part of a whole; ``spans`` are of one stratum, sorted, each pair of days once."""
    within = (pl.col("date_from") >= window[0]) & (pl.col("date_to") <= window[1])
    stated = spans.drop_nulls("value")
    taken = without_overlap(list(stated.filter(within).select(*SPAN, "value").iter_rows()))
    known = mask([span[:2] for span in taken], window)
    without, cut = spans.filter(pl.col("value").is_null()), stated.filter(~within)
    return _Part(
        spans["place"][0], sum(span[2] for span in taken), known,
        mask(without.select(*SPAN).iter_rows(), window) & ~known, mask(cut.select(*SPAN).iter_rows(), window) & ~known,
    )  # fmt: skip


def _thin(rows: pl.DataFrame, parts: Sequence[_Part], days: int) -> tuple[str, ...]:
    """Return a note for each place of the source whose figures do not cover the whole window."""
    names = rows["place"].drop_nulls().unique().sort().to_list()
    none = np.zeros(days, dtype=bool)
    covered = {
        name: int(np.logical_or.reduce([none, *(part.known for part in parts if part.place == name)]).sum())
        for name in names
    }
    thin = [name for name in names if covered[name] < days] if len(names) > 1 else []
    notes = [f"{name} has a figure for {covered[name]:,} of {days:,} days." for name in thin[:MOST_NAMED]]
    if more := len(thin) - len(notes):
        notes.append(f"{more} more {'place does' if more == 1 else 'places do'} not cover every day.")
    return tuple(notes)


def without_overlap(spans: Sequence[tuple[date, date, int]]) -> list[tuple[date, date, int]]:
    """Return the spans that together cover most days, no day twice; of equals the shorter ones.

    ``spans`` are first day, last day and value, no two with the same days, sorted by first day.
    """
    if all(before[1] < after[0] for before, after in pairwise(spans)):
        return list(spans)
    by_end = sorted(spans, key=lambda span: (span[1], span[0]))
    ends = np.array([span[1].toordinal() for span in by_end])
    best: list[tuple[int, int]] = [(0, 0)]  # days covered and number of spans among the first i
    for index, (first, last, _) in enumerate(by_end):
        days, number = best[int(np.searchsorted(ends[:index], first.toordinal()))]
        best.append(max(best[index], (days + length(first, last), number + 1)))
    taken, index = [], len(by_end)
    while index:
        if best[index] == best[index - 1]:
            index -= 1
            continue
        taken.append(by_end[index - 1])
        index = int(np.searchsorted(ends[: index - 1], by_end[index - 1][0].toordinal()))
    return taken[::-1]
