"""Trafficking links: victims detected, of a route's nationalities; referrals beside people who arrived by boat."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import polars as pl

from data.indicators.sums import parts_only, word_of
from data.model.absence import PUBLISHED
from data.model.area_codes import area_name
from data.model.days import Span, window_words
from data.model.notices import Notice, say
from data.pillars.figures import in_years
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.pillars.nationality_mix import Mix, mix_of
from data.pillars.small_parts import SMALLEST, of_parts, parts_by_year
from data.risk.formulas import in_percent
from data.store.vintage import Vintage

VICTIMS, BOATS = "trafficking_victims", "small_boat_people"
WHOLE: Final = ("age", "sex")  # of a citizenship, the figure of both sexes and all ages
RAISED: Final = "raised"
MOST_NAMED: Final = 3


class Part(NamedTuple):
    """What one half of the view finds: a clause, its rows, its source and its days."""

    clause: Notice
    rows: list[ViewRow]
    source: str
    years: Span


def trafficking(vintage: Vintage, asked: Asked) -> Finding:
    """Return victims of trafficking detected by citizenship and country, and referrals of people who came by boat.

    Of the nationalities that are counted on the route; without a route, of all. Two sources side by side: neither says
    that one led to the other. Small cells are merged, with others, so that no sum tells one.
    """
    mix = mix_of(vintage, asked)
    nationalities = tuple(mix.people) if isinstance(mix, Mix) else None
    found = [one for one in (_victims(vintage, asked, nationalities), _referrals(vintage, asked, nationalities)) if one]
    if not found:
        return nothing(Notice("pillars.why.no_file", indicator=Notice(f"indicator.{VICTIMS}.name")))
    sources = [one.source for one in found] + ([mix.source] if isinstance(mix, Mix) else [])
    route = vintage.name_of("route", asked.route) if nationalities and asked.route else None
    return Finding(
        Notice("pillars.trafficking.sentence", clauses=[one.clause for one in found]), unit="persons",
        window=(min(one.years[0] for one in found), max(one.years[1] for one in found)),
        rows=[row for one in found for row in one.rows], sources=tuple(dict.fromkeys(sources)),
        notes=[Notice("pillars.trafficking.of_route", route=route)] if route else [],
    )  # fmt: skip


def _victims(vintage: Vintage, asked: Asked, nationalities: Sequence[str] | None) -> Part | None:
    held = in_years(vintage, asked, VICTIMS)
    if held is None:
        return None
    rows, years = parts_only(held[0], WHOLE).drop_nulls("partner"), held[1]
    every = parts_by_year(rows, "partner")
    chosen = every if nationalities is None else of_parts(every, nationalities)
    known = chosen.drop_nulls("value")
    if known.is_empty():
        return None
    sums = known.group_by("part").agg(pl.col("value").sum()).sort("value", "part", descending=[True, False])
    clause = Notice(
        "pillars.trafficking.victims", people=float(sums["value"].sum()), when=window_words(*years),
        states=rows.drop_nulls("value")["area"].n_unique(),
        parts=[Notice("pillars.trafficking.part", name=area_name(one), people=people)
               for one, people in sums.head(MOST_NAMED).iter_rows()],
    )  # fmt: skip
    listed = [_victim_row(one["part"], area_name(one["part"]), one) for one in chosen.iter_rows(named=True)]
    return Part(clause, [*listed, *_by_country(rows, known)], held[0]["source"][0], years)


def _victim_row(part: str, name: str, one: dict[str, Any]) -> ViewRow:
    return ViewRow(part=part, name=name, what=say("pillars.trafficking.detected"), date_from=one["first"],
                   date_to=one["last"], value=one["value"], unit="persons", status=one["status"])  # fmt: skip


def _by_country(rows: pl.DataFrame, known: pl.DataFrame) -> Iterator[ViewRow]:
    """Yield by country the victims of each citizenship whose sum is shown; small cells are one row, together."""
    cells = parts_by_year(rows, "area", within="partner").drop_nulls("value")
    by_sum = cells.partition_by("whole", "first", as_dict=True, include_key=False)
    for one in known.iter_rows(named=True):
        own = by_sum.get((one["part"], one["first"]), cells.clear())
        for cell in own.iter_rows(named=True):
            name = say("pillars.trafficking.in_country", of=area_name(one["part"]), country=area_name(cell["part"]))
            yield _victim_row(f"{one['part']}/{cell['part']}", name, one | cell)
        if rest := one["value"] - (own["value"].sum() or 0):
            name = say("pillars.trafficking.merged", of=area_name(one["part"]))
            yield _victim_row(f"{one['part']}/others", name, {**one, "value": rest})


def _referrals(vintage: Vintage, asked: Asked, nationalities: Sequence[str] | None) -> Part | None:
    held = in_years(vintage, asked, BOATS)
    if held is None:
        return None
    rows, years = parts_only(held[0]), held[1]
    raised = rows.filter(word_of("referral") == RAISED)
    people, referred = total_of(rows), total_of(raised)
    if not people or referred < SMALLEST:
        return None
    clause = Notice("pillars.trafficking.referrals", people=people, referred=referred, when=window_words(*years),
                    share=in_percent(referred / people, decimals=1), country=area_name(rows["area"][0]))  # fmt: skip
    both = parts_by_year(rows, "partner").join(
        parts_by_year(raised, "partner").rename({"value": "referred", "status": "status_referred"}),
        on=["part", "first", "last"], how="left", maintain_order="left",
    )  # fmt: skip
    listed = [
        _referral_row(one) for one in both.iter_rows(named=True)
        if (nationalities is None or one["part"] in nationalities) and one["value"]
    ]  # fmt: skip
    return Part(clause, [*_whole_rows(rows), *listed], rows["source"][0], years)


def total_of(rows: pl.DataFrame) -> float:
    """Return the sum of the values that are known."""
    return float(rows["value"].sum() or 0)


def _whole_rows(rows: pl.DataFrame) -> Iterator[ViewRow]:
    """Yield the share of each year over all nationalities."""
    by_year = rows.with_columns(year=pl.col("date_to").dt.year()).partition_by("year", maintain_order=True)
    for own in sorted(by_year, key=lambda one: one["year"][0], reverse=True):
        people, referred = total_of(own), total_of(own.filter(word_of("referral") == RAISED))
        first, last = own["date_from"].min(), own["date_to"].max()
        yield _referral_row({"part": None, "first": first, "last": last, "value": people, "referred": referred,
                             "status_referred": PUBLISHED})  # fmt: skip


def _referral_row(one: dict[str, Any]) -> ViewRow:
    """Return a share of people who arrived by boat; without a referral in the table there is none of it: 0."""
    status = one["status_referred"] or PUBLISHED
    referred = 0.0 if one["status_referred"] is None else one["referred"]
    name = area_name(one["part"]) if one["part"] else say("pillars.trafficking.all")
    return ViewRow(part=f"referred/{one['part'] or 'all'}", name=name, what=say("pillars.trafficking.referred"),
                   date_from=one["first"], date_to=one["last"],
                   value=None if referred is None else referred / one["value"], unit="share", numerator=referred,
                   denominator=one["value"], status=status)  # fmt: skip
