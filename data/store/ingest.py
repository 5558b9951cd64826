"""Files in, one new vintage out: read, check, judge every edition against every other, publish."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from data.model import vocabulary
from data.model.days import today
from data.model.errors import DataError, StoreError
from data.model.notices import say
from data.model.schema import conform, empty, polars_schema
from data.readers.any_layout import LAYOUTS, Layout
from data.readers.result import PLACE, ReadResult
from data.readers.segments import OWN_ID
from data.store.approvals import check_approved, far_outside
from data.store.editions import Choice, Edition
from data.store.history import history_with
from data.store.incoming import Incoming, read_files
from data.store.line_cells import cells_of_lines
from data.store.lines import merged_lines, moved_lines, replaced_editions
from data.store.older import names_of_today, of_editions
from data.store.reconcile import BESIDE, Reconciled, beyond_bounds, reconcile
from data.store.report import entry_of, file_report, moves_of, others_again
from data.store.sensitivity import said_in, with_sensitivity
from data.store.store import Store
from data.store.vintage import Vintage

Progress = Callable[[str], None]


def ingest(
    paths: Sequence[Path],
    store: Store,
    *,
    progress: Progress = lambda _name: None,
    layouts: Sequence[Layout] = LAYOUTS,
    how: "How | None" = None,
) -> dict[str, Any]:
    """Read ``paths`` and publish one vintage; return the reconciliation report.

    A file that is refused stops all of it, unless ``how`` says to go on without it.

    Raises
    ------
    DataError
        A file is not what it claims, has no known layout or no row that can be accepted, or mixes demonstration with
        real data.
    AmbiguousError
        It is not evident what a newer file restates of an older one: ``how.edition`` says so.
    HeldError
        Too much of what is held of a source would go or change, or a file is far outside what is expected:
        ``how.approve`` gives the reason why it is right.
    StoreError
        The store cannot be read or written.
    """
    how = how or How()
    results, refused = read_files(paths, layouts, progress, skip_refused=how.skip_refused, said=how.layouts)
    first = None if store.has_vintage() else _merge(results, None, how)  # before the lock: a refusal makes no store
    with store.locked():
        base = _base(store)
        merged = first if first is not None and base is None else _merge(results, base, how)
        details = {
            "vocabulary_version": vocabulary.VERSION, "names": _names(results, base), "sums": _sums(merged.tables),
            "choices": merged.choices,
            "approved": [*([] if base is None else base.manifest.get("approved", [])), *merged.approved],
        }  # fmt: skip
        entry = {
            "vintage": store.next_name(),
            "edition": how.edition,
            "approved": merged.approved,
            "refused": refused,
        }
        lines = moved_lines(results, base)
        entry |= entry_of(results, merged.judged, merged.tables["sources"], lines)
        earlier, after = ((), None) if base is None else (base.publication.history, base.name)
        vintage = store.publish_locked(merged.tables, details, history=history_with(earlier, entry, after=after))
    files = [file_report(result, edition=sha[:12], vintage=vintage) for result, sha in results]
    new = {sha[:12] for _, sha in results}
    again = others_again(vintage, base, new=new)
    return {
        "vintage": vintage.name,
        "files": files,
        "refused": refused,
        "earlier": moves_of(merged.judged, vintage, new=new) + again + lines,
    }


def _base(store: Store) -> Vintage | None:
    """Return what is built on; raise StoreError where it holds sums, to which single incidents cannot be added."""
    found = store.base()
    if found is not None and (summed := [source for source in found.summary if found.is_summed(source)]):
        raise StoreError(say("store.summed_by", sources=summed))
    return found


@dataclass(frozen=True)
class How:
    """What a person says of the files of one command."""

    edition: Choice | None = None  # whole: they state all there is within their days; part: they withdraw nothing
    published: date | None = None  # the day that their publisher dates them
    sensitivity: str | None = None  # public or restricted: of all that the files' data sets hold (RULES 9)
    approve: str | tuple[str, ...] | None = None  # why a large change is right: a reason, or SOURCE=REASON of each
    skip_refused: bool = False  # publish the files that can be read, without those that cannot
    layouts: Mapping[Path, str] = field(default_factory=dict)  # which layout a file has, where headings cannot tell

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return why large changes are right, as they were given."""
        return (self.approve,) if isinstance(self.approve, str) else self.approve or ()


@dataclass(frozen=True)
class Merged:
    """A new vintage's tables, what was judged, and what people have said of each edition."""

    tables: dict[str, pl.DataFrame]
    judged: list[Reconciled]
    choices: dict[str, Choice]
    approved: list[dict[str, Any]]


def _merge(results: Sequence[Incoming], base: Vintage | None, how: How) -> Merged:
    """Return the new vintage's tables: what is counted of the base's editions that stay and of the new ones."""
    incoming = [_stamped(result, sha) for result, sha in results]
    new = [sha[:12] for _, sha in results]
    stays = _stays(results, base, set(new))
    choices = {one: choice for one, choice in _choices(base).items() if one in {*stays, *new}}
    choices |= dict.fromkeys(new, how.edition) if how.edition else {}
    described = _described(results, base, stays, how)
    editions = [_edition(one, choices, _unread(results, base, one)) for one in described.to_dicts()]
    files = dict(described.select("edition", "file").iter_rows())
    judged, waits = [], far_outside(result for result, _ in results)
    for kind in BESIDE:
        held = [_held(base, kind, stays), _replaced(base, kind, stays)]
        rows = pl.concat([*held, *(frame for result, frame in incoming if result.kind == kind)])
        judged.append(reconcile(kind, rows.sort(_order(kind), maintain_order=True), editions, files))
        waits += beyond_bounds(judged[-1], _held(base, kind, [*stays, *new]), files)
    approved = check_approved(waits, how.reasons, described["source"].unique())
    tables = {found.kind: found.counted for found in judged} | {BESIDE[found.kind]: found.replaced for found in judged}
    tables["segments"] = merged_lines([frame for result, frame in incoming if result.kind == "segments"], base, stays)
    tables["segment_cells"] = cells_of_lines(tables["segments"])
    tables |= {name: _with_those_of_the_base(name, results, base, stays) for name in ("quarantine", "log")}
    tables["sources"] = _sources(described, tables)
    return Merged(tables, judged, choices, approved)


def _edition(described: dict[str, Any], choices: dict[str, Choice], unread: frozenset[str]) -> Edition:
    name = described["edition"]
    return Edition(name, described["source"], described["published"], choices.get(name), unread)


def _with_those_of_the_base(
    name: str, results: Sequence[Incoming], base: Vintage | None, stays: list[str]
) -> pl.DataFrame:
    """Return the quarantine or the log: what was written of the base's files that stay, and of the new ones."""
    tables = {"quarantine": lambda result: result.set_aside, "log": lambda result: result.log}
    new = [
        tables[name](result).with_columns(source=pl.lit(result.source), edition=pl.lit(sha[:12]))
        for result, sha in results
    ]
    old = [] if base is None else [of_editions(getattr(base, name), stays, name)]
    whole: pl.DataFrame = pl.concat([empty(name), *old, *new])
    return whole


def _unread(results: Sequence[Incoming], base: Vintage | None, edition: dict[str, Any]) -> frozenset[str]:
    """Return every text of an edition's quarantined rows: a row that could not be read has not gone (RULES E7)."""
    raw = [text for result, sha in results if sha[:12] == edition["edition"] for text in result.quarantine["raw"]]
    if not raw and base is not None:
        raw = of_editions(base.quarantine, [edition["edition"]], "quarantine")["raw"].to_list()
    return frozenset(str(value) for text in raw for value in _values(text))


def _values(raw: str) -> list[Any]:
    found = json.loads(raw) if raw.startswith("{") else {}
    return list(found.values())


def _choices(base: Vintage | None) -> dict[str, Choice]:
    return {} if base is None else dict(base.manifest.get("choices", {}))


def _held(base: Vintage | None, kind: str, stays: list[str]) -> pl.DataFrame:
    rows = empty(kind) if base is None else base.read_stored(kind)
    return conform(rows.filter(pl.col("edition").is_in(stays)), kind)


def _replaced(base: Vintage | None, kind: str, stays: list[str]) -> pl.DataFrame:
    """Return the rows of older files that were not counted: each ingest judges all editions anew."""
    rows = empty(kind) if base is None else base.read_stored(BESIDE[kind])
    return conform(rows.filter(pl.col("edition").is_in(stays)), kind)


def _order(kind: str) -> list[str]:
    return ["cell", "source", "date_from", "row"] if kind == "incidents" else ["source", "date_from", "row"]


def _stamped(result: ReadResult, sha: str) -> tuple[ReadResult, pl.DataFrame]:
    frame = result.frame.with_columns(pl.lit(result.source).alias("source"), pl.lit(sha[:12]).alias("edition"))
    return result, conform(frame, result.kind) if result.kind != "segments" else frame


def _stays(results: Sequence[Incoming], base: Vintage | None, editions: set[str]) -> list[str]:
    """Return the base's editions that stay: demonstration and published data never share a vintage."""
    if base is None:
        return []
    kept = base.sources.filter(~pl.col("edition").is_in(sorted(editions)))
    judged = [result for result, _ in results if result.kind != "segments"]
    if judged:
        invented = judged[0].about.is_demonstration
        if invented and not kept.filter(~pl.col("is_demonstration") & (pl.col("kind") != "segments")).is_empty():
            raise DataError(
                "the store holds published data; demonstration data cannot join it (RULES P8). Choose another --store.",
                file=judged[0].file,
                code="DEMONSTRATION",
            )
        kept = kept.filter((pl.col("is_demonstration") == invented) | (pl.col("kind") == "segments"))
    replaced = replaced_editions(results, base)
    return kept.filter(~pl.col("edition").is_in(sorted(replaced)))["edition"].to_list()


def _described(results: Sequence[Incoming], base: Vintage | None, stays: list[str], how: How) -> pl.DataFrame:
    """Return one row per edition, as ``schema.SOURCES`` has it; its rows are not told apart yet."""
    old = [] if base is None else [base.sources.filter(pl.col("edition").is_in(stays))]
    dated = {} if base is None else dict(base.sources.select("edition", "published").iter_rows())
    rows = [_source_row(result, sha, published=how.published or dated.get(sha[:12])) for result, sha in results]
    made = pl.concat([*old, pl.DataFrame(rows, schema=polars_schema("sources"))]) if old or rows else empty("sources")
    held = None if base is None else said_in(base.folder.parent).last
    return with_sensitivity(made, said=_said_of(results, how), held=held)


def _said_of(results: Sequence[Incoming], how: How) -> dict[str, str]:
    """Return the sensitivity that a person states of each data set of the files; this project's lines are public."""
    stated = {result.source for result, _ in results if result.source != OWN_ID}
    return dict.fromkeys(stated, how.sensitivity) if how.sensitivity else {}


def _sources(described: pl.DataFrame, tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the editions with their accepted rows: those that are counted after newer editions have won."""
    left = pl.concat(
        tables[kind].group_by("edition").agg(pl.struct(PLACE).n_unique().cast(pl.Int64).alias("left"))
        for kind in BESIDE
    )
    joined = described.join(left, on="edition", how="left", maintain_order="left")
    counted = pl.when(pl.col("kind") == "segments").then(pl.col("accepted")).otherwise(pl.col("left").fill_null(0))
    return conform(
        joined.with_columns(
            counted.alias("accepted"),
            (pl.col("rows_read") - pl.col("quarantined") - counted).alias("duplicates"),
        ),
        "sources",
    )


def _source_row(result: ReadResult, sha: str, *, published: date | None) -> dict[str, Any]:
    known = result.about
    dated = result.kind != "segments" and result.frame.height > 0
    first = result.frame["date_from"].min() if dated else None
    last = result.frame["date_to"].max() if dated else None
    fields = ("kind", "publisher", "title", "citation", "licence", "url", "sensitivity", "is_demonstration", "unit")
    return {name: getattr(known, name) for name in fields} | {
        "source": result.source, "file": result.file, "edition": sha[:12], "sha256": sha, "layout": result.layout,
        "retrieved": today(), "published": published or last, "first_date": first, "last_date": last,
        "rows_read": result.rows_read, "accepted": result.accepted, "quarantined": result.quarantined,
        "duplicates": result.duplicates,
    }  # fmt: skip


def _names(results: Sequence[Incoming], base: Vintage | None) -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {} if base is None else dict(base.manifest.get("names", {}))
    if base is not None:
        table["country"] = names_of_today(base.manifest)
    for result, _ in results:
        for kind, names in result.names.items():
            table[kind] = table.get(kind, {}) | names
    return table


def _sums(tables: dict[str, pl.DataFrame]) -> dict[str, Any]:
    """Return the sums that ``python -m data check`` compares with the tables."""
    incidents, counts = tables["incidents"], tables["counts"]
    people = ("dead", "missing", "dead_or_missing")
    by_unit = counts.group_by("unit").agg(pl.col("value").sum()).sort("unit")
    found: dict[str, Any] = {
        "incidents": {name: int(incidents[name].sum() or 0) for name in people},
        "counts": dict(by_unit.iter_rows()),
    }
    if not (figures := tables["indicators"]).is_empty():
        found["indicators"] = dict(figures.group_by("indicator").len().sort("indicator").iter_rows())
    return found
