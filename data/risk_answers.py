"""The answers of ``risk``: the same for the command and the API, from a vintage or from figures typed in."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import polars as pl

from data.days import Span
from data.errors import ContradictionError, QueryError
from data.exports.about import DEMONSTRATION
from data.risk import DRAWS, SEED, Figures, ranked, variants
from data.risk_inputs import MEASURES, Deaths, Inputs, inputs
from data.risk_places import Key
from data.risk_series import Series, window_of
from data.risk_words import caption, only_in, variant_sentence, where_and_when
from data.selection import Selection
from data.sources import source_of
from data.totals import checked, with_ids
from data.units import FLOW_MEASURES
from data.vintage import Vintage

ASKED: Final = ("route", "from", "to", "source")
BESIDE: Final = ("vintage", "v")
TYPED: Final = ("deaths", "attempts", "arrivals", "interceptions")
LARGEST: Final = 1_000_000_000
WHOLE_NUMBER: Final = re.compile(r"\d{1,12}|\d{1,3}(,\d{3}){1,3}", re.ASCII)

Query = Mapping[str, Iterable[str]]


def parse_risk(query: Query, vintage: Vintage) -> Selection:
    """Return the selection of a risk query: one route, a first and a last day; raise QueryError at anything else."""
    refuse_unknown(query, (*ASKED, *BESIDE))
    for key, example in (("route", "central-mediterranean"), ("from", "2018-01-01"), ("to", "2018-12-31")):
        if not query.get(key):
            raise QueryError(f"'{key}' is missing. Give it, such as {key}={example}.", parameter=key)
    selection = checked(vintage, Selection.parse(with_ids(query, vintage)))
    if len(selection.routes) != 1:
        raise QueryError("'route' is one route: risk is never summed over routes.", parameter="route")
    if selection.source is not None:
        _check_source(vintage, selection.source)
    return selection


def refuse_unknown(query: Query, known: Sequence[str]) -> None:
    """Raise QueryError at a parameter that is not known."""
    for key in query:
        if key not in known:
            raise QueryError(f"There is no parameter '{key[:60]}' here. Known: {', '.join(known)}.", parameter=key[:60])


def _check_source(vintage: Vintage, source: str) -> None:
    """Raise QueryError where a source counts neither deaths nor people who arrived or were intercepted (RULES R2)."""
    units = [FLOW_MEASURES[measure].unit for measure in MEASURES]
    counted = vintage.counts.filter((pl.col("source") == source) & pl.col("unit").is_in(units))
    if source not in vintage.incident_sources and counted.is_empty():
        raise ContradictionError(
            f"Source '{source}' counts neither deaths nor people who arrived or were intercepted; detections and "
            "encounters are not persons. Leave 'source' out.",
            parameter="source",
        )


def risk_answer(
    vintage: Vintage, selection: Selection, *, places: Mapping[str, Collection[Key]] | None = None
) -> dict[str, Any]:
    """Return the risk of one route in one window; ``places`` are the only ones to count, by measure.

    Returns
    -------
    dict
        route, route_name, from, to, deaths, arrivals, interceptions, attempts (people; null: not known),
        variants (each with name, formula, words and either value, one_in, low, high or not_computable),
        events (count), sources of the three inputs (each with places: those that are counted, and left_out), caption,
        seed, draws, vintage, is_demonstration.
        ``deaths`` is a minimum (RULES C4), also where the database does not cover every day.
    """
    found, (first, last) = inputs(vintage, selection, places=places), window_of(selection)
    figures = found.figures
    route = selection.routes[0]
    name = vintage.name_of("route", route)
    place = where_and_when(name, first, last)
    sources = _sources(found)
    listed = _with_sentences(variants(figures), figures, place, only=only_in(sources),
                             is_demonstration=vintage.is_demonstration)  # fmt: skip
    return {
        "route": route,
        "route_name": name,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "deaths": figures.deaths,
        "arrivals": figures.arrivals,
        "interceptions": figures.interceptions,
        "attempts": figures.all_attempts,
        "events": figures.events,
        "deaths_of_no_event": figures.fixed,
        "variants": listed,
        "caption": _caption(listed, vintage),
        "sources": sources,
        "seed": SEED,
        "draws": DRAWS,
        "vintage": vintage.name,
        "is_demonstration": vintage.is_demonstration,
    }


def _with_sentences(listed: list[dict[str, Any]], figures: Figures, place: str, **said: Any) -> list[dict[str, Any]]:
    """Return the variants, each that is computable with its sentence (``said`` as it takes it) and caption."""
    return [
        one
        if "not_computable" in one
        else one | {"sentence": variant_sentence(one, figures.deaths or 0, place, **said), "caption": caption(one)}
        for one in listed
    ]


def _caption(listed: list[dict[str, Any]], vintage: Vintage) -> str:
    """Return the first computable variant in words, or why deaths per attempt are not computable."""
    for one in listed:
        if "sentence" in one:
            return f"{one['sentence']} {one['caption']}"
    mark = f" {DEMONSTRATION}" if vintage.is_demonstration else ""
    return f"Not computable: {listed[0]['not_computable']}.{mark}"


def _sources(found: Inputs) -> dict[str, Any]:
    parts: dict[str, tuple[Deaths | Series, str]] = {
        "deaths": (found.deaths, "people"),
        **{name: (getattr(found, name), FLOW_MEASURES[name].unit) for name in MEASURES},
    }
    return {
        name: {
            "source": part.source, "title": source_of(part.source).title if part.source else None, "unit": unit,
            "editions": list(part.editions), "gap": part.gap or None,
            **{key: list(getattr(part, key, ())) for key in ("notes", "places", "left_out")},
        }
        for name, (part, unit) in parts.items()
    }  # fmt: skip


def whole_number(text: object, key: str) -> int:
    """Return a count of people as typed: digits, commas between thousands; raise QueryError at anything else."""
    plain = str(text).strip()
    if len(plain) > 20 or not WHOLE_NUMBER.fullmatch(plain) or int(plain.replace(",", "")) > LARGEST:
        raise QueryError(
            f"'{key}' is a whole number of people from 0 to {LARGEST:,}; found '{plain[:60]}'.", parameter=key
        )
    return int(plain.replace(",", ""))


def typed_figures(given: Mapping[str, object]) -> Figures:
    """Return figures as a reader states them; raise QueryError where they contradict each other (RULES R3)."""
    known = {name: whole_number(text, name) for name in TYPED if (text := given.get(name)) is not None}
    if "deaths" not in known:
        raise QueryError("'deaths' is missing: give the number of people dead or missing.", parameter="deaths")
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
    if sum(parts) > figures.attempts:
        words = "deaths" if len(parts) == 1 else "deaths, arrivals and interceptions together"
        raise ContradictionError(
            f"{figures.attempts:,} attempts are fewer than {sum(parts):,} {words}: attempts include them.",
            parameter="attempts",
        )
    if len(parts) == 3 and sum(parts) != figures.attempts:
        raise ContradictionError(
            f"Arrivals, interceptions and deaths make {sum(parts):,} attempts, not {figures.attempts:,}. "
            "Leave 'attempts' out, or correct one of them.",
            parameter="attempts",
        )


def typed_answer(given: Mapping[str, object]) -> dict[str, Any]:
    """Return the risk that typed figures give; there are no events, so no spread, and none are asked for (R6, R8)."""
    figures = typed_figures(given)
    return {
        "deaths": figures.deaths,
        "arrivals": figures.arrivals,
        "interceptions": figures.interceptions,
        "attempts": figures.all_attempts,
        "variants": _with_sentences(variants(figures), figures, ""),
    }


def ranking(
    vintage: Vintage, routes: Sequence[str], periods: Sequence[Span], *, name: str = "rho", source: str | None = None
) -> dict[str, Any]:
    """Return ``data.risk.ranked`` for routes of a vintage in the same periods, by their names (RULES P4)."""
    figures = {
        vintage.name_of("route", route): [
            inputs(vintage, Selection(routes=(route,), start=first, end=last, source=source)).figures
            for first, last in periods
        ]
        for route in routes
    }
    return ranked(figures, name=name)
