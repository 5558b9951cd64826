"""What ``python -m data check`` verifies: hashes, schema, and the rules that must hold in every vintage."""

import polars as pl

from data.counting.measures import incidents_by_cell, is_located
from data.model.answers import Answer
from data.model.errors import StoreError
from data.model.notices import say
from data.readers.sources import source_of
from data.store.store import Store, open_vintage
from data.store.vintage import Vintage
from geo.cells import resolution_of


class CheckReport(Answer, frozen=True, kw_only=True):
    """How many checks ran on a vintage, and a sentence for each that failed; no name where it cannot be opened."""

    vintage: str | None
    checked: int
    problems: list[str]


def check_store(store: Store, *, every: bool = False) -> CheckReport:
    """Return the name of the vintage in use, how many checks ran and a sentence for each that failed.

    ``every`` checks all vintages; their sentences begin with their names.
    """
    problems = _of_current(store)
    try:
        vintage = store.current()
    except StoreError as error:
        name, checks, found = None, 1, [str(error)]
    else:
        name, checks, found = vintage.name, *_of_vintage(vintage)
    others = [_of_older(store, one) for one in store.names() if every and one != (name or _in_use(store))]
    problems += [*found, *(sentence for _, sentences in others for sentence in sentences)]
    return CheckReport(vintage=name, checked=1 + checks + sum(number for number, _ in others), problems=problems)


def _in_use(store: Store) -> str | None:
    try:
        return store.newest_name()
    except StoreError:
        return None


def _of_current(store: Store) -> list[str]:
    """Return what is wrong with CURRENT, which says what is in use."""
    stated, in_use = store.stated_name(), _in_use(store)
    return [say("store.problem.current_lost", vintage=in_use)] if in_use is not None and stated != in_use else []


def _of_older(store: Store, name: str) -> tuple[int, list[str]]:
    if name in store.unpublished():
        return 1, [say("store.problem.never_published", vintage=name)]
    try:
        checks, found = _of_vintage(open_vintage(store.folder / name))
    except StoreError as error:
        return 1, [str(error)]
    return checks, [f"{name}: {sentence}" for sentence in found]


def _of_vintage(vintage: Vintage) -> tuple[int, list[str]]:
    found = [*_sums(vintage), *_conservation(vintage), *_reconciled(vintage), *_rules(vintage)]
    return len(found), [text for text in found if text]


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
    return found


def _conservation(vintage: Vintage) -> list[str]:
    """Every person is in a cell or is not located, at every resolution (RULES C5, X1)."""
    found = []
    for source in vintage.incident_sources:
        rows = vintage.incidents.lazy().filter(pl.col("source") == source)
        total = rows.select(pl.col("dead_or_missing").sum()).collect().item() or 0
        for resolution in range(7):
            cells = incidents_by_cell(rows, resolution=resolution)["dead_or_missing"].sum() or 0
            rest = rows.filter(~is_located(resolution)).select(pl.col("dead_or_missing").sum()).collect().item() or 0
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
