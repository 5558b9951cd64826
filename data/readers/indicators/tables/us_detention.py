"""Detention in the United States, and alternatives to it: what ``readers/us_ice.py`` takes from the yearly workbook."""

from typing import Final

from data.model.sources import Publication
from data.readers import us_ice
from data.readers.indicators.layout import IndicatorLayout, Series, WordFrom
from data.readers.periods import Span

US_DETENTION: Final = (
    IndicatorLayout(
        id="us-ice-detention", source="us-ice-detention",
        publication=Publication(
            "US Immigration and Customs Enforcement", "Detention statistics of a fiscal year",
            "US Immigration and Customs Enforcement, detention statistics", "US government work",
            "https://www.ice.gov/detain/detention-management",
        ),
        headers=frozenset(us_ice.COLUMNS), is_closed=True, period=Span(us_ice.FIRST, us_ice.LAST), area="USA",
        parts={
            "technology": WordFrom(us_ice.TECHNOLOGY, totals=("Total",)),
            "disposition": WordFrom(us_ice.DISPOSITION, totals=("Total",)),
            "state": WordFrom(us_ice.STATE),
        },
        series=(Series(us_ice.PEOPLE, WordFrom(us_ice.STATISTIC, words={
            us_ice.ALTERNATIVES: "people_in_alternatives", us_ice.DETAINED: "people_in_detention",
            us_ice.AVERAGE: "detained_daily_average",
        })),),
        is_summed=True,
        assumes="The average of a state is the sum of its places' averages; places are not named.",
    ),
)  # fmt: skip
