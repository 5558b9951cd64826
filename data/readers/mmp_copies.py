"""Tables of incidents without a publisher's ids: IOM's file in other hands, and people's own.

What is IOM's is told by headings that only its files have; of any other table nobody says whose data it is. Neither is
ever an edition of the Missing Migrants Project, nor added to it (RULES E6, E7).
"""

from typing import Final

from data.model.sources import RESTRICTED, Publication
from data.readers.incident_fields import ALIASES, fields_of
from data.readers.incident_layout import MMP, MMP_CITED, MMP_PAGE, IncidentLayout, plain

PLAIN_WORDS: Final = {  # that tables of anybody may have
    "region", "date", "year", "missing", "route", "place", "location", "source", "cause", "dead", "survivors",
    "children", "minors", "link", "deadandmissing", "deadormissing", "totaldead",
}  # fmt: skip
SIGNS: Final = (
    "region", "date", "year", "missing", "total", "survivors", "children", "country_origin", "cause", "route", "place",
    "quality", "reporter", "unsd",
)  # fmt: skip
IOM_ONLY: Final = frozenset(spelling for name in SIGNS for spelling in ALIASES[name]) - PLAIN_WORDS
FEWEST: Final = 2  # such headings; one alone is no sign
TOLL: Final = frozenset({"dead", "missing", "total"})
PLACE: Final = frozenset({"coordinates", "place", "country", "region"})
DAY: Final = frozenset({"date", "year"})

COPY: Final = IncidentLayout(
    id="mmp-copy",
    source="mmp-copy",
    publication=Publication(f"{MMP}; a copy made by others", "Missing Migrants Project, a copy without ids",
                            f"{MMP_CITED}, in a copy made by others", "CC BY 4.0", MMP_PAGE),
    needs=frozenset(),
    fields={},
    priority=3,
)  # fmt: skip
OWN: Final = IncidentLayout(
    id="incidents-own",
    source="incidents-own",
    publication=Publication("As stated by whoever made the file", "Incidents supplied by the user",
                            "Incidents supplied by the user of this software", "Not stated",
                            sensitivity=RESTRICTED),
    needs=frozenset(),
    fields={},
    priority=6,
)  # fmt: skip


def copy_layout_of(columns: list[str]) -> IncidentLayout | None:
    """Return the layout of a table that states people and a day or a place, without an id; None where it does not.

    A table that is not IOM's needs coordinates and a day: else many tables would look like it.
    """
    fields = fields_of(columns).keys()
    is_pointed = {"latitude", "longitude"} <= fields or "coordinates" in fields
    is_placed = is_pointed or bool(PLACE & fields)
    is_iom = len(IOM_ONLY & {plain(column) for column in columns}) >= FEWEST
    if not TOLL & fields or "main_id" in fields:
        return None  # with ids, and not all that IOM states: a column was renamed, or has gone
    if is_iom and (is_placed or DAY & fields):
        return COPY
    return OWN if is_pointed and DAY & fields else None
