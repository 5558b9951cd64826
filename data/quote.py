"""Check of a quoted risk, such as "1 in 35": which variant, route and period yield it, and what each leaves out.

A quote is matched within its own rounding: "2.9 %" is 2.85 to 2.95%, "1 in 35" is what rounds to 35 (RULES R5).
"""

import calendar
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

import polars as pl

from data.days import Span, span_words
from data.errors import ContradictionError, QueryError
from data.measures import flow_unit
from data.risk import VARIANT_OF, VARIANTS, Figures, denominator, one_in, percent, why_not
from data.risk_answers import BESIDE, TYPED, refuse_unknown, typed_figures
from data.risk_inputs import MEASURES, incident_days, inputs
from data.risk_series import Series, counted, series_of
from data.risk_words import in_places, variant_sentence, where_and_when
from data.selection import Selection
from data.totals import checked, with_ids
from data.vintage import Vintage

ASKED: Final = ("text", "route", *TYPED)
LONGEST: Final = 40
NEAREST: Final = 2
MOST_MATCHES: Final = 50
ONE_IN: Final = re.compile(r"(?:1|one) (?:in|per|out of) (\d{1,9}|\d{1,3}(?:,\d{3}){1,2})", re.ASCII | re.IGNORECASE)
PERCENT: Final = re.compile(r"(\d{1,3}(?:\.(\d{1,6}))?) ?(?:%|percent|per cent)", re.ASCII | re.IGNORECASE)
FRACTION: Final = re.compile(r"(0?\.(\d{1,9}))", re.ASCII)
EXPECTED: Final = "'text' is a figure such as '1 in 35', '1 per 18', '2.9 %' or '0.0288'"


@dataclass(frozen=True)
class Quote:
    """A quoted risk as a fraction; ``number`` of "1 in N", or half of the last decimal as ``margin``."""

    value: Fraction
    number: int | None = None
    margin: Fraction = Fraction(0)

    def fits(self, value: Fraction) -> bool:
        """Return whether a computed value gives this figure within rounding; both ends are included."""
        if self.number is not None:
            return one_in(value) == self.number
        return abs(value - self.value) <= self.margin


@dataclass(frozen=True)
class Candidate:
    """One variant of one route and period; route None: figures as typed."""

    variant: str
    figures: Figures
    value: Fraction
    route: str | None = None
    span: Span | None = None
    is_whole: bool = False


def parse_quote(text: str) -> Quote:
    """Return the figure that a text quotes; raise QueryError at anything else."""
    if len(text) > LONGEST:
        raise QueryError(f"{EXPECTED}, at most {LONGEST} characters.", parameter="text")
    plain = " ".join(text.split())
    if found := ONE_IN.fullmatch(plain):
        number = int(found[1].replace(",", ""))
        if number:
            return Quote(Fraction(1, number), number=number)
    elif found := PERCENT.fullmatch(plain):
        quote = _decimal(found[1], len(found[2] or ""), 100)
        if 0 < quote.value <= 1:
            return quote
    elif (found := FRACTION.fullmatch(plain)) and Fraction(found[1]):
        return _decimal(found[1], len(found[2]), 1)
    raise QueryError(f"{EXPECTED}; found '{plain}'.", parameter="text")


def _decimal(digits: str, decimals: int, divisor: int) -> Quote:
    return Quote(Fraction(digits) / divisor, margin=Fraction(1, 2 * 10**decimals) / divisor)


def quote_answer(query: Mapping[str, Iterable[str]], vintage: Vintage) -> dict[str, Any]:
    """Return what yields a quoted figure, or the nearest two and why they differ.

    With ``deaths`` and any of ``attempts``, ``arrivals``, ``interceptions`` the figures given are checked, else every
    route and period of the vintage.

    Returns
    -------
    dict
        text, value (the quote as a fraction), matches and nearest (each: variant, route, from, to, deaths,
        denominator, value, one_in, leaves_out, sentence; nearest also differs), matched (count), not_computable (of
        figures given: why a variant is not), searched (how many values were compared).
    """
    refuse_unknown(query, (*ASKED, *BESIDE))
    asked = {key: _once(key, given) for key, given in query.items()}
    if not asked.get("text", "").strip():
        raise QueryError(f"'text' is missing. {EXPECTED}.", parameter="text")
    quote = parse_quote(asked["text"])
    typed: dict[str, str] = {name: asked[name] for name in TYPED if name in asked}
    if typed and "route" in asked:
        raise ContradictionError("Give either 'route' or figures of your own.", parameter="route")
    pool, refused = _typed(typed) if typed else (_of_route(vintage, query), {})
    matches = [one for one in pool if quote.fits(one.value)]
    near = [] if matches else sorted(pool, key=lambda one: _distance(one.value, quote.value))[:NEAREST]
    return {
        "text": asked["text"].strip(),
        "value": float(quote.value),
        "matched": len(matches),
        "matches": [_described(one, vintage) for one in matches[:MOST_MATCHES]],
        "nearest": [_described(one, vintage) | {"differs": _difference(one, quote)} for one in near],
        "not_computable": refused,
        "searched": len(pool),
        "vintage": vintage.name,
        "is_demonstration": vintage.is_demonstration and not typed,
    }


def _once(key: str, given: Iterable[str]) -> str:
    items = [given] if isinstance(given, str) else list(given)
    if len(items) != 1:
        raise QueryError(f"'{key}' is given {len(items)} times. Give it once.", parameter=key)
    return items[0]


def _typed(typed: Mapping[str, str]) -> tuple[list[Candidate], dict[str, str]]:
    figures = typed_figures(typed)
    return _candidates(figures), {v.name: why for v in VARIANTS if (why := why_not(v, figures))}


def _of_route(vintage: Vintage, query: Mapping[str, Iterable[str]]) -> list[Candidate]:
    asked = {key: given for key, given in query.items() if key == "route"}
    routes = checked(vintage, Selection.parse(with_ids(asked, vintage))).routes
    return [one for one in candidates(vintage) if not routes or one.route in routes]


def _candidates(figures: Figures, **where: Any) -> list[Candidate]:
    """Return the computable variants of some figures; what RULES R6 refuses confirms no quote."""
    return [
        Candidate(variant.name, figures, Fraction(figures.deaths or 0, denominator(variant, figures)), **where)
        for variant in VARIANTS
        if not why_not(variant, figures)
    ]


@lru_cache(maxsize=2)
def candidates(vintage: Vintage) -> tuple[Candidate, ...]:
    """Return every computable variant of every route, by year, half-year and whole coverage."""
    found: list[Candidate] = []
    arrived = vintage.counts.filter(pl.col("unit") == flow_unit("arrivals"))
    for route in arrived["route"].drop_nulls().unique().sort().to_list():
        whole = whole_coverage(vintage, route)
        for span in sorted({*periods(vintage, route), *whole}):
            selection = Selection(routes=(route,), start=span[0], end=span[1])
            figures = inputs(vintage, selection).figures
            found += _candidates(figures, route=route, span=span, is_whole=span in whole)
    return tuple(found)


def periods(vintage: Vintage, route: str) -> list[Span]:
    """Return each full year and each half-year within the days of the route's arrivals."""
    spans = [_ends(rows) for _, rows in counted(vintage, route, "arrivals")]
    if not spans:
        return []
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    spans = [*years(first.year, last.year), *half_years(first.year, last.year)]
    return [span for span in spans if first <= span[0] and span[1] <= last]


def years(first: int, last: int) -> list[Span]:
    """Return each year from the first to the last."""
    return [_months(year, 1, 12) for year in range(first, last + 1)]


def half_years(first: int, last: int) -> list[Span]:
    """Return both halves of each year from the first to the last."""
    return [_months(year, *months) for year in range(first, last + 1) for months in ((1, 6), (7, 12))]


def _months(year: int, first: int, last: int) -> Span:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _ends(rows: pl.DataFrame) -> Span:
    first, last = rows.select(pl.col("date_from").min(), pl.col("date_to").max().alias("last")).row(0)
    return first, last


def whole_coverage(vintage: Vintage, route: str) -> set[Span]:
    """Return the longest windows of whole counts within the days of deaths: with arrivals, and with interceptions too.

    Each takes the source of a unit that reaches over most days, as ``data.risk_inputs.series_of`` does.
    """
    found: set[Span] = set()
    window = incident_days(vintage, vintage.primary_source)
    for measure in ("arrivals", "interceptions"):
        series = [known for _, rows in counted(vintage, route, measure)
                  if not (known := rows.drop_nulls("value")).is_empty()]  # fmt: skip
        if window is None or not series:
            break
        longest = max(series, key=lambda rows: (_ends(rows)[1] - _ends(rows)[0]).days)
        start, end = window
        inside = longest.filter((pl.col("date_from") >= start) & (pl.col("date_to") <= end))
        window = None if inside.is_empty() else _ends(inside)
        found |= set() if window is None else {window}
    return found


def _distance(value: Fraction, quoted: Fraction) -> float:
    """Return how many times larger or smaller one is than the other, as a logarithm."""
    return abs(math.log(value / quoted)) if value > 0 else math.inf


def _described(one: Candidate, vintage: Vintage) -> dict[str, Any]:
    variant = VARIANT_OF[one.variant]
    below, number = denominator(variant, one.figures), one_in(one.value)
    name = None if one.route is None else vintage.name_of("route", one.route)
    place = where_and_when(name, *one.span) if name and one.span else ""
    is_demonstration = vintage.is_demonstration and one.route is not None
    values = {"name": variant.name, "one_in": number, "denominator": below}
    taken = _taken(vintage, one)
    only = {name: in_places(series.places, series.left_out) for name, series in taken.items()}
    lacking = " ".join(note for series in taken.values() for note in series.notes)
    return {
        "variant": variant.name, "symbol": variant.symbol, "label": variant.label, "formula": variant.formula,
        "route": one.route, "route_name": name, "from": one.span and one.span[0].isoformat(),
        "to": one.span and one.span[1].isoformat(), "period": one.span and span_words(*one.span),
        "is_whole_coverage": one.is_whole, "deaths": one.figures.deaths, "denominator": below,
        "value": float(one.value), "one_in": number,
        "leaves_out": f"{variant.leaves_out} {lacking}".strip(),
        "sentence": variant_sentence(values, one.figures.deaths or 0, place, only=only,
                                     is_demonstration=is_demonstration),
    }  # fmt: skip


def _taken(vintage: Vintage, one: Candidate) -> dict[str, Series]:
    """Return the counts that a value divides by; none for typed figures."""
    if one.route is None or one.span is None:
        return {}
    asked = Selection(routes=(one.route,), start=one.span[0], end=one.span[1])
    needed = [name for name in MEASURES if name in VARIANT_OF[one.variant].needs]
    return {name: series_of(vintage, asked, name) for name in needed}


def _difference(one: Candidate, quote: Quote) -> str:
    """Return how far a value is from the quote, and by which formula it was made."""
    variant = VARIANT_OF[one.variant]
    number = one_in(one.value)
    if number is None:
        return f"{variant.formula} gives 0: nobody is recorded as dead or missing."
    gap = float(one.value - quote.value)
    decimals = 2 if abs(gap) >= 0.001 else 4
    given, quoted = (percent(float(value), decimals=decimals) for value in (one.value, quote.value))
    return (
        f"{variant.formula} gives {given} (1 in {number:,}), {100 * abs(gap):.{decimals}f} percentage points "
        f"{'higher' if gap > 0 else 'lower'} than the {quoted} quoted. {variant.leaves_out}"
    )
