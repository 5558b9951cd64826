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
    Indicator("asylum_applications", 1, "applications", "asylum", "origin"),
    Indicator("asylum_applicants", 1, "applicants", "reporter", "citizenship"),
    Indicator("first_decisions", 1, "persons", "reporter", "citizenship"),
    Indicator("first_decisions_positive", 1, "persons", "reporter", "citizenship"),
    Indicator("first_decisions_rejected", 1, "persons", "reporter", "citizenship"),
    Indicator("refugees", 1, "persons", "asylum", "origin", is_stock=True),
    Indicator("asylum_seekers", 1, "persons", "asylum", "origin", is_stock=True),
    Indicator("idps_of_concern", 1, "persons", "asylum", "origin", is_stock=True),
    Indicator("stateless_people", 1, "persons", "asylum", "origin", is_stock=True),
    Indicator("others_in_need_of_protection", 1, "persons", "asylum", "origin", is_stock=True),
    Indicator("others_of_concern", 1, "persons", "asylum", "origin", is_stock=True),
    Indicator("host_community", 1, "persons", "asylum", "origin", is_stock=True),
    Indicator("returned_refugees", 1, "persons", "asylum", "origin"),
    Indicator("returned_idps", 1, "persons", "asylum", "origin"),
    Indicator("naturalised_refugees", 1, "persons", "asylum", "origin"),
    Indicator("ordered_to_leave", 1, "persons", "reporter", "citizenship"),
    Indicator("returned_after_order", 1, "persons", "reporter", "citizenship"),
    Indicator("detention_entered", 1, "persons", "reporter"),
    Indicator("detention_left", 1, "persons", "reporter"),
    Indicator("people_in_detention", 1, "persons", "reporter", is_stock=True),
    Indicator("people_in_alternatives", 1, "persons", "reporter", is_stock=True),
    Indicator("detained_daily_average", 1, "persons", "reporter"),
    Indicator("people_in_asylum_support", 1, "persons", "reporter", is_stock=True),
    Indicator("returns_enforced", 1, "returns", "reporter", "destination"),
    Indicator("returns_voluntary", 1, "returns", "reporter", "destination"),
    Indicator("refused_at_port_departed", 1, "returns", "reporter", "destination"),
    Indicator("cohort_applications", 1, "applications", "reporter", "citizenship"),
    Indicator("cohort_decided", 1, "applications", "reporter", "citizenship"),
    Indicator("cohort_protected", 1, "applications", "reporter", "citizenship"),
    Indicator("cohort_other_leave", 1, "applications", "reporter", "citizenship"),
    Indicator("cohort_refused", 1, "applications", "reporter", "citizenship"),
    Indicator("cohort_returned_enforced", 1, "applications", "reporter", "citizenship"),
    Indicator("cohort_returned_voluntary", 1, "applications", "reporter", "citizenship"),
)  # fmt: skip
