"""Kinds of absence, each with one word and one code (RULES R11), and what else a figure's status may be.

Codes are those of SDMX's code list CL_OBS_STATUS (observation status). Where the list has no code of its own for a
kind, the kind has the general one for a missing value, and the word tells which it is.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from data.model.days import MOST_NAMED, span_words, window_words
from data.model.notices import Labels, Notice

NOT_COLLECTED: Final = "not_collected"
NOT_YET_PUBLISHED: Final = "not_yet_published"
WITHHELD: Final = "withheld"
BELOW_THRESHOLD: Final = "below_threshold"
WITHDRAWN: Final = "withdrawn"
NOT_APPLICABLE: Final = "not_applicable"
UNKNOWN: Final = "unknown"
KINDS: Final = {
    NOT_COLLECTED: "L",  # data exist but were not collected
    NOT_YET_PUBLISHED: "O",  # missing value
    WITHHELD: "Q",  # suppressed
    BELOW_THRESHOLD: "Q",
    WITHDRAWN: "O",
    NOT_APPLICABLE: "M",  # data cannot exist
    UNKNOWN: "O",
}
PUBLISHED: Final = "published"
BREAK: Final = "other_places"
IN_PART: Final = "in_part"
STATUSES: Final = {PUBLISHED: "A", BREAK: "B", IN_PART: "U"}  # normal; time series break; low reliability
CODES: Final = KINDS | STATUSES
WORDS: Final = Labels("absence.word", CODES)


class Absence(NamedTuple):
    """Days of which there is no figure, and which kind of absence that is: one of KINDS."""

    first: date
    last: date
    kind: str

    @property
    def code(self) -> str:
        """Return its SDMX observation status."""
        return KINDS[self.kind]

    @property
    def words(self) -> Notice:
        """Return ``not collected from 30 April 2025 to 31 December 2025``."""
        return Notice(f"absence.days.{self.kind}", span=span_words(self.first, self.last))


def ending_words(found: Iterable[Absence]) -> Notice:
    """Return how a sentence that states a number ends: ``, with nothing collected in 2025``; blank where all is known.

    At most three stretches are named.
    """
    every = list(found)
    parts = [Notice(f"absence.with.{one.kind}", span=window_words(one.first, one.last)) for one in every[:MOST_NAMED]]
    if rest := len(every) - len(parts):
        parts.append(Notice("absence.with.more", number=rest))
    return Notice("absence.sentence.ending", parts=parts or None)


def why_words(found: Iterable[Absence]) -> Notice:
    """Return the kinds of some absences in brackets: why there is no figure at all."""
    kinds = list(dict.fromkeys(one.kind for one in found))
    return Notice("absence.sentence.why", kinds=[Notice(f"absence.word.{kind}") for kind in kinds] or None)
