"""The form that chooses a sector: three ways, each with its own fields; sent as an address, without a script."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from data.model.notices import Labels
from data.query.parameters import THRESHOLDS
from data.sectors.sector import LARGEST_KM, SMALLEST_KM, area_names
from layouts.text.sector import THRESHOLD

WAYS: Final = Labels("sectors.way", ("area", "place", "polygon"))


class Limit(NamedTuple):
    """The field of a planning threshold."""

    name: str
    label: str
    value: str


class SectorForm(NamedTuple):
    """The form, filled in as it was sent; ``kept`` is what else the address states and goes on stating."""

    way: str
    ways: Mapping[str, str]
    countries: Mapping[str, str]
    country: str
    town: str
    radius: str
    polygon: str
    since: str
    limits: list[Limit]
    kept: list[tuple[str, str]]
    least: str
    most: str


def sector_form(filled: Mapping[str, str], kept: Mapping[str, str]) -> SectorForm:
    """Return what the form holds."""
    way = next((way for way in WAYS if filled.get("by") == way or (not filled.get("by") and filled.get(way))), "place")
    limits = [Limit(f"{name}_above", THRESHOLD[name], filled.get(f"{name}_above", "")) for name in THRESHOLDS]
    return SectorForm(
        way=way,
        ways=WAYS,
        countries=area_names(),
        country=filled.get("area", ""),
        town=filled.get("place", "") or filled.get("at", ""),
        radius=filled.get("radius_km", "100"),
        polygon=filled.get("polygon", ""),
        since=filled.get("since", ""),
        limits=limits,
        kept=sorted(kept.items()),
        least=f"{SMALLEST_KM:g}",
        most=f"{LARGEST_KM:g}",
    )
