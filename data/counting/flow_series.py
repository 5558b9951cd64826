"""A flow by period, with the places that each period covers: no figure is no zero, fewer places are no fall (R10, R11).

Source: RULES R1, R10, R11, P5.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

import polars as pl

from data.counting.count_coverage import PLACE, Covering, coverings, is_ended
from data.counting.measures import STEP_OF, is_dated, people, select_counts
from data.counting.period_days import EVERY_DAY, NO_DAY, first_days, period_windows, reach
from data.counting.wholes import Key, Whole, gathered, keys_of, wholes_of
from data.counting.windows import Window
from data.model.absence import BREAK, CODES, IN_PART, NOT_COLLECTED, NOT_YET_PUBLISHED, PUBLISHED, UNKNOWN
from data.model.caches import kept_numbers
from data.query.selection import Selection
from data.store.vintage import Vintage

HEAVY: Final = 0.1  # of what is counted in the periods beside: what a break line in a picture is drawn for
LEAST: Final = 0.01  # of all that the series counts: places that hold less are told by the strip and the words alone
BESIDE: Final = {"month": 12, "quarter": 4, "year": 1}  # periods: those of a year
Sums = Mapping[date, Mapping[Key, int | None]]


@dataclass(frozen=True)
class FlowPeriod:
    """One period of a flow: its sum, what it is worth, and whose it is.

    ``value``: null where no place is covered, or a count reaches over an end of the window. ``status``: one of
    ``data.model.absence.CODES``. ``places``: the coverings that cover some of it; ``is_complete``: all of them every
    day; ``is_fewer``: others cover other periods.
    """

    period: date
    value: int | None
    status: str
    places: tuple[Covering, ...]
    is_complete: bool
    is_fewer: bool

    @property
    def code(self) -> str:
        """Return its SDMX observation status."""
        return CODES[self.status]


@dataclass(frozen=True)
class Break:
    """Where the set of places changes: the first period after it, what ended and began, and what is counted after it.

    ``until`` is the last period before. ``is_heavy``: what ended or began is a tenth or more of what is counted beside,
    and a hundredth or more of the whole series. ``named``: the places that a picture names, which ended, or if none
    did, began; those that hold less than a hundredth only where no other changes. ``is_end``: they ended.
    ``is_passing``: all of them are counted again later, or were counted before. ``change``: whether more or fewer
    people a period are counted after than before: ``fall``, ``rise`` or ``none``.
    """

    period: date
    until: date
    ended: tuple[Covering, ...]
    begun: tuple[Covering, ...]
    after: tuple[Covering, ...]
    is_heavy: bool
    named: tuple[Covering, ...]
    is_end: bool
    is_passing: bool
    change: str


@dataclass(frozen=True)
class FlowSeries:
    """The periods of a flow in order, and where their places change."""

    measure: str
    step: str
    periods: tuple[FlowPeriod, ...]
    breaks: tuple[Break, ...]

    @property
    def values(self) -> dict[date, FlowPeriod]:
        """Return each period by its first day."""
        return {one.period: one for one in self.periods}

    @property
    def main_run(self) -> tuple[date, date] | None:
        """Return the first and last period between two heavy breaks that hold most of what is counted; None: nothing.

        Pictures draw what lies outside it as of other places.
        """
        if not self.periods:
            return None
        cuts = [one.period for one in self.heavy_breaks]
        ends = [*cuts, date.max]
        parts = [
            [one for one in self.periods if first <= one.period < end]
            for first, end in zip([date.min, *cuts], ends, strict=True)
        ]
        best = max(parts, key=lambda part: sum(one.value or 0 for one in part))
        return best[0].period, best[-1].period

    @property
    def heavy_breaks(self) -> tuple[Break, ...]:
        """Return the breaks that a picture marks."""
        return tuple(one for one in self.breaks if one.is_heavy)


@kept_numbers
def flow_series(vintage: Vintage, selection: Selection, measure: str) -> FlowSeries:
    """Return a flow by the selection's step within its window; where an end is open, to where any place is counted."""
    step = selection.step
    found = coverings(vintage, selection, measure, step=step)
    window = _window(selection, found)
    if window is None:
        return FlowSeries(measure, step, (), ())
    sums = _sums(vintage, selection, measure)
    steps = first_days(window.first, window.last, step)
    wholes = wholes_of(vintage, found)
    every = set(gathered([one for one in found if one.days], wholes))
    anywhere = coverings(vintage, selection.replace(start=None, end=None), measure)
    last = max((one.source_days.last for one in found), default=None)
    last = None if last is None or is_ended(vintage, measure, last, step) else last
    made = []
    for whole in period_windows(steps, step):
        cut = Window(max(whole.first, window.first), min(whole.last, window.last))
        is_counted = any(cut.touches(one.days) for one in anywhere)
        kind = _kind(cut, found, last, is_counted=is_counted)
        made.append(_period(whole.first, cut, found, sums.get(whole.first, {}), wholes, every, kind))
    breaks = tuple(_breaks(made, sums, wholes, BESIDE[step]))
    changed = {one.period for one in breaks}
    periods = tuple(replace(one, status=BREAK) if one.period in changed else one for one in made)
    return FlowSeries(measure, step, periods, breaks)


def _window(selection: Selection, found: Sequence[Covering]) -> Window | None:
    spans = [span for one in found for span in (*one.days, *one.unknown)]
    first = selection.start or min((span.first for span in spans), default=None)
    last = selection.end or max((span.last for span in spans), default=None)
    return None if first is None or last is None or first > last else Window(first, last)


def _sums(vintage: Vintage, selection: Selection, measure: str) -> dict[date, dict[Key, int | None]]:
    """Return the sum of each period and place."""
    step = selection.step
    table = (
        select_counts(vintage, selection, measure)
        .filter(is_dated(step))
        .group_by(pl.col("date_from").dt.truncate(STEP_OF[step]).alias("period"), *PLACE)
        .agg(people("value").alias("value"))
        .collect(engine="streaming")
    )
    found: dict[date, dict[Key, int | None]] = {}
    for period, *key, value in table.iter_rows():
        found.setdefault(period, {})[tuple(key)] = value
    return found


def _period(
    first: date, cut: Window, found: Sequence[Covering], sums: Mapping[Key, int | None],
    wholes: Sequence[Whole], every: set[Covering], kind: str,
) -> FlowPeriod:  # fmt: skip
    reached = {one: reach(cut, one.days) for one in found}
    parts = tuple(one for one, days in reached.items() if days != NO_DAY)
    seen = gathered(parts, wholes)
    known = [value for value in sums.values() if value is not None]
    is_cut = any(cut.touches(one.cut) for one in found)
    has_zeros = not is_cut and any(one.has_zeros and one.key not in sums for one in parts)
    value = sum(known) if known else 0 if has_zeros else None
    whole = bool(parts) and all(reached[one] == EVERY_DAY for one in parts)
    if value is None:
        return FlowPeriod(first, None, kind, (), is_complete=False, is_fewer=True)
    status = PUBLISHED if whole else IN_PART
    return FlowPeriod(first, value, status, seen, is_complete=whole, is_fewer=bool(every.difference(seen)))


def _kind(cut: Window, found: Sequence[Covering], last: date | None, *, is_counted: bool) -> str:
    """Return why a period has no figure (RULES R11); unknown, where it is counted but not for these days alone.

    ``last`` is the last day of the sources that are still added to; None: others count on, and these have ended.
    """
    if is_counted or any(cut.touches(one.unknown) for one in found):
        return UNKNOWN
    return NOT_YET_PUBLISHED if last is not None and cut.first > last else NOT_COLLECTED


def _breaks(periods: Sequence[FlowPeriod], sums: Sums, wholes: Sequence[Whole], near: int) -> Iterable[Break]:
    counted = [one for one in periods if one.places]
    for at, (before, after) in enumerate(pairwise(counted), start=1):
        ended = tuple(one for one in before.places if one not in after.places)
        begun = tuple(one for one in after.places if one not in before.places)
        if not ended and not begun:
            continue
        back, on = counted[max(at - near, 0) : at], counted[at : at + near]
        is_heavy = any(
            _share(keys, beside, sums) >= HEAVY and _share(keys, counted, sums) >= LEAST
            for keys, beside in ((keys_of(ended, wholes), back), (keys_of(begun, wholes), on))
        )
        large = [
            tuple(one for one in places if _share(keys_of([one], wholes), counted, sums) >= LEAST)
            for places in (ended, begun)
        ]
        named = large[0] or large[1] or ended or begun
        is_end = named[0] in ended
        others = {place for one in (counted[at + 1 :] if is_end else counted[: at - 1]) for place in one.places}
        yield Break(after.period, before.period, ended, begun, after.places, is_heavy, named, is_end,
                    is_passing=others.issuperset(named), change=_change(back, on))  # fmt: skip


def _change(before: Sequence[FlowPeriod], after: Sequence[FlowPeriod]) -> str:
    """Return whether more or fewer people a period are counted after than before."""
    first, second = (sum(one.value or 0 for one in part) / len(part) for part in (before, after))
    return "rise" if second > first else "fall" if second < first else "none"


def _share(keys: Collection[Key], beside: Sequence[FlowPeriod], sums: Sums) -> float:
    """Return which share of the people of some periods the places of these keys have."""
    whole = sum(one.value or 0 for one in beside)
    own = sum(value or 0 for one in beside for key, value in sums.get(one.period, {}).items() if key in keys)
    return own / whole if whole else float(bool(keys))
