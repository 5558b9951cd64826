"""Who intercepts, and where are people taken? Interceptions as a share of attempts, by the state that intercepts."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from data.counting.coverage import last_day
from data.counting.measures import in_window
from data.model.area_codes import area_name
from data.model.days import Span, window_words
from data.model.notices import Notice, say
from data.model.units import flow_unit
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.pillars.windows import span_of, window_of
from data.query.selection import Selection
from data.risk.formulas import VARIANT_OF, Figures, in_percent, why_not
from data.risk.inputs import Inputs, inputs
from data.risk.places import SPAN
from data.store.vintage import Vintage

UNIT: Final = flow_unit("interceptions")


def intercepted_share(figures: Figures) -> float | None:
    """Return I ÷ (A + I + D) (RULES R3); None where deaths per attempt would not be computable either (RULES R6)."""
    if why_not(VARIANT_OF["rho"], figures) is not None or figures.interceptions is None:
        return None
    return figures.interceptions / (figures.all_attempts or 1)


def interceptions(vintage: Vintage, asked: Asked) -> Finding:
    """Return the share of attempts that ended in interception, with the people of each state that intercepted.

    The guards of deaths per attempt hold (RULES R6). Where places that lack days are left out of the arrivals, the
    people who are counted there all the same make the share smaller: then it is said to be at most the figure with
    them, and the figure without them stands beside it.
    """
    rows = vintage.counts.filter(pl.col("unit") == UNIT).drop_nulls([*SPAN, "value"])
    if asked.route is None:
        names = [vintage.name_of("route", one) for one in sorted(rows["route"].drop_nulls().unique())]
        return nothing(
            Notice("pillars.why.name_a_route", routes=names) if names else Notice("pillars.why.no_interceptions")
        )
    own = rows.filter(pl.col("route") == asked.route)
    covered = span_of(own)
    if covered is None:
        return nothing(Notice("pillars.why.no_interceptions_here", route=vintage.name_of("route", asked.route)))
    window = window_of(asked, _also_of_deaths(vintage, asked, covered))
    found = inputs(vintage, Selection(routes=(asked.route,), start=window[0], end=window[1]))
    used = [one for one in (found.arrivals.source, found.interceptions.source, found.deaths.source) if one]
    by_state = people_by_state(own, found.interceptions.source, window)
    strict = intercepted_share(found.figures)
    if strict is None:
        why = why_not(VARIANT_OF["rho"], found.figures)
        listed = _state_rows(by_state, None, window)
        return nothing(
            Notice("pillars.why.interceptions", why=why, when=window_words(*window)), sources=used, rows=listed
        )
    return _found(vintage, asked, found, by_state, window)


def _also_of_deaths(vintage: Vintage, asked: Asked, covered: Span) -> Span:
    """Return days that are covered without those after the last one on which deaths are, where some are left."""
    last = last_day(vintage, Selection(routes=(asked.route,) if asked.route else ()))
    return (covered[0], min(covered[1], last)) if last and last >= covered[0] else covered


def people_by_state(rows: pl.DataFrame, source: str | None, window: Span) -> dict[str, int]:
    """Return people intercepted by the state whose coast guard intercepted them, most first."""
    inside = rows.filter(pl.col("source") == source, in_window(*window)).drop_nulls("country")
    sums = inside.group_by("country").agg(pl.col("value").sum()).sort("value", "country", descending=[True, False])
    return {one["country"]: int(one["value"]) for one in sums.iter_rows(named=True)}


def _found(vintage: Vintage, asked: Asked, found: Inputs, by_state: Mapping[str, int], window: Span) -> Finding:
    figures, extra = found.figures, found.arrivals.part - (found.arrivals.value or 0)
    attempts = (figures.all_attempts or 0) + extra
    taken = figures.interceptions or 0
    value = taken / attempts
    sentence = Notice(
        "pillars.interceptions.sentence", share=in_percent(value, decimals=1), is_at_most=extra > 0, people=taken,
        attempts=attempts, when=window_words(*window), route=vintage.name_of("route", asked.route or ""),
        states=[Notice("pillars.interceptions.state", state=area_name(one), people=people)
                for one, people in by_state.items()] or None,
    )  # fmt: skip
    notes = [*found.deaths.notes, *found.interceptions.notes]
    if extra:
        notes.append(Notice("pillars.interceptions.left_out", places=list(found.arrivals.left_out), people=extra,
                            share=in_percent(taken / (figures.all_attempts or 1), decimals=1)))  # fmt: skip
    parts = {"arrivals": found.arrivals.part, "interceptions": taken, "deaths": figures.deaths or 0}
    rows = [
        *_state_rows(by_state, attempts, window),
        *(_part(name, people, attempts, window) for name, people in parts.items()),
    ]
    used = dict.fromkeys(one for one in (found.arrivals.source, found.interceptions.source, found.deaths.source) if one)
    return Finding(sentence, value=value, unit="share", window=window, rows=rows, sources=tuple(used), notes=notes)


def _state_rows(by_state: Mapping[str, int], attempts: int | None, window: Span) -> list[ViewRow]:
    return [
        ViewRow(part=one, name=area_name(one), what=say("pillars.interceptions.by_state"), date_from=window[0],
                date_to=window[1], value=people / attempts if attempts else None, unit="share", numerator=people,
                denominator=attempts, status="published" if attempts else "unknown",
                note=say("pillars.interceptions.taken_to"))
        for one, people in by_state.items()
    ]  # fmt: skip


def _part(name: str, people: int, attempts: int, window: Span) -> ViewRow:
    return ViewRow(part=name, name=say(f"risk.measure.{name}"), what=say("pillars.interceptions.part_of_attempts"),
                   date_from=window[0], date_to=window[1], value=people / attempts, unit="share", numerator=people,
                   denominator=attempts)  # fmt: skip
