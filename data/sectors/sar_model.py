"""What a sector's sheet holds of search-and-rescue regions: which meet it, which overlap, and how many died in each."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from data.model.answers import Answer
from data.model.notices import Notice
from data.sectors.season_model import Sums

SarPart = Literal["one", "overlap", "none", "area"]


class SarRegion(Answer, frozen=True, kw_only=True):
    """One region as a state declares it; its outline is drawn on the sheet and given out nowhere else."""

    id: str
    rcc: Annotated[str, Meta(description="Rescue coordination centre, as published.")]
    names: Annotated[list[str], Meta(description="What the published file calls its areas.")]
    country: Annotated[
        str | None,
        Meta(description="ISO 3166 alpha-3 that the file's name states; null: none, never guessed"),
    ]
    as_of: Annotated[date | None, Meta(description="Day on which the publisher made the file; null: not stated")]
    file: str | None
    notes: list[Notice]


class SarCount(Answer, frozen=True, kw_only=True):
    """Records inside the sector by the regions that hold their point; each record is in one of these counts."""

    part: Annotated[
        SarPart,
        Meta(description="in one region, in several, in none that is held; area: known only as an area"),
    ]
    regions: Annotated[list[str], Meta(description="ids; several: they overlap there, and none is preferred")]
    inside: Sums


class SectorSar(Answer, frozen=True, kw_only=True):
    """The search-and-rescue regions that meet a sector; the counts add up to what is inside it (RULES C5)."""

    held: Annotated[int, Meta(description="Regions in this vintage, of files that were ingested; none is invented.")]
    regions: Annotated[list[SarRegion], Meta(description="Those that the sector meets.")]
    overlaps: Annotated[list[list[str]], Meta(description="Pairs of ids that overlap inside the sector.")]
    counts: Annotated[list[SarCount], Meta(description="Empty where no region meets the sector.")]
    near: Annotated[
        Sums | None, Meta(description="Of those counted by point, nearer to an outline than their place is known.")
    ]
    sources: Annotated[list[str], Meta(description="Who publishes the regions, by title.")]
    licence: Annotated[str | None, Meta(description="The publisher's terms, as stated.")]
    words: Annotated[Notice, Meta(description="What the regions are and are not; where there are none, why.")]
