"""Coordinates of lines: the system that a file names, degrees of WGS 84 out of it, and what is nowhere on the globe."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from geo.sphere.great_circle import legs, length_km, lengths_km

Points = list[tuple[float, float]]
Positions = NDArray[np.float64]

FULL_TURN: Final = 360
SHORTEST_KM: Final = 1e-6  # a millimetre: less is one place, written twice
MOST_WKT: Final = 20_000  # characters; a system's own text has 500 to 3,000
METRES: Final = (
    "metres without a coordinate system; name it: in GeoJSON as the member "
    '"crs": {"type": "name", "properties": {"name": "EPSG:3857"}} with the right code, in a Shapefile as the .prj '
    "beside it, in a GeoPackage as the srs_id of the layer; or save the lines in degrees (EPSG:4326)"
)
# The forms in which files name a system. An address is read as a name; nothing is fetched.
_NAMES: Final = (
    re.compile(r"(?P<authority>EPSG|ESRI|OGC|IAU_\d+)\s*:+\s*(?P<code>\w+)", re.IGNORECASE),
    re.compile(r"urn:(?:x-)?ogc:def:crs:(?P<authority>EPSG|ESRI|OGC):[\w.]*:(?P<code>\w+)", re.IGNORECASE),
    re.compile(
        r"https?://(?:www\.)?opengis\.net/def/crs/(?P<authority>EPSG|ESRI|OGC)/[\w.]+/(?P<code>\w+)", re.IGNORECASE
    ),
    re.compile(r"https?://(?:www\.)?opengis\.net/gml/srs/(?P<authority>epsg)\.xml#(?P<code>\d+)", re.IGNORECASE),
)
_IN_FULL: Final = _NAMES[1:3]  # the forms whose order of axes is the authority's
_DEGREES: Final = {"CRS84", "WGS84", "WGS 84", "EPSG:4326", "84"}


class UnknownSystemError(ValueError):
    """A coordinate system that is named and not known; the sentence says what was found."""


@dataclass(frozen=True)
class System:
    """A coordinate system that a file names; ``transformer`` is None where its numbers are degrees of WGS 84."""

    name: str
    transformer: Transformer | None = None


def named_system(name: str) -> System:
    """Return the system of a name such as ``EPSG:3857`` or ``urn:ogc:def:crs:OGC:1.3:CRS84``.

    Raises
    ------
    UnknownSystemError
        No system has this name. It is never looked up anywhere but in the table that comes with the program.
    """
    plain = " ".join(name.split())
    if plain.upper() in _DEGREES:
        return System("EPSG:4326")
    for form in _NAMES:
        if found := form.fullmatch(plain):
            return _system_of(f"{found['authority'].upper()}:{found['code']}")
    raise UnknownSystemError(
        f"the coordinate system {plain[:80]!r} is not known. Name it by its code, such as EPSG:3857."
    )


def is_latitude_first(name: str) -> bool:
    """Return whether a system that is named in full, as a URN or an address, writes latitude or northing first.

    So its authority has it (RFC 5165, OGC 09-048). By its short code, or unnamed, longitude comes first by habit.
    """
    plain = " ".join(name.split())
    found = next((match for form in _IN_FULL if (match := form.fullmatch(plain))), None)
    return found is not None and _begins_north(f"{found['authority'].upper()}:{found['code']}")


@lru_cache(maxsize=64)
def _begins_north(code: str) -> bool:
    try:
        axes = CRS.from_user_input(code).axis_info
    except CRSError:
        return False  # ``named_system`` says that it is not known
    return bool(axes) and axes[0].direction in ("north", "south")


def system_of_text(text: str) -> System:
    """Return the system that a text in WKT describes, as .prj files and GeoPackages hold it."""
    plain = text.strip().lstrip("\ufeff")
    if len(plain) > MOST_WKT or "[" not in plain:
        raise UnknownSystemError(
            f"no coordinate system is described by {plain[:60]!r}. Give it as its publisher wrote it."
        )
    return _system_of(plain)


@lru_cache(maxsize=64)
def _system_of(text: str) -> System:
    try:
        crs = CRS.from_user_input(text)
        if not (crs.is_geographic or crs.is_projected):
            raise UnknownSystemError(f"the coordinate system {crs.name!r} has no places on the globe.")
        name = text if len(text) < 20 else crs.name
        if text.startswith("OGC:CRS84") or crs.to_epsg() == 4326:
            return System("EPSG:4326")
        return System(name, Transformer.from_crs(crs, "EPSG:4326", always_xy=True))
    except (CRSError, ProjError) as error:
        shown = text if len(text) < 60 else text[:60] + "…"
        raise UnknownSystemError(
            f"the coordinate system {shown!r} is not known. Name it by its code, such as EPSG:3857."
        ) from error


def to_degrees(positions: Positions, system: System | None) -> Positions:
    """Return longitude and latitude of WGS 84; what lies outside of the system becomes infinite."""
    if system is None or system.transformer is None or not len(positions):
        return positions
    longitude, latitude = system.transformer.transform(positions[:, 0], positions[:, 1])
    return np.column_stack((longitude, latitude))


def are_metres(lines: Sequence[Positions]) -> bool:
    """Return whether the lines of a layer without a named system are metres: most go beyond a full turn."""
    finite = [line[np.isfinite(line).all(axis=1)] for line in lines]
    beyond = [bool((np.abs(line) > FULL_TURN).any()) for line in finite if len(line)]
    return bool(beyond) and sum(beyond) * 2 > len(beyond)


def plain_lengths(lines: Sequence[Positions]) -> list[float | None]:
    """Return the length in km of each line that can be drawn as it is; None where ``fault_of`` has to look at it.

    All lines at once, as a file may have 100,000.
    """
    found: list[float | None] = [None] * len(lines)
    if not lines:
        return found
    places = np.concatenate(lines)
    on_globe = (np.abs(places[:, 0]) <= FULL_TURN / 2) & (np.abs(places[:, 1]) <= 90)
    counts = [len(line) for line in lines]
    bad = np.bincount(np.repeat(np.arange(len(lines)), counts), weights=~on_globe, minlength=len(lines))
    plain = [at for at, count in enumerate(counts) if count and not bad[at]]
    for at, km in zip(plain, lengths_km([lines[at] for at in plain]), strict=True):
        found[at] = km if km > SHORTEST_KM else None
    return found


def fault_of(line: Positions) -> str:
    """Return why a line of degrees cannot be drawn on the globe; blank where it can."""
    for x, y in line.tolist():
        if not (math.isfinite(x) and math.isfinite(y)):
            return f"found {x}, {y}, expected finite degrees."
        if abs(y) > 90 and abs(x) <= 90 and abs(y) <= 180:
            return (
                f"found {x:g}, {y:g}, expected a latitude from -90 to 90; perhaps longitude and latitude are exchanged."
            )
        if abs(y) > 90 or abs(x) > FULL_TURN:
            return f"found {x:g}, {y:g}, expected degrees on the globe: longitude -180 to 180, latitude -90 to 90."
    if len(np.unique(line, axis=0)) < 2:
        return "found a line whose points are all the same, expected two or more."
    return _undefined(wrapped(line))


def _undefined(line: Positions) -> str:
    try:
        legs(line[:-1], line[1:])
    except ValueError as error:
        return f"{error}."
    return "" if length_km(line.tolist()) > SHORTEST_KM else "found a line of no length, expected two places or more."


def is_beyond(line: Positions) -> bool:
    """Return whether longitudes go beyond ±180°, as where a line is drawn on over the date line."""
    return bool((np.abs(line[:, 0]) > 180).any())


def wrapped(line: Positions) -> Positions:
    """Return a line whose longitudes are brought back to ±180°; the others stay as they are, to the last digit."""
    longitude = line[:, 0]
    turned = np.where(np.abs(longitude) > 180, (longitude + 180) % FULL_TURN - 180, longitude)
    return np.column_stack((turned, line[:, 1]))


def position(value: Any) -> tuple[float, float] | None:
    """Return x and y of a GeoJSON position, height and measure left out; None where it is no pair of numbers."""
    if not isinstance(value, list | tuple) or len(value) < 2:
        return None
    x, y = value[0], value[1]
    if isinstance(x, bool) or isinstance(y, bool) or not isinstance(x, int | float) or not isinstance(y, int | float):
        return None
    return _float(x), _float(y)


def _float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf
