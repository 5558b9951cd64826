"""Pillar 2, address causes: what drives people; association, never cause."""

from typing import Final

from data.model.indicators.declaration import Indicator

DRIVERS: Final = (
    Indicator("new_displacements", 2, "displacements", "place"),
    Indicator("internally_displaced", 2, "persons", "place", is_stock=True),
    Indicator("conflict_deaths", 2, "deaths", "place", is_of_people=False),
    Indicator("inform_risk", 2, "score, 0 to 10", "place", is_of_people=False, is_score=True),
    Indicator("inform_hazard", 2, "score, 0 to 10", "place", is_of_people=False, is_score=True),
    Indicator("inform_vulnerability", 2, "score, 0 to 10", "place", is_of_people=False, is_score=True),
    Indicator("inform_coping", 2, "score, 0 to 10", "place", is_of_people=False, is_score=True),
    Indicator("food_insecure", 2, "persons", "place"),
    Indicator("food_insecure_share", 2, "share", "place", is_of_people=False, is_score=True),
    Indicator("unemployment", 2, "percent", "place", is_of_people=False, is_score=True),
    Indicator("gross_domestic_product", 2, "US dollars", "place", is_of_people=False),
    Indicator("political_stability", 2, "score, about -2.5 to 2.5", "place", is_of_people=False, is_signed=True,
              is_score=True),
    Indicator("net_migration", 2, "persons, net", "place", is_of_people=False, is_signed=True),
    Indicator("remittances_received", 4, "US dollars", "place", is_of_people=False),
    Indicator("remittances_paid", 4, "US dollars", "place", is_of_people=False),
)  # fmt: skip
