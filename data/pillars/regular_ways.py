"""What legal doors exist? Visas refused by place of application, resettlement, permits for work beside who came."""

from typing import Any, Final

import polars as pl

from data.indicators.rates import figures_of_rate
from data.indicators.sums import parts_only
from data.model.absence import BELOW_THRESHOLD, NOT_APPLICABLE, PUBLISHED, UNKNOWN, WITHHELD
from data.model.area_codes import area_name
from data.model.days import Span, window_words
from data.model.indicators import INDICATORS
from data.model.notices import Notice, say
from data.pillars.figures import in_years, total
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.pillars.nationality_mix import Mix, mix_of
from data.pillars.small_parts import of_parts, parts_by_year
from data.risk.formulas import in_percent
from data.store.vintage import Vintage

REFUSED: Final = INDICATORS["visas_refused_share"]
MOST_NAMED: Final = 3
FEWEST_COUNTED: Final = 100  # people on a route, below which permits for each 1,000 of them say nothing


def visas(vintage: Vintage, asked: Asked) -> Finding:
    """Return visas refused as a share of those decided, whole and by place; the route's origins come first."""
    held = in_years(vintage, asked, "visas_issued", "visas_refused")
    if held is None:
        return nothing(Notice("pillars.why.no_file", indicator=Notice("indicator.visas_refused.name")))
    rows, years = held
    found = figures_of_rate(rows, REFUSED, by_area=False).drop_nulls(["numerator", "denominator", "partner"])
    sums = found.group_by("partner").agg(pl.col("numerator", "denominator").sum()).filter(pl.col("denominator") > 0)
    if sums.is_empty():
        return nothing(Notice("pillars.why.nothing_decided", when=window_words(*years)))
    by_place = {one["partner"]: one for one in sums.sort("denominator", "partner", descending=[True, False]).to_dicts()}
    mix = mix_of(vintage, asked)
    origins = [one for one in mix.people if one in by_place] if isinstance(mix, Mix) else []
    listed = [*origins, *(one for one in by_place if one not in origins)]
    above, below = float(sums["numerator"].sum()), float(sums["denominator"].sum())
    named = [Notice("pillars.visas.place", place=area_name(one), share=in_percent(_share(by_place[one]), decimals=1))
             for one in origins[:MOST_NAMED]]  # fmt: skip
    sentence = Notice("pillars.visas.sentence", share=in_percent(above / below, decimals=1), refused=above,
                      decided=below, when=window_words(*years), places=named or None)  # fmt: skip
    return Finding(sentence, value=above / below, unit="share", window=years, sources=(rows["source"][0],),
                   rows=[_visa_row(one, by_place[one], years) for one in listed])  # fmt: skip


def _share(sums: dict[str, float]) -> float:
    return sums["numerator"] / sums["denominator"]


def _visa_row(place: str, sums: dict[str, float], years: Span) -> ViewRow:
    return ViewRow(part=place, name=area_name(place), what=say("pillars.what.visas_refused"), date_from=years[0],
                   date_to=years[1], value=_share(sums), unit="share", numerator=sums["numerator"],
                   denominator=sums["denominator"])  # fmt: skip


def resettlement(vintage: Vintage, asked: Asked) -> Finding:
    """Return the people who arrived by resettlement, whole and of the nationalities that are counted on the route."""
    held = in_years(vintage, asked, "resettlement_arrivals")
    if held is None:
        return nothing(Notice("pillars.why.no_file", indicator=Notice("indicator.resettlement_arrivals.name")))
    rows, years = parts_only(held[0]), held[1]
    people, mix = total(rows, "resettlement_arrivals"), mix_of(vintage, asked)
    if people is None:
        return nothing(Notice("pillars.why.nothing_known", when=window_words(*years)))
    every = parts_by_year(rows, "partner")
    chosen = of_parts(every, list(mix.people)) if isinstance(mix, Mix) else every
    listed = [_resettled_row(one) for one in chosen.iter_rows(named=True)]
    held_back = sum(row.status in (BELOW_THRESHOLD, WITHHELD) for row in listed)
    sentence = Notice("pillars.resettlement.sentence", people=people, when=window_words(*years))
    return Finding(sentence, value=people, unit="persons", window=years, rows=listed, sources=(rows["source"][0],),
                   notes=[Notice("pillars.held_back", rows=held_back)] if held_back else [])  # fmt: skip


def _resettled_row(one: dict[str, Any]) -> ViewRow:
    return ViewRow(part=one["part"], name=area_name(one["part"]), what=say("pillars.what.resettled"),
                   date_from=one["first"], date_to=one["last"], value=one["value"], unit="persons",
                   status=one["status"])  # fmt: skip


def work_permits(vintage: Vintage, asked: Asked) -> Finding:
    """Return first permits for work for each 1,000 people counted on the route, by nationality.

    A nationality that a state does not list by name is in its "Other": it is not 0 there, so the sum is at least so
    many, and where no state lists it there is no figure.
    """
    mix = mix_of(vintage, asked)
    if isinstance(mix, Notice):
        return nothing(mix)
    held = in_years(vintage, Asked(None, *mix.window), "first_permits")
    if held is None:
        return nothing(Notice("pillars.why.no_file", indicator=Notice("indicator.first_permits.name")))
    rows, years = parts_only(held[0]), held[1]
    listed = [
        _permits_row(one, people, rows.filter(pl.col("partner") == one), years) for one, people in mix.people.items()
    ]
    named = [Notice("pillars.permits.nationality", name=row.name, number=row.value)
             for row in listed if row.value is not None]  # fmt: skip
    if not named:
        return nothing(Notice("pillars.why.in_other", when=window_words(*years), fewest=FEWEST_COUNTED), rows=listed)
    sentence = Notice(
        "pillars.permits.sentence", when=window_words(*years), route=vintage.name_of("route", asked.route or ""),
        unit=Notice(f"pillars.unit.{mix.unit}"), nationalities=named[:MOST_NAMED],
    )  # fmt: skip
    return Finding(sentence, unit="per_1000", window=years, rows=listed, sources=(rows["source"][0], mix.source))


def _permits_row(nationality: str, people: int, rows: pl.DataFrame, years: Span) -> ViewRow:
    permits = total(rows, "first_permits")
    is_enough = people >= FEWEST_COUNTED
    status = UNKNOWN if permits is None else PUBLISHED if is_enough else NOT_APPLICABLE
    return ViewRow(
        part=nationality, name=area_name(nationality), what=say("pillars.what.permits"), date_from=years[0],
        date_to=years[1], value=permits / people * 1000 if permits is not None and is_enough else None,
        unit="per_1000", numerator=permits, denominator=people, status=status,
        note=say("pillars.permits.states", states=rows.drop_nulls("value")["area"].n_unique()),
    )  # fmt: skip
