"""The key of the first picture: the live key's classes, marks and layers (``layouts/page/key.py``) in plain HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from data.counting.classes import class_names
from data.model.notices import say
from layouts.figures.cell_marks import bar_heights, hexagon_size
from layouts.figures.route_widths import unit_width
from layouts.standalone.choices import Choice
from layouts.text import page as text

WIDTHS: Final = (10_000, 250_000, 1_000_000)  # of which the width of a line is shown
WIDTHS_ZOOM: Final = 6


class KeyClass(NamedTuple):
    """One class of the cells: its words, the lowest number that is in it, its number, its pixels."""

    words: str
    floor: str
    number: int
    bar: int
    hexagon: int


class KeyMark(NamedTuple):
    """One mark: how it is drawn (``assets/key.css``), what it means, and how high a line is where it is one."""

    kind: str
    words: str
    high: float = 0.0


class KeyLayer(NamedTuple):
    """One layer: its name, its unit, its swatch, the address where it is switched, whether it is drawn."""

    name: str
    unit: str
    swatch: str
    address: str
    is_on: bool


@dataclass(frozen=True)
class StillKey:
    """All that the key says. ``marks`` are those that are on the map, ``all_marks`` all there are."""

    measure: str
    measures: Sequence[Choice]
    unit: str
    classes: Sequence[KeyClass]
    marks: Sequence[KeyMark]
    all_marks: Sequence[KeyMark]
    layers: Sequence[KeyLayer]
    flows: Sequence[Choice]


def key_classes(floors: Sequence[int], counts: Sequence[int]) -> list[KeyClass]:
    """Return the classes of the cells, with how many cells are in each."""
    names, bars, last = class_names(tuple(floors)), bar_heights(counts), len(floors) - 1
    return [
        KeyClass(say("page.key.class", name=name, count=count), text.number(floors[at]) + ("+" if at == last else ""),
                 at + 1, bars[at], hexagon_size(at))
        for at, (name, count) in enumerate(zip(names, counts, strict=True))
    ]  # fmt: skip


def key_marks(*, has_dominated: bool, has_wider: bool, has_course: bool) -> list[KeyMark]:
    """Return the marks that a map has beside its classes."""
    found = (
        (has_dominated, KeyMark("hexagon-patch dominated", say("page.legends.one_event_is_more_than"))),
        (has_wider, KeyMark("hexagon-patch area", say("page.key.wider_area"))),
        (has_course, KeyMark("course", say("page.key.course"))),
    )
    return [mark for is_there, mark in found if is_there]


def all_key_marks(flow: str) -> list[KeyMark]:
    """Return every mark that a still map may have, the widths of a route's lines among them."""
    lines = [
        KeyMark("stroke" if name == flow else "stroke right", f"{text.number(value)} {text.FLOW_INLINE[name]}",
                round(unit_width(value, WIDTHS_ZOOM), 1))
        for name in dict.fromkeys((flow, "arrivals")) for value in WIDTHS
    ]  # fmt: skip
    return [
        *key_marks(has_dominated=True, has_wider=True, has_course=True),
        KeyMark("patch unreported", say("page.legends.incidents_number_not_reported")),
        KeyMark("dot ring", say("still.key_incident")),
        *lines,
    ]
