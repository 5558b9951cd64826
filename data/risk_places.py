"""Places of one source: which days each covers, which may be left out of a sum, which figures may hold others (R6).

A *place* here is a place, country and way (mode) of a source, as it names them. Rows by nationality are parts of a
place: a day on which some nationality is counted is covered, as publishers list the nationalities that they saw.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl

from data.days import MOST_NAMED, Span, length, mask

STRATUM: Final = ("place", "country", "mode", "nationality")  # parts of one whole: they add up
OF_PLACE: Final = STRATUM[:3]
SPAN: Final = ("date_from", "date_to")
# A place that lacks days is left out of the denominator and named, but not where it weighs more than this: arrivals in
# Malta alone are no denominator for deaths on the way to Italy.
MOST_LEFT_OUT: Final = 0.1

Key = tuple[str | None, ...]


@dataclass(frozen=True, eq=False)
class Part:
    """One place, country, way and nationality: its sum, and the days known, without a value, or in a cut count."""

    key: Key
    total: int
    known: np.ndarray
    unknown: np.ndarray
    cut: np.ndarray


def part_of(spans: pl.DataFrame, window: Span) -> Part:
    """Return one part of a whole; ``spans`` are of one stratum, sorted, each pair of days once."""
    within = (pl.col("date_from") >= window[0]) & (pl.col("date_to") <= window[1])
    stated = spans.drop_nulls("value")
    taken = without_overlap(list(stated.filter(within).select(*SPAN, "value").iter_rows()))
    known = mask([span[:2] for span in taken], window)
    without, cut = spans.filter(pl.col("value").is_null()), stated.filter(~within)
    return Part(
        spans.select(*STRATUM).row(0), sum(span[2] for span in taken), known,
        mask(without.select(*SPAN).iter_rows(), window) & ~known, mask(cut.select(*SPAN).iter_rows(), window) & ~known,
    )  # fmt: skip


def crossing(parts: Sequence[Part]) -> str:
    """Return by what two figures of the same days differ that may hold the same people; blank where none do.

    Two may where each that both name is the same: all nationalities of Italy, and Syrians in all places.
    """
    by_pattern: dict[tuple[bool, ...], list[Part]] = {}
    for part in parts:
        by_pattern.setdefault(tuple(name is None for name in part.key), []).append(part)
    patterns = list(by_pattern)
    for at, first in enumerate(patterns):
        for second in patterns[at + 1 :]:
            if _meet(by_pattern[first], by_pattern[second]):
                differ = [STRATUM[place] for place in range(len(STRATUM)) if first[place] != second[place]]
                return " and ".join(differ)
    return ""


def _meet(some: Sequence[Part], others: Sequence[Part]) -> bool:
    """Return whether two parts, each of one pattern of names, agree in all that both name and share a day."""
    both = [
        place for place in range(len(STRATUM)) if some[0].key[place] is not None and others[0].key[place] is not None
    ]
    days: dict[Key, np.ndarray] = {}
    for part in some:
        key = tuple(part.key[place] for place in both)
        days[key] = days.get(key, np.zeros_like(part.known)) | part.known
    keys = ((tuple(part.key[place] for place in both), part.known) for part in others)
    return any(key in days and bool((days[key] & known).any()) for key, known in keys)


@dataclass(frozen=True, eq=False)
class Place:
    """All parts of one place; ``whole`` are the days on which a wider figure counts it, such as one of no place."""

    key: Key
    name: str
    rate: float  # people a day, over all days that the source counts there
    total: int
    known: np.ndarray
    unknown: np.ndarray
    cut: np.ndarray
    whole: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))

    def beside(self, wider: Sequence["Place"]) -> "Place":
        """Return the place with the days on which wider figures count it, or say that nobody knows."""
        whole = np.logical_or.reduce([self.whole, *(one.known for one in wider)])
        unknown = np.logical_or.reduce([self.unknown, *(one.unknown & ~self.known for one in wider)])
        return replace(self, whole=whole, unknown=unknown)

    @property
    def covered(self) -> np.ndarray:
        """Return for each day whether the place has its figure."""
        return np.asarray((self.known | self.whole) & ~self.unknown)

    @property
    def expected(self) -> float:
        """Return how many people its figures would make over the whole window, as far as can be told from others.

        From its days in the window where they are half of it; else the more of that and what it counts elsewhere.
        """
        days, known = self.known.size, int(self.known.sum())
        here = self.total / known if known else 0.0
        return days * (here if 2 * known >= days else max(here, self.rate))


def places_of(rows: pl.DataFrame, parts: Sequence[Part], days: int) -> tuple[list[Place], list[Place]]:
    """Return the places of a source, and the wider figures that hold several of them.

    ``rows`` are all its counts, ``parts`` those of a window of so many ``days``.
    """
    days_of = (pl.col("date_to") - pl.col("date_from")).dt.total_days() + 1
    spans = rows.drop_nulls("value").group_by(*OF_PLACE, *SPAN).agg(pl.col("value").sum())
    rates = spans.group_by(OF_PLACE).agg(pl.col("value").sum() / days_of.sum())
    found = {row[:3]: float(row[3]) for row in rates.iter_rows()}
    keys = sorted({*found, *(part.key[:3] for part in parts)}, key=str)
    wider = {key for key in keys if any(_holds(key, other) for other in keys)}
    made = {key: _place(key, keys, found.get(key) or 0.0, parts, days) for key in keys}
    leaves = [made[key].beside([made[one] for one in wider if _holds(one, key)]) for key in keys if key not in wider]
    return leaves, [made[key] for key in keys if key in wider]


def _holds(wider: Key, key: Key) -> bool:
    return wider != key and all(one is None or one == other for one, other in zip(wider, key, strict=True))


def _place(key: Key, keys: Sequence[Key], rate: float, parts: Sequence[Part], days: int) -> Place:
    own, none = [part for part in parts if part.key[:3] == key], np.zeros(days, dtype=bool)
    known, unknown, cut = (np.logical_or.reduce([none, *(getattr(part, kind) for part in own)])
                           for kind in ("known", "unknown", "cut"))  # fmt: skip
    return Place(key, _name(key, keys), rate, sum(part.total for part in own), known, unknown, cut, none)


def _name(key: Key, keys: Sequence[Key]) -> str:
    place = key[0] or key[1] or ""
    is_split = sum((other[0] or other[1] or "") == place for other in keys) > 1
    return f"{place} by {key[2]}".strip() if key[2] and is_split else place


def kept_of(places: Sequence[Place], asked: Collection[str] | None) -> tuple[list[Place], list[Place]]:
    """Return the places to count and those left out: the lightest that lack days, while together they weigh little.

    ``asked`` are the names of the only ones to count. A place that a wider figure counts cannot be left out.
    """
    if asked is not None:
        return [one for one in places if one.name in asked], [one for one in places if one.name not in asked]
    left_out: list[Place] = []
    for place in sorted(places, key=lambda one: (one.expected, one.name)):
        if not place.covered.all() and not place.whole.any() and are_light([*left_out, place], places):
            left_out.append(place)
    return [place for place in places if place not in left_out], left_out


def are_light(some: Sequence[Place], places: Sequence[Place]) -> bool:
    """Return whether some places weigh at most a tenth of all."""
    whole = sum(one.expected for one in places)
    return whole > 0 and sum(one.expected for one in some) <= MOST_LEFT_OUT * whole


def left_out_notes(left_out: Sequence[Place], days: int) -> tuple[str, ...]:
    """Return a note for each place that is left out."""
    ordered = sorted(left_out, key=lambda place: (-place.total, place.name))
    notes = [f"{place.name} is left out: {_why_left_out(place, days)}." for place in ordered[:MOST_NAMED]]
    if more := len(ordered) - len(notes):
        notes.append(f"{more} more {'place is' if more == 1 else 'places are'} left out.")
    return tuple(notes)


def _why_left_out(place: Place, days: int) -> str:
    people = f" ({place.total:,} people)" if place.total else ""
    if place.covered.all():
        return f"it lacks days in the other period{people}"
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
