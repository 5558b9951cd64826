"""Files in, one new vintage out: read, check, reconcile, let newer editions replace older ones, publish."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from data import vocabulary
from data.editions import superseded
from data.errors import DataError
from data.readers.registry import read_file
from data.readers.result import ReadResult
from data.report import file_report
from data.schema import conform, empty, polars_schema
from data.sources import source_of
from data.store import Store, sha256_of
from data.vintage import Vintage
from geo.segments import segment_cells

KINDS: Final = ("incidents", "counts", "segments")
SEGMENT_RESOLUTIONS: Final = (2, 3, 4)
Progress = Callable[[str], None]


def ingest(paths: Sequence[Path], store: Store, *, progress: Progress = lambda _name: None) -> dict[str, Any]:
    """Read ``paths`` and publish one vintage; return the reconciliation report.

    Any file that is refused stops all of it: the published vintage stays as it is.

    Raises
    ------
    DataError
        A file is not what it claims, has no known layout, or mixes demonstration with real data.
    StoreError
        The store cannot be read or written.
    """
    results = []
    for path in _distinct(paths):
        results.append((read_file(path), sha256_of(path)))
        progress(path.name)
    _refuse_mixture([result for result, _ in results])
    with store.locked():
        base = store.current() if store.has_vintage() else None
        tables, sources = _merge(results, base)
        names = _names(results, base)
        vintage = store.publish_locked(
            {**tables, "sources": sources},
            {"vocabulary_version": vocabulary.VERSION, "names": names, "sums": _sums(tables)},
        )
    files = [file_report(result, edition=sha[:12], vintage=vintage) for result, sha in results]
    return {"vintage": vintage.name, "files": files}


def _distinct(paths: Sequence[Path]) -> list[Path]:
    seen: dict[Path, Path] = {}
    for path in paths:
        seen.setdefault(path.resolve() if path.exists() else path, path)
    return list(seen.values())


def _refuse_mixture(results: Sequence[ReadResult]) -> None:
    judged = [result for result in results if result.kind != "segments"]
    invented = [result for result in judged if source_of(result.source).is_demonstration]
    if invented and len(invented) != len(judged):
        raise DataError(
            "demonstration data and published data cannot be in one vintage (RULES P8). Ingest them apart.",
            file=invented[0].file,
            code="DEMONSTRATION",
        )


def _merge(
    results: Sequence[tuple[ReadResult, str]], base: Vintage | None
) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """Return the new vintage's tables: the base's editions that stay, and the new ones."""
    incoming = [_stamped(result, sha) for result, sha in results]
    editions = {sha[:12] for _, sha in results}
    stays = _stays(results, base, editions)
    tables: dict[str, pl.DataFrame] = {}
    for kind in ("incidents", "counts"):
        frames = [frame for result, frame in incoming if result.kind == kind]
        if base is not None:
            frames.insert(0, getattr(base, kind).filter(pl.col("edition").is_in(stays)))
        whole = pl.concat(frames) if frames else empty(kind)
        tables[kind] = whole.filter(~superseded(whole)).sort(_order(kind), maintain_order=True)
    tables["segments"] = _segments(results, base, stays)
    tables["segment_cells"] = _segment_cells(tables["segments"])
    for name in ("quarantine", "log"):
        new = [getattr(result, name).with_columns(pl.lit(result.source).alias("source")) for result, _ in results]
        old = [] if base is None else [getattr(base, name).filter(pl.col("file").is_in(_files(base, stays)))]
        tables[name] = pl.concat([*old, *new]) if old or new else empty(name)
    return tables, _sources(results, base, stays, tables)


def _segment_cells(segments: pl.DataFrame) -> pl.DataFrame:
    """Return the cells of every line; an id is unique within its source only."""
    found = [
        segment_cells(lines, resolutions=SEGMENT_RESOLUTIONS).with_columns(pl.lit(lines["source"][0]).alias("source"))
        for lines in segments.partition_by("source", maintain_order=True)
    ]
    return conform(pl.concat(found), "segment_cells") if found else empty("segment_cells")


def _order(kind: str) -> list[str]:
    return ["cell", "source", "date_from", "row"] if kind == "incidents" else ["source", "date_from", "row"]


def _stamped(result: ReadResult, sha: str) -> tuple[ReadResult, pl.DataFrame]:
    frame = result.frame.with_columns(pl.lit(result.source).alias("source"), pl.lit(sha[:12]).alias("edition"))
    return result, conform(frame, result.kind) if result.kind != "segments" else frame


def _stays(results: Sequence[tuple[ReadResult, str]], base: Vintage | None, editions: set[str]) -> list[str]:
    """Return the base's editions that stay: demonstration and published data never share a vintage."""
    if base is None:
        return []
    kept = base.sources.filter(~pl.col("edition").is_in(sorted(editions)))
    judged = [result for result, _ in results if result.kind != "segments"]
    if judged:
        invented = source_of(judged[0].source).is_demonstration
        if invented and not kept.filter(~pl.col("is_demonstration") & (pl.col("kind") != "segments")).is_empty():
            raise DataError(
                "the store holds published data; demonstration data cannot join it (RULES P8). Choose another --store.",
                file=judged[0].file,
                code="DEMONSTRATION",
            )
        kept = kept.filter((pl.col("is_demonstration") == invented) | (pl.col("kind") == "segments"))
    lines = [result.source for result, _ in results if result.kind == "segments"]
    kept = kept.filter(~pl.col("source").is_in(lines))
    return kept["edition"].to_list()


def _files(base: Vintage, stays: list[str]) -> list[str]:
    return base.sources.filter(pl.col("edition").is_in(stays))["file"].to_list()


def _segments(results: Sequence[tuple[ReadResult, str]], base: Vintage | None, stays: list[str]) -> pl.DataFrame:
    new = [conform(_stamped(result, sha)[1], "segments") for result, sha in results if result.kind == "segments"]
    old = [empty("segments")]
    if base is not None:
        own = base.sources.filter(pl.col("edition").is_in(stays) & (pl.col("kind") == "segments"))["source"]
        old.append(base.segments.filter(pl.col("source").is_in(own.implode())))
    return pl.concat([*old, *new]).unique(["source", "segment_id"], keep="last", maintain_order=True)


def _sources(
    results: Sequence[tuple[ReadResult, str]],
    base: Vintage | None,
    stays: list[str],
    tables: dict[str, pl.DataFrame],
) -> pl.DataFrame:
    """Return one row per edition; accepted rows are those still in the tables after newer editions won."""
    old = [] if base is None else [base.sources.filter(pl.col("edition").is_in(stays))]
    new = [pl.DataFrame([_source_row(result, sha)], schema=polars_schema("sources")) for result, sha in results]
    rows = pl.concat([*old, *new]) if old or new else empty("sources")
    left = pl.concat(
        tables[kind].group_by("edition").agg(pl.col("row").n_unique().cast(pl.Int64).alias("left"))
        for kind in ("incidents", "counts")
    )
    joined = rows.join(left, on="edition", how="left", maintain_order="left")
    counted = pl.when(pl.col("kind") == "segments").then(pl.col("accepted")).otherwise(pl.col("left").fill_null(0))
    return conform(
        joined.with_columns(
            counted.alias("accepted"),
            (pl.col("rows_read") - pl.col("quarantined") - counted).alias("duplicates"),
        ),
        "sources",
    )


def _source_row(result: ReadResult, sha: str) -> dict[str, Any]:
    known = source_of(result.source)
    dated = result.kind != "segments" and result.frame.height > 0
    first = result.frame["date_from"].min() if dated else None
    last = result.frame["date_to"].max() if dated else None
    fields = (
        "kind",
        "publisher",
        "title",
        "citation",
        "licence",
        "url",
        "sensitivity",
        "is_demonstration",
        "unit",
    )
    return {name: getattr(known, name) for name in fields} | {
        "source": result.source, "file": result.file, "edition": sha[:12], "sha256": sha, "layout": result.layout,
        "retrieved": date.today(), "published": last, "first_date": first, "last_date": last,  # noqa: DTZ011
        "rows_read": result.rows_read, "accepted": result.accepted, "quarantined": result.quarantined,
        "duplicates": result.duplicates,
    }  # fmt: skip


def _names(results: Sequence[tuple[ReadResult, str]], base: Vintage | None) -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {} if base is None else dict(base.manifest.get("names", {}))
    for result, _ in results:
        for kind, names in result.names.items():
            table[kind] = table.get(kind, {}) | names
    return table


def _sums(tables: dict[str, pl.DataFrame]) -> dict[str, Any]:
    """Return the sums that ``python -m data check`` compares with the tables."""
    incidents, counts = tables["incidents"], tables["counts"]
    people = ("dead", "missing", "dead_or_missing")
    by_unit = counts.group_by("unit").agg(pl.col("value").sum()).sort("unit")
    return {
        "incidents": {name: int(incidents[name].sum() or 0) for name in people},
        "counts": dict(by_unit.iter_rows()),
    }
