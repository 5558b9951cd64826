"""Patterns of messages: whole sentences with named values, plural forms and choices, as ICU MessageFormat writes them.

A part of that standard, which translators' tools know::

    At least {people, plural, one {# person} other {# people}} died or went missing on {route} in {year, plain}.

``{name}`` is a value, written as its type asks; ``{name, KIND}`` as KIND asks (number, plain, percent, day, month,
month_name, day_of_year, list, enumeration, clauses, sentences, capital);
``{name, plural, =0 {…} one {…} other {…}}`` chooses by the language's plural forms (Babel), ``#`` being the
number; ``{name, select, a {…} other {…}}`` chooses by the value itself. A brace that is meant is written ``'{'``.

Source: the syntax of ICU MessageFormat (Unicode, ICU user guide, "Formatting Messages").
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

Values = Mapping[str, Any]
Writer = Callable[[Any, str | None], str]
"""Writes one value as a kind asks; no kind: as its type asks."""
PluralForm = Callable[[float], str]
Part = Callable[[Values, Writer, PluralForm], str]
_HEAD: Final = re.compile(r"\s*([A-Za-z_]\w*)\s*(?:,\s*(\w+)\s*)?")
_CASE: Final = re.compile(r"\s*(=\d+|\w+)\s*\{")


class PatternError(ValueError):
    """A pattern that is not well formed; the message names what was expected and where."""


class Pattern:
    """One message, ready to be filled. ``names`` are the values that it takes."""

    __slots__ = ("_parts", "names", "text")

    def __init__(self, text: str) -> None:
        """Read ``text``; raise PatternError where it is not well formed."""
        reader = _Reader(text)
        self.text = text
        self._parts = reader.parts(number=None, is_nested=False)
        self.names = frozenset(reader.names)

    def fill(self, values: Values, write: Writer, plural_form: PluralForm) -> str:
        """Return the message with its values; raise KeyError where one is missing."""
        return "".join(part if isinstance(part, str) else part(values, write, plural_form) for part in self._parts)


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.names = text, 0, set[str]()

    def parts(self, *, number: str | None, is_nested: bool) -> list[str | Part]:
        """Read text and arguments up to the end, or to the closing brace of a case."""
        found: list[str | Part] = []
        words: list[str] = []
        while self.at < len(self.text):
            sign = self.text[self.at]
            if self.text.startswith(("'{'", "'}'", "'#'"), self.at):
                words.append(self.text[self.at + 1])
                self.at += 3
            elif sign == "}" and is_nested:
                break
            elif sign == "}":
                raise PatternError(f"'}}' closes nothing at {self.at} of {self.text!r}")
            elif sign in "{#" and (sign == "{" or number):
                if words:
                    found.append("".join(words))
                    words = []
                self.at += 1
                found.append(self._argument() if sign == "{" else _value(str(number), "number"))
            else:
                words.append(sign)
                self.at += 1
        return [*found, "".join(words)] if words else found

    def _argument(self) -> Part:
        head = _HEAD.match(self.text, self.at)
        if head is None:
            raise PatternError(f"a name is expected at {self.at} of {self.text!r}")
        name, kind = head[1], head[2]
        self.names.add(name)
        self.at = head.end()
        if kind in ("plural", "select") and self.text.startswith(",", self.at):
            self.at += 1
            cases = self._cases(name if kind == "plural" else None)
            return _plural(name, cases) if kind == "plural" else _select(name, cases)
        self._close()
        return _value(name, kind)

    def _cases(self, number: str | None) -> dict[str, list[str | Part]]:
        cases: dict[str, list[str | Part]] = {}
        while (case := _CASE.match(self.text, self.at)) is not None:
            self.at = case.end()
            cases[case[1]] = self.parts(number=number, is_nested=True)
            self._close()
        self._close()
        if "other" not in cases:
            raise PatternError(f"the case 'other' is missing in {self.text!r}")
        return cases

    def _close(self) -> None:
        while self.text[self.at : self.at + 1].isspace():
            self.at += 1
        if self.text[self.at : self.at + 1] != "}":
            raise PatternError(f"'}}' is expected at {self.at} of {self.text!r}")
        self.at += 1


def _value(name: str, kind: str | None) -> Part:
    return lambda values, write, _: write(values[name], kind)


def _filled(parts: list[str | Part], values: Values, write: Writer, plural_form: PluralForm) -> str:
    return "".join(part if isinstance(part, str) else part(values, write, plural_form) for part in parts)


def _plural(name: str, cases: dict[str, list[str | Part]]) -> Part:
    def chosen(values: Values, write: Writer, plural_form: PluralForm) -> str:
        number = values[name]
        case = next(case for case in (f"={number}", plural_form(number), "other") if case in cases)
        return _filled(cases[case], values, write, plural_form)

    return chosen


def _select(name: str, cases: dict[str, list[str | Part]]) -> Part:
    def chosen(values: Values, write: Writer, plural_form: PluralForm) -> str:
        return _filled(cases.get(_case_of(values[name]), cases["other"]), values, write, plural_form)

    return chosen


def _case_of(value: object) -> str:
    """Return how a value is written as a case: yes, no, none, or as text."""
    if value is None:
        return "none"
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
