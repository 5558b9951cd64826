"""The cubes of a vintage: incidents that are alone in their event, added up by cell, days, route and cause.

Beside them the vintage keeps each record that shares its event with others (``counted_together``), as events cannot
be added up (RULES E1, X5). Of a source that is kept so no single incident is held.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from data.model.units import PEOPLE
from data.store.summary import FINEST, IDS, plain_summary

CUBES: Final = "cubes"
FINEST_IN_CUBES: Final = 5
KEYS: Final = ("source", "cell", "finest_resolution", "date_from", "date_to", "route", "cause")
SCHEMA: Final = pl.Schema(
    {
        "source": pl.String(),
        "cell": pl.Int64(),  # in the finest resolution that its records may enter, at most 5; null: not located
        "finest_resolution": pl.Int8(),
        "date_from": pl.Date(),
        "date_to": pl.Date(),
        "route": pl.String(),
        "cause": pl.String(),
        "records": pl.Int64(),
        "events": pl.Int64(),  # of the records that are not cumulative (RULES E4)
        **dict.fromkeys(PEOPLE, pl.Int64()),  # null where no record states a number (RULES C1)
        "largest_incident": pl.Int64(),
    }
)
BESIDE_CUBES: Final = "cubes_together"
TOGETHER_SCHEMA: Final = pl.Schema(
    {
        **{name: dtype for name, dtype in SCHEMA.items() if name not in ("records", "events", "largest_incident")},
        "record_id": pl.String(),
        "event_id": pl.String(),
        "is_cumulative": pl.Boolean(),
        "records": pl.Int64(),  # 1, as in the cubes
        "events": pl.Int64(),
        "largest_incident": pl.Int64(),
    }
)


@dataclass(frozen=True)
class WrittenCubes:
    """Cubes that stand in a new vintage's folder already: what its manifest says of the files, and of their sources."""

    files: Mapping[str, Mapping[str, Any]]
    summary: Mapping[str, Mapping[str, Any]]


NO_CUBES: Final = WrittenCubes({}, {})
CANNOT_FILTER: Final = {  # by parameter
    "region": "regions", "origin": "origins", "country": "countries", "min_quality": "min_quality"
}  # fmt: skip


def summary_of_cubes(cubes: pl.LazyFrame, beside: pl.LazyFrame) -> dict[str, dict[str, Any]]:
    """Return each source's summary, as ``summary.summary_of`` does of incidents, of cubes and what is beside them."""
    columns = [*KEYS, "records"]
    rows = pl.concat([cubes.select(columns), beside.select(columns)])
    finest, count = pl.col("finest_resolution"), pl.col("records")
    located = (count.filter(pl.col("cell").is_not_null() & (finest == n)).sum().alias(f"located_{n}") for n in FINEST)
    table = rows.group_by("source").agg(
        count.sum().alias("rows"), pl.col("date_from").min().alias("first"), pl.col("date_to").max().alias("last"),
        pl.col("date_from").max().alias("last_from"), *located,
        *(pl.col(name).drop_nulls().unique().alias(name) for name in IDS if name in KEYS),
    )  # fmt: skip
    absent: dict[str, list[str]] = {name: [] for name in IDS if name not in KEYS}
    found = table.sort("source").collect(engine="streaming").iter_rows(named=True)
    whole = {"start": 0, "end": 0, "is_summed": True, **absent}
    return {row["source"]: plain_summary({**whole, **row}) for row in found}


def summed_rows(vintage: Any, source: str) -> pl.LazyFrame:
    """Return the cubes of a source and what stands beside them in one table; of cubes record and event are null."""
    files: list[pl.LazyFrame] = [vintage.scan(name) for name in (CUBES, BESIDE_CUBES)]
    return pl.concat([rows.filter(pl.col("source") == source) for rows in files], how="diagonal")


def beyond_cubes(selection: Any) -> list[str]:
    """Return the parameters of a selection that cubes cannot answer."""
    asked = [name for name, field in CANNOT_FILTER.items() if getattr(selection, field) not in (None, ())]
    return [*asked, *(["resolution"] if selection.resolution > FINEST_IN_CUBES else [])]
