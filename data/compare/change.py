"""The change from one number to another, in figures and words; a percentage only on a base that bears it (RULES T3)."""

from typing import NamedTuple

import polars as pl

from data.compare.models import Change
from data.counting.measures import amount
from data.model.notices import Notice
from data.model.units import PEOPLE
from data.model.wording import measured

LEAST_DEATHS, LEAST_EVENTS = 30, 10  # RULES T3


class Count(NamedTuple):
    """A measure's value with what decides whether it can be a base: people dead or missing, and events."""

    value: int | None
    deaths: int | None
    events: int


def count(rows: pl.DataFrame, measure: str) -> Count:
    """Return the count of incidents (schema.INCIDENTS); null people: nobody reported a number. No row: 0."""
    value, deaths, events = rows.select(
        amount(measure).alias("value"), amount("dead_or_missing").alias("deaths"), amount("events").alias("events")
    ).row(0)
    return Count(value, deaths, events) if rows.height else Count(0, 0, 0)


def change(first: Count, second: Count, *, measure: str) -> Change:
    """Return difference, percent, words and brief words of the change from ``first`` (the base) to ``second``.

    ``brief`` is what stands in brackets: ``−47%``, or ``13 fewer; too few for a percentage``. ``percent`` is null
    where the base has fewer than 30 deaths or 10 events (RULES T3); both are null where a side is.
    """
    if first.value is None or second.value is None:
        return Change(difference=None, percent=None, words=Notice("compare.change.not_reported"),
                      brief=Notice("compare.change.not_comparable"))  # fmt: skip
    difference = second.value - first.value
    percent = 100 * difference / first.value if bears_percent(first, measure) else None
    size: dict[str, str | int | float] = {
        "direction": "same" if difference == 0 else "more" if difference > 0 else "fewer",
        "size": abs(difference),
        "note": _note(difference, percent, first, measure),
        "percent": abs(percent or 0),
    }
    words = Notice("compare.change.words", now=measured(second.value, measure), base=first.value,
                   is_people=measure in PEOPLE, **size)  # fmt: skip
    return Change(difference=difference, percent=None if percent is None else round(percent, 1), words=words,
                  brief=Notice("compare.change.brief", **size))  # fmt: skip


def _note(difference: int, percent: float | None, base: Count, measure: str) -> str:
    """Return what is said of a percentage: none of the same number, too few people or events, under 1, or itself."""
    if difference == 0:
        return "same"
    if percent is None:
        is_of_events = bears_percent(base._replace(events=LEAST_EVENTS), measure)
        return "few_events" if is_of_events else "few"
    return "small" if abs(percent) < 1 else "percent"


def bears_percent(base: Count, measure: str) -> bool:
    """Return whether a percentage may be given on this base (RULES T3)."""
    own = (base.value or 0) >= (LEAST_DEATHS if measure in PEOPLE else LEAST_EVENTS)
    return own and (base.deaths or 0) >= LEAST_DEATHS and base.events >= LEAST_EVENTS
