"""A sector: the area that a border team watches, as an address, a command or a file states it.

Three kinds, one at a time: ``area=Italy`` (a country of the bundled map), ``polygon=lon,lat;lon,lat;…``,
``place=Lampedusa&radius_km=100`` or ``at=lon,lat&radius_km=100``. A sector is no part of a Selection: the selection
says which incidents are meant, the sector says where.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final
from urllib.parse import quote

from data.model.countries import countries, known_country, shapes_of
from data.model.errors import AbsentError, ContradictionError, QueryError, shown
from data.model.notices import Notice, say
from data.query.parameters import RADIUS_KM, SECTOR, Query, parse_query, refuse_unknown, take
from geo.areas import areas as sectors
from geo.areas.countries import shape_names
from geo.areas.no_shape import NoShapeError
from geo.map import basemap
from geo.map import gazetteer as towns

KEYS: Final = tuple(one.name for one in SECTOR)
KINDS: Final = ("area", "polygon", "place", "at")
LONGEST: Final = 24_000
SMALLEST_KM, LARGEST_KM = (float(RADIUS_KM.schema[end]) for end in ("minimum", "maximum"))
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
    def parse(cls, query: Query) -> "Sector":
        """Return the sector that a query of KEYS states; raise QueryError at what it cannot mean."""
        refuse_unknown(query, SECTOR)
        stated, _ = take(query, *SECTOR)
        given = {key: value for key, value in stated.items() if value is not None}
        kinds = [kind for kind in KINDS if kind in given]
        if len(kinds) != 1:
            if not kinds:
                raise QueryError(say("sectors.refused.none"), parameter="area")
            raise ContradictionError(say("sectors.refused.several", kinds=kinds), parameter=kinds[-1])
        kind = kinds[0]
        if kind in ("area", "polygon") and "radius_km" in given:
            raise ContradictionError(say("sectors.refused.radius", kind=kind), parameter="radius_km")
        if kind in ("place", "at") and "radius_km" not in given:
            raise QueryError(say("sectors.refused.no_radius", kind=kind), parameter="radius_km")
        return _READ[kind](given)

    @classmethod
    def from_query(cls, text: str) -> "Sector":
        """Return the sector of a query string; raise QueryError at what it cannot mean."""
        if not isinstance(text, str) or len(text) > LONGEST:
            raise QueryError(say("sectors.refused.long", most=LONGEST), parameter="sector")
        return cls.parse(parse_query(text))

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
    def words(self) -> Notice:
        """The sector in words: "within 100 km of Lampedusa, Italy"."""
        if self.kind == "area":
            return Notice("sectors.where.area", country=basemap.names().get(self.name) or self.name)
        if self.kind == "polygon":
            return Notice("sectors.where.polygon", corners=len(self.points), area_km2=self.area.area_km2)
        radius = _plain(self.radius_km or 0)
        if self.kind == "at":
            return Notice("sectors.where.at", radius=radius, point=point_words(self.points[0]))
        name = self.name if "," in self.name else f"{self.name}, {self.country}"
        return Notice("sectors.where.place", radius=radius, place=name)


def point_words(point: Point) -> Notice:
    """Return a point as ``35.5° N, 12.6° E``."""
    longitude, latitude = point
    return Notice("sectors.point", latitude=f"{abs(latitude):g}", is_north=latitude >= 0,
                  longitude=f"{abs(longitude):g}", is_east=longitude >= 0)  # fmt: skip


def area_names() -> dict[str, str]:
    """Return every country that may be chosen: its name in the map file, and the name shown, sorted by the latter."""
    owned = {shape for one in countries().values() for shape in one.shapes}  # a shape of no country is none to choose
    found = {name: basemap.names().get(name) or name for name in shape_names() & owned}
    return dict(sorted(found.items(), key=lambda pair: towns.folded(pair[1])))


def split_query(query: Query) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return (what states the sector, the rest) of a query."""
    lists = {key: [value] if isinstance(value, str) else list(value) for key, value in query.items()}
    return (
        {key: value for key, value in lists.items() if key in KEYS},
        {key: value for key, value in lists.items() if key not in KEYS},
    )


def _plain(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _written(point: Point) -> str:
    return ",".join(map(_plain, point))


def _area(given: Mapping[str, Any]) -> Sector:
    wanted = towns.folded(given["area"])
    by_name = {towns.folded(name): shape for shape, label in area_names().items() for name in (label, shape)}
    shape = by_name.get(wanted) or _shape_of(given["area"])
    if shape is None:
        near = get_close_matches(wanted, by_name, n=1)
        name = shown(given["area"])
        sentence = (
            say("sectors.refused.country_near", name=name, near=area_names()[by_name[near[0]]])
            if near
            else say("sectors.refused.country", name=name)
        )
        raise AbsentError(sentence, parameter="area")
    return Sector("area", shape)


def _shape_of(text: str) -> str | None:
    """Return the shape of a country by any of its names or its code; None where it has none of its own."""
    known = known_country(text)
    shapes = shapes_of(known.id, shape_names()) if known else ()
    owner = known_country(shapes[0]) if shapes else None
    return shapes[0] if known and shapes and owner in (None, known) else None


def _polygon(given: Mapping[str, Any]) -> Sector:
    try:
        return Sector("polygon", points=sectors.checked_corners(given["polygon"]))
    except NoShapeError as error:
        raise ContradictionError(say(f"sectors.polygon.{error.code}", **error.values), parameter="polygon") from None


def _at(given: Mapping[str, Any]) -> Sector:
    return Sector("at", points=(given["at"],), radius_km=given["radius_km"])


def _place(given: Mapping[str, Any]) -> Sector:
    text: str = given["place"]
    found = towns.towns_named(text)
    if not found:
        near = towns.nearest_spelling(text)
        sentence = (
            say("sectors.refused.town_near", name=shown(text), near=near)
            if near
            else say("sectors.refused.town", name=shown(text))
        )
        raise AbsentError(sentence, parameter="place")
    town = found[0]
    whole = f"{town.name}, {town.country}"
    name = next((one for one in (town.name, whole) if towns.towns_named(one)[:1] == found[:1]), text)
    others = tuple(dict.fromkeys(_other(one, whole) for one in found[1:]))
    point = (town.longitude, town.latitude)
    return Sector("place", name, (point,), given["radius_km"], country=town.country, others=others)


def _other(town: basemap.Place, meant: str) -> str:
    """Return another town of the name with its country; where it lies, too, if both are those of the one meant."""
    said = f"{town.name}, {town.country}"
    if said != meant:
        return said
    return say("sectors.other_town", town=said, point=point_words((town.longitude, town.latitude)))


_READ: Final = {"area": _area, "polygon": _polygon, "place": _place, "at": _at}
