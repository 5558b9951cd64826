"""Check of a quoted risk, such as "1 in 35": which variant, route and period yield it, and what each leaves out.

A quote is matched within its own rounding: "2.9 %" is 2.85 to 2.95%, "1 in 35" is what rounds to 35 (RULES R5).
"""

import calendar
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

import polars as pl
from msgspec.structs import replace

from data.counting.coverage import covered
from data.model.caches import kept
from data.model.days import Span, span_words
from data.model.errors import ContradictionError, QueryError
from data.model.notices import Notice, say
from data.model.units import flow_unit
from data.query.parameters import FIGURES, FIGURES_TYPED, QUOTE, ROUTE, Query, refuse_unknown, take
from data.query.resolve import require_known_ids, resolve_names
from data.query.selection import Selection
from data.risk.answer import BESIDE, typed_figures
from data.risk.formulas import (
    FEWEST_EVENTS,
    VARIANT_OF,
    VARIANTS,
    Figures,
    Variant,
    denominator,
    in_percent,
    measure_word,
    one_in,
    why_not,
)
from data.risk.inputs import MEASURES, Deaths, deaths_of, inputs, route_records
from data.risk.models import Computed, QuoteAnswer, QuoteMatch, VariantName
from data.risk.quote_parser import Quote, parse_quote
from data.risk.route_counts import RouteCount, count_on_route, counts_by_source
from data.risk.sentences import in_places, variant_sentence, where_and_when
from data.store.vintage import Vintage

ASKED: Final = (QUOTE, ROUTE, *FIGURES)
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


def quote_answer(query: Query, vintage: Vintage) -> QuoteAnswer:
    """Return what yields a quoted figure, or the nearest two and why they differ.

    With ``deaths`` and any of ``attempts``, ``arrivals``, ``interceptions`` the figures given are checked, else every
    route and period of the vintage.
    """
    refuse_unknown(query, (*ASKED, *BESIDE))
    if not any(str(text).strip() for text in query.get("text", ())):
        raise QueryError(say("quote.refused.no_text"), parameter="text")
    own, rest = take(query, QUOTE, *FIGURES)
    quote = parse_quote(own["text"])
    typed: dict[str, int] = {name: own[name] for name in FIGURES_TYPED if own[name] is not None}
    if typed and "route" in rest:
        raise ContradictionError(say("quote.refused.route_and_figures"), parameter="route")
    pool, refused, windows = _search_typed(typed) if typed else _search_routes(vintage, query)
    matches = [one for one in pool if quote.fits(one.value)]
    near = [] if matches else sorted(pool, key=lambda one: _distance(one.value, quote.value))[:NEAREST]
    return QuoteAnswer(
        text=own["text"],
        figure=quote.words,
        value=float(quote.value),
        matched=len(matches),
        matches=tuple(_match(one, vintage) for one in matches[:MOST_MATCHES]),
        nearest=tuple(replace(_match(one, vintage), differs=_difference(one, quote)) for one in near),
        not_computable=refused,
        searched=len(pool),
        windows=windows,
        vintage=vintage.name,
        is_demonstration=vintage.is_demonstration and not typed,
    )


Searched = tuple[list[Candidate], dict[VariantName, Notice], int | None]


def _search_typed(typed: Mapping[str, int]) -> Searched:
    window = Window(typed_figures(typed))
    return _candidates(window), {v.name: why for v in VARIANTS if (why := why_not(v, window.figures))}, None


def _search_routes(vintage: Vintage, query: Query) -> Searched:
    asked = {key: given for key, given in query.items() if key == "route"}
    routes = require_known_ids(vintage, Selection.parse(resolve_names(asked, vintage))).routes
    looked_at = [window for window in windows(vintage) if not routes or window.route in routes]
    refused = {variant.name: why for variant in VARIANTS if (why := _where_not(variant, looked_at))}
    if not looked_at:
        refused = {variant.name: Notice("quote.no_window") for variant in VARIANTS}
    return [one for window in looked_at for one in _candidates(window)], refused, len(looked_at)


def _candidates(window: Window) -> list[Candidate]:
    """Return the computable variants of a window; what RULES R6 refuses confirms no quote."""
    figures = window.figures
    return [
        Candidate(variant.name, Fraction(figures.deaths or 0, denominator(variant, figures)), window)
        for variant in VARIANTS
        if not why_not(variant, figures)
    ]


def _where_not(variant: Variant, looked_at: Sequence[Window]) -> Notice | None:
    """Return in how many windows a variant could not be compared, and for which reasons; None where in none."""
    refused = [window.figures for window in looked_at if why_not(variant, window.figures)]
    if not refused:
        return None
    reasons = Counter(reason for figures in refused for reason in _reasons(variant, figures))
    listed = [Notice("quote.reason.times", reason=reason, times=times) for reason, times in reasons.most_common()]
    return Notice("quote.not_compared", refused=len(refused), windows=len(looked_at), reasons=listed)


def _reasons(variant: Variant, figures: Figures) -> list[Notice]:
    """Return the kinds of reason for which a variant is not computable, in words that are the same for all windows."""
    missing = [Notice("quote.reason.lacks_days", measure=measure_word(name)) for name in variant.needs
               if name in figures.gaps or getattr(figures, name) is None]  # fmt: skip
    if missing:
        return missing
    few = figures.events is not None and figures.events < FEWEST_EVENTS
    return [Notice("quote.reason.few_events", fewest=FEWEST_EVENTS) if few else Notice("quote.reason.few_people")]


@kept
def windows(vintage: Vintage) -> tuple[Window, ...]:
    """Return every route with arrivals by year, half-year and whole coverage, with its figures."""
    found: list[Window] = []
    arrived = vintage.counts.filter(pl.col("unit") == flow_unit("arrivals"))
    for route in arrived["route"].drop_nulls().unique().sort().to_list():
        whole, records = whole_coverage(vintage, route), route_records(vintage, Selection(routes=(route,)))
        for span in sorted({*periods(vintage, route), *whole}):
            selection = Selection(routes=(route,), start=span[0], end=span[1])
            figures = inputs(vintage, selection, records=records, is_brief=True).figures
            found.append(Window(figures, route, span, span in whole))
    return tuple(found)


def periods(vintage: Vintage, route: str) -> list[Span]:
    """Return each full year and each half-year within the days of the route's arrivals."""
    spans = [_ends(rows) for _, rows in counts_by_source(vintage, route, "arrivals")]
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

    Each takes the source of a unit that reaches over most days, as ``data.risk.route_counts.count_on_route`` does.
    """
    found: set[Span] = set()
    spans = covered(vintage, Selection(routes=(route,)))
    window: Span | None = max(spans, key=lambda span: span.days, default=None)
    for measure in ("arrivals", "interceptions"):
        series = [known for _, rows in counts_by_source(vintage, route, measure)
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


def _match(one: Candidate, vintage: Vintage) -> QuoteMatch:
    variant, window, span = VARIANT_OF[one.variant], one.window, one.window.span
    name = None if window.route is None else vintage.name_of("route", window.route)
    place = where_and_when(name, *span) if name and span else None
    below, deaths = denominator(variant, window.figures), window.figures.deaths
    taken = Computed(float(one.value), one_in(one.value), None, None, below)
    parts, counts = _parts(vintage, one)
    sentence = variant_sentence(
        variant.name, taken, deaths or 0, place,
        only={name: in_places(count.places, count.left_out) for name, count in counts.items()},
        is_demonstration=vintage.is_demonstration and window.route is not None,
    )  # fmt: skip
    notes = [note for part in parts for note in part.notes]
    notes += [note for count in counts.values() for note in count.notes]
    return QuoteMatch(
        variant=variant.name, symbol=variant.symbol, label=variant.label, formula=variant.formula,
        route=window.route, route_name=name, first=span and span[0], last=span and span[1],
        period=span and span_words(*span), is_whole_coverage=window.is_whole, deaths=deaths, denominator=below,
        value=taken.value, one_in=taken.one_in,
        leaves_out=Notice("risk.sentences", sentences=[variant.leaves_out, *notes]), sentence=sentence,
    )  # fmt: skip


def _parts(vintage: Vintage, one: Candidate) -> tuple[list[Deaths], dict[str, RouteCount]]:
    """Return the deaths and the counts that a value is made of; none for typed figures."""
    if one.window.route is None or one.window.span is None:
        return [], {}
    asked = Selection(routes=(one.window.route,), start=one.window.span[0], end=one.window.span[1])
    needed = [name for name in MEASURES if name in VARIANT_OF[one.variant].needs]
    return [deaths_of(vintage, asked)], {name: count_on_route(vintage, asked, name) for name in needed}


def _difference(one: Candidate, quote: Quote) -> Notice:
    """Return how far a value is from the quote, and by which formula it was made."""
    variant = VARIANT_OF[one.variant]
    number = one_in(one.value)
    if number is None:
        return Notice("quote.differs.nobody", formula=variant.formula)
    gap = float(one.value - quote.value)
    decimals = 2 if abs(gap) >= 0.001 else 4
    value, quoted, points = (in_percent(part, decimals=decimals) for part in (float(one.value), float(quote.value),
                                                                              abs(gap)))  # fmt: skip
    return Notice("quote.differs.by_points", formula=variant.formula, value=value, one_in=number, points=points,
                  quoted=quoted, is_higher=gap > 0, leaves_out=variant.leaves_out)  # fmt: skip
