"""Which days each source of counts covers, for each place or route: flows have coverage as deaths have (RULES R10).

A place covers a day where a count with a known value holds it. Figures of a place's ways (sea, land) together cover
what its figures of both would. A publisher that leaves out periods in which nobody was counted says so in its layout;
then every day between its first and last one is covered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import polars as pl

from data.counting.measures import in_window, is_dated
from data.counting.period_days import first_days
from data.counting.windows import Window, clipped, joined, outside, shared
from data.model.caches import kept_numbers
from data.model.countries import country_names
from data.model.units import flow_unit
from data.query.selection import Selection
from data.readers.layouts import COUNT_LAYOUTS
from data.store.counts_once import FLAGS, is_summed
from data.store.vintage import Vintage

PLACE: Final = ("source", "route", "place", "country")
SPAN: Final = ("date_from", "date_to")


@dataclass(frozen=True)
class Covering:
    """What one source counts at one place or on one route: the days known, and those it states without a number.

    ``cut``: days of the window that belong to counts which reach over an end of it and are no 0.
    ``source_days`` are the first and last day of which the source has any count of this unit; ``has_zeros`` says
    that a day of ``days`` without a count had nobody.
    """

    source: str
    route: str | None
    place: str | None
    country: str | None
    days: tuple[Window, ...]
    unknown: tuple[Window, ...]
    source_days: Window
    has_zeros: bool = False
    cut: tuple[Window, ...] = ()

    @property
    def key(self) -> tuple[str | None, ...]:
        """Return what tells it from others: two sources of one place are two (RULES E6, P5)."""
        return self.source, self.route, self.place, self.country

    def name(self, vintage: Vintage) -> str:
        """Return its place, else its country, else its route, as a reader knows it."""
        if self.place or self.country:
            return self.place or country_names().get(self.country or "") or str(self.country)
        return vintage.name_of("route", self.route) if self.route else self.source


def coverings(vintage: Vintage, selection: Selection, measure: str, *, step: str | None = None) -> list[Covering]:
    """Return the coverings of the counts that a selection states: its window, routes and, where named, source.

    A count that reaches over an end of the window is in no sum of it, so its days are not covered, nor known to be
    without anybody where its publisher leaves out what is zero. With ``step`` those
    days alone are covered whose counts are dated to one period of that step.
    """
    own = selection.source if selection.source not in vintage.incident_sources else None
    found = _coverings(vintage, measure, selection.start, selection.end, step, is_named=own is not None)
    routes = set(selection.routes)
    return [one for one in found if (not routes or one.route in routes) and (own is None or one.source == own)]


@kept_numbers
def _coverings(
    vintage: Vintage, measure: str, start: date | None, end: date | None, step: str | None, *, is_named: bool
) -> tuple[Covering, ...]:
    dated = (pl.col("unit") == flow_unit(measure)) & pl.col("date_to").is_not_null()
    every = vintage.counts_marked.lazy().filter(dated & is_summed(start, end, is_named=is_named)).drop(FLAGS.names())
    whole = every.group_by("source").agg(
        pl.col("date_from").min().alias("first"), pl.col("date_to").max().alias("last")
    )
    ends = {source: Window(first, last) for source, first, last in whole.collect().iter_rows()}
    rows = every.filter(in_window(start, end))
    rows = rows if step is None else rows.filter(is_dated(step))
    known = _spans(rows.filter(pl.col("value").is_not_null()))
    silent = _spans(rows.filter(pl.col("value").is_null()))
    gapless = {source for source in ends if leaves_out_zeros(vintage, source)}
    over = _spans(every.filter(reaches_over(start, end) & (pl.col("value") != 0).fill_null(value=True)))
    keys = every.select(PLACE).unique().sort(PLACE, nulls_last=True).collect().iter_rows()
    return tuple(
        _covering(vintage, key, known.get(key, {}), silent.get(key, {}), ends[key[0]], over=over.get(key, {}),
                  clip=(start, end), has_zeros=key[0] in gapless)
        for key in keys
    )  # fmt: skip


Key = tuple[str, str | None, str | None, str | None]
ByMode = dict[str | None, tuple[Window, ...]]


def reaches_over(start: date | None, end: date | None) -> pl.Expr:
    """Return whether a count has days inside the window and others outside it: none of it can be said of the window."""
    touches: pl.Expr = pl.lit(value=True)
    if start is not None:
        touches &= pl.col("date_to") >= start
    if end is not None:
        touches &= pl.col("date_from") <= end
    over: pl.Expr = touches & ~in_window(start, end)
    return over


def _covering(vintage: Vintage, key: Key, known: ByMode, silent: ByMode, ends: Window, *, over: ByMode,
              clip: tuple[date | None, date | None], has_zeros: bool) -> Covering:  # fmt: skip
    apart = joined(sorted(span for spans in over.values() for span in spans))
    if has_zeros:
        spans = clipped(edition_days(vintage, key[0]) or (ends,), *clip)
        days: tuple[Window, ...] = tuple(part for span in spans for part in outside(apart, span))
    else:
        days = _all_ways(known)
    unknown = joined(sorted(span for spans in silent.values() for span in spans))
    cut = clipped(apart, *clip)
    return Covering(*key, days=days, unknown=unknown, source_days=ends, has_zeros=has_zeros, cut=cut)


def _all_ways(known: ByMode) -> tuple[Window, ...]:
    """Return the days of the figures of all ways, and those on which each way that is told apart has its figure."""
    apart: tuple[Window, ...] | None = None
    for mode, spans in known.items():
        if mode is not None:
            apart = spans if apart is None else shared(apart, spans)
    return joined(sorted({*known.get(None, ()), *(apart or ())}))


def _spans(rows: pl.LazyFrame) -> dict[Key, ByMode]:
    """Return the days of counts by place and way, joined where they meet."""
    ordered = rows.select(*PLACE, "mode", *SPAN).unique().sort(*PLACE, "mode", *SPAN)
    group = (*PLACE, "mode")
    reached = pl.col("date_to").cum_max().shift(1).over(group)
    begins = (pl.col("date_from") > reached.dt.offset_by("1d")).fill_null(value=True)
    runs = ordered.with_columns(begins.cum_sum().over(group).alias("run"))
    table = runs.group_by(*group, "run").agg(pl.col("date_from").min(), pl.col("date_to").max())
    found: dict[Key, ByMode] = {}
    for *key, mode, _, first, last in table.sort("date_from").collect().iter_rows():
        modes = found.setdefault((key[0], key[1], key[2], key[3]), {})
        modes[mode] = (*modes.get(mode, ()), Window(first, last))
    return found


def edition_days(vintage: Vintage, source: str) -> tuple[Window, ...]:
    """Return the days of a source's editions, joined where they meet."""
    rows = vintage.sources.filter((pl.col("source") == source) & pl.col("last_date").is_not_null())
    return joined(sorted(Window(first, last) for first, last in rows.select("first_date", "last_date").iter_rows()))


def leaves_out_zeros(vintage: Vintage, source: str) -> bool:
    """Return whether every edition of a source leaves out periods in which nobody was counted."""
    return _all_editions(vintage, source, _gapless())


def counts_by_parts(vintage: Vintage, source: str) -> bool:
    """Return whether the places that every edition of a source names are together what it counts without a name."""
    return _all_editions(vintage, source, _by_parts())


def _all_editions(vintage: Vintage, source: str, ids: frozenset[str]) -> bool:
    layouts = vintage.sources.filter(pl.col("source") == source)["layout"].to_list()
    return bool(layouts) and all(layout in ids for layout in layouts)


def is_ended(vintage: Vintage, measure: str, last: date, step: str) -> bool:
    """Return whether others have counted a flow in later periods than that of ``last`` (R11)."""
    newest = max((span.last for one in coverings(vintage, Selection(), measure) for span in one.days), default=last)
    return first_days(newest, newest, step)[0] > last


def days_by_others(one: Covering, found: Iterable[Covering]) -> list[Window]:
    """Return the days that other sources cover for the same people, as declared, at the same place (RULES E6)."""
    spans: list[Window] = []
    for other in found:
        how = _same_people().get(frozenset((one.source, other.source)))
        if how and _is_same_place(one, other, how):
            spans += other.days
    return spans


def _is_same_place(one: Covering, other: Covering, how: str) -> bool:
    country = one.country is not None and one.country == other.country
    route = one.route is not None and one.route == other.route
    return {"country": country, "route": route, "all": country and route}[how]


@cache
def _same_people() -> dict[frozenset[str], str]:
    return {frozenset((one.source, first)): how for one in COUNT_LAYOUTS for first, how in one.again.items()}


@cache
def _gapless() -> frozenset[str]:
    return frozenset(one.id for one in COUNT_LAYOUTS if one.gaps_are_zero)


@cache
def _by_parts() -> frozenset[str]:
    return frozenset(one.id for one in COUNT_LAYOUTS if one.parts_are_whole)


def names_of(vintage: Vintage, found: Iterable[Covering]) -> list[str]:
    """Return the names of some coverings, each once, those of most days first."""
    length = {one.key: sum(span.days for span in one.days) for one in found}
    ordered = sorted(found, key=lambda one: (-length[one.key], one.key[0], str(one.key)))
    return list(dict.fromkeys(one.name(vintage) for one in ordered))
