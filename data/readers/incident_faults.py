"""What is wrong in rows of incidents, and what was read otherwise than it is written."""

from functools import partial
from typing import Any, Final

import polars as pl

from data.model.days import EARLIEST, latest_day
from data.readers import parse
from data.readers.dates import has_several, why_not
from data.readers.incident_fields import FIELDS
from data.readers.raw_rows import RawRows
from data.readers.result import ROW, log_changes, quarantine_row
from data.readers.text_table import TOO_LONG, is_too_long
from data.readers.whole_numbers import MARK_READ, is_marked, reasons, with_readings

PEOPLE: Final = ("dead", "missing", "total", "survivors", "female", "male", "children")
TOLL: Final = ("dead", "missing", "total")


def faults_of(frame: pl.DataFrame, raw: RawRows, *, file: str) -> list[dict[str, Any]]:
    """Return a quarantine line for every stated value that is impossible."""
    is_undated = pl.col("date").is_not_null() & pl.col("date_value").is_null()
    rules = [
        (where, name, pl.col(name), expected)
        for name in TOLL
        for where, expected in reasons(
            pl.col(name), pl.col(name).is_not_null() & pl.col(f"{name}_value").is_null(),
            "expected a whole number of people. Correct it at its source.",
        )
    ]  # fmt: skip
    rules += [
        (
            parse.is_out_of_bounds(pl.col("date_value")),
            "date",
            pl.col("date"),
            parse.DAY_BOUNDS,
        ),
    ]
    rules += [
        (is_undated & (pl.col("date") == text), "date", pl.col("date"), why_not(text))
        for text in frame.select("date", "date_value").filter(is_undated)["date"].unique(maintain_order=True)
    ]
    rules += [
        (
            pl.col("date").is_null() & ~pl.col("year_value").is_between(EARLIEST.year, latest_day().year),
            "year", pl.col("year"), parse.DAY_BOUNDS,
        ),
        (
            _says_nothing(), "row", pl.lit("nothing"),
            "expected people, a day or a place: the row says none of them.",
        ),
    ]  # fmt: skip
    too_long = {name: is_too_long(name) for name in FIELDS}
    rules += [(where, name, pl.col(name), TOO_LONG) for name, where in too_long.items()]
    doubtful = frame.filter(_may_be_wrong().fill_null(value=False) | pl.any_horizontal(too_long.values()))
    lines: list[dict[str, Any]] = []
    for where, column, value, expected in rules:
        hits = doubtful.filter(where.fill_null(value=False)).select(ROW, value.alias("value"))
        lines += [
            quarantine_row(file=file, row=row, column=column, value=found,
                           reason=f"found {found}, {with_readings(expected, found)}", raw=text)
            for row, found, text, _ in (raw.beside(hits).iter_rows() if hits.height else ())
        ]  # fmt: skip
    return lines


def _may_be_wrong() -> pl.Expr:
    """Return whether a row is one that the rules have to look at: told without reading a text."""
    is_unread = [pl.col(name).is_not_null() & pl.col(f"{name}_value").is_null() for name in (*TOLL, "date")]
    is_undated = pl.col("date").is_null() & ~pl.col("year_value").is_between(EARLIEST.year, latest_day().year)
    return pl.any_horizontal(*is_unread, parse.is_out_of_bounds(pl.col("date_value")), is_undated, _says_nothing())


def _says_nothing() -> pl.Expr:
    said = ("dead", "missing", "total", "date", "year", "place", "coordinates", "latitude", "longitude")
    return pl.all_horizontal(pl.col(name).is_null() for name in said)


def value_log(frame: pl.DataFrame, *, file: str) -> pl.DataFrame:
    """Return log lines for numbers read differently from how they are written."""
    stated = {name: frame.select(ROW, name, f"{name}_value").drop_nulls(name) for name in PEOPLE}
    logs = [
        log_changes(stated[name], file=file, column=name, found=pl.col(name), kept=pl.col(f"{name}_value"),
                    where=is_marked(pl.col(name)) & pl.col(f"{name}_value").is_not_null(),
                    rule=MARK_READ)
        for name in PEOPLE
    ]  # fmt: skip
    for name in ("survivors", "female", "male", "children"):
        wrong = pl.col(name).is_not_null() & (pl.col(f"{name}_value").is_null() | (pl.col(f"{name}_value") < 0))
        logs.append(
            log_changes(stated[name], file=file, column=name, found=pl.col(name), kept=pl.lit(None, pl.String),
                        where=wrong, rule="not a number of people: withheld")
        )  # fmt: skip
    return pl.concat(logs)


def date_log(frame: pl.DataFrame, *, file: str) -> pl.DataFrame:
    """Return log lines for dates with more than one reading, and for days that their own year or month contradict."""
    days = pl.col("date_value")
    several = [text for text in frame["date"].drop_nulls().unique().to_list() if has_several(text)]
    other = (days.dt.year() != pl.col("year_value")) | (days.dt.month() != pl.col("month_value"))
    beside = pl.concat_str(pl.lit("Q8: its row states "), pl.col("month").fill_null(""), pl.lit(" "),
                           pl.col("year").fill_null(""), pl.lit("; the date is used"))  # fmt: skip
    log = partial(log_changes, frame, file=file, column="date", found=pl.col("date"), kept=days)
    read = "Q8: read in the form that its row or the other rows confirm"
    return pl.concat([
        log(where=pl.col("date").is_in(pl.Series(several, dtype=pl.String).implode())
                    & days.is_not_null(), rule=read),
        log(where=other, rule=beside),
    ])  # fmt: skip
