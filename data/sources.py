"""What we know of each data set before any file of it is read: publisher, citation, terms, sensitivity."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Source:
    """One publisher's data set. ``priority`` settles which incident database is shown first (RULES E6)."""

    id: str
    kind: str
    publisher: str
    title: str
    citation: str
    licence: str
    url: str
    unit: str
    sensitivity: str = "public"
    priority: int = 9
    is_demonstration: bool = False


MMP: Final = "International Organization for Migration (IOM), Missing Migrants Project"
INVENTED: Final = "Demonstration data. Invented."

_KNOWN: Final = (
    Source("mmp", "incidents", MMP, "Missing Migrants Project, global figures",
           "IOM, Missing Migrants Project, missingmigrants.iom.int", "CC BY 4.0",
           "https://missingmigrants.iom.int", "people", priority=1),
    Source("mmp-selection", "incidents", f"{MMP}; selection by others", "Missing Migrants Project, a selection",
           "IOM, Missing Migrants Project, selected and cleaned by others", "CC BY 4.0",
           "https://missingmigrants.iom.int", "people", priority=2),
    Source("frontex", "counts", "Frontex, European Border and Coast Guard Agency",
           "Monthly detections of illegal border crossings", "Frontex, monthly detections",
           "Frontex copyright; permission needed beyond private use", "https://www.frontex.europa.eu",
           "detections"),
    Source("cbp-southwest", "counts", "US Customs and Border Protection", "Southwest land border encounters",
           "US CBP, Southwest land border encounters", "Public domain (US Government work)",
           "https://www.cbp.gov", "encounters"),
    Source("unhcr-arrivals", "counts", "UNHCR Operational Data Portal", "Arrivals in the Mediterranean, monthly",
           "UNHCR, Operational Data Portal, Mediterranean situation", "CC BY 3.0 IGO",
           "https://data.unhcr.org", "persons_arrived"),
    Source("uk-small-boats", "counts", "UK Home Office", "Small boat arrivals, daily",
           "UK Home Office, small boat time series", "Open Government Licence v3.0",
           "https://www.gov.uk", "persons_arrived"),
    Source("counts", "counts", "As stated by whoever made the file", "Counts in the layout of this project",
           "Counts supplied by the user of this software", "Not stated", "", "as stated"),
    Source("crossings-routes", "segments", "Crossings", "Generalised route lines",
           "Crossings, route lines drawn city to city", "CC0 1.0", "", "lines"),
    Source("segments", "segments", "As stated by whoever made the file", "Route segments",
           "Route segments supplied by the user of this software", "Not stated", "", "lines"),
    Source("demonstration", "incidents", "Crossings", "Demonstration incidents",
           INVENTED, "CC0 1.0", "", "people", priority=5, is_demonstration=True),
)  # fmt: skip
SOURCES: Final = {source.id: source for source in _KNOWN}


def source_of(source: str) -> Source:
    """Return what is known of a source id; a demonstration of a publisher's layout is nobody's data."""
    if source in SOURCES:
        return SOURCES[source]
    layout = SOURCES[source.removeprefix("demonstration-")]
    title = f"Demonstration: {layout.title[:1].lower()}{layout.title[1:]}"
    return Source(source, layout.kind, "Crossings", title, INVENTED,
                  "CC0 1.0", "", layout.unit, is_demonstration=True)  # fmt: skip
