"""UNITED's list of deaths, from the printed list: one row per event, newest first, without coordinates.

Days are written day first with two digits of the year; ``Nov 15`` is November 2015 and ``1994`` the year, as the order
of the list shows. The column of names never comes in.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from data.model.days import ONE_DAY
from data.model.sources import Publication
from data.readers.dates import FORMS, month_of, readings, year_of
from data.readers.incident_layout import IncidentLayout
from data.readers.result import log_changes

MONTH: Final = re.compile(r"^([A-Za-z]{3,9})\.? (\d{2}|\d{4})$")
YEAR: Final = re.compile(r"^(19|20)\d{2}$")
UNPARTED: Final = re.compile(r"^(\d{2})(\d{2})/(\d{2})$")  # 3010/16
Span = tuple[date, date]


def _span(text: str | None) -> list[Span]:
    """Return the days, months or years that a text may mean; of a day with two digits of the year, day first."""
    plain = " ".join((text or "").split())
    month = MONTH.match(plain)
    if month and (number := month_of(month[1])) and (year := year_of(month[2])):
        return [(date(year, number, 1), _last_of(year, number))]
    if YEAR.match(plain):
        return [(date(int(plain), 1, 1), date(int(plain), 12, 31))]
    family, found = readings(UNPARTED.sub(r"\1/\2/\3", plain))
    if family == "13/01/20":
        found = {form: day for form, day in found.items() if form == FORMS["dmy"]}
    return [(day, day) for day in sorted(set(found.values()))]


def _last_of(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - ONE_DAY


def spans_of(texts: Sequence[str | None]) -> list[Span | None]:
    """Return the span of each text of the list; of several readings that which lies between its neighbours."""
    found = [_span(text) for text in texts]
    return [_certain(found, place) for place in range(len(found))]


def _certain(found: list[list[Span]], place: int) -> Span | None:
    choices = found[place]
    if len(choices) > 1:
        later = next((one[0] for one in reversed(found[:place]) if len(one) == 1), None)
        earlier = next((one[0] for one in found[place + 1 :] if len(one) == 1), None)
        choices = [
            one for one in choices if (not later or one[0] <= later[1]) and (not earlier or earlier[0] <= one[1])
        ]
    return choices[0] if len(choices) == 1 else None


def prepare(frame: pl.DataFrame, file: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return ``frame`` with days as 2015-11-30 and months and years in columns of their own, and what was not plain."""
    spans = spans_of(frame["date"].to_list())
    days = [one[0].isoformat() if one and one[0] == one[1] else None for one in spans]
    months = [str(one[0].month) if one and one[0] != one[1] and one[0].month == one[1].month else None for one in spans]
    years = [str(one[0].year) if one and one[0] != one[1] else None for one in spans]
    dated = frame.with_columns(
        pl.col("date").alias("written"),
        pl.Series("day", days, dtype=pl.String),
        pl.Series("month", months, dtype=pl.String),
        pl.Series("year", years, dtype=pl.String),
    ).with_columns(
        pl.when(pl.col("day").is_null() & pl.col("year").is_null()).then(pl.col("date")).otherwise("day").alias("date")
    )
    odd = pl.col("day").is_not_null() & ~pl.col("written").str.contains(r"^\d{2}/\d{2}/\d{2}$")
    log = log_changes(dated, file=file, column="date", found=pl.col("written"), kept=pl.col("day"), where=odd,
                      rule="Q8: read day first, or as its place in the list says")  # fmt: skip
    return dated.drop("written", "day"), log


LAYOUT: Final = IncidentLayout(
    id="united-list",
    source="united",
    publication=Publication(
        "UNITED for Intercultural Action", "List of deaths",
        "UNITED for Intercultural Action, list of refugee deaths, extracted from the printed list by onData",
        "CC BY 4.0",
        "https://unitedagainstrefugeedeaths.eu",
    ),
    needs=frozenset({"founddead", "number", "regionoforigin", "causeofdeath", "source", "countryofincident"}),
    fields={
        "date": "founddead", "total": "number", "region_origin": "regionoforigin", "cause": "causeofdeath",
        "reporter": "source", "country": "countryofincident",
    },
    persons=("namegenderage", "name"),
    prepare=prepare,
    priority=4,
)  # fmt: skip
