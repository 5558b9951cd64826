"""A large source added up by day: made once for a choice of routes, causes, origins and the like, held for any window.

Its rows are as many as there are pairs of days, qualities and precisions, whatever the number of incidents.
"""

from typing import Final

import polars as pl

from data.counting.measures import (
    check_held,
    incidents_by_period,
    is_chosen,
    is_dated,
    is_placed,
    is_wider,
    parts_of,
    people,
)
from data.counting.on_disk import FILES, counted_rows
from data.counting.packed_key import EARLIEST, Packed, pack, unpack
from data.model.caches import kept_numbers
from data.model.units import PEOPLE
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.counted_files import ALONE, TOGETHER
from data.store.vintage import Vintage

LISTS: Final = ("routes", "regions", "causes", "origins", "countries")
KEYS: Final = (
    Packed("date_from", pl.Date, 22, EARLIEST),
    Packed("date_to", pl.Date, 22, EARLIEST),
    Packed("quality", pl.UInt8, 9),
    Packed("finest_resolution", pl.Int8, 5),
    Packed("cell", pl.Int32, 1),
    Packed("route", pl.Int32, 1),
)


def tally(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return the incidents of a selection's source and lists, whatever its window and quality, added up.

    Returns
    -------
    DataFrame, one row per date_from, date_to, quality, finest_resolution
        and whether there is a cell (0; null if not located) and a route (blank; null if none); dead, missing,
        dead_or_missing (people; null if no incident states a number), records (count), events (of the records that
        are alone in their event and not cumulative; RULES E1, E4).
    """
    check_held(vintage, selection)
    lists = Selection().replace(**{name: getattr(selection, name) for name in LISTS})
    return _tally(vintage, str(incident_source(vintage, selection)), lists)


@kept_numbers
def _tally(vintage: Vintage, source: str, lists: Selection) -> pl.DataFrame:
    quality = pl.lit(None, pl.UInt8).alias("quality") if vintage.is_summed(source) else pl.col("quality")
    parts = [
        counted_rows(vintage, source, name)
        .filter(is_chosen(lists))
        .with_columns(
            quality,
            pl.when(pl.col("cell").is_not_null()).then(0).alias("cell"),
            pl.when(pl.col("route").is_not_null()).then(0).alias("route"),
            pl.col("events") if name == ALONE else pl.lit(0, pl.Int64).alias("events"),
        )
        .select(pack(KEYS).alias("key"), *PEOPLE, "records", "events")
        .group_by("key")
        .agg(*(people(name) for name in PEOPLE), pl.col("records", "events").sum())
        for name in FILES
    ]  # fmt: skip
    found = pl.concat(parts).collect(engine="streaming")
    route = pl.when(pl.col("route").is_not_null()).then(pl.lit("")).alias("route")
    return found.select(*unpack(pl.col("key"), KEYS), pl.exclude("key")).with_columns(route)


def _rest(selection: Selection) -> Selection:
    """Return what of a selection the tally has not applied yet."""
    return selection.replace(**dict.fromkeys(LISTS, ()))


def large_periods(vintage: Vintage, selection: Selection) -> pl.DataFrame:
    """Return what ``measures.incidents_by_period`` does for a selection of a large source."""
    rows = tally(vintage, selection).lazy().filter(is_chosen(_rest(selection)))
    return incidents_by_period(rows, step=selection.step, records=pl.col("records").sum())


def large_people_parts(vintage: Vintage, selection: Selection) -> dict[str, int]:
    """Return what ``measures.dropped_parts`` does for a selection of a large source."""
    return parts_of(tally(vintage, selection).lazy(), _rest(selection), records=pl.col("records"))


def large_parts(vintage: Vintage, selection: Selection) -> dict[str, int | None]:
    """Return total and what the pictures leave out of it, in the unit of the selection's measure (RULES C5, Q1).

    Events that several records share are counted among those records, the others in the tally.
    """
    rest = _rest(selection)
    wanted = _filters(rest)
    table = tally(vintage, selection)
    value = pl.col({"incidents": "records"}.get(selection.measure, selection.measure))
    found = {name: _sum(table, value, chosen) for name, chosen in wanted.items()}
    if selection.measure == "events":
        lists = selection.replace(start=None, end=None, min_quality=None)
        source = str(incident_source(vintage, selection))
        shared = counted_rows(vintage, source, TOGETHER).filter(is_chosen(lists) & ~pl.col("is_cumulative"))
        numbers = shared.select(
            pl.col("event_id").filter(chosen).n_unique().cast(pl.Int64).alias(name) for name, chosen in wanted.items()
        ).collect(engine="streaming")
        found = {name: (number or 0) + int(numbers[name].item()) for name, number in found.items()}
    elif selection.measure == "incidents":
        found = {name: number or 0 for name, number in found.items()}
    wider, total = found.pop("wider"), found.pop("total")
    hidden = (wider or 0) - (total or 0) if selection.min_quality is not None else 0
    return {"total": total, **{name: number or 0 for name, number in found.items()}, "hidden_by_quality": hidden}


def _filters(selection: Selection) -> dict[str, pl.Expr]:
    chosen = is_chosen(selection)
    undated = is_chosen(selection, window=False) & pl.col("date_from").is_null()
    return {
        "total": chosen,
        "not_located": chosen & ~is_placed(),
        "wider_area": chosen & is_wider(selection.resolution),
        "not_dated": chosen & ~is_dated(selection.step),
        "no_route": chosen & pl.col("route").is_null(),
        "undated_outside_window": undated & ~chosen,
        "wider": is_chosen(selection.replace(min_quality=None)),
    }


def _sum(table: pl.DataFrame, value: pl.Expr, chosen: pl.Expr) -> int | None:
    counted = table.filter(chosen).select(pl.when(value.count() > 0).then(value.sum()).alias("value"))
    number = counted["value"].item()
    return None if number is None else int(number)
