"""Polygons of a GML file: rings in longitude and latitude of WGS 84, in the order that the file's system says.

A file that names no system, or one by its short code (``EPSG:4326``), writes longitude first, as is the habit; one
that names it in full (``urn:ogc:def:crs:EPSG::4326``) writes in the order of its authority, there latitude first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

import numpy as np

from data.model.errors import DataError, shown
from data.readers.coordinates import (
    Positions,
    UnknownSystemError,
    fault_of,
    is_latitude_first,
    named_system,
    to_degrees,
)
from data.readers.line_layers import MOST_VERTICES, refused_system
from data.readers.safe_xml import local_name

POLYGONS: Final = ("Polygon", "PolygonPatch")
OTHER_AREAS: Final = ("Rectangle", "Triangle")  # patches of a surface that are written in a way of their own
MEMBERS: Final = ("surfaceMember", "surfaceMembers", "polygonMember", "patches")
RINGS: Final = {"exterior": True, "outerBoundaryIs": True, "interior": False, "innerBoundaryIs": False}
INHERITED: Final = ("srsName", "srsDimension")
FEWEST: Final = 4  # positions of a closed ring
HALF_TURN: Final = 180
MOST_DEGREES: Final = (2 * HALF_TURN, HALF_TURN / 2)  # of longitude, whichever way it is counted, and latitude
MOST_TEXTS: Final = 4  # descriptions and names that are kept of a polygon and of what it stands in


@dataclass(frozen=True)
class GmlPolygon:
    """One polygon: its place among those of the file, from 1, what it is called, its outline, then its holes."""

    row: int
    descriptions: tuple[str, ...]  # its own first, then those around it
    rings: tuple[Positions, ...]
    system: str | None
    notes: tuple[str, ...]  # what was mended, without a change of any position


@dataclass(frozen=True)
class _Place:
    """Where in a file something stands, for sentences."""

    file: str
    row: int
    ring: str = ""

    def refused(self, sentence: str, code: str = "GML") -> DataError:
        of = f" of {self.ring}" if self.ring else ""
        where = f"polygon {self.row}{of}: "
        return DataError(f"{where}{sentence}", file=self.file, code=code, row=self.row, column="posList")


def parse_polygons(root: ET.Element, *, file: str) -> list[GmlPolygon]:
    """Return every polygon at any depth, in the order of the file.

    Raises
    ------
    DataError
        One is written in a way that is not read, or lies off the globe: a shape without a part of it would mislead.
    """
    found: list[GmlPolygon] = []
    positions = 0
    for element, around, texts in _polygons(root):
        place = _Place(file, len(found) + 1)
        if unread := _unread(element):
            raise place.refused(f"found {unread}, expected a Polygon with its positions; no other area is read.")
        rings, notes = _rings(element, around, place)
        positions += sum(len(ring) for ring in rings)
        if positions > MOST_VERTICES:
            raise place.refused(
                f"more than the {MOST_VERTICES:,} vertices that are read. Simplify or split it.", "LIMIT"
            )
        found.append(GmlPolygon(place.row, texts, tuple(rings), around.get("srsName"), tuple(notes)))
    return found


def _polygons(root: ET.Element) -> Iterator[tuple[ET.Element, Mapping[str, str], tuple[str, ...]]]:
    """Yield each polygon with the system and the texts of it and of what it stands in, the nearest first."""
    waiting: list[tuple[ET.Element, Mapping[str, str], tuple[str, ...]]] = [(root, {}, ())]
    while waiting:
        element, above, texts = waiting.pop()
        here = {**above, **_of_box(element), **{name: value for name in INHERITED if (value := element.get(name))}}
        own = tuple(" ".join(one.text.split()) for one in element
                    if local_name(one) in ("description", "name") and one.text and one.text.strip())  # fmt: skip
        if local_name(element) in POLYGONS or _unread(element):
            yield element, here, (*own, *texts)[:MOST_TEXTS]
        else:
            waiting += [(one, here, (*own, *texts)[:MOST_TEXTS]) for one in reversed(element)]


def _unread(element: ET.Element) -> str:
    """Return what an area is that is not read: one of another form, or one that lies elsewhere; blank for any other."""
    name = local_name(element)
    elsewhere = [value for key, value in element.attrib.items() if key.rpartition("}")[2] == "href"]
    if name in MEMBERS and elsewhere:
        return f"a link to {shown(elsewhere[0])}"
    return f"a {name}" if name in OTHER_AREAS else ""


def _of_box(element: ET.Element) -> Mapping[str, str]:
    """Return the system that the box around what stands here names: it holds for what is inside too."""
    boxes = (box for bounds in element if local_name(bounds) == "boundedBy" for box in bounds)
    return {name: value for box in boxes for name in INHERITED if (value := box.get(name))}


def _rings(polygon: ET.Element, around: Mapping[str, str], place: _Place) -> tuple[list[Positions], list[str]]:
    outlines: list[Positions] = []
    holes: list[Positions] = []
    notes: list[str] = []
    for boundary in polygon:
        kind = RINGS.get(local_name(boundary))
        if kind is None:
            continue
        here = _Place(place.file, place.row, "its outline" if kind else f"hole {len(holes) + 1}")
        ring, said = _ring(boundary, around, here)
        (outlines if kind else holes).append(ring)
        notes += said
    if len(outlines) != 1:
        raise place.refused(f"it has {len(outlines)} outlines (exterior), expected one.")
    return [*outlines, *holes], notes


def _ring(boundary: ET.Element, around: Mapping[str, str], place: _Place) -> tuple[Positions, list[str]]:
    rings = [one for one in boundary if isinstance(one.tag, str)]
    if len(rings) != 1 or local_name(rings[0]) != "LinearRing":
        found = ", ".join(local_name(one) for one in rings) or "nothing"
        raise place.refused(f"found {shown(found)}, expected one LinearRing of positions; curves are not read.")
    inherited = {**around, **{name: value for name in INHERITED if (value := rings[0].get(name))}}
    numbers, system = _numbers(rings[0], inherited, place)
    line = _in_degrees(numbers, system, place)
    is_off = ~(np.isfinite(line).all(axis=1) & (np.abs(line) <= MOST_DEGREES).all(axis=1))
    if is_off.any():
        at = int(is_off.argmax())
        raise place.refused(f"position {at + 1}: {fault_of(line[at : at + 1])}", "OFF_THE_GLOBE")
    return _closed(line, place)


def _numbers(ring: ET.Element, given: Mapping[str, str], place: _Place) -> tuple[Positions, str | None]:
    """Return the numbers of a ring, a row for each position, and the system that holds for them."""
    lists = [one for one in ring if local_name(one) in ("posList", "pos")]
    if not lists:
        raise place.refused("found no posList and no pos, expected the positions of the ring in degrees.")
    for one in lists:
        given = {**given, **{name: value for name in INHERITED if (value := one.get(name))}}
    size = given.get("srsDimension", "2")
    if size not in ("2", "3"):
        raise place.refused(f"found srsDimension {shown(size)}, expected 2, or 3 with heights.")
    texts = [text for one in lists for text in (one.text or "").split()]
    try:
        numbers = np.array([float(text) for text in texts], dtype=np.float64)
    except ValueError:
        bad = next(text for text in texts if not _is_number(text))
        raise place.refused(f"found {shown(bad)}, expected numbers in degrees with blanks between them.") from None
    if "srsDimension" not in given and _has_heights(numbers):
        raise place.refused('its positions close as threes, with heights, and not as pairs: state srsDimension="3".')
    if numbers.size % int(size):
        raise place.refused(f"found {numbers.size:,} numbers, expected {size} for each position.")
    return numbers.reshape(-1, int(size))[:, :2], given.get("srsName")


def _has_heights(numbers: Positions) -> bool:
    """Return whether numbers end where they begin as threes and not as pairs."""
    pairs = numbers.size % 2 == 0 and np.array_equal(numbers[:2], numbers[-2:])
    return not pairs and numbers.size % 3 == 0 and np.array_equal(numbers[:3], numbers[-3:])


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _in_degrees(numbers: Positions, name: str | None, place: _Place) -> Positions:
    if name is None:
        return numbers
    try:
        system = named_system(name)
        pairs = numbers[:, ::-1] if is_latitude_first(name) else numbers
        return to_degrees(pairs, system)
    except UnknownSystemError as error:
        raise refused_system(error, file=place.file) from error


def _closed(line: Positions, place: _Place) -> tuple[Positions, list[str]]:
    """Return a ring that ends where it begins, and what was said of it."""
    notes = []
    if len(line) and not np.array_equal(line[0], line[-1]):
        line = np.vstack((line, line[:1]))
        notes.append(f"Polygon {place.row}: {place.ring} does not end where it begins; it was closed.")
    if len(line) < FEWEST or len(np.unique(line, axis=0)) < FEWEST - 1:
        raise place.refused(f"found {len(line)} positions, expected at least {FEWEST}, three of them different.")
    steps = np.diff(line[:, 0])
    if np.any(np.isclose(np.abs(steps), HALF_TURN)):
        raise place.refused("one of its sides goes half round the globe: which way is not evident. Add a corner.")
    if round(float((steps - 2 * HALF_TURN * np.round(steps / (2 * HALF_TURN))).sum())):
        raise place.refused("it goes round a pole, so what lies inside is not evident. Cut it at a meridian.")
    return line, notes
