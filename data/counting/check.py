"""What ``python -m data check`` verifies: hashes, schema, and the rules that must hold in every vintage."""

import polars as pl

from data.counting.measures import incidents_by_cell, is_placed
from data.counting.on_disk import large_cells
from data.model.answers import Answer
from data.query.selection import Selection
from data.readers.sources import source_of
from data.store.cubes import FINEST_IN_CUBES, summed_rows
from data.store.health import NOTE, faults_in
from data.store.in_use import find_in_use
from data.store.opening import whole_vintage
from data.store.store import Store
from data.store.vintage import Vintage
from data.store.vintage_ref import vintage_folders
from geo.cells import resolution_of


class CheckReport(Answer, frozen=True, kw_only=True):
    """The vintage in use, how many checks ran on all, a sentence for each that failed, and what is good to know.

    ``vintage`` is null where none can be opened.
    """

    vintage: str | None
    checked: int
    problems: list[str]
    notes: list[str]


def check_store(store: Store) -> CheckReport:
    """Return how many checks ran on every vintage and its manifest, and a sentence for each that failed."""
    state = faults_in(store.folder)
    problems = list(dict.fromkeys(one.words for one in state if one.level != NOTE))
    checks = 1 + len(store.names())
    for path in vintage_folders(store.folder):
        vintage = None if path.name in store.unpublished() else whole_vintage(path)
        found = [] if vintage is None else _of_vintage(vintage)
        checks += len(found)
        problems += [f"{path.name}: {sentence}" for sentence in found if sentence]
    in_use = find_in_use(store.folder).vintage
    return CheckReport(
        vintage=in_use.name if in_use else None, checked=checks, problems=problems,
        notes=[one.words for one in state if one.level == NOTE],
    )  # fmt: skip


def _of_vintage(vintage: Vintage) -> list[str]:
    """Return for each check a sentence where it failed, else a blank."""
    return [*_sums(vintage), *_conservation(vintage), *_reconciled(vintage), *_rules(vintage)]


def _sums(vintage: Vintage) -> list[str]:
    """Compare the tables with the sums in the manifest: wrong by one is wrong."""
    stated = vintage.manifest.get("sums") or {}
    found = ["" if stated else "the manifest states no sums."]
    for name, value in stated.get("incidents", {}).items():
        now = int(vintage.incidents[name].sum() or 0)
        found.append("" if now == value else f"incidents: {name} sums to {now}, the manifest says {value}.")
    for unit, value in stated.get("counts", {}).items():
        now = int(vintage.counts.filter(pl.col("unit") == unit)["value"].sum() or 0)
        found.append("" if now == (value or 0) else f"counts: {unit} sum to {now}, the manifest says {value}.")
    counted = vintage.scan_where_needed("indicators").group_by("indicator").len().collect()
    held = dict(counted.iter_rows())
    for indicator, figures in stated.get("indicators", {}).items():
        now = held.get(indicator, 0)
        found.append("" if now == figures else f"indicators: {now} of {indicator}, the manifest says {figures}.")
    return found


def _conservation(vintage: Vintage) -> list[str]:
    """Every person is in a cell or is not located, at every resolution (RULES C5, X1)."""
    found = []
    for source in vintage.incident_sources:
        if vintage.is_summed(source):
            found += _conserved_in_sums(vintage, source)
            continue
        rows = vintage.incidents.lazy().filter(pl.col("source") == source)
        total = rows.select(pl.col("dead_or_missing").sum()).collect().item() or 0
        for resolution in range(7):
            cells = incidents_by_cell(rows, resolution=resolution)["dead_or_missing"].sum() or 0
            rest = rows.filter(~is_placed()).select(pl.col("dead_or_missing").sum()).collect().item() or 0
            equal = cells + rest == total
            found.append("" if equal else f"{source}, resolution {resolution}: {cells} + {rest} ≠ {total} (C5).")
    return found


def _conserved_in_sums(vintage: Vintage, source: str) -> list[str]:
    """Hold of sums what ``_conservation`` holds, and that they stand for as many records as were accepted."""
    rows = summed_rows(vintage, source)
    summed = rows.select(pl.col("records", "dead_or_missing").sum()).collect(engine="streaming")
    records, total = (int(summed[name].item()) for name in summed.columns)
    accepted = int(vintage.sources.filter(pl.col("source") == source)["accepted"].sum())
    found = ["" if records == accepted else f"{source}: sums of {records} records, {accepted} were accepted (C5)."]
    for resolution in range(FINEST_IN_CUBES + 1):
        asked = Selection(source=source, resolution_chosen=resolution)
        cells = large_cells(vintage, asked)["dead_or_missing"].sum() or 0
        outside = rows.filter(~is_placed()).select(pl.col("dead_or_missing").sum())
        rest = outside.collect(engine="streaming").item() or 0
        equal = cells + rest == total
        found.append("" if equal else f"{source}, resolution {resolution}: {cells} + {rest} ≠ {total} (C5).")
    return found


def _reconciled(vintage: Vintage) -> list[str]:
    found = []
    for row in vintage.sources.iter_rows(named=True):
        ends = row["accepted"] + row["quarantined"] + row["duplicates"]
        equal = ends == row["rows_read"] and row["duplicates"] >= 0
        found.append("" if equal else f"{row['file']}: {row['rows_read']} rows read, {ends} accounted for.")
    return found


def _rules(vintage: Vintage) -> list[str]:
    incidents = vintage.incidents
    kinds = {source_of(s).is_demonstration for s in incidents["source"].unique().to_list()}
    order = (incidents["date_from"] > incidents["date_to"]).any()
    off = incidents.filter(~pl.col("latitude").is_between(-90, 90) | ~pl.col("longitude").is_between(-180, 180))
    cells = incidents["cell"].drop_nulls().head(1000).to_list()
    return [
        "demonstration and published incidents are in one vintage (P8)." if len(kinds) > 1 else "",
        "an incident ends before it begins (Q2)." if order else "",
        f"{off.height} incidents lie off the globe." if off.height else "",
        "a cell is not of resolution 7." if any(resolution_of(cell) != 7 for cell in cells) else "",
    ]
