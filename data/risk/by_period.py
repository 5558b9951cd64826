"""Risk of one route period by period: its counts, its three variants, and the last two periods that compare."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import polars as pl

from data.counting.coverage import covered_somewhere
from data.counting.measures import of_source
from data.counting.windows import Window
from data.model.caches import kept, kept_numbers
from data.model.days import Span, span_words, window_words
from data.model.errors import ContradictionError, QueryError
from data.model.notices import Notice, say
from data.model.units import flow_unit
from data.query.selection import Selection
from data.readers.sources import source_of
from data.risk.answer import ranking, risk_answer
from data.risk.comparison import compare, direction, not_compared
from data.risk.formulas import VARIANT_OF, VARIANTS, Variant, in_percent, measure_word, spread_words
from data.risk.inputs import MEASURES
from data.risk.models import Computed, RiskAnswer, VariantAnswer, variant_of
from data.risk.places import Key
from data.risk.quote_check import half_years, years
from data.risk.route_counts import RouteCount, count_on_route
from data.risk.sentences import on_route, only_in
from data.risk.verdict import verdict
from data.store.vintage import Vintage

COUNTS: Final = ("deaths", "arrivals", "interceptions")


@kept_numbers
def routes_with_arrivals(vintage: Vintage) -> tuple[str, ...]:
    """Return the routes whose arrivals are counted, the one with most people dead or missing first."""
    counts = vintage.counts.filter(pl.col("unit") == flow_unit("arrivals")).drop_nulls("route")
    known = counts["route"].unique().to_list()
    if vintage.is_summed(vintage.primary_source):
        return ()  # events are drawn again and again, which sums do not tell (RULES R8)
    rows = of_source(vintage, Selection()).filter(pl.col("route").is_in(known))
    tolls = dict(rows.group_by("route").agg(pl.col("dead_or_missing").sum()).collect().iter_rows())
    return tuple(sorted(known, key=lambda route: (-tolls.get(route, 0), route)))


def choose_route(vintage: Vintage, selection: Selection, route: str = "") -> str:
    """Return the route as asked, else the selection's first, else the one with most deaths of those with arrivals.

    Raises
    ------
    QueryError
        The route is not known, or there is none with arrivals.
    """
    if route and route not in vintage.names["route"]:
        raise QueryError(say("risk.refused.unknown_route"), parameter="route")
    found = [*([route] if route else []), *selection.routes, *routes_with_arrivals(vintage)]
    if not found:
        raise QueryError(say("risk.refused.no_arrivals"), parameter="route")
    return found[0]


def periods_of(vintage: Vintage, selection: Selection, step: str) -> list[Span]:
    """Return the years or half-years that the incident database touches, within the window of the selection."""
    known = covered_somewhere(vintage, selection)
    if not known:
        return []
    days = known[0].first, known[-1].last
    spans = (years if step == "year" else half_years)(days[0].year, days[1].year)
    first, last = selection.start or days[0].replace(month=1, day=1), selection.end or days[1].replace(month=12, day=31)
    touched = [span for span in spans if Window(*span).touches(known)]
    return [span for span in touched if first <= span[0] and span[1] <= last]


@dataclass(frozen=True)
class RiskPeriod:
    """The risk of a route in one period."""

    span: Span
    risk: RiskAnswer

    @property
    def words(self) -> Notice:
        """Return the period in words."""
        return span_words(*self.span)

    def variant(self, name: str) -> VariantAnswer:
        """Return one of the three variants."""
        return variant_of(self.risk.variants, name)


@dataclass(frozen=True)
class RiskOverTime:
    """The risk of a route in each period; ``source`` as asked, ``step`` year or half-year."""

    route: str
    source: str | None
    route_name: str
    step: str
    periods: tuple[RiskPeriod, ...]
    vintage: str
    is_demonstration: bool

    def computable(self, name: str) -> list[RiskPeriod]:
        """Return the periods in which a variant is computable."""
        return [one for one in self.periods if one.variant(name).computed]


@dataclass(frozen=True)
class PeriodsCompared:
    """Two periods compared by one variant.

    ``verdict`` answers in words, ``sentence`` says what became of the counts, both None where no two compare;
    ``caption`` what became of the variant, or why the two cannot be compared; ``passed_over`` why later pairs are not.
    """

    earlier: RiskPeriod
    later: RiskPeriod
    sentence: Notice | None
    overlap: bool | None
    caption: Notice
    why_not: Notice | None
    verdict: Notice | None = None
    passed_over: tuple[Notice, ...] = ()


@kept
def risk_over_time(vintage: Vintage, selection: Selection, step: str) -> RiskOverTime:
    """Return the risk of a selection's one route in each period of its window.

    Filters of region, cause, origin, country and quality are left out: arrivals cannot follow them.

    Raises
    ------
    QueryError
        The step is not known, or the window holds no whole period.
    """
    spans = periods_of(vintage, selection, step)
    if not spans:
        raise ContradictionError(say("risk.refused.no_whole_period", step=step), parameter="from")
    plain = Selection(routes=selection.routes, source=selection.source)
    found = tuple(RiskPeriod(span, risk_answer(vintage, _within(plain, span))) for span in spans)
    return RiskOverTime(
        route=selection.routes[0], source=selection.source, route_name=found[0].risk.route_name, step=step,
        periods=found, vintage=vintage.name, is_demonstration=vintage.is_demonstration,
    )  # fmt: skip


def first_computable(answer: RiskOverTime) -> str:
    """Return the first variant that is computable in any period; deaths per attempt where none is."""
    return next((one.name for one in VARIANTS if answer.computable(one.name)), VARIANTS[0].name)


def why_never(answer: RiskOverTime, name: str) -> Notice:
    """Return why a variant is computable in no period: of the latest period in which least is missing."""
    reasons = [(period.words, period.variant(name).why_not) for period in reversed(answer.periods)]
    words, reason = min(reasons, key=lambda pair: len(pair[1].values["reasons"]))
    return Notice("risk.period.reason", period=words, reason=reason)


def last_two(vintage: Vintage, answer: RiskOverTime, name: str) -> PeriodsCompared | None:
    """Compare the last two periods that can be; None where a variant is computable in fewer than two.

    Of half-years the same half is taken twice where it can be, as the two halves of a year are different seasons.
    Where one of the two counts a place that the other lacks, both are counted anew over the places of both (R6).
    """
    found = answer.computable(name)
    if len(found) < 2:
        return None
    same = [one for one in found if one.span[0].month == found[-1].span[0].month]
    plain = Selection(routes=(answer.route,), source=answer.source)
    taken = list(pairwise(same if len(same) > 1 else found))
    pairs = [_compared(vintage, plain, earlier, later, name) for earlier, later in reversed(taken)]
    place = next((place for place, pair in enumerate(pairs) if pair.sentence), 0)
    return replace(pairs[place], passed_over=tuple(map(_passed_over, pairs[:place])))


def _passed_over(pair: PeriodsCompared) -> Notice:
    return Notice("risk.unlike.passed_over", earlier=pair.earlier.words, later=pair.later.words, reason=pair.why_not)


def _compared(vintage: Vintage, plain: Selection, earlier: RiskPeriod, later: RiskPeriod, name: str) -> PeriodsCompared:
    """Return two periods compared by one variant, counted by the same sources in the same places (RULES P5, R6)."""
    variant = VARIANT_OF[name]
    needed = [measure for measure in MEASURES if measure in variant.needs]
    found = {
        measure: [count_on_route(vintage, _within(plain, one.span), measure) for one in (earlier, later)]
        for measure in needed
    }
    if reason := next((why for measure in needed if (why := _unlike(measure, *found[measure]))), None):
        made = not_compared(variant.name, reason)
        return PeriodsCompared(earlier, later, None, made.overlap, made.caption, made.why_not)
    common: dict[str, Collection[Key]] = {
        measure: set(before.keys) & set(after.keys)
        for measure, (before, after) in found.items()
        if before.keys != after.keys
    }
    if common:
        earlier, later = (RiskPeriod(one.span, risk_answer(vintage, _within(plain, one.span), places=common))
                          for one in (earlier, later))  # fmt: skip
    both = earlier.variant(name), later.variant(name)
    made = compare(*both)
    sentence = None if made.why_not else _change_sentence(earlier, later, name)
    answer = None if made.why_not else _verdict(earlier, later, *both, overlap=made.overlap)
    return PeriodsCompared(earlier, later, sentence, made.overlap, made.caption, made.why_not, answer)


def _unlike(measure: str, before: RouteCount, after: RouteCount) -> Notice | None:
    """Return why two periods' counts are not of the same; None where they are, at least in some places."""
    titles = [source_of(one.source).title if one.source else None for one in (before, after)]
    if titles[0] != titles[1]:
        return Notice("risk.unlike.sources", measure=measure_word(measure), before=titles[0], after=titles[1])
    if before.keys and not set(before.keys) & set(after.keys):
        return Notice("risk.unlike.places", before=_place_names(before), after=_place_names(after))
    return None


def _within(plain: Selection, span: Span) -> Selection:
    return plain.replace(start=span[0], end=span[1])


def _place_names(count: RouteCount) -> Notice:
    return Notice("risk.places", places=count.places) if count.places else Notice("risk.unlike.all_places")


def _change_sentence(earlier: RiskPeriod, later: RiskPeriod, name: str) -> Notice:
    """Return what became of deaths and of the counts that the variant takes, in one sentence."""
    taken = COUNTS if name == "rho" else COUNTS[:2]
    only = only_in(later.risk.sources)
    changes = [_count_change(measure, earlier.risk, later.risk, only.get(measure)) for measure in taken]
    return Notice("risk.change.sentence", place=on_route(later.risk.route_name), earlier=earlier.words,
                  later=later.words, changes=changes)  # fmt: skip


def _count_change(measure: str, earlier: RiskAnswer, later: RiskAnswer, places: Notice | None) -> Notice:
    before, after = getattr(earlier, measure), getattr(later, measure)
    is_long = places is not None and len(places.values["places"]) > 2  # several commas: one more closes them
    return Notice(f"risk.change.{measure}", direction=direction(before, after), before=before, after=after,
                  places=places, is_long=is_long)  # fmt: skip


def _verdict(
    earlier: RiskPeriod, later: RiskPeriod, before: VariantAnswer, after: VariantAnswer, *, overlap: bool | None
) -> Notice | None:
    """Return the answer in words with what became of the value, as 1 in N where these differ; None without one."""
    first, second = before.computed, after.computed
    if first is None or second is None:
        return None
    is_brief = first.one_in is not None and second.one_in is not None and first.one_in != second.one_in
    kind, is_ratio = "risk.change.one_in", before.name == "kappa"
    written = [Notice(kind, one_in=one.one_in, is_ratio=is_ratio) if is_brief else _value_words(before.name, one)
               for one in (first, second)]  # fmt: skip
    is_partial = "interceptions" not in VARIANT_OF[before.name].needs
    answer = verdict(first, second, overlap=overlap, is_partial=is_partial)
    place, change = on_route(later.risk.route_name), direction(first.value, second.value)
    return Notice("risk.verdict.headline", answer=answer, label=after.label, place=place, direction=change,
                  before=written[0], after=written[1], earlier=earlier.words, later=later.words)  # fmt: skip


def _value_words(name: str, found: Computed) -> Notice:
    value = in_percent(found.value, decimals=2 if found.value >= 0.001 else 3)
    return Notice("risk.change.one_value", value=value, one_in=found.one_in, is_ratio=name == "kappa")


def routes_compared(vintage: Vintage, selection: Selection, spans: Sequence[Span], name: str) -> Notice:
    """Return the routes by risk in the last of some periods, or why they are not compared (RULES P4, R6, R8).

    The routes are the selection's where it has several, else all whose arrivals are counted.
    """
    variant = VARIANT_OF[name]
    routes = selection.routes if len(selection.routes) > 1 else routes_with_arrivals(vintage)
    answer = ranking(vintage, routes, spans, name=variant.name, source=selection.source)
    if answer.ranks is None:
        return Notice("risk.routes.not_compared", reason=answer.not_ranked)
    order = [vintage.id_of("route", route) for route, _ in answer.ranks[-1]]
    listed = [_route_words(vintage, route, spans[-1], variant, selection.source) for route in order]
    when = window_words(*spans[-1])
    return Notice("risk.routes.by_risk", label=variant.label, when=when, routes=listed)


def _route_words(vintage: Vintage, route: str, span: Span, variant: Variant, source: str | None) -> Notice:
    """Return a route's risk with its spread and the places whose arrivals it is divided by."""
    answer = risk_answer(vintage, Selection(routes=(route,), start=span[0], end=span[1], source=source))
    found = variant_of(answer.variants, variant.name).computed
    only = only_in(answer.sources)
    places = {measure: only[measure] if measure in variant.needs else None for measure in MEASURES}
    ends = found.spread if found else None
    return Notice("risk.routes.route", route=answer.route_name, value=found and in_percent(found.value),
                  spread=ends and spread_words(*ends), **places)  # fmt: skip
