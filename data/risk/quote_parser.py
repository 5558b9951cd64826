"""A quoted risk as it is printed: "1 in 35", "1:35", "2.9 %", "0.0288", alone or in a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from data.model.errors import QueryError
from data.model.notices import say
from data.query.parameters import LONGEST_QUOTE
from data.risk.formulas import one_in

_FLAGS: Final = re.ASCII | re.IGNORECASE
_N: Final = r"(\d{1,3}(?:[, ]\d{3}){1,2}|\d{1,9})"
_DECIMALS: Final = r"(\d{1,3}(?:[.,](\d{1,6}))?) ?(?:%|percent|per cent|pct)"
# A figure that stands alone may be written in more ways than one within a sentence, where "1:35" is a time of day.
_NAMED: Final = r"(?:ρ_arr|ρ|κ|rho_arr|rho|kappa|risk) ?=|about|around|roughly|nearly|almost|approximately|some|a|~|≈"
_BEFORE: Final = rf"(?:[\"'“”‘’«»(]|(?:{_NAMED}) ?)*"
_AFTER: Final = r"[\"'“”‘’«»).!?;,]*"
_ALONE_IN: Final = r" (?:in|per|out of|in every|for every) |-(?:in|per)-| ?[:∶/] ?"
ALONE_ONE_IN: Final = re.compile(rf"{_BEFORE}(?:1|one)(?:{_ALONE_IN}){_N}(?: chance)?{_AFTER}", _FLAGS)
ALONE_PERCENT: Final = re.compile(rf"{_BEFORE}{_DECIMALS}{_AFTER}", _FLAGS)
ALONE_FRACTION: Final = re.compile(rf"{_BEFORE}(0?[.,](\d{{1,9}})){_AFTER}", _FLAGS)
# In a sentence a figure is read only where it is about dying, and where nothing makes it another one: a change, a
# bound, a range, a unit, a year, people who lived, a part of the dead.
_WHO: Final = r"(?: (?:death|person|people|migrant|refugee|traveller)s?)?(?: (?:died|dies|die|dead|drowned|drowns))?"
_IN: Final = r"(?:(?:in|per|out of|of)(?: every)?|for (?:every|each))"
IN_ONE_IN: Final = re.compile(rf"\b(?:1|one){_WHO} {_IN} {_N}", _FLAGS)
IN_PERCENT: Final = re.compile(_DECIMALS, _FLAGS)
_DYING: Final = r"die[ds]?|dying|deaths?|dead|deadly|drown\w*|perish\w*|kill\w*|missing|risk|mortality|fatal\w*"
ABOUT_DYING: Final = re.compile(rf"\b(?:{_DYING})\b", _FLAGS)
_CHANGE: Final = (
    r"fell|fall\w*|rose|rise\w*|rising|increas\w*|decreas\w*|drop\w*|declin\w*|reduc\w*|cut|jump\w*|up|down|doubl\w*|"
    r"tripl\w*|half|halv\w*|grow\w*|grew|below|above|under|over|more than|less than|fewer|higher|lower|at most|up to"
)
_OTHERS: Final = (
    r"surviv\w*|rescu\w*|alive|reached|saved|women|woman|men|man|boys?|girls?|child\w*|minors?|of the dead|"
    r"of the deaths|of those who died|all but|not|bis|shipwrecks?|boats?|ships?|vessels?"
)
_UNITS: Final = (
    r"annual\w*|yearly|twice|times|hours?|minutes?|days?|weeks?|months?|ci|confidence|hundred|thousand|million|"
    r"billion|km"
)
OTHERWISE: Final = re.compile(rf"\b(?:{_CHANGE}|{_OTHERS}|{_UNITS})\b", _FLAGS)
_LEADING: Final = (
    r"by|minus|plus|between|from|than|to|in|group|page|no|level|part|point|and|twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety"
)
_PART_BEFORE: Final = r"[\w.,:∶·∙⋅٫/'’$€£#½¼¾±×*^=<>-]"
_RANGE_BEFORE: Final = r"\d ?(?:%|percent)? ?[-–—−±/~]|\d ?%? (?:to|or|and)|[-–—−±+=<>]"
_NUMBER_BEFORE: Final = re.compile(rf"(?:{_PART_BEFORE}|(?:{_RANGE_BEFORE}|\b(?:{_LEADING})) ?)$", _FLAGS)
_NUMBER_AFTER: Final = re.compile(
    r"(?:[\w/½¼¾‰°%]|[.,:'’]\d| ?[-–—−±~/] ?\d| [\d½¼¾]| (?:to|or|and|plus) \d| ?‰| ?%| ?points?\b| ?percent)", _FLAGS
)
THOUSANDS: Final = re.compile(r"\d{1,3},\d{3}", re.ASCII)
YEARS: Final = range(1900, 2101)


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
    """Return the one figure that a text quotes, alone or in a sentence about dying.

    A false reading is worse than none: what may be a change, a bound, a range, a year, people who lived or a part of
    the dead is not read.

    Raises
    ------
    QueryError
        There is no such figure, or more than one.
    """
    if len(text) > LONGEST_QUOTE:
        raise QueryError(say("quote.refused.long", most=LONGEST_QUOTE), parameter="text")
    plain = " ".join(text.split())
    found = list(dict.fromkeys(_figures(plain) if plain.isprintable() else ()))
    if len(found) > 1:
        figures = {"first": found[0].words, "second": found[1].words}
        raise QueryError(say("quote.refused.several", **figures), parameter="text")
    if not found:
        raise QueryError(say("quote.refused.none", found=plain[:60]), parameter="text")
    return found[0]


def _figures(plain: str) -> Iterator[Quote]:
    """Return every figure of a text; what can be no risk, such as 0 or 101 %, is none."""
    if whole := ALONE_ONE_IN.fullmatch(plain):
        yield from _one_in(whole[1], plain)
    elif whole := ALONE_PERCENT.fullmatch(plain):
        yield from _share(whole[1], whole[2], plain, divisor=100)
    elif whole := ALONE_FRACTION.fullmatch(plain):
        yield from _share(whole[1], whole[2], plain, divisor=1)
    else:
        yield from _in_sentence(plain)


def _in_sentence(plain: str) -> Iterator[Quote]:
    if not ABOUT_DYING.search(plain) or OTHERWISE.search(plain):
        return
    for one in IN_ONE_IN.finditer(plain):
        number = _whole(one[1])
        if number > 1 and number not in YEARS and _stands_apart(plain, one):
            yield from _one_in(one[1], one[0])
    for one in IN_PERCENT.finditer(plain):
        if _stands_apart(plain, one):
            yield from _share(one[1], one[2], one[0], divisor=100)


def _stands_apart(plain: str, one: re.Match[str]) -> bool:
    return not _NUMBER_BEFORE.search(plain[: one.start()]) and not _NUMBER_AFTER.match(plain[one.end() :])


def _one_in(number: str, words: str) -> Iterator[Quote]:
    if value := _whole(number):
        yield Quote(Fraction(1, value), number=value, words=words)


def _whole(number: str) -> int:
    return int(number.replace(",", "").replace(" ", ""))


def _share(digits: str, decimals: str | None, words: str, *, divisor: int) -> Iterator[Quote]:
    value = Fraction(digits.replace(",", ".")) / divisor
    if 0 < value <= 1 and not (divisor == 100 and THOUSANDS.fullmatch(digits)):
        yield Quote(value, margin=Fraction(1, 2 * 10 ** len(decimals or "")) / divisor, words=words)
