"""Areas as publishers code them, turned into ids by one table; which scheme a column has is declared, never guessed.

``files/area_codes.csv`` has a row for each code or label that a scheme uses otherwise than ISO 3166, and for what is no
country: an aggregate of countries, people of no country ("stateless"), or all together. UNHCR's codes of three letters
are not ISO's: ``AUS`` is Austria, ``MAR`` is Martinique. So a code of one scheme is never looked up in another.
"""

import csv
from functools import cache
from typing import Final, Literal, NamedTuple, get_args

from data.model.caches import kept_small
from data.model.countries import countries, country_names, known_country
from data.model.notices import Labels
from data.model.vocabulary import FILES, normal

Scheme = Literal["iso2", "iso3", "unhcr", "unhcr-iso", "eurostat", "eurostat-label", "unodc", "survey", "name"]
Kind = Literal["country", "aggregate", "nobody", "total"]
SCHEMES: Final[tuple[Scheme, ...]] = get_args(Scheme)
BY_LABEL: Final = ("eurostat-label", "name")
COUNTRY, AGGREGATE, NOBODY, TOTAL = "country", "aggregate", "nobody", "total"


class Area(NamedTuple):
    """What a code or a label means: an id, and what it is the id of.

    ``kind``: a country (ISO 3166 alpha-3, or XKX); an aggregate of countries, which is never added to them; people of
    no one country; or the total of all.
    """

    id: str
    kind: str


@cache
def _table() -> dict[tuple[str, str], Area]:
    with (FILES / "area_codes.csv").open(encoding="utf-8", newline="") as handle:
        return {(row["scheme"], _key(row["scheme"], row["code"])): Area(row["area"], row["kind"])
                for row in csv.DictReader(handle)}  # fmt: skip


def _key(scheme: str, text: str) -> str:
    return normal(text) if scheme in BY_LABEL else text.strip()


@cache
def _coded_otherwise(scheme: str) -> frozenset[str]:
    """Return the countries that have a code of their own in a scheme: there their ISO code may be another country's."""
    return frozenset(area.id for (of, _), area in _table().items() if of == scheme and area.kind == COUNTRY)


@cache
def _by_two_letters() -> dict[str, str]:
    return {one.alpha2: one.code for one in countries().values()}


@kept_small(8192, in_words=False)
def area_of(text: str, scheme: Scheme) -> Area | None:
    """Return the area that a code or a label means in a scheme; None where no table knows it."""
    found = _table().get((scheme, _key(scheme, text)))
    if found is not None:
        return found
    if scheme in BY_LABEL:
        if scheme != "name" and ("name", normal(text)) in _table():
            return _table()["name", normal(text)]
        known = known_country(text) if len(text.strip()) > 2 else None
        return Area(known.id, COUNTRY) if known else None
    code: str | None = text.strip()
    if scheme in ("eurostat", "iso2"):
        code = _by_two_letters().get(text.strip())
    if code not in countries() or code in _coded_otherwise(scheme):
        return None
    return Area(str(code), COUNTRY)


@cache
def others() -> dict[str, str]:
    """Return the kind of every id that is no country's."""
    return {area.id: area.kind for area in _table().values() if area.kind != COUNTRY}


@cache
def area_ids() -> tuple[str, ...]:
    """Return the id of every area: countries, aggregates, people of no one country."""
    return tuple(sorted({*countries(), *others()}))


def area_name(area: str) -> str:
    """Return the name that a reader sees for an id of an area; the id itself where it has none."""
    names = country_names()
    return names[area] if area in names else Labels("area.name", others()).get(area, area)
