"""What risk is made of: deaths with their events, arrivals, interceptions, and which days each covers.

A series covers a day only where a count with a known value holds it (RULES R6); units are never added up (R1), and
detections are never read as persons (R2): only ``persons_arrived`` and ``persons_intercepted`` are looked at.
"""

from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from data.counting.coverage import covered
from data.counting.measures import in_window, of_source, select_incidents
from data.model.caches import kept_numbers
from data.model.days import Span, mask, missing_words, stretches
from data.model.notices import Notice
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.risk.formulas import Figures
from data.risk.places import SPAN, Key
from data.risk.route_counts import RouteCount, count_on_route, window_of
from data.store.vintage import Vintage

MEASURES: Final = ("arrivals", "interceptions")
RECORD: Final = ("event_id", "is_cumulative", "dead_or_missing", "edition")
SIDES: Final[tuple[Literal["left", "right"], ...]] = ("left", "right")  # of the first day, of the last


@dataclass(frozen=True)
class Deaths:
    """People dead or missing of one incident database (RULES E6), their events, and why a day is not covered."""

    source: str | None
    value: int | None
    gap: Notice | None
    tolls: "array[int] | None"  # as packed as numbers lie: there may be millions; None where only their number is asked
    event_count: int
    fixed: int
    editions: tuple[str, ...]
    notes: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Inputs:
    """The three inputs of one route and window."""

    deaths: Deaths
    arrivals: RouteCount
    interceptions: RouteCount

    @property
    def figures(self) -> Figures:
        """Return them as the formulas take them."""
        parts: dict[str, Deaths | RouteCount] = {
            "deaths": self.deaths,
            "arrivals": self.arrivals,
            "interceptions": self.interceptions,
        }
        return Figures(
            deaths=self.deaths.value, arrivals=self.arrivals.value, interceptions=self.interceptions.value,
            gaps={name: part.gap for name, part in parts.items() if part.gap},
            tolls=self.deaths.tolls, fixed=self.deaths.fixed, event_count=self.deaths.event_count,
        )  # fmt: skip


@dataclass(frozen=True)
class RouteRecords:
    """The records of a route in any window, so that one window needs few of them: by their first day, and apart.

    ``spread``: those whose days are not one day, or not known; they alone may lie over an end of a window.
    """

    by_day: pl.DataFrame
    spread: pl.DataFrame

    def within(self, window: Span) -> pl.DataFrame:
        """Return the records that lie wholly in the window (RULES Q2)."""
        first, end = (
            self.by_day[SPAN[0]].search_sorted(day, side=side) for day, side in zip(window, SIDES, strict=True)
        )
        return self.by_day[first:end].filter(in_window(*window))


def inputs(
    vintage: Vintage, selection: Selection, *, places: Mapping[str, Collection[Key]] | None = None,
    records: RouteRecords | None = None, is_brief: bool = False,
) -> Inputs:  # fmt: skip
    """Return the inputs of a selection with one route and both ends of a window.

    ``places`` are the only ones to count, by measure; a measure that is absent counts all that cover the window.
    ``records`` are those of the route (``route_records``), where several windows of one are asked for; ``is_brief``
    leaves out the toll of each event, the editions and the notes on days: for many windows that are kept in memory.
    """
    only = places or {}
    return Inputs(
        deaths=deaths_of(vintage, selection, records=records, is_brief=is_brief),
        arrivals=count_on_route(vintage, selection, "arrivals", places=only.get("arrivals")),
        interceptions=count_on_route(vintage, selection, "interceptions", places=only.get("interceptions")),
    )


def route_records(vintage: Vintage, selection: Selection) -> RouteRecords:
    """Return what deaths are made of: the records of a selection's route in any window."""
    rows = select_incidents(vintage, selection.replace(start=None, end=None))
    found = rows.select(*RECORD, *SPAN).collect(engine="streaming")
    first, last = (pl.col(name) for name in SPAN)
    return RouteRecords(
        found.drop_nulls(SPAN[0]).sort(SPAN[0]), found.filter((first == last).not_().fill_null(value=True))
    )


def deaths_of(
    vintage: Vintage, selection: Selection, *, records: RouteRecords | None = None, is_brief: bool = False
) -> Deaths:
    """Return the deaths of a route as the page counts them, with their events.

    The database covers the days of its editions, not the gaps between them; it knows nothing of a route that it never
    names.
    """
    source, window = incident_source(vintage, selection), window_of(selection)
    spans = covered(vintage, selection) if names_route(vintage, source, selection.routes[0]) else None
    route = route_records(vintage, selection) if records is None else records
    rows = route.within(window)
    stated = rows.drop_nulls("dead_or_missing")
    is_known = spans is not None and bool(mask(spans, window).any())
    known = is_known and (rows.is_empty() or not stated.is_empty())
    split = stated.filter(~pl.col("is_cumulative"))
    tolls = None if is_brief else _tolls(split)
    return Deaths(
        source=source,
        value=int(stated["dead_or_missing"].sum()) if known else None,
        gap=_deaths_gap(spans, window, is_stated=known or not is_known),
        tolls=tolls,
        event_count=split["event_id"].n_unique() if tolls is None else len(tolls),
        fixed=int(stated.filter("is_cumulative")["dead_or_missing"].sum()),
        editions=() if is_brief else tuple(rows["edition"].drop_nulls().unique().sort().to_list()),
        notes=() if is_brief else _notes_on_days(route.spread, window),
    )


def _tolls(records: pl.DataFrame) -> "array[int]":
    """Return the people of each event, fewest first."""
    sums = records.group_by("event_id").agg(pl.col("dead_or_missing").sum())["dead_or_missing"].sort()
    return array("i", sums.cast(pl.Int32).to_numpy().tobytes())


def _notes_on_days(spread: pl.DataFrame, window: Span) -> tuple[Notice, ...]:
    """Return how many people of records of several days may belong to the window but are not in it (RULES C5, Q2)."""
    first, last = (pl.col(name) for name in SPAN)
    over = (first <= window[1]) & (last >= window[0]) & ~in_window(*window)
    kinds = (
        (over, "over_the_edge"),
        (first.is_null() | last.is_null(), "no_date"),
    )
    sums = [(int(spread.filter(which)["dead_or_missing"].sum()), kind) for which, kind in kinds]
    return tuple(Notice(f"risk.not_in_deaths.{kind}", people=number) for number, kind in sums if number)


def _deaths_gap(spans: Sequence[Span] | None, window: Span, *, is_stated: bool) -> Notice | None:
    missing = ~mask(spans or [], window)
    if missing.any():
        days = missing_words(stretches(missing, window[0]))
        return Notice("risk.gap.deaths", missing=days, is_on_record=spans is not None)
    return None if is_stated else Notice("risk.gap.no_number")


@kept_numbers
def names_route(vintage: Vintage, source: str | None, route: str) -> bool:
    """Return whether an incident database has any record on the route."""
    rows = of_source(vintage, Selection(source=source))
    return bool(rows.select((pl.col("route") == route).any()).collect(engine="streaming").item())
