"""What a count of a table is a count of: its column, its unit, and what stands beside it. Declared, never guessed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from data.model.countries import country_names
from data.model.units import UNITS
from data.model.vocabulary import route_names

Form = Literal["text", "lower", "route", "country", "nationality"]
NAMED: Final = ("unit", "route", "place", "country", "mode", "nationality")  # what stands beside a count, in order
MODES: Final = ("sea", "land")
WHERE_NAMED: Final = {
    "route": "of data/files/routes.csv.",
    "country": "of data/files/countries.csv.",
    "nationality": "of data/files/countries.csv.",
    "mode": "that is known: sea or land.",
}


@dataclass(frozen=True)
class From:
    """A value that each row states in a column.

    ``form``: ``text`` as published, ``lower`` in small letters, ``route`` as the id of a route's name,
    ``country`` as the code of a country's, ``nationality`` likewise, and none where no table knows the name (logged).
    ``words``: the publisher's words and ours for each (None: nothing is stated by it); a row with another word is
    quarantined, or states nothing where ``is_open``.
    ``none``: words that stand for several or none ("other", stateless), which is no value.
    ``is_needed``: a row that does not state it is quarantined.
    """

    column: str
    form: Form = "text"
    words: Mapping[str, str | None] = field(default_factory=dict)
    none: tuple[str, ...] = ()
    is_needed: bool = False
    is_open: bool = False


Given = str | From | None  # the same for every row, or from a column, or not stated by the publisher


@dataclass(frozen=True)
class Figure:
    """One count of a row: its column, its unit, and what it is a count of. A wide table has several.

    ``parts`` are counted in its place in every row in which they add up to it; never beside it. A figure whose column
    need not be there (it is optional) is counted where it is.
    """

    column: str
    unit: str | From
    route: Given = None
    place: Given = None
    country: Given = None
    mode: Given = None
    nationality: Given = None
    parts: tuple["Figure", ...] = ()

    def given(self) -> dict[str, Given]:
        """Return what stands beside the count, by the name of its column in the counts table."""
        return {name: getattr(self, name) for name in NAMED}


def figure_problems(figures: Iterable[Figure]) -> Iterator[str]:
    """Return what is wrong with the units, routes, countries and modes that figures name."""
    for name, value in ((n, v) for f in figures for p in (f, *f.parts) for n, v in p.given().items()):
        if name == "unit":
            yield from _unit_problems(value)
        else:
            yield from _name_problems(name, value)


def _name_problems(name: str, value: Given) -> Iterator[str]:
    """Return what is wrong with a route, country or mode that the layout itself names."""
    stated = [value] if isinstance(value, str) else list(value.words.values()) if value and value.words else []
    named = {one for one in stated if one is not None}
    countries = country_names()
    known = {"route": route_names(), "country": countries, "nationality": countries, "mode": MODES}.get(name)
    if known is not None and (unknown := sorted(named - set(known))):
        yield f"{', '.join(unknown)} is no {name} {WHERE_NAMED[name]}"


def _unit_problems(unit: Given) -> Iterator[str]:
    named = [unit] if isinstance(unit, str) else [one for one in unit.words.values() if one] if unit else []
    if not named or (isinstance(unit, From) and (unit.is_open or None in unit.words.values())):
        yield "a unit from a column needs words: the publisher's, and the unit for each."
    if unknown := sorted(set(named) - UNITS):
        yield f"{', '.join(unknown)} is no unit. Choose one of {', '.join(sorted(UNITS))}, or declare a measure."
