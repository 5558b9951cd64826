"""The words that only a brief says."""

from collections.abc import Mapping
from typing import Any, Final

from data.model.notices import Labels, joined_by, say
from layouts.text import page as text

HEADS: Final = ("series", "table", "method", "sources")
COLUMNS: Final = ("place", "people", "incidents", "largest_share", "stability")
PAGES: Final = (1, 2)
METHOD: Final = Labels("brief.method", ("counted", "scope", "places", "left_out", "units"))


def heads() -> Mapping[str, Any]:
    """Return the headings, and those of the table's columns, the first of them blank."""
    return {name: say(f"brief.head.{name}") for name in HEADS} | {
        "columns": ("", *(say(f"brief.column.{name}") for name in COLUMNS))
    }


def pages() -> tuple[str, ...]:
    """Return the words of each page's number."""
    return tuple(say("brief.page", page=page, pages=len(PAGES)) for page in PAGES)


def more_sources(count: int) -> str:
    """Return what stands for the sources that do not fit."""
    return say("brief.more_sources", count=count) if count else ""


def long_address(characters: int) -> str:
    """Return what stands for an address that does not fit."""
    return say("brief.long_address", characters=characters)


def map_alt(sentence: str) -> str:
    """Return the map in words."""
    return say("brief.map", sentence=sentence)


def series_alt(step: str, units: list[str]) -> str:
    """Return the three series in words."""
    return say("brief.series", step=step, units=joined_by("; ", units))


def rest(cells: int, people: int, *, wider: int, nowhere: int) -> str:
    """Return who is in none of the rows of the table (RULES C5)."""
    others = say("brief.others", cells=cells, people=people) if cells else ""
    areas = say("brief.wider", people=wider) if wider else ""
    outside = say("brief.outside", people=nowhere) if nowhere else ""
    return " ".join(part for part in (others, areas, outside) if part)


def precision(resolution: int) -> str:
    """Return how well a place must be known to be in a cell (RULES X2)."""
    return say("brief.precision", km=text.WIDTH_KM[resolution])


def left_out(inside: list[str], outside: list[str], unit: str) -> str:
    """Return what the pictures leave out of the number in the sentence, and what that number leaves out (RULES C5)."""
    if not inside and not outside:
        return say("brief.left_out.nothing")
    within = say("brief.left_out.within", parts=joined_by("; ", inside)) if inside else ""
    beyond = say("brief.left_out.beyond", parts=joined_by("; ", outside)) if outside else ""
    return " ".join(part for part in (say("brief.left_out.unit", unit=unit), within, beyond) if part)


def units(cautions: list[str], unfiltered: str) -> str:
    """Return what the series count, never added up (RULES R1, R2)."""
    whole = unfiltered.replace("(", "").replace(")", "") or None
    return say("brief.units", cautions=" ".join(cautions), unfiltered=whole)
