"""Every answer of the interface, once: the guard lets it pass, a route serves it, OpenAPI describes it.

The files under ``/api/v1/exports/`` stand in tables of their own, by figure and format.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from data.compare.models import CompareAnswer
from data.counting.models import Cells, FlowCells, Totals
from data.exports.indicator_models import FiguresPage, IndicatorsPage, PolicyEventsPage, TreatiesPage
from data.exports.list_models import ExportsPage, IncidentsPage, SegmentsPage, SeriesPage, SourcesPage, VintagesPage
from data.hotspots.answer_model import CorridorsAnswer, HotSpotsAnswer
from data.model.answers import Answer
from data.pillars.models import View
from data.pillars.request import VIEW
from data.query.parameters import AREA_OF_FIGURE, FROM, INDICATOR, PARTNER, ROUTE, TO, Parameter
from data.risk.models import QuoteAnswer, RiskAnswer
from data.sectors.answer_model import SectorChanges, SectorSheet
from data.trends.models import Trends

ROOT: Final = "/api/v1/"
JSON: Final = "application/json"


@dataclass(frozen=True)
class Interface:
    """One answer: what it is called, what it says, and of which types its JSON is; none where it is no JSON."""

    name: str
    summary: str
    types: tuple[type[Answer], ...]
    media: str = JSON

    @property
    def path(self) -> str:
        """Return its address."""
        return f"{ROOT}{self.name}"


@dataclass(frozen=True)
class ListInterface(Interface):
    """A list: it is given as tables too, and may come in pages, with shapes, of a selection or of the vintage.

    ``parameters`` are those of its own, of which ``needed`` must be given.
    """

    is_paged: bool = True
    has_shapes: bool = False
    has_selection: bool = True
    parameters: tuple[Parameter, ...] = ()
    needed: tuple[Parameter, ...] = ()


Kind = TypeVar("Kind", bound=Interface)


def _named(*every: Kind) -> Mapping[str, Kind]:
    return {one.name: one for one in every}


LISTS: Final = _named(
    ListInterface("totals", "One measure, whole or by group, with the parts that no group holds",
                  (Totals,), is_paged=False),
    ListInterface("series", "People dead or missing, one flow and the arrivals, by period", (SeriesPage,)),
    ListInterface("cells", "One measure by H3 cell, with what is in no cell of this size",
                  (Cells, FlowCells), is_paged=False, has_shapes=True),
    ListInterface("incidents", "Every published record of the selection, located and dated or not",
                  (IncidentsPage,), has_shapes=True),
    ListInterface("segments", "The lines of the routes, with what is counted on each whole route",
                  (SegmentsPage,), has_shapes=True),
    ListInterface("sources", "Whose data it is, on what terms, and what became of every row",
                  (SourcesPage,), has_selection=False),
    ListInterface("vintages", "Every published state of the data, oldest first",
                  (VintagesPage,), has_selection=False),
    ListInterface("indicators", "Every indicator: its words, its formula, what it must never be read as, its coverage",
                  (IndicatorsPage,), has_selection=False),
    ListInterface("figures", "The figures of one indicator, of areas and periods",
                  (FiguresPage,), has_selection=False, parameters=(INDICATOR, AREA_OF_FIGURE, PARTNER, FROM, TO),
                  needed=(INDICATOR,)),
    ListInterface("policy_events", "Policies of return and agreements on readmission, by state and day",
                  (PolicyEventsPage,), has_selection=False),
    ListInterface("treaties", "Who signed and who joined the Palermo treaties, and when",
                  (TreatiesPage,), has_selection=False),
    ListInterface("views", "One view of the four pillars on a route and in a window: its figure or why there is none",
                  (View,), is_paged=False, has_selection=False, parameters=(VIEW, ROUTE, FROM, TO), needed=(VIEW,)),
    ListInterface("exports", "Every file that can be taken away", (ExportsPage,), has_selection=False),
)  # fmt: skip
ANSWERS: Final = _named(
    Interface("risk", "Deaths per attempt of one route in one window, each formula named, or why it is not computable",
              (RiskAnswer,)),
    Interface("quote", "Which variant, route and period yields a quoted risk", (QuoteAnswer,)),
    Interface("trends", "The same days of each year, what is provisional, seasons, suggestions of change", (Trends,)),
    Interface("compare", "Two windows side by side", (CompareAnswer,)),
    Interface("corridors", "People near each route line, near none, and not located", (CorridorsAnswer,)),
    Interface("hotspots", "Where more was recorded than around, with statistics and stability", (HotSpotsAnswer,)),
    Interface("sector", "What is recorded in an area, and what is new there", (SectorSheet,)),
    Interface("sector/changes", "What a person has released of a sector's changes, newest first", (SectorChanges,)),
    Interface("sector/changes.atom", "The same as an Atom feed", (), media="application/atom+xml"),
)  # fmt: skip
EVERY: Final[Mapping[str, Interface]] = {**LISTS, **ANSWERS}
DESCRIPTION: Final = f"{ROOT}openapi.json"
ADDRESSES: Final = (*(one.path for one in EVERY.values()), DESCRIPTION, ROOT)
EXPORTS: Final = f"{ROOT}exports/"


def is_interface(path: str) -> bool:
    """Return whether a path is one of the interface's: an answer, a list with or without a suffix, or a file."""
    listed = path.removeprefix(ROOT).rsplit(".", 1)[0]
    return path in ADDRESSES or (path.startswith(ROOT) and listed in LISTS) or path.startswith(EXPORTS)
