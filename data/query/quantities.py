"""Kinds of values that are days, numbers or places; see ``data.query.kinds``."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from data.model.days import EARLIEST
from data.model.errors import ContradictionError, QueryError
from data.model.notices import say
from data.query.kinds import Schema, found_value

LATEST: Final = date(2100, 12, 31)
DAY_PATTERN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTHS: Final = (
    "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
)
DAY: Final = f"((199[0-9]|20[0-9]{{2}}|2100)-{_MONTHS}|(199[26]|20[02468][048]|20[13579][26])-02-29)"
FRACTION: Final = "([.][0-9]{1,15})?"
ZERO: Final = "([.]0{1,15})?"
LONGITUDE: Final = f"-?(180{ZERO}|(1[0-7][0-9]|[0-9]{{1,2}}){FRACTION})"
LATITUDE: Final = f"-?(90{ZERO}|[0-8]?[0-9]{FRACTION})"
MAP_LATITUDE: Final = f"-?(85{ZERO}|([0-7]?[0-9]|8[0-4]){FRACTION})"
BOX_LONGITUDE: Final = f"-?[0-9]{{1,3}}{FRACTION}"  # a map that runs on over ±180°
ZOOM: Final = f"(14{ZERO}|([0-9]|1[0-3]){FRACTION})"


@dataclass(frozen=True)
class Day:
    """A day from 1990 to 2100, as YYYY-MM-DD."""

    def read(self, text: str, key: str) -> date:
        """Return the day."""
        try:
            day = date.fromisoformat(text) if DAY_PATTERN.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            raise QueryError(say("parameters.day", name=key, found=found_value(text)), parameter=key)
        if not EARLIEST <= day <= LATEST:
            raise QueryError(
                say("parameters.day_bounds", name=key, earliest=str(EARLIEST), latest=str(LATEST), found=str(day)),
                parameter=key,
            )
        return day

    def write(self, value: date) -> str:
        """Return the day as text."""
        return value.isoformat()

    def schema(self) -> Schema:
        """Return the form, with the days that each month has."""
        return {"type": "string", "pattern": f"^{DAY}$"}


@dataclass(frozen=True)
class Span:
    """A first and a last day, as 2024-01-01..2024-12-31."""

    def read(self, text: str, key: str) -> tuple[date, date]:
        """Return the two days."""
        first, dots, last = text.partition("..")
        try:
            days = (Day().read(first, key), Day().read(last, key)) if dots else None
        except QueryError:
            days = None
        if days is None:
            raise QueryError(say("parameters.span", name=key, found=found_value(text)), parameter=key)
        if days[0] > days[1]:
            raise ContradictionError(say("parameters.span_order", name=key), parameter=key)
        return days

    def write(self, value: tuple[date, date]) -> str:
        """Return the two days as text."""
        return "..".join(map(str, value))

    def schema(self) -> Schema:
        """Return the form; that the second is not before the first is told by 409."""
        return {"type": "string", "pattern": f"^{DAY}[.][.]{DAY}$"}


@dataclass(frozen=True)
class Whole:
    """A whole number between two bounds; ``has_marks``: commas may part its thousands; ``what`` names its message."""

    low: int
    high: int
    what: str = "whole"
    has_marks: bool = False

    def read(self, text: str, key: str) -> int:
        """Return the number."""
        marked = self.has_marks and re.fullmatch(r"\d{1,3}(,\d{3}){1,3}", text, re.ASCII)
        plain = text.replace(",", "") if marked else text
        if (
            re.fullmatch(r"\d+", plain, re.ASCII)
            and len(plain) <= len(str(self.high))
            and self.low <= int(plain) <= self.high
        ):
            return int(plain)
        raise QueryError(
            say(f"parameters.number.{self.what}", name=key, low=self.low, high=self.high, found=found_value(text)),
            parameter=key,
        )

    def write(self, value: int) -> str:
        """Return the number as text."""
        return str(value)

    def schema(self) -> Schema:
        """Return the bounds."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True)
class Decimal:
    """A number between two bounds, rounded to one digit after the point."""

    low: float
    high: float
    unit: str

    def read(self, text: str, key: str) -> float:
        """Return the number."""
        value = float(text) if re.fullmatch(r"\d{1,9}([.]\d{1,15})?", text, re.ASCII) else -1.0
        if not self.low <= value <= self.high:
            raise QueryError(
                say(
                    "parameters.decimal",
                    name=key,
                    low=f"{self.low:g}",
                    high=f"{self.high:g}",
                    unit=self.unit,
                    found=found_value(text),
                ),
                parameter=key,
            )
        return round(value, 1)

    def write(self, value: float) -> str:
        """Return the number as text."""
        return f"{value:g}"

    def schema(self) -> Schema:
        """Return the bounds."""
        return {"type": "number", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True)
class Numbers:
    """Numbers joined by commas, each within its bounds; ``what`` names the message that says which they are."""

    pattern: str
    what: str
    digits: tuple[int, ...]  # that each is rounded to

    def read(self, text: str, key: str) -> tuple[float, ...]:
        """Return the numbers, rounded; a zero has no sign."""
        plain = ",".join(part.strip() for part in text.split(","))
        if not re.fullmatch(self.pattern, plain, re.ASCII):
            raise QueryError(say(f"parameters.form.{self.what}", name=key, found=found_value(text)), parameter=key)
        parts = zip(plain.split(","), self.digits, strict=True)
        return tuple(round(float(part), digits) + 0.0 for part, digits in parts)

    def write(self, value: tuple[float, ...]) -> str:
        """Return the numbers, joined."""
        return ",".join(map(str, value))

    def schema(self) -> Schema:
        """Return the form, with its bounds."""
        return {"type": "string", "pattern": f"^{self.pattern}$"}


@dataclass(frozen=True)
class Points:
    """Corners as longitude,latitude, joined by semicolons."""

    fewest: int
    most: int

    def read(self, text: str, key: str) -> tuple[tuple[float, float], ...]:
        """Return the points as (longitude, latitude) in degrees."""
        one = Numbers(f"{LONGITUDE},{LATITUDE}", "points", (4, 4))
        parts = text.rstrip(";").split(";")
        if not self.fewest <= len(parts) <= self.most:
            raise QueryError(
                say("parameters.corners", fewest=self.fewest, most=self.most, found=len(parts)), parameter=key
            )
        return tuple((longitude, latitude) for longitude, latitude in (one.read(part, key) for part in parts))

    def write(self, value: tuple[tuple[float, float], ...]) -> str:
        """Return the corners, joined."""
        return ";".join(",".join(map(str, point)) for point in value)

    def schema(self) -> Schema:
        """Return the form of as many corners as an address holds; that they make a ring is told by 409."""
        point = f"{LONGITUDE},{LATITUDE}"
        return {"type": "string", "pattern": f"^{point}(;{point}){{{self.fewest - 1},20}}$"}
