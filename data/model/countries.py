"""Countries: one table of ISO 3166 alpha-3 codes and names for incidents, counts, commands and filters.

``files/countries.csv`` has a row per code (ISO 3166-1, and XKX for Kosovo, which ISO leaves to its users): the name
that is shown, others that people and publishers write, and the shapes of the map that belong to it. What is no country
has a stated place: a text that names none is not stated; the high seas and several countries have an id of their own,
which is no code; a text that no table knows keeps one made of its words, so that nothing is folded away in silence.
"""

import csv
from functools import cache
from typing import Final, NamedTuple

from data.model.caches import kept_small
from data.model.vocabulary import FILES, Term, clean, normal, slug

SEVERAL: Final = Term("several-countries", "More than one country")
HIGH_SEAS: Final = Term("high-seas", "High seas")
AT_SEA: Final = ("high seas", "at sea", "international waters")
NOT_STATED: Final = ("unknown", "not known", "not stated", "mixed unknown", "mixed", "other", "unknown other")


class Country(NamedTuple):
    """A row of the table.

    ``alpha2`` is its code of two letters, ``synonyms`` are other ways to write its name, ``shapes`` the names of its
    shapes.
    """

    code: str
    alpha2: str
    name: str
    synonyms: tuple[str, ...]
    shapes: tuple[str, ...]


@cache
def countries() -> dict[str, Country]:
    """Return the table by code."""
    with (FILES / "countries.csv").open(encoding="utf-8", newline="") as handle:
        rows = [
            Country(row["code"], row["alpha2"], row["name"], _split(row["synonyms"]), _split(row["shapes"]))
            for row in csv.DictReader(handle)
        ]
    return {row.code: row for row in rows}


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


@cache
def country_names() -> dict[str, str]:
    """Return the names of all countries by code, and of what stands beside them."""
    return {one.code: one.name for one in countries().values()} | {one.id: one.name for one in (SEVERAL, HIGH_SEAS)}


@cache
def _by_spelling() -> dict[str, Term]:
    found = {normal(name): HIGH_SEAS for name in AT_SEA} | {normal(SEVERAL.name): SEVERAL}
    for one in countries().values():
        for spelling in (one.code, one.name, *one.synonyms):
            found[normal(spelling)] = Term(one.code, one.name)
    return found


@cache
def _by_two_letters() -> dict[str, Term]:
    """Return countries by their code of two letters, but for NA: in tables it says that nothing is stated."""
    return {one.alpha2: Term(one.code, one.name) for one in countries().values() if one.alpha2 != "NA"}


@kept_small(4096, in_words=False)
def known_country(text: str) -> Term | None:
    """Return the country that a code or a name means, however it is spelled; None where the table knows none.

    A code of two letters is one in capitals alone ("no" and "in" are words).
    """
    return _by_spelling().get(normal(text)) or _by_two_letters().get(text.strip())


@kept_small(4096, in_words=False)
def country_of(text: str) -> Term | None:
    """Return the country that a published text names: a name may hold a comma, several joined by commas are one term.

    None where the text says that no one country is stated. A text that the table does not know keeps an id of its own.
    """
    found = known_country(text)
    if found or normal(text) in NOT_STATED:
        return found
    if "," in clean(text):
        parts = {known_country(part) for part in clean(text).split(",")}
        return parts.pop() if len(parts) == 1 and None not in parts else SEVERAL
    return Term(slug(text), clean(text))


def is_known(text: str) -> bool:
    """Return whether a published text is one that ``country_of`` understands."""
    return normal(text) in NOT_STATED or known_country(text) is not None or "," in clean(text)


def shapes_of(country: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the names of the shapes that a country's code stands for; none where it has no shape."""
    row = countries().get(country)
    return tuple(name for name in row.shapes if name in known) if row else ()


def countries_of_shape(name: str) -> set[str]:
    """Return the codes of the countries that a shape may belong to."""
    return {one.code for one in countries().values() if name in one.shapes}
