"""Where the incidents of a selection lie as seen from a sector: inside, perhaps inside, outside, not located."""

from functools import lru_cache
from typing import Final

import numpy as np
import polars as pl

from data.measures import select_incidents
from data.radius import FARTHEST_KM, has_radius, radius_km
from data.sectors import Sector
from data.selection import Selection
from data.vintage import Vintage
from data.vocabulary import countries_of_shape
from geo.countries import shape_names
from geo.sectors import countries_touched

PARTS: Final = ("inside", "could", "outside", "not_located")


def placed(vintage: Vintage, selection: Selection, sector: Sector) -> pl.DataFrame:
    """Return the selection's incidents with ``part``, one of PARTS (RULES C5, Q3).

    inside: the recorded point lies in the sector. could: the point does not, but the circle of its precision touches
    the sector; or there is no point, and the stated country or region is one whose land the sector touches. outside:
    neither. not_located: no point to judge by, cumulative records among them (E4), and no such country.
    """
    return _placed(vintage, only_incidents(selection), sector)


def only_incidents(selection: Selection) -> Selection:
    """Return what of a selection changes which incidents are meant, and the size of their cells."""
    plain = Selection()
    return selection.but(measure=plain.measure, flow=plain.flow, step=plain.step, layers=plain.layers, cell=None,
                         view=None)  # fmt: skip


@lru_cache(maxsize=24)
def _placed(vintage: Vintage, selection: Selection, sector: Sector) -> pl.DataFrame:
    rows = select_incidents(vintage, selection).collect()
    return rows.with_columns(pl.Series("part", parts_of(rows, sector), dtype=pl.String))


def parts_of(rows: pl.DataFrame, sector: Sector) -> list[str]:
    """Return which of PARTS each incident belongs to."""
    has_point = rows.select(
        pl.all_horizontal(pl.col("latitude", "longitude").is_not_null())
        & has_radius()
        & ~pl.col("is_cumulative").fill_null(value=False)
    ).to_series()
    here = rows.filter(has_point)
    longitude, latitude = here["longitude"].to_numpy(), here["latitude"].to_numpy()
    away = sector.area.distances_km(longitude, latitude, within=FARTHEST_KM)
    is_in = sector.area.contains(longitude, latitude)
    part = np.full(rows.height, "not_located", dtype=object)
    part[has_point.to_numpy()] = np.where(is_in, "inside", np.where(away <= radius_km(here), "could", "outside"))
    ids = countries_of(sector)
    named = rows.select(pl.any_horizontal(pl.col("country", "region").is_in(ids)).fill_null(value=False)).to_series()
    part[(~has_point & named).to_numpy()] = "could"
    return list(part)


@lru_cache(maxsize=64)
def countries_of(sector: Sector) -> list[str]:
    """Return the ids of the countries that a record without a place may name to lie in the sector."""
    if sector.kind == "area":
        names = {sector.name}
    else:
        names = {*countries_touched(sector.area), sector.country} & shape_names()
    return sorted({one for name in names for one in countries_of_shape(name)})


def sums(rows: pl.DataFrame) -> dict[str, int]:
    """Return records, people dead or missing, and records that state no number (RULES C1)."""
    toll = rows["dead_or_missing"]
    return {"records": rows.height, "people": int(toll.sum() or 0), "no_number": toll.null_count()}


def part_counts(records: pl.DataFrame) -> dict[str, dict[str, int]]:
    """Return records and people by part; the four add up to the total (RULES C5)."""
    return {part: sums(records.filter(pl.col("part") == part)) for part in PARTS}
