"""Every sentence shown, in one place. Plain, exact, humane; numbers with separators; sentence case."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from data.exports.about import BOUNDARIES, DEMONSTRATION, SCOPE
from data.selection import Selection
from data.words import counted, day, month, number, period
from layouts.heads import said_head

__all__ = ["BOUNDARIES", "DEMONSTRATION", "SCOPE", "counted", "day", "month", "number", "period"]
NAME: Final = "Crossings"
DEMONSTRATION_MARK: Final = "Demonstration data. Invented."
PICTURE_HEAD: Final = "with legend, sources and terms"
PAGES_HEAD: Final = "map, charts, method and sources together"
EXPORT_HEAD: Final = "behind exactly what is shown"
BARE_HEAD: Final = "A CSV comes as a zip, with a page that says what its columns mean; alone, it comes without."
NO_SOURCE: Final = "No source of deaths is in this data, only of interceptions and arrivals."
NO_MATCH: Final = "No incidents match. Widen the dates or clear the route."
TROUBLE: Final = (
    "The last change could not be shown: the server did not answer it. What you see is the picture before it. "
    "Try the change again; if it fails again, reload the page. Your choices are in the address."
)
PERIOD_HINT: Final = "Drag to choose a period."
NO_ANSWER: Final = "Not computable."
NO_LINK: Final = "Source not linked."

MEASURE: Final = {
    "dead_or_missing": "Dead or missing",
    "dead": "Dead",
    "missing": "Missing",
    "incidents": "Incidents",
    "events": "Events",
}
MEASURE_UNIT: Final = {
    "dead_or_missing": "people, at least",
    "dead": "people, bodies recovered",
    "missing": "people, presumed dead, at least",
    "incidents": "published records",
    "events": "events, each counted once",
}
FLOW: Final = {
    "detections": "Detections",
    "encounters": "Encounters",
    "interceptions": "Interceptions",
    "transits": "Transits",
    "arrivals": "Arrivals",
}
FLOW_UNIT: Final = {
    "detections": "detections, not persons",
    "encounters": "encounters, not persons",
    "interceptions": "people intercepted",
    "transits": "people registered in passing",
    "arrivals": "people who arrived",
}
STEP: Final = {"month": "Month", "quarter": "Quarter", "year": "Year"}
QUALITY: Final = {
    1: "one media source",
    2: "uncorroborated witness or survey",
    3: "several media",
    4: "an NGO or international body with direct knowledge",
    5: "an official source, or several humanitarian ones",
}
PRECISION: Final = {
    "exact": "Place known to about 1 km",
    "place": "Place known to about 25 km",
    "area": "Only the area is known, to about 100 km, 300 km at open sea",
    "unknown": "Place not known",
}
EDGE_KM: Final = {0: "1,280", 1: "480", 2: "180", 3: "69", 4: "26", 5: "10", 6: "3.7"}
PLAY_MODE: Final = {"period": "Period by period", "until": "Up to each period", "year": "Last 12 months"}
PLAY_SPEED: Final = {"4": "4 a second", "1": "1 a second", "12": "12 a second", "30": "30 a second"}
CELL_VALUE: Final = {
    "dead_or_missing": "At least {} dead or missing",
    "dead": "{} dead, bodies recovered",
    "missing": "At least {} missing, presumed dead",
    "incidents": "Incidents: {}",
    "events": "Events: {}",
}
CELL_EMPTY: Final = "No incident of this selection"
STEP_UNIT: Final = {"month": "the month", "quarter": "the quarter", "year": "the year"}


def people(count: int) -> str:
    """Return ``1 person``, ``2 people``."""
    return f"{number(count)} {'person' if count == 1 else 'people'}"


def share(value: float | None) -> str:
    """Return a share of the whole in words and figures; never 0% of something that is there."""
    if value is None:
        return "–"
    return "under 1%" if 0 < value < 0.01 else f"{value:.0%}"


def cell_lines(row: Mapping[str, Any]) -> list[str]:
    """Return what one cell holds, a line each: its toll, split, records, largest event, density (RULES C4, H4, H5)."""
    lines = [
        f"At least {number(row['dead_or_missing'])} dead or missing",
        f"{_reported(row['dead'])} dead, {_reported(row['missing'])} missing",
        f"{counted(row['incidents'], 'incident', 'incidents')} in {counted(row['events'], 'event', 'events')}",
    ]
    if row["dominance"] is not None and row["events"] > 1:
        lines.append(f"Largest event: {people(row['largest_event'])}, {share(row['dominance'])} of the toll")
    if row["per_1000_km2"]:
        lines.append(f"{row['per_1000_km2']:.2g} per 1,000 km²")
    return lines


def _reported(value: int | None) -> str:
    return "unreported" if value is None else number(value)


def window(start: date | None, end: date | None) -> str:
    """Return a period in words, short where it is a whole month or whole years."""
    if start is None and end is None:
        return ""
    if start is None or end is None:
        return f"since {day(start)}" if start else f"until {day(end)}" if end else ""
    first, last = start.day == 1, end.day == monthrange(end.year, end.month)[1]
    if not (first and last):
        return f"on {day(start)}" if start == end else f"from {day(start)} to {day(end)}"
    if start.month == 1 and end.month == 12:
        return f"in {start.year}" if start.year == end.year else f"from {start.year} to {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"in {month(start)}"
    return f"from {month(start)} to {month(end)}"


@lru_cache(maxsize=16_384)
def dates(start: date | None, end: date | None) -> str:
    """Return the date of one incident in words."""
    return window(start, end).removeprefix("on ").removeprefix("in ").removeprefix("from ") or "Not dated"


def listed(names: list[str], *, most: int = 3) -> str:
    """Return ``A``, ``A and B``, ``A, B and C``; more than ``most`` are counted, not listed."""
    if len(names) == 1:
        return names[0]
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} others"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _routes(names: list[str]) -> str:
    if len(names) == 1:
        return f"on the {names[0]}" if "route" in names[0].casefold() else f"on the {names[0]} route"
    return f"on the routes {listed(names)}"


def place(selection: Selection, names: Mapping[str, Mapping[str, str]]) -> str:
    """Return where, in words: routes, regions, countries; ``on migration routes worldwide`` for all."""
    parts = []
    if selection.routes:
        parts.append(_routes([names["route"].get(route, route) for route in selection.routes]))
    if selection.regions:
        parts.append(f"in {listed([names['region'].get(region, region) for region in selection.regions])}")
    if selection.countries:
        parts.append(f"in {listed([names['country'].get(country, country) for country in selection.countries])}")
    return " ".join(parts) or "on migration routes worldwide"


def restrictions(selection: Selection, names: Mapping[str, Mapping[str, str]]) -> str:
    """Return the causes and the source quality that are asked for, in words."""
    parts = []
    if selection.causes:
        parts.append(f"cause: {listed([names['cause'].get(cause, cause).lower() for cause in selection.causes])}")
    if selection.min_quality is not None:
        better = "" if selection.min_quality == 5 else " or better"
        parts.append(f"source quality {selection.min_quality}{better}")
    return f" ({'; '.join(parts)})" if parts else ""


def unfiltered(selection: Selection) -> str:
    """Return which of the reader's filters counts by route cannot follow; blank where there is none."""
    chosen = (("region", selection.regions), ("cause", selection.causes), ("country", selection.countries),
              ("source quality", selection.min_quality))  # fmt: skip
    names = [name for name, value in chosen if value]
    return f" (not filtered by {listed(names)})" if names else ""


def sentence(
    selection: Selection,
    total: int | None,
    names: Mapping[str, Mapping[str, str]],
    coverage: tuple[date | None, date | None],
    *,
    incidents: int | None = None,
) -> str:
    """Return the one sentence: measure, unit, place, period, filter, ``at least`` (RULES P1, C4).

    Without ``incidents`` that match, or with none that states a number, it says so rather than 0 (RULES C1).
    """
    head = said_head(selection.measure, total, incidents)
    start, end = selection.start, selection.end
    when = window(start, end) if start or end else covered(coverage)
    return f"{head} {place(selection, names)}{f' {when}' if when else ''}{restrictions(selection, names)}."


def covered(coverage: tuple[date | None, date | None]) -> str:
    """Return the months from the first to the last day of a source in words."""
    first, last = coverage
    if first is None or last is None:
        return ""
    return f"in {month(first)}" if month(first) == month(last) else f"from {month(first)} to {month(last)}"


def notes(selection: Selection, parts: Mapping[str, int]) -> str:
    """Return what the pictures leave out of the sentence's number (RULES C5, Q1); blank where nothing is."""
    of_them = [
        (parts["not_located"], "at places too imprecise for this cell size"),
        (parts["not_dated"], f"not dated to {STEP_UNIT[selection.step]}"),
        (parts["no_route"], "on no named route"),
    ]
    inside = [f"{number(count)} {words}" for count, words in of_them if count]
    found = [f"Of these, {listed(inside)}."] if inside else []
    if parts.get("hidden_by_quality"):
        found.append(f"{number(parts['hidden_by_quality'])} more are hidden by source quality.")
    if parts.get("undated_outside_window"):
        found.append(f"{number(parts['undated_outside_window'])} more have no date, so lie in no period.")
    return " ".join(found)


def pinned(asked: str | None, shown: str, published: date | None) -> str:
    """Return which vintage an address is pinned to; blank where it is not."""
    if asked is None:
        return ""
    when = f" of {day(published)}" if published else ""
    is_other = asked != shown if asked.startswith("v") else published is not None and published.isoformat() > asked
    if is_other:
        return f"The vintage {asked} is not here: this is {shown}{when}."
    return f"Pinned to vintage {shown}{when}; Clear shows the newest."


def split(dead: int | None, missing: int | None) -> str:
    """Return the toll split into dead and missing; what is not reported says so (RULES C1)."""
    parts = [
        "dead not reported" if dead is None else f"{number(dead)} dead",
        "missing not reported" if missing is None else f"{number(missing)} missing",
    ]
    return ", ".join(parts)


def cell_size(resolution: int, *, is_by_zoom: bool, kept: tuple[int, int] | None) -> str:
    """Return a cell size in words, and how far the ranking of places changes with it (RULES H7)."""
    chosen = "chosen by the zoom" if is_by_zoom else "chosen by you"
    size = f"Cell edges are about {EDGE_KM[resolution]} km, {chosen}."
    if kept is None:
        return size
    standard = Selection().resolution
    return (
        f"{size} Ranking changes with cell size: of the {kept[1]} highest at {EDGE_KM[standard]} km, {kept[0]} remain."
    )


def period_words(step: str, row: Mapping[str, Any], flow: str) -> str:
    """Return one period of the series in words, each number with its own unit."""
    toll = row["dead_or_missing"]
    parts = [
        "nobody recorded dead or missing" if not toll
        else f"at least {number(toll)} dead or missing ({split(row['dead'], row['missing'])})",
        _flow_words(row["flow"], flow),
        _flow_words(row["arrivals"], "arrivals") if flow != "arrivals" else "",
    ]  # fmt: skip
    return f"{period(row['period'], step)}: {'; '.join(part for part in parts if part)}."


def _flow_words(value: int | None, flow: str) -> str:
    name = FLOW[flow].lower()
    return f"no figure for {name}" if value is None else f"{number(value)} {name}"
