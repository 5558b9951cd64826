"""A vintage's tables as one role may see them: the one place where tiers are enforced (RULES 9).

Every view, count, file and feed reads a vintage, and a vintage reads its tables through ``narrowed``.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from data.model.roles import LIMITS, Role
from data.model.sources import PUBLIC, RESTRICTED
from data.store.coarsening import Scope, coarsened, known_ids, without_rows
from data.store.cubes import BESIDE_CUBES, CUBES
from data.store.line_cells import cells_of_lines, generalised
from data.store.pseudonyms import pseudonym
from data.store.small_figures import without_small_figures
from data.store.small_groups import without_small_groups
from data.store.summary import SourceSummary

TOLD: Final = (
    "schema_version",
    "vintage",
    "published",
    "files",
)  # of the manifest: no sum, no file, no act of a person
OF_FILES: Final = ("file", "sha256", "published", "rows_read", "accepted", "quarantined", "duplicates")


def restricted_sources(sources: pl.DataFrame) -> frozenset[str]:
    """Return the data sets of which an edition is not said to be public."""
    return frozenset(sources.filter(pl.col("sensitivity").ne_missing(PUBLIC))["source"])


def scope_of(
    sources: pl.DataFrame, role: Role, today: date | None, *, withheld: frozenset[str] = frozenset()
) -> Scope | None:
    """Return what is restricted for a role, what was ``withheld`` since among it; None where all may be seen."""
    found = restricted_sources(sources) | withheld if role is not Role.OPERATOR else frozenset()
    if not found:
        return None
    if today is None:
        raise ValueError("a vintage that is read by tier needs the day of reading")
    known = sources.group_by("source").agg(pl.col("retrieved").max()).drop_nulls()
    return Scope(found, LIMITS[role], today, dict(known.iter_rows()))


def narrowed(name: str, rows: pl.LazyFrame, scope: Scope) -> pl.LazyFrame:
    """Return a table, or one beside it, as the scope's role may see it: with the columns that it has."""
    if name in (CUBES, BESIDE_CUBES):  # of public sources alone, whatever was said of one later: too many to collect
        return _written_anew(rows.filter(~scope.is_other))
    table = name.removeprefix("replaced_")
    change = CHANGES.get(table)
    if change is None:
        return _written_anew(coarsened(rows, scope))
    return _written_anew(change(rows.collect(), scope).lazy())


def _written_anew(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return the same rows whose texts share no memory with what was left out: Arrow files write such memory whole."""
    texts = [name for name, dtype in rows.collect_schema().items() if dtype == pl.String]
    return rows.with_columns(
        pl.concat_str([pl.col(name), pl.lit("")], ignore_nulls=False).alias(name) for name in texts
    )


def _counts(rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """Return counts without those too young or of small groups; a place is told from another, and not named."""
    shown = rows.filter(scope.old_enough(at_sea=pl.col("mode").ne_missing("land")))
    shown = pl.concat([
        shown.with_row_index("number").filter(~scope.is_other),
        without_small_groups(shown.with_row_index("number").filter(scope.is_other), scope.limits.smallest_group),
    ]).sort("number").drop("number")  # fmt: skip
    known = known_ids()
    is_known = pl.col("route").is_in(known["route"])
    told = pl.coalesce("place", pl.when(~is_known).then(pl.col("route")))
    hidden: dict[str, pl.Expr] = {
        "file": pl.lit(None), "sheet": pl.lit(None), "row": pl.lit(None),
        "edition": pseudonym(pl.col("edition"), prefix="edition"),
        "place": pseudonym(told, prefix="area"),
        "route": pl.when(is_known).then(pl.col("route")),
        "country": pl.when(pl.col("country").is_in(known["country"])).then(pl.col("country")),
        "nationality": pl.when(pl.col("nationality").is_in(known["country"])).then(pl.col("nationality")),
    }  # fmt: skip
    return _of_others(shown, hidden, scope)


def _indicators(rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """Return figures without those too young or of years with a small group; of its file no text is told."""
    numbered = rows.filter(scope.old_enough(at_sea=pl.lit(value=True))).with_row_index("number")
    shown = pl.concat([
        numbered.filter(~scope.is_other),
        without_small_figures(numbered.filter(scope.is_other), scope.limits.smallest_group),
    ]).sort("number").drop("number")  # fmt: skip
    known = known_ids()
    hidden: dict[str, pl.Expr] = {
        "file": pl.lit(None), "sheet": pl.lit(None), "row": pl.lit(None), "flag": pl.lit(None),
        "edition": pseudonym(pl.col("edition"), prefix="edition"),
        "breakdown": pseudonym(pl.col("breakdown"), prefix="part"),
        "route": pl.when(pl.col("route").is_in(known["route"])).then(pl.col("route")),
    }  # fmt: skip
    return _of_others(shown, hidden, scope)


def _sources(rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """Return the editions; of those that are not public neither file, nor sum, nor day: ``with_days`` adds the days."""
    hidden: dict[str, pl.Expr] = {name: pl.lit(None) for name in (*OF_FILES, "first_date", "last_date")}
    hidden["edition"] = pseudonym(pl.col("edition"), prefix="edition")
    hidden["sensitivity"] = pl.when(pl.col("sensitivity") != PUBLIC).then("sensitivity").otherwise(pl.lit(RESTRICTED))
    return _of_others(rows, hidden, scope)


def with_days(sources: pl.DataFrame, tables: Iterable[pl.LazyFrame], scope: Scope) -> pl.DataFrame:
    """Return sources of which the ones that are not public cover the days of what is shown of them."""
    days = [pl.col("date_from").min().alias("first"), pl.col("date_to").max().alias("last")]
    found = pl.concat([
        rows.filter(scope.is_other).group_by("source").agg(days).collect() for rows in tables
    ]).group_by("source").agg(pl.col("first").min(), pl.col("last").max())  # fmt: skip
    joined = sources.join(found, on="source", how="left", maintain_order="left")
    made = joined.with_columns(
        first_date=pl.coalesce("first_date", "first"), last_date=pl.coalesce("last_date", "last")
    )
    return made.select(sources.columns)


def _of_others(rows: pl.DataFrame, made: Mapping[str, pl.Expr], scope: Scope) -> pl.DataFrame:
    return rows.with_columns(
        pl.when(scope.is_other).then(value).otherwise(pl.col(name)).cast(rows.schema[name]).alias(name)
        for name, value in made.items()
    )


def _no_cells(rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """Return the cells of the lines that are public; ``with_cells`` adds those of the others as they are shown."""
    return rows if scope.limits.sees_lines else without_rows(rows, scope.sources)


def with_cells(cells: pl.DataFrame, lines: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """Return the cells of all lines that are shown."""
    if scope.limits.sees_lines:
        return cells
    return pl.concat([cells, cells_of_lines(lines.filter(scope.is_other))])


def _no_lines(rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    return without_rows(rows, scope.sources)


CHANGES: Final[dict[str, Callable[[pl.DataFrame, Scope], pl.DataFrame]]] = {
    "counts": _counts,
    "indicators": _indicators,
    "segments": generalised,
    "segment_cells": _no_cells,
    "sources": _sources,
    "policy_events": _no_lines,
    "treaties": _no_lines,
    "campaigns": _no_lines,
    "tracing_services": _no_lines,
    "sar_regions": _no_lines,
    "quarantine": _no_lines,
    "log": _no_lines,
}


def public_ids(
    summary: Mapping[str, SourceSummary], *tables: pl.DataFrame, others: frozenset[str]
) -> dict[str, set[str]]:
    """Return the ids that public sources have, by kind; ``others`` are the sources that are not public."""
    parts = [one.ids for source, one in summary.items() if source not in others]
    found = {name: {one for ids in parts for one in ids[name]} for name in ("route", "region", "country")}
    for table in tables:
        found["route"] |= set(table.filter(~pl.col("source").is_in(sorted(others)))["route"].drop_nulls())
    return found


def told_of(manifest: Mapping[str, Any], names: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """Return what a reader by tier may learn of a manifest; of its names those of ids that are public or known.

    Parameters
    ----------
    names : ids that public sources have, by kind: route, region, country
    """
    stated: dict[str, dict[str, str]] = manifest.get("names", {})
    known = known_ids()
    kept = {
        kind: {one: name for one, name in table.items() if one in {*names.get(kind, ()), *known.get(kind, ())}}
        for kind, table in stated.items()
    }
    return {name: manifest[name] for name in TOLD if name in manifest} | {"names": kept}
