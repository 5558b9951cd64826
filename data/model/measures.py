"""Every measure once: what it counts and how. Its words stand in ``data/files/messages/LANGUAGE/measure.toml``.

To add one, see docs/how-to/add-a-measure.md.
"""

from dataclasses import dataclass
from typing import Final, Literal

from data.model.notices import say

Kind = Literal["incident", "flow"]
Aggregate = Literal["people", "records", "events", "counts"]
WORDS: Final = ("name", "inline", "unit", "noun", "caution")  # what each measure has a message for
WORDS_OF_INCIDENTS: Final = ("cell", "head", "clause", "measured", "no_number", "none_stated", "near_lines")
WORDS_OF_PEOPLE: Final = ("silent",)


@dataclass(frozen=True)
class Measure:
    """A number that is shown: what it counts, in which unit, and how it is added up.

    ``aggregate``: ``people`` sums the column of its id among the incidents, null where none states it; ``records``
    counts incidents; ``events`` counts the publisher's event ids once (RULES E1); ``counts`` sums the counts of its
    unit. ``parts`` are the measures that it holds together (RULES C1).
    """

    id: str
    unit: str
    aggregate: Aggregate
    parts: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """Return whether it is of incidents, or a flow of the tables of counts."""
        return "flow" if self.aggregate == "counts" else "incident"

    @property
    def is_at_least(self) -> bool:
        """Return whether each number of it is a minimum (RULES C4)."""
        return self.aggregate == "people"

    @property
    def noun(self) -> str:
        """Return its name in a sentence, after a number or "of"."""
        return self.say("noun")

    @property
    def caution(self) -> str:
        """Return what the measure is not, in a sentence."""
        return self.say("caution")

    @property
    def words(self) -> tuple[str, ...]:
        """Return the names of the messages that it has."""
        of_incidents = WORDS_OF_INCIDENTS if self.kind == "incident" else ()
        return (*WORDS, *of_incidents, *(WORDS_OF_PEOPLE if self.is_at_least else ()))

    def say(self, what: str, /, **values: object) -> str:
        """Return one of its ``words`` with its values."""
        return say(f"measure.{self.id}.{what}", **values)


MEASURES: Final[tuple[Measure, ...]] = (
    Measure("dead_or_missing", "people", "people", parts=("dead", "missing")),
    Measure("dead", "people", "people"),
    Measure("missing", "people", "people"),
    Measure("incidents", "incidents", "records"),
    Measure("events", "events", "events"),
    Measure("detections", "detections", "counts"),
    Measure("encounters", "encounters", "counts"),
    Measure("interceptions", "persons_intercepted", "counts"),
    Measure("arrivals", "persons_arrived", "counts"),
    Measure("transits", "transits", "counts"),
    Measure("apprehensions", "apprehensions", "counts"),
    Measure("preventions", "persons_prevented", "counts"),
    Measure("irregular_entries", "irregular_entries", "counts"),
    Measure("irregular_events", "irregular_migration_events", "counts"),
    Measure("deportations", "persons_deported", "counts"),
    Measure("assisted_returns", "persons_assisted_return", "counts"),
    Measure("new_refugees", "newly_displaced_refugees", "counts"),
    Measure("new_asylum_seekers", "newly_displaced_asylum_seekers", "counts"),
    Measure("new_refugee_like", "newly_displaced_refugee_like", "counts"),
    Measure("new_in_need_of_protection", "newly_displaced_in_need_of_protection", "counts"),
)
