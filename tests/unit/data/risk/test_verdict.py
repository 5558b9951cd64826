"""More dangerous, or just busier: what the two spreads and the two denominators allow to be said."""

from itertools import product

import pytest

from data.risk.models import Computed
from data.risk.verdict import verdict


def found(value: float, low: float | None, high: float | None, denominator: int) -> Computed:
    return Computed(value, round(1 / value), low, high, denominator)


@pytest.mark.rule("R8", "R9")
@pytest.mark.parametrize(
    ("after", "overlap", "words"),
    [
        (found(0.05, 0.03, 0.08, 20_000), False, "More dangerous, though less busy"),
        (found(0.05, 0.03, 0.08, 200_000), False, "More dangerous, and busier"),
        (found(0.05, 0.03, 0.08, 101_000), False, "More dangerous, and about as busy"),
        (found(0.005, 0.003, 0.008, 200_000), False, "Less dangerous, though busier"),
        (found(0.005, 0.003, 0.008, 20_000), False, "Less dangerous, and less busy"),
        (found(0.029, 0.018, 0.041, 200_000), True, "Busier, but no clear difference in danger"),
        (found(0.029, 0.018, 0.041, 20_000), True, "Less busy, but no clear difference in danger"),
        (found(0.02, 0.01, 0.03, 100_000), True, "About as busy, and no clear difference in danger"),
        (found(0.05, None, None, 200_000), None, "Busier, and not known whether more dangerous"),
    ],
)
def test_the_answer_in_words_follows_the_spreads_and_the_counts(
    after: Computed, overlap: bool | None, words: str
) -> None:
    assert str(verdict(found(0.02, 0.015, 0.026, 100_000), after, overlap=overlap)) == words


@pytest.mark.rule("R8")
def test_more_or_less_dangerous_is_said_of_spreads_that_do_not_overlap_alone() -> None:
    before = found(0.02, 0.015, 0.026, 100_000)
    for value, denominator, overlap in product((0.01, 0.02, 0.05), (500, 100_000, 10**7), (True, None)):
        words = str(verdict(before, found(value, 0.01, 0.06, denominator), overlap=overlap))
        assert not words.startswith(("More dangerous", "Less dangerous")), words


@pytest.mark.rule("R3", "R4")
def test_a_measure_without_interceptions_answers_for_itself_alone() -> None:
    before, after = found(0.02, 0.015, 0.026, 100_000), found(0.05, 0.03, 0.08, 20_000)
    words = str(verdict(before, after, overlap=False, is_partial=True))
    assert words == "More dangerous by this measure, though less busy"
