"""Who would be protected? The share of people arriving on a route whom decisions on asylum would protect."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import polars as pl

from data.counting.measures import in_window
from data.indicators.rates import figures_of_rate
from data.model.absence import NOT_APPLICABLE
from data.model.area_codes import area_name
from data.model.caches import kept_numbers
from data.model.days import Span, window_words
from data.model.indicators import INDICATORS
from data.model.notices import Notice, say
from data.pillars.figures import figures_of, source_in
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.pillars.nationality_mix import Mix, mix_of
from data.pillars.windows import span_of, whole_years
from data.risk.formulas import in_percent
from data.store.vintage import Vintage

RATE: Final = INDICATORS["protection_share"]
SOURCE: Final = "unhcr-asylum-decisions"
FEWEST_DECISIONS: Final = 100  # of a nationality, below which its share says too little to stand for others
ALL: Final = "all"


class Expected(NamedTuple):
    """A share expected of a mix: Σ A·share ÷ Σ A over the nationalities with decisions enough."""

    value: float | None
    protected: float
    people: int
    nationalities: int


class Share(NamedTuple):
    """Decisions on one nationality: those that protect, and all on the substance."""

    protect: float
    decided: float

    @property
    def value(self) -> float:
        """Return the share that protects."""
        return self.protect / self.decided


def expected_share(people: Mapping[str, int], shares: Mapping[str, Share]) -> Expected:
    """Return the share of a mix that decisions would protect.

    Parameters
    ----------
    people : who came, by nationality
    shares : decisions by nationality; one with fewer than ``FEWEST_DECISIONS`` is left out, with its people
    """
    used = {one: count for one, count in people.items() if one in shares and shares[one].decided >= FEWEST_DECISIONS}
    whole = sum(used.values())
    protected = sum(count * shares[one].value for one, count in used.items())
    return Expected(protected / whole if whole else None, protected, whole, len(used))


@kept_numbers
def shares_by_nationality(vintage: Vintage, years: Span, *, area: str | None = None) -> dict[str, Share]:
    """Return decisions of the first instance by nationality, in all countries or in one (levels FI, FA and NA)."""
    rows = _decisions(vintage, years)
    rows = rows if area is None else rows.filter(pl.col("area") == area)
    found = figures_of_rate(rows, RATE, by_area=False).drop_nulls(["numerator", "denominator", "partner"])
    sums = found.group_by("partner").agg(pl.col("numerator", "denominator").sum())
    return {one["partner"]: Share(one["numerator"], one["denominator"]) for one in sums.iter_rows(named=True)
            if one["denominator"] > 0}  # fmt: skip


def years_decided(vintage: Vintage, window: Span) -> Span | None:
    """Return the years of a window for which there are decisions; None where there are none."""
    years = whole_years(window)
    return span_of(_decisions(vintage, years))


def _decisions(vintage: Vintage, years: Span) -> pl.DataFrame:
    return figures_of(vintage, (pl.col("source") == source_in(vintage, SOURCE)) & in_window(*years))


def protection(vintage: Vintage, asked: Asked) -> Finding:
    """Return the expected share with the rates of all countries, and beside it with those of the country of arrival."""
    mix = mix_of(vintage, asked)
    if isinstance(mix, Notice):
        return nothing(mix)
    years = years_decided(vintage, mix.window)
    if years is None:
        return nothing(Notice("pillars.why.no_decisions", when=window_words(*mix.window)), sources=(mix.source,))
    world = shares_by_nationality(vintage, years)
    found = expected_share(mix.people, world)
    if found.value is None:
        return nothing(
            Notice("pillars.why.few_decisions", fewest=FEWEST_DECISIONS),
            sources=(mix.source, source_in(vintage, SOURCE)),
        )
    rows = [_row(ALL, say("pillars.protection.all_countries"), found, years)]
    notes = [_coverage(mix, found)]
    if mix.country is not None:
        own = expected_share(mix.people, shares_by_nationality(vintage, years, area=mix.country))
        rows.append(
            _row(mix.country, say("pillars.protection.country_alone", country=area_name(mix.country)), own, years)
        )
    notes += [Notice("pillars.small_groups", groups=mix.hidden)] if mix.hidden else []
    rows += [_of_nationality(one, people, world.get(one), mix) for one, people in mix.people.items()]
    sentence = Notice(
        "pillars.protection.sentence", share=in_percent(found.value, decimals=1), when=window_words(*mix.window),
        unit=Notice(f"pillars.unit.{mix.unit}"), route=vintage.name_of("route", asked.route or ""),
        years=window_words(*years),
    )  # fmt: skip
    return Finding(sentence, value=found.value, unit="share", window=mix.window, rows=rows,
                   sources=(mix.source, source_in(vintage, SOURCE)), notes=notes)  # fmt: skip


def _coverage(mix: Mix, found: Expected) -> Notice:
    return Notice(
        "pillars.protection.coverage", known=found.people, whole=mix.known + mix.unknown,
        nationalities=found.nationalities, unknown=mix.unknown, few=len(mix.people) - found.nationalities,
        fewest=FEWEST_DECISIONS,
    )  # fmt: skip


def _row(part: str, name: str, found: Expected, years: Span) -> ViewRow:
    return ViewRow(
        part=part, name=name, what=say("pillars.protection.expected"), date_from=years[0], date_to=years[1],
        value=found.value, unit="share", numerator=found.protected if found.people else None,
        denominator=found.people or None,
        status="published" if found.people else NOT_APPLICABLE,
        note=say("pillars.protection.of_nationalities", number=found.nationalities),
    )  # fmt: skip


def _of_nationality(one: str, people: int, share: Share | None, mix: Mix) -> ViewRow:
    is_enough = share is not None and share.decided >= FEWEST_DECISIONS
    return ViewRow(
        part=one, name=area_name(one), what=say("pillars.protection.decided"), date_from=mix.window[0],
        date_to=mix.window[1], value=share.value if share and is_enough else None, unit="share",
        numerator=share.protect if share else None, denominator=share.decided if share else None,
        status="published" if is_enough else NOT_APPLICABLE,
        note=say("pillars.protection.people", people=people, unit=Notice(f"pillars.unit.{mix.unit}")),
    )  # fmt: skip
