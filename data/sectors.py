"""A sector: the area that a border team watches, as an address, a command or a file states it.

Three kinds, one at a time: ``area=Italy`` (a country of the bundled map), ``polygon=lon,lat;lon,lat;…``,
``place=Lampedusa&radius_km=100`` or ``at=lon,lat&radius_km=100``. A sector is no part of a Selection: the selection
says which incidents are meant, the sector says where.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final
from urllib.parse import parse_qs, quote

from data.errors import AbsentError, ContradictionError, QueryError, shown
from geo import basemap, sectors, towns
from geo.countries import shape_names

KEYS: Final = ("area", "polygon", "place", "at", "radius_km")
KINDS: Final = ("area", "polygon", "place", "at")
LONGEST: Final = 24_000
SMALLEST_KM, LARGEST_KM = 1.0, 500.0
HOW: Final = "State one of area=, polygon=, place= with radius_km=, or at= with radius_km=."
Point = tuple[float, float]


@dataclass(frozen=True)
class Sector:
    """An area to watch. Make it with ``parse`` or ``from_query``: both check and bring it into its one form.

    ``kind`` is one of KINDS; ``name`` a country as the map file spells it, or a town; ``points`` a polygon's corners
    (longitude, latitude) or the one middle of a circle; ``country`` the town's country; ``others`` more towns of the
    same name, which are not meant.
    """

    kind: str
    name: str = ""
    points: tuple[Point, ...] = ()
    radius_km: float | None = None
    country: str = field(default="", compare=False)
    others: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def parse(cls, query: Mapping[str, Iterable[str]]) -> "Sector":
        """Return the sector that a query of KEYS states; raise QueryError at what it cannot mean."""
        given = {key: _one(key, value) for key, value in query.items()}
        for key in given:
            if key not in KEYS:
                raise QueryError(f"There is no parameter '{key[:60]}'. {HOW}", parameter=key[:60])
        kinds = [kind for kind in KINDS if kind in given]
        if len(kinds) != 1:
            found = f"found {' and '.join(kinds)}" if kinds else "none is stated"
            kind_of_error = ContradictionError if kinds else QueryError
            raise kind_of_error(f"A sector is one area; {found}. {HOW}", parameter=kinds[-1] if kinds else "area")
        kind = kinds[0]
        if kind in ("area", "polygon") and "radius_km" in given:
            raise ContradictionError(
                f"'radius_km' goes with a place or a point, not with '{kind}'.", parameter="radius_km"
            )
        if kind in ("place", "at") and "radius_km" not in given:
            raise QueryError(f"'{kind}' needs a radius, such as radius_km=100.", parameter="radius_km")
        return _READ[kind](given)

    @classmethod
    def from_query(cls, text: str) -> "Sector":
        """Return the sector of a query string; raise QueryError at what it cannot mean."""
        if not isinstance(text, str) or len(text) > LONGEST:
            raise QueryError(f"A sector is text of at most {LONGEST:,} characters.", parameter="sector")
        return cls.parse(parse_qs(text.lstrip("?"), keep_blank_values=True))

    def to_query(self) -> str:
        """Return the canonical query string: equal sectors have equal ones."""
        values = {
            "area": self.name,
            "polygon": ";".join(map(_written, self.points)),
            "place": self.name,
            "at": ",".join(map(_plain, self.points[0])) if self.points else "",
        }
        radius = "" if self.radius_km is None else f"&radius_km={_plain(self.radius_km)}"
        return f"{self.kind}={quote(values[self.kind], safe=',;._-')}{radius}"

    @property
    def area(self) -> sectors.Area:
        """The sector's shape."""
        if self.kind == "area":
            return sectors.country(self.name)
        if self.kind == "polygon":
            return sectors.polygon(self.points)
        return sectors.Circle(self.points[0], float(self.radius_km or 0))

    @property
    def words(self) -> str:
        """The sector in words: "within 100 km of Lampedusa, Italy"."""
        if self.kind == "area":
            return f"in {basemap.names().get(self.name) or self.name}"
        if self.kind == "polygon":
            return f"in a polygon of {len(self.points):,} corners, {self.area.area_km2:,.0f} km²"
        if self.kind == "at":
            return f"within {_plain(self.radius_km or 0)} km of {degrees(self.points[0])}"
        name = self.name if "," in self.name else f"{self.name}, {self.country}"
        return f"within {_plain(self.radius_km or 0)} km of {name}"


def degrees(point: Point) -> str:
    """Return a point as ``35.5° N, 12.6° E``."""
    longitude, latitude = point
    return f"{abs(latitude):g}° {'N' if latitude >= 0 else 'S'}, {abs(longitude):g}° {'E' if longitude >= 0 else 'W'}"


def area_names() -> dict[str, str]:
    """Return every country that may be chosen: its name in the map file, and the name shown, sorted by the latter."""
    found = {name: basemap.names().get(name) or name for name in shape_names()}
    return dict(sorted(found.items(), key=lambda pair: towns.folded(pair[1])))


def split_query(query: Mapping[str, Iterable[str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return (what states the sector, the rest) of a query."""
    lists = {key: [value] if isinstance(value, str) else list(value) for key, value in query.items()}
    return (
        {key: value for key, value in lists.items() if key in KEYS},
        {key: value for key, value in lists.items() if key not in KEYS},
    )


def _one(key: str, given: Iterable[str]) -> str:
    items = [given] if isinstance(given, str) else list(given)
    if len(items) != 1:
        raise QueryError(f"'{key}' is given {len(items)} times. Give it once.", parameter=key)
    if len(items[0]) > LONGEST:
        raise QueryError(f"'{key}' is longer than {LONGEST:,} characters.", parameter=key)
    if not items[0].strip():
        raise QueryError(f"'{key}' is empty. {HOW}", parameter=key)
    return items[0].strip()


def _plain(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _written(point: Point) -> str:
    return ",".join(map(_plain, point))


def _number(text: str, key: str, what: str) -> float:
    try:
        value = float(text) if len(text) <= 24 else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise QueryError(f"'{key}' {what}; found '{shown(text)}'.", parameter=key)
    return value


def _point(text: str, key: str) -> Point:
    parts = text.split(",")
    if len(parts) != 2:
        raise QueryError(f"'{key}' takes points as longitude,latitude; found '{shown(text)}'.", parameter=key)
    longitude, latitude = (_number(part, key, "takes points as longitude,latitude in degrees") for part in parts)
    return longitude, latitude


def _radius(given: Mapping[str, str]) -> float:
    what = f"is from {SMALLEST_KM:g} to {LARGEST_KM:g} km"
    radius = round(_number(given["radius_km"], "radius_km", what), 1)
    if not SMALLEST_KM <= radius <= LARGEST_KM:
        raise QueryError(f"'radius_km' {what}; found '{shown(given['radius_km'])}'.", parameter="radius_km")
    return radius


def _area(given: Mapping[str, str]) -> Sector:
    wanted = towns.folded(given["area"])
    by_name = {towns.folded(name): shape for shape, label in area_names().items() for name in (label, shape)}
    if wanted not in by_name:
        near = get_close_matches(wanted, by_name, n=1)
        hint = (
            f"Did you mean '{area_names()[by_name[near[0]]]}'?"
            if near
            else "The list on the sector's page has every name."
        )
        raise AbsentError(f"There is no country '{shown(given['area'])}' on the map. {hint}", parameter="area")
    return Sector("area", by_name[wanted])


def _polygon(given: Mapping[str, str]) -> Sector:
    corners = given["polygon"].rstrip(";").split(";")
    if len(corners) > sectors.MOST:
        raise QueryError(
            f"A polygon has at most {sectors.MOST:,} corners; found {len(corners):,}.", parameter="polygon"
        )
    points = [_point(text, "polygon") for text in corners]
    is_read = len(points) >= sectors.FEWEST and all(abs(x) <= 180 and abs(y) <= 90 for x, y in points)
    try:
        return Sector("polygon", points=sectors.checked_corners(points))
    except ValueError as error:
        kind = ContradictionError if is_read else QueryError  # corners that make no ring, or that are none
        raise kind(str(error), parameter="polygon") from None


def _at(given: Mapping[str, str]) -> Sector:
    longitude, latitude = _point(given["at"], "at")
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        raise QueryError(f"'at' is not on the globe: '{shown(given['at'])}' (longitude,latitude).", parameter="at")
    point = (round(longitude, sectors.DIGITS) + 0.0, round(latitude, sectors.DIGITS) + 0.0)
    return Sector("at", points=(point,), radius_km=_radius(given))


def _place(given: Mapping[str, str]) -> Sector:
    radius = _radius(given)
    text = given["place"]
    if len(text) > 100:
        raise QueryError("'place' is longer than 100 characters.", parameter="place")
    found = towns.towns_named(text)
    if not found:
        near = towns.nearest_spelling(text)
        hint = f"Did you mean '{near}'?" if near else "Give a point instead: at=longitude,latitude."
        raise AbsentError(f"There is no town of 1,000 people or more called '{shown(text)}'. {hint}", parameter="place")
    town = found[0]
    whole = f"{town.name}, {town.country}"
    name = next((one for one in (town.name, whole) if towns.towns_named(one)[:1] == found[:1]), text.strip())
    others = tuple(dict.fromkeys(_other(one, whole) for one in found[1:]))
    return Sector("place", name, ((town.longitude, town.latitude),), radius, country=town.country, others=others)


def _other(town: basemap.Place, meant: str) -> str:
    """Return another town of the name with its country; where it lies, too, if both are those of the one meant."""
    said = f"{town.name}, {town.country}"
    return said if said != meant else f"{said} at {degrees((town.longitude, town.latitude))}"


_READ: Final = {"area": _area, "polygon": _polygon, "place": _place, "at": _at}
