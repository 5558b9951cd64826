"""The words that answers share: one period against another, where the numbers come from, what was set aside."""

from collections.abc import Mapping

from data.model.notices import Notice, say
from data.model.units import PEOPLE
from data.model.wording import measured
from data.query.selection import Selection
from layouts.text import page as text

Names = Mapping[str, Mapping[str, str]]


def first_sentence(
    selection: Selection, names: Names, *, when: Notice | str, value: int | None, past: Notice | str,
    base: int | None, brief: Notice,
) -> str:  # fmt: skip
    """Return ``In 2024 at least 12 people died …; in 2023, 10 (+20%).``; ``brief`` is the change in few words (T3)."""
    clause = _clause(selection, names, when=when, value=value)
    return say("questions.against", clause=clause, past=past, base=base, is_people=selection.measure in PEOPLE,
               brief=brief)  # fmt: skip


def alone(selection: Selection, names: Names, *, when: Notice | str, value: int | None) -> str:
    """Return the sentence of a period that no other can stand beside."""
    return say("questions.alone", clause=_clause(selection, names, when=when, value=value))


def _clause(selection: Selection, names: Names, *, when: Notice | str, value: int | None) -> Notice:
    where = f"{text.place(selection, names)}{text.restrictions(selection, names)}"
    return Notice(f"measure.{selection.measure}.clause", when=when, value=value, where=where,
                  measured=measured(value, selection.measure))  # fmt: skip
