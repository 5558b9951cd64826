"""The change from one number to another, in figures and words; a percentage only on a base that bears it (RULES T3)."""

from typing import Any, Final, NamedTuple

import polars as pl

from data.measures import amount
from data.words import PEOPLE, measured, number

LEAST_DEATHS, LEAST_EVENTS = 30, 10  # RULES T3
TOO_FEW: Final = "too few for a percentage"
TOO_FEW_EVENTS: Final = "too few events for a percentage"


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


def change(first: Count, second: Count, *, measure: str) -> dict[str, Any]:
    """Return difference, percent, words and brief words of the change from ``first`` (the base) to ``second``.

    ``brief`` is what stands in brackets: ``−47%``, or ``13 fewer; too few for a percentage``. ``percent`` is null
    where the base has fewer than 30 deaths or 10 events (RULES T3); both are null where a side is.
    """
    if first.value is None or second.value is None:
        words = "not comparable: no number is reported"
        return {"difference": None, "percent": None, "words": words, "brief": words.partition(":")[0]}
    difference = second.value - first.value
    percent = 100 * difference / first.value if bears_percent(first, measure) else None
    words = f"{measured(second.value, measure)}, against {_base(first.value, measure)}: {_more(difference)}"
    if difference:
        words += f" ({_too_few(first, measure) if percent is None else _percent(percent)})"
    brief = _brief(difference, percent, _too_few(first, measure))
    return {"difference": difference, "percent": None if percent is None else round(percent, 1), "words": words,
            "brief": brief}  # fmt: skip


def _brief(difference: int, percent: float | None, reason: str) -> str:
    """Return the change in few words; in people, with the reason, where a percentage may not be given (RULES T3)."""
    if difference == 0:
        return "the same number"
    side = "more" if difference > 0 else "fewer"
    if percent is None:
        return f"{number(abs(difference))} {side}; {reason}"
    if abs(percent) < 1:
        return f"under 1% {side}"
    return f"{'+' if percent > 0 else '−'}{number(abs(percent))}%"


def bears_percent(base: Count, measure: str) -> bool:
    """Return whether a percentage may be given on this base (RULES T3)."""
    own = (base.value or 0) >= (LEAST_DEATHS if measure in PEOPLE else LEAST_EVENTS)
    return own and (base.deaths or 0) >= LEAST_DEATHS and base.events >= LEAST_EVENTS


def _too_few(base: Count, measure: str) -> str:
    """Return what there is too little of: events only where the people would be enough."""
    return TOO_FEW_EVENTS if bears_percent(base._replace(events=LEAST_EVENTS), measure) else TOO_FEW


def _base(value: int, measure: str) -> str:
    return "none" if value == 0 else f"{'at least ' if measure in PEOPLE else ''}{number(value)}"


def _more(difference: int) -> str:
    if difference == 0:
        return "the same number recorded"
    return f"{number(abs(difference))} {'more' if difference > 0 else 'fewer'} recorded"


def _percent(value: float) -> str:
    return "under 1%" if abs(value) < 1 else f"{number(abs(value))}%"
