"""Parameters that belong together, in the interface's description: the ways to state a sector, and typed figures.

A group is one parameter of OpenAPI, an object in ``form`` style that is exploded: each of its properties is a parameter
of the address, and only the combinations that its schema allows are answered.
"""

from collections.abc import Mapping
from typing import Any, Final

from data.query import parameters
from data.query.described import Described, described
from data.query.kinds import Schema
from data.query.parameters import Parameter

Parameters = Mapping[str, Described]
AROUND: Final = (parameters.PLACE, parameters.AT)
SINCE: Final[Parameters] = described(parameters.SINCE)
ABOVE: Final[Parameters] = described(*parameters.ABOVE)
QUOTED: Final[Schema] = {  # of the texts that are read, those that can be generated; a sentence may hold more
    **parameters.QUOTE.schema,
    "pattern": "^((1|one)( (in|per|out of) |:|/)[1-9][0-9]{0,8}|[1-9][0-9]?([.][0-9]{1,6})? ?(%|percent|per cent)"
               "|0?[.][0-9]{0,8}[1-9])$",
}  # fmt: skip


def whole(properties: Mapping[str, Schema], *needed: str) -> Schema:
    """Return the schema of an object with these properties and no other, ``needed`` ones always."""
    found: dict[str, Any] = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return {**found, "required": list(needed)}


def _way(one: Parameter) -> Schema:
    stated = (one, *((parameters.RADIUS_KM,) if one in AROUND else ()))
    properties = {each.name: {**each.schema, "description": each.meaning} for each in stated}
    return whole(properties, *properties)


def _ways(*ways: Parameter) -> Schema:
    return {"type": "object", "oneOf": [_way(one) for one in ways]}


WAYS: Final = (parameters.AREA, parameters.PLACE, parameters.AT, parameters.POLYGON)
SECTOR: Final[Parameters] = {"sector": (_ways(*WAYS), "A sector, in one of four ways.")}
SECTOR_OR_WATCHED: Final[Parameters] = {
    "sector": (_ways(*WAYS, parameters.WATCHED), "A sector, in one of four ways, or watched.")
}
FIGURES: Final[Parameters] = {
    "figures": (
        whole({one.name: one.schema for one in parameters.FIGURES}, "deaths"),
        "Figures of your own: deaths, and any of attempts, arrivals and interceptions.",
    )
}
