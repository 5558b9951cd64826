"""Small parts cannot be worked out from the total and the parts that are shown; a test that tries."""

from itertools import product

import pytest

from data.pillars.models import ViewRow
from data.pillars.small_parts import held_back, without_small

SMALLEST = 4  # so that all that could be can be tried


def row(value: float | None) -> ViewRow:
    return ViewRow(part="x", name="x", what="x", unit="persons", value=value)


def candidates(values: list[float], small: list[int], more: list[int]) -> list[set[int]]:
    """Return for each small value what it could be, for one who knows the total, the other parts and the rule."""
    shown = [value for at, value in enumerate(values) if at not in {*small, *more} and value >= SMALLEST]
    rest = int(sum(values[at] for at in (*small, *more)))
    tops = range(SMALLEST, int(min(shown, default=rest)) + 1)
    found: list[set[int]] = [set() for _ in small]
    for guess in product(*([range(1, SMALLEST)] * len(small)), *([tops] * len(more))):
        if sum(guess) == rest:
            for at in range(len(small)):
                found[at].add(guess[at])
    return found


@pytest.mark.parametrize("first", range(1, SMALLEST))
def test_no_small_part_of_a_total_can_be_recovered(first: int) -> None:
    tried = 0
    for others in product([0, 1, 3, 4, 5, 9, 20], repeat=4):
        values = [float(first), *map(float, others), 30.0, 31.0, 40.0]
        small, more = held_back(dict(enumerate(values)), SMALLEST)
        assert 0 in small
        assert all(len(one) > 1 for one in candidates(values, small, more)), values
        tried += 1
    assert tried == 7**4


def test_nothing_is_held_back_where_nobody_is_few_and_zero_is_no_small_group() -> None:
    rows = [row(0), row(10), row(None), row(500)]
    assert without_small(rows) == (rows, 0)


def test_what_is_held_back_says_so_and_is_not_zero() -> None:
    found, number = without_small([row(3), row(12), row(500), row(9_000)])
    assert number == 2
    assert [(one.value, one.status) for one in found[:3]] == [
        (None, "below_threshold"), (None, "withheld"), (500, "published")
    ]  # fmt: skip
