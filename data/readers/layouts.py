"""The tables of counts that are read: one declaration each. To add one, see docs/how-to/add-a-count-reader.md."""

from typing import Final

from data.model.sources import Publication
from data.model.units import UNITS
from data.readers.count_layout import CountLayout, Day, Expected, Figure, From, Month, MonthAndYear, Span


def _arrivals(place: str, country: str, *, route: str | None = None, by_sea: str | None = None) -> Figure:
    """Return UNHCR's arrivals in one country; ``by_sea`` is the route of those by sea where it is not ``route``."""
    start, unit = place.lower(), "persons_arrived"
    return Figure(
        f"{start}_all", unit, route=route, place=place, country=country,
        parts=(Figure(f"{start}_sea", unit, route=by_sea or route, place=place, country=country, mode="sea"),
               Figure(f"{start}_land", unit, route=route, place=place, country=country, mode="land")),
    )  # fmt: skip


COUNT_LAYOUTS: Final[tuple[CountLayout, ...]] = (
    # This project's own layout, for a publisher that has no declaration yet.
    CountLayout(
        id="crossings-counts",
        source="counts",
        publication=Publication(
            publisher="As stated by whoever made the file",
            title="Counts in the layout of this project",
            citation="Counts supplied by the user of this software",
            licence="Not stated",
        ),
        headers=frozenset({"unit", "route", "place", "country", "nationality", "date_from", "date_to", "value"}),
        period=Span("date_from", "date_to"),
        figures=(
            Figure(
                "value",
                From("unit", words={unit: unit for unit in sorted(UNITS)}),
                route=From("route", form="route"),
                place=From("place"),
                country=From("country", form="country"),
                nationality=From("nationality"),
            ),
        ),
    ),
    # Encounters; ``t`` is the calendar month, ``t_fy`` only its label in the fiscal year.
    CountLayout(
        id="cbp-southwest",
        source="cbp-southwest",
        publication=Publication(
            publisher="US Customs and Border Protection",
            title="Southwest land border encounters",
            citation="US CBP, Southwest land border encounters",
            licence="Public domain (US Government work)",
            url="https://www.cbp.gov",
        ),
        headers=frozenset({"t", "component", "area", "authority", "type", "demog", "nat", "n"}),
        ignored=frozenset({"t_fy", "component", "authority", "type", "demog"}),
        period=Month("t"),
        figures=(
            Figure(
                "n", "encounters", route="us-mexico-border-crossing", place=From("area"), country="USA", mode="land",
                nationality=From("nat"),
            ),
        ),
        blank="refused",
        expected=Expected(rows=(1_000, 200_000), per_period=(5_000, 500_000)),
    ),
    # Detections, not persons (RULES R2). A month without detections is absent.
    CountLayout(
        id="frontex-monthly",
        source="frontex",
        publication=Publication(
            publisher="Frontex, European Border and Coast Guard Agency",
            title="Monthly detections of illegal border crossings",
            citation="Frontex, monthly detections",
            licence="Frontex copyright; permission needed beyond private use",
            url="https://www.frontex.europa.eu",
        ),
        headers=frozenset({"route", "type", "nat", "t", "n"}),
        period=Month("t"),
        figures=(
            Figure(
                "n", "detections", route=From("route", form="route", is_needed=True), mode=From("type", form="lower"),
                nationality=From("nat"),
            ),
        ),
        blank="refused",
        expected=Expected(rows=(1_000, 200_000), per_period=(500, 800_000)),
        gaps_are_zero=True,
    ),
    # Arrivals in Italy, Malta and Cyprus, and in Greece by sea, are of one route; Spain's are not: its figure
    # joins the Western Mediterranean and the Atlantic.
    CountLayout(
        id="unhcr-monthly-wide",
        source="unhcr-arrivals",
        publication=Publication(
            publisher="UNHCR Operational Data Portal",
            title="Arrivals in the Mediterranean, monthly",
            citation="UNHCR, Operational Data Portal, Mediterranean situation",
            licence="CC BY 3.0 IGO",
            url="https://data.unhcr.org",
        ),
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
        expected=Expected(rows=(12, 1_000), per_period=(1_000, 500_000)),
    ),
    # A day without arrivals is blank; see ``running_sum``.
    CountLayout(
        id="uk-small-boats-daily",
        source="uk-small-boats",
        publication=Publication(
            publisher="UK Home Office",
            title="Small boat arrivals, daily",
            citation="UK Home Office, small boat time series",
            licence="Open Government Licence v3.0",
            url="https://www.gov.uk",
        ),
        headers=frozenset({"full_date", "migrants_arrived", "cumulative_migrants_arrived"}),
        ignored=frozenset({"date_label", "n_year", "n_month", "n_day", "boats_arrived", "migrants_per_boat",
                           "cumulative_boats_arrived", "migrants_per_boat_round"}),
        period=Day("full_date"),
        figures=(
            Figure(
                "migrants_arrived", "persons_arrived", route="english-channel", place="United Kingdom", country="GBR",
                mode="sea",
            ),
        ),
        running_sum="cumulative_migrants_arrived",
        expected=Expected(rows=(300, 20_000), per_period=(0, 3_000)),
    ),
)  # fmt: skip
