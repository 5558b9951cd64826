"""UNHCR: arrivals by month, day and place of disembarkation, and people newly displaced."""

from datetime import date
from typing import Final

from data.model.sources import Publication
from data.readers.count_figures import Figure, From
from data.readers.count_layout import CountLayout, Expected, Whole
from data.readers.periods import Day, MonthAndYear, Year

_UNIT: Final = "persons_arrived"
_TOTALS: Final = {_UNIT: (10_000, 10_000_000)}
_ROUTES: Final = {
    "Italy": "central-mediterranean",
    "Malta": "central-mediterranean",
    "Greece": "eastern-mediterranean",
    "Cyprus": "eastern-mediterranean",
    "Spain": None,  # the Western Mediterranean and the Atlantic together
}


def _portal(title: str) -> Publication:
    return Publication(
        publisher="UNHCR Operational Data Portal",
        title=title,
        citation="UNHCR, Operational Data Portal, Mediterranean situation",
        licence="CC BY 3.0 IGO",
        url="https://data.unhcr.org",
    )


def _arrivals(place: str, country: str, *, route: str | None = None, by_sea: str | None = None) -> Figure:
    """Return UNHCR's arrivals in one country; ``by_sea`` is the route of those by sea where it is not ``route``."""
    start = place.lower()
    return Figure(
        f"{start}_all", _UNIT, route=route, place=place, country=country,
        parts=(Figure(f"{start}_sea", _UNIT, route=by_sea or route, place=place, country=country, mode="sea"),
               Figure(f"{start}_land", _UNIT, route=route, place=place, country=country, mode="land")),
    )  # fmt: skip


def _displaced(column: str, unit: str) -> Figure:
    return Figure(
        column, f"newly_displaced_{unit}", country=From("coa_iso", form="country", none=("UKN",)),
        nationality=From("coo_iso", form="nationality", none=("UKN", "STA")),
    )  # fmt: skip


UNHCR: Final = (
    # Arrivals in Italy, Malta and Cyprus, and in Greece by sea, are of one route; Spain's are not: its figure
    # joins the Western Mediterranean and the Atlantic.
    CountLayout(
        id="unhcr-monthly-wide",
        source="unhcr-arrivals",
        publication=_portal("Arrivals in the Mediterranean, monthly"),
        headers=frozenset({"month", "year", "italy_all", "greece_all", "spain_all"}),
        optional=frozenset({"italy_sea", "italy_land", "greece_sea", "greece_land", "spain_sea", "spain_land",
                            "cyprus_all", "cyprus_sea", "cyprus_land", "malta_all", "malta_sea", "malta_land"}),
        ignored=frozenset({"month-year"}),
        period=MonthAndYear("month", "year"),
        figures=(
            _arrivals("Italy", "ITA", route="central-mediterranean"),
            _arrivals("Greece", "GRC", by_sea="eastern-mediterranean"),
            _arrivals("Spain", "ESP"),
            _arrivals("Cyprus", "CYP", route="eastern-mediterranean"),
            _arrivals("Malta", "MLT", route="central-mediterranean"),
        ),
        blank="absent",
        expected=Expected(rows=(12, 1_000), per_period=(1_000, 500_000), totals=_TOTALS),
    ),
    # The portal's service and its download, of one series: the five countries together.
    CountLayout(
        id="unhcr-mediterranean-monthly",
        source="unhcr-mediterranean",
        publication=_portal("Sea and land arrivals in the Mediterranean, monthly, all countries together"),
        headers=frozenset({"month", "year", "individuals"}),
        ignored=frozenset({"unix_timestamp"}),
        period=MonthAndYear("month", "year"),
        figures=(Figure("individuals", _UNIT, place="Mediterranean, all countries"),),
        assumes="The file does not say of which place it is. Its headings are those of UNHCR's portal, and it is taken "
                "for all arrivals in the Mediterranean by sea and land; do not give one of another place.",
        again={"unhcr-arrivals": "all", "italy-landings": "all", "unhcr-daily-italy": "all",
               "iom-mediterranean": "all"},
        expected=Expected(rows=(12, 1_000), per_period=(1_000, 500_000), totals=_TOTALS),
    ),
    CountLayout(
        id="unhcr-daily-italy",
        source="unhcr-daily-italy",
        publication=_portal("Sea arrivals in Italy, daily"),
        headers=frozenset({"data_date", "individuals"}),
        ignored=frozenset({"unix_timestamp"}),
        period=Day("data_date", "2024-06-30"),
        figures=(
            Figure("individuals", _UNIT, route=_ROUTES["Italy"], place="Italy", country="ITA", mode="sea"),
        ),
        blank="refused",
        gaps_are_zero=True,
        assumes="The file does not say of which country it is. Its headings are those of UNHCR's portal, and it is "
                "taken for sea arrivals in Italy; do not give one of another country.",
        again={"unhcr-arrivals": "country", "italy-landings": "country"},
        expected=Expected(rows=(30, 20_000), per_period=(0, 8_000), totals=_TOTALS),
    ),
    # From January to the month stated, by province, settlement or island; a whole country where no place is told apart.
    CountLayout(
        id="unhcr-disembarkation",
        source="unhcr-disembarkation",
        publication=_portal("Sea arrivals by place of disembarkation, yearly"),
        headers=frozenset({"geomaster_name", "admin_level", "month", "year", "individuals", "country_name"}),
        optional=frozenset({"population_groups_concat"}),
        ignored=frozenset({"centroid_lon", "centroid_lat", "last_update"}),
        known={"population_groups_concat": ("Mediterranean Sea Arrivals",),
               "admin_level": ("Settlement", "Province", "Country")},
        whole=Whole("admin_level", ("Country",), of=("country_name", "year")),
        period=MonthAndYear("month", "year", is_to_date=True),
        figures=(
            Figure("individuals", _UNIT, route=From("country_name", words=_ROUTES, is_open=True),
                   place=From("geomaster_name", is_needed=True), country=From("country_name", form="country"),
                   mode="sea"),
        ),
        blank="refused",
        again={"unhcr-arrivals": "country", "italy-landings": "country", "unhcr-daily-italy": "country",
               "iom-mediterranean": "country"},
        expected=Expected(rows=(10, 5_000), per_period=(500, 2_000_000), totals=_TOTALS),
    ),
    # UNHCR's own codes are not ISO's (AUS is Austria): coo_iso and coa_iso are read. Blank is not reported.
    CountLayout(
        id="unhcr-displacement",
        source="unhcr-displacement",
        publication=Publication(
            publisher="UNHCR",
            title="Forced displacement flows, by origin and country of asylum, yearly",
            citation="UNHCR Refugee Data Finder, forced displacement flows (R package refugees)",
            licence="CC BY 4.0",
            url="https://www.unhcr.org/refugee-statistics",
        ),
        headers=frozenset({"year", "coo_iso", "coa_iso", "refugees", "asylum_seekers", "refugee_like", "oip"}),
        ignored=frozenset({"coo_name", "coo", "coa_name", "coa"}),
        period=Year("year"),
        since=date(1951, 1, 1),
        figures=(
            _displaced("refugees", "refugees"),
            _displaced("asylum_seekers", "asylum_seekers"),
            _displaced("refugee_like", "refugee_like"),
            _displaced("oip", "in_need_of_protection"),
        ),
        blank="absent",
        expected=Expected(rows=(100, 500_000), per_period=(0, 20_000_000)),
    ),
)  # fmt: skip
