"""The words of a sector's border section: figures of whole routes with what each divides by, or why there is none."""

from datetime import date
from decimal import Decimal
from typing import Final

from data.model.days import span_words
from data.model.notices import Notice, decimal, say
from data.sectors.answer_model import SectorSheet
from data.sectors.border_model import BorderRoute, InterceptedThen, MonthLoad, Per1000
from layouts.text.sector import LEAP_YEAR

COLUMNS: Final = ("what", "figure", "made")
WHOLE_FROM: Final = 100  # people, from which a median is written without decimals
ONE_DECIMAL_FROM: Final = 1  # deaths per 1,000, from which one decimal is written; below two are


def border_heading(sheet: SectorSheet) -> str:
    """Return what the section is of: it stands on a sheet of its own, so it names the sector."""
    return say("sectors.border.heading_of", sector=sheet.sector.words)


def border_heads() -> list[str]:
    """Return the heads of a route's table."""
    return [say(f"sectors.border.{name}") for name in COLUMNS]


def border_caption(one: BorderRoute) -> str:
    """Return which route a table is of, and whose figures it has."""
    return say("sectors.border.caption", route=one.route_name, sources=one.sources or None)


def border_rows(one: BorderRoute) -> list[list[str]]:
    """Return deaths per 1,000 attempts, interceptions beside those before, and the load of the month: a row each."""
    days = span_words(one.first, one.last) if one.first and one.last else None
    rows = [_risk_row(risk, days) for risk in one.risk]
    rows += [_taken_row(one.interceptions, days)] if one.interceptions else []
    return [*rows, *map(_load_row, one.loads)]


def border_note(one: BorderRoute) -> str:
    """Return which places are left out, and what is not added; empty where there is nothing to say."""
    return " ".join(map(str, one.notes))


def _risk_row(one: Per1000, days: Notice | None) -> list[str]:
    what = say(f"sectors.border.{one.variant}", days=days)
    if one.value is None:
        return [what, say("sectors.state.not_computable"), _sentence(one.why)]
    figure = say("sectors.border.value", value=_written(one.value), low=None if one.low is None else _written(one.low),
                 high=None if one.high is None else _written(one.high))  # fmt: skip
    made = say(f"sectors.border.made_{one.variant}", deaths=one.deaths, below=one.denominator, arrivals=one.arrivals,
               interceptions=one.interceptions)  # fmt: skip
    return [what, figure, made]


def _sentence(why: Notice | None) -> str:
    return say("sectors.border.why", reason=why) if why else ""


def _written(value: float) -> str:
    return decimal(Decimal(f"{value:.1f}" if value >= ONE_DECIMAL_FROM else f"{value:.2f}"))


def _taken_row(one: InterceptedThen, days: Notice | None) -> list[str]:
    what = say("sectors.border.intercepted", places=list(one.places) or None, days=days)
    if one.people is None:
        return [what, say("sectors.state.not_computable"), _sentence(one.why)]
    if one.before is None or one.difference is None:
        made = say("sectors.border.not_compared", when=span_words(one.before_first, one.before_last), why=one.why)
        return [what, say("sectors.border.people", people=one.people), made]
    direction = "same" if one.difference == 0 else "more" if one.difference > 0 else "fewer"
    percent = None if one.percent is None or direction == "same" else _percent(one.percent)
    made = say("sectors.border.change", before=one.before, when=span_words(one.before_first, one.before_last),
               direction=direction, size=abs(one.difference), percent=percent)  # fmt: skip
    return [what, say("sectors.border.people", people=one.people), made]


def _percent(value: float) -> Decimal:
    return Decimal(f"{abs(value):.0f}" if abs(value) >= ONE_DECIMAL_FROM else f"{abs(value):.1f}")


def _load_row(one: MonthLoad) -> list[str]:
    """Return a row of a month: its median year, and beside it the spread of the years and the number planned for."""
    years = one.years[-1].year - one.years[0].year + 1
    what = say(f"sectors.border.load_{one.measure}", month=date(LEAP_YEAR, one.month, 1), first=one.years[0].year,
               last=one.years[-1].year, places=list(one.places) or None)  # fmt: skip
    median = Decimal(f"{one.median:.1f}") if one.median % 1 and one.median < WHOLE_FROM else round(one.median)
    made = say("sectors.border.spread", fewest=one.fewest, most=one.most, planned=one.planned, above=one.years_above,
               years=len(one.years), lacking=years - len(one.years))  # fmt: skip
    return [what, say("sectors.border.median", median=median), made]
