"""The reconciliation report: where every row of every file went, and what the file sums to."""

from typing import Any

import polars as pl

from data.readers.result import ReadResult
from data.vintage import Vintage

PEOPLE = ("dead", "missing", "dead_or_missing")


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
        **ends,
        **_content(result, edition=edition, vintage=vintage),
        "flags": _flags(result),
        "changes_logged": result.log.height,
        "unread_columns": list(result.unread_columns),
        "quarantine": result.quarantine.select("row", "column", "value", "reason").head(20).to_dicts(),
        "first_date": None if row["first_date"] is None else row["first_date"].isoformat(),
        "last_date": None if row["last_date"] is None else row["last_date"].isoformat(),
        "notes": [*result.notes, *_notes(result, row)],
    }


def _content(result: ReadResult, *, edition: str, vintage: Vintage) -> dict[str, Any]:
    if result.kind == "incidents":
        counted = vintage.incidents.filter(pl.col("edition") == edition)
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
        units = result.frame["unit"].unique().sort().to_list()
        values = {u: int(result.frame.filter(pl.col("unit") == u)["value"].sum() or 0) for u in units}
        one = len(units) == 1  # RULES R1: units are never added up
        return {
            "unit": units[0] if one else None,
            "value": values[units[0]] if one else None,
            "values": values,
            "in_vintage": {u: int(counted.filter(pl.col("unit") == u)["value"].sum() or 0) for u in units},
        }
    return {
        "segments": result.frame.height,
        "length_km": round(float(result.frame["length_km"].sum() or 0), 1),
    }


def _flags(result: ReadResult) -> dict[str, int]:
    if "flags" not in result.frame.columns:
        return {}
    counted = result.frame["flags"].explode(empty_as_null=True).drop_nulls().value_counts().sort("flags")
    return dict(counted.iter_rows())


def _notes(result: ReadResult, row: dict[str, Any]) -> list[str]:
    replaced = row["duplicates"] - result.duplicates
    if replaced <= 0:
        return []
    return [
        f"{replaced:,} rows are declared duplicates: another edition of this data set, with later days, covers them."
    ]


def words(report: dict[str, Any]) -> str:
    """Return the report as lines to read."""
    lines = [f"Vintage {report['vintage']} is published."]
    for file in report["files"]:
        lines.append(f"\n{file['file']}  ({file['source']}, layout {file['layout']})")
        lines.append(
            f"  rows read {file['rows_read']:,} = accepted {file['accepted']:,} + quarantined "
            f"{file['quarantined']:,} + duplicates {file['duplicates']:,}"
        )
        if "dead" in file:
            lines.append(
                f"  dead {file['dead']:,}, missing {file['missing']:,}, together {file['dead_or_missing']:,} "
                "(at least; a minimum)"
            )
            equal = file["equal_rows"]
            if equal["rows"]:
                lines.append(f"  {equal['rows']:,} rows repeat another row exactly and stand as published (RULES E3): "
                             f"{equal['dead_or_missing']:,} people")  # fmt: skip
        for unit, value in file.get("values", {}).items():
            lines.append(f"  {value:,} {unit.replace('_', ' ')}")
        if "segments" in file:
            lines.append(f"  {file['segments']:,} lines, {file['length_km']:,} km")
        if file["flags"]:
            lines.append("  flags: " + ", ".join(f"{flag} {number:,}" for flag, number in file["flags"].items()))
        if file["changes_logged"]:
            lines.append(f"  {file['changes_logged']:,} changes to values are in the vintage's log")
        lines += [
            f"  quarantined: row {q['row']}, column '{q['column']}': {q['reason']}" for q in file["quarantine"][:5]
        ]
        lines += [f"  {note}" for note in file["notes"]]
    return "\n".join(lines)
