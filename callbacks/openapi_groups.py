"""Parameters that belong together, in the interface's description: the ways to state a sector, and typed figures.

A group is one parameter of OpenAPI, an object in ``form`` style that is exploded: each of its properties is a parameter
of the address, and only the combinations that its schema allows are answered.
"""

from collections.abc import Mapping
from typing import Any, Final

from data.parameters import DAY, Schema
from data.quoted import LONGEST as LONGEST_QUOTE
from data.risk_answers import LARGEST, TYPED
from data.sectors import LARGEST_KM, SMALLEST_KM
from data.thresholds import LARGEST_THRESHOLD, THRESHOLDS

Parameters = Mapping[str, tuple[Schema, str]]
POINT: Final = "-?(1[0-7][0-9]|[1-9]?[0-9])([.][0-9]{1,6})?,-?[1-8]?[0-9]([.][0-9]{1,6})?"
NAME: Final[Schema] = {"type": "string", "pattern": r"\S", "maxLength": 100}
RADIUS: Final[Schema] = {"type": "number", "minimum": SMALLEST_KM, "maximum": LARGEST_KM}
WAYS: Final[dict[str, Schema]] = {
    "area": NAME | {"description": "A country by its name on the map."},
    "place": NAME | {"description": "A town; with radius_km."},
    "at": {"type": "string", "pattern": f"^{POINT}$", "description": "Longitude and latitude; with radius_km."},
    "polygon": {
        "type": "string", "pattern": f"^{POINT}(;{POINT}){{2,20}}$",
        "description": "Corners as longitude,latitude, joined by semicolons; as many as 1,000 are read.",
    },
    "sector": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$", "description": "A watched sector's name."},
}  # fmt: skip
AROUND: Final = ("place", "at")
SINCE: Final[Parameters] = {"since": (DAY, "First day of what counts as new.")}
ABOVE: Final[Parameters] = {
    f"{name}_above": (
        {"type": "integer", "minimum": 1, "maximum": LARGEST_THRESHOLD},
        f"Say where {name.replace('_', ' ')} since then are above this.",
    )
    for name in THRESHOLDS
}
QUOTED: Final[Schema] = {
    "type": "string", "maxLength": LONGEST_QUOTE,
    "pattern": "^((1|one)( (in|per|out of) |:|/)[1-9][0-9]{0,8}|[1-9][0-9]?([.][0-9]{1,6})? ?(%|percent|per cent)"
               "|0?[.][0-9]{0,8}[1-9])$",
}  # fmt: skip


def whole(properties: Mapping[str, Schema], *needed: str) -> Schema:
    """Return the schema of an object with these properties and no other, ``needed`` ones always."""
    found: dict[str, Any] = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return {**found, "required": list(needed)}


def _way(name: str) -> Schema:
    around = {"radius_km": RADIUS} if name in AROUND else {}
    return whole({name: WAYS[name], **around}, name, *around)


def _ways(*names: str) -> Schema:
    return {"type": "object", "oneOf": [_way(name) for name in names]}


SECTOR: Final[Parameters] = {"sector": (_ways("area", "place", "at", "polygon"), "A sector, in one of four ways.")}
SECTOR_OR_WATCHED: Final[Parameters] = {"sector": (_ways(*WAYS), "A sector, in one of four ways, or watched.")}
FIGURES: Final[Parameters] = {
    "figures": (
        whole({name: {"type": "integer", "minimum": 0, "maximum": LARGEST} for name in TYPED}, "deaths"),
        "Figures of your own: deaths, and any of attempts, arrivals and interceptions.",
    )
}
