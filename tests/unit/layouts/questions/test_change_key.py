"""The key of a change names both periods in as few words as are exact."""

from datetime import date

import pytest

from layouts.questions.on_map import change_title


@pytest.mark.rule("P1")
@pytest.mark.parametrize(
    ("before", "after", "title"),
    [
        ((2024, 1, 1, 2024, 4, 29), (2025, 1, 1, 2025, 4, 29), "Change from 2024 to 2025, 1 January to 29 April of each"),
        ((2017, 1, 1, 2017, 12, 31), (2018, 1, 1, 2018, 12, 31), "Change from 2017 to 2018"),
        ((2017, 1, 1, 2017, 6, 30), (2018, 1, 1, 2018, 6, 30),
         "Change from the first half of 2017 to the first half of 2018"),
        ((2024, 1, 1, 2024, 1, 31), (2025, 1, 1, 2025, 1, 31), "Change from January 2024 to January 2025"),
        ((2024, 3, 3, 2024, 5, 9), (2025, 6, 1, 2025, 6, 5),
         "Change between 3 March 2024 to 9 May 2024 and 1 to 5 June 2025"),
        ((2023, 12, 1, 2024, 2, 10), (2024, 12, 1, 2025, 2, 10),
         "Change between 1 December 2023 to 10 February 2024 and 1 December 2024 to 10 February 2025"),
    ],
)  # fmt: skip
def test_a_key_says_what_changed_between_which_periods(
    before: tuple[int, ...], after: tuple[int, ...], title: str
) -> None:
    spans = [(date(*days[:3]), date(*days[3:])) for days in (before, after)]
    assert change_title(*spans) == title
