"""Names as publishers spell them, turned into ids through versioned tables; never matched on raw strings.

Routes: ``files/routes.csv`` (id, name, synonym, validity). Causes: ``files/causes.csv`` (7 classes and the
words that put a published text into one of them). A name that no table knows keeps its own id, so that
nothing is folded away in silence.
"""

import csv
import html
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from data.model.caches import kept_small
from data.model.errors import UNSEEN

VERSION: Final = 1
FILES: Final = Path(__file__).parent.parent / "files"
SEVERAL_ROUTES: Final = "several-routes"
SEVERAL_REGIONS: Final = "several-regions"

NO_ROUTE: Final = ("unknown", "not known", "not stated", "not reported", "unspecified")  # words for none (RULES C5)
REGION_SYNONYMS: Final = {  # renamed by the publisher between the 2019 and the 2022 layouts, same extent
    "southeast asia": "South-eastern Asia",
    "east asia": "Eastern Asia",
    "north africa": "Northern Africa",
    "south asia": "Southern Asia",
}


class Term(NamedTuple):
    """An id and the name that a reader sees."""

    id: str
    name: str


def clean(text: str) -> str:
    """Return text with HTML entities and tags undone, white space folded and unseen marks gone (RULES 10)."""
    plain = html.unescape(html.unescape(text))
    plain = re.sub(r"</?(p|br|div|span|em|strong|b|i|a)\b[^>]*>", " ", plain, flags=re.IGNORECASE)
    return UNSEEN.sub("", " ".join(plain.split()))


def normal(text: str) -> str:
    """Return text for comparison: entities undone, case, accents and punctuation folded."""
    plain = unicodedata.normalize("NFKD", clean(text)).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", plain).split())


def slug(text: str) -> str:
    """Return an id made from a name: lower-case letters, digits and hyphens, at most 60."""
    plain = normal(text).replace("ı", "i").replace("ß", "ss").encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "unnamed"


def _read(name: str) -> list[dict[str, str]]:
    with (FILES / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def _routes() -> dict[str, Term]:
    table: dict[str, Term] = {}
    for row in _read("routes.csv"):
        term = Term(row["id"], row["name"])
        for spelling in (row["synonym"], row["name"], row["id"]):
            table[normal(spelling)] = term
    return table


@cache
def _causes() -> list[tuple[Term, re.Pattern[str]]]:
    return [(Term(row["id"], row["name"]), re.compile(rf"\b(?:{row['pattern']})")) for row in _read("causes.csv")]


@cache
def route_names() -> dict[str, str]:
    """Return the name of every route in the table, by id."""
    return {term.id: term.name for term in _routes().values()}


@cache
def route_modes() -> dict[str, str]:
    """Return by route how people travel on it, as its definition says: sea, land or both (``route_modes.csv``)."""
    return {row["route"]: row["mode"] for row in _read("route_modes.csv")}


@cache
def cause_names() -> dict[str, str]:
    """Return the names of the 7 classes of cause, by id."""
    return {term.id: term.name for term, _ in _causes()}


@kept_small(4096, in_words=False)
def route_of(text: str) -> tuple[Term, bool]:
    """Return the route that a published text names and whether the table knows it.

    Several routes joined by commas are one term of their own: their toll belongs to no single route.
    """
    known = _routes().get(normal(text))
    if known:
        return known, True
    parts = [_routes().get(normal(part)) for part in clean(text).split(",")]
    found = {part for part in parts if part}
    if len(parts) > 1 and len(found) == 1 and None not in parts:
        return found.pop(), True
    if len(parts) > 1 and None not in parts:
        return Term(SEVERAL_ROUTES, "More than one route"), True
    return Term(slug(text), clean(text)), False


def states_route(text: str) -> bool:
    """Return whether a published text names a route, known or not, and does not say that none is known."""
    plain = normal(text)
    return bool(plain) and (plain not in NO_ROUTE or plain in _routes())


@kept_small(8192, in_words=False)
def cause_of(text: str) -> Term | None:
    """Return the class of a published cause: its own name, else by its words; several classes are mixed."""
    plain = normal(text)
    names = {normal(term.name): term for term, _ in _causes()}
    if plain in names:
        return names[plain]
    rest = plain
    found = []
    for name, term in names.items():
        if name in rest:
            found.append(term)
            rest = rest.replace(name, " ")
    found += [term for term, words in _causes() if words.search(rest) and term not in found]
    return _one_class(found)


def _one_class(found: list[Term]) -> Term | None:
    mixed = Term("mixed-or-unknown", cause_names()["mixed-or-unknown"])
    certain = [term for term in found if term != mixed]
    if len(certain) == 1 or (len(certain) > 1 and certain[-1].id == "accidental" and len(certain) == 2):
        return certain[0]  # "accident" and "fall" also occur inside the other classes' phrases
    return mixed if found else None


@kept_small(4096, in_words=False)
def region_of(text: str) -> Term:
    """Return the region that a published text names; several joined by commas are one term."""
    plain = clean(text)
    if "," in plain:
        return Term(SEVERAL_REGIONS, "More than one region")
    name = REGION_SYNONYMS.get(normal(plain), plain)
    return Term(slug(name), name)
