"""How to search for a relative: a page filled from the operator's list of tracing services. HTML alone."""

from collections.abc import Sequence
from typing import Final

from data.model.notices import say
from data.pillars.tracing import Service
from layouts.standalone.pillar_page import Chosen, filled_page

PILLAR: Final = 1  # to which the search for relatives belongs


def relatives_page(services: Sequence[Service], chosen: Chosen, *, is_demonstration: bool) -> str:
    """Return the page; without a list it says that tracing services exist, and shows no address."""
    return filled_page(
        "relatives.html", chosen, PILLAR, is_demonstration=is_demonstration, title=say("pillars.relatives.title"),
        sentence=say("pillars.unidentified.tracing"), services=services,
    )  # fmt: skip
