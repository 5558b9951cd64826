"""Pillar 4, research and data: what other figures are divided by or seen beside; prices; links with trafficking."""

from typing import Final

from data.model.indicators.declaration import Indicator

CONTEXT: Final = (
    Indicator("population", 4, "persons", "place", is_stock=True),
    Indicator("population_mid_year", 4, "persons", "place", is_of_people=False, is_stock=True),
    Indicator("migrant_stock", 4, "persons", "destination", "birth", is_stock=True),
    Indicator("trafficking_registered", 4, "persons", "place", "citizenship"),
    Indicator("small_boat_people", 4, "persons", "reporter", "citizenship"),
    Indicator("survey_asked", 4, "persons", "origin"),
    Indicator("survey_cost_stated", 4, "persons", "origin"),
    Indicator("survey_cost", 4, "US dollars", "origin", is_of_people=False, is_score=True),
    Indicator("survey_payment", 4, "persons", "origin"),
    Indicator("survey_motive", 4, "persons", "origin"),
    Indicator("passage_price", 4, "euros of 2014", "place", is_of_people=False, is_score=True),
)  # fmt: skip
