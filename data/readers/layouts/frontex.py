"""Frontex: detections, not persons (RULES R2). A month without detections is absent: gaps inside its days are 0."""

from typing import Final

from data.model.sources import Publication
from data.readers.count_figures import Figure, From
from data.readers.count_layout import CountLayout, Expected
from data.readers.layouts.tidied import NATIONALITY
from data.readers.periods import CELL, HEADING, InColumns, Month

_PUBLICATION: Final = Publication(
    publisher="Frontex, European Border and Coast Guard Agency",
    title="Monthly detections of illegal border crossings",
    citation="Frontex, monthly detections",
    licence="Frontex copyright; permission needed beyond private use",
    url="https://www.frontex.europa.eu",
)
_TOTALS: Final = {"detections": (10_000, 20_000_000)}
_NO_COUNTRY: Final = ("Unknown", "Other", "Stateless", "Not specified", "Unspecified sub-Saharan nationals",
                      "Unspecified Sub-Saharan nationals", "Unspecified")  # fmt: skip


def _workbook(form: str, number: str) -> CountLayout:
    """Return the agency's own workbook: a row per route, border and nationality, a column per month."""
    return CountLayout(
        id=f"frontex-workbook{number}",
        source="frontex",
        publication=_PUBLICATION,
        headers=frozenset({"Route", "BorderLocation", "Nationality"}),
        period=InColumns(Month(HEADING, form)),
        figures=(
            Figure(
                CELL, "detections", route=From("Route", form="route", is_needed=True),
                mode=From("BorderLocation", words={"Land": "land", "Sea": "sea"}),
                nationality=From("Nationality", form="nationality", none=_NO_COUNTRY),
            ),
        ),
        totals={"Route": ("Total", "Grand Total"), "Nationality": ("Total", "Grand Total")},
        blank="absent",
        gaps_are_zero=True,
        expected=Expected(rows=(50, 20_000), per_period=(500, 800_000), totals=_TOTALS),
    )  # fmt: skip


FRONTEX: Final = (
    CountLayout(
        id="frontex-monthly",
        source="frontex",
        publication=_PUBLICATION,
        headers=frozenset({"route", "type", "nat", "t", "n"}),
        period=Month("t"),
        figures=(
            Figure(
                "n", "detections", route=From("route", form="route", is_needed=True),
                mode=From("type", words={"Land": "land", "Sea": "sea"}), nationality=NATIONALITY,
            ),
        ),
        blank="refused",
        gaps_are_zero=True,
        expected=Expected(rows=(1_000, 200_000), per_period=(500, 800_000), totals=_TOTALS),
    ),
    _workbook("JUN2024", ""),
    _workbook("202406", "-numbers"),
    _workbook("2024-06", "-iso"),
    _workbook("Jun-2024", "-words"),
)  # fmt: skip
