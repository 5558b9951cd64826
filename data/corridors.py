"""Corridors: how many people died or went missing near each route line, and how many near none or nowhere known.

An incident belongs to the nearest line within the corridor's half-width and the distance to which its own place is
known (RULES Q3). What lies off every corridor and what is not located is counted beside the lines (RULES C5).
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

import numpy as np
import polars as pl

from data.errors import QueryError
from data.measures import amount, select_incidents
from data.radius import WORDS, has_radius, radius_km
from data.scope import cautions, checked_scope, refuse_restricted, scope
from data.selection import Selection
from data.vintage import Vintage
from data.words import measured, number, sentence
from geo.corridors import lines_within, nearest

WITHIN_KM: Final = range(10, 501)
DEFAULT_KM: Final = 100
PLACE: Final = ("latitude", "longitude", "route", "location_precision")
OFF: Final = -1  # near no line
ITS_OWN: Final = f"the distance to which its own place is known: {WORDS}."
NOT_A_PATH: Final = (
    "Lines are generalised, drawn city to city: a corridor is the area near a line, not a path that anyone took."
)
NOT_A_RISK: Final = "People per 100 km of line is no risk: it does not know how many people passed."


def parse_corridors(query: Mapping[str, Iterable[str]]) -> tuple[Selection, int]:
    """Return (selection, within_km) of a query; raise QueryError at what it cannot mean."""
    rest = {key: list(given) for key, given in query.items()}
    given = rest.pop("within_km", [str(DEFAULT_KM)])
    if len(given) != 1:
        raise QueryError(f"'within_km' is given {len(given)} times. Give it once.", parameter="within_km")
    return Selection.parse(rest), parse_within(given[0].strip())


def parse_within(text: str) -> int:
    """Return the half-width of a corridor in km; raise QueryError at what is no whole number from 10 to 500."""
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) in WITHIN_KM):
        raise QueryError(
            f"'within_km' is a whole number from {WITHIN_KM[0]} to {WITHIN_KM[-1]}; found '{text[:60]}'.",
            parameter="within_km",
        )
    return int(text)


def is_placed() -> pl.Expr:
    """Return whether a record can be measured from a line: it has a place, its precision, and a cell (RULES E4, E5)."""
    return (pl.col("cell").is_not_null() & pl.col("latitude").is_not_null() & has_radius()).fill_null(value=False)


def nearest_segments(incidents: pl.DataFrame, segments: pl.DataFrame, *, within_km: float) -> pl.Series:
    """Return the place in ``segments`` of each incident's corridor.

    Parameters
    ----------
    incidents : DataFrame, one row per incident
        latitude, longitude (degrees), location_precision, route, cell; not placed where ``is_placed`` is false.
    segments : DataFrame, one row per route segment
        points (longitude and latitude in degrees), route.
    within_km : float
        Half-width of a corridor; each record's own radius (``data.radius``) is added to it.

    Returns
    -------
    Series "segment" (Int64), in the order of ``incidents``
        The nearest segment; of those as near to 1 km one of the record's own route, then the nearest. −1: near none.
        Null: not located.
    """
    placed = incidents.lazy().filter(is_placed()).select(PLACE).unique(maintain_order=True).collect()
    points = placed.select("longitude", "latitude").to_numpy()
    near = lines_within(points, segments["points"].to_list(), reach_km=radius_km(placed) + within_km)
    routes = segments["route"].gather(near.line)
    own = (placed["route"].gather(near.point) == routes).fill_null(value=False).to_numpy()
    chosen = nearest(near, is_preferred=own)
    found = np.full(placed.height, OFF)
    found[chosen.point] = chosen.line
    table = placed.with_columns(pl.Series("segment", found, dtype=pl.Int64))
    joined = incidents.select(PLACE).join(table, on=PLACE, how="left", nulls_equal=True, maintain_order="left")
    is_known = incidents.select(is_placed().alias("placed"))["placed"]
    return joined.select(pl.when(is_known).then(pl.col("segment")).alias("segment"))["segment"]


def corridors(vintage: Vintage, selection: Selection, *, within_km: int = DEFAULT_KM) -> dict[str, Any]:
    """Return the measure of a selection by route segment, with what is near none and what is not located.

    Returns
    -------
    dict
        total = Σ segments' value + off + not_located (RULES C5; not for events, which may lie in several), in the
        unit of the measure. ``segments``, most first: segment_id, source, route, name, length_km, value,
        incidents, events, per_100_km (value per 100 km of its length; null where it has none),
        other_route (records here that the publisher files under another route).
    """
    return {**scope(vintage, checked_scope(vintage, selection)), "within_km": within_km,
            **_counted(vintage, _of_corridors(selection), within_km)}  # fmt: skip


def _of_corridors(selection: Selection) -> Selection:
    """Return what of a selection changes the corridors, so that an answer is kept once."""
    plain = Selection()
    return selection.but(flow=plain.flow, step=plain.step, size=None, zoomed=plain.zoomed, layers=plain.layers,
                         cell=None, view=None)  # fmt: skip


@lru_cache(maxsize=32)
def _counted(vintage: Vintage, selection: Selection, within_km: int) -> dict[str, Any]:
    refuse_restricted(vintage, selection, "its numbers by corridor")
    rows = select_incidents(vintage, selection).collect()
    segments = vintage.segments
    rows = rows.with_columns(nearest_segments(rows, segments, within_km=within_km))
    sums = amount(selection.measure).alias("value")
    table = _by_segment(rows.filter(pl.col("segment") >= 0), segments, sums)
    total = rows.select(sums).item()
    parts = {
        "off": rows.filter(pl.col("segment") == OFF).select(sums).item() or 0,
        "not_located": rows.filter(pl.col("segment").is_null()).select(sums).item() or 0,
    }
    return {
        "total": total,
        **parts,
        "segments": table.to_dicts(),
        "sentence": _sentence(selection.measure, total, parts, within_km),
        "caution": [
            *cautions(vintage, selection),
            f"An incident counts for the nearest line within {within_km} km and {ITS_OWN}",
            NOT_A_PATH,
            NOT_A_RISK,
            *([] if segments.height else ["This vintage holds no route lines."]),
        ],
    }


def _by_segment(rows: pl.DataFrame, segments: pl.DataFrame, sums: pl.Expr) -> pl.DataFrame:
    lines = segments.select("segment_id", "source", "route", "name", "length_km").with_row_index("segment")
    lines = lines.with_columns(pl.col("segment").cast(pl.Int64))
    other = (pl.col("route").is_not_null() & (pl.col("route") != pl.col("line_route"))).fill_null(value=False)
    counts = (
        rows.join(lines.select("segment", line_route="route"), on="segment")
        .group_by("segment")
        .agg(sums, amount("incidents").alias("incidents"), amount("events").alias("events"),
             other.sum().cast(pl.Int64).alias("other_route"))
    )  # fmt: skip
    per_100_km = pl.when(pl.col("length_km") > 0).then(100 * pl.col("value") / pl.col("length_km"))
    return (
        lines.join(counts, on="segment", how="left")
        .with_columns(pl.col("incidents", "events", "other_route").fill_null(0))
        .with_columns(pl.when(pl.col("incidents") == 0).then(0).otherwise(pl.col("value")).alias("value"))
        .with_columns(per_100_km.alias("per_100_km"))
        .sort("value", "segment_id", descending=[True, False], nulls_last=True)
        .drop("segment")
    )


def _sentence(measure: str, total: int | None, parts: dict[str, int], within_km: int) -> str:
    if total is None:
        return sentence(measured(total, measure))
    near = total - parts["off"] - parts["not_located"]
    if measure == "events":
        return sentence(f"{measured(total, measure)}; an event may lie in several corridors")
    return sentence(
        f"{measured(total, measure)}: {number(near)} within {within_km} km of a route line, allowing for how well each "
        f"place is known, {number(parts['off'])} near no line, {number(parts['not_located'])} not located"
    )
