"""The words of pictures: legends, sources, what is not said, and what a picture shows for those who cannot see it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from data.exports.about import BOUNDARIES, SCOPE
from data.units import INCIDENT_MEASURES
from geo.basemap import ATTRIBUTION
from layouts import text
from layouts.classes import FLOW_FLOORS, class_names
from layouts.figures import theme
from layouts.figures.map import DIAMETERS, TOLL_FLOORS, WIDTHS
from layouts.pictures import swatches
from layouts.pictures.description import Block, Panel, Row

AT_LEAST: Final = "Numbers of people dead or missing are minimums: read each as “at least”."
DASHES: Final = "Dashed lines are disputed or undetermined."
NO_MATCH: Final = "No incidents match this selection."
NO_FIGURES: Final = "There are no figures for this selection."
LONGEST_ADDRESS: Final = 360
ARRIVALS: Final = "arrivals"


def cells_block(measure: str, floors: tuple[int, ...], resolution: int, *, has_ring: bool) -> Block:
    """Return the legend of the cells: six classes, the hatch of one event (RULES H5), numbers not reported."""
    rows = [Row(((swatches.PATCH, color),), name) for color, name in zip(theme.TOLL, class_names(floors), strict=True)]
    rows += [Row(((swatches.OUTLINE, 0),), "chosen cell")] if has_ring else []
    rows += [
        Row(((swatches.DOMINATED, 0),), "one event is more than half"),
        Row(((swatches.UNREPORTED, 0),), "number not reported"),
    ]
    size = f"Cell edges are about {text.EDGE_KM[resolution]} km."
    caution = INCIDENT_MEASURES[measure].caution
    name = f"{text.MEASURE[measure]} per cell"
    return Block(
        name, text.MEASURE_UNIT[measure], tuple(rows), size if measure == "dead_or_missing" else f"{caution} {size}"
    )


def incidents_block() -> Block:
    """Return the legend of single incidents: their sizes, and the two marks of precision."""
    names = class_names(TOLL_FLOORS)
    rows = [Row(((swatches.DOT, float(size)),), name) for size, name in zip(DIAMETERS, names, strict=True)]
    rows.append(Row(((swatches.RING, 10.0),), "only the area is known"))
    return Block("Incidents", "people dead or missing, at least", tuple(rows))


def flows_block(flow: str | None, *, has_arrivals: bool) -> Block:
    """Return the legend of the routes: widths by class, interceptions solid, arrivals hollow (RULES P3, P6, R1)."""
    kinds = [(swatches.SOLID, flow)] if flow else []
    kinds += [(swatches.HOLLOW, ARRIVALS)] if has_arrivals else []
    rows = [
        Row(tuple((kind, width) for kind, _ in kinds), name)
        for width, name in zip(WIDTHS, class_names(FLOW_FLOORS), strict=True)
    ]
    looks = {swatches.SOLID: "solid", swatches.HOLLOW: "hollow"}
    said = [f"{looks[kind]}: {text.FLOW_UNIT[name]}" for kind, name in kinds if name]
    return Block("Whole routes, by width", "; ".join(said).capitalize(), tuple(rows),
                 "Units are never added up. Lines are drawn city to city, not where people went.")  # fmt: skip


def panels(titles: Sequence[str], *, has_gaps: Sequence[bool]) -> tuple[Panel, Panel, Panel]:
    """Return the three series with their titles (which state their units) and keys."""
    absent = Row(((swatches.BAR, "absent"),), "no figure")
    keys = (
        [("dead", "dead"), ("missing", "missing, presumed dead"), ("unsplit", "dead or missing, not told apart")],
        [], [],
    )  # fmt: skip
    columns = (("dead", "missing", "unsplit"), ("flow",), ("arrivals",))
    found = []
    for number, (title, names, marks) in enumerate(zip(titles, columns, keys, strict=True)):
        rows = [Row(((swatches.BAR, kind),), words) for kind, words in marks]
        found.append(
            Panel(title, names, (*rows, *([absent] if number and has_gaps[number] else [])), shows_absence=bool(number))
        )
    first, second, third = found
    return first, second, third


def source_line(row: Mapping[str, Any]) -> str:
    """Return one source: its title, who publishes it on what terms, and until when it reaches (RULES P1)."""
    until = row["last_date"]
    parts = [f"{row['title']}: {row['citation'].rstrip('.')}. {row['licence'].rstrip('.')}."]
    parts += [f"Data to {text.day(until)}."] if isinstance(until, date) else []
    return " ".join(parts)


def sources(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the sources as paragraphs, the first introduced."""
    lines = [source_line(row) for row in rows]
    return [f"{'Source' if len(lines) == 1 else 'Sources'}: {' '.join(lines)}"] if lines else []


def terms(*, source: str | None, is_map: bool) -> list[str]:
    """Return what travels with the numbers (RULES C4, C7, P7)."""
    found = [AT_LEAST] if source is not None else []
    found += [SCOPE] if source is not None and source.startswith("mmp") else []
    found += [f"{BOUNDARIES} {DASHES} {ATTRIBUTION}"] if is_map else []
    return found


def first_source(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the first source and its date, as the page says them of incidents."""
    until = next((f", to {text.day(row['last_date'])}" for row in rows[:1] if row["last_date"]), "")
    return f"Source: {rows[0]['title']}{until}." if rows else ""


def terms_of_data(rows: Sequence[Mapping[str, Any]], vintage: str) -> str:
    """Return the terms of the first source, and the vintage."""
    return f"{'. '.join([*(row['licence'].rstrip('.') for row in rows), f'Vintage {vintage}'])}."


def address(base: str, query: str, vintage: str, until: date | None) -> str:
    """Return the vintage and where the view opens again; a very long address stays out of the picture."""
    reached = f", data to {text.day(until)}" if until else ""
    whole = f"{base.rstrip('/')}/{'?' if query else ''}{query}"
    if len(whole) > LONGEST_ADDRESS:
        whole = "its address is too long to print; it stands in the description of this file"
    return f"{text.NAME}, vintage {vintage}{reached}. This view: {whole}"


def flows_sentence(sums: Mapping[str, int], place: str, when: str, unfollowed: str) -> str:
    """Return the sentence of a map that shows flows alone: each unit by itself (RULES R1, R2)."""
    counts = [f"{text.number(count)} {text.FLOW_UNIT[flow]}" for flow, count in sums.items()]
    return f"{', and '.join(counts) or 'No figures'} {place}{f' {when}' if when else ''}{unfollowed}."


def undrawn(counts: Mapping[str, int]) -> str:
    """Return how much of each flow is on no line of the map (RULES C5)."""
    said = [f"{text.number(count)} {text.FLOW[flow].lower()}" for flow, count in counts.items() if count]
    return f"On no line of this map: {' and '.join(said)}." if said else ""


def told_cells(measure: str, cells: Sequence[tuple[str, int]]) -> str:
    """Return the highest cells in words with their numbers."""
    if not cells:
        return NO_MATCH
    listed = "; ".join(f"{place}: {text.CELL_VALUE[measure].format(text.number(value))}" for place, value in cells)
    return f"The highest cells: {listed}. Their order changes with cell size."


def told_periods(periods: Sequence[str]) -> str:
    """Return the highest periods in words with their numbers."""
    return f"The highest periods: {' '.join(periods)}" if periods else NO_FIGURES
