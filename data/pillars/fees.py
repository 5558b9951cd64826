"""What does it cost? Prices of passage as ranges with their number of reports, how it was paid, and money sent home."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from statistics import median
from typing import Any, Final

import polars as pl

from data.counting.measures import in_window
from data.indicators.sums import word_of
from data.model.absence import NOT_APPLICABLE, PUBLISHED
from data.model.area_codes import area_name
from data.model.days import Span, window_words
from data.model.notices import Notice, say
from data.pillars.figures import figure_row, figures_of, in_years
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.pillars.nationality_mix import Mix, mix_of
from data.pillars.windows import span_of, whole_years
from data.store.vintage import Vintage

PRICE, COST, BASE = "passage_price", "survey_cost", "survey_cost_stated"
PAYMENT, MONEY = "survey_payment", "remittances_received"
FEWEST: Final = 5  # reports, below which a range says nothing of a year
FEWEST_OF_BATCH: Final = 100  # reports of one service in one year, from which they are a batch of their own
HALF: Final = 0.5
OTHERS: Final = "others"
QUARTILES: Final = ("lower quartile", "median", "upper quartile")
MOST_CLAUSES: Final = 3
Batch = tuple[str, date, str]


def fees(vintage: Vintage, asked: Asked) -> Finding:
    """Return prices by route, year and batch; costs and ways of payment of surveys; money received at the origins.

    Batches are never pooled: a service with very many reports, and most of a year, stands by itself. A range needs
    ``FEWEST`` reports. Without days each year that is covered is shown.
    """
    prices, surveys = _prices(vintage, asked), _of_route(_chosen(vintage, asked, COST, BASE, PAYMENT), asked)
    found = [*price_rows(vintage, prices)]
    of_survey = [*survey_rows(surveys)]
    if not found and not of_survey:
        return nothing(Notice("pillars.why.no_prices", route=vintage.name_of("route", asked.route) if asked.route
                              else None))  # fmt: skip
    clauses = [*_price_clauses(found), *_survey_clauses(surveys)]
    if not clauses:
        return nothing(Notice("pillars.why.few_reports", fewest=FEWEST), rows=found, sources=_sources(prices))
    backdrop, source = _money(vintage, asked)
    every = pl.concat([prices.select("date_from", "date_to"), surveys.select("date_from", "date_to")])
    return Finding(
        Notice("pillars.fees.sentence", clauses=clauses), window=span_of(every), rows=[*found, *of_survey, *backdrop],
        sources=[*_sources(prices), *_sources(surveys), *([source] if source else [])],
        notes=[Notice("pillars.fees.backdrop")] if backdrop else [], is_by_year=bool(found),
    )  # fmt: skip


def _sources(rows: pl.DataFrame) -> list[str]:
    return rows["source"].unique().sort().to_list()


def _chosen(vintage: Vintage, asked: Asked, *indicators: str) -> pl.DataFrame:
    every = figures_of(vintage, pl.col("indicator").is_in(indicators))
    covered = span_of(every)
    if covered is None:
        return every
    return every.filter(in_window(*whole_years((asked.start or covered[0], asked.end or covered[1]))))


def _of_route(rows: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    return rows if asked.route is None else rows.filter(pl.col("route") == asked.route)


def _prices(vintage: Vintage, asked: Asked) -> pl.DataFrame:
    """Return reported prices with their route, by our id or the publisher's words; a price of 0 is a mere rounding."""
    every = _chosen(vintage, asked, PRICE).filter(pl.col("value") > 0)
    rows = every.with_columns(pl.coalesce(word_of("route"), "route").alias("route")).drop_nulls("route")
    return _of_route(rows.with_columns(word_of("service").alias("service")), asked)


def batches(prices: pl.DataFrame) -> dict[Batch, list[float]]:
    """Return prices by route, year and batch: a service with very many and most reports of a year, and all others."""
    by = ("route", "date_to")
    number = pl.len().over(*by, "service")
    is_most = pl.col("service").is_not_null() & (number >= FEWEST_OF_BATCH) & (number > HALF * pl.len().over(*by))
    batch = pl.when(is_most).then("service").otherwise(pl.lit(OTHERS)).alias("batch")
    groups = prices.with_columns(batch).group_by(*by, "batch").agg(pl.col("value").sort())
    size = pl.col("value").list.len()
    ordered = groups.sort("date_to", size, "route", "batch", descending=[True, True, False, False])
    return {(one["route"], one["date_to"], one["batch"]): one["value"] for one in ordered.to_dicts()}


def price_rows(vintage: Vintage, prices: pl.DataFrame) -> Iterator[ViewRow]:
    """Yield lowest, median and highest price of each batch, with the number of its reports and its currency."""
    unit = str(prices["unit"].first() or "")
    for (route, last, batch), values in batches(prices).items():
        name = vintage.name_of("route", route)
        of = name if batch == OTHERS else say("pillars.fees.of_service", route=name, service=batch)
        for what, value in _range(values).items():
            is_enough = len(values) >= FEWEST
            yield ViewRow(
                part=f"{route}/{batch}/{what}", name=of, what=say(f"pillars.fees.price.{what}"),
                date_from=date(last.year, 1, 1), date_to=last, value=value if is_enough else None, unit=unit,
                denominator=len(values), status=PUBLISHED if is_enough else NOT_APPLICABLE,
                note=say("pillars.fees.reports", number=len(values), unit=unit),
            )  # fmt: skip


def _range(values: Sequence[float]) -> dict[str, float]:
    return {"median": median(values), "lowest": min(values), "highest": max(values)}


def _price_clauses(rows: Iterable[ViewRow]) -> list[Notice]:
    """Return the ranges of the latest year that has some, the most reports first."""
    known = [row for row in rows if row.value is not None]
    last = max((row.date_to for row in known if row.date_to), default=None)
    parts = {(row.part.rsplit("/", 1)[0], row.part.rsplit("/", 1)[1]): row for row in known if row.date_to == last}
    medians = sorted((row for (_, what), row in parts.items() if what == "median"),
                     key=lambda row: (-(row.denominator or 0), row.part))  # fmt: skip
    return [
        Notice("pillars.fees.clause", route=row.name, year=last.year if last else 0, median=row.value,
               lowest=parts[row.part.rsplit("/", 1)[0], "lowest"].value,
               highest=parts[row.part.rsplit("/", 1)[0], "highest"].value, number=row.denominator, unit=row.unit)
        for row in medians[:MOST_CLAUSES]
    ]  # fmt: skip


def _by_channel(rows: pl.DataFrame) -> list[tuple[str | None, str, Span, pl.DataFrame]]:
    """Return the figures of each area and channel, all areas together first."""
    marked = rows.with_columns(word_of("channel").alias("channel")).drop_nulls("channel")
    ordered = marked.sort("area", "channel", nulls_last=False, maintain_order=True)
    groups = ordered.partition_by("area", "channel", maintain_order=True)
    return [(one["area"][0], one["channel"][0], (one["date_from"][0], one["date_to"][0]), one) for one in groups]


def survey_rows(rows: pl.DataFrame) -> Iterator[ViewRow]:
    """Yield quartiles of cost with how many stated one, and how the journey was paid as shares of those asked."""
    for area, channel, window, own in _by_channel(rows):
        where = area_name(area) if area else say("pillars.fees.all_asked")
        name = say("pillars.fees.of_channel", channel=Notice(f"pillars.fees.channel.{_key(channel)}"), area=where)
        part = f"survey/{area or 'all'}/{_key(channel)}"
        stated = _value(own.filter(pl.col("indicator") == BASE))
        for one in own.filter(pl.col("indicator") == COST).with_columns(word_of("statistic").alias("word")).to_dicts():
            if one["word"] in QUARTILES:
                yield ViewRow(
                    part=f"{part}/{_key(one['word'])}", name=name, what=say(f"pillars.fees.cost.{_key(one['word'])}"),
                    date_from=window[0], date_to=window[1], value=one["value"], unit=one["unit"], denominator=stated,
                    note=say("pillars.fees.stated", number=stated, unit=one["unit"]),
                )  # fmt: skip
        yield from _payment_rows(own, part, name, window)


def _payment_rows(own: pl.DataFrame, part: str, name: str, window: Span) -> Iterator[ViewRow]:
    rows = own.filter(pl.col("indicator") == PAYMENT).with_columns(word_of("payment").alias("word"))
    asked = _value(rows.filter(pl.col("word").is_null()))
    for one in rows.drop_nulls("word").to_dicts():
        is_known = one["value"] is not None and asked
        yield ViewRow(
            part=f"{part}/{_key(one['word'])}", name=name, what=say(f"pillars.fees.payment.{_key(one['word'])}"),
            date_from=window[0], date_to=window[1], value=one["value"] / asked if is_known else None, unit="share",
            numerator=one["value"], denominator=asked, status=one["absence"] or PUBLISHED,
        )  # fmt: skip


def _survey_clauses(rows: pl.DataFrame) -> list[Notice]:
    found = []
    for area, channel, window, own in _by_channel(rows):
        costs = {one["word"]: one["value"] for one in own.filter(pl.col("indicator") == COST)
                 .with_columns(word_of("statistic").alias("word")).to_dicts()}  # fmt: skip
        if area is None and channel == "smuggler" and all(costs.get(one) is not None for one in QUARTILES):
            found.append(Notice(
                "pillars.fees.survey", low=costs[QUARTILES[0]], median=costs[QUARTILES[1]], high=costs[QUARTILES[2]],
                number=_value(own.filter(pl.col("indicator") == BASE)), when=window_words(*window),
                unit=own.filter(pl.col("indicator") == COST)["unit"][0],
            ))  # fmt: skip
    return found


def _value(rows: pl.DataFrame) -> float | None:
    return rows["value"][0] if rows.height == 1 else None


def _key(word: str) -> str:
    return word.replace(" ", "_")


def _money(vintage: Vintage, asked: Asked) -> tuple[list[ViewRow], str | None]:
    """Return remittances received where people on the route come from, as a backdrop; and their source."""
    mix = mix_of(vintage, asked)
    held = in_years(vintage, asked, MONEY) if isinstance(mix, Mix) else None
    if held is None or not isinstance(mix, Mix):
        return [], None
    rows = held[0]
    by_place: dict[str, Any] = {}
    for one in rows.drop_nulls("value").sort("date_to").to_dicts():
        by_place[one["area"]] = one
    return [
        figure_row(f"money/{one}", area_name(one), "remittances", by_place[one]["value"], by_place[one]["unit"],
                   (by_place[one]["date_from"], by_place[one]["date_to"]))
        for one in mix.people if one in by_place
    ], rows["source"][0]  # fmt: skip
