"""Which indicators there are, and what a vintage holds of each: made from the declarations and the tables."""

from typing import Any, Final

import polars as pl

from data.model.caches import kept_numbers
from data.model.indicators import INDICATORS, Indicator
from data.model.notices import Labels
from data.store.vintage import Vintage

ROLES: Final = Labels("indicators.role", (
    "asylum", "reporter", "origin", "citizenship", "birth", "destination", "applied_at", "sender", "receiver", "place",
))  # fmt: skip


def listed_indicators(vintage: Vintage) -> list[dict[str, Any]]:
    """Return every indicator that is declared, with its words, and its coverage in a vintage; by pillar, then id.

    Of a rate the coverage is that of what it is computed of.
    """
    by_id = {one["indicator"]: one for one in coverage(vintage).to_dicts()}
    ordered = sorted(INDICATORS.values(), key=lambda one: (one.pillar, one.id))
    return [_entry(one, [by_id[each] for each in _of(one) if each in by_id]) for one in ordered]


@kept_numbers
def coverage(vintage: Vintage) -> pl.DataFrame:
    """Return what a vintage holds of each published indicator: figures, absent ones, areas, partners, sources, days."""
    rows = vintage.scan_where_needed("indicators")
    return (
        rows.group_by("indicator")
        .agg(
            pl.len().alias("figures"), pl.col("absence").count().alias("absent"), pl.col("area").unique(),
            pl.col("partner").unique(), pl.col("source").unique(), pl.col("date_from").min().alias("first"),
            pl.col("date_to").max().alias("last"),
        )
        .sort("indicator")
        .collect()
    )  # fmt: skip


def _of(indicator: Indicator) -> tuple[str, ...]:
    rate = indicator.rate
    return (indicator.id,) if rate is None else tuple(dict.fromkeys((*rate.above, *rate.below)))


def _entry(indicator: Indicator, held: list[dict[str, Any]]) -> dict[str, Any]:
    areas = {one for each in held for one in each["area"] if one}
    partners = {one for each in held for one in each["partner"] if one}
    return {
        "indicator": indicator.id,
        "pillar": indicator.pillar,
        **{name: str(indicator.notice(name)) for name in ("name", "meaning", "caveat")},
        "never_read_as": str(indicator.notice("never")),
        "formula": str(indicator.formula),
        "denominator": None if indicator.denominator is None else str(indicator.denominator),
        "unit": indicator.unit,
        "is_stock": indicator.is_stock,
        "area_is": ROLES[indicator.area],
        "partner_is": None if indicator.partner is None else ROLES[indicator.partner],
        "sources": sorted({one for each in held for one in each["source"]}),
        "figures": sum(each["figures"] for each in held),
        "absent": sum(each["absent"] for each in held),
        "areas": len(areas),
        "partners": len(partners),
        "first_date": min((each["first"] for each in held), default=None),
        "last_date": max((each["last"] for each in held), default=None),
    }
