"""IOM's months of Mediterranean crossings: arrivals by country, and people intercepted by four coast guards."""

from typing import Final

from data.model.sources import Publication
from data.readers.count_figures import Figure
from data.readers.count_layout import CountLayout, Expected
from data.readers.periods import MonthAndYear

_CENTRAL, _EASTERN, _WESTERN = "central-mediterranean", "eastern-mediterranean", "western-mediterranean"


def _arrived(column: str, place: str, country: str, mode: str, route: str | None) -> Figure:
    return Figure(column, "persons_arrived", route=route, place=place, country=country, mode=mode)


def _returned(guard: str, place: str, country: str, route: str | None) -> Figure:
    """Return the people whom a coast guard took back: they are counted where they were returned to."""
    column = f"interceptions_by_{guard}_coast_guard"
    return Figure(column, "persons_intercepted", route=route, place=place, country=country, mode="sea")


IOM: Final = (
    # Not read: totals, which differ from their parts and change their meaning in 2022 and hold 0 for months without any
    # figure; deaths, which come from records (those of 2014 are those of 2021); rates. A blank is unknown, not 0.
    CountLayout(
        id="iom-mediterranean-monthly",
        source="iom-mediterranean",
        publication=Publication(
            publisher="International Organization for Migration (IOM), Missing Migrants Project",
            title="Mediterranean crossings, monthly: arrivals and interceptions",
            citation="IOM, Missing Migrants Project, arrivals and interceptions in the Mediterranean",
            licence="CC BY 4.0",
            url="https://missingmigrants.iom.int",
        ),
        headers=frozenset({
            "year", "month", "sea_arrivals_in_italy", "sea_arrivals_in_malta", "sea_arrivals_in_greece",
            "interceptions_by_turkish_coast_guard", "interceptions_by_libyan_coast_guard",
            "interceptions_by_tunisian_coast_guard", "interceptions_by_algerian_coast_guard",
        }),
        optional=frozenset({
            "waar", "wmr_sea_arrivals", "wmr_land_arrivals", "land_arrivals_in_greece", "sea_arrivals_in_cyprus",
            "land_arrivals_in_cyprus",
        }),
        ignored=frozenset({
            "date", "month_name", "total_sea_arrivals_waar_wmr", "total_sea_arrivals_in_europe",
            "total_arrivals_in_europe", "total_interceptions", "emr", "cmr", "wmr", "waar_1",
            "total_deaths_on_maritime_routes_to_europe", "total_attempted_crossings",
            "mortality_rate_maritime_routes_to_europe", "mortality_rate_1_in", "emr_rate_of_death",
            "cmr_rate_of_death", "wmr_proportion_of_deaths_vs_arrivals", "waar_proportion_of_deaths_vs_arrivals",
        }),
        period=MonthAndYear("month", "year"),
        figures=(
            _arrived("sea_arrivals_in_italy", "Italy", "ITA", "sea", _CENTRAL),
            _arrived("sea_arrivals_in_malta", "Malta", "MLT", "sea", _CENTRAL),
            _arrived("sea_arrivals_in_greece", "Greece", "GRC", "sea", _EASTERN),
            _arrived("land_arrivals_in_greece", "Greece", "GRC", "land", None),
            _arrived("sea_arrivals_in_cyprus", "Cyprus", "CYP", "sea", _EASTERN),
            _arrived("land_arrivals_in_cyprus", "Cyprus", "CYP", "land", None),
            _arrived("waar", "Canary Islands", "ESP", "sea", "western-africa-atlantic"),
            _arrived("wmr_sea_arrivals", "Spain, Mediterranean", "ESP", "sea", _WESTERN),
            _arrived("wmr_land_arrivals", "Spain, Ceuta and Melilla", "ESP", "land", None),
            _returned("turkish", "Türkiye", "TUR", _EASTERN),
            _returned("libyan", "Libya", "LBY", _CENTRAL),
            _returned("tunisian", "Tunisia", "TUN", _CENTRAL),
            _returned("algerian", "Algeria", "DZA", None),
        ),
        again={"unhcr-arrivals": "country", "italy-landings": "country", "unhcr-daily-italy": "country"},
        expected=Expected(rows=(12, 1_000), per_period=(0, 400_000),
                          totals={"persons_arrived": (10_000, 10_000_000),
                                  "persons_intercepted": (5_000, 5_000_000)}),
    ),
)  # fmt: skip
