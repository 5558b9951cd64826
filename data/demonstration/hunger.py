"""The demonstration's analyses of hunger, in IPC's layout: people by phase, of those who were analysed. Invented."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from data.demonstration.files import write_table
from data.model.sources import DEMONSTRATION

Generator = np.random.Generator
HEADER: Final = ("Date of analysis", "Country", "Total country population", "Validity period", "From", "To", "Phase",
                 "Number", "Percentage", DEMONSTRATION)  # fmt: skip
YEARS: Final = range(2017, 2026)
POPULATIONS: Final = {"AFG": 38_000_000, "PAK": 90_000_000, "SOM": 15_000_000, "SEN": 16_000_000, "GIN": 12_000_000}
SHARES: Final = {"AFG": 0.36, "PAK": 0.2, "SOM": 0.28, "SEN": 0.06, "GIN": 0.09}  # in phase 3 or worse
NOT_ANALYSED: Final = 0.12  # of years
MONTHS_SHOWN: Final = 4
SPRING: Final = 4
AUTUMN: Final = 10


def write_hunger(folder: Path, random: Generator) -> Path:
    """Write the analyses into ``folder`` and return the path; the same generator, the same bytes."""
    return write_table(folder / "demonstration-ipc-national.csv", HEADER, _analyses(random))


def _analyses(random: Generator) -> Iterator[list[object]]:
    """Yield the phases of each country and year: the months of the analysis, and those that it projects."""
    for country, population in POPULATIONS.items():
        for year in YEARS:
            start = int(random.choice([SPRING, AUTUMN]))
            worse = float(np.clip(SHARES[country] * random.lognormal(0, 0.2), 0.01, 0.75))
            analysed = round(population * float(random.uniform(0.7, 1)))
            if random.random() < NOT_ANALYSED:
                continue
            for validity, first, share in (("current", start - 3, worse), ("first projection", start, 1.1 * worse)):
                days = [date(year, first, 1), _last_day(year, first + MONTHS_SHOWN - 2)]
                for phase, people in _phases(random, analysed, min(share, 0.8)).items():
                    yield [f"{days[0]:%b %Y}", country, population, validity, *map(date.isoformat, days), phase, people,
                           round(people / analysed, 2)]  # fmt: skip


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _phases(random: Generator, analysed: int, worse: float) -> dict[str, int]:
    """Return people by phase: the five add up to all, and the last three to those in crisis or worse."""
    parts = np.concatenate([(1 - worse) * random.dirichlet([9, 6]), worse * random.dirichlet([16, 5, 0.4])])
    one, two, three, four, five = (int(part) for part in random.multinomial(analysed, parts / parts.sum()))
    return {"all": analysed, "3+": three + four + five, "1": one, "2": two, "3": three, "4": four, "5": five}
