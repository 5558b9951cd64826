"""The words of pictures: legends, sources, what is not said, and what a picture shows for those who cannot see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from data.counting.classes import class_names
from data.model.notices import joined, joined_by, say
from data.model.units import INCIDENT_MEASURES
from data.query.address import versioned
from layouts.figures import theme
from layouts.figures.map import DIAMETERS, TOLL_FLOORS
from layouts.pictures import swatches
from layouts.pictures.description import Block, Panel, Row
from layouts.text import page as text

MOST_PRINTED: Final = 360
ARRIVALS: Final = "arrivals"
FLOW_PANELS: Final = ("flow", ARRIVALS)


@dataclass(frozen=True)
class CellMarks:
    """Which marks of the cells a picture has: classes by number, hatches, wider areas and a ring (RULES X5, X9)."""

    floors: tuple[int, ...]
    wider_floors: tuple[int, ...]
    classes: frozenset[int]
    wider: frozenset[int]
    has_dominated: bool
    has_unreported: bool
    has_ring: bool


def cells_block(measure: str, shown: CellMarks, resolution: int) -> Block:
    """Return the legend of the cells: the classes and marks that the picture has."""
    names = class_names(shown.floors)
    rows = [Row(((swatches.PATCH, theme.TOLL[number]),), names[number]) for number in sorted(shown.classes)]
    rows += [Row(((swatches.OUTLINE, 0),), say("pictures.legend.chosen_cell"))] if shown.has_ring else []
    rows += [Row(((swatches.DOMINATED, 0),), say("pictures.legend.one_event"))] if shown.has_dominated else []
    rows += [Row(((swatches.UNREPORTED, 0),), say("pictures.legend.not_reported"))] if shown.has_unreported else []
    areas = class_names(shown.wider_floors)
    rows += [Row(((swatches.WIDER, number),), say("pictures.legend.wider", number=areas[number]))
             for number in sorted(shown.wider)]  # fmt: skip
    size = say("pictures.legend.size", km=text.WIDTH_KM[resolution])
    caution = INCIDENT_MEASURES[measure].caution
    name = say("pictures.legend.per_cell", measure=text.MEASURE[measure])
    return Block(
        name, text.MEASURE_UNIT[measure], tuple(rows), size if measure == "dead_or_missing" else f"{caution} {size}"
    )


def incidents_block() -> Block:
    """Return the legend of single incidents: their sizes, and the two marks of precision."""
    names = class_names(TOLL_FLOORS)
    rows = [Row(((swatches.DOT, float(size)),), name) for size, name in zip(DIAMETERS, names, strict=True)]
    rows.append(Row(((swatches.RING, 10.0),), say("pictures.legend.area")))
    return Block(say("pictures.legend.incidents"), say("pictures.legend.people"), tuple(rows))


def flows_block(flow: str | None, *, has_arrivals: bool) -> Block:
    """Return the legend of the routes: a hue and a side of the line for each unit (RULES P3, P6, R1)."""
    kinds = [(swatches.LEFT, flow)] if flow else []
    kinds += [(swatches.RIGHT, ARRIVALS)] if has_arrivals else []
    rows = [Row(((kind, 3.0),), text.FLOW_UNIT[name]) for kind, name in kinds if name]
    return Block(say("pictures.legend.routes"), say("pictures.legend.width"), tuple(rows), say("pictures.legend.lines"))


def panels(
    titles: Sequence[str],
    *,
    has_gaps: Sequence[bool],
    has_fewer: Sequence[bool] = (False, False, False),
    has_growth: Sequence[bool] = (False, False, False),
    toll_parts: Sequence[str] = ("dead", "missing", "unsplit"),
) -> tuple[Panel, Panel, Panel]:
    """Return the three series with their titles (which state their units) and keys, what all may have once."""
    absent = Row(((swatches.BAR, "absent"),), say("pictures.legend.no_figure"))
    growing = Row(((swatches.BAR, "growing"),), say("page.series_legend.growing"))
    fewer = [None, *(Row(((swatches.BAR, f"fewer_{name}"),), say("pictures.legend.fewer")) for name in FLOW_PANELS)]
    toll = [Row(((swatches.BAR, name),), say(f"pictures.toll.{name}")) for name in toll_parts]
    keys: tuple[list[Row], ...] = (toll, [], [])
    columns = (("dead", "missing", "unsplit"), ("flow",), ("arrivals",))
    found = []
    for number, (title, names, rows) in enumerate(zip(titles, columns, keys, strict=True)):
        marks = [
            *_shown(growing, is_shown=_is_first(has_growth, number)),
            *_shown(fewer[number], is_shown=has_fewer[number]),
            *_shown(absent, is_shown=_is_first(has_gaps, number)),
        ]
        found.append(Panel(title, names, (*rows, *marks)))
    first, second, third = found
    return first, second, third


def _is_first(has: Sequence[bool], number: int) -> bool:
    return has[number] and not any(has[:number])


def _shown(row: Row | None, *, is_shown: bool) -> list[Row]:
    return [row] if row and is_shown else []


def source_line(row: Mapping[str, Any]) -> str:
    """Return one source: its title, who publishes it on what terms, and until when it reaches (RULES P1)."""
    until = row["last_date"]
    return say(
        "pictures.source",
        title=row["title"],
        citation=row["citation"].rstrip("."),
        licence=row["licence"].rstrip("."),
        until=text.day(until) if isinstance(until, date) else None,
    )


def sources(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the sources as paragraphs, the first introduced."""
    lines = [source_line(row) for row in rows]
    return [say("pictures.sources", count=len(lines), sources=" ".join(lines))] if lines else []


def terms(*, source: str | None, is_map: bool) -> list[str]:
    """Return what travels with the numbers (RULES C4, C7, P7)."""
    found = [say("pictures.at_least")] if source is not None else []
    found += [say("statement.scope")] if source is not None and source.startswith("mmp") else []
    if is_map:
        found.append(" ".join(say(key) for key in ("statement.boundaries", "pictures.dashes", "statement.attribution")))
    return found


def first_source(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the first source and its date, as the page says them of incidents (RULES P1)."""
    if not rows:
        return ""
    until = rows[0]["last_date"]
    return say("pictures.first_source", title=rows[0]["title"], until=text.day(until) if until else None)


def address(base: str, query: str, vintage: str, until: date | None) -> str:
    """Return the vintage and where the view opens again; a very long address stays out of the picture.

    There is none to print where nobody knows where we are: a path alone opens nothing.
    """
    whole = f"{base.rstrip('/')}/{'?' if query else ''}{versioned(query)}"
    if len(whole) > MOST_PRINTED:
        whole = say("pictures.long_address")
    reached = text.day(until) if until else None
    return say("pictures.address", name=text.NAME, vintage=vintage, until=reached, address=whole if base else None)


def flows_sentence(sums: Mapping[str, int], place: str, when: str, unfollowed: str) -> str:
    """Return the sentence of a map that shows flows alone: each unit by itself (RULES R1, R2)."""
    counts = [say("pictures.flow", count=count, unit=text.FLOW_UNIT[flow]) for flow, count in sums.items()]
    head = joined_by(say("pictures.and"), counts) if counts else say("pictures.no_flow")
    return say("pictures.flows", counts=head, where=place, when=when or None, unfollowed=unfollowed)


def undrawn(counts: Mapping[str, int]) -> str:
    """Return how much of each flow is on no line of the map (RULES C5)."""
    parts = [say("pictures.flow", count=count, unit=text.FLOW_INLINE[flow]) for flow, count in counts.items() if count]
    return say("pictures.undrawn", parts=joined(parts)) if parts else ""


def told_cells(measure: str, cells: Sequence[tuple[str, int]]) -> str:
    """Return the highest cells in words with their numbers; blank where there are none."""
    if not cells:
        return ""
    listed = "; ".join(f"{place}: {INCIDENT_MEASURES[measure].say('cell', value=value)}" for place, value in cells)
    return say("pictures.highest_cells", cells=listed)


def told_periods(periods: Sequence[str]) -> str:
    """Return the highest periods in words with their numbers."""
    return say("pictures.highest_periods", periods=" ".join(periods)) if periods else say("pictures.no_figures")
