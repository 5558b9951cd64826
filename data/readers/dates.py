"""Days as people write them: read where it is certain which day is meant, else null (RULES Q2, Q8).

A text such as ``13-Jan-20`` or ``05/04/2020`` has several readings. One is taken where the year and month columns of
its row agree with it alone, or where the other texts of the column prove the form in which all are written.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import polars as pl

from data.model.days import EARLIEST, latest_day

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMES: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
FORMS: Final = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
CLOCK: Final = r"(?:,?(?: - | |T)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp]\.?[Mm]\.?)?)?$"
WEEKDAY: Final = r"^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,? )?"
WEEKDAY_FORM: Final = re.compile(r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2}/\d{1,2}/\d{4}( - \d{1,2}:\d{2})?$")
NTH: Final = r"(?:st|nd|rd|th)?"
GAP: Final = r"[ .,/-]+"
NAME: Final = r"([A-Za-z]{3,9})"
SERIAL: Final = re.compile(r"^\d{5}(\.\d+)?$")
SERIAL_START: Final = date(1899, 12, 30)  # of the day numbers of spreadsheets, as counted after February 1900
EXAMPLES: Final = "expected a date such as 2025-09-08 or Mon, 10/27/2014 - 12:00. Correct it at its source."

Readings = dict[str, date]  # form: the day that a text means in it


@dataclass(frozen=True)
class Shape:
    """How a text is built; ``family`` names texts that one form would be written in, ``read`` gives their readings."""

    family: str
    pattern: re.Pattern[str]
    read: Callable[[tuple[str, ...]], Readings]


def month_of(name: str) -> int | None:
    """Return 1 to 12 from a month's English name, whole or its first three letters (``Sept`` too)."""
    low = name.lower().rstrip(".")
    if len(low) > len("sept"):
        return MONTH_NAMES.index(low) + 1 if low in MONTH_NAMES else None
    return next(
        (i for i, m in enumerate(MONTHS, 1) if low in (m, MONTH_NAMES[i - 1]) or (low, m) == ("sept", "sep")), None
    )


def year_of(text: str) -> int | None:
    """Return a year from four digits, or from two where one century alone lies within the bounds of dates (Q8)."""
    if len(text) == len("2020"):
        return int(text)
    fitting = [c + int(text) for c in (1900, 2000) if EARLIEST.year <= c + int(text) <= latest_day().year]
    return fitting[0] if len(fitting) == 1 else None


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else month_of(month)
    whole_year = year_of(year)
    if number is None or whole_year is None:
        return None
    try:
        return date(whole_year, number, int(day))
    except ValueError:
        return None


def _shape(family: str, pattern: str, *orders: str) -> Shape:
    """Return the shape of three parts that may stand in each of these orders, such as ``dmy``."""

    def read(parts: tuple[str, ...]) -> Readings:
        found = {}
        for order in orders:
            by = dict(zip(order, parts, strict=True))
            day = _day(by["y"], by["m"], by["d"])
            if day is not None:
                found[FORMS[order]] = day
        return found

    return Shape(family, re.compile(WEEKDAY + pattern + CLOCK), read)


SHAPES: Final = (
    _shape("named", rf"(\d{{1,2}}){NTH}{GAP}(?:of )?{NAME}{GAP}(\d{{4}})", "dmy"),
    _shape("named", rf"{NAME}{GAP}(\d{{1,2}}){NTH}{GAP}(\d{{4}})", "mdy"),
    _shape("named", rf"(\d{{4}}){GAP}{NAME}{GAP}(\d{{1,2}})", "ymd"),
    _shape("dots", r"(\d{1,2})\.(\d{1,2})\.(\d{4})", "dmy"),
    _shape("year first", r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})", "ymd"),
    _shape("year first", r"(\d{4})(\d{2})(\d{2})", "ymd"),
    _shape("13-Jan-20", rf"(\d{{1,2}}){NTH}{GAP}{NAME}{GAP}(\d{{2}})", "dmy", "ymd"),
    _shape("named", rf"{NAME}{GAP}(\d{{1,2}}){NTH}, ?(\d{{2}})", "mdy"),
    _shape("13/01/2020", r"(\d{1,2})/(\d{1,2})/(\d{4})", "dmy", "mdy"),
    _shape("13-01-2020", r"(\d{1,2})-(\d{1,2})-(\d{4})", "dmy", "mdy"),
    _shape("13/01/20", r"(\d{1,2})/(\d{1,2})/(\d{2})", "dmy", "mdy", "ymd"),
    _shape("13-01-20", r"(\d{1,2})-(\d{1,2})-(\d{2})", "dmy", "mdy", "ymd"),
    _shape("13.01.20", r"(\d{1,2})\.(\d{1,2})\.(\d{2})", "dmy", "ymd"),
)  # fmt: skip


def readings(text: str) -> tuple[str, Readings]:
    """Return the family that a text belongs to, and the day that it means in each form; blank where it is no date."""
    plain = " ".join(text.split())
    for shape in SHAPES:
        found = shape.pattern.match(plain)
        if found:
            return shape.family, shape.read(found.groups())
    return "", {}


@dataclass(frozen=True)
class Written:
    """One text of a column with the year and month that its row states beside it."""

    text: str
    year: int | None
    month: int | None

    def agrees(self, day: date) -> bool:
        """Return whether a day is of the row's year and month, as far as they are stated."""
        return self.year in (None, day.year) and self.month in (None, day.month)

    @property
    def confirmed(self) -> Readings:
        """Return the readings that the row's year and month allow; all where they allow none."""
        found = readings(self.text)[1]
        kept = {form: day for form, day in found.items() if self.agrees(day)}
        return kept or found


def proven_forms(column: Iterable[Written]) -> dict[str, str]:
    """Return the form in which each family is written: some text allows it alone, and every text allows it."""
    alone: dict[str, set[str]] = {}
    common: dict[str, set[str]] = {}
    for one in column:
        family, found = readings(one.text)
        if not found:
            continue
        forms = set(one.confirmed)
        common[family] = common.get(family, forms) & forms
        if len(forms) == 1:
            alone.setdefault(family, set()).update(forms)
    return {family: next(iter(forms)) for family, forms in alone.items() if len(forms) == 1 and forms <= common[family]}


def certain_day(one: Written, proven: dict[str, str]) -> date | None:
    """Return the day that a text means, or None where that is not certain."""
    family, found = readings(one.text)
    days = set(one.confirmed.values())
    if len(days) == 1 and (len(found) == 1 or one.agrees(next(iter(days)))):
        return days.pop()
    return one.confirmed.get(proven.get(family, ""))


def read_days(texts: pl.Series, years: pl.Series, months: pl.Series) -> pl.Series:
    """Return the day of each text of a column; null where it is none, or not certain which.

    Parameters
    ----------
    texts, years, months : Series
        What the rows state: the text of the day, and the year and month (1 to 12) of columns beside it, or null.

    Returns
    -------
    Series of Date, in the same order.
    """
    rows = pl.DataFrame({"text": texts, "year": years.cast(pl.Int32), "month": months.cast(pl.Int32)})
    kinds = rows.unique(maintain_order=True).drop_nulls("text")
    column = [Written(*row) for row in kinds.iter_rows()]
    proven = proven_forms(column)
    days = kinds.with_columns(pl.Series("day", [certain_day(one, proven) for one in column], dtype=pl.Date))
    joined = rows.join(days, on=["text", "year", "month"], how="left", nulls_equal=True, maintain_order="left")
    return joined["day"]


def has_several(text: str) -> bool:
    """Return whether a text alone could mean several days; weekdays stand before dates with the month first."""
    return not WEEKDAY_FORM.match(text.strip()) and len(set(readings(text)[1].values())) > 1


def why_not(text: str) -> str:
    """Return why a text is no day that is certain, and what to do: the end of a sentence that begins with it."""
    if SERIAL.match(text.strip()):
        day = SERIAL_START + timedelta(days=int(text.strip()[:5]))
        return (
            f"which looks like the day number of a spreadsheet ({day:%-d %B %Y}, if it counts from 1900). Give the "
            "column a date format there and save it again."
        )
    _, found = readings(text)
    days = sorted(set(found.values()))
    if len(days) > 1:
        words = " or ".join(f"{day:%-d %B %Y}" for day in days)
        return (
            f"which may mean {words}: neither the year and month of its row nor the other rows say which. Write it as "
            f"{days[0]:%Y-%m-%d} or the like at its source."
        )
    if re.search(r"\d", text) and any(shape.pattern.match(" ".join(text.split())) for shape in SHAPES):
        return "which is no day of the calendar. Correct it at its source."
    return EXAMPLES
