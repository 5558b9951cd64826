"""Damaged files of every kind: each is read or refused with a sentence; none ends the process, hangs or is traced back."""

import re

import pytest

from data.model.errors import UNSEEN
from tests.harness.hostile.mutations import damaged, seeds
from tests.harness.hostile.reading_apart import Outcome, outcomes

IN_EVERY_RUN = 200
IN_THE_LONG_RUN = 10_000
A_SENTENCE = re.compile(r".+: .+[.\]]\Z", re.DOTALL)


def is_fit(one: Outcome) -> bool:
    """Return whether a file was accepted without unseen marks in its texts, or refused with a sentence of one line."""
    if one.ended == "accepted":
        return not one.words
    is_bounded = len(one.words) < 2_000 and not UNSEEN.search(one.words)
    return (
        one.ended == "refused" and one.words.startswith(one.name) and bool(A_SENTENCE.match(one.words)) and is_bounded
    )


def unfit(first: int, last: int) -> list[Outcome]:
    found = list(outcomes(first, last))
    assert [one.seed for one in found] == list(range(first, last))
    assert {one.ended for one in found} >= {"accepted", "refused"}
    assert {one.name for one in found} == set(seeds())
    return [one for one in found if not is_fit(one)]


def test_a_seed_gives_the_same_damage_each_time() -> None:
    assert [damaged(seed) for seed in range(40)] == [damaged(seed) for seed in range(40)]


def test_200_damaged_files_end_in_a_sentence_each() -> None:
    assert unfit(0, IN_EVERY_RUN) == []


@pytest.mark.parametrize("seed", [2692, 3339, 7512, 9457])
def test_what_once_was_no_sentence_stays_one(seed: int) -> None:
    """A control character in an id; a table's name that is no text in what SQLite says of a damaged GeoPackage."""
    assert [one for one in outcomes(seed, seed + 1) if not is_fit(one)] == []


@pytest.mark.long
def test_10_000_damaged_files_end_in_a_sentence_each() -> None:
    assert unfit(IN_EVERY_RUN, IN_THE_LONG_RUN) == []
