"""Units are types (RULES R1): which measures count in which, and the refusal to add two units."""

from collections.abc import Iterable
from typing import Final

from data.model.errors import UnitError
from data.model.measures import MEASURES, Measure
from data.model.notices import joined, say

__all__ = [
    "FLOW_MEASURES",
    "INCIDENT_MEASURES",
    "PEOPLE",
    "STOCKS",
    "UNITS",
    "Measure",
    "flow_unit",
    "one_unit",
    "unit_of",
]

INCIDENT_MEASURES: Final = {measure.id: measure for measure in MEASURES if measure.kind == "incident"}
FLOW_MEASURES: Final = {measure.id: measure for measure in MEASURES if measure.kind == "flow"}
PEOPLE: Final = tuple(  # measures of people, as columns stand in tables: the parts before what holds them together
    measure.id for measure in sorted(MEASURES, key=lambda one: bool(one.parts)) if measure.aggregate == "people"
)
STOCKS: Final = (
    frozenset(  # people present on a day: kept and listed; never added up over time, so they have no measure
        {"persons_in_hotspots", "persons_in_reception_centres", "persons_in_integration_centres"}
    )
)
UNITS: Final = frozenset(measure.unit for measure in FLOW_MEASURES.values()) | STOCKS


def one_unit(units: Iterable[str]) -> str:
    """Return the unit that all have in common; raise UnitError where there are two (RULES R1)."""
    distinct = sorted(set(units))
    if len(distinct) != 1:
        raise UnitError(say("unit.not_added", units=joined(distinct) if distinct else None))
    return distinct[0]


def flow_unit(measure: str) -> str:
    """Return the unit that a flow measure counts (RULES R1)."""
    return FLOW_MEASURES[measure].unit


def unit_of(measure: str) -> str:
    """Return the unit of any measure."""
    return (INCIDENT_MEASURES | FLOW_MEASURES)[measure].unit
