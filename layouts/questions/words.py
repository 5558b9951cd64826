"""The words that answers share: one period against another, where the numbers come from, what was set aside."""

from collections.abc import Mapping

from data.selection import Selection
from data.words import PEOPLE, measured, number
from layouts import text
from layouts.heads import counted_head

Names = Mapping[str, Mapping[str, str]]


def first_sentence(
    selection: Selection, names: Names, *, when: str, value: int | None, past: str, base: int | None, brief: str
) -> str:
    """Return ``In 2024 at least 12 people died …; in 2023, 10 (+20%).``; ``brief`` is the change in few words (T3)."""
    against = {None: "no number reported", 0: "nobody recorded" if selection.measure in PEOPLE else "none"}
    other = against.get(base, number(base))
    return f"{_clause(selection, names, when=when, value=value)}; {past}, {other} ({brief})."


def alone(selection: Selection, names: Names, *, when: str, value: int | None) -> str:
    """Return the sentence of a period that no other can stand beside."""
    return f"{_clause(selection, names, when=when, value=value)}."


def _clause(selection: Selection, names: Names, *, when: str, value: int | None) -> str:
    when = when[:1].upper() + when[1:]
    where = f"{text.place(selection, names)}{text.restrictions(selection, names)}"
    if value is None or (value == 0 and selection.measure in PEOPLE):
        return f"{when}, {measured(value, selection.measure)} {where}"
    head = counted_head(selection.measure, value)
    return f"{when} {head[:1].lower()}{head[1:]} {where}"
