"""A vintage of cubes: incidents of partitioned files added up by an engine, then published as any other vintage.

Every record of the files is in the cubes or, where it shares its event, beside them: what was written is added up again
by Polars and compared with the files before anything is published (RULES C5).
"""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl

from data.model import vocabulary
from data.model.days import today
from data.model.errors import DataError, StoreError, printable
from data.model.notices import say
from data.model.schema import TABLES, WHERE_NEEDED, conform, empty
from data.model.units import PEOPLE
from data.readers.sources import source_of
from data.scale.engines import ROW_GROUP, Engine
from data.scale.incident_files import IncidentFiles, find_files
from data.scale.incidents import check_incidents, conformed, on_map
from data.scale.sums import Frame, alone, as_sums, cubes, together
from data.store.cubes import BESIDE_CUBES, CUBES, SCHEMA, TOGETHER_SCHEMA, WrittenCubes, summary_of_cubes
from data.store.disk import flush, sha256_of
from data.store.history import history_with
from data.store.older import names_of_today
from data.store.publication import Entries
from data.store.reconcile import BESIDE
from data.store.sensitivity import said_in
from data.store.store import Store
from data.store.vintage import Vintage
from data.store.vintage_files import stated_of, write_tables

ORDER: Final = ("source", "cell", "date_from", "date_to", "finest_resolution", "route", "cause")
FILES: Final = {CUBES: SCHEMA, BESIDE_CUBES: TOGETHER_SCHEMA}
WORK: Final = ".adding-up"
OWN: Final = ("schema_version", "vintage", "published", "files", "summary")  # of each manifest, never taken over
READ_WHOLE: Final = ("sources", "quarantine", "log")  # with the days and editions that older vintages keep elsewhere


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
            made = _written(work)
            report = {
                "vintage": store.next_name(),
                "engine": engine.name,
                "rows_read": int(table["rows_read"].sum()),
                "cubes": made.files[f"{CUBES}.parquet"]["rows"],
                "beside_cubes": made.files[f"{BESIDE_CUBES}.parquet"]["rows"],
                "left_out": files.left_out,
            }
            sources = _sources(empty("sources") if base is None else base.sources, table, files, made.summary)
            entry = {"command": "cubes", "files": [{"file": files.folder.name}], **report}

            def write(place: Path, name: str) -> None:
                for one in made.files:
                    (work / one).rename(place / one)
                _write(place, name, _tables(base) | {"sources": sources}, made, base, entry)

            store.publish_written(write)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return report


def _written(work: Path) -> WrittenCubes:
    """Return what the manifest says of the finished files; they are on the disk when this returns."""
    paths = [work / f"{name}.parquet" for name in FILES]
    for path in paths:
        flush(path)
    scans = [pl.scan_parquet(path, glob=False) for path in paths]
    rows = [int(one.select(pl.len()).collect().item()) for one in scans]
    stated = {path.name: stated_of(path, rows=held) for path, held in zip(paths, rows, strict=True)}
    return WrittenCubes(stated, summary_of_cubes(*scans))


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
    """Raise StoreError where a source is unknown, not public, held as single incidents, or beside invented data."""
    for source in sources:
        try:
            known = source_of(source)
        except KeyError as error:
            raise StoreError(say("scale.no_such_source", source=printable(source))) from error
        if known.sensitivity != "public":
            raise StoreError(say("scale.not_public", source=source))
        if base is not None and said_in(base.folder.parent).withheld([source]):
            raise StoreError(say("scale.not_public", source=source))
        if base is not None and source in base.summary and not base.is_summed(source):
            raise StoreError(say("scale.held_singly", source=source, vintage=base.name))
    kept = empty("sources") if base is None else base.sources.filter(~pl.col("source").is_in(sources))
    is_judged = pl.col("kind") != "segments"
    invented = {*kept.filter(is_judged)["is_demonstration"], *(source_of(one).is_demonstration for one in sources)}
    if len(invented) > 1:
        raise StoreError(say("scale.invented"))


def _tables(base: Vintage | None) -> dict[str, pl.DataFrame]:
    """Return the tables that stay, those of rows that newer editions replaced among them."""
    if base is None:
        return {name: empty(name) for name in TABLES}
    names = (*TABLES, *filter(base.has, WHERE_NEEDED))
    held = {name: getattr(base, name) if name in READ_WHOLE else base.read_stored(name) for name in names}
    return held | {beside: base.read_stored(beside) for beside in BESIDE.values()}


def _write(
    folder: Path, name: str, tables: Mapping[str, pl.DataFrame], made: WrittenCubes, base: Vintage | None,
    entry: Mapping[str, Any],
) -> None:  # fmt: skip
    """Write the tables beside the cubes, and a manifest that states both."""
    stated: dict[str, Any] = {"names": {}, "sums": {"incidents": {}}}
    earlier: Entries = ()
    if base is not None:
        stated |= {key: value for key, value in base.manifest.items() if key not in OWN}
        stated["names"] = {**stated["names"], "country": names_of_today(base.manifest)}
        earlier = base.publication.history
    details = stated | {"vocabulary_version": vocabulary.VERSION}
    write_tables(
        folder,
        tables,
        details,
        name=name,
        history=history_with(earlier, entry, after=None if base is None else base.name),
        cubes=made,
    )


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
