"""Places of one source: which days each covers, which may be left out of a sum, which figures may hold others (R6).

A *place* here is a place, country and way (mode) of a source, as it names them: the widest figures that it gives
anywhere, as the parts of one are not known to be all of it. Rows by nationality are parts of a place: a day on which
some nationality is counted is covered, as publishers list the nationalities that they saw.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np
import polars as pl

from data.model.countries import country_names
from data.model.days import MOST_NAMED, Span, length, mask
from data.model.notices import Notice, say

STRATUM: Final = ("place", "country", "mode", "nationality")  # parts of one whole: they add up
SPAN: Final = ("date_from", "date_to")
# A place that lacks days is left out of the denominator and named, but not where it weighs more than this: arrivals in
# Malta alone are no denominator for deaths on the way to Italy.
MOST_LEFT_OUT: Final = 0.1

BY_NATIONALITY: Final = "by nationality"

Key = tuple[str | None, ...]
Levels = dict[Key, tuple[np.ndarray, int]]  # people a day by month of the year, and the number of days, of each place


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
    rows = spans.select(*STRATUM, *SPAN, "value").rows()  # they are few, and there are very many windows
    stated = [row[-3:] for row in rows if row[-1] is not None]
    taken = without_overlap([span for span in stated if _is_within(span, window)])
    known = mask([span[:2] for span in taken], window)
    without = [row[-3:-1] for row in rows if row[-1] is None]
    cut = [span[:2] for span in stated if not _is_within(span, window)]
    return Part(
        rows[0][: len(STRATUM)], sum(span[2] for span in taken), known,
        mask(without, window) & ~known, mask(cut, window) & ~known,
    )  # fmt: skip


def _is_within(span: tuple[date, date, int], window: Span) -> bool:
    return bool(window[0] <= span[0] and span[1] <= window[1])


def crossing(parts: Sequence[Part]) -> list[str]:
    """Return the columns in which two figures of the same days differ that may hold the same people; none: no two do.

    Two may where each that both name is the same: all nationalities of Italy, and Syrians in all places.
    """
    by_pattern: dict[tuple[bool, ...], list[Part]] = {}
    for part in parts:
        by_pattern.setdefault(tuple(name is None for name in part.key), []).append(part)
    patterns = list(by_pattern)
    for at, first in enumerate(patterns):
        for second in patterns[at + 1 :]:
            if _meet(by_pattern[first], by_pattern[second]):
                return [STRATUM[place] for place in range(len(STRATUM)) if first[place] != second[place]]
    return []


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
    """All parts of one place that are no parts of a wider figure."""

    key: Key
    name: str
    rates: np.ndarray  # people a day on each day of the window: of its month, in all years that the source counts
    days: int  # on which the source counts there, in the window or not
    total: int
    known: np.ndarray
    unknown: np.ndarray
    cut: np.ndarray

    @property
    def covered(self) -> np.ndarray:
        """Return for each day whether the place has its figure."""
        return np.asarray(self.known & ~self.unknown)

    @property
    def expected(self) -> float:
        """Return how many people its figures would make over the whole window, as far as can be told from others."""
        known = int(self.known.sum())
        here = self.total / known if known else 0.0
        return self.total + float(np.maximum(self.rates, here)[~self.known].sum())

    @property
    def is_weighed(self) -> bool:
        """Return whether enough is known to weigh it: as many days as it lacks, and no figure that is withheld."""
        return not bool((self.known & self.unknown).any()) and self.days >= int((~self.covered).sum())


def places_of(levels: Levels, parts: Sequence[Part], window: Span) -> tuple[list[Place], list[str]]:
    """Return the places of a source, and the names of those that are parts of a wider figure, so no whole.

    ``levels`` are of all its counts, ``parts`` of a window. A figure of all Italy anywhere in the source makes
    Lampedusa a part of it: its own figures are not known to be all of Italy's.
    """
    keys = sorted({*levels, *(_level(part.key) for part in parts)}, key=str)
    tops = [key for key in keys if not any(_holds(other, key) for other in keys)]
    months = _months_of(window)
    found = [_place(key, tops, levels.get(key, (np.zeros(12), 0)), parts, months) for key in tops]
    held = [_name(key, keys) for key in keys if key not in tops]
    return found, held


def _level(key: Key) -> Key:
    """Return place, country, way, and whether a figure is of some nationality."""
    return (*key[:3], None if key[3] is None else BY_NATIONALITY)


def _months_of(window: Span) -> np.ndarray:
    """Return the month of the year, 0 to 11, of each day of a window."""
    days = np.datetime64(window[0]) + np.arange(length(*window))
    return days.astype("datetime64[M]").astype(np.int64) % 12  # counted from January 1970


def levels_of(rows: pl.DataFrame) -> Levels:
    """Return people a day by month of the year, and the number of days, of each place, over all that a source counts.

    Nationalities add up, each over its own days; a count of several months says nothing of one of them alone.
    """
    length_of = (pl.col("date_to") - pl.col("date_from")).dt.total_days() + 1
    is_of_month = pl.col("date_from").dt.month_start() == pl.col("date_to").dt.month_start()
    spans = rows.drop_nulls("value").group_by(*STRATUM, *SPAN).agg(pl.col("value").sum()).with_columns(days=length_of)
    rate = pl.col("value").sum() / pl.col("days").sum()
    whole = spans.group_by(*STRATUM).agg(rate.alias("rate"), pl.col("days").sum())
    by_month = spans.filter(is_of_month).group_by(*STRATUM, pl.col("date_from").dt.month().alias("month")).agg(rate)
    seasons = {tuple(row[:5]): float(row[5]) for row in by_month.iter_rows()}
    found: Levels = {}
    for *key, usual, days in whole.iter_rows():
        rates, known = found.get(level := _level(tuple(key)), (np.zeros(12), 0))
        own = np.array([seasons.get((*key, month), usual) for month in range(1, 13)])
        found[level] = (rates + own, max(known, int(days)))
    return found


def _holds(wider: Key, key: Key) -> bool:
    return wider != key and all(one is None or one == other for one, other in zip(wider, key, strict=True))


def _place(
    key: Key, tops: Sequence[Key], weight: tuple[np.ndarray, int], parts: Sequence[Part], months: np.ndarray
) -> Place:
    own, none = [part for part in parts if _level(part.key) == key], np.zeros(months.size, dtype=bool)
    known, unknown, cut = (np.logical_or.reduce([none, *(getattr(part, kind) for part in own)])
                           for kind in ("known", "unknown", "cut"))  # fmt: skip
    rates, days = weight
    return Place(key, _name(key, tops), rates[months], days, sum(part.total for part in own), known, unknown, cut)


def _name(key: Key, keys: Sequence[Key]) -> str:
    """Return the place, with its country where another has its name, its way where it is split by ways."""
    place = key[0] or _country(key[1]) or ""
    alike = [other for other in keys if (other[0] or _country(other[1]) or "") == place and other != key]
    if key[0] and any(other[1] != key[1] for other in alike):
        place = say("risk.in_country", place=place, country=_country(key[1]) or say("risk.no_country"))
    return (
        say("risk.of_place", place=place, way=key[2]).strip()
        if key[2] and any(other[2] != key[2] for other in alike)
        else place
    )


def _country(code: str | None) -> str | None:
    return code and (country_names().get(code) or code)


def split_places(places: Sequence[Place], only: Collection[Key] | None) -> tuple[list[Place], list[Place]]:
    """Return the places to count and those left out: the lightest that lack days, while together they weigh little.

    ``only`` are the keys of the only ones to count.
    """
    if only is not None:
        return [one for one in places if one.key in only], [one for one in places if one.key not in only]
    left_out: list[Place] = []
    for place in sorted(places, key=lambda one: (one.expected, one.name)):
        if not place.covered.all() and place.is_weighed and are_light([*left_out, place], places):
            left_out.append(place)
    return [place for place in places if place not in left_out], left_out


def are_light(some: Sequence[Place], places: Sequence[Place]) -> bool:
    """Return whether some places weigh at most a tenth of all."""
    whole = sum(one.expected for one in places)
    return whole > 0 and sum(one.expected for one in some) <= MOST_LEFT_OUT * whole


def left_out_notes(left_out: Sequence[Place], days: int) -> tuple[Notice, ...]:
    """Return a note for each place that is left out."""
    ordered = sorted(left_out, key=lambda place: (-place.total, place.name))
    notes = [_left_out_note(place, days) for place in ordered[:MOST_NAMED]]
    if more := len(ordered) - len(notes):
        notes.append(Notice("risk.left_out.more", number=more))
    return tuple(notes)


def _left_out_note(place: Place, days: int) -> Notice:
    people = max(place.total, 0)
    if place.covered.all():
        return Notice("risk.left_out.other_period", place=place.name, people=people)
    return Notice("risk.left_out.days", place=place.name, covered=int(place.covered.sum()), days=days, people=people)


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
