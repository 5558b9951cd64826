"""The lists that the interface answers, each as one table and as a typed answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from msgspec.structs import asdict

from data.counting.cells_answer import cells_answer
from data.counting.tables import incidents_of_page, table_of
from data.counting.totals import total_parts, totals
from data.exports import list_models as models
from data.exports.numbers import FIGURES
from data.model.answers import Answer, as_builtins
from data.pillars.models import Asked as AskedOfView
from data.pillars.request import rows_of_view
from data.pillars.views import Kind, view_of
from data.query.parameters import LIMIT, OFFSET, ROWS_A_PAGE, Query, take
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage

SOURCE_COLUMNS: Final = models.SourceRow.__struct_fields__
Following = str | None  # the address of the next page
Paged = Callable[[pl.DataFrame, models.Paging, Following], Answer]


@dataclass(frozen=True)
class Page:
    """Which rows of a list are answered."""

    limit: int = ROWS_A_PAGE
    offset: int = 0

    @classmethod
    def parse(cls, query: Query) -> tuple["Page", dict[str, list[str]]]:
        """Return the page that a query states, taking it out; raise QueryError at what it cannot mean."""
        own, rest = take(query, LIMIT, OFFSET)
        return cls(own["limit"], own["offset"]), rest


@dataclass(frozen=True)
class Listed:
    """A list as a table and as an answer: ``rows`` of a page stand under ``key``, ``whole`` counts those of all pages.

    ``make`` gives the typed answer of some rows and the address of the next page; a list without pages takes none.
    """

    key: str
    rows: pl.DataFrame
    whole: int
    page: Page | None
    make: Callable[[pl.DataFrame, Following], Answer]

    @property
    def next_offset(self) -> int | None:
        """Return where the next page begins; None at the end, and where the list has no pages."""
        if self.page is None or self.page.offset + self.page.limit >= self.whole:
            return None
        return self.page.offset + self.page.limit

    def answer(self, following: Following) -> Answer:
        """Return the typed answer, given the address of the next page."""
        return self.make(self.rows, following)

    def beside(self) -> dict[str, Any]:
        """Return what is said beside the rows."""
        return {
            name: value
            for name, value in asdict(self.make(self.rows.clear(), None)).items()
            if name not in (self.key, "next")
        }


def paged(vintage: Vintage, key: str, table: pl.DataFrame, page: Page, make: Paged) -> Listed:
    """Return one page of a table whose order is stable within a vintage."""
    return page_of(vintage, key, (table.slice(page.offset, page.limit), table.height), page, make)


def page_of(vintage: Vintage, key: str, found: tuple[pl.DataFrame, int], page: Page, make: Paged) -> Listed:
    """Return a page of which its rows are found, and how many there are on all pages."""
    rows, whole = found
    paging = models.Paging(
        vintage=vintage.name, is_demonstration=vintage.is_demonstration, total_rows=whole,
        limit=page.limit, offset=page.offset,
    )  # fmt: skip
    return Listed(key, rows, whole, page, lambda shown, following: make(shown, paging, following))


def figure_list(vintage: Vintage, selection: Selection, figure: str, page: Page) -> Listed:
    """Return incidents, series or segments of a selection, as the files that leave hold them (RULES 9)."""

    def make(rows: pl.DataFrame, paging: models.Paging, following: Following) -> Answer:
        if figure == "segments":
            return models.SegmentsPage(**paging, segments=models.rows_of(rows, models.SegmentRow), next=following)
        parts = _parts(vintage, selection)
        if figure == "series":
            found = models.rows_of(rows, models.SeriesPeriod)
            return models.SeriesPage(**parts, **paging, series=found, next=following)
        incidents = models.rows_of(rows, models.IncidentRow)
        return models.IncidentsPage(**parts, **paging, incidents=incidents, next=following)

    if figure == "incidents":
        found = incidents_of_page(vintage, selection, offset=page.offset, limit=page.limit)
        return page_of(vintage, figure, found, page, make)
    return paged(vintage, figure, table_of(vintage, selection, figure), page, make)


def _parts(vintage: Vintage, selection: Selection) -> models.FigureParts:
    asked = selection if selection.source in vintage.incident_sources else selection.replace(source=None)
    found = total_parts(vintage, asked, measure=selection.measure, by=selection.step)
    return models.FigureParts(
        measure=found.measure, unit=found.unit, total=found.total, not_dated=found.not_dated,
        not_located=found.not_located, no_route=found.no_route, undated_outside_window=found.undated_outside_window,
        source=found.source,
    )  # fmt: skip


def totals_list(vintage: Vintage, selection: Selection, measure: str, by: str | None) -> Listed:
    """Return a total with its groups as the table."""
    found = totals(vintage, selection, measure=measure, by=by)
    every: dict[str, pl.DataType | type[pl.DataType]] = {
        "key": pl.String, "id": pl.String, "value": pl.Int64, "status": pl.String, "obs_status": pl.String,
        "places": pl.List(pl.String),
    }  # fmt: skip
    groups = as_builtins(found.groups)
    held = set(groups[0]) if groups else {"key", "id", "value"}
    rows = pl.DataFrame(groups, schema={name: dtype for name, dtype in every.items() if name in held})
    return Listed("groups", rows, rows.height, None, lambda _shown, _following: found)


def cells_list(vintage: Vintage, selection: Selection, measure: str) -> Listed:
    """Return the cells of a selection as the table."""
    found = cells_answer(vintage, selection, measure)
    cells = as_builtins(found.cells)
    table = pl.DataFrame(cells, infer_schema_length=None) if cells else pl.DataFrame(schema={"cell": pl.String})
    return Listed("cells", table, table.height, None, lambda _shown, _following: found)


def sources_list(vintage: Vintage, page: Page) -> Listed:
    """Return one row per edition in the vintage: whose it is, on what terms, what became of its rows."""

    def make(rows: pl.DataFrame, paging: models.Paging, following: Following) -> Answer:
        return models.SourcesPage(**paging, sources=models.rows_of(rows, models.SourceRow), next=following)

    rows = vintage.sources.select(SOURCE_COLUMNS).sort("kind", "source", "file", "edition")
    return paged(vintage, "sources", rows, page, make)


def vintages_list(store: Store, vintage: Vintage, page: Page) -> Listed:
    """Return every vintage of the store, oldest first: its day, and the last day that its data speaks of."""

    def make(rows: pl.DataFrame, paging: models.Paging, following: Following) -> Answer:
        return models.VintagesPage(**paging, vintages=models.rows_of(rows, models.VintageRow), next=following)

    newest = store.current().name
    rows = [models.VintageRow(**asdict(one), is_newest=one.vintage == newest) for one in store.published()]
    return paged(vintage, "vintages", pl.DataFrame(as_builtins(rows)), page, make)


def views_list(vintage: Vintage, kind: Kind, asked: AskedOfView) -> Listed:
    """Return one view of the pillars with its rows as the table."""
    found = view_of(vintage, kind, asked)
    rows = rows_of_view(found)
    return Listed("rows", rows, rows.height, None, lambda _shown, _following: found)


def exports_list(vintage: Vintage, page: Page, others: Mapping[str, Mapping[str, str]]) -> Listed:
    """Return every file that can be taken away: figure, format, media type and address; pictures and answers first."""

    def make(rows: pl.DataFrame, paging: models.Paging, following: Following) -> Answer:
        return models.ExportsPage(**paging, exports=models.rows_of(rows, models.ExportRow), next=following)

    rows = [
        models.ExportRow(figure=figure, format=kind, media_type=media, address=f"/api/v1/exports/{figure}.{kind}")
        for figure, kinds in (*others.items(), *FIGURES.items())
        for kind, media in kinds.items()
    ]
    return paged(vintage, "exports", pl.DataFrame(as_builtins(rows)), page, make)
