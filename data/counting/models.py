"""What the answers of counting hold: a total with its groups and parts, the cells of incidents and of a flow."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from data.model.absence import CODES
from data.model.answers import UNSET, Answer, Unset
from data.model.notices import Notice

Total = Annotated[int | None, Meta(description="In the unit of the answer; null: nobody reports a number.")]
NotLocated = Annotated[int, Meta(description="Not placed, so in no cell of any size (RULES X9).")]
WiderArea = Annotated[
    int, Meta(description="Known only to a wider area, so in cells coarser than the resolution asked for (RULES X9).")
]
NotDated = Annotated[int, Meta(description="Not dated to one period, so in none.")]
NoRoute = Annotated[int, Meta(description="On no named route.")]
HiddenByQuality = Annotated[int | None, Meta(description="Left out by the chosen source quality.")]
UndatedOutside = Annotated[int | None, Meta(description="Without a date, so in no window.")]


PartlyInWindow = Annotated[
    int, Meta(description="Of records or counts that reach over an end of the window, so not in the total.")
]
Status = Annotated[str, Meta(description=f"What the value is worth, or the kind of absence: {', '.join(CODES)} (R11).")]
Code = Annotated[str, Meta(description="The same as SDMX has it (observation status): A, B, L, M, O, Q or U.")]


class NotCovered(Answer, frozen=True, kw_only=True):
    """Days of which a source has no figure, for which places, and which kind of absence that is (RULES R10, R11)."""

    source: str | None
    places: Annotated[tuple[str, ...], Meta(description="By name; none: all that is asked for, or a part of it.")]
    first: date = msgspec.field(name="from")
    last: date = msgspec.field(name="to")
    kind: Status
    obs_status: Code
    words: Notice


class Group(Answer, frozen=True, kw_only=True):
    """One group of a total: a period, or a place by its name and id.

    A period has its status. Periods of the window that are not covered are there, without a value.
    """

    key: str
    id: str
    value: Annotated[int | None, Meta(description="In the unit of the answer; null: no number stated, or no figure.")]
    status: Status | Unset = UNSET
    obs_status: Code | Unset = UNSET
    places: Annotated[tuple[str, ...] | Unset, Meta(description="Of a flow: the places that it is of.")] = UNSET


class Totals(Answer, frozen=True, kw_only=True):
    """A total: the sum of its groups and the part named after the grouping (RULES C5); events may be in several."""

    measure: str
    unit: str
    total: Total
    by: str | None
    not_dated: NotDated
    not_located: NotLocated
    wider_area: WiderArea
    no_route: NoRoute
    not_stated: Annotated[int, Meta(description="In no group of places, because none is stated.")]
    hidden_by_quality: HiddenByQuality
    undated_outside_window: UndatedOutside
    partly_in_window: PartlyInWindow
    not_covered: Annotated[tuple[NotCovered, ...], Meta(description="Of the window; none: every day, in all places.")]
    source: str | None
    vintage: str
    is_demonstration: bool
    groups: tuple[Group, ...]

    def part(self, name: str) -> int:
        """Return what a part that is named by a word holds, 0 where nobody is in it."""
        return int(getattr(self, name) or 0)


class NotPlaced(Answer, frozen=True, kw_only=True):
    """Why nobody of these is on a map (RULES X9); null: the source is held in sums, which do not tell."""

    cumulative: Annotated[int | None, Meta(description="In records that add up many incidents (RULES E4).")]
    withheld: Annotated[int | None, Meta(description="The place is withheld by a rule (RULES Q3, Q4, Q9).")]
    no_coordinates: Annotated[int | None, Meta(description="Published without coordinates.")]


class IncidentCell(Answer, frozen=True, kw_only=True):
    """The incidents of one cell; ``value`` is the measure that was asked for.

    A cell coarser than the resolution asked for holds what is known only to its wider area (RULES X9).
    """

    cell: Annotated[str, Meta(description="H3 index")]
    resolution: Annotated[int, Meta(description="H3 resolution of this cell")]
    value: int | None
    incidents: int
    events: int
    dead: int | None
    missing: int | None
    dead_or_missing: int | None
    largest_incident: int | None
    largest_event: int | None
    dominance: Annotated[float | None, Meta(description="Share of the people in the largest event (RULES X5).")]
    area_km2: float
    per_1000_km2: float | None


class Cells(Answer, frozen=True, kw_only=True):
    """The incidents by cell: total = sum of the values + not_located, at every resolution (RULES C5, X1, X9)."""

    measure: str
    unit: str
    resolution: int
    total: Total
    not_located: NotLocated
    not_located_parts: NotPlaced
    wider_area: WiderArea
    not_dated: NotDated
    undated_outside_window: UndatedOutside
    hidden_by_quality: HiddenByQuality
    source: str | None
    vintage: str
    is_demonstration: bool
    cells: tuple[IncidentCell, ...]


class FlowCell(Answer, frozen=True, kw_only=True):
    """A share of the flows of the routes through one cell: a way to draw them, no finding about the place."""

    cell: Annotated[str, Meta(description="H3 index")]
    value: float | None
    incidents: None
    routes: int


class FlowCells(Answer, frozen=True, kw_only=True):
    """A flow by cell: total = sum of the values + not_located (RULES C5)."""

    measure: str
    unit: str
    resolution: int
    total: Total
    not_located: Annotated[int, Meta(description="Counted for no route, or for a route without a line.")]
    method: str
    source: str | None
    vintage: str
    is_demonstration: bool
    cells: tuple[FlowCell, ...]
