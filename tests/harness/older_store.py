"""A vintage rewritten as an older program left it, or with another manifest that its hash covers."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from data.store.publication import MANIFEST, NAMED, PUBLICATION, publication_in, write_publication

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
    """Rewrite a vintage of today in its place: before schema version 5, days stood in the tables and the manifest."""
    path, stated = folder / MANIFEST, publication_in(folder)
    assert stated is not None
    manifest = json.loads(path.read_text(encoding="utf-8")) | {"schema_version": version}
    manifest.pop(NAMED, None)
    manifest |= {"published": stated.published} | ({"history": list(stated.history)} if version == 4 else {})
    day = pl.lit(stated.published).str.to_date()
    for name in manifest["files"]:
        file = folder / name
        rows = pl.read_parquet(file)
        rows = rows.with_columns(retrieved=day) if file.stem == "sources" else rows
        rows.drop(ADDED_IN_4.get(file.stem, []) if version < 4 else [], strict=False).write_parquet(file)
        content = file.read_bytes()
        manifest["files"][name] |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    (folder / PUBLICATION).unlink(missing_ok=True)


def restate(folder: Path, manifest: Mapping[str, object]) -> None:
    """Give a vintage another manifest, with the right hash beside it."""
    stated = publication_in(folder)
    assert stated is not None
    write_publication(
        folder, manifest, published=stated.published, retrieved=stated.retrieved, history=list(stated.history)
    )
