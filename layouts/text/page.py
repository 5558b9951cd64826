"""Every sentence shown, in one place. Plain, exact, humane; numbers with separators; sentence case."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any, Final

from data.model.absence import CODES, Absence, ending_words, why_words
from data.model.caches import kept_small
from data.model.notices import Labels, Notice, joined, say
from data.model.units import FLOW_MEASURES, INCIDENT_MEASURES
from data.model.wording import day, month, number, period, two_digits
from data.query.selection import Selection
from data.store.vintage_ref import is_other
from layouts.text.sentence_heads import said_head

__all__ = ["day", "month", "number", "period"]
NAME: Final = "Crossings"

MEASURE: Final = Labels("measure", INCIDENT_MEASURES, part="name")
MEASURE_INLINE: Final = Labels("measure", INCIDENT_MEASURES, part="inline")
MEASURE_UNIT: Final = Labels("measure", INCIDENT_MEASURES, part="unit")
FLOW: Final = Labels("measure", FLOW_MEASURES, part="name")
FLOW_INLINE: Final = Labels("measure", FLOW_MEASURES, part="inline")
FLOW_UNIT: Final = Labels("measure", FLOW_MEASURES, part="unit")
STEP: Final = Labels("page.step", ("month", "quarter", "year"))
QUALITY: Final = Labels("page.quality", (1, 2, 3, 4, 5))
PRECISION: Final = Labels("page.precision", ("exact", "place", "area", "unknown"))
WIDTH_KM: Final = {0: "2,200", 1: "840", 2: "310", 3: "120", 4: "45", 5: "17", 6: "6.4"}  # of a cell, side to side
PLAY_MODE: Final = Labels("page.play_mode", ("period", "until", "year"))
PLAY_SPEED: Final = Labels("page.play_speed", ("4", "1", "12", "30"))
ABSENCE: Final = Labels("absence.word", CODES)


def people(count: int) -> str:
    """Return ``1 person``, ``2 people``."""
    return say("page.people", people=count)


def share(value: float | None) -> str:
    """Return a share of the whole in words and figures; never 0% of something that is there."""
    if value is None:
        return "–"
    return say("page.share.small") if 0 < value < 0.01 else say("page.share.whole", share=value)


def cell_lines(row: Mapping[str, Any], *, wider_km: str | None = None) -> list[str]:
    """Return what one cell holds, a line each: its toll, split, records, largest event, density (RULES C4, X4, X5).

    ``wider_km``: how wide it is, where the place of what it holds is known no better (RULES X9).
    """
    lines = [
        say("page.cell.toll", people=row["dead_or_missing"]),
        say("page.cell.split", dead=_reported(row["dead"]), missing=_reported(row["missing"])),
        say("page.cell.records", incidents=row["incidents"], events=row["events"]),
    ]
    if row["dominance"] is not None and row["events"] > 1:
        lines.append(say("page.cell.largest", people=row["largest_event"], share=share(row["dominance"])))
    if row["per_1000_km2"]:
        lines.append(say("page.cell.density", people=two_digits(row["per_1000_km2"])))
    if wider_km is not None:
        lines.insert(1, say("page.cell.wider", km=wider_km))
    return lines


def _reported(value: int | None) -> str:
    return say("page.cell.unreported") if value is None else number(value)


def signed(change: int) -> str:
    """Return a change with its sign."""
    return f"{'+' if change > 0 else '−' if change < 0 else ''}{number(abs(change))}"


def window(start: date | None, end: date | None) -> str:
    """Return a period in words, short where it is a whole month or whole years."""
    if start is None and end is None:
        return ""
    if start is None or end is None:
        return say("page.window.open", first=_optional(start), last=_optional(end))
    return _in_words(start, end, "page.window")


def _in_words(start: date, end: date, table: str) -> str:
    """Return whole years or months as such, else days, by the messages of ``table``."""
    if not (start.day == 1 and end.day == monthrange(end.year, end.month)[1]):
        return say(f"{table}.{'day' if start == end else 'days'}", first=start, last=end)
    if start.month == 1 and end.month == 12:
        return say(f"{table}.{'year' if start.year == end.year else 'years'}", first=start.year, last=end.year)
    is_one = (start.year, start.month) == (end.year, end.month)
    return say(f"{table}.{'month' if is_one else 'months'}", first=start, last=end)


def _optional(value: date | None) -> str | None:
    return None if value is None else day(value)


@kept_small(4096)
def dates(start: date | None, end: date | None) -> str:
    """Return the date of one incident in words."""
    if start is None or end is None:
        return (
            say("page.dates.none")
            if start is end
            else say("page.window.open", first=_optional(start), last=_optional(end))
        )
    return _in_words(start, end, "page.dates")


def join_names(names: list[str], *, most: int = 3) -> str:
    """Return ``A``, ``A and B``, ``A, B and C``; more than ``most`` are counted, not listed."""
    if len(names) > most:
        return say("page.listed.more", names=", ".join(names[: most - 1]), others=len(names) - most + 1)
    return joined(names)


def _routes(names: list[str]) -> str:
    has_word = "route" in names[0].casefold()
    return say("page.place.routes", count=len(names), names=join_names(names), has_word=has_word)


def place(selection: Selection, names: Mapping[str, Mapping[str, str]]) -> str:
    """Return where, in words: routes, regions, countries; ``on migration routes worldwide`` for all."""
    parts = []
    if selection.routes:
        parts.append(_routes([names["route"].get(route, route) for route in selection.routes]))
    if selection.regions:
        parts.append(
            say(
                "page.place.areas",
                names=join_names([names["region"].get(region, region) for region in selection.regions]),
            )
        )
    if selection.countries:
        parts.append(
            say("page.place.areas", names=join_names([names["country"].get(one, one) for one in selection.countries]))
        )
    return " ".join(parts) or say("page.place.worldwide")


def restrictions(selection: Selection, names: Mapping[str, Mapping[str, str]]) -> str:
    """Return the causes, the origins and the source quality that are asked for, in words."""
    told = []
    if selection.causes:
        causes = join_names([names["cause"].get(cause, cause).lower() for cause in selection.causes])
        told.append(say("page.restricted.cause", names=causes))
    if selection.origins:
        origins = join_names([names["origin"].get(origin, origin) for origin in selection.origins])
        told.append(say("page.restricted.origin", count=len(selection.origins), names=origins))
    if selection.min_quality:
        told.append(say("page.restricted.quality", quality=selection.min_quality))
    if not told:
        return ""
    return say("page.restricted.all", parts=reduce(lambda one, two: say("page.restricted.and", one=one, two=two), told))


def unfiltered(selection: Selection) -> str:
    """Return which of the reader's filters counts by route cannot follow; blank where there is none."""
    names = unfollowed_filters(selection)
    return say("page.filter.not_filtered", names=join_names(names)) if names else ""


def unfollowed_filters(selection: Selection) -> list[str]:
    """Return the names of the reader's filters that counts by route cannot follow."""
    chosen = (("region", selection.regions), ("cause", selection.causes), ("origin", selection.origins),
              ("country", selection.countries), ("quality", selection.min_quality))  # fmt: skip
    return [say(f"page.filter.{name}") for name, value in chosen if value]


def sentence(
    selection: Selection,
    total: int | None,
    names: Mapping[str, Mapping[str, str]],
    coverage: tuple[date | None, date | None],
    *,
    incidents: int | None = None,
    absent: Sequence[Absence] = (),
    has_figures: bool = True,
) -> str:
    """Return the one sentence: measure, unit, place, period, filter, ``at least`` (RULES P1, C4).

    Without ``incidents`` that match, or with none that states a number, it says so rather than 0 (RULES C1). Days of
    the period that nobody counted are told (``absent``); where there are no figures at all there is no number.
    """
    head = said_head(selection.measure, total, incidents) if has_figures else no_figures(selection.measure)
    start, end = selection.start, selection.end
    when = window(start, end) if start or end else covered(coverage)
    return say(
        "page.sentence",
        head=head,
        where=place(selection, names),
        when=when or None,
        restrictions=restrictions(selection, names),
        absent=ending_words(absent) if has_figures else why_words(absent),
    )


def flow_coverage(flow: str, parts: Sequence[Notice]) -> str:
    """Return what a flow does not cover in a sentence; blank where all of it is covered."""
    return say("absence.sentence.flow", flow=FLOW[flow], parts=list(parts)) if parts else ""


def cut_flows(counts: Mapping[str, int]) -> str:
    """Return how much of each flow is counted for periods that the dates cut; blank where nothing is."""
    parts = [say("page.flow", has_figure=True, count=count, name=FLOW_INLINE[flow], places=None, kind=None)
             for flow, count in counts.items() if count]  # fmt: skip
    return say("page.left_out.cut_flows", parts=joined(parts)) if parts else ""


def cut_records(count: int, measure: str) -> str:
    """Return how much is in records that reach over an end of the dates; blank where nothing is."""
    return say("page.left_out.cut_records", count=count, name=MEASURE_INLINE[measure]) if count else ""


def no_figures(measure: str) -> str:
    """Return how a sentence begins where nobody counted: never that no one died (RULES R11)."""
    return say("absence.sentence.no_figures", noun=INCIDENT_MEASURES[measure].noun)


def covered(coverage: tuple[date | None, date | None]) -> str:
    """Return the months from the first to the last day of a source in words."""
    first, last = coverage
    if first is None or last is None:
        return ""
    return say("page.window.months" if month(first) != month(last) else "page.window.month", first=first, last=last)


def notes(selection: Selection, parts: Mapping[str, int]) -> str:
    """Return what the pictures leave out of the sentence's number (RULES C5, Q1); blank where nothing is."""
    inside = [
        say(f"page.left_out.{name}", people=parts[name], step=selection.step)
        for name in ("not_located", "wider_area", "not_dated", "no_route")
        if parts.get(name)
    ]
    outside = [
        say(f"page.left_out.{name}", people=parts[name])
        for name in ("hidden_by_quality", "undated_outside_window")
        if parts.get(name)
    ]
    return " ".join(
        [*([say("page.left_out.of_these", parts=join_names(inside, most=len(inside)))] if inside else []), *outside]
    )


def not_placed_words(parts: Mapping[str, int | None]) -> str:
    """Return why what is not placed is not, in its three parts (RULES X9); blank where nothing is, or none is known."""
    said = [say(f"page.left_out.not_placed_for.{name}", count=count) for name, count in parts.items() if count]
    return say("page.left_out.not_placed", parts=joined(said)) if said else ""


def pinned_words(asked: str | None, shown: str, published: date | None) -> str:
    """Return which vintage an address is pinned to; blank where it is not."""
    if asked is None:
        return ""
    when = _optional(published)
    return say(
        "page.pinned.other" if is_other(asked, shown, published) else "page.pinned.this",
        asked=asked,
        shown=shown,
        day=when,
    )


def split(dead: int | None, missing: int | None) -> str:
    """Return the toll split into dead and missing; what is not reported says so (RULES C1)."""
    return say("page.split", has_dead=dead is not None, dead=dead, has_missing=missing is not None, missing=missing)


def cell_size(resolution: int, *, is_by_zoom: bool, kept: tuple[int, int] | None) -> str:
    """Return a cell size in words, and how far the ranking of places changes with it (RULES X7)."""
    size = say("page.cell_size.size", km=WIDTH_KM[resolution], is_by_zoom=is_by_zoom)
    if kept is None:
        return size
    remain, highest = kept
    standard = WIDTH_KM[Selection().resolution]
    return say("page.cell_size.ranking", size=size, highest=highest, km=standard, remain=remain)
