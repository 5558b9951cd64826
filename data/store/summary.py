"""What the incidents of a vintage hold in short: made once, so that nothing need read them all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import polars as pl

from data.model.notices import say
from data.model.origins import NOT_STATED, origin_names

MOST_KEPT: Final = 500_000  # rows of a source: 40 MB of arrays for each resolution; more are counted by a query
IDS: Final = ("route", "region", "cause", "country")
FINEST: Final = range(8)


@dataclass(frozen=True)
class SourceSummary:
    """One source's incidents: where its rows are, its days, its ids, how finely they are located.

    ``start`` and ``rows``: its place in the table and its number of rows; ``is_together``: no other source lies
    between. ``first``, ``last``: first date_from, last date_to; ``last_from``: last date_from (None: nothing dated).
    ``located``: rows that are in a cell, by finest_resolution 0 to 7. ``ids``: those of IDS that it has, sorted.
    ``origins``: the name of each origin by its id, NOT_STATED among them; a row may be of several (RULES Q5).
    ``is_summed``: only cubes of it are held (``data.store.cubes``), no single record.
    """

    start: int
    rows: int
    is_together: bool
    first: date | None
    last: date | None
    last_from: date | None
    located: tuple[int, ...]
    ids: Mapping[str, tuple[str, ...]]
    origins: Mapping[str, str] = field(default_factory=dict)
    is_summed: bool = False

    @property
    def is_large(self) -> bool:
        """Whether the source has more rows than a worker keeps."""
        return self.rows > MOST_KEPT or self.is_summed


def summary_of(incidents: pl.LazyFrame) -> dict[str, dict[str, Any]]:
    """Return each source's summary as JSON takes it, of its incidents (schema.INCIDENTS)."""
    is_located = pl.col("cell").is_not_null()
    table = (
        incidents.with_row_index("position")
        .group_by("source")
        .agg(
            pl.col("position").min().alias("start"),
            pl.col("position").max().alias("end"),
            pl.len().alias("rows"),
            pl.col("date_from").min().alias("first"),
            pl.col("date_to").max().alias("last"),
            pl.col("date_from").max().alias("last_from"),
            *((is_located & (pl.col("finest_resolution") == n)).sum().alias(f"located_{n}") for n in FINEST),
            *(pl.col(name).drop_nulls().unique().alias(name) for name in IDS),
        )
        .sort("source")
        .collect(engine="streaming")
    )
    return with_origins({row["source"]: plain_summary(row) for row in table.iter_rows(named=True)}, lambda: incidents)


def with_origins(
    made: Mapping[str, Mapping[str, Any]], incidents: Callable[[], pl.LazyFrame]
) -> dict[str, dict[str, Any]]:
    """Return summaries with the origins of each source; ``incidents`` are asked where they are not named yet."""
    if all("origins" in one for one in made.values()):
        return {source: dict(one) for source, one in made.items()}
    rows = incidents().group_by("source", "origin").len().collect(engine="streaming")
    written: dict[str, dict[str | None, int]] = {}
    for source, text, number in rows.iter_rows():
        written.setdefault(source, {})[text] = number
    return {source: {"origins": origin_names(written.get(source, {})), **one} for source, one in made.items()}


def names_of_origins(found: Mapping[str, SourceSummary], *, are_withheld: bool) -> dict[str, str]:
    """Return the name of every origin by its id; of NOT_STATED, whether texts of some records may not be told."""
    named = {one: name for part in found.values() for one, name in part.origins.items()}
    return named | {NOT_STATED: say("store.no_origin", are_withheld=are_withheld)}


def plain_summary(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return one source's summary as JSON takes it."""
    days = {name: row[name].isoformat() if row[name] else None for name in ("first", "last", "last_from")}
    return {
        "start": row["start"],
        "rows": row["rows"],
        "is_together": row["end"] - row["start"] + 1 == row["rows"],
        **days,
        "located": [row[f"located_{n}"] for n in FINEST],
        "ids": {name: sorted(row[name]) for name in IDS},
        **({"is_summed": True, "origins": {}} if row.get("is_summed") else {}),
    }


def parse_summary(given: Mapping[str, Mapping[str, Any]]) -> dict[str, SourceSummary]:
    """Return the summaries that ``summary_of`` made, by source."""
    return {source: _parsed(one) for source, one in given.items()}


def _parsed(one: Mapping[str, Any]) -> SourceSummary:
    days = {name: date.fromisoformat(one[name]) if one[name] else None for name in ("first", "last", "last_from")}
    ids = {name: tuple(found) for name, found in one["ids"].items()}
    return SourceSummary(**{**one, **days, "ids": ids, "located": tuple(one["located"])})
