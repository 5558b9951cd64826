"""The words that only a brief says."""

from collections.abc import Mapping
from typing import Final

from layouts import text

NAME: Final = "Crossings"
HEADS: Final[Mapping[str, str | tuple[str, ...]]] = {
    "series": "Over time",
    "table": "The highest cells",
    "method": "What is counted, and what is not",
    "sources": "Sources",
    "columns": ("", "Place of the cell's centre", "Dead or missing, at least", "Incidents",
                "Largest event's share", "Stability"),
}  # fmt: skip
ADDRESS: Final = "This view"
PATH: Final = "This view, after the address of the site"
NOT_COMPUTED: Final = "not computed"
NO_ROWS: Final = "No cell of this size holds an incident of this view."
RANKED: Final = "Ranked by {}. Ranking changes with cell size."
ONE_EVENT: Final = "A share in bold: more than half of the people died in one event, which decides the rank."
STABILITY: Final = (
    "Stability: the share of draws in which a cell stays among the ten when every place is moved within its precision."
)
PAGES: Final = ("Page 1 of 2", "Page 2 of 2")


def more_sources(count: int) -> str:
    """Return what stands for the sources that do not fit."""
    return f"and {count:,} more, all in the sources file (Export, Citation)." if count else ""


def long_address(characters: int) -> str:
    """Return what stands for an address that does not fit."""
    return f"its address is {characters:,} characters long: the exported tables (Export, CSV) state it."


METHOD: Final[Mapping[str, str]] = {
    "counted": "Counted",
    "scope": "Scope",
    "places": "Places",
    "left_out": "Left out",
    "units": "Over time",
}
AT_LEAST: Final = "Deaths and disappearances that nobody recorded are in no figure."


def map_alt(sentence: str) -> str:
    """Return the map in words."""
    return f"Map of the cells and routes of this view. {sentence} The highest cells are in the table on page 2."


def series_alt(step: str, units: list[str]) -> str:
    """Return the three series in words."""
    return f"Three series by {step} on one time axis, each with its own unit: {'; '.join(units)}."


def rest(cells: int, people: int, nowhere: int) -> str:
    """Return who is in none of the rows of the table (RULES C5)."""
    others = f"The other {text.counted(cells, 'cell holds', 'cells hold')} {text.people(people)}." if cells else ""
    outside = f"{text.people(nowhere)} {'is' if nowhere == 1 else 'are'} in no cell of this size." if nowhere else ""
    return " ".join(part for part in (others, outside) if part)


def precision(resolution: int) -> str:
    """Return how well a place must be known to be in a cell (RULES H2)."""
    return (
        f"Cell edges are about {text.EDGE_KM[resolution]}\u00a0km. An incident is in a cell only if its place is known "
        "well enough for the cell's size: to about 1\u00a0km for edges of 3.7\u00a0km and longer, to about 25\u00a0km "
        "for 26\u00a0km and longer, to the area for 180\u00a0km and longer."
    )


def left_out(inside: list[str], outside: list[str], unit: str) -> str:
    """Return what the pictures leave out of the number in the sentence, and what that number leaves out (RULES C5)."""
    if not inside and not outside:
        return "Nothing: the pictures show all."
    within = f"In the total, but not in every picture: {'; '.join(inside)}." if inside else ""
    beyond = f"Not in the total: {'; '.join(outside)}." if outside else ""
    return " ".join(part for part in (f"In {unit}.", within, beyond) if part)


def units(cautions: list[str], unfiltered: str) -> str:
    """Return what the series count, never added up (RULES R1, R2)."""
    whole = f" Counts by others are{unfiltered.replace('(', '').replace(')', '')}." if unfiltered else ""
    return f"{' '.join(cautions)} The three units are never added up. A gap is no figure, not zero.{whole}"
