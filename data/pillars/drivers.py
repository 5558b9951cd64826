"""What drives it? Five series of each origin side by side, on the years of the route: association, never cause.

Nothing is added up over series, and no score is made of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import polars as pl

from data.indicators.sums import word_of
from data.model.absence import NOT_COLLECTED, PUBLISHED
from data.model.area_codes import area_name
from data.model.days import Span, window_words
from data.model.indicators import INDICATORS
from data.model.notices import Notice, say
from data.pillars.figures import figures_of
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.pillars.nationality_mix import Mix, mix_of
from data.pillars.windows import whole_years
from data.risk.formulas import in_percent
from data.store.vintage import Vintage

CONFLICT: Final = "conflict"
PHASE_3_UP: Final = "3+"  # of IPC: crisis and worse
MOST_ORIGINS: Final = 5
YEARS: Final = 10  # that are shown where no day is asked for
BY_YEAR: Final = ("source", "area", "year")


@dataclass(frozen=True)
class Series:
    """One series: its id, which is the key of its words, the indicator, which of its figures, and whether they add up.

    Of figures that do not add up the latest period of a year stands for it.
    """

    id: str
    indicator: str
    which: pl.Expr
    is_added: bool = False

    @property
    def unit(self) -> str:
        """Return the unit of its values."""
        return INDICATORS[self.indicator].unit


SERIES: Final = (
    Series("conflict", "new_displacements", word_of("cause") == CONFLICT, is_added=True),
    Series("disasters", "new_displacements", word_of("cause") != CONFLICT, is_added=True),
    Series("hunger", "food_insecure_share",
           (word_of("phase") == PHASE_3_UP) & (word_of("validity") == "current")),
    Series("work", "unemployment", pl.lit(value=True)),
    Series("risk", "inform_risk", pl.lit(value=True)),
)  # fmt: skip
Values = Mapping[tuple[str, str, int], tuple[float, str]]  # by area, series and year: the value, and its source


def drivers(vintage: Vintage, asked: Asked) -> Finding:
    """Return the five series of the nationalities that are counted most on the route, or of the largest origins."""
    figures = figures_of(vintage, pl.col("indicator").is_in({one.indicator for one in SERIES}))
    every = {one.id: series_of(figures, one) for one in SERIES}
    held = pl.concat(one for one in every.values())
    mix = mix_of(vintage, asked)
    window = _years(asked, mix, held)
    inside = {name: rows.filter(pl.col("year").is_between(window[0].year, window[1].year))
              for name, rows in every.items()} if window else {}  # fmt: skip
    origins = list(mix.people)[:MOST_ORIGINS] if isinstance(mix, Mix) else largest(inside)
    values = {(area, name, year): (value, source) for name, rows in inside.items()
              for source, area, year, value in rows.iter_rows()}  # fmt: skip
    if window is None or not any(key[0] in origins for key in values):
        return nothing(Notice("pillars.why.no_drivers"))
    rows = [row for one in origins for each in SERIES for row in _rows(one, each, values, window)]
    used = dict.fromkeys(source for (area, *_), (_, source) in values.items() if area in origins)
    sentence = Notice(
        "pillars.drivers.sentence", origins=[area_name(one) for one in origins], when=window_words(*window),
        route=vintage.name_of("route", asked.route) if isinstance(mix, Mix) and asked.route else None,
        first=_latest(origins, values),
    )  # fmt: skip
    return Finding(sentence, window=window, rows=rows, is_by_year=True,
                   sources=(*used, *([mix.source] if isinstance(mix, Mix) else [])),
                   notes=[Notice("pillars.drivers.association"), *_not_of_route(asked, mix)])  # fmt: skip


def _not_of_route(asked: Asked, mix: Mix | Notice) -> list[Notice]:
    """Return why the origins are not those of the route that is asked for."""
    return [Notice("pillars.drivers.not_of_route", why=mix)] if asked.route and isinstance(mix, Notice) else []


def series_of(figures: pl.DataFrame, series: Series) -> pl.DataFrame:
    """Return one value per area and year: source, area, year, value; ``figures`` are of all indicators (INDICATORS).

    Of each area one source is taken, that which reaches furthest; two are never joined, as each counts in its own way.
    A year of which a part is not known has no value (RULES R11).
    """
    rows = figures.filter((pl.col("indicator") == series.indicator) & series.which)
    rows = rows.with_columns(pl.col("date_from").dt.year().alias("year"))
    if series.is_added:
        found = rows.group_by(BY_YEAR).agg(pl.col("value").sum(), absent=pl.col("value").null_count())
        found = found.filter(pl.col("absent") == 0)
    else:
        found = rows.drop_nulls("value").sort("date_from", "date_to", "row").group_by(BY_YEAR).agg(
            pl.col("value").last())  # fmt: skip
    best = found.group_by("area", "source").agg(pl.col("year").max().alias("reach"), pl.len())
    best = best.sort("reach", "len", "source", descending=[True, True, False]).unique("area", keep="first",
                                                                                      maintain_order=True)  # fmt: skip
    return found.join(best, on=["area", "source"], how="semi").select(*BY_YEAR, "value").sort("area", "year")


def _years(asked: Asked, mix: Mix | Notice, held: pl.DataFrame) -> Span | None:
    """Return the years that are shown: those asked for, else the last ten, up to the year of the people counted."""
    last = held["year"].max()
    if not isinstance(last, int):
        return None
    if isinstance(mix, Mix):
        last = min(last, mix.window[1].year)
    end = asked.end or date(last, 12, 31)
    return whole_years((asked.start or date(end.year - YEARS + 1, 1, 1), end))


def largest(inside: Mapping[str, pl.DataFrame]) -> list[str]:
    """Return the areas with most people newly displaced by conflict and disasters in the years shown."""
    rows = [rows for name, rows in inside.items() if name in ("conflict", "disasters")]
    if not rows:
        return []
    sums = pl.concat(rows).drop_nulls("area").group_by("area").agg(pl.col("value").sum())
    return sums.sort("value", "area", descending=[True, False])["area"].head(MOST_ORIGINS).to_list()


def _rows(origin: str, series: Series, values: Values, window: Span) -> list[ViewRow]:
    """Return a row for each year; of a series without any year one row for all of them."""
    years = range(window[0].year, window[1].year + 1)
    if not any((origin, series.id, year) in values for year in years):
        return [_row(origin, series, None, window)]
    return [
        _row(origin, series, values.get((origin, series.id, year), (None, ""))[0],
             (date(year, 1, 1), date(year, 12, 31)))
        for year in years
    ]  # fmt: skip


def _row(origin: str, series: Series, value: float | None, window: Span) -> ViewRow:
    return ViewRow(
        part=f"{origin}-{series.id}", name=area_name(origin), what=say(f"pillars.drivers.series.{series.id}"),
        date_from=window[0], date_to=window[1], value=value, unit=series.unit,
        status=NOT_COLLECTED if value is None else PUBLISHED,
    )  # fmt: skip


def _latest(origins: Sequence[str], values: Values) -> Notice | None:
    """Return the latest value of each series of the first origin that has any."""
    for origin in origins:
        parts = [_last_value(origin, one, values) for one in SERIES]
        if any(parts):
            return Notice("pillars.drivers.latest", origin=area_name(origin), parts=[one for one in parts if one])
    return None


def _last_value(origin: str, series: Series, values: Values) -> Notice | None:
    years = [year for area, name, year in values if (area, name) == (origin, series.id)]
    if not years:
        return None
    value = values[origin, series.id, max(years)][0]
    shown = in_percent(value, decimals=0) if series.unit == "share" else value
    if series.unit not in ("share", "displacements"):
        shown = Decimal(f"{value:.1f}")
    return Notice(f"pillars.drivers.value.{series.id}", value=shown, year=max(years))
