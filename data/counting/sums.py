"""A measure summed over several choices of the same rows, in one pass over them.

Of a large source the counted columns alone are read, which lie beside its incidents (``data.counting.on_disk``): the
records that are alone in their event, whose events need not be told apart, and those that share one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from data.counting.measures import check_held, is_chosen, of_source
from data.counting.on_disk import as_counted, counted_rows
from data.model.caches import kept_numbers
from data.model.units import FLOW_MEASURES, INCIDENT_MEASURES
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.counted_files import ALONE, TOGETHER
from data.store.vintage import Vintage

Amount = int | None  # None: nobody states a number (RULES C1)
DAYS: Final = ("date_from", "date_to")
ANY: Final = {"start": None, "end": None, "step": Selection().step, "measure": Selection().measure}
EVERY: Final = pl.col("date_from").is_null().is_not_null()  # true of each row: a literal would be one value for all


@dataclass(frozen=True)
class Rows:
    """Counts, or incidents with what each row stands for (``data.counting.on_disk``), to be summed.

    ``is_alone``: no event lies in two rows, so that their events add up.
    """

    frame: pl.LazyFrame
    is_alone: bool = False

    def adds_up(self, measure: str) -> bool:
        """Return whether the sum of two groups is the sum of both: not of events that may lie in several."""
        return self.is_alone or _aggregate(measure) != "events"


@dataclass(frozen=True)
class Choice:
    """Which rows are summed: by what is told of each row, and by its days, which are tested once for equal ones."""

    rows: pl.Expr
    days: pl.Expr

    @property
    def test(self) -> pl.Expr:
        """Both as one."""
        return self.rows & self.days


def rows_of(vintage: Vintage, selection: Selection) -> tuple[Rows, ...]:
    """Return the incidents of a selection's source and lists, whatever its window and quality.

    Raises
    ------
    QueryError
        The source is held in sums, which do not tell what the selection asks.
    """
    check_held(vintage, selection)
    source = incident_source(vintage, selection)
    lists = is_chosen(selection.replace(start=None, end=None, min_quality=None))
    if source is None or not vintage.is_large(source):
        return (Rows(as_counted(of_source(vintage, selection)).filter(lists)),)
    return tuple(Rows(counted_rows(vintage, source, name).filter(lists), name == ALONE) for name in (ALONE, TOGETHER))


def sums(rows: tuple[Rows, ...], measure: str, choices: Mapping[str, Choice]) -> dict[str, Amount]:
    """Return the amount of a measure for each choice of the rows, by its name (RULES C1, E1, E4)."""
    found = pl.concat([_sums_of(one, measure, choices) for one in rows]).collect(engine="streaming")
    amounts: dict[str, Amount] = found.select(_added(name) for name in choices).row(0, named=True)
    if _aggregate(measure) == "people":
        return amounts
    return {name: number or 0 for name, number in amounts.items()}  # no records are 0, not unknown


def _sums_of(rows: Rows, measure: str, choices: Mapping[str, Choice]) -> pl.LazyFrame:
    if not rows.adds_up(measure):
        return rows.frame.select(
            _amount(measure, one.test, is_alone=False).alias(name) for name, one in choices.items()
        )
    by_days = rows.frame.group_by(DAYS).agg(
        _amount(measure, one.rows, is_alone=rows.is_alone).alias(name) for name, one in choices.items()
    )
    return by_days.select(_added(name, one.days) for name, one in choices.items())


def sums_by(rows: tuple[Rows, ...], measure: str, chosen: Choice, key: pl.Expr) -> dict[Any, Amount]:
    """Return the amount of a measure in the chosen rows by their key; those without a key are in none."""
    parts = [_sums_by_of(one, measure, chosen, key) for one in rows]
    return dict(pl.concat(parts).group_by("key").agg(_added("value")).collect(engine="streaming").iter_rows())


def sums_of_days(
    vintage: Vintage, selection: Selection, measure: str, days: pl.Expr, key: pl.Expr, *, by_route: bool = False
) -> pl.DataFrame:
    """Return the amount of a measure by a key that is told of a row's days, in the rows whose days are chosen.

    The selection's window says nothing here: ``days`` does.

    Returns
    -------
    DataFrame, one row per key (and route, null on none, if asked for)
        route, key, value (null: no record states a number); rows without a key are in none.
    """
    keys, wider = (["route", "key"] if by_route else ["key"]), selection.replace(**ANY)
    every = _by_days(vintage, wider)
    pairs = every.lazy().select(DAYS).unique().filter(days & key.is_not_null()).select(*DAYS, key.alias("key"))
    added = _by_days_and_route(vintage, wider, measure) if by_route else every
    parts = [_with_key(added.lazy(), pairs).group_by(keys).agg(_added(measure).alias("value"))]
    for rows in rows_of(vintage, wider):
        if not rows.adds_up(measure):
            events = rows.frame.filter(is_chosen(wider, window=False) & ~pl.col("is_cumulative"))  # RULES E4
            value = pl.col("event_id").n_unique().cast(pl.Int64).alias("value")
            parts.append(_with_key(events, pairs).group_by(keys).agg(value))
    return pl.concat(parts).group_by(keys).agg(_added("value")).collect(engine="streaming")


def _with_key(rows: pl.LazyFrame, pairs: pl.LazyFrame) -> pl.LazyFrame:
    """Return the rows whose days are chosen, with their key: both are told of each pair of days once."""
    return rows.join(pairs, on=DAYS, nulls_equal=True)


@kept_numbers
def _by_days(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return every measure of incidents by their days: all periods and windows of each are made from it."""
    return _added_by(vintage, selection, DAYS, tuple(INCIDENT_MEASURES))


@kept_numbers
def _by_days_and_route(vintage: Vintage, selection: Selection, measure: str) -> pl.DataFrame:
    """Return one measure by days and route: there are twenty times as many pairs as days."""
    return _added_by(vintage, selection, (*DAYS, "route"), (measure,))


def _added_by(vintage: Vintage, selection: Selection, keys: tuple[str, ...], measures: tuple[str, ...]) -> pl.DataFrame:
    """Return measures by keys, of which some stand in two rows: to be added up.

    Events are those of rows of which none shares one, and 0 in the others, which are counted for what is asked.
    """
    parts = []
    for rows in rows_of(vintage, selection):
        added = [one for one in measures if rows.adds_up(one)]
        counted_later = [pl.lit(0, pl.Int64).alias(one) for one in measures if one not in added]
        frame = rows.frame.filter(is_chosen(selection, window=False))
        of_keys = (frame if added else frame.filter("is_cumulative")).group_by(keys)
        amounts = [_amount(one, EVERY, is_alone=True).alias(one) for one in added]
        parts.append(of_keys.agg(*amounts, *counted_later).select(*keys, *measures))
    return pl.concat(parts).collect(engine="streaming")


def _sums_by_of(rows: Rows, measure: str, chosen: Choice, key: pl.Expr) -> pl.LazyFrame:
    value = _amount(measure, EVERY, is_alone=rows.is_alone).alias("value")
    return rows.frame.filter(chosen.test & key.is_not_null()).group_by(key.alias("key")).agg(value)


def _aggregate(measure: str) -> str:
    return "people" if measure in FLOW_MEASURES else INCIDENT_MEASURES[measure].aggregate


def _amount(measure: str, chosen: pl.Expr, *, is_alone: bool) -> pl.Expr:
    """Return people, records, or distinct events without cumulative ones, of the chosen rows."""
    aggregate = _aggregate(measure)
    if aggregate == "events" and not is_alone:
        return pl.col("event_id").filter(chosen & ~pl.col("is_cumulative")).n_unique().cast(pl.Int64)
    if aggregate != "people":
        return pl.when(chosen & EVERY).then(pl.col(aggregate)).otherwise(0).sum()
    value = pl.when(chosen).then(pl.col("value" if measure in FLOW_MEASURES else measure))
    return pl.when(value.count() > 0).then(value.sum()).cast(pl.Int64)


def _added(name: str, chosen: pl.Expr | None = None) -> pl.Expr:
    """Return the parts of a sum added up, of the chosen ones alone."""
    part = pl.col(name) if chosen is None else pl.when(chosen).then(pl.col(name))
    return pl.when(part.count() > 0).then(part.sum()).alias(name)
