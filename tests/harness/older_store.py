"""A vintage rewritten as an older program left it: without the columns that came later, under its schema version."""

import hashlib
import json
from pathlib import Path

import polars as pl

ADDED_IN_4 = {
    "incidents": ["sheet"],
    "replaced_incidents": ["sheet"],
    "counts": ["sheet"],
    "replaced_counts": ["sheet"],
    "segments": ["edition"],
    "quarantine": ["edition", "sheet"],
    "log": ["edition", "sheet"],
}


def write_as_of(version: int, folder: Path) -> None:
    """Rewrite a vintage of today in its place."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8")) | {"schema_version": version}
    manifest.pop("history", None)
    for table, columns in ADDED_IN_4.items() if version < 4 else ():
        file = folder / f"{table}.parquet"
        if not file.is_file():
            continue
        pl.read_parquet(file).drop(columns, strict=False).write_parquet(file)
        content = file.read_bytes()
        stated = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        manifest["files"][file.name] |= stated
    path.write_text(json.dumps(manifest), encoding="utf-8")
