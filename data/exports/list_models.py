"""What the pages of lists hold: a model for each row, and for each page with what is said beside its rows."""

from datetime import date
from typing import Annotated, Any, TypedDict, TypeVar

import msgspec
import polars as pl
from msgspec import Meta

from data.counting.models import Code, NoRoute, NotDated, NotLocated, Status, Total, UndatedOutside
from data.model.answers import UNSET, Answer, Unset
from data.model.units import PEOPLE
from data.store.vintage_ref import Published

Next = Annotated[str | None, Meta(description="Address of the next page; null at the end.")]
Rows = Annotated[int, Meta(description="Rows of all pages.")]
Invented = Annotated[bool | Unset, Meta(description="Stated where the row is invented, to try the software (P8).")]
Row = TypeVar("Row", bound=Answer)


class Paging(TypedDict):
    """Which rows of how many a page holds, of which vintage."""

    vintage: str
    is_demonstration: bool
    total_rows: int
    limit: int
    offset: int


class FigureParts(TypedDict):
    """What a figure's rows add up to, and what is in none."""

    measure: str
    unit: str
    total: int | None
    not_dated: int
    not_located: int
    no_route: int
    undated_outside_window: int | None
    source: str | None


class Paged(Answer, frozen=True, kw_only=True):
    """What every page states; see ``Paging``."""

    vintage: str
    is_demonstration: bool
    total_rows: Rows
    limit: int
    offset: int


class PagedFigure(Answer, frozen=True, kw_only=True):
    """What a page of a figure states; see ``FigureParts`` and ``Paging``."""

    measure: str
    unit: str
    total: Total
    not_dated: NotDated
    not_located: NotLocated
    no_route: NoRoute
    undated_outside_window: UndatedOutside
    source: str | None
    vintage: str
    is_demonstration: bool
    total_rows: Rows
    limit: int
    offset: int


SeriesPeriod: Any = msgspec.defstruct(
    "SeriesPeriod",
    [("period", date), *((name, int | None) for name in PEOPLE), ("incidents", int | None),
     ("status", Status | None), ("obs_status", Code | None),
     ("flow", int | None), ("flow_unit", str), ("flow_status", Status | None), ("flow_obs_status", Code | None),
     ("flow_places", str | None), ("arrivals", int | None), ("arrivals_status", Status | None),
     ("arrivals_obs_status", Code | None), ("arrivals_places", str | None), ("is_demonstration", Invented, UNSET)],
    bases=(Answer,), namespace={"__doc__": "One period's figures."},
    module=__name__, frozen=True, kw_only=True,
)  # fmt: skip


class SeriesPage(PagedFigure, frozen=True, kw_only=True):
    """People dead or missing, one flow and the arrivals, by period; null: no figure, never 0."""

    series: tuple[SeriesPeriod, ...]
    next: Next


class IncidentRow(Answer, frozen=True, kw_only=True):
    """One published record; data/DICTIONARY.md says what each column means. Null: not known."""

    source: str | None
    edition: str | None
    record_id: str | None
    event_id: str | None
    is_cumulative: bool | None
    date_from: date | None
    date_to: date | None
    date_precision: str | None
    dead: int | None
    missing: int | None
    dead_or_missing: int | None
    survivors: int | None
    female: int | None
    male: int | None
    children: int | None
    region: str | None
    country: str | None
    route: str | None
    cause: str | None
    cause_text: str | None
    place: str | None
    origin: str | None
    quality: int | None
    latitude: float | None
    longitude: float | None
    location_precision: str | None
    resolution_limit: Annotated[int | None, Meta(description="Finest cell size that the record may enter (X2).")]
    reporter: str | None
    url: str | None
    flags: str | None
    is_demonstration: Invented = UNSET


class IncidentsPage(PagedFigure, frozen=True, kw_only=True):
    """Published records of the selection, located and dated or not, oldest first."""

    incidents: tuple[IncidentRow, ...]
    next: Next


class SegmentRow(Answer, frozen=True, kw_only=True):
    """One line of a route, with what is counted on the whole route; null: no figure."""

    source: str | None
    segment_id: str | None
    route: str | None
    name: str | None
    order: int | None
    is_major: bool | None
    length_km: float | None
    route_flow: int | None
    flow_unit: str
    route_arrivals: int | None
    wkt: str
    is_demonstration: Invented = UNSET


class SegmentsPage(Paged, frozen=True, kw_only=True):
    """The lines of the routes."""

    segments: tuple[SegmentRow, ...]
    next: Next


class SourceRow(Answer, frozen=True, kw_only=True):
    """One edition in the vintage: whose it is, on what terms, and what became of its rows."""

    source: str | None
    kind: str | None
    publisher: str | None
    title: str | None
    citation: str | None
    licence: str | None
    url: str | None
    sensitivity: str | None
    is_demonstration: bool | None
    file: str | None
    edition: str | None
    sha256: str | None
    layout: str | None
    unit: str | None
    retrieved: date | None
    published: date | None
    first_date: date | None
    last_date: date | None
    rows_read: int | None
    accepted: int | None
    quarantined: int | None
    duplicates: int | None


class SourcesPage(Paged, frozen=True, kw_only=True):
    """Whose data the vintage holds."""

    sources: tuple[SourceRow, ...]
    next: Next


class VintageRow(Published, frozen=True, kw_only=True):
    """One published state of the data."""

    is_newest: bool


class VintagesPage(Paged, frozen=True, kw_only=True):
    """Every published state of the data, oldest first."""

    vintages: tuple[VintageRow, ...]
    next: Next


class ExportRow(Answer, frozen=True, kw_only=True):
    """One file that can be taken away."""

    figure: str
    format: str
    media_type: str
    address: str


class ExportsPage(Paged, frozen=True, kw_only=True):
    """Every file that can be taken away."""

    exports: tuple[ExportRow, ...]
    next: Next


def source_rows(sources: pl.DataFrame) -> tuple[SourceRow, ...]:
    """Return the rows of a vintage's sources."""
    return rows_of(sources.select(SourceRow.__struct_fields__), SourceRow)


def rows_of(table: pl.DataFrame, kind: type[Row]) -> tuple[Row, ...]:
    """Return the rows of a table as a model has them; raise msgspec.ValidationError where the table is another."""
    return tuple(msgspec.convert(row, kind) for row in table.iter_rows(named=True))
