"""The answers of ``risk``: the same for the command and the API, from a vintage or from figures typed in."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import polars as pl
from msgspec.structs import replace

from data.model.days import Span
from data.model.errors import ContradictionError, QueryError
from data.model.notices import Notice, say
from data.model.units import FLOW_MEASURES
from data.query.parameters import (
    FIGURES,
    FIGURES_TYPED,
    FROM,
    ROUTE,
    SOURCE,
    TO,
    VERSION,
    VINTAGE,
    Query,
    refuse_unknown,
    take,
)
from data.query.resolve import require_known_ids, resolve_names
from data.query.selection import Selection
from data.readers.sources import source_of
from data.risk.comparison import Ranking, rank_routes
from data.risk.formulas import DRAWS, SEED, Figures, variants
from data.risk.inputs import MEASURES, Deaths, Inputs, inputs
from data.risk.models import RiskAnswer, RiskSource, RiskSources, TypedRisk, VariantAnswer, VariantName
from data.risk.places import Key
from data.risk.route_counts import RouteCount, window_of
from data.risk.sentences import Places, caption, only_in, variant_sentence, where_and_when, with_mark
from data.store.vintage import Vintage

ASKED: Final = (ROUTE, FROM, TO, SOURCE)
BESIDE: Final = (VINTAGE, VERSION)
EXAMPLES: Final = {"route": "central-mediterranean", "from": "2018-01-01", "to": "2018-12-31"}


def parse_risk(query: Query, vintage: Vintage) -> Selection:
    """Return the selection of a risk query: one route, a first and a last day; raise QueryError at anything else."""
    refuse_unknown(query, (*ASKED, *BESIDE))
    for key, example in EXAMPLES.items():
        if not query.get(key):
            raise QueryError(say("parameters.missing", name=key, example=example), parameter=key)
    selection = one_route(query, vintage)
    if selection.source is not None:
        _check_source(vintage, selection.source)
    return selection


def one_route(query: Query, vintage: Vintage) -> Selection:
    """Return the selection of a query that must name one route; raise QueryError at anything else."""
    selection = require_known_ids(vintage, Selection.parse(resolve_names(query, vintage)))
    if len(selection.routes) != 1:
        raise QueryError(say("risk.refused.one_route"), parameter="route")
    return selection


def _check_source(vintage: Vintage, source: str) -> None:
    """Raise QueryError where a source counts neither deaths nor people who arrived or were intercepted (RULES R2)."""
    units = [FLOW_MEASURES[measure].unit for measure in MEASURES]
    counted = vintage.counts.filter((pl.col("source") == source) & pl.col("unit").is_in(units))
    if source not in vintage.incident_sources and counted.is_empty():
        raise ContradictionError(say("risk.refused.source", source=source), parameter="source")


def risk_answer(
    vintage: Vintage, selection: Selection, *, places: Mapping[str, Collection[Key]] | None = None
) -> RiskAnswer:
    """Return the risk of one route in one window; ``places`` are the only ones to count, by measure.

    ``deaths`` is a minimum (RULES C4), also where the database does not cover every day.
    """
    found, (first, last) = inputs(vintage, selection, places=places), window_of(selection)
    figures, route = found.figures, selection.routes[0]
    name, sources = vintage.name_of("route", route), _sources(found)
    listed = _with_sentences(variants(figures), figures, where_and_when(name, first, last), only=only_in(sources),
                             is_demonstration=vintage.is_demonstration)  # fmt: skip
    return RiskAnswer(
        route=route,
        route_name=name,
        first=first,
        last=last,
        deaths=figures.deaths,
        arrivals=figures.arrivals,
        interceptions=figures.interceptions,
        attempts=figures.all_attempts,
        events=figures.events,
        deaths_of_no_event=figures.fixed,
        variants=listed,
        caption=_caption(listed, is_demonstration=vintage.is_demonstration),
        sources=sources,
        seed=SEED,
        draws=DRAWS,
        vintage=vintage.name,
        is_demonstration=vintage.is_demonstration,
    )


def _with_sentences(
    listed: Sequence[VariantAnswer],
    figures: Figures,
    place: Notice | None,
    *,
    only: Places | None = None,
    is_demonstration: bool = False,
) -> tuple[VariantAnswer, ...]:
    """Return the variants, each that is computable with its sentence and its caption (``variant_sentence``)."""

    def with_sentence(one: VariantAnswer) -> VariantAnswer:
        if (found := one.computed) is None:
            return one
        words = variant_sentence(one.name, found, figures.deaths or 0, place, only=only,
                                 is_demonstration=is_demonstration)  # fmt: skip
        return replace(one, sentence=words, caption=caption(one, found))

    return tuple(map(with_sentence, listed))


def _caption(listed: Sequence[VariantAnswer], *, is_demonstration: bool) -> Notice:
    """Return the first computable variant in words, or why deaths per attempt are not computable."""
    for one in listed:
        if one.computed:
            return Notice("risk.sentences", sentences=[one.sentence, one.caption])
    reason = Notice("risk.not_computable", reason=listed[0].why_not)
    return with_mark(reason) if is_demonstration else reason


def _sources(found: Inputs) -> RiskSources:
    return RiskSources(
        deaths=_source(found.deaths, "people"),
        arrivals=_source(found.arrivals, FLOW_MEASURES["arrivals"].unit),
        interceptions=_source(found.interceptions, FLOW_MEASURES["interceptions"].unit),
    )


def _source(part: Deaths | RouteCount, unit: str) -> RiskSource:
    places, left_out = (part.places, part.left_out) if isinstance(part, RouteCount) else ((), ())
    return RiskSource(
        source=part.source,
        title=source_of(part.source).title if part.source else None,
        unit=unit,
        editions=part.editions,
        gap=part.gap,
        notes=part.notes,
        places=places,
        left_out=left_out,
    )


def typed_figures(given: Mapping[str, object]) -> Figures:
    """Return figures as a reader states them; raise QueryError where they contradict each other (RULES R3)."""
    texts = {name: [str(given[name])] for name in FIGURES_TYPED if given.get(name) is not None}
    known, _ = take(texts, *FIGURES)
    if known["deaths"] is None:
        raise QueryError(say("risk.refused.no_deaths"), parameter="deaths")
    figures = Figures(
        deaths=known["deaths"],
        arrivals=known.get("arrivals"),
        interceptions=known.get("interceptions"),
        attempts=known.get("attempts"),
    )
    _check_attempts(figures)
    return figures


def _check_attempts(figures: Figures) -> None:
    if figures.attempts is None:
        return
    parts = [part for part in (figures.deaths, figures.arrivals, figures.interceptions) if part is not None]
    found = {"attempts": figures.attempts, "parts": sum(parts)}
    if found["parts"] > found["attempts"]:
        words = say("risk.refused.too_few_attempts", **found, is_deaths_alone=len(parts) == 1)
        raise ContradictionError(words, parameter="attempts")
    if len(parts) == 3 and found["parts"] != found["attempts"]:
        raise ContradictionError(say("risk.refused.other_attempts", **found), parameter="attempts")


def typed_answer(given: Mapping[str, object]) -> TypedRisk:
    """Return the risk that typed figures give; there are no events, so no spread, and none are asked for (R6, R8)."""
    figures = typed_figures(given)
    return TypedRisk(
        deaths=figures.deaths,
        arrivals=figures.arrivals,
        interceptions=figures.interceptions,
        attempts=figures.all_attempts,
        variants=_with_sentences(variants(figures), figures, None),
    )


def ranking(
    vintage: Vintage,
    routes: Sequence[str],
    periods: Sequence[Span],
    *,
    name: VariantName = "rho",
    source: str | None = None,
) -> Ranking:
    """Return ``data.risk.comparison.rank_routes`` for routes of a vintage in the same periods, by names (RULES P4)."""
    figures = {
        vintage.name_of("route", route): [
            inputs(vintage, Selection(routes=(route,), start=first, end=last, source=source)).figures
            for first, last in periods
        ]
        for route in routes
    }
    return rank_routes(figures, name=name)
