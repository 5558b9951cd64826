"""What every answer about incidents says of itself: whose numbers, of which vintage, and how to read them."""

from typing import TypedDict

from data.model.answers import Answer
from data.model.notices import Notice
from data.model.units import unit_of
from data.query.resolve import incident_source, require_known_ids, require_source_counts
from data.query.restriction import reader_marks
from data.query.selection import Selection
from data.store.vintage import Vintage


class Scope(TypedDict):
    """What is counted, in what, of whose data, as which vintage has it: the fields of ``Scoped``, to make one with."""

    measure: str
    unit: str
    source: str | None
    query: str
    vintage: str
    is_demonstration: bool


class Scoped(Answer, frozen=True, kw_only=True):
    """What every answer about incidents begins with."""

    measure: str
    unit: str
    source: str | None
    query: str
    vintage: str
    is_demonstration: bool


def checked_scope(vintage: Vintage, selection: Selection) -> Selection:
    """Return ``selection``; raise QueryError where it names what is not here, or no incident database."""
    require_known_ids(vintage, selection)
    require_source_counts(vintage, selection, selection.measure)
    return selection


def scope(vintage: Vintage, selection: Selection) -> Scope:
    """Return what an answer about incidents begins with."""
    return Scope(
        measure=selection.measure,
        unit=unit_of(selection.measure),
        source=incident_source(vintage, selection),
        query=selection.to_query(),
        vintage=vintage.name,
        is_demonstration=vintage.is_demonstration,
    )


def cautions(vintage: Vintage, selection: Selection) -> list[str]:
    """Return the sentences that go with every number of the measure: invented or not, what it is (RULES C4, P8)."""
    return [str(one) for one in caution_notices(vintage, selection)]


def caution_notices(vintage: Vintage, selection: Selection) -> list[Notice]:
    """Return the same as notices, which are written where they leave."""
    invented = [Notice("statement.demonstration")] if vintage.is_demonstration else []
    overlap = [Notice("statement.events_overlap")] if selection.measure == "events" else []
    return [*reader_marks(vintage), *invented, Notice(f"measure.{selection.measure}.caution"), *overlap]
