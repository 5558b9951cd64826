"""Every parameter of the product, once: its name, what it may be, what it means, and what it affects.

The address of the page, its callbacks, the HTTP interface, the command line, the interface's description and the keys
of what is kept are all made from this table; nothing else parses a parameter. What cannot be understood is never
dropped in silence: ``take`` and ``Selection.parse`` raise, ``data.query.address`` returns it beside the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs

from data.model.area_codes import area_ids
from data.model.errors import QueryError
from data.model.indicators import INDICATORS
from data.model.notices import say
from data.model.units import FLOW_MEASURES, INCIDENT_MEASURES
from data.query import kinds, quantities
from data.query.kinds import Choice, Choices, Ids, Kind, Known, Pattern, Text, one_text
from data.query.quantities import Day, Decimal, Numbers, Points, Span, Whole
from data.store import vintage_ref
from geo.areas.study_areas import study_areas

Query = Mapping[str, Iterable[str]]

LONGEST_ADDRESS: Final = 8_000  # characters from the path on; ``callbacks.server.guard`` refuses more with 414
ADDRESS_VERSION: Final = 2  # of these words; an address without ``v`` is of version 1
MEASURES: Final = tuple(INCIDENT_MEASURES)
FLOWS: Final = tuple(FLOW_MEASURES)
STEPS: Final = ("month", "quarter", "year")
PERIODS: Final = ("year", "quarter", "month")
RISK_STEPS: Final = ("year", "half-year")
PLACES: Final = ("route", "region", "cause", "country")
NAMED: Final = (
    *PLACES,
    "origin",
)  # lists of ids, or of names; of an origin no total is split: a record may have several
LAYERS: Final = ("cells", "incidents", "interceptions", "arrivals")
RESOLUTIONS: Final = range(7)  # RULES X2: nothing is known more finely than 6
ROWS: Final = ("dead_or_missing", "flow", "arrivals")
THRESHOLDS: Final = ("incidents", "dead_or_missing", "interceptions", "arrivals")
FIGURES_TYPED: Final = ("deaths", "attempts", "arrivals", "interceptions")
MOST_PEOPLE: Final = 1_000_000_000
VARIABLES: Final = ("incidents", "log_deaths", "dead_or_missing")
FINEST_TESTED: Final = 6
WHOLE_WORLD: Final = "world"
MOST_ROWS_A_PAGE, ROWS_A_PAGE, FARTHEST_ROW = 10_000, 1_000, 10_000_000
LONGEST_QUOTE, LONGEST_NAME, MOST_CORNERS = 300, 100, 1_000

# What a parameter affects: which incidents are meant, what is counted of them, the cells, the series, the flows beside
# them, and what is only displayed. ``data`` is which vintage is read.
INCIDENTS, COUNT, CELLS, SERIES, FLOW, DISPLAY, DATA = (
    "incidents", "count", "cells", "series", "flows", "display", "data"
)  # fmt: skip


@dataclass(frozen=True)
class Parameter:
    """One parameter. ``field`` is the Selection's field that holds it; blank where it is none of a selection."""

    name: str
    kind: Kind
    meaning: str
    affects: tuple[str, ...] = ()
    field: str = ""
    default: Any = None

    def read(self, given: Iterable[str]) -> Any:
        """Return the value that is given; raise QueryError where it cannot be meant."""
        return self.kind.read(one_text(self.name, given), self.name)

    @property
    def option(self) -> str:
        """The option of the command line."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def schema(self) -> kinds.Schema:
        """The JSON Schema of its values, whatever the vintage."""
        return self.kind.schema()


_ID: Final = Pattern(kinds.IDENTITY, "id")
_BOX_CORNER: Final = f"{quantities.BOX_LONGITUDE},{quantities.LATITUDE}"
_COUNTRY: Final = Pattern(f"[A-Z]{{3}}|{kinds.IDENTITY}", "country")

MEASURE = Parameter("measure", Choice(MEASURES), "What is counted of the incidents.",
                    (COUNT, CELLS), "measure", "dead_or_missing")  # fmt: skip
FLOW_SHOWN = Parameter("flow", Choice(FLOWS), "Which interceptions a series shows beside the arrivals.",
                       (SERIES, FLOW), "flow", "detections")  # fmt: skip
FROM = Parameter("from", Day(), "First day, included: YYYY-MM-DD.", (INCIDENTS, FLOW), "start")
TO = Parameter("to", Day(), "Last day, included: YYYY-MM-DD; not before 'from'.", (INCIDENTS, FLOW), "end")
ROUTE = Parameter("route", Ids(_ID), "Ids or names of routes, joined by commas.", (INCIDENTS, SERIES, FLOW),
                  "routes", ())  # fmt: skip
REGION = Parameter("region", Ids(_ID), "Ids or names of the publisher's regions, joined by commas.",
                   (INCIDENTS, SERIES), "regions", ())  # fmt: skip
CAUSE = Parameter("cause", Ids(_ID), "Ids or names of causes, joined by commas.", (INCIDENTS, SERIES), "causes", ())
ORIGIN = Parameter("origin", Ids(_ID), "Ids or names of the origins of the dead and missing as published, presumed "
                   "ones among them, joined by commas. A record of several is chosen by each and counted once (RULES "
                   "Q5).", (INCIDENTS, SERIES), "origins", ())  # fmt: skip
COUNTRY = Parameter("country", Ids(_COUNTRY), "Countries by ISO 3166 alpha-3 code (XKX: Kosovo) or name, joined by "
                    "commas.", (INCIDENTS, SERIES), "countries", ())  # fmt: skip
MIN_QUALITY = Parameter("min_quality", Whole(1, 5), "Lowest source quality of an incident (RULES Q1).",
                        (INCIDENTS, SERIES), "min_quality")  # fmt: skip
SOURCE = Parameter("source", _ID, "One data set; two are never added up (RULES E6).", (INCIDENTS, SERIES, FLOW),
                   "source")  # fmt: skip
STEP = Parameter("step", Choice(STEPS), "Length of a period.", (SERIES,), "step", "month")
RESOLUTION = Parameter("resolution", Whole(RESOLUTIONS[0], RESOLUTIONS[-1]), "H3 resolution of the cells.",
                       (CELLS,), "resolution_chosen")  # fmt: skip
ZOOMED = Parameter("zoomed", Whole(RESOLUTIONS[0], RESOLUTIONS[-1]), "Resolution that the map's zoom asks for, where "
                   "none is chosen.", (CELLS,), "resolution_by_zoom", 3)  # fmt: skip
LAYERS_ON = Parameter("layers", Choices(LAYERS), "Layers that the map draws.", (DISPLAY,), "layers",
                      ("cells", "interceptions", "arrivals"))  # fmt: skip
HEIGHT = Parameter("height", Choice(("cut", "full")), "Bars of flows: cut where a few are far higher than all others, "
                   "or in full.", (DISPLAY,), "height", "cut")  # fmt: skip
CLASSES = Parameter("classes", Choices(tuple("012345")), "Classes of cells that alone are drawn, 0 the lowest, joined "
                    "by commas; all where none is given.", (DISPLAY,), "classes", ())  # fmt: skip
CELL = Parameter("cell", Pattern("8[0-9a-f]{14}", "cell"), "The cell whose incidents "
                 "are listed on the page.", (DISPLAY,), "cell")  # fmt: skip
VIEW = Parameter("view", Numbers(f"{quantities.LONGITUDE},{quantities.MAP_LATITUDE},{quantities.ZOOM}",
                                 "view", (3, 3, 2)),
                 "Where the map is: longitude, latitude, zoom.", (DISPLAY,), "view")  # fmt: skip
VINTAGE = Parameter("vintage", Pattern(f"{vintage_ref.NAME}|{quantities.DAY}", "vintage"),
                    "A vintage by name, or a day: as known on it. A name, or a day that is over, never changes.",
                    (DATA,), "vintage")  # fmt: skip
VERSION = Parameter("v", Whole(1, ADDRESS_VERSION), "Version of these words; an address without it is of version 1.")
SELECTION: Final = (MEASURE, FLOW_SHOWN, FROM, TO, ROUTE, REGION, CAUSE, ORIGIN, COUNTRY, MIN_QUALITY, SOURCE, STEP,
                    RESOLUTION, ZOOMED, LAYERS_ON, HEIGHT, CLASSES, CELL, VIEW, VINTAGE)  # fmt: skip
BY_NAME: Final = {one.name: one for one in SELECTION}

ANY_MEASURE = Parameter("measure", Choice((*MEASURES, *FLOWS)), "One measure; each has a unit of its own.",
                        default="dead_or_missing")  # fmt: skip
BY = Parameter("by", Choice((*PERIODS, *PLACES)), "How the total is split; what no group holds is stated.")
LIMIT = Parameter("limit", Whole(1, MOST_ROWS_A_PAGE), "Rows of one page.", default=ROWS_A_PAGE)
OFFSET = Parameter("offset", Whole(0, FARTHEST_ROW), "Rows before the page; the order is stable within a vintage.",
                   default=0)  # fmt: skip
CHANGE_BY = Parameter("by", Choice(("route", "cell", "month")), "How the change is split.", default="route")
FIRST = Parameter("first", Span(), "The earlier window: first..last day.")
SECOND = Parameter("second", Span(), "The later window: first..last day.")
AS_OF = Parameter("as_of", Day(), "The last day counted.")
WITHIN_KM = Parameter("within_km", Whole(10, 500), "Half-width of a corridor.", default=100)
STUDY_AREA = Parameter("study_area", Choice(tuple(study_areas())), "Study area whose cells are compared (RULES G2).",
                       default=WHOLE_WORLD)  # fmt: skip
VARIABLE = Parameter("measure", Choice(VARIABLES), "Variable per cell (RULES G1).", default="incidents")
TESTED_RESOLUTION = Parameter("resolution", Whole(1, FINEST_TESTED), "H3 resolution; the area may be too large for it.",
                              default=3)  # fmt: skip
EMERGING = Parameter("emerging", Choice(("no", "yes")), "Patterns over months as well.", default="no")
RISK_STEP = Parameter("step", Choice(RISK_STEPS), "Period of a row.", default="year")
QUOTE = Parameter(
    "text", Text(LONGEST_QUOTE), "A quoted risk, such as 1 in 35, 1:35 or 2.9 %; also in a sentence about dying."
)
FIGURES: Final = tuple(
    Parameter(name, Whole(0, MOST_PEOPLE, "people", has_marks=True), f"{name.capitalize()}, typed.")
    for name in FIGURES_TYPED
)
AREA = Parameter("area", Text(LONGEST_NAME), "A country by its name.")
PLACE = Parameter("place", Text(LONGEST_NAME), "A town; with radius_km.")
AT = Parameter("at", Numbers(f"{quantities.LONGITUDE},{quantities.LATITUDE}", "point", (4, 4)),
               "Longitude and latitude; with radius_km.")  # fmt: skip
POLYGON = Parameter("polygon", Points(3, MOST_CORNERS), "Corners as longitude,latitude, joined by semicolons; as many "
                    f"as {MOST_CORNERS:,} are read.")  # fmt: skip
RADIUS_KM = Parameter("radius_km", Decimal(1.0, 500.0, "km"), "Radius around a town or a point.")
WATCHED = Parameter("sector", _ID, "A watched sector's name.")
WAY = Parameter("by", Choice(("area", "place", "polygon")), "Which of the form's three ways is meant.")
SECTOR: Final = (AREA, POLYGON, PLACE, AT, RADIUS_KM)
SINCE = Parameter("since", Day(), "First day of what counts as new.")
ABOVE: Final = tuple(
    Parameter(f"{name}_above", Whole(1, 10_000_000), f"Say where {name.replace('_', ' ')} since then are above this.")
    for name in THRESHOLDS
)
DICTIONARY = Parameter("dictionary", Choice(("yes", "no")), "no: the CSV alone; yes: a ZIP with a text beside it.",
                       default="yes")  # fmt: skip
SIZE = Parameter("size", Choice(("article", "square", "story", "a4")), "What the picture is laid out for.",
                 default="article")  # fmt: skip
SCALE = Parameter("scale", Choice(("1", "2", "3")), "Pixels per pixel; changes a PNG alone.", default="1")
SERIES_DRAWN = Parameter("series", Choice(("all", *ROWS)), "Series that a picture of the series draws: all three, or "
                         "one alone.", default="all")  # fmt: skip
PAGE = Parameter("page", Choice(("1", "2")), "Page of the brief.", default="1")
FIGURE = Parameter("figure", Choice(("map", "series")), "Figure of a frame.", default="map")
WIDTH = Parameter("width", Choice(("wide", "middle", "narrow")), "Width of a drawing.", default="wide")
BOX = Parameter("box", Numbers(f"{_BOX_CORNER},{_BOX_CORNER}",
                               "box", (4, 4, 4, 4)),
                "What of the map is in view; east may pass 180.")  # fmt: skip
INDICATOR = Parameter("indicator", Choice(tuple(INDICATORS)), "One indicator; /api/v1/indicators says what each is.")
_AREA: Final = Known(area_ids(), "indicators.no_area")
AREA_OF_FIGURE = Parameter("area", Ids(_AREA), "Areas of figures by ISO 3166 alpha-3 code (XKX: Kosovo), or ids of "
                           "aggregates such as eu-28, joined by commas.", default=())  # fmt: skip
PARTNER = Parameter("partner", Ids(_AREA), "The other areas of pairs, such as nationalities, likewise.", default=())
ROW = Parameter("row", Whole(0, 10**9), "An incident by its place in the table.")


def parse_query(text: str) -> dict[str, list[str]]:
    """Return what a query string states: each parameter with all that it is given, blank values too."""
    return parse_qs(text.lstrip("?"), keep_blank_values=True)


def take(query: Query, *wanted: Parameter) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Return (the values of ``wanted`` by name, the rest of the query); what is not given has its default.

    Raises
    ------
    QueryError
        A wanted parameter is given more than once, or cannot be meant.
    """
    rest = {key: [given] if isinstance(given, str) else list(given) for key, given in query.items()}
    found = {one.name: one.read(rest.pop(one.name)) if one.name in rest else one.default for one in wanted}
    return found, rest


def refuse_unknown(query: Query, known: Sequence[Parameter]) -> None:
    """Raise QueryError at a parameter that is not one of ``known``."""
    names = [one.name for one in known]
    for key in query:
        if key not in names:
            sentence = say("parameters.unknown_here", name=key[:60], options=", ".join(names))
            raise QueryError(sentence, parameter=key[:60])
