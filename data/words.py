"""Numbers, days and counts of people in words, for every answer and every page."""

from calendar import month_name
from datetime import date
from typing import Final

# What one measure counts, after its number (RULES P2); people are always "at least" (C4).
_COUNTED: Final = {
    "dead_or_missing": ("person dead or missing", "people dead or missing"),
    "dead": ("person dead, the body recovered", "people dead, their bodies recovered"),
    "missing": ("person missing, presumed dead", "people missing, presumed dead"),
    "incidents": ("incident", "incidents"),
    "events": ("event", "events"),
}
PEOPLE: Final = ("dead_or_missing", "dead", "missing")


def number(value: float | None) -> str:
    """Return a whole number with separators; an en dash where nobody reports one."""
    return "–" if value is None else f"{round(value):,}".replace("-", "−")


def counted(count: int, one: str, many: str) -> str:
    """Return a count with its noun."""
    return f"{number(count)} {one if count == 1 else many}"


def day(value: date) -> str:
    """Return ``3 March 2017``."""
    return f"{value.day} {month_name[value.month]} {value.year}"


def month(value: date) -> str:
    """Return ``March 2017``."""
    return f"{month_name[value.month]} {value.year}"


def period(first: date, step: str) -> str:
    """Return the name of one step: ``March 2017``, ``Quarter 1 of 2017``, ``2017``."""
    if step == "month":
        return month(first)
    return str(first.year) if step == "year" else f"Quarter {(first.month + 2) // 3} of {first.year}"


def measured(value: int | None, measure: str) -> str:
    """Return ``at least 2,853 people dead or missing``, ``12 incidents``, ``no number of people missing reported``."""
    one, many = _COUNTED[measure]
    if value is None:
        return f"no number of {many} reported"
    if measure in PEOPLE and value == 0:
        return "nobody recorded " + many.removeprefix("people ").split(",")[0]
    return ("at least " if measure in PEOPLE else "") + counted(value, one, many)


def sentence(words: str) -> str:
    """Return words as a sentence: a capital first, a full stop last."""
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith('.') else '.'}"
