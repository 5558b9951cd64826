"""What the answers that are no lists hold, in the interface's description: agreed keys, their types and their units.

An answer may hold more than is described; what is described is always there.
"""

from collections.abc import Mapping
from typing import Final

from data.parameters import Schema

TEXT: Final[Schema] = {"type": "string"}
NUMBER: Final[Schema] = {"type": "number"}
WHOLE: Final[Schema] = {"type": "integer"}
YES: Final[Schema] = {"type": "boolean"}
ANY: Final[Schema] = {"type": "object"}


def or_null(schema: Schema) -> Schema:
    """Return the same, or null: not known, not stated, not asked for."""
    return {**schema, "type": [schema["type"], "null"]}


def listed(schema: Schema) -> Schema:
    """Return a list of these."""
    return {"type": "array", "items": schema}


def holding(**properties: Schema) -> Schema:
    """Return an object that has these, and may have more."""
    return {"type": "object", "required": list(properties), "properties": properties}


def people(meaning: str) -> Schema:
    """Return a count of people; null: not known, never 0."""
    return {"type": ["integer", "null"], "description": f"People: {meaning}; null: not known."}


OF_DATA: Final[Mapping[str, Schema]] = {"vintage": TEXT, "is_demonstration": YES}
SCOPED: Final[Mapping[str, Schema]] = {"measure": TEXT, "unit": TEXT, "source": or_null(TEXT), "query": TEXT, **OF_DATA}
SAID: Final[Mapping[str, Schema]] = {"sentence": TEXT, "caution": listed(TEXT)}
FORMULA: Final[Mapping[str, Schema]] = {"name": {"type": "string", "enum": ["rho", "rho_arr", "kappa"]}, "symbol": TEXT,
                                        "label": TEXT, "formula": TEXT}  # fmt: skip
COMPUTED: Final = holding(
    **FORMULA, value=NUMBER, one_in=or_null(WHOLE), low=or_null(NUMBER), high=or_null(NUMBER), denominator=WHOLE
)
VARIANT: Final[Schema] = {"oneOf": [COMPUTED, holding(**FORMULA, not_computable=TEXT)]}
INPUT: Final = holding(
    source=or_null(TEXT), title=or_null(TEXT), unit=TEXT, editions=listed(TEXT), gap=or_null(TEXT), notes=listed(TEXT),
    places=listed(TEXT), left_out=listed(TEXT),
)  # fmt: skip
RISK: Final = holding(
    route=TEXT, route_name=TEXT, to=TEXT, deaths=people("dead or missing, at least"), arrivals=people("who arrived"),
    interceptions=people("intercepted and returned"), attempts=people("all three together"),
    variants=listed(VARIANT), sources=holding(deaths=INPUT, arrivals=INPUT, interceptions=INPUT), caption=TEXT,
    **{"from": TEXT}, **OF_DATA,
)  # fmt: skip
MATCH: Final = holding(
    variant=TEXT, formula=TEXT, route=or_null(TEXT), to=or_null(TEXT), deaths=WHOLE, denominator=WHOLE, value=NUMBER,
    one_in=or_null(WHOLE), leaves_out=TEXT, sentence=TEXT, **{"from": or_null(TEXT)},
)  # fmt: skip
QUOTE: Final = holding(
    text=TEXT, figure=TEXT, value=NUMBER, matched=WHOLE, matches=listed(MATCH), nearest=listed(MATCH),
    not_computable=ANY, searched=WHOLE, windows=or_null(WHOLE), **OF_DATA,
)  # fmt: skip
CELL: Final = holding(
    cell=TEXT, place=TEXT, value=NUMBER, z=or_null(NUMBER), p=or_null(NUMBER), q=or_null(NUMBER),
    stability=NUMBER, rank=or_null(WHOLE), incidents=WHOLE, dead_or_missing=or_null(WHOLE), **{"class": TEXT},
)  # fmt: skip
RANKING: Final = holding(top=WHOLE, draws=WHOLE, by=TEXT, words=TEXT)
HOT_SPOTS: Final = holding(
    study_area=holding(id=TEXT, name=TEXT, surface=TEXT, words=TEXT), cells_in_study_area=WHOLE, resolution=WHOLE,
    cells=listed(CELL), not_computable=or_null(TEXT), ranking=RANKING, ranking_kept=or_null(ANY), emerging=or_null(ANY),
    total=or_null(WHOLE), in_area=WHOLE, outside_area=WHOLE, not_located=WHOLE, unit=TEXT, **OF_DATA,
)  # fmt: skip
SUMS: Final = holding(records=WHOLE, people=WHOLE, no_number=WHOLE)
SECTOR_CELL: Final = holding(cell=TEXT, place=TEXT, incidents=WHOLE, stability=NUMBER)
AREA: Final = holding(query=TEXT, words=TEXT, kind=TEXT, others_of_that_name=listed(TEXT))
HOT: Final = holding(words=TEXT, cells=listed(ANY), not_computable=or_null(TEXT))
SECTOR: Final = holding(
    sector=AREA, since=or_null(TEXT), total=SUMS, new=ANY,
    places=holding(inside=SUMS, could=SUMS, outside=SUMS, not_located=SUMS), cells=listed(SECTOR_CELL),
    ranking=RANKING, hot_spots=HOT, season=ANY, thresholds=listed(ANY), cautions=listed(TEXT), **OF_DATA,
)  # fmt: skip
WINDOW: Final = holding(to=TEXT, days=WHOLE, value=or_null(WHOLE), is_covered=YES, **{"from": TEXT})
SHAPES: Final[Mapping[str, Schema]] = {
    "risk": RISK,
    "quote": QUOTE,
    "trends": holding(as_of=or_null(TEXT), **SCOPED, caution=listed(TEXT)),
    "compare": holding(first=WINDOW, second=WINDOW, change=ANY, by=TEXT, rows=listed(ANY), dropped=ANY, outside=ANY,
                       **SCOPED, **SAID),
    "corridors": holding(within_km=WHOLE, total=or_null(WHOLE), off=WHOLE, not_located=WHOLE, segments=listed(ANY),
                         **SCOPED, **SAID),
    "hotspots": HOT_SPOTS,
    "sector": SECTOR,
    "sector/changes": holding(sector=holding(query=TEXT, words=TEXT), since=or_null(TEXT), changes=listed(ANY),
                              more=WHOLE, cautions=listed(TEXT), **OF_DATA),
}  # fmt: skip
