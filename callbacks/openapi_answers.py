"""The answers that are no lists, and the pictures, in the interface's description."""

from collections.abc import Mapping
from typing import Any, Final

from callbacks.openapi_groups import ABOVE, FIGURES, QUOTED, SECTOR, SECTOR_OR_WATCHED, SINCE
from data.compare import BY as CHANGE_BY
from data.corridors import WITHIN_KM
from data.parameters import DAY, Schema
from data.study import FINEST
from data.study import MEASURES as VARIABLES
from geo.study_areas import study_areas
from layouts.pictures.description import SCALES, SIZES
from layouts.pictures.write import MEDIA as PICTURE_MEDIA

Parameters = Mapping[str, tuple[Schema, str]]
QUOTED_AS: Final = "Such as 1 in 35, 1:35 or 2.9 %; also in a sentence about dying."
CENTURY_DAY: Final = DAY["pattern"].strip("^$")
WINDOW: Final[Schema] = {"type": "string", "pattern": f"^{CENTURY_DAY}[.][.]{CENTURY_DAY}$"}
NAMED: Final = ("vintage", "v")
INCIDENT_WORDS: Final = (
    "measure",
    "route",
    "region",
    "cause",
    "country",
    "min_quality",
    "source",
    "step",
    "resolution",
)
OTHER_MEDIA: Final = {"sector/changes.atom": "application/atom+xml"}
PICTURE_WORDS: Final[Parameters] = {
    "size": ({"type": "string", "enum": list(SIZES)}, "What the picture is laid out for."),
    "scale": ({"type": "string", "enum": list(SCALES)}, "Pixels per pixel; changes a PNG alone."),
}
DRAWN: Final = {kind: media.partition(";")[0] for kind, media in PICTURE_MEDIA.items()}
PICTURES: Final = {  # figure: its formats, each with its media type
    "map": DRAWN,
    "series": DRAWN,
    "brief": {"pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml"},
    "view": {"html": "text/html"},
}
PAGES: Final[Parameters] = {"page": ({"type": "string", "enum": ["1", "2"]}, "Page of the brief.")}
SUMMARIES: Final = {
    "risk": "Deaths per attempt of one route in one window, each formula named, or why it is not computable",
    "quote": "Which variant, route and period yields a quoted risk",
    "trends": "The same days of each year, what is provisional, seasons, suggestions of change",
    "compare": "Two windows side by side",
    "corridors": "People near each route line, near none, and not located",
    "hotspots": "Where more was recorded than around, with statistics and stability",
    "sector": "What is recorded in an area, and what is new there",
    "sector/changes": "What a person has released of a sector's changes, newest first",
    "sector/changes.atom": "The same as an Atom feed",
}


def answer_parameters(known: Parameters) -> dict[str, tuple[Parameters, tuple[str, ...]]]:
    """Return (parameters, those that must be given) of every answer by its name."""

    def taken(*names: str) -> dict[str, tuple[Schema, str]]:
        return {name: known[name] for name in (*names, *NAMED)}

    one_route = {"route": ({"type": "string", "enum": known["route"][0]["items"]["enum"]}, "One route.")}
    windows = dict.fromkeys(("first", "second"), (WINDOW, "First..last day."))
    by = {"by": ({"type": "string", "enum": list(CHANGE_BY)}, "How the change is split.")}
    within = {"type": "integer", "minimum": WITHIN_KM[0], "maximum": WITHIN_KM[-1]}
    area = {"region": ({"type": "string", "enum": sorted(study_areas())}, "Study area."),
            "measure": ({"type": "string", "enum": list(VARIABLES)}, "Variable per cell (RULES G1)."),
            "resolution": ({"type": "integer", "minimum": 1, "maximum": FINEST},
                           "H3 resolution; the area may be too large for it."),
            "emerging": ({"type": "string", "enum": ["yes", "no"]}, "Patterns over months as well.")}  # fmt: skip
    window = {name: known[name] for name in ("from", "to")}
    filters = ("route", "cause", "country", "min_quality", "source")
    return {
        "risk": ({**taken("source"), **window, **one_route}, ("route", "from", "to")),
        "quote": ({**taken(), **one_route, **FIGURES, "text": (QUOTED, QUOTED_AS)}, ("text",)),
        "trends": ({**taken(*INCIDENT_WORDS), **window, "as_of": (DAY, "The last day counted.")}, ()),
        "compare": ({**taken(*INCIDENT_WORDS), **windows, **by}, ("first", "second")),
        "corridors": ({**taken(*INCIDENT_WORDS), **window, "within_km": (within, "Half-width of a corridor.")}, ()),
        "hotspots": ({**taken(*filters), **window, **area}, ()),
        "sector": ({**taken(*INCIDENT_WORDS), **window, **SECTOR, **SINCE, **ABOVE}, ("sector",)),
        "sector/changes": ({**SECTOR_OR_WATCHED, **SINCE}, ("sector",)),
        "sector/changes.atom": ({**SECTOR_OR_WATCHED, **SINCE}, ("sector",)),
    }


def picture_files(known: Parameters) -> dict[str, tuple[str, Parameters]]:
    """Return (media type, parameters) of every picture and sheet by its file."""
    own: dict[str, Parameters] = {"map": PICTURE_WORDS, "series": PICTURE_WORDS, "brief": PAGES, "view": {}}
    return {
        f"{figure}.{kind}": (media, {**known, **(own[figure] if kind != "pdf" or figure != "brief" else {})})
        for figure, kinds in PICTURES.items()
        for kind, media in kinds.items()
    }


def inline(name: str, schema: Schema, meaning: str, *, is_required: bool) -> dict[str, Any]:
    """Return a parameter as an operation states it."""
    styles = {"array": {"style": "form", "explode": False}, "object": {"style": "form", "explode": True}}
    style = styles.get(schema["type"], {})
    return {"name": name, "in": "query", "required": is_required, "description": meaning, "schema": schema, **style}
