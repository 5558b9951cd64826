"""Who says otherwise? Counts of the same deaths or arrivals by several publishers, each with its definition."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

import polars as pl

from data.counting.measures import in_window, select_counted
from data.model.absence import NOT_APPLICABLE, NOT_COLLECTED, PUBLISHED
from data.model.area_codes import area_name
from data.model.days import Span, mask, span_words, window_words
from data.model.notices import Notice, say
from data.model.sources import DEMONSTRATION
from data.model.units import flow_unit
from data.pillars.estimates import Estimate, estimates, within_scope
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.pillars.windows import span_of, window_of
from data.query.selection import Selection
from data.readers.layouts import COUNT_LAYOUTS
from data.risk.places import SPAN, STRATUM, without_overlap
from data.store.vintage import Vintage

DEFINED: Final = frozenset({
    "mmp", "the-migrants-files", "united", "recovered-remains", "unhcr-daily-italy", "unhcr-arrivals", "italy-landings",
    "italy-nationalities", "iom-mediterranean", "uk-small-boats",
})  # fmt: skip
GAPLESS: Final = frozenset(one.source for one in COUNT_LAYOUTS if one.gaps_are_zero)
DEATHS, ARRIVALS = "deaths", "arrivals"
SEVERAL: Final = 2


class Count(NamedTuple):
    """What one publisher counts of one thing: people who died on the route, or who arrived in one country.

    ``covered``: first and last day of its figures there; None: it does not tell the route.
    """

    kind: str
    source: str
    place: str
    covered: Span | None
    rows: pl.DataFrame


def other_counts(vintage: Vintage, asked: Asked) -> Finding:
    """Return each publisher's count of deaths on the route, and of arrivals by country, side by side.

    They are never added (RULES E6). A count that does not cover every day of the window has no figure. Estimates of
    what was never recorded stand by themselves, where the selection lies within their scope (RULES R12).
    """
    counts = [*_deaths(vintage, asked), *_arrivals(vintage, asked)]
    shared = _several(counts)
    if not shared:
        return nothing(Notice("pillars.why.one_count"))
    window = _window(asked, shared)
    if window is None:
        return nothing(Notice("pillars.why.one_count"), sources=list(dict.fromkeys(one.source for one in shared)))
    rows = [_row(vintage, one, window) for one in shared]
    known = [row for row in rows if row.value is not None]
    told = [*_clauses(rows)]
    sources = list(dict.fromkeys(one.source for one in shared))
    if not told:
        why = Notice("pillars.why.one_count_then", when=window_words(*window))
        return nothing(why, rows=rows, sources=sources)
    held = within_scope(estimates(), asked.route, window)
    notes = [] if held else [Notice("pillars.other_counts.no_estimate")]
    return Finding(
        Notice("pillars.other_counts.sentence", when=window_words(*window), clauses=told),
        window=window, rows=[*sorted(rows, key=lambda row: row not in known), *map(estimate_row, held)],
        sources=sources, notes=notes, has_years=False,
    )  # fmt: skip


def _deaths(vintage: Vintage, asked: Asked) -> Iterator[Count]:
    """Yield the deaths of each database; one that names no route says nothing of one."""
    place = asked.route or ""
    for source in vintage.incident_sources:
        chosen = Selection(source=source, routes=(asked.route,) if asked.route else ())
        rows = select_counted(vintage, chosen).select(*SPAN, "dead_or_missing").collect()
        every = select_counted(vintage, Selection(source=source)).select(*SPAN).collect()
        yield Count(DEATHS, source, place, _from_its_month(every) if rows.height else None, rows)


def _from_its_month(rows: pl.DataFrame) -> Span | None:
    """Return the days of which a database tells, from the first of the month of its first record."""
    covered = span_of(rows)
    return (covered[0].replace(day=1), covered[1]) if covered else None


def _arrivals(vintage: Vintage, asked: Asked) -> Iterator[Count]:
    rows = vintage.counts.filter(pl.col("unit") == flow_unit("arrivals"), pl.col("country").is_not_null())
    if asked.route:
        rows = rows.filter(pl.col("route") == asked.route)
    for one in (
        rows.drop_nulls([*SPAN, "value"])
        .sort("country", "source")
        .partition_by("country", "source", maintain_order=True)
    ):
        yield Count(ARRIVALS, one["source"][0], one["country"][0], span_of(one), one)


def _several(counts: Sequence[Count]) -> list[Count]:
    """Return the counts of what two publishers or more count."""
    number: dict[tuple[str, str], int] = {}
    for one in counts:
        number[one.kind, one.place] = number.get((one.kind, one.place), 0) + 1
    return [one for one in counts if number[one.kind, one.place] >= SEVERAL]


def _window(asked: Asked, counts: Sequence[Count]) -> Span | None:
    """Return the window that is asked for, else the last whole year that two counts of one thing cover; None: none."""
    if asked.start or asked.end:
        first = min((one.covered[0] for one in counts if one.covered), default=asked.start or asked.end)
        last = max((one.covered[1] for one in counts if one.covered), default=asked.end or asked.start)
        if first and last:
            return window_of(asked, (first, last))
    years: dict[tuple[str, str, int], int] = {}
    for one in counts:
        for year in _whole_years(one.covered):
            years[one.kind, one.place, year] = years.get((one.kind, one.place, year), 0) + 1
    shared = [key[2] for key, number in years.items() if number >= SEVERAL]
    return (date(max(shared), 1, 1), date(max(shared), 12, 31)) if shared else None


def _whole_years(covered: Span | None) -> range:
    if covered is None:
        return range(0)
    first = covered[0].year + (covered[0] > date(covered[0].year, 1, 1))
    return range(first, covered[1].year + (covered[1] == date(covered[1].year, 12, 31)))


def _row(vintage: Vintage, one: Count, window: Span) -> ViewRow:
    value, status = _figure(one, window)
    title = vintage.sources.filter(pl.col("source") == one.source)["title"].drop_nulls()
    return ViewRow(
        part=f"{one.kind}/{one.place or 'all'}/{one.source}", name=title[-1] if title.len() else one.source,
        what=_what(vintage, one), date_from=window[0], date_to=window[1], value=value, unit="people", status=status,
        note=_note(one, status),
    )  # fmt: skip


def _what(vintage: Vintage, one: Count) -> str:
    if one.kind == ARRIVALS:
        return say("pillars.other_counts.arrivals", country=area_name(one.place))
    return say("pillars.other_counts.deaths", route=vintage.name_of("route", one.place) if one.place else None)


def _note(one: Count, status: str) -> str:
    publisher = one.source.removeprefix(f"{DEMONSTRATION}-")  # invented figures are counted as the layout's are
    known = f"pillars.definition.{publisher}" if publisher in DEFINED else "pillars.definition.other"
    days = span_words(*one.covered) if one.covered and status == NOT_COLLECTED else None
    return say("pillars.other_counts.note", definition=Notice(known), days=days, names=status != NOT_APPLICABLE)


def _figure(one: Count, window: Span) -> tuple[float | None, str]:
    """Return people in the window; None where the count names no such route, or lacks days of the window."""
    if one.covered is None:
        return None, NOT_APPLICABLE
    if not covers(one, window):
        return None, NOT_COLLECTED
    inside = one.rows.filter(in_window(*window))
    if one.kind == DEATHS:
        return float(inside["dead_or_missing"].sum() or 0), PUBLISHED
    spans = inside.group_by(*STRATUM, *SPAN).agg(pl.col("value").sum()).sort(*SPAN)
    taken = (without_overlap(list(part.select(*SPAN, "value").iter_rows()))
             for part in spans.partition_by(*STRATUM, maintain_order=True))  # fmt: skip
    return float(sum(span[2] for part in taken for span in part)), PUBLISHED


def covers(one: Count, window: Span) -> bool:
    """Return whether a count speaks of every day of a window: deaths from its first day to its last."""
    if one.covered is None:
        return False
    is_around = one.covered[0] <= window[0] and window[1] <= one.covered[1]
    if one.kind == DEATHS or one.source in GAPLESS:
        return is_around
    return is_around and bool(mask(one.rows.select(*SPAN).unique().iter_rows(), window).all())


def _clauses(rows: Sequence[ViewRow]) -> Iterator[Notice]:
    """Yield what several publishers say of one thing in the window, the largest figure first."""
    by_thing: dict[str, list[ViewRow]] = {}
    for row in rows:
        by_thing.setdefault(row.what, []).append(row)
    for what, own in by_thing.items():
        known = sorted((row for row in own if row.value is not None), key=lambda row: (-(row.value or 0), row.part))
        if len(known) >= SEVERAL:
            parts = [Notice("pillars.other_counts.part", people=row.value, name=row.name) for row in known]
            yield Notice("pillars.other_counts.clause", what=what, parts=parts)


def estimate_row(one: Estimate) -> ViewRow:
    """Return an estimate of what was never recorded as a row: never a count, never beside one in a sum."""
    return ViewRow(
        part=f"estimate/{one.id}", name=one.author, what=say("pillars.other_counts.estimate"), date_from=one.first,
        date_to=one.last, value=one.central, unit="people, estimated", status=PUBLISHED,
        note=say("pillars.other_counts.interval", low=one.low, high=one.high, method=one.method, year=one.year,
                 licence=one.licence),
    )  # fmt: skip
