"""Counts of one unit on one route in one window: which days and which places they cover, and their sum.

A count covers a day only where a count with a known value holds it (RULES R6); units are never added up (R1).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from data.counting.count_coverage import edition_days, leaves_out_zeros
from data.counting.windows import Window, joined, outside
from data.model.caches import kept_numbers
from data.model.days import MOST_NAMED, Span, length, missing_words, stretches
from data.model.notices import Notice
from data.model.units import flow_unit, one_unit
from data.query.selection import Selection
from data.readers.sources import source_of
from data.risk.formulas import measure_word
from data.risk.places import (
    SPAN,
    STRATUM,
    Key,
    Levels,
    Place,
    are_light,
    crossing,
    left_out_notes,
    levels_of,
    part_of,
    places_of,
    split_places,
)
from data.store.vintage import Vintage


@dataclass(frozen=True)
class RouteCount:
    """One source's count of one unit on one route in one window; ``value`` is None unless every day is covered.

    ``places`` are the names of those that ``value`` counts, ``keys`` their keys, and ``left_out`` those of the source
    that it does not count, as they lack days (RULES R6) or were not asked for. ``part`` is all that is counted in
    the window, with days missing and in places that are left out: at least so many, no sum of the window.
    """

    source: str | None
    value: int | None
    covered_days: int
    days: int
    gap: Notice | None
    notes: tuple[Notice, ...] = ()
    editions: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    part: int = 0

    @property
    def lacking(self) -> list[Notice]:
        """Return the places that are left out, each in words without a full stop."""
        return [Notice("risk.left_out.lacks_days", place=name) for name in self.left_out]


def window_of(selection: Selection) -> Span:
    """Return the first and last day of a selection that has both."""
    if selection.start is None or selection.end is None:
        raise ValueError("risk is of a window with a first and a last day (RULES R6)")
    return selection.start, selection.end


def count_on_route(
    vintage: Vintage, selection: Selection, measure: str, *, places: Collection[Key] | None = None
) -> RouteCount:
    """Return one unit's count of a route in a window, from one source: two that overlap are never added.

    The source is the selection's where it counts this unit on the route, else one that covers every day,
    else the one that covers most; of equals the first by name. ``places`` are the only ones to count, None for all.
    """
    window, route = window_of(selection), selection.routes[0]
    rows_of, levels = dict(counts_by_source(vintage, route, measure)), _levels_by_source(vintage, route, measure)
    by_source = {source: _count(rows, levels[source], window, measure) for source, rows in rows_of.items()}
    if not by_source:
        gap = Notice("risk.gap.no_source", measure=measure_word(measure), missing=missing_words([window]))
        return RouteCount(None, None, 0, length(*window), gap)
    chosen = selection.source if selection.source in by_source else None
    best = chosen or min(
        by_source, key=lambda name: (by_source[name].value is None, -by_source[name].covered_days, name)
    )
    others = [Notice("risk.not_added", source=source_of(source).title, covered=other.covered_days, days=other.days)
              for source, other in sorted(by_source.items()) if source != best and other.covered_days]  # fmt: skip
    is_whole = places is None
    found = by_source[best] if is_whole else _count(rows_of[best], levels[best], window, measure, places=places)
    return replace(found, notes=(*found.notes, *others))


@kept_numbers
def counts_by_source(vintage: Vintage, route: str, measure: str) -> tuple[tuple[str, pl.DataFrame], ...]:
    """Return the counts of one unit on one route, source by source."""
    rows = vintage.counts.filter((pl.col("unit") == flow_unit(measure)) & (pl.col("route") == route))
    rows = rows.drop_nulls(list(SPAN)).sort("source", "date_from", "date_to")
    parts = [(str(part["source"][0]), part) for part in rows.partition_by("source", maintain_order=True)]
    return tuple((source, _with_zeros(vintage, source, part)) for source, part in parts)


@kept_numbers
def _levels_by_source(vintage: Vintage, route: str, measure: str) -> dict[str, Levels]:
    """Return what the places of each source count in any window, which is the same for all windows."""
    return {source: levels_of(rows) for source, rows in counts_by_source(vintage, route, measure)}


def _with_zeros(vintage: Vintage, source: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return a source's counts with a 0 for each day that it leaves out because nobody was counted (RULES R10)."""
    if not leaves_out_zeros(vintage, source):
        return rows
    days, found = edition_days(vintage, source), [rows]
    for part in rows.partition_by("place", "country", "mode", maintain_order=True):
        known = joined(sorted(Window(*span) for span in part.select(*SPAN).iter_rows()))
        gaps = [one for span in days for gap in outside(known, span) for one in pl.date_range(*gap, eager=True)]
        zeros = pl.DataFrame({"date_from": gaps, "date_to": gaps}, schema=dict.fromkeys(SPAN, pl.Date))
        like = part.head(1).drop(*SPAN).with_columns(pl.lit(0, pl.Int64).alias("value"))
        found.append(zeros.join(like, how="cross").select(rows.columns))
    return pl.concat(found).sort(*SPAN)


def count_of_source(
    rows: pl.DataFrame, window: Span, measure: str, *, places: Collection[Key] | None = None
) -> RouteCount:
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
    RouteCount
        A place covers a day where a count with a known value holds it and no part of the place has a count without a
        value there. A place that lacks days is left out and named, unless it weighs more than ``MOST_LEFT_OUT`` of
        what the source counts on the route: then its days are missing. ``value`` is None unless every day is
        covered, and where figures of the same days may hold the same people (RULES R6).
    """
    return _count(rows, levels_of(rows), window, measure, places=places)


def _count(
    rows: pl.DataFrame, levels: Levels, window: Span, measure: str, *, places: Collection[Key] | None = None
) -> RouteCount:
    touching = rows.filter((pl.col("date_to") >= window[0]) & (pl.col("date_from") <= window[1]))
    if not touching.is_empty():
        one_unit(touching["unit"].unique().to_list())
    value = pl.when(pl.col("value").null_count() == 0).then(pl.col("value").sum()).alias("value")
    spans = touching.group_by(*STRATUM, *SPAN).agg(value).sort(*SPAN)
    parts = [part_of(part, window) for part in spans.partition_by(*STRATUM, maintain_order=True)]
    known, held = places_of(levels, parts, window)
    kept, left_out = split_places(known, places)
    days = np.logical_and.reduce([np.ones(length(*window), dtype=bool), *(place.covered for place in kept)])
    days &= bool(kept)
    crossed = crossing(parts)
    gap = _no_sum(crossed, known, left_out, measure) or _gap(days, kept, held, window, measure, is_one=len(known) < 2)
    total = sum(place.total for place in kept)
    left_out = [] if gap else left_out  # of what is no sum, nothing is left out
    return RouteCount(
        rows["source"][0], None if gap else total, int(days.sum()), days.size, gap,
        left_out_notes(left_out, days.size), tuple(rows["edition"].drop_nulls().unique().sort().to_list()),
        tuple(sorted(place.name for place in kept if place.name)), tuple(sorted(place.name for place in left_out)),
        tuple(place.key for place in kept), 0 if crossed else sum(place.total for place in known),
    )  # fmt: skip


def _no_sum(crossed: Sequence[str], known: Sequence[Place], left_out: Sequence[Place], measure: str) -> Notice | None:
    """Return why figures that cover every day are no sum all the same; None where they are."""
    word = measure_word(measure)
    if crossed:
        return Notice("risk.gap.crossed", measure=word, differ=[Notice(f"risk.part.{column}") for column in crossed])
    if left_out and not are_light(left_out, known):
        return Notice("risk.gap.heavy", measure=word, places=[place.name for place in left_out])
    return None


def _gap(
    days: np.ndarray, kept: Sequence[Place], held: Sequence[str], window: Span, measure: str, *, is_one: bool
) -> Notice | None:
    """Return which days are missing, and in which place where others have them; None where none is."""
    if days.all():
        return None
    none = np.zeros(days.size, dtype=bool)
    is_cut = (np.logical_or.reduce([none, *(place.cut for place in kept)]) & ~days).any()
    others = np.logical_or.reduce([none, *(place.covered for place in kept)])
    lacking = [place.name for place in kept if not place.covered.all()]
    where = None if is_one or len(lacking) != 1 or not (others & ~days).any() else lacking[0]
    missing = missing_words(stretches(~days, window[0]))
    parts = [name for name in held[:MOST_NAMED] if name] or None
    return Notice("risk.gap.days", measure=measure_word(measure), missing=missing, where=where, is_cut=bool(is_cut),
                  parts=parts)  # fmt: skip
