"""Figures that a publisher does not show stay hidden: no other figure tells them by difference (RULES 9).

UNODC writes ``<5``, CTDC ``<10``. A total and its other parts would tell such a figure again. In every family (a total
and its parts along one dimension) in which one figure alone is hidden, or in which the hidden ones can only have one
value each, a further one is withheld: the smallest part above 0, else the total. What is withheld so is hidden in its
other families too, until nothing can be worked out from any family.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import polars as pl

from data.indicators.sums import word_of
from data.model.absence import BELOW_THRESHOLD, WITHHELD

SHARED: Final = ("source", "indicator", "unit", "area", "route", "date_from", "date_to")
AREA: Final = "area"
BOUND: Final = r"^<(\d+)$"
MEMBERS: Final = pl.Schema({"family": pl.UInt64, "member": pl.UInt32, "is_whole": pl.Boolean})


class _Shape(NamedTuple):
    """By which dimensions rows are split, and of which they are totals."""

    split: frozenset[str]
    totals: frozenset[str]


def without_recoverable(figures: pl.DataFrame) -> pl.DataFrame:
    """Return figures (schema.INDICATORS) of which those that would tell a hidden one are withheld.

    Their value is null and their absence ``withheld``; a table in which nothing is hidden is returned as it is.
    """
    hidden = pl.col("absence") == BELOW_THRESHOLD
    sources = figures.filter(hidden)["source"].unique()
    if sources.is_empty():
        return figures
    rows = figures.with_row_index("position")
    here = _beside_hidden(rows.filter(pl.col("source").is_in(sources.implode())), hidden)
    members = pl.concat([MEMBERS.to_frame(), *_families(here)])
    values = here.select(
        member=pl.col("position"), value=pl.col("value"),
        most=pl.when(hidden).then(pl.col("flag").str.extract(BOUND).cast(pl.Float64) - 1),
    )  # fmt: skip
    more: set[int] = set()
    while True:
        found = _told(members.join(values, on="member"), more)
        if found <= more:
            break
        more |= found
    gone = pl.col("position").is_in(sorted(more))
    return rows.with_columns(
        pl.when(~gone).then(pl.col("value")).alias("value"),
        pl.when(gone).then(pl.lit(WITHHELD)).otherwise(pl.col("absence")).alias("absence"),
    ).drop("position")


def _beside_hidden(rows: pl.DataFrame, hidden: pl.Expr) -> pl.DataFrame:
    """Return the rows that share area and period with a hidden one: no family reaches beyond them.

    Where there are totals of all areas, families reach over areas, so that the period alone is shared.
    """
    over_areas = rows.filter(pl.col("totals").fill_null("").str.split(";").list.contains(AREA)).height > 0
    shared = [name for name in SHARED if name != AREA] if over_areas else list(SHARED)
    return rows.join(rows.filter(hidden).select(shared).unique(), on=shared, how="semi", nulls_equal=True)


def bounds_of(shown: pl.DataFrame) -> pl.DataFrame:
    """Return the least and the most that each hidden or withheld total can be for one who sees ``shown``.

    ``shown`` is what ``without_recoverable`` returns. Columns: member (its place), least, most (null: no bound). A
    total is what its parts add up to: a part below a threshold is at least 1 and at most the threshold less 1, one that
    is withheld at least 0.
    """
    rows = shown.with_row_index("position")
    is_hidden = pl.col("absence") == BELOW_THRESHOLD
    values = rows.select(
        member=pl.col("position"), value=pl.col("value"),
        least=pl.when(is_hidden).then(1.0).otherwise(pl.col("value").fill_null(0.0)),
        most=pl.when(is_hidden).then(pl.col("flag").str.extract(BOUND).cast(pl.Float64) - 1).otherwise(pl.col("value")),
    )  # fmt: skip
    members = pl.concat([MEMBERS.to_frame(), *_families(rows)]).join(values, on="member")
    families = members.group_by("family").agg(
        member=pl.col("member").filter("is_whole").first(),
        least=pl.col("least").filter(~pl.col("is_whole")).sum(),
        most=pl.when(pl.col("most").filter(~pl.col("is_whole")).null_count() == 0).then(
            pl.col("most").filter(~pl.col("is_whole")).sum()
        ),
    )
    return families.group_by("member").agg(pl.col("least").max(), pl.col("most").min())


def _told(members: pl.DataFrame, withheld: set[int]) -> set[int]:
    """Return the members to withhold: one of each family whose hidden figures could be worked out."""
    now = members.with_columns(is_more=pl.col("member").is_in(sorted(withheld)))
    now = now.with_columns(is_hidden=pl.col("value").is_null() | pl.col("is_more"))
    part = ~pl.col("is_whole")
    families = now.group_by("family").agg(
        hidden=pl.col("is_hidden").sum(),
        is_first=(pl.col("is_hidden") & pl.col("value").is_null() & pl.col("most").is_not_null()).any(),
        is_bounded=(~pl.col("is_hidden") | (pl.col("most").is_not_null() & part)).all(),
        rest=pl.col("value").filter("is_whole").first() - pl.col("value").filter(part & ~pl.col("is_hidden")).sum(),
        least=pl.col("is_hidden").sum().cast(pl.Float64),
        most=pl.col("most").filter("is_hidden").sum(),
    )
    is_alone = pl.col("hidden") == 1
    is_unique = pl.col("is_bounded") & ((pl.col("rest") <= pl.col("least")) | (pl.col("rest") >= pl.col("most")))
    weak = families.filter((pl.col("hidden") > 0) & (is_alone | (pl.col("is_first") & is_unique))).select("family")
    seen = now.join(weak, on="family", how="semi").filter(~pl.col("is_hidden"))
    ordered = seen.filter(pl.col("is_whole") | (pl.col("value") > 0)).sort("is_whole", "value", "member")
    return {*withheld, *ordered.group_by("family", maintain_order=True).first()["member"]}


def _families(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield the members of families: each total with its parts along one dimension (schema MEMBERS)."""
    shaped = rows.with_columns(_split_of(rows["breakdown"]), pl.col("totals").fill_null("").alias("totals"))
    tables = {_Shape(_set(key[0]), _set(key[1])): table for key, table in shaped.group_by("split", "totals")}
    for whole, totals in tables.items():
        for part, parts in tables.items():
            if (dimension := _along(whole, part)) is not None:
                yield _members(totals, parts, sorted(whole.split), dimension)
            if whole.split == part.split and whole.totals == part.totals | {AREA}:
                yield _areas(totals, parts, sorted(whole.split))


def _split_of(breakdowns: pl.Series) -> pl.Series:
    """Return the names of the dimensions of each breakdown, in order and joined; each that differs is parsed once."""
    different = breakdowns.unique()
    names = different.fill_null("").str.extract_all(r"[^;=]+=")
    joined = names.list.eval(pl.element().str.strip_suffix("=")).list.sort().list.join(";")
    return breakdowns.replace_strict(different, joined, return_dtype=pl.String).alias("split")


def _set(text: object) -> frozenset[str]:
    return frozenset(str(text).split(";")) - {""}


def _along(whole: _Shape, part: _Shape) -> str | None:
    """Return the dimension of which rows of one shape are parts and rows of the other totals; None where there is none.

    Of a dimension that the parts do not speak of the total may be one too.
    """
    added = (part.split - whole.split) & whole.totals
    is_family = len(added) == 1 and whole.split == part.split - added and part.totals <= whole.totals - added
    return next(iter(added)) if is_family else None


def _members(totals: pl.DataFrame, parts: pl.DataFrame, shared: list[str], dimension: str) -> pl.DataFrame:
    words = [word_of(name).alias(f"__{name}") for name in shared]
    on = [*SHARED, *(f"__{name}" for name in shared)]
    left = totals.with_columns(words).select(*on, "partner", whole="position")
    both = left.join(parts.with_columns(words), on=on, how="inner", nulls_equal=True, suffix="_part").filter(
        pl.col("partner").is_null() | pl.col("partner").eq_missing(pl.col("partner_part"))
    )
    return _as_members(both, dimension)


def _areas(totals: pl.DataFrame, parts: pl.DataFrame, shared: list[str]) -> pl.DataFrame:
    """Return families of a figure of all areas together with those of the areas; an aggregate of some is no total."""
    words = [word_of(name).alias(f"__{name}") for name in shared]
    on = [*(name for name in SHARED if name != AREA), "partner", *(f"__{name}" for name in shared)]
    left = totals.filter(pl.col(AREA).is_null()).with_columns(words).select(*on, whole="position")
    both = left.join(parts.filter(pl.col(AREA).is_not_null()).with_columns(words), on=on, how="inner", nulls_equal=True)
    return _as_members(both, AREA)


def _as_members(both: pl.DataFrame, dimension: str) -> pl.DataFrame:
    """Return pairs of a total (whole) and a part (position) as the members of one family for each total."""
    family = pl.concat_str("whole", pl.lit(dimension), separator="/").hash(0).alias("family")
    of_parts = both.select(family, pl.col("position").alias("member"), pl.lit(value=False).alias("is_whole"))
    of_whole = both.select(family, pl.col("whole").alias("member"), pl.lit(value=True).alias("is_whole")).unique()
    return pl.concat([of_parts, of_whole]).cast(MEMBERS)
