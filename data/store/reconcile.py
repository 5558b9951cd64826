"""All editions in, what is counted out: with what was replaced, withdrawn and kept of every file (RULES E7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from data.model.errors import AmbiguousError
from data.model.schema import empty
from data.readers.result import ROW_NUMBER
from data.store.approvals import Held
from data.store.count_editions import GROUP, TO_DATE, with_group
from data.store.editions import REPLACED, WITHDRAWN, Edition, judge_rows
from data.store.indicator_editions import GROUP as INDICATOR_GROUP
from data.store.indicator_editions import with_group as with_indicator_group

MOST_WITHDRAWN: Final = 0.01  # of the people (or counts) of a source that are already held
MOST_MOVED: Final = 0.10  # of what records or groups that are stated again said before
BESIDE: Final = {
    "incidents": "replaced_incidents", "counts": "replaced_counts", "indicators": "replaced_indicators",
    "policy_events": "replaced_policy_events", "treaties": "replaced_treaties",
    "campaigns": "replaced_campaigns", "tracing_services": "replaced_tracing_services",
    "sar_regions": "replaced_sar_regions",
}  # fmt: skip
NUMBER: Final = {"incidents": "dead_or_missing", "counts": "value", "indicators": "value"}
OWNER: Final = {"incidents": ("source",), "counts": ("source", "unit"), "indicators": ("source", "indicator")}
PLACES: Final = {  # what tells one row of an edition from another
    "incidents": ("edition", "sheet", "row"),
    "counts": ("edition", "sheet", "row", "unit", "nationality", "date_from", "place"),
    "indicators": ("edition", "sheet", "row", "indicator", "date_from"),
}
GROUPS: Final = {"incidents": ("event_id",), "counts": GROUP, "indicators": INDICATOR_GROUP}
FATE: Final = {"fate": pl.String, "by": pl.String}


@dataclass(frozen=True)
class Reconciled:
    """One kind of rows, judged: what is counted, and what was stated by older files and is no longer."""

    kind: str
    counted: pl.DataFrame
    replaced: pl.DataFrame  # with fate and by, as ``editions.judge_rows`` returns

    def moves(self, new: set[str]) -> list[dict[str, Any]]:
        """Return for each earlier edition: fate (replaced, withdrawn, kept), by (an edition; None: kept), rows, number.

        Earlier are those that are not ``new`` in this command and share a source with one that is, and those of which
        something is replaced. ``number`` is people dead or missing of incidents, and the sum of counts, unit by unit.
        """
        number, unit = _numbers_of(self.kind)
        keys = ["source", "edition", "fate", "by", "unit"]
        gone = self.replaced.with_columns(unit).group_by(keys).agg(pl.len().alias("rows"), number)
        kept = (
            self.counted.filter(pl.col("edition").is_in(sorted(self._earlier(new))))
            .with_columns(unit, pl.lit("kept").alias("fate"), pl.lit(None, pl.String).alias("by"))
            .group_by(keys)
            .agg(pl.len().alias("rows"), number)
        )
        return pl.concat([gone, kept], how="vertical_relaxed").sort(keys, nulls_last=True).to_dicts()

    def _earlier(self, new: set[str]) -> set[str]:
        sources = self.counted.filter(pl.col("edition").is_in(sorted(new)))["source"].unique()
        others = self.counted.filter(pl.col("source").is_in(sources.implode()))["edition"].unique()
        return (set(others) - new) | set(self.replaced["edition"].unique())


def _numbers_of(kind: str) -> tuple[pl.Expr, pl.Expr]:
    """Return what is added up of a kind of rows, as number, and its unit; of figures and acts nothing is."""
    nothing = pl.lit(None, pl.Int64).alias("number")
    if kind == "indicators":
        return nothing, pl.col("indicator").alias("unit")
    if kind not in NUMBER:
        return nothing, pl.lit(kind).alias("unit")
    number = pl.col(NUMBER[kind]).sum().alias("number")
    return number, pl.lit("people").alias("unit") if kind == "incidents" else pl.col("unit")


def reconcile(kind: str, rows: pl.DataFrame, editions: Iterable[Edition], files: dict[str, str]) -> Reconciled:
    """Return what of all editions' rows is counted; raise AmbiguousError where a person has to say."""
    here = set(rows["edition"].unique())
    try:
        judged = rows.with_columns(judge_rows(rows, [one for one in editions if one.id in here]))
    except AmbiguousError as error:
        sentence = f"{files[error.newer]} over {files[error.older]}: {error}"
        raise AmbiguousError(sentence, older=error.older, newer=error.newer) from None
    if judged["fate"].null_count() == judged.height:
        return Reconciled(kind, rows, judged.clear())
    is_counted = pl.col("fate").is_null()
    return Reconciled(kind, judged.filter(is_counted).drop(*FATE), judged.filter(~is_counted))


def nothing_replaced(kind: str) -> pl.DataFrame:
    """Return the table of replaced rows without any."""
    return empty(kind).with_columns(pl.lit(None, dtype).alias(name) for name, dtype in FATE.items())


def beyond_bounds(found: Reconciled, held: pl.DataFrame, names: dict[str, str]) -> list[Held]:
    """Return each source of which too much that is already held would go or change; additions never wait.

    ``held`` are the rows of the vintage in use; ``names`` the file of each edition.
    """
    if found.replaced.is_empty() or held.is_empty() or found.kind not in NUMBER:
        return []
    owner = list(OWNER[found.kind])
    number = NUMBER[found.kind]
    keys = PLACES[found.kind]
    gone = found.replaced.join(held.select(keys).unique(), on=keys, how="semi", nulls_equal=True)
    whole = {tuple(key): total for *key, total in held.group_by(owner).agg(pl.col(number).sum()).iter_rows()}
    waits = [
        Held(key[0], _withdrawn(gone, key[0], int(total), int(whole[tuple(key)]), names))
        for *key, total in _sums(gone.filter(pl.col("fate") == WITHDRAWN), owner, number)
        if abs(total) > MOST_WITHDRAWN * abs(whole[tuple(key)])
    ]
    again = gone.filter(pl.col("fate") == REPLACED)
    for source, before, after, grown in [*_moved(found, again), *_moved_unnamed(found, again)]:
        if before - after > MOST_MOVED * abs(before) or grown - before > MOST_MOVED * abs(before):
            sentence = (
                f"What is stated again of '{source}' would change from {before:,} to {after:,}, by more than a tenth."
            )
            waits.append(Held(source, sentence))
    return waits


def _withdrawn(gone: pl.DataFrame, source: str, total: int, whole: int, names: dict[str, str]) -> str:
    by = gone.filter((pl.col("fate") == WITHDRAWN) & (pl.col("source") == source))["by"].unique().sort()
    files = ", ".join(names.get(one, one) for one in by)
    return (
        f"{files} restates years or regions of '{source}' and lacks {total:,} of the {whole:,} that are held, more "
        "than a hundredth."
    )


def _sums(rows: pl.DataFrame, owner: list[str], number: str) -> list[tuple[Any, ...]]:
    return rows.group_by(owner).agg(pl.col(number).sum()).sort(owner).rows()


Move = tuple[str, int, int, int]  # source, people held, people now, people now without what is added


def _moved(found: Reconciled, gone: pl.DataFrame) -> list[Move]:
    """Return what was held and what is counted now of events or groups that a newer file names again.

    A record with an id that was not held is an addition, also to an event that was.
    """
    owner = list(OWNER[found.kind])
    keys = ["source", *GROUPS[found.kind]]
    number = NUMBER[found.kind]
    gone, counted = (_comparable(rows, found.kind) for rows in (gone, found.counted))
    before = gone.group_by(keys).agg(pl.col(number).sum().alias("before"))
    after = counted.group_by(keys).agg(pl.col(number).sum().alias("after"))
    held = counted.filter(_was_held(gone)) if found.kind == "incidents" else counted
    grown = held.group_by(keys).agg(pl.col(number).sum().alias("grown"))
    both = before.join(after, on=keys, how="inner", nulls_equal=True)
    both = both.join(grown, on=keys, how="left", nulls_equal=True)
    sums = both.group_by(owner).agg(pl.col("before", "after", "grown").sum()).sort(owner)
    return [(source, *(int(one or 0) for one in numbers[-3:])) for source, *numbers in sums.iter_rows()]


def _was_held(gone: pl.DataFrame) -> pl.Expr:
    return pl.col("record_id").is_in(gone["record_id"].unique().implode()) | pl.col("record_id").str.contains(
        ROW_NUMBER
    )


def _comparable(rows: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Return rows whose group is that of the newer ones: a year's count to date is one of that year."""
    if kind == "incidents":
        return rows
    if kind == "indicators":
        return with_indicator_group(rows)
    year = pl.when(TO_DATE).then(pl.col("date_from").dt.offset_by("1y").dt.offset_by("-1d"))
    return with_group(rows).with_columns(year.otherwise(pl.col("date_to")).alias("date_to"))


def _moved_unnamed(found: Reconciled, gone: pl.DataFrame) -> list[Move]:
    """Return source, what was held of events that newer files name otherwise, and what those files count in those days.

    They hold further events, too: only a loss tells anything.
    """
    if found.kind != "incidents":
        return []
    named = found.counted.select("source", "event_id").unique()
    unnamed = gone.join(named, on=["source", "event_id"], how="anti").drop_nulls("date_from")
    everything = pl.concat([found.counted, found.replaced.select(found.counted.columns)])
    newer = everything.join(gone.select("source", "event_id").unique(), on=["source", "event_id"], how="anti")
    moves = []
    for (source, by), rows in unnamed.group_by("source", "by", maintain_order=True):
        first, last = rows["date_from"].min(), rows["date_to"].max()
        held = (pl.col("edition") == by) & (pl.col("date_from") >= first) & (pl.col("date_to") <= last)
        here = newer.filter(held)
        moves.append((str(source), int(rows["dead_or_missing"].sum()), int(here["dead_or_missing"].sum()), 0))
    return moves
