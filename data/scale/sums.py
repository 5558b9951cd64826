"""What is added up, written once over narwhals: the same functions run on Polars, on Spark and on DuckDB.

A row is an incident, or a sum of incidents: ``as_sums`` gives the first the columns of the second, and everything
else takes those. Which rows count where is told by ``data.counting.measures``, as for the page (RULES C1, Q2, X1, X2).
"""

from typing import Any, Final

import narwhals as nw

from data.counting.measures import STEP_OF, is_chosen, is_located, people
from data.model.units import PEOPLE
from data.query.selection import Selection
from data.store.cubes import FINEST_IN_CUBES, KEYS
from geo.cells import parent_by_remainders

Frame = nw.LazyFrame[Any]
EVENT: Final = ("source", "event_id")
SUMS: Final = ("records", "events", *PEOPLE, "largest_incident")
Box = tuple[float, float, float, float]


def as_sums(incidents: Frame) -> Frame:
    """Return each incident as a sum of one record: with records, events (0 of a cumulative one, RULES E4), largest."""
    return incidents.with_columns(
        nw.lit(1, nw.Int64).alias("records"),
        nw.when(nw.col("is_cumulative")).then(nw.lit(0, nw.Int64)).otherwise(nw.lit(1, nw.Int64)).alias("events"),
        nw.col("dead_or_missing").alias("largest_incident"),
    )


def shared_events(incidents: Frame) -> Frame:
    """Return source and event_id of each event of several records (RULES E1)."""
    events = incidents.group_by(*EVENT).agg(nw.len().alias("records_of_event"))
    return events.filter(nw.col("records_of_event") > 1).select(*EVENT)


def alone(incidents: Frame) -> Frame:
    """Return the incidents that are alone in their event."""
    return incidents.join(shared_events(incidents), on=list(EVENT), how="anti")


def together(incidents: Frame) -> Frame:
    """Return the incidents that share their event with others."""
    return incidents.join(shared_events(incidents), on=list(EVENT), how="semi")


def cubes(sums: Frame) -> Frame:
    """Return the sums by KEYS: of each record the finest cell that it may enter, no finer than 5 (RULES X1, X2)."""
    finest = nw.col("finest_resolution")
    cell = parent_by_remainders(nw.col("cell"), resolution=FINEST_IN_CUBES)
    for coarser in range(FINEST_IN_CUBES):
        is_coarser = finest == coarser
        cell = nw.when(is_coarser).then(parent_by_remainders(nw.col("cell"), resolution=coarser)).otherwise(cell)
    finest = nw.when(finest < FINEST_IN_CUBES).then(finest).otherwise(nw.lit(FINEST_IN_CUBES, nw.Int64))
    here = is_located(0, of=nw)
    keyed = sums.with_columns(
        nw.when(here).then(cell).alias("cell"), nw.when(here).then(finest).alias("finest_resolution")
    )
    return added_up(keyed, *KEYS)


def chosen(sums: Frame, selection: Selection) -> Frame:
    """Return the sums that a selection states: its lists, its quality and its window."""
    is_a_row = ~nw.col("records").is_null()  # true of all: narwhals takes no filter that names no column
    return sums.filter(is_chosen(selection, of=nw) & is_a_row)


def by_cell(sums: Frame, selection: Selection) -> Frame:
    """Return the chosen sums by cell of the selection's resolution, as ``measures.incidents_by_cell`` counts."""
    return added_up(_in_cells(chosen(sums, selection), selection.resolution), "cell")


def by_period(sums: Frame, selection: Selection) -> Frame:
    """Return the chosen sums by period (its first day), as ``measures.incidents_by_period`` counts."""
    return added_up(_in_periods(chosen(sums, selection), selection.step), "period")


def by_cell_and_period(sums: Frame, selection: Selection) -> Frame:
    """Return the chosen sums by cell, period, route and cause: of what is placed and dated well enough for both."""
    located = _in_cells(chosen(sums, selection), selection.resolution)
    return added_up(_in_periods(located, selection.step), "cell", "period", "route", "cause")


def in_box(incidents: Frame, box: Box) -> Frame:
    """Return the incidents whose point lies in a view: west, south, east, north in degrees; east may pass 180."""
    west, south, east, north = box
    latitude, longitude = nw.col("latitude"), nw.col("longitude")
    across = [(longitude + turn >= west) & (longitude + turn <= east) for turn in (-360, 0, 360)]
    is_within = (latitude >= south) & (latitude <= north) & (across[0] | across[1] | across[2])
    return incidents.filter(is_within.fill_null(value=False))


def added_up(sums: Frame, *keys: str) -> Frame:
    """Return the sums by keys; people are null where no record states a number (RULES C1)."""
    whole = {name: nw.col(name).cast(nw.Int64) for name in SUMS}  # some engines add up to decimals
    return (
        sums.group_by(*keys)
        .agg(
            nw.col("records").sum(), nw.col("events").sum(),
            *(people(name, of=nw) for name in PEOPLE), nw.col("largest_incident").max(),
        )
        .with_columns(**whole)
        .select(*keys, *SUMS)
    )  # fmt: skip


def _in_cells(sums: Frame, resolution: int) -> Frame:
    cell = parent_by_remainders(nw.col("cell"), resolution=resolution)
    return sums.filter(is_located(resolution, of=nw)).with_columns(cell.alias("cell"))


def _in_periods(sums: Frame, step: str) -> Frame:
    first, last = (nw.col(name).dt.truncate(STEP_OF[step]) for name in ("date_from", "date_to"))
    return sums.filter((first == last).fill_null(value=False)).with_columns(first.cast(nw.Date).alias("period"))
