"""Whether the files of a vintage are what its manifest says, byte by byte."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from data.model.notices import say
from data.model.schema import TABLES
from data.store.disk import sha256_of
from data.store.older import columns_of


def problems(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Return a sentence for each file that is absent, altered, unreadable or of another schema."""
    tables = [f"{table}.parquet" for table in TABLES]
    beside = sorted(manifest["files"].keys() - set(tables))
    found = (_problem(folder, Path(name).name, manifest) for name in [*tables, *beside])
    return [sentence for sentence in found if sentence is not None]


def _problem(folder: Path, name: str, manifest: Mapping[str, Any]) -> str | None:
    path, stated = folder / name, manifest["files"].get(name)
    file, table = f"{folder.name}/{name}", path.stem
    if not isinstance(stated, Mapping) or not path.is_file():
        return say("store.problem.absent", file=file)
    try:
        if sha256_of(path) != stated.get("sha256"):
            return say("store.problem.altered", file=file)
    except OSError as error:
        return say("store.problem.unreadable", file=file, why=error.strerror or str(error))
    if table in TABLES and pl.read_parquet_schema(path) != columns_of(table, manifest):
        return say("store.problem.columns", file=file)
    return None
