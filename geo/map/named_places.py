"""Places by the beginning of their name, for a search field: islands, straits and seas, and towns of 1,000 people."""

import csv
from functools import lru_cache
from typing import Final, NamedTuple

from geo.map.basemap import FILES
from geo.map.gazetteer import folded, towns_beginning

MOST: Final = 6
SHORTEST: Final = 3  # letters: two begin too many names to choose from
TOWN_ZOOM: Final = 9.0


class Found(NamedTuple):
    """A place: its name, what it is, its country's name where it is a town, where it lies, the zoom that shows it."""

    name: str
    kind: str
    country: str
    longitude: float
    latitude: float
    zoom: float


@lru_cache(maxsize=1)
def _islands() -> tuple[tuple[tuple[str, ...], Found], ...]:
    with (FILES / "islands.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(
            (tuple(folded(one) for one in (row["name"], row["also"]) if one),
             Found(row["name"], row["kind"], "", float(row["longitude"]), float(row["latitude"]), float(row["zoom"])))
            for row in csv.DictReader(handle)
        )  # fmt: skip


def places_beginning(text: str) -> tuple[Found, ...]:
    """Return at most six places whose name begins with ``text``: islands and the like, then towns, the larger first.

    Fewer than three letters begin none.
    """
    sought = folded(text)
    if len(sought) < SHORTEST:
        return ()
    others = [place for names, place in _islands() if any(name.startswith(sought) for name in names)]
    towns = [
        Found(one.name, "town", one.country, one.longitude, one.latitude, TOWN_ZOOM)
        for one in towns_beginning(sought, most=MOST)
    ]
    return tuple((others + towns)[:MOST])
