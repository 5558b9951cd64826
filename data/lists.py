"""The lists that the interface answers, each as one table with what is said beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from data.errors import QueryError
from data.exports import FIGURES
from data.exports.tables import table_of
from data.parameters import MOST_ROWS_A_PAGE
from data.selection import Selection
from data.store import Store
from data.totals import cells_answer, totals
from data.vintage import Vintage

ROWS_A_PAGE: Final = 1_000
FARTHEST: Final = 10_000_000
SOURCE_COLUMNS: Final = (
    "source", "kind", "publisher", "title", "citation", "licence", "url", "sensitivity", "is_demonstration", "file",
    "edition", "sha256", "layout", "unit", "retrieved", "published", "first_date", "last_date", "rows_read", "accepted",
    "quarantined", "duplicates",
)  # fmt: skip


@dataclass(frozen=True)
class Page:
    """Which rows of a list are answered."""

    limit: int = ROWS_A_PAGE
    offset: int = 0

    @classmethod
    def parse(cls, query: dict[str, list[str]]) -> "Page":
        """Take ``limit`` and ``offset`` out of a query; raise QueryError at what they cannot mean."""
        limit = _whole(query.pop("limit", None), "limit", 1, MOST_ROWS_A_PAGE)
        offset = _whole(query.pop("offset", None), "offset", 0, FARTHEST)
        return cls(ROWS_A_PAGE if limit is None else limit, offset or 0)


def _whole(given: list[str] | None, key: str, low: int, high: int) -> int | None:
    if given is None:
        return None
    text = given[0] if len(given) == 1 else ""
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and low <= int(text) <= high):
        raise QueryError(f"'{key}' is a whole number from {low} to {high:,}; found '{text[:40]}'.", parameter=key)
    return int(text)


@dataclass(frozen=True)
class Listed:
    """An answer with one table in it: ``details`` beside ``rows`` under ``key``; ``whole`` counts rows of all pages."""

    key: str
    rows: pl.DataFrame
    details: Mapping[str, Any]
    whole: int

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as plain values, the table as a list of rows."""
        return {**self.details, self.key: self.rows.to_dicts()}


def paged(vintage: Vintage, key: str, table: pl.DataFrame, page: Page, **details: Any) -> Listed:
    """Return one page of a table whose order is stable within a vintage."""
    said = {
        **details, "vintage": vintage.name, "is_demonstration": vintage.is_demonstration, "total_rows": table.height,
        "limit": page.limit, "offset": page.offset,
    }  # fmt: skip
    return Listed(key, table.slice(page.offset, page.limit), said, table.height)


def figure_list(vintage: Vintage, selection: Selection, figure: str, page: Page) -> Listed:
    """Return incidents, series or segments of a selection, as the files that leave hold them (RULES 9)."""
    return paged(vintage, figure, table_of(vintage, selection, figure), page, **_parts(vintage, selection, figure))


def _parts(vintage: Vintage, selection: Selection, figure: str) -> dict[str, Any]:
    if figure == "segments":
        return {}
    asked = selection if selection.source in vintage.incident_sources else selection.but(source=None)
    found = totals(vintage, asked, measure=selection.measure, by=selection.step)
    names = ("measure", "unit", "total", "not_dated", "not_located", "no_route", "undated_outside_window", "source")
    return {name: found[name] for name in names}


def totals_list(vintage: Vintage, selection: Selection, measure: str, by: str | None) -> Listed:
    """Return a total with its groups as the table."""
    found = totals(vintage, selection, measure=measure, by=by)
    groups = found.pop("groups")
    schema = {"key": pl.String, "id": pl.String, "value": pl.Int64}
    return Listed("groups", pl.DataFrame(groups, schema=schema), found, len(groups))


def cells_list(vintage: Vintage, selection: Selection, measure: str) -> Listed:
    """Return the cells of a selection as the table."""
    found = cells_answer(vintage, selection, measure)
    cells = found.pop("cells")
    table = pl.DataFrame(cells, infer_schema_length=None) if cells else pl.DataFrame(schema={"cell": pl.String})
    return Listed("cells", table, found, len(cells))


def sources_list(vintage: Vintage, page: Page) -> Listed:
    """Return one row per edition in the vintage: whose it is, on what terms, what became of its rows."""
    rows = vintage.sources.select(SOURCE_COLUMNS).sort("kind", "source", "file", "edition")
    return paged(vintage, "sources", rows, page)


def vintages_list(store: Store, vintage: Vintage, page: Page) -> Listed:
    """Return every vintage of the store, oldest first: its day, and the last day that its data speaks of."""
    newest = store.current().name
    rows = [one | {"is_newest": one["vintage"] == newest} for one in store.published()]
    return paged(vintage, "vintages", pl.DataFrame(rows), page)


def exports_list(vintage: Vintage, page: Page, others: Mapping[str, Mapping[str, str]]) -> Listed:
    """Return every file that can be taken away: figure, format, media type and address; pictures and answers first."""
    rows = [
        {"figure": figure, "format": kind, "media_type": media, "address": f"/api/v1/exports/{figure}.{kind}"}
        for figure, kinds in (*others.items(), *FIGURES.items())
        for kind, media in kinds.items()
    ]
    return paged(vintage, "exports", pl.DataFrame(rows), page)
