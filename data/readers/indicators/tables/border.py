"""Crossings by border post and day, in a layout of this project's own: aggregates alone, no column of a person."""

from typing import Final

from data.model.sources import RESTRICTED, Publication
from data.readers.indicators.layout import AreaFrom, IndicatorLayout, Series, WordFrom
from data.readers.periods import Day

BORDER: Final = (
    IndicatorLayout(
        id="crossings-border-posts",
        source="border-posts",
        publication=Publication(
            publisher="As stated by whoever made the file",
            title="Crossings by border post and day, in the layout of this project",
            citation="Crossings by border post and day, supplied by the user of this software",
            licence="Not stated",
            sensitivity=RESTRICTED,
        ),
        headers=frozenset({"country", "post", "date", "direction", "crossings"}),
        is_closed=True,
        period=Day("date", "2024-06-30"),
        area=AreaFrom("country", "name", is_needed=True),
        parts={
            "post": WordFrom("post", is_needed=True),
            "direction": WordFrom("direction", words={"in": "in", "out": "out"}, is_needed=True),
        },
        series=(Series("crossings", "border_crossings"),),
        assumes="A blank is a day on which nothing came in, and so is a day that is not listed; 0 is nobody.",
    ),
)  # fmt: skip
