"""Nationalities of the people counted on a route in a window: the bridge from a route to what is known of origins."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from data.counting.measures import in_window
from data.model.area_codes import others
from data.model.caches import kept_numbers
from data.model.days import Span
from data.model.notices import Notice
from data.model.roles import LIMITS, Role
from data.pillars.models import Asked
from data.pillars.windows import span_of, window_of
from data.risk.places import SPAN, STRATUM, without_overlap
from data.store.vintage import Vintage

FIRST_UNIT: Final = "persons_arrived"  # people; of other units, such as detections, one may be counted again
SMALLEST: Final = LIMITS[Role.PUBLIC].smallest_group
Count = tuple[str, str, pl.DataFrame]


@dataclass(frozen=True)
class Mix:
    """People by nationality, of one source and unit (RULES R1).

    ``people``: by ISO 3166 alpha-3, largest first, of the groups that are shown; ``unknown`` have no nationality that
    is one country's; ``hidden`` groups are smaller than a public reader sees and stand in none of the numbers
    (RULES 9), so that no total tells one of them.
    """

    source: str
    unit: str
    window: Span
    people: dict[str, int]
    unknown: int
    hidden: int
    country: str | None

    @property
    def known(self) -> int:
        """Return how many have a nationality that is shown."""
        return sum(self.people.values())


def routes_with_nationalities(vintage: Vintage) -> list[str]:
    """Return the ids of the routes on which some source counts nationalities."""
    rows = vintage.counts.filter(pl.col("nationality").is_not_null(), pl.col("route").is_not_null())
    return sorted(rows["route"].unique())


@kept_numbers
def mix_of(vintage: Vintage, asked: Asked) -> Mix | Notice:
    """Return the mix of a route, or why there is none.

    Of several sources and units one is taken, never two added: people who arrived before any other unit, then what has
    the most people in the window.
    """
    if asked.route is None:
        return _name_a_route(vintage)
    counted = _counted(vintage, asked.route)
    if not counted:
        return Notice("pillars.why.no_nationalities", route=vintage.name_of("route", asked.route))
    found = [mix for one in counted if (mix := _mix(one, asked)) is not None]
    if not found:
        return Notice("pillars.why.no_nationalities_then", route=vintage.name_of("route", asked.route))
    return min(found, key=lambda mix: (mix.unit != FIRST_UNIT, -mix.known, mix.source))


def _name_a_route(vintage: Vintage) -> Notice:
    names = [vintage.name_of("route", one) for one in routes_with_nationalities(vintage)]
    return Notice("pillars.why.name_a_route", routes=names) if names else Notice("pillars.why.no_nationality_anywhere")


def _counted(vintage: Vintage, route: str) -> list[Count]:
    rows = vintage.counts.filter(pl.col("route") == route).drop_nulls([*SPAN, "value"])
    parts = rows.partition_by("source", "unit", maintain_order=True)
    return [(part["source"][0], part["unit"][0], part) for part in parts if part["nationality"].count()]


def _mix(count: Count, asked: Asked) -> Mix | None:
    source, unit, rows = count
    stated = rows.drop_nulls("nationality")
    covered = span_of(stated)
    if covered is None:
        return None
    window = window_of(asked, covered)
    inside = rows.filter(in_window(*window))
    sums: dict[str | None, int] = {}
    spans = inside.group_by(*STRATUM, *SPAN).agg(pl.col("value").sum()).sort(*SPAN)
    for part in spans.partition_by(*STRATUM, maintain_order=True):
        taken = without_overlap(list(part.select(*SPAN, "value").iter_rows()))
        nationality = part["nationality"][0]
        sums[nationality] = sums.get(nationality, 0) + sum(one[2] for one in taken)
    named = {one: people for one, people in sums.items() if one is not None and one not in others() and people > 0}
    shown = {one: people for one, people in named.items() if people >= SMALLEST}
    if not shown:
        return None
    countries = inside["country"].drop_nulls().unique()
    return Mix(
        source=source, unit=unit, window=window, people=dict(sorted(shown.items(), key=lambda one: (-one[1], one[0]))),
        unknown=sum(people for one, people in sums.items() if one not in named), hidden=len(named) - len(shown),
        country=countries[0] if countries.len() == 1 else None,
    )  # fmt: skip
