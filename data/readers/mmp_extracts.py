"""What others drew out of the Missing Migrants Project: points with a year, and sums on a grid; no editions of it."""

from typing import Final

from data.model.sources import Publication
from data.readers.incident_layout import MMP, MMP_CITED, MMP_PAGE, IncidentLayout

POINTS: Final = IncidentLayout(
    id="mmp-points",
    source="mmp-points",
    publication=Publication(f"{MMP}; points extracted by others", "Missing Migrants Project, points with a year",
                            f"{MMP_CITED}, points extracted by others", "CC BY 4.0", MMP_PAGE),
    needs=frozenset({"lat", "lon", "deadandmissing", "year", "region", "cause", "location"}),
    fields={
        "latitude": "lat", "longitude": "lon", "total": "deadandmissing", "year": "year", "region": "region",
        "cause": "cause", "place": "location",
    },
    priority=3,
    notes=("Only the year of each incident is stated, and no route.",),
)  # fmt: skip

GRID: Final = IncidentLayout(
    id="mmp-grid",
    source="mmp-grid",
    publication=Publication(f"{MMP}; summed by IOM for a graphic", "Missing Migrants Project, sums on a grid",
                            f"{MMP_CITED}, sums by year, cause and rounded point", "CC BY 4.0", MMP_PAGE),
    needs=frozenset({"year", "cause", "lon", "lat", "n"}),
    fields={"latitude": "lat", "longitude": "lon", "total": "n", "year": "year", "cause": "cause"},
    rows="groups",
    priority=6,
    notes=("Each row sums several incidents on a coarse grid: in totals, in no cell and in no count of events.",),
)  # fmt: skip
