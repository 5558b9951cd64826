"""A quoted risk as it is printed: "1 in 35", "1:35", "2.9 %", "0.0288", alone or in a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from data.errors import QueryError
from data.risk import one_in

LONGEST: Final = 300
_ALONE: Final = r"(?<![\w.,:/−-])"  # no part of another number, date or word
_WHO: Final = r"(?: (?:death|person|people|migrant|refugee|traveller)s?)?"
_WORDS: Final = rf"{_WHO} (?:dead |died |dies |death )?(?:in|per|out of|of|for)(?: every)? |-(?:in|per)-| ?[:/] ?"
ONE_IN: Final = re.compile(
    rf"{_ALONE}(?:1|one)(?:{_WORDS})(\d{{1,3}}(?:,\d{{3}}){{1,2}}|\d{{1,9}})(?![\d:/]|[.,]\d)", re.ASCII | re.IGNORECASE
)
PERCENT: Final = re.compile(
    rf"{_ALONE}(\d{{1,3}}(?:[.,](\d{{1,6}}))?) ?(?:%|percent\b|per cent\b)", re.ASCII | re.IGNORECASE
)
FRACTION: Final = re.compile(rf"{_ALONE}(0?[.,](\d{{1,9}}))(?![\w%]|[.,]\d| ?(?:%|per ?cent))", re.ASCII)
THOUSANDS: Final = re.compile(r"\d{1,3},\d{3}", re.ASCII)
EXPECTED: Final = "'text' holds one figure, such as '1 in 35', '1:35', '2.9 %' or '0.0288'"


@dataclass(frozen=True)
class Quote:
    """A quoted risk as a fraction; ``number`` of "1 in N", or half of the last decimal as ``margin``.

    ``words`` are those it was read from; two quotes of one figure are equal whatever their words.
    """

    value: Fraction
    number: int | None = None
    margin: Fraction = Fraction(0)
    words: str = field(default="", compare=False)

    def fits(self, value: Fraction) -> bool:
        """Return whether a computed value gives this figure within rounding; both ends are included."""
        if self.number is not None:
            return one_in(value) == self.number
        return abs(value - self.value) <= self.margin


def parse_quote(text: str) -> Quote:
    """Return the one figure that a text quotes; raise QueryError where there is none, or more than one."""
    if len(text) > LONGEST:
        raise QueryError(f"{EXPECTED}, in at most {LONGEST} characters.", parameter="text")
    plain = " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())
    found = list(dict.fromkeys(_figures(plain) if plain.isprintable() else ()))
    if len(found) > 1:
        said = " and ".join(f"'{quote.words}'" for quote in found[:2])
        raise QueryError(f"{EXPECTED}; this text holds several: {said}. Give one of them.", parameter="text")
    if not found:
        raise QueryError(f"{EXPECTED}; found '{plain[:60]}'.", parameter="text")
    return found[0]


def _figures(plain: str) -> Iterator[Quote]:
    """Return every figure of a text; what can be no risk, such as 0 or 101 %, is none."""
    for one in ONE_IN.finditer(plain):
        if number := int(one[1].replace(",", "")):
            yield Quote(Fraction(1, number), number=number, words=one[0])
    for pattern, divisor in ((PERCENT, 100), (FRACTION, 1)):
        for one in pattern.finditer(plain):
            value = Fraction(one[1].replace(",", ".")) / divisor
            margin = Fraction(1, 2 * 10 ** len(one[2] or "")) / divisor
            if 0 < value <= 1 and not (divisor == 100 and THOUSANDS.fullmatch(one[1])):
                yield Quote(value, margin=margin, words=one[0])
