"""What an indicator is: declared once; dictionary, interface, page and exports are made from that."""

from dataclasses import dataclass
from typing import Final, Literal

from data.model.notices import Notice

PILLARS: Final = (1, 2, 3, 4)
WORDS: Final = ("name", "meaning", "caveat", "never")  # what each indicator has a message for
WORDS_OF_RATES: Final = ("formula", "denominator")

Role = Literal[
    "asylum", "reporter", "origin", "citizenship", "birth", "destination", "applied_at", "sender", "receiver", "place"
]


@dataclass(frozen=True)
class Rate:
    """How a rate is computed of published indicators, of the same area, partner and period.

    ``above`` are added for the numerator, ``below`` for the denominator; ``only`` names by dimension the words of
    ``breakdown`` that are added, and every other dimension is added up whole.
    """

    above: tuple[str, ...]
    below: tuple[str, ...]
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Indicator:
    """A figure of an area, a route or a pair of areas, in a period.

    Parameters
    ----------
    id : str
        The key of its figures, and of its messages.
    pillar : int
        Which of the four pillars it is of: protect, address causes, disrupt, know.
    unit : str
        What a value counts, or is measured in; two units are never added up (RULES R1).
    area, partner : str
        What the area of a figure is, and the other one of a pair; blank: it has none.
    is_stock : bool
        It is of a day, and never added up over time.
    is_of_people : bool
        It counts living people, so that few are not shown where its source is not public (RULES 9).
    is_signed : bool
        A value may be below 0.
    is_score : bool
        It is a score or a share: never added up over areas.
    rate : Rate, optional
        How it is computed; None: it is published.
    """

    id: str
    pillar: int
    unit: str
    area: Role
    partner: Role | None = None
    is_stock: bool = False
    is_of_people: bool = True
    is_signed: bool = False
    is_score: bool = False
    rate: Rate | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Return the names of the messages that it has."""
        return (*WORDS, *(WORDS_OF_RATES if self.rate else ()))

    def notice(self, what: str) -> Notice:
        """Return one of its ``words``, not written yet."""
        return Notice(f"indicator.{self.id}.{what}")

    @property
    def formula(self) -> Notice:
        """Return how it is computed, or that it is published."""
        return self.notice("formula") if self.rate else Notice("indicators.as_published")

    @property
    def denominator(self) -> Notice | None:
        """Return the name of what it is divided by; None where it is no rate."""
        return self.notice("denominator") if self.rate else None
