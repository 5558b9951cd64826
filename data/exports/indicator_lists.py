"""The lists of indicators, of the figures of one, of policies and of treaties, as tables and as typed answers."""

from typing import Final

import msgspec
import polars as pl

from data.exports import indicator_models as models
from data.exports.collections import Following, Listed, Page, page_of, paged
from data.exports.list_models import Paging, rows_of
from data.indicators.figures import Asked, figures
from data.indicators.listed import listed_indicators
from data.indicators.names import with_area_names, with_status
from data.model.answers import Answer
from data.store.vintage import Vintage

OF_INDICATORS: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "first_date": pl.Date, "last_date": pl.Date, "sources": pl.List(pl.String),
}  # fmt: skip


def indicators_list(vintage: Vintage, page: Page) -> Listed:
    """Return every declared indicator, with its words and what the vintage holds of it."""

    def make(rows: pl.DataFrame, paging: Paging, following: Following) -> Answer:
        return models.IndicatorsPage(**paging, indicators=rows_of(rows, models.IndicatorRow), next=following)

    rows = pl.DataFrame(listed_indicators(vintage), schema_overrides=OF_INDICATORS, infer_schema_length=None)
    return paged(vintage, "indicators", rows, page, make)


def figures_list(vintage: Vintage, asked: Asked, page: Page) -> Listed:
    """Return the figures of one indicator that are asked for, each with the names of its areas and its status."""
    entry = next(one for one in listed_indicators(vintage) if one["indicator"] == asked.indicator.id)

    def make(rows: pl.DataFrame, paging: Paging, following: Following) -> Answer:
        of = msgspec.convert(entry, models.IndicatorRow)
        return models.FiguresPage(**paging, indicator=of, figures=rows_of(rows, models.FigureRow), next=following)

    found = figures(vintage, asked)
    shown = with_area_names(with_status(found.slice(page.offset, page.limit)), "area", "partner").select(
        models.FigureRow.__struct_fields__
    )
    return page_of(vintage, "figures", (shown, found.height), page, make)


def policy_events_list(vintage: Vintage, page: Page) -> Listed:
    """Return every policy and agreement, by state and day."""

    def make(rows: pl.DataFrame, paging: Paging, following: Following) -> Answer:
        found = rows_of(rows, models.PolicyEventRow)
        return models.PolicyEventsPage(**paging, policy_events=found, next=following)

    ordered = vintage.scan_where_needed("policy_events").collect()
    ordered = ordered.sort("area", "date_from", "source", "row", nulls_last=True)
    rows = with_area_names(ordered, "area", "partner").select(models.PolicyEventRow.__struct_fields__)
    return paged(vintage, "policy_events", rows, page, make)


def treaties_list(vintage: Vintage, page: Page) -> Listed:
    """Return every act of the participants of treaties, and the day of the latest."""
    every = vintage.scan_where_needed("treaties").sort("treaty", "participant", "date_from").collect()
    last = max(every["date_from"], default=None)

    def make(rows: pl.DataFrame, paging: Paging, following: Following) -> Answer:
        found = rows_of(rows, models.TreatyRow)
        return models.TreatiesPage(**paging, treaties=found, last_act=last, next=following)

    rows = with_area_names(every, "participant").select(models.TreatyRow.__struct_fields__)
    return paged(vintage, "treaties", rows, page, make)
