"""Reception, registration, detention: people present on a day, people who entered in a year, alternatives to detention.

No share is made of a stock and a flow; alternatives are a share of themselves and of the people detained.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from data.indicators.sums import word_of
from data.model.area_codes import area_name
from data.model.days import Span, window_words
from data.model.notices import Notice, say
from data.model.units import STOCKS
from data.pillars.figures import figure_row, figures_of, in_years, total
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.pillars.nationality_mix import Mix, mix_of
from data.pillars.stocks import Stock, day_of, present, stock_near, stock_of
from data.risk.formulas import in_percent
from data.store.vintage import Vintage

ALTERNATIVES, DETAINED, ENTERED = "people_in_alternatives", "people_in_detention", "detention_entered"
SUPPORT, APPLIED = "people_in_asylum_support", "asylum_applications"
NEW: Final = "N"  # an application that is the first one of a person
NOT_COUNTED: Final = ("occupancy", "registrations", "conditions")  # what no file that is read states


@dataclass(frozen=True)
class Part:
    """One part of the answer: of which state, its words, rows and sources, and the share where it has one."""

    area: str | None
    words: Notice
    rows: Sequence[ViewRow]
    sources: Sequence[str]
    window: Span
    value: float | None = None


def reception(vintage: Vintage, asked: Asked) -> Finding:
    """Return what files tell of reception and detention, each state by itself; what none tells is named with why."""
    parts = [*_alternatives(vintage, asked), *_detention(vintage, asked), *_support(vintage, asked),
             *_present(vintage, asked), *_applications(vintage, asked)]  # fmt: skip
    if not parts:
        return nothing(Notice("pillars.why.no_reception"))
    mix = mix_of(vintage, asked)
    country = mix.country if isinstance(mix, Mix) else None
    parts.sort(key=lambda one: country is not None and one.area != country)
    notes = [Notice(f"pillars.reception.not_counted.{one}") for one in NOT_COUNTED]
    return Finding(
        Notice("pillars.reception.sentence", parts=[one.words for one in parts]), value=parts[0].value,
        unit="share" if parts[0].value is not None else "persons", window=parts[0].window,
        rows=[row for one in parts for row in one.rows], sources=[source for one in parts for source in one.sources],
        notes=notes,
    )  # fmt: skip


def _areas(vintage: Vintage, indicator: str) -> list[str]:
    return sorted(figures_of(vintage, pl.col("indicator") == indicator)["area"].drop_nulls().unique())


def _alternatives(vintage: Vintage, asked: Asked) -> list[Part]:
    """Return for each state alternatives ÷ (alternatives + detained), of two days at most a month apart."""
    found = []
    for area in _areas(vintage, ALTERNATIVES):
        free = stock_of(vintage, asked, ALTERNATIVES, area)
        held = stock_near(vintage, DETAINED, area, free.day) if free else None
        if free and held:
            found.append(_share(area, free, held))
    return found


def _share(area: str, free: Stock, held: Stock) -> Part:
    whole = free.people + held.people
    rows = [
        ViewRow(part=f"{area}-alternatives", name=area_name(area), what=say("pillars.what.alternatives_share"),
                date_from=min(free.day, held.day), date_to=max(free.day, held.day), value=free.people / whole,
                unit="share", numerator=free.people, denominator=whole,
                note=say("pillars.reception.days", alternatives=free.day, detained=held.day)),
        _stock_row(area, "detained", held),
    ]  # fmt: skip
    words = Notice(
        "pillars.reception.alternatives", country=area_name(area), share=in_percent(free.people / whole, decimals=1),
        alternatives=free.people, detained=held.people, day=free.day,
    )  # fmt: skip
    return Part(area, words, rows, (free.source, held.source), (free.day, free.day), free.people / whole)


def _stock_row(area: str, what: str, stock: Stock) -> ViewRow:
    note = say("pillars.reception.on", day=stock.day)
    return figure_row(f"{area}-{what}", area_name(area), what, stock.people, "persons", day_of(stock), note)


def _detention(vintage: Vintage, asked: Asked) -> list[Part]:
    """Return for each state people who entered detention in a year, and beside them those detained on its last day."""
    held = in_years(vintage, asked, ENTERED)
    if held is None:
        return []
    rows, years = held[0].filter(pl.col("breakdown").is_null()), held[1]
    found = []
    for area in sorted(rows["area"].drop_nulls().unique()):
        entered = total(rows.filter(pl.col("area") == area), ENTERED)
        stock = stock_of(vintage, Asked(None, *years), DETAINED, area)
        if entered is None or stock is None:
            continue
        listed = [
            _stock_row(area, "detained", stock),
            figure_row(f"{area}-entered", area_name(area), "entered", entered, "persons", years),
        ]
        words = Notice("pillars.reception.detention", country=area_name(area), detained=stock.people, day=stock.day,
                       entered=entered, when=window_words(*years))  # fmt: skip
        found.append(Part(area, words, listed, (stock.source, rows["source"][0]), years))
    return found


def _support(vintage: Vintage, asked: Asked) -> list[Part]:
    found = [(area, stock_of(vintage, asked, SUPPORT, area)) for area in _areas(vintage, SUPPORT)]
    return [
        Part(area, Notice("pillars.reception.support", country=area_name(area), people=stock.people, day=stock.day),
             [_stock_row(area, "support", stock)], (stock.source,), day_of(stock))
        for area, stock in found if stock
    ]  # fmt: skip


def _present(vintage: Vintage, asked: Asked) -> list[Part]:
    """Return people present by kind of place, which are not added up: they are of different units (RULES R1)."""
    found = present(vintage, asked, STOCKS)
    return [_places(country, [(unit, stock) for one, unit, stock in found if one == country])
            for country in dict.fromkeys(one for one, *_ in found)]  # fmt: skip


def _places(country: str, found: Sequence[tuple[str, Stock]]) -> Part:
    names = {unit: say(f"pillars.reception.place.{unit}") for unit, _ in found}
    rows = [
        figure_row(f"{country}-{unit}", f"{area_name(country)}: {names[unit]}", "present", stock.people, "persons",
                   day_of(stock), say("pillars.reception.on", day=stock.day))
        for unit, stock in found
    ]  # fmt: skip
    places = [Notice("pillars.reception.present_in", place=names[unit], people=stock.people) for unit, stock in found]
    last = max((stock for _, stock in found), key=lambda one: one.day)
    words = Notice("pillars.reception.present", country=area_name(country), places=places, day=last.day)
    return Part(country, words, rows, tuple(dict.fromkeys(stock.source for _, stock in found)), day_of(last))


def _applications(vintage: Vintage, asked: Asked) -> list[Part]:
    """Return people who arrived on the route beside first applications for asylum in the country where they arrived."""
    mix = mix_of(vintage, asked)
    if not isinstance(mix, Mix) or mix.country is None:
        return []
    held = in_years(vintage, Asked(None, *mix.window), APPLIED)
    if held is None:
        return []
    rows, years = held[0].filter(pl.col("area") == mix.country, word_of("application") == NEW), held[1]
    applied = total(rows, APPLIED)
    if applied is None:
        return []
    country, arrived = area_name(mix.country), mix.known + mix.unknown
    listed = [
        figure_row(f"{mix.country}-arrived", country, "arrived", arrived, "persons", mix.window),
        figure_row(f"{mix.country}-applied", country, "applied", applied, "applications", years),
    ]
    words = Notice("pillars.reception.applications", country=country, arrived=arrived, applied=applied,
                   unit=Notice(f"pillars.unit.{mix.unit}"), when=window_words(*mix.window),
                   years=window_words(*years))  # fmt: skip
    return [Part(mix.country, words, listed, (mix.source, rows["source"][0]), mix.window)]
