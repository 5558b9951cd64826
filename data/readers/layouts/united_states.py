"""Encounters and apprehensions of the United States: three tables, of which two count some of the same."""

from typing import Final

from data.model.sources import Publication
from data.readers.count_figures import Figure, From
from data.readers.count_layout import CountLayout, Expected
from data.readers.layouts.tidied import NATIONALITY
from data.readers.periods import CELL, HEADING, InColumns, Month, MonthAndYear

CBP: Final = "US Customs and Border Protection"
LICENCE: Final = "Public domain (US Government work)"
ROUTE: Final = "us-mexico-border-crossing"
OCTOBER: Final = 10
MONTHS: Final = frozenset({"October", "November", "December", "January", "February", "March", "April", "May", "June",
                           "July", "August", "September"})  # fmt: skip
MINORS: Final = ("Single Adults", "FMUA", "UC / Single Minors", "UAC", "Accompanied Minors")
TITLES: Final = ("Title 8", "Title 42")

UNITED_STATES: Final = (
    # Encounters; ``t`` is the calendar month, ``t_fy`` only its label in the fiscal year.
    CountLayout(
        id="cbp-southwest",
        source="cbp-southwest",
        publication=Publication(
            publisher=CBP,
            title="Southwest land border encounters",
            citation="US CBP, Southwest land border encounters",
            licence=LICENCE,
            url="https://www.cbp.gov",
        ),
        headers=frozenset({"t", "component", "area", "authority", "type", "demog", "nat", "n"}),
        ignored=frozenset({"t_fy", "component", "authority", "type", "demog"}),
        known={
            "component": ("U.S. Border Patrol", "Office of Field Operations"),
            "authority": TITLES,
            "type": ("Apprehensions", "Inadmissibles", "Expulsions"),
            "demog": MINORS,
        },
        period=Month("t"),
        figures=(
            Figure("n", "encounters", route=ROUTE, place=From("area"), country="USA", mode="land",
                   nationality=NATIONALITY),
        ),
        blank="refused",
        parts_are_whole=True,  # to September 2019 the border as a whole, then its sectors and field offices
        expected=Expected(rows=(1_000, 200_000), per_period=(5_000, 500_000),
                          totals={"encounters": (1_000_000, 40_000_000)}, fill={"nat": 0.9, "area": 0.9}),
    ),
    # A month is of the fiscal year, which begins in October: OCT of 2020 is October 2019. "Remaining" are the months
    # of earlier years that the year to date (FYTD) does not have yet: no row is in both.
    CountLayout(
        id="cbp-nationwide-state",
        source="cbp-nationwide",
        publication=Publication(
            publisher=CBP,
            title="Nationwide encounters, by state",
            citation="US CBP, nationwide encounters",
            licence=LICENCE,
            url="https://www.cbp.gov",
        ),
        headers=frozenset({"Fiscal Year", "Month (abbv)", "Land Border Region", "State", "Citizenship",
                           "Encounter Count"}),
        optional=frozenset({"Month Grouping", "Demographic", "Title of Authority"}),
        known={
            "Month Grouping": ("FYTD", "Remaining"),
            "Demographic": MINORS,
            "Title of Authority": TITLES,
        },
        period=MonthAndYear("Month (abbv)", "Fiscal Year", starts=OCTOBER),
        figures=(
            Figure(
                "Encounter Count", "encounters", place=From("State"), country="USA",
                route=From("Land Border Region", words={"Southwest Land Border": ROUTE, "Northern Land Border": None,
                                                        "Other": None}),
                mode=From("Land Border Region", words={"Southwest Land Border": "land", "Northern Land Border": "land",
                                                       "Other": None}),
                nationality=From("Citizenship", form="nationality", none=("OTHER",)),
            ),
        ),
        blank="refused",
        again={"cbp-southwest": "route"},
        expected=Expected(rows=(1_000, 400_000), per_period=(10_000, 600_000),
                          totals={"encounters": (1_000_000, 40_000_000)}, fill={"Citizenship": 0.9, "State": 0.9}),
    ),
    # What is printed for a year: apprehensions to fiscal 2019; encounters, expulsions among them, in fiscal 2020.
    CountLayout(
        id="usbp-printed",
        source="usbp-monthly",
        publication=Publication(
            publisher="US Border Patrol",
            title="Apprehensions and encounters by sector and month, as printed",
            citation="US Border Patrol, monthly apprehensions and encounters by sector",
            licence=LICENCE,
            url="https://www.cbp.gov",
        ),
        headers=frozenset({"Fiscal Year", "Counted", "Border", "Sector", "Yearly Total"}),
        period=InColumns(MonthAndYear(HEADING, "Fiscal Year", starts=OCTOBER)),
        figures=(
            Figure(
                CELL,
                From("Counted", words={"Illegal Alien Apprehensions": "apprehensions", "Encounters": "encounters"}),
                route=From("Border", words={"Southwest Border": ROUTE, "Northern Border": None, "Coastal Border": None},
                           is_open=True),
                place=From("Sector"), country="USA",
            ),
        ),
        totals={"Sector": ("Coastal Border", "Northern Border", "Southwest Border", "Monthly Total")},
        row_sum="Yearly Total",
        again={"cbp-southwest": "route", "cbp-nationwide": "country"},
        expected=Expected(rows=(15, 60), per_period=(5_000, 400_000),
                          totals={"apprehensions": (100_000, 3_000_000), "encounters": (100_000, 3_000_000)}),
    ),
)  # fmt: skip
