"""Risk profile of a route: mode, season, cause, groups of people and age of the data; never of persons."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

import polars as pl

from data.counting.measures import in_window, is_dated, people, select_incidents
from data.model.days import Span, window_words
from data.model.notices import Notice, say
from data.model.vocabulary import route_modes
from data.pillars.causes import NONE, cause_name, mode_words
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.pillars.small_parts import SMALLEST, without_small
from data.pillars.windows import span_of, window_of
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.risk.formulas import in_percent
from data.store.vintage import Vintage

PEOPLE: Final = "dead_or_missing"
SEASONS: Final = {"winter": (12, 1, 2), "spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11)}
NOT_DATED: Final = "not_dated"
Groups = Mapping[str, int]


def route_risk_profile(vintage: Vintage, asked: Asked) -> Finding:
    """Return the shares of groups among the dead and missing of one route, each dimension with what is unknown in it.

    Groups of fewer than ten are held back, and what would tell them: the minimum is of what a profile may be made of.
    """
    if asked.route is None:
        return nothing(Notice("pillars.why.one_route"))
    selection = Selection(routes=(asked.route,))
    source = incident_source(vintage, selection)
    if vintage.is_summed(source):
        return nothing(Notice("pillars.why.in_sums"))
    if source is None:
        return nothing(Notice("pillars.why.no_deaths"))
    every = select_incidents(vintage, selection).collect()
    covered = span_of(every)
    if covered is None:
        return nothing(Notice("pillars.why.no_deaths"), sources=(source,))
    window = window_of(asked, covered)
    inside = every.filter(in_window(*window))
    whole = int(inside[PEOPLE].sum() or 0)
    if whole < SMALLEST:
        why = Notice("pillars.why.few_deaths", fewest=SMALLEST, when=window_words(*window))
        return nothing(why, sources=(source,))
    found = {one: without_small(_rows(one, groups, whole, window))
             for one, groups in groups_of(inside, asked.route).items()}  # fmt: skip
    held_back = sum(number for _, number in found.values())
    rows = [row for listed, _ in found.values() for row in listed]
    return Finding(
        _sentence(vintage, asked, rows, whole, window), value=whole, unit="people", window=window,
        rows=[*rows, *_age(vintage, source, every)], sources=(source,),
        notes=[Notice("pillars.held_back", rows=held_back)] if held_back else [],
    )  # fmt: skip


def groups_of(rows: pl.DataFrame, route: str) -> dict[str, Groups]:
    """Return people by group, for each dimension; those of one dimension add up to all people (RULES C5, Q6)."""
    whole = int(rows[PEOPLE].sum() or 0)
    stated = {name: int(rows[name].sum() or 0) for name in ("female", "male", "children")}
    sums = rows.group_by(pl.col("cause").fill_null(NONE)).agg(people(PEOPLE)).drop_nulls()
    by_cause = dict(sums.sort(PEOPLE, "cause", descending=[True, False]).iter_rows())
    return {
        "mode": {route_modes().get(route, NONE): whole},
        "season": _by_season(rows, whole),
        "cause": by_cause,
        "sex": {"female": stated["female"], "male": stated["male"],
                "sex_unknown": whole - stated["female"] - stated["male"]},
        "age": {"children": stated["children"], "age_unknown": whole - stated["children"]},
    }  # fmt: skip


def _by_season(rows: pl.DataFrame, whole: int) -> Groups:
    dated = rows.filter(is_dated("month"))
    month = pl.col("date_from").dt.month()
    sums = {name: int(dated.filter(month.is_in(list(months)))[PEOPLE].sum() or 0) for name, months in SEASONS.items()}
    rest = whole - sum(sums.values())
    return {**sums, NOT_DATED: rest} if rest else sums


def _rows(dimension: str, groups: Groups, whole: int, window: Span) -> list[ViewRow]:
    what = say("pillars.route_risk_profile.of", dimension=Notice(f"pillars.route_risk_profile.dimension.{dimension}"))
    return [
        ViewRow(part=f"{dimension}/{one}", name=_name(dimension, one), what=what, date_from=window[0],
                date_to=window[1], value=number / whole, unit="share", numerator=number, denominator=whole)
        for one, number in groups.items()
    ]  # fmt: skip


def _name(dimension: str, group: str) -> str:
    if dimension == "cause":
        return cause_name(group)
    if dimension == "mode":
        return mode_words(group)
    if group == NOT_DATED:
        return say("pillars.route_risk_profile.not_dated")
    return say(f"pillars.route_risk_profile.group.{group}")


def _age(vintage: Vintage, source: str, every: pl.DataFrame) -> list[ViewRow]:
    """Return how old the data was on the day it was fetched, in days from its last record."""
    retrieved, last = vintage.sources.filter(pl.col("source") == source)["retrieved"].max(), every["date_to"].max()
    last = last if isinstance(last, date) else None
    days = max((retrieved - last).days, 0) if isinstance(retrieved, date) and last else None
    return [ViewRow(part="age_of_data", name=say("pillars.route_risk_profile.last"),
                    what=say("pillars.route_risk_profile.age"), date_to=last, value=days, unit="days",
                    status="unknown" if days is None else "published")]  # fmt: skip


def _sentence(vintage: Vintage, asked: Asked, rows: Sequence[ViewRow], whole: int, window: Span) -> Notice:
    """Return the profile in a sentence, of shares that are shown alone: what is held back is in no sentence either."""
    shown = {row.part: row for row in rows if row.value is not None}
    causes = [row for part, row in shown.items() if part.startswith("cause/")]
    unknown = shown.get("sex/sex_unknown")
    return Notice(
        "pillars.route_risk_profile.sentence", people=whole, route=vintage.name_of("route", asked.route or ""),
        when=window_words(*window), mode=mode_words(route_modes().get(asked.route or "", NONE)),
        cause=Notice("pillars.route_risk_profile.cause", name=causes[0].name, share=_percent(causes[0]))
        if causes else None, unknown=_percent(unknown) if unknown else None,
    )  # fmt: skip


def _percent(row: ViewRow) -> Decimal:
    return in_percent(row.value or 0, decimals=0)
