"""The demonstration's lists that a publisher's table does not give: border posts by day, campaigns, motives. Invented.

Services that search for relatives are not among them: no address is made up.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np

from data.demonstration.files import write_table
from data.model.sources import DEMONSTRATION

Generator = np.random.Generator
FIRST: Final = date(2024, 1, 1)
LAST: Final = date(2025, 12, 31)
POSTS: Final = {"Harbour": ("Italy", 240), "North gate": ("Greece", 900), "River bridge": ("Spain", 420)}
DIRECTIONS: Final = ("in", "out")
LONGEST_GAP: Final = 24
MOTIVES: Final = {"econ-1": 0.7, "sec-1": 0.12, "reun-1": 0.1, "clim-1": 0.05, "oth-1": 0.03}
ASKED: Final = {"GT": 1_100}  # as the survey writes Guatemala
BORDER_HEADER: Final = ("country", "post", "date", "direction", "crossings", DEMONSTRATION)
CAMPAIGN_HEADER: Final = ("campaign", "operator", "first_day", "last_day", "audience", "channel", "cost", "currency",
                          "evaluation", DEMONSTRATION)  # fmt: skip
MOTIVE_HEADER: Final = ("country", "motive_category", "n", "base", DEMONSTRATION)
CAMPAIGNS: Final = (
    ("Radio series on routes", "2022-03-01", "2022-08-31", "Tunisia", "radio", 180_000, "none found"),
    ("Village theatre", "2023-05-01", "2023-11-30", "Gambia", "theatre", 65_000, ""),
    ("Messages on telephones", "2024-09-01", "", "Egypt", "social media", 240_000, "none found"),
)


def write_lists(folder: Path, random: Generator) -> list[Path]:
    """Write the lists into ``folder`` and return them; the same generator, the same bytes."""
    return [
        write_table(folder / "demonstration-crossings-border-posts.csv", BORDER_HEADER, _crossings(random)),
        write_table(folder / "demonstration-crossings-campaigns.csv", CAMPAIGN_HEADER, _campaigns()),
        write_table(folder / "demonstration-wfp-mpi-mit-motives.csv", MOTIVE_HEADER, _motives(random)),
    ]


def _crossings(random: Generator) -> Iterator[list[object]]:
    """Yield crossings of each post, day and direction; a post has a stretch of days on which nothing came in."""
    days = (LAST - FIRST).days + 1
    for post, (country, size) in POSTS.items():
        start, length = int(random.integers(0, days)), int(random.integers(1, LONGEST_GAP))
        for offset in range(days):
            day = (FIRST + timedelta(days=offset)).isoformat()
            for direction in DIRECTIONS:
                is_gap = start <= offset < start + length
                yield [country, post, day, direction, "" if is_gap else int(random.poisson(size))]


def _campaigns() -> Iterator[list[object]]:
    """Yield campaigns: one goes on, of one nothing says whether anybody evaluated it."""
    for name, first, last, audience, channel, cost, evaluation in CAMPAIGNS:
        yield [name, "Demonstration", first, last, audience, channel, cost, "EUR", evaluation]


def _motives(random: Generator) -> Iterator[list[object]]:
    """Yield how many households of those asked named each motive."""
    for country, base in ASKED.items():
        numbers = random.multinomial(base, list(MOTIVES.values()))
        for motive, number in zip(MOTIVES, numbers, strict=True):
            yield [country, motive, int(number), base]
