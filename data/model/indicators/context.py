"""Pillar 4, research and data: what other figures are divided by or seen beside; prices; links with trafficking."""

from typing import Final

from data.model.indicators.declaration import Indicator

CONTEXT: Final = (
    Indicator("population", 4, "persons", "place", is_stock=True),
    Indicator("population_mid_year", 4, "persons", "place", is_of_people=False, is_stock=True),
    Indicator("migrant_stock", 4, "persons", "destination", "birth", is_stock=True),
    Indicator("trafficking_registered", 4, "persons", "place", "citizenship"),
    Indicator("small_boat_people", 4, "persons", "reporter", "citizenship"),
    Indicator("passage_price", 4, "euros of 2014", "place", is_of_people=False, is_score=True),
)  # fmt: skip
