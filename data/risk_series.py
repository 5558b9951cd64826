"""Counts of one unit on one route in one window: which days and which places they cover, and their sum.

A series covers a day only where a count with a known value holds it (RULES R6); units are never added up (R1).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import polars as pl

from data.days import MOST_NAMED, Span, length, missing_words, stretches
from data.measures import flow_unit
from data.risk_places import (
    SPAN,
    STRATUM,
    Key,
    Place,
    are_light,
    crossing,
    kept_of,
    left_out_notes,
    part_of,
    places_of,
)
from data.selection import Selection
from data.sources import source_of
from data.units import one_unit
from data.vintage import Vintage


@dataclass(frozen=True)
class Series:
    """One source's count of one unit on one route in one window; ``value`` is None unless every day is covered.

    ``places`` are the names of those that ``value`` counts, ``keys`` their keys, and ``left_out`` those of the source
    that it does not count, as they lack days (RULES R6) or were not asked for. ``part`` is all that is counted in
    the window, with days missing and in places that are left out: at least so many, no sum of the window.
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
    keys: tuple[Key, ...] = ()
    part: int = 0

    @property
    def lacking(self) -> list[str]:
        """Return the places that are left out, each in words without a full stop."""
        return [f"{name} lacks days" for name in self.left_out]


def window_of(selection: Selection) -> Span:
    """Return the first and last day of a selection that has both."""
    if selection.start is None or selection.end is None:
        raise ValueError("risk is of a window with a first and a last day (RULES R6)")
    return selection.start, selection.end


def series_of(vintage: Vintage, selection: Selection, measure: str, *, places: Collection[Key] | None = None) -> Series:
    """Return one unit's count of a route in a window, from one source: two that overlap are never added.

    The source is the selection's where it counts this unit on the route, else one that covers every day,
    else the one that covers most; of equals the first by name. ``places`` are the only ones to count, None for all.
    """
    window, route = window_of(selection), selection.routes[0]
    rows_of = dict(counted(vintage, route, measure))
    by_source = {source: source_series(rows, window, measure) for source, rows in rows_of.items()}
    if not by_source:
        gap = f"{measure} are missing for {missing_words([window])} (no source counts them on this route)"
        return Series(None, None, 0, length(*window), gap)
    chosen = selection.source if selection.source in by_source else None
    best = chosen or min(
        by_source, key=lambda name: (by_source[name].value is None, -by_source[name].covered_days, name)
    )
    others = [f"Not added: {source_of(source).title} covers {other.covered_days:,} of {other.days:,} days."
              for source, other in sorted(by_source.items()) if source != best and other.covered_days]  # fmt: skip
    found = by_source[best] if places is None else source_series(rows_of[best], window, measure, places=places)
    return replace(found, notes=(*found.notes, *others))


@lru_cache(maxsize=256)
def counted(vintage: Vintage, route: str, measure: str) -> tuple[tuple[str, pl.DataFrame], ...]:
    """Return the counts of one unit on one route, source by source."""
    rows = vintage.counts.filter((pl.col("unit") == flow_unit(measure)) & (pl.col("route") == route))
    rows = rows.drop_nulls(list(SPAN)).sort("source", "date_from", "date_to")
    return tuple((part["source"][0], part) for part in rows.partition_by("source", maintain_order=True))


def source_series(rows: pl.DataFrame, window: Span, measure: str, *, places: Collection[Key] | None = None) -> Series:
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
        covered, and where figures of the same days may hold the same people (RULES R6).
    """
    touching = rows.filter((pl.col("date_to") >= window[0]) & (pl.col("date_from") <= window[1]))
    if not touching.is_empty():
        one_unit(touching["unit"].unique().to_list())
    value = pl.when(pl.col("value").null_count() == 0).then(pl.col("value").sum()).alias("value")
    spans = touching.group_by(*STRATUM, *SPAN).agg(value).sort(*SPAN)
    parts = [part_of(part, window) for part in spans.partition_by(*STRATUM, maintain_order=True)]
    known, held = places_of(rows, parts, window)
    kept, left_out = kept_of(known, places)
    days = np.logical_and.reduce([np.ones(length(*window), dtype=bool), *(place.covered for place in kept)])
    days &= bool(kept)
    crossed = crossing(parts)
    gap = _refused(crossed, known, left_out, measure) or _gap(days, kept, held, window, measure, is_one=len(known) < 2)
    total = sum(place.total for place in kept)
    left_out = [] if gap else left_out  # of what is no sum, nothing is left out
    return Series(
        rows["source"][0], None if gap else total, int(days.sum()), days.size, gap,
        left_out_notes(left_out, days.size), tuple(rows["edition"].drop_nulls().unique().sort().to_list()),
        tuple(sorted(place.name for place in kept if place.name)), tuple(sorted(place.name for place in left_out)),
        tuple(place.key for place in kept), 0 if crossed else sum(place.total for place in known),
    )  # fmt: skip


def _refused(crossed: str, known: Sequence[Place], left_out: Sequence[Place], measure: str) -> str:
    """Return why figures that cover every day are no sum all the same; blank where they are."""
    if crossed:
        return f"{measure} are given with and without {crossed} for the same days, so one may hold the other"
    if left_out and not are_light(left_out, known):
        names = ", ".join(place.name for place in left_out)
        return f"{measure} that both periods count leave out more than a tenth of those counted ({names})"
    return ""


def _gap(
    days: np.ndarray, kept: Sequence[Place], held: Sequence[str], window: Span, measure: str, *, is_one: bool
) -> str:
    """Return which days are missing, and in which place where others have them; blank where none is."""
    if days.all():
        return ""
    none = np.zeros(days.size, dtype=bool)
    is_cut = (np.logical_or.reduce([none, *(place.cut for place in kept)]) & ~days).any()
    others = np.logical_or.reduce([none, *(place.covered for place in kept)])
    lacking = [place.name for place in kept if not place.covered.all()]
    where = "" if is_one or len(lacking) != 1 or not (others & ~days).any() else f" in {lacking[0]}"
    gap = f"{measure} are missing for {missing_words(stretches(~days, window[0]))}{where}"
    gap += " (a count that reaches beyond the window is not divided)" if is_cut else ""
    parts = ", ".join(name for name in held[:MOST_NAMED] if name)
    return f"{gap} (figures of a part, such as {parts}, are not the whole)" if parts else gap
