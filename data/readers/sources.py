"""Every data set by its id: tables of counts and of indicators state theirs in their layouts, the others here."""

from collections.abc import Sequence
from typing import Final

from data.model.sources import INVENTED, RESTRICTED, Publication, Source, demonstration_of
from data.readers.any_layout import LAYOUTS, Layout
from data.readers.incident_layouts import INCIDENT_SOURCES

MMP: Final = "International Organization for Migration (IOM), Missing Migrants Project"
_PAGE: Final = "https://missingmigrants.iom.int"

_OTHERS: Final = (
    Source.of(
        Publication(MMP, "Missing Migrants Project, global figures",
                    "IOM, Missing Migrants Project, missingmigrants.iom.int", "CC BY 4.0", _PAGE),
        id="mmp", kind="incidents", unit="people", priority=1,
    ),
    Source.of(
        Publication(f"{MMP}; selection by others", "Missing Migrants Project, a selection",
                    "IOM, Missing Migrants Project, selected and cleaned by others", "CC BY 4.0", _PAGE),
        id="mmp-selection", kind="incidents", unit="people", priority=2,
    ),
    Source.of(
        Publication("Crossings", "Generalised route lines", "Crossings, route lines drawn city to city", "CC0 1.0"),
        id="crossings-routes", kind="segments", unit="lines",
    ),
    Source.of(
        Publication("As stated by whoever made the file", "Route segments",
                    "Route segments supplied by the user of this software", "Not stated", sensitivity=RESTRICTED),
        id="segments", kind="segments", unit="lines",
    ),
    Source.of(
        Publication("Giorgio Coppola", "Route lines drawn after the route overview of IOM",
                    "Giorgio Coppola, Missing-Migrants-Count, route lines drawn by hand after IOM's route overview",
                    "CC BY 4.0", "https://github.com/giocopp/Missing-Migrants-Count"),
        id="coppola-routes", kind="segments", unit="lines",
    ),
    Source.of(
        Publication("Reveal, from the Center for Investigative Reporting, and OpenStreetMap contributors",
                    "Fence at the border of the United States and Mexico",
                    "Reveal, from the Center for Investigative Reporting and OpenStreetMap contributors",
                    "ODbL 1.0", "https://github.com/cirlabs/border_fence_map"),
        id="border-fence", kind="segments", unit="lines",
    ),
    Source.of(
        Publication("International Maritime Organization (IMO), GISIS, as declared by its member states",
                    "Search-and-rescue regions at sea",
                    "IMO, Global Integrated Shipping Information System (GISIS), Global SAR Plan, gisis.imo.org",
                    "Not stated", "https://gisis.imo.org"),
        id="imo-sar-regions", kind="sar_regions", unit="regions",
    ),
    Source("demonstration", "incidents", "Crossings", "Demonstration incidents", INVENTED, "CC0 1.0", "", "people",
           priority=5, is_demonstration=True),
)  # fmt: skip


def collect_sources(others: Sequence[Source], layouts: Sequence[Layout]) -> dict[str, Source]:
    """Return every source by its id; raise ValueError where two layouts say otherwise of whose data one source is."""
    found = {source.id: source for source in others}
    stated: dict[str, Publication] = {}
    for layout in layouts:
        if layout.source in found and stated.get(layout.source) != layout.publication:
            raise ValueError(
                f"layout {layout.id}: its source '{layout.source}' has another publisher, title or licence elsewhere. "
                "Give it a source of its own, or the same publication."
            )
        found[layout.source], stated[layout.source] = layout.about(), layout.publication
    return found


SOURCES: Final = collect_sources((*_OTHERS, *INCIDENT_SOURCES), LAYOUTS)


def source_of(source: str) -> Source:
    """Return what is known of a source id; a demonstration of a publisher's layout is nobody's data."""
    if source in SOURCES:
        return SOURCES[source]
    return demonstration_of(SOURCES[source.removeprefix("demonstration-")])
