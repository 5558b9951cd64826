"""Interceptions, detections, encounters, arrivals: one reader per publisher, told by its header set."""

from typing import Final

import polars as pl

from data import vocabulary
from data.readers import parse
from data.readers.count_rows import bad_count, count, faults, result, stated, texts, thousands_log
from data.readers.result import ROW, ReadResult, log_changes
from data.readers.text_table import TextTable
from data.units import UNITS

FRONTEX: Final = frozenset({"route", "type", "nat", "t", "n"})
CBP_SOUTHWEST: Final = frozenset({"t", "component", "area", "authority", "type", "demog", "nat", "n"})
UK_SMALL_BOATS: Final = frozenset({"full_date", "migrants_arrived", "cumulative_migrants_arrived"})
OWN: Final = frozenset({"unit", "route", "place", "country", "nationality", "date_from", "date_to", "value"})
NOT_A_MONTH: Final = "expected a month such as 2024-06. Correct it at its source."
NO_COUNT: Final = "expected a count. Correct it at its source."
NOT_A_DAY: Final = "expected a day such as 2024-06-30. Correct it at its source."


def _route_ids(frame: pl.DataFrame, column: str) -> pl.Expr:
    texts = [text for text in frame[column].drop_nulls().unique().to_list() if vocabulary.clean(text)]
    table = {text: vocabulary.route_of(text)[0].id for text in texts}
    return pl.col(column).replace_strict(table, default=None, return_dtype=pl.String)


def read_frontex(table: TextTable, *, layout: str, file: str) -> ReadResult:
    """Read Frontex's monthly detections of illegal border crossings: detections, not persons (RULES R2).

    A month without detections is absent from the file: coverage is the whole span of its months.
    """
    frame = texts(table)
    first, last = parse.month_days(pl.col("t"))
    lines = faults(frame, [(first.is_null(), "t", NOT_A_MONTH), bad_count("n"),
                           (stated("n").is_null(), "n", "expected a count. Correct it at its source."),
                           (stated("route").is_null(), "route", "expected a route.")], file=file)  # fmt: skip
    counts = frame.select(
        ROW,
        pl.lit("detections").alias("unit"),
        _route_ids(frame, "route").alias("route"),
        pl.col("type").str.to_lowercase().alias("mode"),
        stated("nat").alias("nationality"),
        first.alias("date_from"), last.alias("date_to"),
        pl.lit("month").alias("step"),
        count("n").alias("value"),
    )  # fmt: skip
    log = thousands_log(frame, ["n"], file=file)
    return result(table, counts, lines, source="frontex", layout=layout, file=file, log=log)


def read_cbp_southwest(table: TextTable, *, layout: str, file: str) -> ReadResult:
    """Read US CBP's Southwest border encounters; ``t`` is the calendar month, ``t_fy`` only its label."""
    frame = texts(table)
    first, last = parse.month_days(pl.col("t"))
    rules = [(first.is_null(), "t", NOT_A_MONTH), bad_count("n"), (stated("n").is_null(), "n", NO_COUNT)]
    lines = faults(frame, rules, file=file)
    counts = frame.select(
        ROW,
        pl.lit("encounters").alias("unit"),
        pl.lit("us-mexico-border-crossing").alias("route"),
        stated("area").alias("place"),
        pl.lit("USA").alias("country"),
        pl.lit("land").alias("mode"),
        stated("nat").alias("nationality"),
        first.alias("date_from"), last.alias("date_to"),
        pl.lit("month").alias("step"),
        count("n").alias("value"),
    )  # fmt: skip
    log = thousands_log(frame, ["n"], file=file)
    return result(table, counts, lines, source="cbp-southwest", layout=layout, file=file, log=log)


def read_uk_small_boats(table: TextTable, *, layout: str, file: str) -> ReadResult:
    """Read daily arrivals by small boat in the UK.

    A day without arrivals is blank: it is 0 where the running sum does not move, which is logged; else null.
    """
    frame = texts(table)
    days = parse.day(pl.col("full_date"))
    running = count("cumulative_migrants_arrived")
    before = pl.when(days.dt.ordinal_day() == 1).then(0).otherwise(running.shift(1))
    blank = stated("migrants_arrived").is_null()
    unmoved = blank & (running == before)
    marked = frame.with_columns(unmoved.fill_null(value=False).alias("is_none"))
    lines = faults(frame, [(days.is_null(), "full_date", NOT_A_DAY), bad_count("migrants_arrived")], file=file)
    counts = marked.select(
        ROW,
        pl.lit("persons_arrived").alias("unit"),
        pl.lit("english-channel").alias("route"),
        pl.lit("United Kingdom").alias("place"),
        pl.lit("GBR").alias("country"),
        pl.lit("sea").alias("mode"),
        days.alias("date_from"), days.alias("date_to"),
        pl.lit("day").alias("step"),
        pl.when(pl.col("is_none")).then(0).otherwise(count("migrants_arrived")).alias("value"),
    )  # fmt: skip
    log = log_changes(
        marked, file=file, column="migrants_arrived", found=pl.lit(None, pl.String), kept=pl.lit("0"),
        where=pl.col("is_none"), rule="blank read as 0: the publisher's running sum does not move",
    )  # fmt: skip
    log = pl.concat([log, thousands_log(frame, ["migrants_arrived"], file=file)])
    return result(table, counts, lines, source="uk-small-boats", layout=layout, file=file, log=log)


def read_own(table: TextTable, *, layout: str, file: str) -> ReadResult:
    """Read this project's own layout of counts, for a publisher that has no reader yet."""
    frame = texts(table)
    first, last = parse.day(pl.col("date_from")), parse.day(pl.col("date_to"))
    days = (last - first).dt.total_days() + 1
    rules = [
        (~pl.col("unit").is_in(sorted(UNITS)), "unit", f"expected one of {', '.join(sorted(UNITS))}."),
        (first.is_null(), "date_from", NOT_A_DAY),
        (last.is_null() | (last < first), "date_to", "expected a day not before date_from."),
        bad_count("value"),
    ]
    counts = frame.select(
        ROW, "unit",
        _route_ids(frame, "route").alias("route"),
        stated("place").alias("place"), stated("country").alias("country"),
        stated("nationality").alias("nationality"),
        first.alias("date_from"), last.alias("date_to"),
        pl.when(days == 1).then(pl.lit("day")).when(days <= 31).then(pl.lit("month"))
        .otherwise(pl.lit("year")).alias("step"),
        count("value").alias("value"),
    )  # fmt: skip
    return result(table, counts, faults(frame, rules, file=file), source="counts", layout=layout, file=file)
