"""Pillar 3, disrupt: what states do at borders and in courts."""

from typing import Final

from data.model.indicators.declaration import Indicator

ENFORCEMENT: Final = (
    Indicator("found_present", 3, "persons", "reporter", "citizenship"),
    Indicator("border_crossings", 3, "crossings", "reporter"),
    Indicator("refused_entry", 3, "persons", "reporter", "citizenship"),
    Indicator("trafficking_victims", 3, "persons", "reporter", "citizenship"),
    Indicator("trafficking_suspected", 3, "persons", "reporter", "citizenship"),
    Indicator("trafficking_prosecuted", 3, "persons", "reporter", "citizenship"),
    Indicator("trafficking_convicted", 3, "persons", "reporter", "citizenship"),
    Indicator("trafficking_offences", 3, "offences", "reporter", is_of_people=False),
)  # fmt: skip
