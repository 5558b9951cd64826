"""Every activity that IOM names in its four pillars, and what shows it: from one table, ``files/pillars.csv``.

An activity has views, or another page of this program that shows it, or a gap; where it has views, a gap says what
they leave out. Its words, and those of the gap, are messages.
"""

import csv
from functools import cache
from typing import Final, NamedTuple

from data.model.notices import Notice
from data.model.vocabulary import FILES

GAPS: Final = ("no_open_data", "not_read")  # nobody publishes it; or files exist that this program does not read yet
ELSEWHERE: Final = {"map": "/", "sector": "/sector", "interface": "/api/v1/"}


class Activity(NamedTuple):
    """One activity of a pillar.

    ``views``: ids of views. ``elsewhere``: keys of ELSEWHERE. ``gap``: one of GAPS; None: nothing is missing.
    """

    id: str
    pillar: int
    views: tuple[str, ...]
    elsewhere: tuple[str, ...]
    gap: str | None

    @property
    def name(self) -> Notice:
        """Return what is to be done, in words."""
        return Notice(f"pillars.activity.{self.id}")

    @property
    def kind(self) -> Notice | None:
        """Return what kind of gap there is; None where there is none."""
        return Notice(f"pillars.gap_kind.{self.gap}") if self.gap else None

    @property
    def missing(self) -> Notice | None:
        """Return what no view shows; None where there is no gap."""
        return Notice(f"pillars.gap.{self.id}") if self.gap else None

    @property
    def filled_by(self) -> Notice | None:
        """Return what would fill the gap; None where there is none."""
        return Notice(f"pillars.fill.{self.id}") if self.gap else None


@cache
def activities() -> tuple[Activity, ...]:
    """Return every activity, in the order of the pillars."""
    with (FILES / "pillars.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(
            Activity(row["activity"], int(row["pillar"]), _listed(row["views"]), _listed(row["elsewhere"]),
                     row["gap"] or None)
            for row in csv.DictReader(handle)
        )  # fmt: skip


def _listed(text: str) -> tuple[str, ...]:
    return tuple(one for one in text.split(";") if one)


def without_answer(every: tuple[Activity, ...], views: frozenset[str]) -> list[str]:
    """Return the ids of activities that map to nothing that there is: no view, no other page and no gap."""
    return [
        one.id for one in every
        if not ({*one.views} & views or {*one.elsewhere} & ELSEWHERE.keys() or one.gap in GAPS)
        or {*one.views} - views or {*one.elsewhere} - ELSEWHERE.keys() or one.gap not in (None, *GAPS)
    ]  # fmt: skip
