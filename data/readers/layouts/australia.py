"""Arrivals by boat in Australia, by year, as IOM tidied them."""

from datetime import date
from typing import Final

from data.readers.count_figures import Figure
from data.readers.count_layout import CountLayout, Expected
from data.readers.layouts.tidied import tidied
from data.readers.periods import Year

AUSTRALIA: Final = (
    CountLayout(
        id="australia-boats",
        source="australia-boats",
        publication=tidied("Refugee Council of Australia", "Boat arrivals in Australia, yearly",
                           "Refugee Council of Australia, boat arrivals", "https://www.refugeecouncil.org.au"),
        headers=frozenset({"t", "boats", "n"}),
        ignored=frozenset({"boats"}),
        period=Year("t"),
        since=date(1976, 1, 1),
        figures=(Figure("n", "persons_arrived", place="Australia", country="AUS", mode="sea"),),
        blank="refused",
        expected=Expected(rows=(10, 200), per_period=(0, 40_000), totals={"persons_arrived": (1_000, 500_000)}),
    ),
)  # fmt: skip
