"""The reconciliation report: where every row of every file went, and what the file sums to."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any, Final

import polars as pl

from data.model.errors import shown
from data.model.indicators import INDICATORS
from data.model.schema import WHERE_NEEDED
from data.model.sources import PUBLIC
from data.model.units import PEOPLE, STOCKS
from data.readers.result import PLACE, ReadResult
from data.store.counts_once import is_summed
from data.store.incoming import Incoming
from data.store.reconcile import Reconciled
from data.store.vintage import Vintage

TOLD = 10  # quarantined rows, and unread values of a column, that are printed

IS_COUNT: Final = ["edition", "sheet", "row", "unit", "mode", "nationality", "date_from", "date_to"]


def file_report(result: ReadResult, *, edition: str, vintage: Vintage) -> dict[str, Any]:
    """Return one file's line of the report.

    ``dead``, ``missing``, ``dead_or_missing`` (or ``value``) are what the file states; ``in_vintage`` is what
    of it is counted now: less, where a newer edition of the same data set covers the same days.
    """
    row = vintage.sources.filter(pl.col("edition") == edition).to_dicts()[0]
    ends = {name: row[name] for name in ("rows_read", "accepted", "quarantined", "duplicates")}
    return {
        "file": result.file,
        "source": result.source,
        "layout": result.layout,
        "sensitivity": row["sensitivity"],
        **ends,
        **_content(result, edition=edition, vintage=vintage),
        "flags": _flags(result),
        "changes_logged": result.log.height,
        "unread_columns": list(result.unread_columns),
        "unread_values": [asdict(one) for one in result.unread_values],
        "reasons": _reasons(result.set_aside),
        "quarantine": result.set_aside.select("row", "column", "value", "reason").head(20).to_dicts(),
        "first_date": None if row["first_date"] is None else row["first_date"].isoformat(),
        "last_date": None if row["last_date"] is None else row["last_date"].isoformat(),
        "notes": [*result.notes, *_notes(result, row), *_again(edition, vintage)],
    }


def _reasons(quarantine: pl.DataFrame) -> list[dict[str, Any]]:
    """Return column, reason (the value it names left out) and rows, the most frequent first."""
    rows = quarantine.select("column", "reason", "value").iter_rows()
    counted = Counter((column, _without(value, reason)) for column, reason, value in rows)
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0][0] or "", one[0][1]))
    return [{"column": column, "reason": reason, "rows": number} for (column, reason), number in ordered]


def _without(value: str | None, reason: str) -> str:
    """Return a reason without the value that it names and its readings, so that equal faults are one."""
    plain = reason.replace(value, "…", 1) if value else reason
    return re.sub(r"(thousands or decimals): .*? or [^ ]+\.", r"\1.", plain)


def moves_of(judged: Sequence[Reconciled], vintage: Vintage, *, new: set[str]) -> list[dict[str, Any]]:
    """Return what became of the rows of every earlier file of the same data sets (RULES E7)."""
    files = dict(vintage.sources.select("edition", "file").iter_rows())
    return [
        move | {"file": files[move["edition"]], "by": files.get(move["by"] or "")}
        for found in judged
        for move in found.moves(new)
    ]


def entry_of(
    results: Sequence[Incoming], judged: Sequence[Reconciled], sources: pl.DataFrame, lines: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return what the log holds of an ingest: its files with hashes, and what each moved of earlier ones."""
    files = dict(sources.select("edition", "file").iter_rows())
    new = {sha[:12] for _, sha in results}
    moves = [move for found in judged for move in found.moves(new)]
    return {
        "command": "ingest",
        "files": [{"file": result.file, "source": result.source, "sha256": sha} for result, sha in results],
        "earlier": [move | {"file": files[move["edition"]], "by": files.get(move["by"] or "")} for move in moves]
        + lines,
    }


def _content(result: ReadResult, *, edition: str, vintage: Vintage) -> dict[str, Any]:
    if result.kind == "incidents":
        counted = vintage.scan("incidents").filter(pl.col("edition") == edition).select(PEOPLE).collect()
        repeats = result.frame.filter(pl.col("flags").list.contains("E3"))
        return {
            **{name: int(result.frame[name].sum() or 0) for name in PEOPLE},
            "in_vintage": {name: int(counted[name].sum() or 0) for name in PEOPLE},
            "equal_rows": {
                "rows": repeats.height,
                "dead_or_missing": int(repeats["dead_or_missing"].sum() or 0),
            },
        }
    if result.kind == "counts":
        counted = vintage.counts.filter(pl.col("edition") == edition)
        units = [unit for unit in result.frame["unit"].unique().sort() if unit not in STOCKS]  # never added up
        values = {u: int(result.frame.filter(pl.col("unit") == u)["value"].sum() or 0) for u in units}
        one = len(units) == 1  # RULES R1: units are never added up
        return {
            "unit": units[0] if one else None,
            "value": values[units[0]] if one else None,
            "values": values,
            "in_vintage": {u: int(counted.filter(pl.col("unit") == u)["value"].sum() or 0) for u in units},
        }
    if result.kind == "indicators":
        return {"indicators": _figures(result.frame), "withheld": _withheld(result.frame)}
    if result.kind in WHERE_NEEDED:
        return {"acts": result.frame.height, "noun": _noun(result.kind)}
    return {
        "segments": result.frame.height,
        "length_km": round(float(result.frame["length_km"].sum() or 0), 1),
    }


def _noun(kind: str) -> str:
    """Return what a row of a list is."""
    return {"campaigns": "campaign", "tracing_services": "service", "sar_regions": "polygon"}.get(kind, "act")


def _figures(frame: pl.DataFrame) -> dict[str, dict[str, int]]:
    """Return by indicator how many figures a file states, how many of them have no value, and how many are totals."""
    found = frame.group_by("indicator").agg(
        pl.len().alias("figures"), pl.col("absence").count().alias("absent"), pl.col("totals").count().alias("totals")
    )
    return {str(one.pop("indicator")): one for one in found.sort("indicator").to_dicts()}


def _withheld(frame: pl.DataFrame) -> int:
    """Return how many accepted rows state no value at all: each figure of theirs is absent, and says why."""
    return frame.group_by(PLACE).agg(pl.col("value").count().alias("stated")).filter(pl.col("stated") == 0).height


def _flags(result: ReadResult) -> dict[str, int]:
    if "flags" not in result.frame.columns:
        return {}
    counted = result.frame["flags"].explode(empty_as_null=True).drop_nulls().value_counts().sort("flags")
    return dict(counted.iter_rows())


def _notes(result: ReadResult, row: dict[str, Any]) -> list[str]:
    replaced = row["duplicates"] - result.duplicates
    if replaced <= 0:
        return []
    return [f"{replaced:,} rows are declared duplicates: another file of this data set, which is newer, states them."]


def _again(edition: str, vintage: Vintage) -> list[str]:
    """Return how many of a file's counts are of people whom another count here counts, by unit (RULES E6)."""
    own = vintage.counts_marked.filter(pl.col("edition") == edition)
    is_by_other = pl.col("is_again") | (pl.col("within_from").is_not_null() & ~pl.col("within_own"))
    is_by_own = pl.col("is_sum") | (pl.col("within_from").is_not_null() & pl.col("within_own"))
    return [
        *(f"{told}, of people whom another data set here counts too: kept, and added to no sum but this one's own."
          for told in _people_of(own.filter(is_by_other))),
        *(f"{told}, of days that a longer or shorter count of the same people holds too: of the two one is summed."
          for told in _people_of(own.filter(is_by_own))),
    ]  # fmt: skip


def _people_of(counts: pl.DataFrame) -> list[str]:
    sums = counts.group_by("unit").agg(pl.len(), pl.col("value").sum()).sort("unit")
    return [f"{_several(rows, 'count')}, {value:,} {unit.replace('_', ' ')}" for unit, rows, value in sums.iter_rows()]


def others_again(vintage: Vintage, base: Vintage | None, *, new: set[str]) -> list[dict[str, Any]]:
    """Return the counts of earlier files that a new file takes out of the sum, as it counts their people (E6)."""
    if base is None:
        return []
    now, before = (_in_no_sum(one).filter(~pl.col("edition").is_in(sorted(new))) for one in (vintage, base))
    gone = now.join(before, on=IS_COUNT, how="anti", nulls_equal=True)
    files = dict(vintage.sources.select("edition", "file").iter_rows())
    keys = ["source", "edition", "unit"]
    sums = gone.group_by(keys).agg(pl.len().alias("rows"), pl.col("value").sum().alias("number")).sort(keys)
    return [
        one | {"fate": "in no sum", "by": None, "file": files[one["edition"]]} for one in sums.iter_rows(named=True)
    ]


def _in_no_sum(vintage: Vintage) -> pl.DataFrame:
    return vintage.counts_marked.filter(~is_summed(None, None, is_named=False))


def words(report: dict[str, Any]) -> str:
    """Return the report as lines to read."""
    lines = [f"Vintage {report['vintage']} is published."]
    for file in report["files"]:
        lines.append(f"\n{file['file']}  ({file['source']}, layout {file['layout']})")
        lines.append(
            f"  rows read {file['rows_read']:,} = accepted {file['accepted']:,} + quarantined "
            f"{file['quarantined']:,} + duplicates {file['duplicates']:,}"
        )
        if file["sensitivity"] != PUBLIC:
            lines.append("  restricted: in public mode shown by tier (RULES 9); --sensitivity public says otherwise")
        if "dead" in file:
            lines.append(
                f"  dead {file['dead']:,}, missing {file['missing']:,}, together {file['dead_or_missing']:,} "
                "(at least; a minimum)"
            )
        for unit, value in file.get("values", {}).items():
            lines.append(f"  {value:,} {unit.replace('_', ' ')}")
        for name, of in file.get("indicators", {}).items():
            told = f"{_several(of['figures'], 'figure')} of {name}"
            lines.append(f"  {told}, of which {of['absent']:,} without a value, {of['totals']:,} totals")
        if "acts" in file:
            lines.append(f"  {_several(file['acts'], file['noun'])}")
        if "segments" in file:
            lines.append(f"  {file['segments']:,} lines, {file['length_km']:,} km")
        if file["flags"]:
            lines.append("  flags: " + ", ".join(f"{flag} {number:,}" for flag, number in file["flags"].items()))
        if file["changes_logged"]:
            lines.append(f"  {_several(file['changes_logged'], 'change')} to values in the vintage's log")
        lines += _unread_in_words(file)
        lines += _quarantine_in_words(file, report["vintage"])
        lines += [f"  {note}" for note in file["notes"]]
    lines += [_move_in_words(move) for move in report.get("earlier", [])]
    lines += [f"\nRefused and left out: {sentence}" for sentence in report.get("refused", [])]
    return "\n".join(lines)


def _several(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _unread_in_words(file: dict[str, Any]) -> list[str]:
    """Return the columns that are not read, and the first values of each category that are not understood."""
    lines = [f"  columns that are not read: {_named(file['unread_columns'])}"] if file["unread_columns"] else []
    for column, values in groupby(file["unread_values"], key=lambda one: one["column"]):
        held = list(values)
        told = ", ".join(f"'{shown(one['value'])}' ({_several(one['rows'], 'row')})" for one in held[:TOLD])
        more = f", and {_several(len(held) - TOLD, 'value')} more" if len(held) > TOLD else ""
        lines.append(f"  values that no table knows, in column '{column}' (their rows count): {told}{more}")
    return lines


def _named(columns: Sequence[str]) -> str:
    more = len(columns) - TOLD
    return ", ".join(map(shown, columns[:TOLD])) + (f" and {more:,} more" if more > 0 else "")


def _quarantine_in_words(file: dict[str, Any], vintage: str) -> list[str]:
    """Return every reason with how often it was given, the first rows, and where the others are."""
    told = file["quarantine"][:TOLD]
    more = sum(one["rows"] for one in file["reasons"]) - len(told)
    lines = [f"  quarantined: {_several(one['rows'], 'fault')}, column '{one['column']}': {one['reason']}"
             for one in file["reasons"]] if more else []  # fmt: skip
    lines += [f"  quarantined: row {q['row']}, column '{q['column']}': {q['reason']}" for q in told]
    if more:
        lines.append(f"  and {_several(more, 'fault')} more, in {vintage}/quarantine.parquet of the store")
    return lines


def _move_in_words(move: dict[str, Any]) -> str:
    by = f" by {move['by']}" if move["by"] else ""
    unit = move["unit"].replace("_", " ")
    if move["unit"] in WHERE_NEEDED:
        return f"  {move['file']}: {_several(move['rows'], _noun(move['unit']))}, {move['fate']}{by}"
    if move["unit"] in INDICATORS:
        return f"  {move['file']}: {_several(move['rows'], 'figure')} of {move['unit']}, {move['fate']}{by}"
    if unit == "lines":
        return f"  {move['file']}: {_several(move['rows'], 'line')} of its older version {move['fate']}"
    if move["fate"] == "in no sum":
        told = f"{_several(move['rows'], 'count')}, {move['number'] or 0:,} {unit}"
        return f"  {move['file']}: {told}, in no sum but its own any more: another count here is of the same people"
    return f"  {move['file']}: {_several(move['rows'], 'row')}, {move['number'] or 0:,} {unit}, {move['fate']}{by}"
