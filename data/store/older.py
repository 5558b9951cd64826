"""Vintages that an older program wrote, read in the words of today.

Until schema version 2 the country of an incident was a slug of its published name ("libya"); since version 3 it is the
code that counts always had ("LBY"). The published files stay as they are; what is read is translated. Names that held a
comma were folded into ``several-countries`` when they were ingested and stay there until the file is ingested again.
Schema version 4 added the sheet of a row, and the edition of a line and of a quarantined or changed row.
"""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from data.model.countries import country_of
from data.model.schema import conform, polars_schema

CODES_SINCE: Final = 3
LATER: Final = {  # by schema version: the columns that it added
    4: {
        "incidents": ("sheet",), "counts": ("sheet",), "segments": ("edition",),
        "quarantine": ("edition", "sheet"), "log": ("edition", "sheet"),
    }
}  # fmt: skip


def columns_of(table: str, manifest: Mapping[str, Any]) -> dict[str, pl.DataType]:
    """Return the columns that a table has in a vintage of this manifest."""
    later = {name for since, added in LATER.items() if since > _version(manifest) for name in added.get(table, ())}
    return {name: dtype for name, dtype in polars_schema(table).items() if name not in later}


def with_later_columns(rows: pl.LazyFrame, name: str, manifest: Mapping[str, Any]) -> pl.LazyFrame:
    """Return a table, or one beside it, with the columns that were added since: null, as nobody stated them."""
    table = name.removeprefix("replaced_")
    if table not in LATER[max(LATER)] or _version(manifest) >= max(LATER):
        return rows
    has, today = columns_of(table, manifest), polars_schema(table)
    added = [pl.col(one) if one in has else pl.lit(None, dtype).alias(one) for one, dtype in today.items()]
    return rows.select(*added, pl.exclude(today.names()))


def _version(manifest: Mapping[str, Any]) -> int:
    return int(manifest.get("schema_version", 0))


def country_codes(manifest: Mapping[str, Any]) -> dict[str, str | None]:
    """Return today's id (None: no country is stated) by each id of a country that an older vintage holds."""
    if _version(manifest) >= CODES_SINCE:
        return {}
    named = manifest.get("names", {}).get("country", {})
    found = {old: country_of(name) for old, name in named.items()}
    return {old: term.id if term else None for old, term in found.items() if term is None or term.id != old}


def with_codes(rows: pl.LazyFrame, codes: Mapping[str, str | None]) -> pl.LazyFrame:
    """Return rows whose ``country`` is in today's ids."""
    if not codes:
        return rows
    return rows.with_columns(pl.col("country").replace(list(codes), pl.Series(list(codes.values()), dtype=pl.String)))


def ids_of_today(manifest: Mapping[str, Any], summary: Mapping[str, Any]) -> dict[str, Any]:
    """Return a summary whose countries are in today's ids."""
    codes = country_codes(manifest)
    if not codes:
        return dict(summary)
    return {source: {**one, "ids": {**one["ids"], "country": _translated(one["ids"]["country"], codes)}}
            for source, one in summary.items()}  # fmt: skip


def _translated(ids: list[str], codes: Mapping[str, str | None]) -> list[str]:
    found = {codes.get(one, one) for one in ids}
    return sorted(one for one in found if one is not None)


def names_of_today(manifest: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of the countries that a vintage speaks of, by today's ids."""
    codes = country_codes(manifest)
    found = {codes.get(old, old): name for old, name in manifest.get("names", {}).get("country", {}).items()}
    return {one: name for one, name in found.items() if one is not None}


def with_editions(lines: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """Return a quarantine or a log whose lines all name their edition.

    A line of before schema version 4 names its file alone: it is given the edition that the vintage has of that file.
    """
    if lines["edition"].null_count() == 0:
        return lines
    named = sources.select("source", "file", named="edition").unique(["source", "file"], keep="last")
    joined = lines.join(named, on=["source", "file"], how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("edition", "named").alias("edition")).drop("named")


def of_editions(lines: pl.DataFrame, editions: list[str], table: str) -> pl.DataFrame:
    """Return the lines of a quarantine or a log that are of these editions."""
    return conform(lines.filter(pl.col("edition").is_in(editions)), table)
