"""The questions of the page and their options: what ``ask=`` and ``ask.…=`` of an address may say.

Each option is a parameter of the table; options of version 1 that had another word are read by it.
"""

from collections.abc import Mapping
from typing import Any, Final

from data.model.errors import QueryError
from data.model.notices import say
from data.query import kinds, parameters
from data.query.kinds import Choice, Pattern
from data.query.parameters import Parameter

OFFERED_SIZES: Final = ("3", "2", "4")  # of the cells of hot spots on the page, the default first
ONE_ROUTE = Parameter("route", Pattern(kinds.IDENTITY, "id"), "One route.")
VARIANT = Parameter("variant", Choice(("rho", "rho_arr", "kappa")), "A formula of risk (RULES R4).")
AREA_SHOWN = Parameter("study_area", parameters.STUDY_AREA.kind, "Study area; as the filters say where none is chosen.")
CELL_SIZE = Parameter("size", Choice(OFFERED_SIZES), "H3 resolution of the cells.", default=OFFERED_SIZES[0])
COUNTED = Parameter("counted", Choice(parameters.VARIABLES), "Variable per cell.", default=parameters.VARIABLES[0])
TABLES: Final = ("cells", "periods", "routes", "incidents")
TABLE = Parameter("kind", Choice(TABLES), "Table that is open.", default=TABLES[0])
PATTERNS = Parameter("patterns", parameters.EMERGING.kind, "Patterns over months as well.", default="no")

VIEW_SHOWN = Parameter("view", Pattern(kinds.VIEW_ID, "id"), "One view of the four pillars; all where none is chosen.")


def _named(*options: Parameter) -> dict[str, Parameter]:
    return {one.name: one for one in options}


OPTIONS_OF: Final[Mapping[str, Mapping[str, Parameter]]] = {
    "year": {},
    "risk": _named(ONE_ROUTE, parameters.RISK_STEP, VARIANT),
    "hotspots": _named(AREA_SHOWN, CELL_SIZE, COUNTED, PATTERNS),
    "corridors": _named(parameters.WITHIN_KM),
    "compare": _named(parameters.FIRST, parameters.SECOND, parameters.CHANGE_BY, AREA_SHOWN),
    "quote": _named(parameters.QUOTE, ONE_ROUTE, *parameters.FIGURES),
    "pillars": _named(VIEW_SHOWN),
    "sector": _named(parameters.WAY, *parameters.SECTOR, parameters.SINCE, *parameters.ABOVE),
}
SHEETS_OF: Final = {**OPTIONS_OF, "table": _named(TABLE), "sources": {}}  # what the address may open, with its options
OLD_WORDS: Final = {"hotspots": {"area": "study_area"}, "compare": {"area": "study_area"}}  # of version 1


def words_of_today(question: str, option: str) -> str:
    """Return an option's word of today for one of version 1."""
    return OLD_WORDS.get(question, {}).get(option, option)


def chosen(options: Mapping[str, str], *wanted: Parameter) -> dict[str, Any]:
    """Return the values of a question's options, blank ones as their defaults; raise QueryError at any other."""
    stated = {name: value for name, value in options.items() if value}
    for name in stated.keys() - {one.name for one in wanted}:
        raise QueryError(say("parameters.no_option", name=name[:60]), parameter=name[:60])
    return {one.name: one.read(stated[one.name]) if one.name in stated else one.default for one in wanted}
