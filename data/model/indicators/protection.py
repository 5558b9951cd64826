"""Pillar 1, protect and assist: applications for asylum and decisions on them, people displaced, solutions, returns."""

from typing import Final

from data.model.indicators.declaration import Indicator, Rate

PROTECTION: Final = (
    Indicator("asylum_recognised", 1, "decisions", "asylum", "origin"),
    Indicator("asylum_other_protection", 1, "decisions", "asylum", "origin"),
    Indicator("asylum_rejected", 1, "decisions", "asylum", "origin"),
    Indicator("asylum_closed", 1, "decisions", "asylum", "origin"),
    Indicator("asylum_decisions", 1, "decisions", "asylum", "origin"),
    Indicator(
        "protection_share", 1, "share", "asylum", "origin", is_score=True,
        rate=Rate(
            above=("asylum_recognised", "asylum_other_protection"),
            below=("asylum_recognised", "asylum_other_protection", "asylum_rejected"),
            only=(("level", ("FI", "FA", "NA")),),
        ),
    ),
)  # fmt: skip
