"""Editions of one data set: a newer file replaces only what it states again (RULES E7).

Which days a file spans says nothing of what it holds: downloads are filtered by region, route or year. So each pair of
an older and a newer file is judged by itself, on all rows of both, and what is counted at the end depends on the files
alone: not on the order in which they came, nor on one command or several. Two databases are never compared (E6), nor
counts of two units (R1).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final, Literal, cast

import polars as pl

from data.model.errors import AmbiguousError
from data.model.sar_regions import centre_id
from data.readers.result import ROW_NUMBER
from data.store.count_editions import restated_groups, shorter_counts_to_date
from data.store.event_matching import matched_events, one_row_per_event, scheme_of, shares_by_year, with_ids_of
from data.store.event_parts import has_event_id, left_out, of_shrunk_events, parted_events
from data.store.indicator_editions import restated_figures

Choice = Literal["whole", "part"]
REPLACED, WITHDRAWN = "replaced", "withdrawn"
SAME_SCHEME: Final = 0.9  # of a year's event ids: measured, 97–100% within one scheme
BETWEEN_SCHEMES: Final = 0.7  # of a year's events: measured, 75–99% between schemes
BY_CHANCE: Final = 0.1  # measured, 9%
FATE: Final = pl.Schema({"position": pl.UInt32, "fate": pl.String, "by": pl.String})
SAME: Final = ("date_from", "date_to", "dead_or_missing", "place")
JANUARY, DECEMBER = 1, 12
NEARLY_A_YEAR: Final = 300  # days


@dataclass(frozen=True)
class Edition:
    """One file of a source: newer is what its publisher dated later, else what reaches further, else by its hash."""

    id: str
    source: str
    dated: date | None
    choice: Choice | None = None
    unread: frozenset[str] = frozenset()  # the texts of its quarantined rows, ids among them

    @property
    def age(self) -> tuple[date, str]:
        """Return what older and newer are told by."""
        return self.dated or date.min, self.id


Judge = Callable[[pl.DataFrame, pl.DataFrame, Edition, Edition], pl.DataFrame]


def judge_rows(table: pl.DataFrame, editions: Iterable[Edition]) -> pl.DataFrame:
    """Return what becomes of every row of all editions of incidents, of counts, or of indicators.

    Parameters
    ----------
    table : DataFrame
        Every accepted row of every edition (schema.INCIDENTS, COUNTS or INDICATORS).
    editions : Edition
        All that have rows in it.

    Returns
    -------
    DataFrame, one row per row of ``table``, in its order
        fate (null: it is counted; ``replaced``: a newer file states it again; ``withdrawn``: a newer file restates its
        scope and lacks it), by (the newest edition that says so; null where it is counted).

    Raises
    ------
    AmbiguousError
        Two files under different ids share some events and lack others: neither a whole nor a part is evident.

    Source: RULES E6, E7.
    """
    pairs = _pairs(editions)
    if not pairs:
        return pl.DataFrame(schema={"fate": pl.String, "by": pl.String}).clear(table.height)  # all are counted
    rows = table.with_row_index("position")
    judge = _judge_of(table.columns)
    found = [pl.DataFrame(schema=FATE)]
    for old, new in pairs:
        older, newer = (rows.filter(pl.col("edition") == one.id) for one in (old, new))
        if older.height and newer.height:
            found.append(judge(older, newer, old, new).cast(FATE))
    is_replaced = (pl.col("fate") == REPLACED).any()
    fates = (
        pl.concat(found)
        .group_by("position", maintain_order=True)
        .agg(
            pl.when(is_replaced).then(pl.lit(REPLACED)).otherwise(pl.lit(WITHDRAWN)).alias("fate"), pl.col("by").last()
        )
    )
    return rows.select("position").join(fates, on="position", how="left", maintain_order="left").drop("position")


def _judge_of(columns: Collection[str]) -> Judge:
    """Return what judges the rows of a table with these columns."""
    if "indicator" in columns:
        return _judge_indicators
    if "rcc" in columns:
        return _judge_regions
    if "record_id" not in columns and "unit" not in columns:
        return _judge_lists
    return _judge_counts if "unit" in columns else _judge_incidents


def _pairs(editions: Iterable[Edition]) -> list[tuple[Edition, Edition]]:
    """Return every (older, newer) pair of one source, those of the newest edition last."""
    by_source: dict[str, list[Edition]] = {}
    for one in sorted(editions, key=lambda edition: edition.age):
        by_source.setdefault(one.source, []).append(one)
    pairs = [pair for held in by_source.values() for pair in combinations(held, 2)]
    return sorted(pairs, key=lambda pair: pair[1].age)


def _judge_counts(older: pl.DataFrame, newer: pl.DataFrame, old: Edition, new: Edition) -> pl.DataFrame:
    """Return the older rows of groups that the newer file has, and counts to date that the other reaches beyond."""
    again = pl.concat([restated_groups(older, newer), shorter_counts_to_date(older, newer)]).unique(maintain_order=True)
    same_unit = older.filter(pl.col("unit").is_in(newer["unit"].unique().implode()))  # never compared with another (R1)
    rest = _of_its_days(same_unit, newer) if new.choice == "whole" else older.clear()
    shorter = shorter_counts_to_date(newer, older)
    return pl.concat([_fates(again, rest).with_columns(by=pl.lit(new.id)),
                      _fates(shorter, newer.clear()).with_columns(by=pl.lit(old.id))])  # fmt: skip


def _judge_indicators(older: pl.DataFrame, newer: pl.DataFrame, _: Edition, new: Edition) -> pl.DataFrame:
    """Return the older figures of groups that the newer file has; where it is whole, all of its indicators' days."""
    same = older.filter(pl.col("indicator").is_in(newer["indicator"].unique().implode()))
    rest = _of_its_days(same, newer) if new.choice == "whole" else older.clear()
    return _fates(restated_figures(older, newer), rest).with_columns(by=pl.lit(new.id))


def _judge_lists(older: pl.DataFrame, _: pl.DataFrame, __: Edition, new: Edition) -> pl.DataFrame:
    """Return all of an older list of acts: a newer one is the whole list again; where it is a part, none of it."""
    again = older.clear() if new.choice == "part" else older
    return _fates(again, older.clear()).with_columns(by=pl.lit(new.id))


def _judge_regions(older: pl.DataFrame, newer: pl.DataFrame, _: Edition, new: Edition) -> pl.DataFrame:
    """Return the older outlines of rescue centres that the newer file draws again; the others stay, whatever is said.

    A publisher gives out a file for each centre. Two centres have one name where their countries' codes differ; where
    a file's name states none, the centre's name decides.
    """
    name = pl.col("rcc").map_elements(centre_id, return_dtype=pl.String)
    named = older.with_columns(name.alias("named")).join(
        newer.select(name.alias("named"), pl.col("country").alias("other")).unique(), on="named", how="inner"
    )
    is_same = (pl.col("country") == pl.col("other")).fill_null(value=True)
    again = older.join(named.filter(is_same), on="position", how="semi")
    return _fates(again, older.clear()).with_columns(by=pl.lit(new.id))


def _judge_incidents(older: pl.DataFrame, newer: pl.DataFrame, old: Edition, new: Edition) -> pl.DataFrame:
    scheme = scheme_of(older)
    is_same = scheme is not None and scheme == scheme_of(newer)
    found = _judge_by_id(with_ids_of(older, newer), newer, new) if is_same else _judge_by_events(older, newer, old, new)
    return found.with_columns(by=pl.lit(new.id))


def _fates(replaced: pl.DataFrame, withdrawn: pl.DataFrame) -> pl.DataFrame:
    lacking = withdrawn.join(replaced, on="position", how="anti")
    named = ((replaced, REPLACED), (lacking, WITHDRAWN))
    return pl.concat(rows.select("position", fate=pl.lit(fate)) for rows, fate in named)


def _of_its_days(rows: pl.DataFrame, newer: pl.DataFrame, *, years: Sequence[int] = ()) -> pl.DataFrame:
    """Return the dated rows that lie within the newer file's days, or all of a year that it restates.

    A file that speaks of nearly all of a year, and begins in January or ends in December, speaks of the year's first
    days, or last, too, though nothing happened.
    """
    if newer["date_from"].null_count() == newer.height:
        return rows.clear()
    first, last = _day(newer["date_from"].min()), _day(newer["date_to"].max())
    begins, ends = date(last.year, 1, 1), date(first.year, 12, 31)
    if first.year in years and (min(last, ends) - first).days >= NEARLY_A_YEAR:
        first = first.replace(day=1) if first.month == JANUARY else first
    if last.year in years and (last - max(first, begins)).days >= NEARLY_A_YEAR:
        last = last.replace(day=31) if last.month == DECEMBER else last
    return rows.filter((pl.col("date_from") >= first) & (pl.col("date_to") <= last))


def _day(found: object) -> date:
    return cast("date", found)


# ── Within one scheme of ids ──────────────────────────────────────────────────────────────────────────────────────────


def _judge_by_id(older: pl.DataFrame, newer: pl.DataFrame, new: Edition) -> pl.DataFrame:
    parted = pl.col("event_id").is_in(parted_events(older, newer)) | _is_unread(new)
    stated = older.filter(_is_stated_again(newer, parted))
    elsewhere = left_out(stated, older, newer)
    again = stated.join(elsewhere, on="position", how="anti")
    if new.choice is not None:
        return _fates(again, _of_its_days(older, newer) if new.choice == "whole" else older.clear())
    shrunk = of_shrunk_events(again, newer)
    again = again.join(shrunk, on="position", how="anti")
    both = _of_its_days(older.filter(~parted & has_event_id()), newer).with_columns(
        year=pl.col("date_from").dt.year(), is_matched=pl.col("event_id").is_in(newer["event_id"].unique().implode())
    )
    years = _restated_years(both)
    lacking = both.filter(pl.col("year").is_in(years))
    if not years:
        scopes = [both.filter(_is_of(newer, name)) for name in ("region", "route") if _is_narrower(newer, both, name)]
        lacking = pl.concat([both.clear(), *(one.filter(pl.col("year").is_in(_restated_years(one))) for one in scopes)])
    elif len(years) == both["year"].n_unique() and _is_nearly_all(both, older.filter(~parted & has_event_id())):
        undated = older.filter(pl.col("date_from").is_null() & ~parted & has_event_id())
        lacking = pl.concat([lacking.select("position"), undated.select("position")])
    again = pl.concat([again, elsewhere.join(lacking, on="position", how="semi")])
    lacking = pl.concat([lacking.select("position"), shrunk.select("position")])
    return _fates(again, lacking.unique(maintain_order=True))


def _is_nearly_all(matched: pl.DataFrame, older: pl.DataFrame) -> bool:
    """Return whether the newer file states nearly all dated events; a day or a year tells nothing of undated ones."""
    dated = older.filter(pl.col("date_from").is_not_null())["event_id"].n_unique()
    return matched.filter("is_matched")["event_id"].n_unique() >= SAME_SCHEME * dated


def _restated_years(rows: pl.DataFrame) -> list[int]:
    events = rows.group_by("year", "event_id").agg(pl.col("is_matched").first())
    return [year for year, share in shares_by_year(events).items() if share >= SAME_SCHEME]


def _is_of(newer: pl.DataFrame, name: str) -> pl.Expr:
    held = newer[name].unique()
    is_named = pl.col(name).is_in(held.drop_nulls().implode()).fill_null(value=False)
    return is_named | pl.col(name).is_null() if held.null_count() else is_named


def _is_narrower(newer: pl.DataFrame, both: pl.DataFrame, name: str) -> bool:
    """Return whether the older file holds regions or routes, in the same days, of which the newer one has nothing."""
    return both.filter(~_is_of(newer, name)).height > 0


def _is_stated_again(newer: pl.DataFrame, parted: pl.Expr) -> pl.Expr:
    """Return whether the newer file states a record, by its own id or its event's.

    Two downloads of one edition may part the records of an event between them; then both count.
    """
    has_id = ~pl.col("record_id").str.contains(ROW_NUMBER)
    by_record = has_id & pl.col("record_id").is_in(newer["record_id"].unique().implode())
    by_event = has_event_id() & pl.col("event_id").is_in(newer["event_id"].unique().implode()) & ~parted
    numbered = newer.filter(~has_event_id()).select(SAME).unique()
    by_content = ~has_event_id() & pl.struct(SAME).is_in(numbered.select(pl.struct(SAME)).to_series().implode())
    return by_record | by_event | by_content


def _is_unread(new: Edition) -> pl.Expr:
    """Return whether the newer file has a row of this event that could not be read: it replaces nothing."""
    ids = pl.Series(sorted(new.unread), dtype=pl.String).implode()
    return pl.col("event_id").is_in(ids) | pl.col("record_id").is_in(ids)


# ── Between schemes of ids ────────────────────────────────────────────────────────────────────────────────────────────


def _judge_by_events(older: pl.DataFrame, newer: pl.DataFrame, old: Edition, new: Edition) -> pl.DataFrame:
    if new.choice is not None:
        return _fates(older.clear(), _of_its_days(older, newer) if new.choice == "whole" else older.clear())
    both = one_row_per_event(_of_its_days(older, newer))
    shares = shares_by_year(matched_events(both, one_row_per_event(newer)))
    unclear = {year: share for year, share in shares.items() if BY_CHANCE <= share < BETWEEN_SCHEMES}
    if unclear:
        raise AmbiguousError(_question(unclear), older=old.id, newer=new.id)
    years = [year for year, share in shares.items() if share >= BETWEEN_SCHEMES]
    restated = _of_its_days(older, newer, years=years).filter(pl.col("date_from").dt.year().is_in(years))
    restated = pl.concat([restated, _matched_beside(older, restated, newer, years)])
    if years and len(years) == len(shares):
        restated = pl.concat([restated, older.filter(pl.col("date_from").is_null())])
    return _fates(restated, older.clear())


def _matched_beside(
    older: pl.DataFrame, restated: pl.DataFrame, newer: pl.DataFrame, years: Sequence[int]
) -> pl.DataFrame:
    """Return the rows beside the newer file's days whose event it states on its first or last day."""
    beside = older.join(restated, on="position", how="anti").filter(pl.col("date_from").dt.year().is_in(years))
    if beside.is_empty():
        return beside
    found = matched_events(one_row_per_event(beside), one_row_per_event(newer)).filter("is_matched")["event_id"]
    return beside.filter(pl.col("event_id").is_in(found.implode()))


def _question(unclear: dict[int, float]) -> str:
    years = ", ".join(f"{year} {share:.0%}" for year, share in unclear.items())
    return (
        f"Two files name their events by different ids, and the newer one holds some but not all events of the older "
        f"one: {years}. Give both in one command, with --edition whole if the newer one states all there is within its "
        f"days, or with --edition part if it is a part."
    )
