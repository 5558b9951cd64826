"""Counts of one unit on one route in one window: which days and which places they cover, and their sum.

A series covers a day only where a count with a known value holds it (RULES R6); units are never added up (R1).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import chain, combinations, pairwise
from typing import Final

import numpy as np
import polars as pl

from data.days import MOST_NAMED, Span, length, mask, missing_words, stretches
from data.measures import flow_unit
from data.selection import Selection
from data.sources import source_of
from data.units import one_unit
from data.vintage import Vintage

STRATUM: Final = ("place", "country", "mode", "nationality")  # parts of one whole: they add up
SPAN: Final = ("date_from", "date_to")
# A place that lacks days is left out of the denominator and named, but not where it weighs more than this: arrivals in
# Malta alone are no denominator for deaths on the way to Italy.
MOST_LEFT_OUT: Final = Fraction(1, 10)


@dataclass(frozen=True)
class Series:
    """One source's count of one unit on one route in one window; ``value`` is None unless every day is covered.

    ``places`` are those that ``value`` counts, and ``left_out`` those of the source that it does not, as they lack days
    (RULES R6) or were not asked for.
    """

    source: str | None
    value: int | None
    covered_days: int
    days: int
    gap: str
    notes: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def window_of(selection: Selection) -> Span:
    """Return the first and last day of a selection that has both."""
    if selection.start is None or selection.end is None:
        raise ValueError("risk is of a window with a first and a last day (RULES R6)")
    return selection.start, selection.end


def series_of(vintage: Vintage, selection: Selection, measure: str, *, places: Collection[str] | None = None) -> Series:
    """Return one unit's count of a route in a window, from one source: two that overlap are never added.

    The source is the selection's where it counts this unit on the route, else the one that covers most days; of
    equals the first by name. ``places`` are the only ones to count, None for all.
    """
    window, route = window_of(selection), selection.routes[0]
    by_source = {source: source_series(rows, window, measure, places=places)
                 for source, rows in counted(vintage, route, measure)}  # fmt: skip
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


def source_series(rows: pl.DataFrame, window: Span, measure: str, *, places: Collection[str] | None = None) -> Series:
    """Return what one source counts in a window.

    Parameters
    ----------
    rows : DataFrame, counts of one source, unit and route (schema.COUNTS)
        Rows of different places, ways or nationalities are parts of one whole and add up, as the page adds them.
        Where spans of one part overlap, as months within a year, those that cover most days are taken, each day once.
    window : first and last day, both included
        A count that reaches over its edge is not divided: it covers no day.
    places : the only ones to count; None for all that cover the window

    Returns
    -------
    Series
        A place covers a day where a count with a known value holds it and no part of the place has a count without a
        value there. A place that lacks days is left out and named, unless it weighs more than ``MOST_LEFT_OUT`` of
        what the source counts on the route: then its days are missing. ``value`` is None unless every day is
        covered (RULES R6).
    """
    touching = rows.filter((pl.col("date_to") >= window[0]) & (pl.col("date_from") <= window[1]))
    if not touching.is_empty():
        one_unit(touching["unit"].unique().to_list())
    value = pl.when(pl.col("value").null_count() == 0).then(pl.col("value").sum()).alias("value")
    spans = touching.group_by(*STRATUM, *SPAN).agg(value).sort(*SPAN)
    parts = [_part(part, window) for part in spans.partition_by(*STRATUM, maintain_order=True)]
    whole = _Place.of(None, parts, 0, length(*window))
    named = [_Place.of(name, [*parts], weight, whole.known.size).beside(whole) for name, weight in _weights(rows)]
    kept, left_out = _kept(named, places)
    days = np.logical_and.reduce([place.covered for place in kept]) if kept else whole.covered
    gap = _contained(parts, measure) or _gap(days, kept, whole, window, measure, is_one=len(named) < 2)
    total = whole.total + sum(place.total for place in kept)
    return Series(
        rows["source"][0], None if gap else total, int(days.sum()), days.size, gap, _lacking(left_out, days.size),
        tuple(rows["edition"].drop_nulls().unique().sort().to_list()),
        tuple(sorted(str(place.name) for place in kept)), tuple(sorted(str(place.name) for place in left_out)),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Part:
    """One place, way and nationality: its sum, and the days that are known, without a value, or in a cut count."""

    key: tuple[str | None, ...]
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
        spans.select(*STRATUM).row(0), sum(span[2] for span in taken), known,
        mask(without.select(*SPAN).iter_rows(), window) & ~known, mask(cut.select(*SPAN).iter_rows(), window) & ~known,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Place:
    """All parts of one place (None: of no place), and what the source counts there in all its days."""

    name: str | None
    weight: int
    total: int
    known: np.ndarray
    unknown: np.ndarray
    cut: np.ndarray

    @classmethod
    def of(cls, name: str | None, parts: Sequence[_Part], weight: int, days: int) -> "_Place":
        """Return the parts of one place as one."""
        own, none = [part for part in parts if part.key[0] == name], np.zeros(days, dtype=bool)
        known, unknown, cut = (np.logical_or.reduce([none, *(getattr(part, kind) for part in own)])
                               for kind in ("known", "unknown", "cut"))  # fmt: skip
        return cls(name, weight, sum(part.total for part in own), known, unknown, cut)

    def beside(self, whole: "_Place") -> "_Place":
        """Return the place with the days on which a figure of no place counts all places."""
        return replace(self, known=self.known | whole.known, unknown=self.unknown | whole.unknown)

    @property
    def covered(self) -> np.ndarray:
        """Return for each day whether the place has its figure."""
        return np.asarray(self.known & ~self.unknown)


def _weights(rows: pl.DataFrame) -> list[tuple[str, int]]:
    """Return each place of a source with what it counts there in all its days."""
    named = rows.drop_nulls("place").group_by("place").agg(pl.col("value").sum())
    return list(named.sort("place").iter_rows())


def _kept(places: Sequence[_Place], asked: Collection[str] | None) -> tuple[list[_Place], list[_Place]]:
    """Return the places to count and those left out: the lightest that lack days, while they weigh little."""
    if asked is not None:
        return [one for one in places if one.name in asked], [one for one in places if one.name not in asked]
    left_out: list[_Place] = []
    for place in sorted(places, key=lambda one: (one.weight, one.total, str(one.name))):
        if not place.covered.all() and _are_light([*left_out, place], places):
            left_out.append(place)
    return [place for place in places if place not in left_out], left_out


def _are_light(some: Sequence[_Place], places: Sequence[_Place]) -> bool:
    """Return whether some places weigh little among all: in the window and in all days of the source."""
    for counted_there in ("total", "weight"):
        part, whole = (sum(getattr(one, counted_there) for one in group) for group in (some, places))
        if part > MOST_LEFT_OUT * whole:
            return False
    return any(one.weight for one in places)


def _gap(days: np.ndarray, kept: Sequence[_Place], whole: _Place, window: Span, measure: str, *, is_one: bool) -> str:
    """Return which days are missing, and in which place where others have them; blank where none is."""
    if days.all():
        return ""
    among = [*kept, whole]
    is_cut = (np.logical_or.reduce([place.cut for place in among]) & ~days).any()
    others = np.logical_or.reduce([place.covered for place in among])
    lacking = [str(place.name) for place in kept if not place.covered.all()]
    where = "" if is_one or len(lacking) != 1 or not (others & ~days).any() else f" in {lacking[0]}"
    gap = f"{measure} are missing for {missing_words(stretches(~days, window[0]))}{where}"
    return f"{gap} (a count that reaches beyond the window is not divided)" if is_cut else gap


def _contained(parts: Sequence[_Part], measure: str) -> str:
    """Return that a figure may hold another of the same days, such as one of no place those by place; else blank."""
    known = {part.key: part.known for part in parts}
    for part in parts:
        named = [place for place, name in enumerate(part.key) if name is not None]
        for dropped in chain.from_iterable(combinations(named, number) for number in range(1, len(named) + 1)):
            wider = tuple(None if place in dropped else name for place, name in enumerate(part.key))
            if wider in known and (known[wider] & part.known).any():
                what = " and ".join(STRATUM[place] for place in dropped)
                return f"{measure} are given with and without {what} for the same days, so one may hold the other"
    return ""


def _lacking(left_out: Sequence[_Place], days: int) -> tuple[str, ...]:
    """Return a note for each place that is left out."""
    thin = sorted(left_out, key=lambda place: (-place.total, str(place.name)))
    notes = [f"{place.name} is left out: {_why_left_out(place, days)}." for place in thin[:MOST_NAMED]]
    if more := len(thin) - len(notes):
        notes.append(f"{more} more {'place is' if more == 1 else 'places are'} left out.")
    return tuple(notes)


def _why_left_out(place: _Place, days: int) -> str:
    if place.covered.all():
        return "it lacks days in the other period"
    people = f" ({place.total:,} people)" if place.total else ""
    return f"it has a figure for {place.covered.sum():,} of {days:,} days{people}"


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
