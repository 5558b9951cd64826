"""The answers that are no lists, and the pictures, in the interface's description."""

from collections.abc import Mapping
from typing import Any, Final

from callbacks.api.openapi.groups import ABOVE, FIGURES, QUOTED, SECTOR, SECTOR_OR_WATCHED, SINCE
from data.pillars.request import ADDED_VIEW, DRAWN_VIEW
from data.query import parameters
from data.query.described import Described, described
from data.query.kinds import Schema
from layouts.pictures.exports import PICTURES

Parameters = Mapping[str, Described]
QUOTED_AS: Final = "Such as 1 in 35, 1:35 or 2.9 %; also in a sentence about dying."
NAMED: Final = ("vintage", "v")
INCIDENT_WORDS: Final = (
    "measure",
    "route",
    "region",
    "cause",
    "origin",
    "country",
    "min_quality",
    "source",
    "step",
    "resolution",
)
PICTURE_WORDS: Final[Parameters] = described(parameters.SIZE, parameters.SCALE)
SERIES_WORDS: Final[Parameters] = described(parameters.SIZE, parameters.SCALE, parameters.SERIES_DRAWN)
VIEW_WORDS: Final[Parameters] = described(parameters.SIZE, parameters.SCALE, DRAWN_VIEW)
IN_BRIEF: Final[Parameters] = described(ADDED_VIEW)
PAGES: Final[Parameters] = described(parameters.PAGE, ADDED_VIEW)


def answer_parameters(known: Parameters) -> dict[str, tuple[Parameters, tuple[str, ...]]]:
    """Return (parameters, those that must be given) of every answer by its name."""

    def taken(*names: str) -> dict[str, tuple[Schema, str]]:
        return {name: known[name] for name in (*names, *NAMED)}

    one_route = {"route": ({"type": "string", "enum": known["route"][0]["items"]["enum"]}, "One route.")}
    windows = described(parameters.FIRST, parameters.SECOND, parameters.CHANGE_BY)
    area = described(parameters.STUDY_AREA, parameters.VARIABLE, parameters.TESTED_RESOLUTION, parameters.EMERGING)
    window = {name: known[name] for name in ("from", "to")}
    filters = ("route", "region", "cause", "origin", "country", "min_quality", "source")
    return {
        "risk": ({**taken("source"), **window, **one_route}, ("route", "from", "to")),
        "quote": ({**taken(), **one_route, **FIGURES, "text": (QUOTED, QUOTED_AS)}, ("text",)),
        "trends": ({**taken(*INCIDENT_WORDS), **window, **described(parameters.AS_OF)}, ()),
        "compare": ({**taken(*INCIDENT_WORDS), **windows}, ("first", "second")),
        "corridors": ({**taken(*INCIDENT_WORDS), **window, **described(parameters.WITHIN_KM)}, ()),
        "hotspots": ({**taken(*filters), **window, **area}, ()),
        "sector": ({**taken(*INCIDENT_WORDS), **window, **SECTOR, **SINCE, **ABOVE}, ("sector",)),
        "sector/changes": ({**SECTOR_OR_WATCHED, **SINCE}, ("sector",)),
        "sector/changes.atom": ({**SECTOR_OR_WATCHED, **SINCE}, ("sector",)),
    }


def picture_files(known: Parameters) -> dict[str, tuple[str, Parameters]]:
    """Return (media type, parameters) of every picture and sheet by its file."""
    own: dict[str, Parameters] = {"map": PICTURE_WORDS, "series": SERIES_WORDS, "pillar": VIEW_WORDS,
                                  "brief": PAGES, "brief.pdf": IN_BRIEF, "view": {}}  # fmt: skip
    return {
        f"{figure}.{kind}": (media, {**known, **own.get(f"{figure}.{kind}", own[figure])})
        for figure, kinds in PICTURES.items()
        for kind, media in kinds.items()
    }


def inline(name: str, schema: Schema, meaning: str, *, is_required: bool) -> dict[str, Any]:
    """Return a parameter as an operation states it."""
    styles = {"array": {"style": "form", "explode": False}, "object": {"style": "form", "explode": True}}
    style = styles.get(schema["type"], {})
    return {"name": name, "in": "query", "required": is_required, "description": meaning, "schema": schema, **style}
