"""What every answer about incidents says of itself: whose numbers, of which vintage, and how to read them."""

from typing import Any, Final

import polars as pl

from data.errors import QueryError
from data.exports.about import DEMONSTRATION
from data.measures import incident_source, unit_of
from data.selection import Selection
from data.totals import check_fits, checked
from data.units import INCIDENT_MEASURES
from data.vintage import Vintage

EVENTS_OVERLAP: Final = "An event whose records lie in several groups counts in each, so the groups add up to more."


def checked_scope(vintage: Vintage, selection: Selection) -> Selection:
    """Return ``selection``; raise QueryError where it names what is not here, or no incident database."""
    checked(vintage, selection)
    check_fits(vintage, selection, selection.measure)
    return selection


def is_public(vintage: Vintage, selection: Selection) -> bool:
    """Return whether the selection's incident source is published at the precision that is stored (RULES 9)."""
    tiers = vintage.sources.filter(pl.col("source") == pl.lit(incident_source(vintage, selection)))["sensitivity"]
    return bool((tiers == "public").all())


def scope(vintage: Vintage, selection: Selection) -> dict[str, Any]:
    """Return measure, unit, source, query, vintage and is_demonstration of an answer about incidents."""
    return {
        "measure": selection.measure,
        "unit": unit_of(selection.measure),
        "source": incident_source(vintage, selection),
        "query": selection.to_query(),
        "vintage": vintage.name,
        "is_demonstration": vintage.is_demonstration,
    }


def cautions(vintage: Vintage, selection: Selection) -> list[str]:
    """Return the sentences that go with every number of the measure: invented or not, what it is (RULES C4, P8)."""
    invented = [DEMONSTRATION] if vintage.is_demonstration else []
    overlap = [EVENTS_OVERLAP] if selection.measure == "events" else []
    return [*invented, INCIDENT_MEASURES[selection.measure].caution, *overlap]


def refuse_restricted(vintage: Vintage, selection: Selection, what: str) -> None:
    """Raise QueryError where the source may not be shown so finely (RULES 9)."""
    if not is_public(vintage, selection):
        raise QueryError(f"This source is not public: {what} may not leave. Choose another source.", parameter="source")
