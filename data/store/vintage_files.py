"""The files of a new vintage: its tables as Parquet, its manifest, and what is said of its publishing beside them.

Incidents are sorted by source, then by cell, so that a query on one source and one view reads its own row groups.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from data.model.days import today
from data.model.schema import SCHEMA_VERSION, TABLES, WHERE_NEEDED
from data.model.sources import PUBLIC
from data.store.counted_files import counted_files
from data.store.cubes import NO_CUBES, WrittenCubes
from data.store.disk import flush, sha256_of
from data.store.pointer import CURRENT
from data.store.publication import Entries, write_publication
from data.store.reconcile import BESIDE
from data.store.sensitivity import FILE as SOURCES
from data.store.sensitivity import NOT_PUBLIC, strictest, with_sensitivity
from data.store.summary import parse_summary, summary_of
from data.store.unfinished import sweep_marks
from data.store.vintage import Vintage

ROW_GROUP: Final = 65_536
SORTED: Final = {"incidents": ("source", "cell", "record_id"), "counts": ("unit", "route", "date_from"),
                 "indicators": ("indicator", "area", "partner", "date_from")}  # fmt: skip


def write_tables(
    folder: Path, tables: Mapping[str, pl.DataFrame], details: Mapping[str, Any], *, name: str, history: Entries,
    cubes: WrittenCubes = NO_CUBES,
) -> None:  # fmt: skip
    """Write every table and what the manifest says of them; the days on which files came in stand beside, not in it."""
    files: dict[str, Any] = {}
    summary: dict[str, Any] = {}
    for table in TABLES:
        rows = _sorted(table, tables[table])
        if table == "sources":
            rows = rows.with_columns(retrieved=pl.lit(None, pl.Date))
        files |= _write_table(folder, table, rows)
        if table in BESIDE and BESIDE[table] in tables:
            files |= _write_table(folder, BESIDE[table], tables[BESIDE[table]])
        if table == "incidents":
            summary = summary_of(rows.lazy())
            for beside, counted in counted_files(rows, parse_summary(summary)).items():
                files |= _write_table(folder, beside, counted)
    for table in WHERE_NEEDED:
        for one in (table, f"replaced_{table}"):
            if one in tables and not tables[one].is_empty():
                files |= _write_table(folder, one, _sorted(table, tables[one]))
    said = {"files": {**files, **cubes.files}, "summary": {**summary, **cubes.summary}}
    manifest = {"schema_version": SCHEMA_VERSION, "vintage": name, **said, **details}
    retrieved = days_retrieved(tables["sources"])
    told = _with_word(history, tables["sources"])
    write_publication(folder, manifest, published=today().isoformat(), retrieved=retrieved, history=told)


def _with_word(history: Entries, sources: pl.DataFrame) -> Entries:
    """Return the log whose newest entry says what is not public, for where the table of sources is damaged one day."""
    found = sorted(source for source, word in strictest(sources).items() if word != PUBLIC)
    return [*history[:-1], {**history[-1], NOT_PUBLIC: found}] if history and found else history


def days_retrieved(sources: pl.DataFrame) -> dict[str, str]:
    """Return the day on which each edition came in."""
    days = sources.drop_nulls(["edition", "retrieved"]).select("edition", pl.col("retrieved").dt.to_string())
    return dict(days.iter_rows())


def _sorted(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.sort(*SORTED[table], nulls_last=True, maintain_order=True) if table in SORTED else rows


def _write_table(folder: Path, table: str, rows: pl.DataFrame) -> dict[str, Any]:
    """Write one file and return what the manifest says of it."""
    path = folder / f"{table}.parquet"
    rows.write_parquet(path, compression="zstd", row_group_size=ROW_GROUP, statistics=True)
    flush(path)
    return {path.name: stated_of(path, rows=rows.height)}


def stated_of(path: Path, *, rows: int) -> dict[str, Any]:
    """Return what the manifest says of a file."""
    return {"rows": rows, "bytes": path.stat().st_size, "sha256": sha256_of(path)}


def write_again(
    folder: Path, vintage: Vintage, *, name: str, history: Entries, said: Mapping[str, str] | None = None
) -> None:
    """Write the tables of an earlier vintage as those of a new one; ``said`` is the sensitivity that was said since."""
    copy_tables(vintage, folder)
    files = vintage.manifest["files"]
    stored = pl.read_parquet(vintage.folder / SOURCES, glob=False)
    if not (sources := with_sensitivity(stored, said=said or {})).equals(stored):
        files = files | _write_table(folder, "sources", sources)
    retrieved = days_retrieved(vintage.sources)
    manifest = vintage.manifest | {"vintage": name, "files": files}
    told = _with_word(history, sources)
    write_publication(folder, manifest, published=today().isoformat(), retrieved=retrieved, history=told)


def copy_tables(vintage: Vintage, folder: Path) -> None:
    """Copy the tables of a vintage; they are on the disk when this returns."""
    for name in vintage.manifest["files"]:
        shutil.copyfile(vintage.folder / Path(name).name, folder / Path(name).name)
        flush(folder / Path(name).name)


def sweep(store: Path, stated: str | None) -> None:
    """Remove what killed writers left, given what CURRENT names; the caller holds the store's lock."""
    sweep_marks(store, stated)
    for left in store.glob(".tmp-*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in store.glob(f".{CURRENT}-*"):
        left.unlink(missing_ok=True)
