"""The tables of incidents that are declared, one file per publisher, and whose data they are."""

from collections.abc import Sequence
from typing import Final

from data.model.sources import Source
from data.readers import medical_examiners, mmp_copies, mmp_extracts, the_migrants_files, united
from data.readers.incident_layout import IncidentLayout

DECLARED: Final[tuple[IncidentLayout, ...]] = (
    the_migrants_files.LAYOUT,
    united.LAYOUT,
    medical_examiners.LAYOUT,
    medical_examiners.GROUPED,
    mmp_extracts.POINTS,
    mmp_extracts.GRID,
)
COPIES: Final[tuple[IncidentLayout, ...]] = (mmp_copies.COPY, mmp_copies.OWN)
BY_ID: Final = {layout.id: layout for layout in (*DECLARED, *COPIES)}
INCIDENT_SOURCES: Final[tuple[Source, ...]] = tuple(layout.about() for layout in BY_ID.values())


def declared_layout_of(columns: Sequence[str]) -> IncidentLayout | None:
    """Return the declared layout that a table's headings have; of several the one that names the most of them."""
    fitting = [layout for layout in DECLARED if layout.fits(columns)]
    return max(fitting, key=lambda layout: len(layout.needs)) if fitting else None
