"""The words of a sector's search-and-rescue regions: as published, overlaps named with all their states."""

from collections.abc import Iterable, Mapping
from typing import Final

from data.model.countries import country_names
from data.model.notices import say
from data.sectors.answer_model import SectorSheet
from data.sectors.sar_model import SarCount, SarRegion, SectorSar

COLUMNS: Final = ("region", "records", "people")
NOT_STATED: Final = "Not stated"


def region_name(one: SarRegion) -> str:
    """Return a centre's name as published, with the country that the file's name states where it says more."""
    country = country_names().get(one.country or "")
    told = None if country is None or country.casefold() in one.rcc.casefold() else country
    return say("sar.name", rcc=one.rcc, country=told)


def sar_heads() -> list[str]:
    """Return the heads of the table."""
    return [say(f"sar.{name}") for name in COLUMNS]


def sar_rows(sheet: SectorSheet) -> list[tuple[str, int, int]]:
    """Return a row for each region, overlap and rest: whose, records, people. They add up to the last (RULES C5)."""
    names = {one.id: region_name(one) for one in sheet.sar.regions}
    shared = {one for group in sheet.sar.counts if group.part == "overlap" for one in group.regions}
    counted = [(_what(one, names, shared), one.inside) for one in sheet.sar.counts]
    counted.append((say("sar.total"), sheet.places.inside))
    return [(what, one.records, one.people) for what, one in counted]


def _what(one: SarCount, names: Mapping[str, str], shared: Iterable[str]) -> str:
    if one.part == "one":
        (region,) = one.regions
        return say("sar.alone", name=names[region], overlapped=region in shared)
    if one.part == "overlap":
        return say("sar.overlap", names=[names[region] for region in one.regions])
    return say("sar.area" if one.part == "area" else "sar.in_none")


def sar_notes(sar: SectorSar, *, has_map: bool) -> list[str]:
    """Return what is to be known of the table, and of the map beside it; nothing where no region meets the sector."""
    if not sar.regions:
        return []
    said = [say("sar.counted_once")] if any(one.part == "overlap" for one in sar.counts) else []
    if sar.near is not None and sar.near.records:
        said.append(say("sar.near", records=sar.near.records, people=sar.near.people))
    said.append(say("sar.over_land", has_map=has_map))
    said += [say("sar.outline_of", name=region_name(one), note=note) for one in sar.regions for note in one.notes]
    return [*said, say("sar.terms", licence=None if sar.licence in (None, NOT_STATED) else sar.licence)]
