"""Where the incidents of a selection lie as seen from a sector: inside, perhaps inside, outside, not located."""

from typing import Final

import numpy as np
import polars as pl

from data.counting.held_records import held_records
from data.hotspots.location_error import FARTHEST_KM, has_radius, radius_km
from data.model.caches import kept_numbers
from data.model.countries import countries_of_shape, country_names
from data.model.vocabulary import slug
from data.query.selection import Selection
from data.sectors.answer_model import Places
from data.sectors.season_model import Sums
from data.sectors.sector import Sector
from data.store.vintage import Vintage
from geo.areas.areas import countries_touched
from geo.areas.countries import shape_names

PARTS: Final = ("inside", "could", "outside", "not_located")


def place_records(vintage: Vintage, selection: Selection, sector: Sector) -> pl.DataFrame:
    """Return the selection's incidents with ``part``, one of PARTS (RULES C5, Q3).

    inside: the recorded point lies in the sector. could: the point does not, but the circle of its precision touches
    the sector; or there is no point, and the stated country or region is one whose land the sector touches. outside:
    neither. not_located: no point to judge by, cumulative records among them (E4), and no such country.
    """
    return _placed(vintage, only_incidents(selection), sector)


def only_incidents(selection: Selection) -> Selection:
    """Return what of a selection changes which incidents are meant, and the size of their cells."""
    return selection.only("incidents").replace(
        resolution_chosen=selection.resolution_chosen, resolution_by_zoom=selection.resolution_by_zoom
    )


@kept_numbers
def _placed(vintage: Vintage, selection: Selection, sector: Sector) -> pl.DataFrame:
    rows = held_records(vintage, selection)
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
    is_named = pl.col("country").is_in(countries_of(sector)) | pl.col("region").is_in(regions_of(sector))
    named = rows.select(is_named.fill_null(value=False)).to_series()
    part[(~has_point & named).to_numpy()] = "could"
    return list(part)


@kept_numbers
def countries_of(sector: Sector) -> list[str]:
    """Return the codes of the countries that a record without a place may name to lie in the sector."""
    if sector.kind == "area":
        names = {sector.name}
    else:
        names = {*countries_touched(sector.area), sector.country} & shape_names()
    return sorted({one for name in names for one in countries_of_shape(name)})


@kept_numbers
def regions_of(sector: Sector) -> list[str]:
    """Return the ids that a publisher's region has where it is one of these countries."""
    names = country_names()
    return sorted({slug(names[code]) for code in countries_of(sector)})


def sums(rows: pl.DataFrame) -> Sums:
    """Return records, people dead or missing, and records that state no number (RULES C1)."""
    toll = rows["dead_or_missing"]
    return Sums(records=rows.height, people=int(toll.sum() or 0), no_number=toll.null_count())


def part_counts(records: pl.DataFrame) -> Places:
    """Return records and people by part; the four add up to the total (RULES C5)."""
    return Places(**{part: sums(records.filter(pl.col("part") == part)) for part in PARTS})
