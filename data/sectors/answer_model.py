"""What the answers about a sector hold: what lies inside and what may, what is new, limits, cells, and its alerts."""

from datetime import date
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field

from data.counting.models import NotCovered
from data.hotspots.answer_model import Share, SpotClass
from data.model.answers import Answer
from data.model.notices import Notice
from data.sectors.border_model import BorderRoute
from data.sectors.sar_model import SectorSar
from data.sectors.season_model import People, Season, Sums

Part = Literal["inside", "could", "outside", "not_located"]
Change = Literal["added", "changed", "vanished"]
LimitState = Literal["below", "near", "above", "not computable"]


class SectorName(Answer, frozen=True):
    """A sector by its canonical query and in words."""

    query: str
    words: Notice


class SectorStated(SectorName, frozen=True):
    """The sector that an answer is about."""

    kind: Literal["area", "polygon", "place", "at"]
    area_km2: Annotated[float, Meta(description="km²")]
    others_of_that_name: Annotated[list[str], Meta(description="Towns of the same name, which are not meant.")]


class Places(Answer, frozen=True):
    """Where the records of a selection lie as seen from a sector; the four add up to the total (RULES C5, Q3)."""

    inside: Sums
    could: Sums
    outside: Sums
    not_located: Sums

    def by_part(self) -> dict[Part, Sums]:
        """Return the four parts by their names, in their order."""
        return {"inside": self.inside, "could": self.could, "outside": self.outside, "not_located": self.not_located}


class ListedIncident(Answer, frozen=True):
    """One incident inside a sector."""

    record_id: str
    date_from: date | None
    date_to: date | None
    dead: People
    missing: People
    dead_or_missing: People
    place: str | None
    country: str | None
    route: str | None
    cause: str | None
    quality: int | None
    latitude: float | None
    longitude: float | None
    location_precision: str | None
    url: str | None


class _OfAlert(Answer, frozen=True, kw_only=True):
    """What stands before a change where it is an alert; absent where it is none."""

    id: str | UnsetType = UNSET
    released: str | UnsetType = UNSET
    source: str | UnsetType = UNSET


class RecordChange(_OfAlert, frozen=True, kw_only=True):
    """A record that was added, changed or taken away between two vintages; ``was_…``: as it was before."""

    change: Change
    record_id: str
    nth: Annotated[int | None, Meta(description="1, 2, … where an id is used twice")] = None
    date_from: date | None = None
    date_to: date | None = None
    place: str | None = None
    country: str | None = None
    dead: People = None
    missing: People = None
    dead_or_missing: People = None
    latitude: float | None = None
    longitude: float | None = None
    location_precision: str | None = None
    was_dead: People = None
    was_missing: People = None
    was_dead_or_missing: People = None
    was_latitude: float | None = None
    was_longitude: float | None = None
    was_location_precision: str | None = None
    was_date_from: date | None = None
    was_date_to: date | None = None
    url: str | None = None


class PendingAlert(RecordChange, frozen=True, kw_only=True):
    """A change inside watched sectors, by its id; ``sectors`` are their names."""

    id: str
    source: str
    sectors: list[str]


class ReleasedAlert(RecordChange, frozen=True, kw_only=True):
    """A change that a person has released into the feeds."""

    id: str
    released: Annotated[str, Meta(description="when a person released it")]
    source: str


class ComparedWith(Answer, frozen=True):
    """The older vintage that a change is told against."""

    vintage: str
    retrieved: date | None


class NewInSector(Answer, frozen=True):
    """What is new since a day; all of it empty where no day is stated."""

    recorded: Sums | None
    incidents: list[ListedIncident]
    compared_with: ComparedWith | None
    changes: list[RecordChange]
    note: Notice


class SectorCell(Answer, frozen=True):
    """One of the highest cells, never without how firmly it holds its place (RULES X5, X6)."""

    cell: Annotated[str, Meta(description="H3 index")]
    place: Annotated[str, Meta(description="Where its middle lies.")]
    incidents: int
    events: int
    dead_or_missing: People
    largest_event: People
    dominance: Annotated[float | None, Meta(description="share of the people in the largest event")]
    stability: Annotated[Share, Meta(description="share of draws in which it is among the highest")]


class SectorRanking(Answer, frozen=True):
    """How the highest cells were ranked, or why none are listed."""

    top: Annotated[int, Meta(description="cells")]
    draws: int
    records: Annotated[int, Meta(description="records that were moved")]
    by: Literal["dead_or_missing"]
    words: Notice
    not_computable: Notice | None


class HotCell(Answer, frozen=True):
    """A hot cell of a sector: more incidents were recorded there than around (RULES G3, G4, G6)."""

    cell: Annotated[str, Meta(description="H3 index")]
    place: str
    class_name: SpotClass = field(name="class")
    z: float
    p: Share
    q: Share
    incidents: Annotated[int, Meta(description="all in the cell")]
    words: Notice


class AreaOfSector(Answer, frozen=True):
    """The study area that a sector lies in."""

    id: str
    name: Annotated[Notice, Meta(description="What the area is called.")]
    words: Notice | None


class SectorHotSpots(Answer, frozen=True):
    """Which cells of a sector are hot by Gi* over the study area that it lies in."""

    study_area: Annotated[AreaOfSector | None, Meta(description="null: the sector lies in none")]
    not_computable: Notice | None
    cells_tested: int
    classes: Annotated[dict[str, SpotClass], Meta(description="by the cell, of those with a record inside")]
    cells: list[HotCell]
    words: Notice


class Threshold(Answer, frozen=True):
    """A planning threshold: below, near (80% of it or more) or above (more than it)."""

    measure: Literal["incidents", "dead_or_missing", "interceptions", "arrivals"]
    value: Annotated[int | None, Meta(description="null: not computable")]
    threshold: int
    state: LimitState
    why: Notice
    first: date | None = field(name="from")
    last: date | None = field(name="to")


class Covered(Answer, frozen=True):
    """The days from the first to the last incident of the source."""

    first: date | None
    last: date | None


class SectorSheet(Answer, frozen=True):
    """All that the sheet of a sector says."""

    sector: SectorStated
    selection: Annotated[str, Meta(description="query of the selection")]
    since: date | None
    new: NewInSector
    places: Places
    total: Sums
    incidents: Annotated[list[ListedIncident], Meta(description="Inside, newest first, at most 100.")]
    incidents_listed: int
    cells: list[SectorCell]
    cells_not_shown: int
    ranking: SectorRanking
    hot_spots: SectorHotSpots
    resolution: int
    no_cell: Annotated[Sums, Meta(description="inside, at places too imprecise for this cell size")]
    season: Season
    thresholds: list[Threshold]
    border: Annotated[list[BorderRoute], Meta(description="Whole routes that pass through the sector.")]
    sar: Annotated[SectorSar, Meta(description="Search-and-rescue regions that meet the sector.")]
    source: str | None
    covered: Covered
    not_covered: Annotated[list[NotCovered], Meta(description="Days meant of which nothing is counted (RULES R11).")]
    has_figures: Annotated[bool, Meta(description="Whether any day that is meant is covered, or has a record.")]
    retrieved: date | None
    valid_until: Annotated[date, Meta(description="The last day of the month that is compared with past years.")]
    vintage: str
    is_demonstration: bool
    cautions: list[Notice]


class SectorChanges(Answer, frozen=True):
    """What a person has released of a sector's changes, newest first."""

    sector: SectorName
    since: date | None
    vintage: str
    is_demonstration: bool
    changes: list[ReleasedAlert]
    more: Annotated[int, Meta(description="changes that are not listed")]
    cautions: list[Notice]
