"""Tables that are known and are not read, each with the reason: no count of people that was made by counting."""

from collections.abc import Iterable
from typing import Final

REFUSED: Final[tuple[tuple[frozenset[str], str], ...]] = (
    (
        frozenset({"lcg_pushbacks", "tcg_pushbacks", "disagg_method_lcg", "disagg_method_tcg"}),
        ("this is a model: monthly totals of interceptions, spread over the days by a method that the columns "
         "'disagg_method_lcg' and 'disagg_method_tcg' name. Nobody counted these days, so they are not read as counts "
         "(RULES R12). Give the monthly table that it was made from: IOM's months of Mediterranean crossings."),
    ),
    (
        frozenset({"country_of_departure", "interceptor_type", "sar_ops", "incidents", "persons"}),
        ("this counts incidents of a Frontex operation at sea, by country of departure and by who met the boat. "
         "People who were met are neither arrivals nor interceptions (rescues and hand-overs are among them), and no "
         "unit of this project is theirs, so they are not read. Detections by route are in Frontex's monthly table."),
    ),
)  # fmt: skip


def reason_to_refuse(columns: Iterable[str]) -> str | None:
    """Return why a table with these headings is known and not read; None where it is not one of those."""
    here = set(columns)
    return next((reason for headers, reason in REFUSED if headers <= here), None)
