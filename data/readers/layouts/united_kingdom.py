"""The Home Office on the Channel: arrivals by day, in its own workbook or tidied, and people prevented, by week."""

from typing import Final

from data.model.sources import Publication
from data.readers.count_figures import Figure
from data.readers.count_layout import CountLayout, Expected
from data.readers.periods import Day, Week

_HOME_OFFICE: Final = "UK Home Office"
_LICENCE: Final = "Open Government Licence v3.0"
_ARRIVALS: Final = Publication(
    publisher=_HOME_OFFICE,
    title="Small boat arrivals, daily",
    citation="UK Home Office, small boat time series",
    licence=_LICENCE,
    url="https://www.gov.uk",
)
_EXPECTED: Final = Expected(rows=(300, 20_000), per_period=(0, 3_000), totals={"persons_arrived": (5_000, 2_000_000)})


def _arrived(column: str) -> tuple[Figure, ...]:
    return (
        Figure(
            column, "persons_arrived", route="english-channel", place="United Kingdom", country="GBR", mode="sea"
        ),
    )  # fmt: skip


UNITED_KINGDOM: Final = (
    # Tidied by others: a day without arrivals is blank; see ``running_sum``.
    CountLayout(
        id="uk-small-boats-daily",
        source="uk-small-boats",
        publication=_ARRIVALS,
        headers=frozenset({"full_date", "migrants_arrived", "cumulative_migrants_arrived"}),
        ignored=frozenset({"date_label", "n_year", "n_month", "n_day", "boats_arrived", "migrants_per_boat",
                           "cumulative_boats_arrived", "migrants_per_boat_round"}),
        period=Day("full_date"),
        figures=_arrived("migrants_arrived"),
        running_sum="cumulative_migrants_arrived",
        expected=_EXPECTED,
    ),
    # Sheet SB_01.
    CountLayout(
        id="uk-small-boats-workbook",
        source="uk-small-boats",
        publication=_ARRIVALS,
        headers=frozenset({"Date", "Migrants arrived", "Boats arrived"}),
        ignored=frozenset({"Boats arrived", "Boats arrived - involved in uncontrolled landings", "Notes"}),
        period=Day("Date"),
        figures=_arrived("Migrants arrived"),
        expected=_EXPECTED,
    ),
    # Sheet SB_02: its arrivals are those of SB_01 by week, not read. People who were kept from leaving France, or came
    # back; estimates of the French authorities, no interceptions at sea alone: a unit of its own (RULES R1, R3).
    CountLayout(
        id="uk-small-boats-prevented",
        source="uk-small-boats-prevented",
        publication=Publication(
            publisher=_HOME_OFFICE,
            title="People prevented from crossing the Channel in small boats, weekly",
            citation="UK Home Office, small boat time series (preventions: estimates of French authorities)",
            licence=_LICENCE,
            url="https://www.gov.uk",
        ),
        headers=frozenset({"Week ending", "Migrants prevented"}),
        ignored=frozenset({"Migrants arrived", "Boats arrived", "Boats arrived - involved in uncontrolled landings",
                           "Events prevented", "Notes"}),
        period=Week("Week ending"),
        figures=(
            Figure("Migrants prevented", "persons_prevented", route="english-channel", place="France", country="FRA"),
        ),
        expected=Expected(rows=(50, 3_000), per_period=(0, 5_000), totals={"persons_prevented": (1_000, 1_000_000)}),
    ),
)  # fmt: skip
