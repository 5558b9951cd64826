"""What differs between two vintages, so that it adds up to the person.

After = before + added − withdrawn − removed + (restated after − restated before). A row is the same where it is the
same row of the same file and states the same number; every row that one vintage counts and the other does not is one
of these five. Figures of areas and acts of states add up to nobody: of these the files are told that came and went.
What became of single records, as a reader of a sector is told, is ``data/sectors/vintage_diff.py``.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Final

import polars as pl
from msgspec import Meta

from data.model.answers import Answer
from data.model.errors import AbsentError, StoreError
from data.model.notices import say
from data.readers.result import ROW_NUMBER
from data.store.count_editions import GROUP
from data.store.editions import WITHDRAWN
from data.store.reconcile import BESIDE, NUMBER
from data.store.store import Store
from data.store.vintage import Vintage

MOVED: Final = 1e-4  # degrees, 11 m: less is the rounding of another layout
NEWEST, PREVIOUS = "newest", "previous"
ROW: Final = ("source", "edition", "sheet", "row")
OWN: Final = {"incidents": ("record_id",), "counts": (*GROUP, "nationality")}
SAME: Final = ("date_from", "dead", "missing", "dead_or_missing", "latitude", "longitude")
POINT: Final = ("latitude", "longitude")


class Amount(Answer, frozen=True, kw_only=True):
    """Rows, and the people or units that they state; null where there are rows and none of them states a number."""

    rows: int
    number: int | None


class Change(Answer, frozen=True, kw_only=True):
    """A year, a route or a file of which the two vintages count different numbers; a blank key: it is not stated."""

    key: str
    before: Amount
    after: Amount


class SourceDiff(Answer, frozen=True, kw_only=True):
    """One source and unit: after = before + added − withdrawn − removed + (restated_after − restated_before)."""

    source: str
    unit: str
    before: Amount
    after: Amount
    added: Annotated[Amount, Meta(description="No row of before stated them.")]
    withdrawn: Annotated[Amount, Meta(description="A newer file restates their scope and lacks them.")]
    removed: Annotated[Amount, Meta(description="Their file is not in the later vintage, and no other states them.")]
    restated_before: Annotated[Amount, Meta(description="What was counted of rows that another file states now.")]
    restated_after: Annotated[Amount, Meta(description="What is counted of them now.")]
    moved: Annotated[Amount, Meta(description="Of those restated under one id, the ones with another point.")]
    years: list[Change]
    routes: list[Change]
    files: list[Change]


class VintageDiff(Answer, frozen=True, kw_only=True):
    """Two vintages, the files that only one of them holds, and every source and unit that differs."""

    before: str
    after: str
    came: list[str]
    went: list[str]
    sources: list[SourceDiff]


def vintage_asked(store: Store, asked: str) -> Vintage:
    """Return a vintage by its name, by a day, as ``newest`` or as ``previous``: the one published before the newest.

    Raises
    ------
    AbsentError
        There is none.
    StoreError
        It is damaged.
    """
    if asked == NEWEST:
        return store.open(None)
    if asked != PREVIOUS:
        return store.open(asked)
    newest, never = store.newest_name(), store.unpublished()
    earlier = [name for name in store.names() if name < newest and name not in never]
    if not earlier:
        raise AbsentError(say("store.absent", name=asked, newest=newest), parameter="vintage")
    return store.open(earlier[-1])


def diff_of(before: Vintage, after: Vintage) -> VintageDiff:
    """Return what differs between two vintages of one store; raise StoreError where one holds sums alone."""
    for one in (before, after):
        if summed := [source for source in one.summary if one.is_summed(source)]:
            raise StoreError(say("store.summed_diff", vintage=one.name, sources=summed))
    names = [{row["edition"]: row["file"] for row in one.sources.to_dicts()} for one in (before, after)]
    found = [one for kind in OWN for one in _kind(before, after, kind, names[0] | names[1])]
    return VintageDiff(
        before=before.name, after=after.name,
        came=sorted(file for edition, file in names[1].items() if edition not in names[0]),
        went=sorted(file for edition, file in names[0].items() if edition not in names[1]),
        sources=found,
    )  # fmt: skip


def _kind(before: Vintage, after: Vintage, kind: str, files: dict[str, str]) -> Iterator[SourceDiff]:
    rows = [_rows(one.read_stored(kind), kind) for one in (before, after)]
    keys = ["source", "unit"]
    for source, unit in pl.concat(one.select(keys) for one in rows).unique().sort(keys).iter_rows():
        mine = (pl.col("source") == source) & (pl.col("unit") == unit)
        old, new = (one.filter(mine) for one in rows)
        fates = _rows(after.read_stored(BESIDE[kind]), kind).filter(mine)
        told = _told(old, new, fates, kind)
        if told["gone"].height or told["come"].height:
            yield _source_diff(source, unit, old, new, told, files)


def _rows(rows: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Return rows with their number, their unit, and what makes each the row it is."""
    unit = pl.lit("people") if kind == "incidents" else pl.col("unit")
    own = [*ROW, *OWN[kind]]
    return rows.with_columns(unit.alias("unit"), number=pl.col(NUMBER[kind])).with_columns(
        nth=pl.int_range(pl.len()).over(own)
    )


def _told(old: pl.DataFrame, new: pl.DataFrame, fates: pl.DataFrame, kind: str) -> dict[str, pl.DataFrame]:
    """Return the rows that went and that came, each with ``what`` it is."""
    own = [*ROW, *OWN[kind], "nth", "number"]
    gone = old.join(new, on=own, how="anti", nulls_equal=True)
    come = new.join(old, on=own, how="anti", nulls_equal=True)
    keyed = fates.select(*own[:-2], "fate").unique(own[:-2])
    gone = gone.join(keyed, on=own[:-2], how="left", nulls_equal=True, maintain_order="left")
    again = gone.filter(pl.col("fate").fill_null("") != WITHDRAWN)
    restates, is_restated = _matched(come, again, kind), _matched(gone, come, kind)
    what_went = (
        pl.when(pl.col("fate") == WITHDRAWN).then(pl.lit("withdrawn"))
        .when(pl.col("fate").is_not_null() | is_restated).then(pl.lit("restated"))
        .otherwise(pl.lit("removed"))
    )  # fmt: skip
    what_came = pl.when(restates).then(pl.lit("restated")).otherwise(pl.lit("added"))
    return {"gone": gone.with_columns(what=what_went), "come": come.with_columns(what=what_came)}


def _matched(rows: pl.DataFrame, others: pl.DataFrame, kind: str) -> pl.Series:
    """Return whether other rows state each row, too: by its id or event, or by its day, toll and point."""
    if kind == "counts":
        return _is_among(rows, others, OWN[kind])
    named = others.filter(~pl.col("record_id").str.contains(ROW_NUMBER).fill_null(value=True))
    by_record = _is_among(rows, named, ("record_id",))
    by_event = _is_among(rows, others.drop_nulls("event_id"), ("event_id",))
    return by_record | by_event | _is_among(rows, others.drop_nulls(("date_from", *POINT)), SAME)


def _is_among(rows: pl.DataFrame, others: pl.DataFrame, keys: tuple[str, ...]) -> pl.Series:
    known = others.select(keys).unique().with_columns(is_known=pl.lit(value=True))
    joined = rows.select(keys).join(known, on=list(keys), how="left", nulls_equal=True, maintain_order="left")
    return joined["is_known"].fill_null(value=False)


def _source_diff(
    source: str, unit: str, old: pl.DataFrame, new: pl.DataFrame, told: dict[str, pl.DataFrame], files: dict[str, str]
) -> SourceDiff:
    gone, come = told["gone"], told["come"]
    parts = {what: _amount(gone.filter(pl.col("what") == what)) for what in ("withdrawn", "removed", "restated")}
    year = pl.col("date_from").dt.year().cast(pl.String)
    file = pl.col("edition").replace({edition: f"{name} ({edition})" for edition, name in files.items()})
    return SourceDiff(
        source=source, unit=unit, before=_amount(old), after=_amount(new),
        added=_amount(come.filter(pl.col("what") == "added")), withdrawn=parts["withdrawn"], removed=parts["removed"],
        restated_before=parts["restated"], restated_after=_amount(come.filter(pl.col("what") == "restated")),
        moved=_amount(_moved(gone, come)),
        years=_changes(old, new, year), routes=_changes(old, new, pl.col("route")), files=_changes(old, new, file),
    )  # fmt: skip


def _amount(rows: pl.DataFrame) -> Amount:
    is_unknown = rows.height > 0 and rows["number"].null_count() == rows.height
    return Amount(rows=rows.height, number=None if is_unknown else int(rows["number"].sum()))


def _moved(gone: pl.DataFrame, come: pl.DataFrame) -> pl.DataFrame:
    """Return the restated records whose point is another; counts have no points."""
    if "record_id" not in come.columns:
        return come.clear()
    come = come.filter(~pl.col("record_id").str.contains(ROW_NUMBER).fill_null(value=True))
    was = gone.filter(pl.col("what") == "restated").select("record_id", *(pl.col(p).alias(f"was_{p}") for p in POINT))
    both = come.join(was.unique("record_id", keep="first"), on="record_id", how="inner")
    other = [(pl.col(p) - pl.col(f"was_{p}")).abs().fill_null(0.0) > MOVED for p in POINT]
    unknown = [pl.col(p).is_null() != pl.col(f"was_{p}").is_null() for p in POINT]
    return both.filter(pl.any_horizontal(*other, *unknown))


def _changes(old: pl.DataFrame, new: pl.DataFrame, key: pl.Expr) -> list[Change]:
    sides = [_by(one, key) for one in (old, new)]
    nothing = Amount(rows=0, number=0)
    pairs = [(one, sides[0].get(one, nothing), sides[1].get(one, nothing)) for one in sorted({*sides[0], *sides[1]})]
    return [Change(key=one, before=was, after=now) for one, was, now in pairs if was != now]


def _by(rows: pl.DataFrame, key: pl.Expr) -> dict[str, Amount]:
    named: dict[Any, pl.DataFrame] = rows.with_columns(key.fill_null("").alias("key")).partition_by("key", as_dict=True)
    return {str(one): _amount(part) for (one,), part in named.items()}
