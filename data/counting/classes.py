"""Classes of a measure: fixed on the full data, so that filters never rescale a picture silently (RULES X8)."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import polars as pl

from data.model.notices import say

PEOPLE_FLOORS: Final = (1, 5, 20, 50, 100, 300)  # the same at every size, so that a zoom rescales nothing either
WIDER_PEOPLE: Final = (1, 100, 1_000)  # of wider areas: less is known of them, so fewer classes are told apart
WIDER_RECORDS: Final = (1, 10, 100)
HATCHED_FROM: Final = 20  # people: below, one event is the rule and a hatch would be noise (RULES X5)
QUANTILES: Final = (0.4, 0.64, 0.8, 0.91, 0.97)
ROUND: Final = tuple(int(digit * 10**power) for power in range(9) for digit in (1, 2, 3, 5))


@dataclass(frozen=True)
class CellClasses:
    """The lowest value of each class, of the cells of the resolution that is shown and of wider ones (RULES X8, X9)."""

    floors: tuple[int, ...]
    wider: tuple[int, ...]


def class_floors(values: pl.Series) -> tuple[int, ...]:
    """Return the lowest value of each of 6 classes: round numbers near fixed quantiles of the full data."""
    positive = values.drop_nulls().filter(values.drop_nulls() > 0)
    floors = [1]
    for share in QUANTILES:
        near = float(positive.quantile(share) or 1) if positive.len() else 1.0
        floors.append(next(step for step in ROUND if step >= near and step > floors[-1]))
    return tuple(floors)


def class_of(value: pl.Expr, floors: tuple[int, ...]) -> pl.Expr:
    """Return the class of each value, 0 upwards; null where nothing is drawn (unknown, zero or negative)."""
    passed = pl.sum_horizontal([(value >= floor).cast(pl.Int64) for floor in floors])
    return pl.when(value >= floors[0]).then(passed - 1)


def class_names(floors: tuple[int, ...]) -> list[str]:
    """Return the classes in words: ``1–2``, ``3–9``, …, ``300 or more``."""
    inner = [f"{low:,}" if high - low == 1 else f"{low:,}–{high - 1:,}" for low, high in pairwise(floors)]
    return [*inner, say("unit.or_more", number=floors[-1])]
