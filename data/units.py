"""Units are types (RULES R1): what each measure counts, and the refusal to add two units."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from data.errors import UnitError


@dataclass(frozen=True)
class Measure:
    """A number shown per group: its id, its unit, its name in a sentence, and what it is not."""

    id: str
    unit: str
    name: str
    caution: str = ""


def _by_id(*measures: Measure) -> dict[str, Measure]:
    return {measure.id: measure for measure in measures}


INCIDENT_MEASURES: Final = _by_id(
    Measure("dead_or_missing", "people", "dead or missing", "A minimum: read it as “at least”."),
    Measure("dead", "people", "dead (bodies recovered)", "Bodies recovered only."),
    Measure("missing", "people", "missing, presumed dead", "A minimum estimate; bodies found later reduce it."),
    Measure("incidents", "incidents", "incidents", "Published records, not people."),
    Measure("events", "events", "events", "Records that share the publisher's event id count once."),
)

FLOW_MEASURES: Final = _by_id(
    Measure(
        "detections",
        "detections",
        "detections",
        "Detections, not persons: the same person may be detected more than once.",
    ),
    Measure(
        "encounters",
        "encounters",
        "encounters",
        "Encounters, not persons: the same person may be encountered more than once.",
    ),
    Measure("interceptions", "persons_intercepted", "people intercepted", "People stopped by a state on the way."),
    Measure("arrivals", "persons_arrived", "people who arrived", "People who reached the other side."),
    Measure(
        "transits",
        "transits",
        "transits",
        "People registered as they passed; onward movement is counted again.",
    ),
)

UNITS: Final = frozenset(measure.unit for measure in FLOW_MEASURES.values())


def one_unit(units: Iterable[str]) -> str:
    """Return the unit that all have in common; raise UnitError where there are two (RULES R1)."""
    distinct = sorted(set(units))
    if len(distinct) != 1:
        raise UnitError(f"{' and '.join(distinct) or 'nothing'} cannot be added: units are types (RULES R1).")
    return distinct[0]
