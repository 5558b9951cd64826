"""Parts of a total that count few living people are held back, with others, so that the total does not tell them.

Who sees the total and the other parts knows what the held-back parts add up to, that each small one is from 1 to the
threshold less 1, and that each further one is at least the threshold and no larger than the smallest part shown. So
further parts are held back, the smallest first, until each small one could be more than one number (RULES 9).
"""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from data.model.absence import BELOW_THRESHOLD, WITHHELD
from data.model.roles import LIMITS, Role
from data.pillars.models import ViewRow

SMALLEST: Final = LIMITS[Role.PUBLIC].smallest_group


def without_small(rows: Sequence[ViewRow], smallest: int = SMALLEST) -> tuple[list[ViewRow], int]:
    """Return rows that are parts of one total, without the figures that are held back, and how many these are.

    A row counts its numerator where it has one, as a share of the total; else its value.
    """
    known = {at: people for at, row in enumerate(rows) if (people := people_in(row)) is not None}
    small, more = held_back(known, smallest)
    hidden = dict.fromkeys(small, BELOW_THRESHOLD) | dict.fromkeys(more, WITHHELD)
    found = [
        replace(row, value=None, numerator=None, status=hidden[at]) if at in hidden else row
        for at, row in enumerate(rows)
    ]
    return found, len(hidden)


def people_in(row: ViewRow) -> float | None:
    """Return how many people a row counts: its numerator where it is a quotient, else its value."""
    return row.value if row.denominator is None else row.numerator


def held_back(values: dict[int, float], smallest: int) -> tuple[list[int], list[int]]:
    """Return the keys of the small values, and of those that are held back with them."""
    small = [one for one, value in values.items() if 0 < value < smallest]
    others = sorted((one for one, value in values.items() if value >= smallest), key=lambda one: (values[one], one))
    more: list[int] = []
    while small and others and not _is_hidden(small, more, others, values, smallest):
        more.append(others.pop(0))
    return small, more


def _is_hidden(
    small: Sequence[int], more: Sequence[int], others: Sequence[int], values: dict[int, float], smallest: int
) -> bool:
    """Return whether a small value could be more than one number, whatever the total tells."""
    if not more:
        return False
    whole = sum(values[one] for one in (*small, *more))
    largest = values[others[0]] if others else whole
    beside = len(small) - 1
    least = max(1, whole - beside * (smallest - 1) - len(more) * largest)
    most = min(smallest - 1, whole - beside - len(more) * smallest)
    return least < most
