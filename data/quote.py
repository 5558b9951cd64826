"""Check of a quoted risk, such as "1 in 35": which variant, route and period yield it, and what each leaves out.

A quote is matched within its own rounding: "2.9 %" is 2.85 to 2.95%, "1 in 35" is what rounds to 35 (RULES R5).
"""

import calendar
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

import polars as pl

from data.coverage import incident_days
from data.days import Span, span_words
from data.errors import ContradictionError, QueryError
from data.measures import flow_unit
from data.quoted import EXPECTED, Quote, parse_quote
from data.risk import FEWEST_EVENTS, VARIANT_OF, VARIANTS, Figures, Variant, denominator, one_in, percent, why_not
from data.risk_answers import BESIDE, TYPED, refuse_unknown, typed_figures
from data.risk_inputs import MEASURES, Deaths, deaths_of, inputs
from data.risk_series import Series, counted, series_of
from data.risk_words import in_places, variant_sentence, where_and_when
from data.selection import Selection
from data.totals import checked, with_ids
from data.vintage import Vintage

ASKED: Final = ("text", "route", *TYPED)
NEAREST: Final = 2
MOST_MATCHES: Final = 50


@dataclass(frozen=True)
class Window:
    """The figures of one route and period; route None: figures as typed."""

    figures: Figures
    route: str | None = None
    span: Span | None = None
    is_whole: bool = False


@dataclass(frozen=True)
class Candidate:
    """One computable variant of one window."""

    variant: str
    value: Fraction
    window: Window


def quote_answer(query: Mapping[str, Iterable[str]], vintage: Vintage) -> dict[str, Any]:
    """Return what yields a quoted figure, or the nearest two and why they differ.

    With ``deaths`` and any of ``attempts``, ``arrivals``, ``interceptions`` the figures given are checked, else every
    route and period of the vintage.

    Returns
    -------
    dict
        text, figure (as read from it), value (the quote as a fraction), matches and nearest (each: variant, route,
        from, to, deaths, denominator, value, one_in, leaves_out, sentence; nearest also differs), matched (count),
        not_computable (for each variant that could not be compared somewhere: where and why), searched (how many
        values were compared), windows (how many routes' periods were looked at; null for figures given).
    """
    refuse_unknown(query, (*ASKED, *BESIDE))
    asked = {key: _once(key, given) for key, given in query.items()}
    if not asked.get("text", "").strip():
        raise QueryError(f"'text' is missing. {EXPECTED}.", parameter="text")
    quote = parse_quote(asked["text"])
    typed: dict[str, str] = {name: asked[name] for name in TYPED if name in asked}
    if typed and "route" in asked:
        raise ContradictionError("Give either 'route' or figures of your own.", parameter="route")
    pool, refused, windows = _typed(typed) if typed else _of_route(vintage, query)
    matches = [one for one in pool if quote.fits(one.value)]
    near = [] if matches else sorted(pool, key=lambda one: _distance(one.value, quote.value))[:NEAREST]
    return {
        "text": asked["text"].strip(),
        "figure": quote.words,
        "value": float(quote.value),
        "matched": len(matches),
        "matches": [_described(one, vintage) for one in matches[:MOST_MATCHES]],
        "nearest": [_described(one, vintage) | {"differs": _difference(one, quote)} for one in near],
        "not_computable": refused,
        "searched": len(pool),
        "windows": windows,
        "vintage": vintage.name,
        "is_demonstration": vintage.is_demonstration and not typed,
    }


def _once(key: str, given: Iterable[str]) -> str:
    items = [given] if isinstance(given, str) else list(given)
    if len(items) != 1:
        raise QueryError(f"'{key}' is given {len(items)} times. Give it once.", parameter=key)
    return items[0]


Searched = tuple[list[Candidate], dict[str, str], int | None]


def _typed(typed: Mapping[str, str]) -> Searched:
    window = Window(typed_figures(typed))
    return _candidates(window), {v.name: why for v in VARIANTS if (why := why_not(v, window.figures))}, None


def _of_route(vintage: Vintage, query: Mapping[str, Iterable[str]]) -> Searched:
    asked = {key: given for key, given in query.items() if key == "route"}
    routes = checked(vintage, Selection.parse(with_ids(asked, vintage))).routes
    looked_at = [window for window in windows(vintage) if not routes or window.route in routes]
    refused = {variant.name: why for variant in VARIANTS if (why := _where_not(variant, looked_at))}
    if not looked_at:
        refused = dict.fromkeys(VARIANT_OF, "in no window: no source counts people who arrived on this route")
    return [one for window in looked_at for one in _candidates(window)], refused, len(looked_at)


def _candidates(window: Window) -> list[Candidate]:
    """Return the computable variants of a window; what RULES R6 refuses confirms no quote."""
    figures = window.figures
    return [
        Candidate(variant.name, Fraction(figures.deaths or 0, denominator(variant, figures)), window)
        for variant in VARIANTS
        if not why_not(variant, figures)
    ]


def _where_not(variant: Variant, looked_at: Sequence[Window]) -> str:
    """Return in how many windows a variant could not be compared, and for which reasons; blank where in none."""
    refused = [window.figures for window in looked_at if why_not(variant, window.figures)]
    if not refused:
        return ""
    reasons = Counter(reason for figures in refused for reason in _reasons(variant, figures))
    listed = ", ".join(f"{reason} ({times:,})" for reason, times in reasons.most_common())
    return f"in {len(refused):,} of {len(looked_at):,} windows: {listed}"


def _reasons(variant: Variant, figures: Figures) -> list[str]:
    """Return the kinds of reason for which a variant is not computable, in words that are the same for all windows."""
    missing = [f"{name} lack days" for name in variant.needs if name in figures.gaps or getattr(figures, name) is None]
    if missing:
        return missing
    few = figures.events is not None and figures.events < FEWEST_EVENTS
    return [f"fewer than {FEWEST_EVENTS} events" if few else "too few people to divide by"]


@lru_cache(maxsize=2)
def windows(vintage: Vintage) -> tuple[Window, ...]:
    """Return every route with arrivals by year, half-year and whole coverage, with its figures."""
    found: list[Window] = []
    arrived = vintage.counts.filter(pl.col("unit") == flow_unit("arrivals"))
    for route in arrived["route"].drop_nulls().unique().sort().to_list():
        whole = whole_coverage(vintage, route)
        for span in sorted({*periods(vintage, route), *whole}):
            selection = Selection(routes=(route,), start=span[0], end=span[1])
            found.append(Window(inputs(vintage, selection).figures, route, span, span in whole))
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
    below, number = denominator(variant, one.window.figures), one_in(one.value)
    window, span = one.window, one.window.span
    name = None if window.route is None else vintage.name_of("route", window.route)
    place = where_and_when(name, *span) if name and span else ""
    is_demonstration = vintage.is_demonstration and window.route is not None
    values = {"name": variant.name, "one_in": number, "denominator": below}
    deaths, taken = _taken(vintage, one)
    only = {name: in_places(series.places, series.left_out) for name, series in taken.items()}
    notes = [
        *(note for part in deaths for note in part.notes),
        *(note for part in taken.values() for note in part.notes),
    ]
    lacking = " ".join(notes)
    return {
        "variant": variant.name, "symbol": variant.symbol, "label": variant.label, "formula": variant.formula,
        "route": window.route, "route_name": name, "from": span and span[0].isoformat(),
        "to": span and span[1].isoformat(), "period": span and span_words(*span),
        "is_whole_coverage": window.is_whole, "deaths": window.figures.deaths, "denominator": below,
        "value": float(one.value), "one_in": number,
        "leaves_out": f"{variant.leaves_out} {lacking}".strip(),
        "sentence": variant_sentence(values, one.window.figures.deaths or 0, place, only=only,
                                     is_demonstration=is_demonstration),
    }  # fmt: skip


def _taken(vintage: Vintage, one: Candidate) -> tuple[list[Deaths], dict[str, Series]]:
    """Return the deaths and the counts that a value is made of; none for typed figures."""
    if one.window.route is None or one.window.span is None:
        return [], {}
    asked = Selection(routes=(one.window.route,), start=one.window.span[0], end=one.window.span[1])
    needed = [name for name in MEASURES if name in VARIANT_OF[one.variant].needs]
    return [deaths_of(vintage, asked)], {name: series_of(vintage, asked, name) for name in needed}


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
