"""What the answers about hot spots and corridors hold: numbers with their units, classes, and what is in no cell."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType, field

from data.model.answers import Answer
from data.model.notices import Notice
from data.query.provenance import Scoped
from geo.areas.areas import Box

Variable = Literal["incidents", "log_deaths", "dead_or_missing"]
SpotClass = Literal["hot 99%", "hot 95%", "hot 90%", "cold 90%", "cold 95%", "cold 99%", "not significant",
                    "not computable"]  # fmt: skip
Share = Annotated[float, Meta(ge=0, le=1)]
Chance = Annotated[float | None, Meta(description="0 to 1; null: not computable")]


class StudyAreaStated(Answer, frozen=True):
    """The study area in which hot spots are looked for (RULES G2)."""

    id: str
    name: Annotated[Notice, Meta(description="What the area is called.")]
    surface: Literal["sea", "land", "both"]
    boxes: Annotated[tuple[Box, ...], Meta(description="west, south, east, north in degrees")]
    words: Annotated[Notice, Meta(description="The area with its number of cells.")]


class CellRanking(Answer, frozen=True):
    """How the highest cells are ranked; a place in it is told with its stability alone (RULES X6)."""

    top: Annotated[int, Meta(description="cells")]
    draws: int
    by: Literal["incidents", "dead_or_missing"]
    words: Notice


class RankingKept(Answer, frozen=True):
    """How many of the highest cells at the usual size remain at this one (RULES X7)."""

    kept: Annotated[int, Meta(description="cells")]
    of: Annotated[int, Meta(description="cells")]


class EmergingStated(Answer, frozen=True):
    """Over which months patterns are, and what is in none of them (RULES G5, T4)."""

    first_month: str | None
    last_month: str | None
    months: Annotated[int, Meta(description="months that window and source cover whole")]
    part_months: list[str]
    in_part_months: Annotated[int, Meta(description="in the unit of the answer")]
    not_dated: Annotated[int, Meta(description="in the unit of the answer")]
    trend_p: float
    not_computable: Notice | None


class HotSpotCell(Answer, frozen=True):
    """A cell with a record, a class or a pattern; what is recorded in it, never what is dangerous (RULES G6)."""

    cell: Annotated[str, Meta(description="H3 index")]
    place: Annotated[str, Meta(description="Where its middle lies.")]
    value: Annotated[float, Meta(description="the variable of RULES G1")]
    counted: Annotated[int, Meta(description="in the unit of the answer")]
    z: Annotated[float | None, Meta(description="Gi* (RULES G3); null: not computable")]
    p: Chance
    q: Chance
    class_name: SpotClass = field(name="class")
    words: Notice | None
    stability: Annotated[Share, Meta(description="share of draws in which it is among the highest")]
    rank: Annotated[int | None, Meta(description="place among the highest; null: not among them")]
    incidents: int
    dead_or_missing: Annotated[int | None, Meta(description="people, at least; null: no number stated")]
    largest_event: Annotated[int | None, Meta(description="people, at least")]
    dominance: Annotated[float | None, Meta(description="share of the people in the largest event (RULES X5)")]
    emerging: Annotated[str | UnsetType, Meta(description="Pattern over the months (RULES G5).")] = UNSET


class HotSpotsAnswer(Answer, frozen=True):
    """Where more was recorded than around, with what lies outside the area and in no cell (RULES C5, G)."""

    study_area: StudyAreaStated
    cells_in_study_area: int
    resolution: int
    measure: Variable
    measure_name: Notice
    source: str | None
    vintage: str
    is_demonstration: bool
    unit: Annotated[str, Meta(description="unit of counted, total and its parts")]
    total: Annotated[int | None, Meta(description="null: no number stated")]
    in_area: int
    outside_area: int
    not_located: Annotated[int, Meta(description="at places too imprecise for this size, so in no cell")]
    hidden_by_quality: int | None
    undated_outside_window: int | None
    not_computable: Notice | None
    ranking: CellRanking
    emerging: EmergingStated | None
    cells: list[HotSpotCell]
    ranking_kept: RankingKept | UnsetType | None = UNSET


class CorridorSegment(Answer, frozen=True):
    """A route line with what is counted near it."""

    segment_id: str
    source: str
    route: str | None
    name: str | None
    length_km: Annotated[float | None, Meta(description="km")]
    value: Annotated[int | None, Meta(description="in the unit of the answer; null: no number stated")]
    incidents: int
    events: int
    other_route: Annotated[int, Meta(description="records here that the publisher files under another route")]
    per_100_km: Annotated[float | None, Meta(description="value per 100 km of line; null: the line has no length")]


class CorridorsAnswer(Scoped, frozen=True, kw_only=True):
    """People near each route line, near none, and not located: total is the sum of all, but for events."""

    within_km: Annotated[int, Meta(description="half-width of a corridor, km")]
    total: Annotated[int | None, Meta(description="in the unit of the answer; null: no number stated")]
    off: Annotated[int, Meta(description="near no line")]
    not_located: int
    segments: Annotated[list[CorridorSegment], Meta(description="Most first.")]
    sentence: Notice
    caution: list[Notice]
