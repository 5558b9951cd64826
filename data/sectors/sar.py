"""Search-and-rescue regions: which hold a point, which a sector meets, and how many people inside lie in which.

They come from ingested files alone. They overlap as states declare them; nothing here says whose an overlap is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from data.hotspots.location_error import radius_km
from data.model.caches import kept_numbers
from data.model.notices import Notice
from data.readers.sources import source_of
from data.sectors.containment import sums
from data.sectors.sar_model import SarCount, SarPart, SarRegion, SectorSar
from data.sectors.sector import Sector, point_words
from data.store.vintage import Vintage
from geo.areas.areas import Point, Shape
from geo.areas.regions import crossing_of, overlaps, region_of_rings, shared

AREA: Final = "area"  # the precision of a place of which only the area is known (RULES Q3)
Booleans = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Region:
    """One published region with its shape; ``crossings``: where an outline crosses itself (longitude, latitude)."""

    id: str
    rcc: str
    names: tuple[str, ...]
    country: str | None
    as_of: date | None
    file: str | None
    source: str
    shape: Shape
    crossings: tuple[Point, ...]


@kept_numbers
def sar_regions(vintage: Vintage) -> tuple[Region, ...]:
    """Return every region of a vintage, sorted by its id; a centre's polygons are one region."""
    rows = vintage.scan_where_needed("sar_regions").sort("region", "row").collect()
    return tuple(_region(found) for (_,), found in rows.group_by("region", maintain_order=True))


def _region(rows: pl.DataFrame) -> Region:
    polygons = [[np.array(ring, dtype=np.float64) for ring in rings] for rings in rows["rings"].to_list()]
    first = rows.row(0, named=True)
    return Region(
        id=first["region"], rcc=first["rcc"], names=tuple(rows["name"].drop_nulls().unique(maintain_order=True)),
        country=first["country"], as_of=first["date_from"], file=first["file"], source=first["source"],
        shape=region_of_rings(polygons),
        crossings=tuple(at for rings in polygons if (at := crossing_of(rings)) is not None),
    )  # fmt: skip


def regions_at(vintage: Vintage, *, longitude: float, latitude: float) -> list[Region]:
    """Return the regions that hold a point (degrees), its edge included; several: they overlap there."""
    point = np.array([longitude]), np.array([latitude])
    return [one for one in sar_regions(vintage) if one.shape.contains(*point)[0]]


def regions_met(vintage: Vintage, sector: Sector) -> list[Region]:
    """Return the regions that share an area with a sector, or hold the one point that it is."""
    outline = sector.area.outline
    return [one for one in sar_regions(vintage) if shared(outline, one.shape.outline).area > 0]


def overlapping(regions: Sequence[Region], sector: Sector) -> list[tuple[str, str]]:
    """Return the pairs of regions, by id, that share an area inside a sector."""
    pairs = overlaps([one.shape.outline for one in regions], sector.area.outline)
    return [(regions[one].id, regions[other].id) for one, other in pairs]


def sector_sar(vintage: Vintage, sector: Sector, inside: pl.DataFrame) -> SectorSar:
    """Return what the sheet says of search-and-rescue regions.

    Parameters
    ----------
    inside : DataFrame, one row per record whose point lies in the sector
        longitude, latitude (degrees), location_precision, dead_or_missing (people; null: not stated).
    """
    held, met = sar_regions(vintage), regions_met(vintage, sector)
    pairs = overlapping(met, sector)
    known = inside.filter(pl.col("location_precision").ne_missing(AREA))
    points = known["longitude"].to_numpy(), known["latitude"].to_numpy()
    holds = np.array([one.shape.contains(*points) for one in met], dtype=np.bool_).reshape(len(met), known.height)
    rows = inside.filter(pl.col("location_precision").eq_missing(AREA))
    told = list(dict.fromkeys(one.source for one in met))
    return SectorSar(
        held=len(held),
        regions=[_stated(one) for one in met],
        overlaps=[list(pair) for pair in pairs],
        counts=[*_by_regions(known, holds, met, pairs), _count("area", (), rows)] if met else [],
        near=sums(known.filter(pl.Series(_is_near(known, met), dtype=pl.Boolean))) if met else None,
        sources=[source_of(one).title for one in told],
        licence=source_of(told[0]).licence if told else None,
        words=_words(held, met),
    )


def _words(held: Sequence[Region], met: Sequence[Region]) -> Notice:
    if not held:
        return Notice("sar.none_held")
    if not met:
        return Notice("sar.none_met", held=len(held))
    days = [one.as_of for one in met if one.as_of is not None]
    return Notice("sar.as_published", first=min(days, default=None), last=max(days, default=None),
                  are_dated=len(days) == len(met), is_one_day=len(set(days)) == 1)  # fmt: skip


def _stated(one: Region) -> SarRegion:
    notes = [Notice("sar.crosses", point=point_words((round(x, 2), round(y, 2)))) for x, y in one.crossings]
    return SarRegion(id=one.id, rcc=one.rcc, names=list(one.names), country=one.country, as_of=one.as_of,
                     file=one.file, notes=notes)  # fmt: skip


def _by_regions(
    known: pl.DataFrame, holds: Booleans, met: Sequence[Region], pairs: Sequence[tuple[str, str]]
) -> Iterator[SarCount]:
    """Yield a count of each region alone, of each overlap that the sector or a record meets, and of none.

    A record in three regions is in the overlap of the three, and in no other.
    """
    ids = [one.id for one in met]
    groups = [tuple(one for one, is_in in zip(ids, column, strict=True) if is_in) for column in holds.T.tolist()]
    several = {*pairs, *(one for one in groups if len(one) > 1)}
    ordered = sorted(several, key=lambda one: (len(one), [ids.index(each) for each in one]))
    keys = pl.Series([" ".join(group) for group in groups], dtype=pl.String)
    for group in [*((one,) for one in ids), *ordered]:
        yield _count("one" if len(group) == 1 else "overlap", group, known.filter(keys == " ".join(group)))
    yield _count("none", (), known.filter(keys == ""))


def _count(part: SarPart, regions: Sequence[str], rows: pl.DataFrame) -> SarCount:
    return SarCount(part=part, regions=list(regions), inside=sums(rows))


def _is_near(known: pl.DataFrame, met: Sequence[Region]) -> Booleans:
    """Return which records lie nearer to an outline than their place is known: they may be on its other side (Q3)."""
    points, km = (known["longitude"].to_numpy(), known["latitude"].to_numpy()), radius_km(known)
    near = [one.shape.is_near_edge(*points, km) for one in met] if known.height else []
    return np.logical_or.reduce(near) if near else np.zeros(known.height, dtype=np.bool_)
