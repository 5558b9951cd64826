"""Counting: incidents and counts by cell, period, route; what each picture drops, never dropped from the sum.

Pure functions over frames; RULES C1, C5, E1, E4, X1, X2, X4, X5 and R1 are held here and nowhere else. What is also
counted on other engines takes the module whose expressions it is made of, ``of``: polars, or narwhals.
"""

from datetime import date
from typing import Any, Final

import polars as pl

from data.model.errors import QueryError
from data.model.notices import say
from data.model.origins import is_of_origin
from data.model.units import INCIDENT_MEASURES, PEOPLE, flow_unit, one_unit
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.counts_once import FLAGS, is_summed
from data.store.cubes import CANNOT_FILTER, beyond_cubes, summed_rows
from data.store.vintage import Vintage
from geo.cells import COARSEST, areas_km2, parent_up_to

STEP_OF: Final = {"month": "1mo", "quarter": "1q", "year": "1y"}
STEP_DAYS: Final = {"month": 31, "quarter": 92, "year": 366}
HALF: Final = 0.5


def people(column: str, *, of: Any = pl) -> Any:
    """Sum people; null where nobody reported a number, so that unknown never looks like none."""
    return of.when(of.col(column).count() > 0).then(of.col(column).sum()).alias(column)


def amount(measure: str, *, is_summed: bool = False) -> pl.Expr:
    """Return the aggregate of an incident measure: people, records, or distinct events (RULES E1, E4).

    ``is_summed``: of ``cubes.summed_rows``, where a row without an event stands for several records and events.
    """
    aggregate = INCIDENT_MEASURES[measure].aggregate
    if aggregate == "records":
        return pl.col("records").sum() if is_summed else pl.len().cast(pl.Int64)
    if aggregate == "events" and is_summed:
        named = pl.col("event_id").filter(~pl.col("is_cumulative")).drop_nulls().n_unique()
        return pl.col("events").filter(pl.col("event_id").is_null()).sum() + named.cast(pl.Int64)
    if aggregate == "events":
        return pl.col("event_id").filter(~pl.col("is_cumulative")).n_unique().cast(pl.Int64)
    number: pl.Expr = people(measure).cast(pl.Int64)
    return number


def amount_held(vintage: Vintage, selection: Selection, measure: str) -> pl.Expr:
    """Return ``amount`` for what ``select_counted`` gives of a selection."""
    return amount(measure, is_summed=vintage.is_summed(incident_source(vintage, selection)))


def is_chosen(selection: Selection, *, window: bool = True, of: Any = pl) -> Any:
    """Return the filter on incidents that a selection states; a window admits dated records only."""
    chosen = of.lit(value=True)
    lists = (("route", selection.routes), ("region", selection.regions), ("cause", selection.causes),
             ("country", selection.countries))  # fmt: skip
    for column, ids in lists:
        if ids:
            chosen = chosen & of.col(column).is_in(list(ids)).fill_null(value=False)
    if selection.origins:
        chosen = chosen & is_of_origin(of.col("origin"), selection.origins)
    if selection.min_quality is not None:
        chosen = chosen & (of.col("quality") >= selection.min_quality).fill_null(value=False)
    return chosen & in_window(selection.start, selection.end, of=of) if window else chosen


def in_window(start: date | None, end: date | None, *, of: Any = pl) -> Any:
    """Return whether the record lies wholly within the window, both days included (RULES Q2)."""
    inside = of.lit(value=True)
    if start is not None:
        inside = inside & (of.col("date_from") >= start)
    if end is not None:
        inside = inside & (of.col("date_to") <= end)
    return inside.fill_null(value=False)


def of_source(vintage: Vintage, selection: Selection) -> pl.LazyFrame:
    """Return every incident of the database that the selection speaks of."""
    return vintage.incidents_of(incident_source(vintage, selection))


def select_incidents(vintage: Vintage, selection: Selection) -> pl.LazyFrame:
    """Return the incidents that a selection states, of one database."""
    return of_source(vintage, selection).filter(is_chosen(selection))


def select_counted(vintage: Vintage, selection: Selection) -> pl.LazyFrame:
    """Return what ``amount`` counts of a selection: its incidents, or their sums where these alone are held."""
    source = incident_source(vintage, selection)
    if not vintage.is_summed(source):
        return select_incidents(vintage, selection)
    check_held(vintage, selection)
    return summed_rows(vintage, str(source)).filter(is_chosen(selection))


def check_held(vintage: Vintage, selection: Selection, *, by: str | None = None) -> None:
    """Raise QueryError where a selection, or a grouping, asks of a source that is held in sums what these lack."""
    source = incident_source(vintage, selection)
    asked = [*beyond_cubes(selection), *([by] if by in CANNOT_FILTER else [])]
    if vintage.is_summed(source) and asked:
        sentence = say("store.summed_cannot", vintage=vintage.name, source=source, names=asked)
        raise QueryError(sentence, parameter=asked[0])


def is_located(resolution: int, *, of: Any = pl) -> Any:
    """Return whether a record may enter a cell at ``resolution`` (RULES X2)."""
    return (~of.col("cell").is_null() & (of.col("finest_resolution") >= resolution)).fill_null(value=False)


def is_placed(*, of: Any = pl) -> Any:
    """Return whether a record is in a cell of any size: a coarser one where its place is known no better (RULES X9)."""
    return is_located(COARSEST, of=of)


def is_wider(resolution: int) -> pl.Expr:
    """Return whether a record is placed, but only in a cell coarser than ``resolution`` (RULES X9)."""
    wider: pl.Expr = is_placed() & ~is_located(resolution)
    return wider


def shown_cell(resolution: int) -> pl.Expr:
    """Return the cell in which a record is shown: of ``resolution``, or the finest that is honest for it (X2, X9)."""
    return parent_up_to(pl.col("cell"), pl.col("finest_resolution"), resolution=resolution)


def is_dated(step: str) -> pl.Expr:
    """Return whether a record's date is known well enough for a series with this step (RULES Q2)."""
    days = (pl.col("date_to") - pl.col("date_from")).dt.total_days() + 1
    one_period = pl.col("date_from").dt.truncate(STEP_OF[step]) == pl.col("date_to").dt.truncate(STEP_OF[step])
    return ((days <= STEP_DAYS[step]) & one_period).fill_null(value=False)


def incidents_by_cell(incidents: pl.LazyFrame, *, resolution: int) -> pl.DataFrame:
    """Count incidents and people per H3 cell: each record in the finest that is honest for it (RULES X9).

    Parameters
    ----------
    incidents : LazyFrame, one row per incident (schema.INCIDENTS)
    resolution : int
        H3 resolution, 0 (edges about 1,280 km) to 7.

    Returns
    -------
    DataFrame, one row per cell that has an incident, sorted by cell
        cell (Int64), incidents, events (counts), dead, missing, dead_or_missing (people; null if no incident
        states a number), largest_incident, largest_event (people), dominance (largest event ÷ people in the
        cell, 0 to 1; null without people), area_km2, per_1000_km2 (people per 1,000 km² of true area).
        Cells coarser than ``resolution`` hold the records that may enter no finer one; they come first. Records
        that are not placed are in no cell: report them with ``dropped_parts``.

    Raises
    ------
    ValueError
        ``resolution`` is outside 0 to 7.

    Source: RULES C1, C5, X1, X2, X4, X5, X9.
    """
    located = incidents.filter(is_placed()).with_columns(shown_cell(resolution).alias("cell"))
    events = located.group_by("cell", "event_id").agg(
        pl.len().alias("records"),
        *(people(name) for name in PEOPLE),
        pl.col("dead_or_missing").max().alias("largest_incident"),
    )
    cells = (
        events.group_by("cell")
        .agg(
            pl.col("records").sum().cast(pl.Int64).alias("incidents"),
            pl.len().cast(pl.Int64).alias("events"),
            *(people(name) for name in PEOPLE),
            pl.col("largest_incident").max(),
            pl.col("dead_or_missing").max().alias("largest_event"),
        )
        .sort("cell")
        .collect(engine="streaming")
    )
    area = areas_km2(cells["cell"])
    toll = pl.col("dead_or_missing")
    return cells.with_columns(
        pl.when(toll > 0).then((pl.col("largest_event") / toll).clip(0, 1)).alias("dominance"),
        area,
    ).with_columns((1000 * toll / pl.col("area_km2")).alias("per_1000_km2"))


def incidents_by_period(incidents: pl.LazyFrame, *, step: str, records: pl.Expr | None = None) -> pl.DataFrame:
    """Return dead, missing, dead_or_missing, incidents per period (its first day); gaps are absent, not 0.

    ``records`` counts them where a row stands for several.
    """
    number = pl.len() if records is None else records
    return (
        incidents.filter(is_dated(step))
        .group_by(pl.col("date_from").dt.truncate(STEP_OF[step]).alias("period"))
        .agg(*(people(name) for name in PEOPLE), number.cast(pl.Int64).alias("incidents"))
        .sort("period")
        .collect(engine="streaming")
    )


def dropped_parts(vintage: Vintage, selection: Selection) -> dict[str, int]:
    """Return the total and what each picture leaves out of it, in people dead or missing (RULES C5, Q1)."""
    return parts_of(of_source(vintage, selection), selection)


def parts_of(rows: pl.LazyFrame, selection: Selection, *, records: pl.Expr | None = None) -> dict[str, int]:
    """Return ``dropped_parts`` of the incidents of one source; ``records`` is their number where a row is several."""
    toll = pl.col("dead_or_missing")
    chosen = is_chosen(selection)
    undated = is_chosen(selection, window=False) & pl.col("date_from").is_null()
    better = is_chosen(selection.replace(min_quality=None)) & ~chosen
    row = rows.select(
        toll.filter(chosen).sum().alias("total"),
        (toll.filter(chosen).len() if records is None else records.filter(chosen).sum()).alias("incidents"),
        toll.filter(chosen & ~is_placed()).sum().alias("not_located"),
        toll.filter(chosen & is_wider(selection.resolution)).sum().alias("wider_area"),
        toll.filter(chosen & ~is_dated(selection.step)).sum().alias("not_dated"),
        toll.filter(chosen & pl.col("route").is_null()).sum().alias("no_route"),
        toll.filter(undated & ~chosen).sum().alias("undated_outside_window"),
        toll.filter(better).sum().alias("hidden_by_quality"),
    ).collect(engine="streaming")
    return {name: int(value or 0) for name, value in row.to_dicts()[0].items()}


def select_counts(vintage: Vintage, selection: Selection, measure: str) -> pl.LazyFrame:
    """Return the counts of one unit that a selection states: window, routes and, where named, the source.

    People whom two counts state are counted once (RULES E6, P5); of a source that is named, all its own.
    """
    chosen = (pl.col("unit") == flow_unit(measure)) & in_window(selection.start, selection.end)
    if selection.routes:
        chosen = chosen & pl.col("route").is_in(list(selection.routes)).fill_null(value=False)
    is_named = bool(selection.source) and selection.source not in vintage.incident_sources
    if is_named:
        chosen = chosen & (pl.col("source") == selection.source)
    once = is_summed(selection.start, selection.end, is_named=is_named)
    return vintage.counts_marked.lazy().filter(chosen & once).drop(FLAGS.names())


def counts_by_route(vintage: Vintage, selection: Selection, measure: str) -> pl.DataFrame:
    """Return value per route of one unit; null route: counted for a place that is on no one route."""
    table = (
        select_counts(vintage, selection, measure)
        .group_by("route")
        .agg(pl.col("unit").unique(), people("value"))
        .sort("route")
        .collect(engine="streaming")
    )
    _same_unit(table)
    return table.select("route", "value")


def _same_unit(table: pl.DataFrame) -> None:
    if not table.is_empty():
        one_unit(table["unit"].explode().unique().to_list())
