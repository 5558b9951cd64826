"""The project's own layout, for a publisher that has no declaration yet."""

from typing import Final

from data.model.sources import RESTRICTED, Publication
from data.model.units import UNITS
from data.readers.count_figures import Figure, From
from data.readers.count_layout import CountLayout
from data.readers.periods import Span

OWN: Final = (
    CountLayout(
        id="crossings-counts",
        source="counts",
        publication=Publication(
            publisher="As stated by whoever made the file",
            title="Counts in the layout of this project",
            citation="Counts supplied by the user of this software",
            licence="Not stated",
            sensitivity=RESTRICTED,
        ),
        headers=frozenset({"unit", "route", "place", "country", "nationality", "date_from", "date_to", "value"}),
        period=Span("date_from", "date_to"),
        figures=(
            Figure(
                "value",
                From("unit", words={unit: unit for unit in sorted(UNITS)}),
                route=From("route", form="route"),
                place=From("place"),
                country=From("country", form="country"),
                nationality=From("nationality", form="nationality"),
            ),
        ),
    ),
)  # fmt: skip
