"""A vintage of cubes: incidents of partitioned files added up by an engine, then published as any other vintage.

Every record of the files is in the cubes or, where it shares its event, beside them: what was written is added up again
by Polars and compared with the files before anything is published (RULES C5).
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from data.model import vocabulary
from data.model.days import today
from data.model.errors import DataError, StoreError, printable
from data.model.notices import say
from data.model.schema import TABLES, conform, empty
from data.model.units import PEOPLE
from data.readers.sources import source_of
from data.scale.engines import ROW_GROUP, Engine
from data.scale.incident_files import IncidentFiles, find_files
from data.scale.incidents import check_incidents, conformed, on_map
from data.scale.sums import Frame, alone, as_sums, cubes, together
from data.store.cubes import BESIDE_CUBES, CUBES, SCHEMA, TOGETHER_SCHEMA, summary_of_cubes
from data.store.disk import flush, sha256_of
from data.store.history import add_line
from data.store.store import Store, write_tables
from data.store.vintage import Vintage

ORDER: Final = ("source", "cell", "date_from", "date_to", "finest_resolution", "route", "cause")
FILES: Final = {CUBES: SCHEMA, BESIDE_CUBES: TOGETHER_SCHEMA}
WORK: Final = ".adding-up"
OWN: Final = ("schema_version", "vintage", "published", "files", "summary")  # of each manifest, never taken over


def publish_cubes(folder: Path, store: Store, engine: Engine) -> dict[str, Any]:
    """Add up the incidents of a folder of partitioned files and publish them as the store's next vintage.

    What else the newest vintage holds stays, but cubes of before: these take their place.

    Returns
    -------
    The vintage's name, and how many rows were read, summed, kept by themselves; what columns were not read.

    Raises
    ------
    DataError
        The files cannot be added up as they are.
    StoreError
        The store cannot be written, or holds single incidents of one of these sources.
    """
    files = find_files(folder)
    incidents = conformed(engine.read(files), files)
    check_incidents(incidents, files)
    with store.locked():
        base = store.base() if store.has_vintage() else None
        work = store.folder / WORK
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        try:
            _add_up(incidents, files, engine, work)
            _stitch(work)
            table = _checked(files, work)
            _check_sources(table["source"].to_list(), base)
            vintage = store.publish_written(lambda place, name: _write(place, name, table, work, files, base))
        finally:
            shutil.rmtree(work, ignore_errors=True)
    report = {
        "vintage": vintage.name,
        "engine": engine.name,
        "rows_read": int(table["rows_read"].sum()),
        "cubes": _rows(vintage, CUBES),
        "beside_cubes": _rows(vintage, BESIDE_CUBES),
        "left_out": files.left_out,
    }
    add_line(store.folder, {"command": "cubes", **report})
    return report


def _rows(vintage: Vintage, name: str) -> int:
    return int(vintage.manifest["files"][f"{name}.parquet"]["rows"])


def _add_up(incidents: Frame, files: IncidentFiles, engine: Engine, work: Path) -> None:
    """Let the engine write the cubes and what stands beside them, each as files in their order."""

    def placed(rows: Frame) -> Frame:
        return on_map(rows if files.has_cells else engine.with_cells(rows))

    engine.write(cubes(as_sums(placed(alone(incidents)))), work / CUBES, order=ORDER)
    rows = as_sums(placed(together(incidents))).select(*TOGETHER_SCHEMA.names())
    engine.write(rows, work / BESIDE_CUBES, order=("source", "cell", "event_id", "record_id"))


def _stitch(work: Path) -> None:
    """Make one file of what an engine wrote, in its order, with the types and row groups of the store."""
    for name, schema in FILES.items():
        parts = sorted((work / name).glob("*.parquet"))
        rows = pl.scan_parquet(parts, glob=False) if parts else pl.LazyFrame(schema=schema)
        typed = rows.select(pl.col(column).cast(dtype) for column, dtype in schema.items())
        typed.sink_parquet(work / f"{name}.parquet", compression="zstd", row_group_size=ROW_GROUP)


def _checked(files: IncidentFiles, work: Path) -> pl.DataFrame:
    """Return source, rows_read and people of the files; raise DataError where the sums hold others."""
    sums = ["records", *PEOPLE]
    written = pl.concat(
        [pl.scan_parquet(work / f"{name}.parquet", glob=False).select("source", *sums) for name in FILES]
    )
    made = written.group_by("source").agg(pl.col(sums).sum()).sort("source").collect(engine="streaming")
    texts = {name: pl.String() for name in files.of_paths} | {
        name: files.columns[name] for name in files.of_paths if name in files.columns
    }
    rows = pl.scan_parquet(list(files.files), glob=False, hive_partitioning=bool(texts), hive_schema=texts or None)
    people = [pl.col(name).cast(pl.Int64).sum() for name in PEOPLE]
    counted = rows.group_by(pl.col("source").cast(pl.String)).agg(pl.len().cast(pl.Int64).alias("records"), *people)
    read = counted.sort("source").collect(engine="streaming")
    if not made.equals(read):
        whole = [[int(found[name].sum()) for name in ("records", "dead_or_missing")] for found in (read, made)]
        sentence = say("scale.not_whole", read=whole[0][0], made=whole[1][0], people=whole[0][1], summed=whole[1][1])
        raise DataError(sentence, file=str(files.folder), code="NOT_WHOLE")
    return read.rename({"records": "rows_read"})


def _check_sources(sources: list[str], base: Vintage | None) -> None:
    """Raise StoreError where a source is unknown, is not public, or is held as single incidents already."""
    for source in sources:
        try:
            known = source_of(source)
        except KeyError as error:
            raise StoreError(say("scale.no_such_source", source=printable(source))) from error
        if known.sensitivity != "public":
            raise StoreError(say("scale.not_public", source=source))
        if base is not None and source in base.summary and not base.is_summed(source):
            raise StoreError(say("scale.held_singly", source=source, vintage=base.name))


def _write(
    folder: Path, name: str, table: pl.DataFrame, work: Path, files: IncidentFiles, base: Vintage | None
) -> None:
    """Write the vintage: the base's tables, the cubes, and a manifest that states both."""
    held = {one: empty(one) if base is None else base.read_stored(one) for one in TABLES}
    stated = {} if base is None else {key: value for key, value in base.manifest.items() if key not in OWN}
    for one in FILES:
        (work / f"{one}.parquet").rename(folder / f"{one}.parquet")
        flush(folder / f"{one}.parquet")
    summary = summary_of_cubes(*(pl.scan_parquet(folder / f"{one}.parquet", glob=False) for one in FILES))
    held["sources"] = _sources(held["sources"], table, files, summary)
    details = {"vocabulary_version": vocabulary.VERSION, "names": {}, "sums": {"incidents": {}}, **stated}
    write_tables(folder, held, details, name=name)
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["summary"] |= summary
    manifest["files"] |= {f"{one}.parquet": _stated(folder / f"{one}.parquet") for one in FILES}
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    flush(path)
    flush(folder)


def _stated(path: Path) -> dict[str, Any]:
    rows = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
    return {"rows": int(rows), "bytes": path.stat().st_size, "sha256": sha256_of(path)}


def _sources(
    held: pl.DataFrame, table: pl.DataFrame, files: IncidentFiles, summary: Mapping[str, Mapping[str, Any]]
) -> pl.DataFrame:
    """Return the sources with a row for each that was added up: the folder is its file, its parts together its hash."""
    whole = hashlib.sha256("".join(sha256_of(path) for path in files.files).encode()).hexdigest()
    rows = []
    for source, count in table.select("source", "rows_read").iter_rows():
        known, days = source_of(source), summary[source]
        rows.append({
            "source": source, "kind": known.kind, "publisher": known.publisher, "title": known.title,
            "citation": known.citation, "licence": known.licence, "url": known.url, "sensitivity": known.sensitivity,
            "is_demonstration": known.is_demonstration, "file": files.folder.name, "edition": whole[:12],
            "sha256": whole, "layout": CUBES, "unit": known.unit, "retrieved": today(),
            **{own: pl.Series([days[one]]).str.to_date()[0] if days[one] else None
               for own, one in (("first_date", "first"), ("last_date", "last"), ("published", "last"))},
            "rows_read": count, "accepted": count, "quarantined": 0, "duplicates": 0,
        })  # fmt: skip
    others = held.filter(~pl.col("source").is_in(table["source"].to_list()))
    return pl.concat([others, conform(pl.DataFrame(rows, infer_schema_length=None), "sources")])
