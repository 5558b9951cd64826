"""Regions of a publisher as the countries around them: what a place is tested against where no country is stated (Q9).

``files/regions.csv`` has a row per region id. Its countries are drawn generously: those of the region, those on the
other side of its seas, and those on the far side of the borders that records of it speak of.
"""

import csv
from functools import cache
from typing import NamedTuple

from data.model.countries import shapes_of
from data.model.vocabulary import FILES


class Region(NamedTuple):
    """A row of the table: the countries around a region, and how far from them a place may lie: in open ocean more.

    ``later`` are the regions that its publisher speaks of instead since 2019 or so; none where it still has it.
    """

    countries: tuple[str, ...]
    reach_km: int
    later: tuple[str, ...] = ()


@cache
def regions() -> dict[str, Region]:
    """Return the table by id."""
    with (FILES / "regions.csv").open(encoding="utf-8", newline="") as handle:
        return {
            row["id"]: Region(
                tuple(row["countries"].split("|")), int(row["reach_km"]), tuple(filter(None, row["later"].split("|")))
            )
            for row in csv.DictReader(handle)
        }


def renamed(region: str) -> frozenset[str]:
    """Return the regions under which earlier or later files have records of a region: they were renamed and split."""
    table = regions()
    before = {one for one, row in table.items() if region in row.later}
    return frozenset({*before, *(table[region].later if region in table else ())})


def shapes_of_region(region: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the names of the shapes that a region stands for; none where its extent is not known."""
    row = regions().get(region)
    return tuple(sorted({name for code in row.countries for name in shapes_of(code, known)})) if row else ()
