"""The demonstration's second database of deaths, in the layout of The Migrants' Files: it knows other events. Invented.

Two databases are never added (RULES E6); here they can be seen side by side.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from data.demonstration.files import write_table
from data.model.sources import DEMONSTRATION

Generator = np.random.Generator
HEADER: Final = ("Event_id", "cause_of_death", "dataset", "date", "Year", "dead", "missing", "dead_and_missing",
                 "description", "location", "latitude", "longitude", "latitude, longitude", "name", "route (Frontex)",
                 "source", "source_url", DEMONSTRATION)  # fmt: skip
FIRST: Final = date(2014, 1, 1)
LAST: Final = date(2016, 6, 30)
CAUSES: Final = ("drowning or exhaustion related death", "unknown - supposedly exhaustion")


class Sea(NamedTuple):
    """A route by Frontex's name, a place on it, the middle of its events, and how many there are in a year."""

    route: str
    place: str
    longitude: float
    latitude: float
    events: int


SEAS: Final = (
    Sea("Central Mediterranean route", "Off Libya", 13.4, 33.9, 60),
    Sea("Eastern Mediterranean route", "Aegean Sea", 26.3, 38.6, 45),
    Sea("Western Mediterranean route", "Alboran Sea", -3.6, 35.7, 24),
)


def write_second_database(folder: Path, random: Generator) -> Path:
    """Write the events into ``folder`` and return the path; the same generator, the same bytes."""
    rows = sorted(_events(random), key=lambda row: str(row[3]), reverse=True)
    numbered = ([f"D{len(rows) - place}", *row[1:]] for place, row in enumerate(rows))
    return write_table(folder / "demonstration-the-migrants-files.csv", HEADER, numbered)


def _events(random: Generator) -> Iterator[list[object]]:
    """Yield events of each sea: mostly few people, sometimes a shipwreck; of some only the total is stated."""
    days = (LAST - FIRST).days + 1
    for route, place, longitude, latitude, events in SEAS:
        for offset in sorted(random.integers(0, days, int(random.poisson(events * days / 365)))):
            day = FIRST + timedelta(days=int(offset))
            people = int(np.ceil(random.lognormal(0.9, 1.1)))
            dead = int(random.binomial(people, 0.6))
            point = [round(middle + float(random.normal(0, 0.35)), 5) for middle in (longitude, latitude)]
            split: list[object] = [dead, people - dead] if random.random() < 0.8 else ["", ""]
            yield ["", CAUSES[int(random.random() < 0.1)], "", f"{day}T00:00:00Z", day.year, *split, people, "", place,
                   point[1], point[0], f"{point[1]}, {point[0]}", "", route, "Invented report", ""]  # fmt: skip
