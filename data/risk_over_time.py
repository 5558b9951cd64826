"""Risk of one route period by period: its counts, its three variants, and the last two periods that compare."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

import polars as pl

from data.coverage import incident_days
from data.days import Span, span_words, window_words
from data.errors import ContradictionError, QueryError
from data.measures import flow_unit, incident_source, of_source
from data.quote import half_years, years
from data.risk import VARIANT_OF, VARIANTS, compare, percent, spread_words
from data.risk_answers import ranking, risk_answer
from data.risk_inputs import MEASURES
from data.risk_places import Key
from data.risk_series import Series, series_of
from data.risk_words import on_route, only_in
from data.selection import Selection
from data.sources import source_of
from data.vintage import Vintage

STEPS: Final = {"year": "Year", "half-year": "Half-year"}
COUNTS: Final = (("deaths", "people dead or missing, at least"), ("arrivals", "people who arrived"),
                 ("interceptions", "people intercepted"))  # fmt: skip


@lru_cache(maxsize=4)
def routes_with_arrivals(vintage: Vintage) -> tuple[str, ...]:
    """Return the routes whose arrivals are counted, the one with most people dead or missing first."""
    counts = vintage.counts.filter(pl.col("unit") == flow_unit("arrivals")).drop_nulls("route")
    known = counts["route"].unique().to_list()
    rows = of_source(vintage, Selection()).filter(pl.col("route").is_in(known))
    tolls = dict(rows.group_by("route").agg(pl.col("dead_or_missing").sum()).collect().iter_rows())
    return tuple(sorted(known, key=lambda route: (-tolls.get(route, 0), route)))


def route_asked(vintage: Vintage, selection: Selection, route: str = "") -> str:
    """Return the route as asked, else the selection's first, else the one with most deaths of those with arrivals.

    Raises
    ------
    QueryError
        The route is not known, or there is none with arrivals.
    """
    if route and route not in vintage.names["route"]:
        raise QueryError("This route is not known. Choose one of the list.", parameter="route")
    found = [*([route] if route else []), *selection.routes, *routes_with_arrivals(vintage)]
    if not found:
        raise QueryError(
            "Nobody counts arrivals on any route here, so there is nothing to divide by.", parameter="route"
        )
    return found[0]


def periods_of(vintage: Vintage, selection: Selection, step: str) -> list[Span]:
    """Return the years or half-years that the incident database touches, within the window of the selection."""
    days = incident_days(vintage, incident_source(vintage, selection))
    if days is None:
        return []
    spans = (years if step == "year" else half_years)(days[0].year, days[1].year)
    first, last = selection.start or days[0].replace(month=1, day=1), selection.end or days[1].replace(month=12, day=31)
    touched = [span for span in spans if span[0] <= days[1] and span[1] >= days[0]]
    return [span for span in touched if first <= span[0] and span[1] <= last]


@lru_cache(maxsize=16)
def risk_over_time(vintage: Vintage, selection: Selection, step: str) -> dict[str, Any]:
    """Return the risk of a selection's one route in each period of its window.

    Filters of region, cause, country and quality are left out: arrivals cannot follow them.

    Returns
    -------
    dict
        route, source (as asked), route_name, step, periods (each an answer of ``risk_answer`` with ``period`` in
        words), computable (for each variant, the places of the periods in which it is), vintage, is_demonstration.

    Raises
    ------
    QueryError
        The step is not known, or the window holds no whole period.
    """
    if step not in STEPS:
        raise QueryError("The step is a year or a half-year.", parameter="step")
    spans = periods_of(vintage, selection, step)
    if not spans:
        raise ContradictionError(
            f"The period chosen on the map holds no whole {step}. Widen it, or clear it.", parameter="from"
        )
    plain = Selection(routes=selection.routes, source=selection.source)
    found = [risk_answer(vintage, plain.but(start=first, end=last)) | {"period": span_words(first, last),
                                                                       "span": (first, last)}
             for first, last in spans]  # fmt: skip
    computable = {variant.name: [place for place, one in enumerate(found) if "value" in one["variants"][number]]
                  for number, variant in enumerate(VARIANTS)}  # fmt: skip
    return {
        "route": selection.routes[0], "source": selection.source, "route_name": found[0]["route_name"],
        "step": step, "periods": found, "computable": computable, "vintage": vintage.name,
        "is_demonstration": vintage.is_demonstration,
    }  # fmt: skip


def first_computable(answer: dict[str, Any]) -> str:
    """Return the first variant that is computable in any period; deaths per attempt where none is."""
    return next((name for name, places in answer["computable"].items() if places), VARIANTS[0].name)


def why_never(answer: dict[str, Any], name: str) -> str:
    """Return why a variant is computable in no period: of the latest period in which least is missing."""
    number = next(place for place, one in enumerate(VARIANTS) if one.name == name)
    reasons = [(one["period"], one["variants"][number]["not_computable"]) for one in answer["periods"]]
    period, reason = min(reversed(reasons), key=lambda pair: pair[1].count(";"))
    return f"{period[:1].upper()}{period[1:]}: {reason}."


def last_two(vintage: Vintage, answer: dict[str, Any], name: str) -> dict[str, Any] | None:
    """Compare the last two periods that can be; None where a variant is computable in fewer than two.

    Of half-years the same half is taken twice where it can be, as the two halves of a year are different seasons.
    Where one of the two counts a place that the other lacks, both are counted anew over the places of both (R6).

    Returns
    -------
    dict
        earlier, later (the periods' answers), sentence (what became of the counts; blank where no two compare),
        passed_over (why a later pair is not compared; blank where none is), and the keys of ``compare``.
    """
    found = [answer["periods"][place] for place in answer["computable"][name]]
    if len(found) < 2:
        return None
    same = [one for one in found if one["span"][0].month == found[-1]["span"][0].month]
    plain = Selection(routes=(answer["route"],), source=answer["source"])
    taken = list(pairwise(same if len(same) > 1 else found))
    pairs = [_compared(vintage, plain, earlier, later, name) for earlier, later in reversed(taken)]
    place = next((place for place, pair in enumerate(pairs) if pair["sentence"]), 0)
    return pairs[place] | {"passed_over": " ".join(map(_passed_over, pairs[:place]))}


def _passed_over(pair: dict[str, Any]) -> str:
    both = f"{pair['earlier']['period']} and {pair['later']['period']}"
    return f"{both[0].upper()}{both[1:]}: {pair['caption'][0].lower()}{pair['caption'][1:]}"


def _compared(
    vintage: Vintage, plain: Selection, earlier: dict[str, Any], later: dict[str, Any], name: str
) -> dict[str, Any]:
    """Return two periods compared by one variant, counted by the same sources in the same places (RULES P5, R6)."""
    needed = [measure for measure in MEASURES if measure in VARIANT_OF[name].needs]
    found = {
        measure: [series_of(vintage, _within(plain, one), measure) for one in (earlier, later)] for measure in needed
    }
    if reason := next((why for measure in needed if (why := _unlike(measure, *found[measure]))), ""):
        caption = f"The two windows cannot be compared: {reason}."
        return {"earlier": earlier, "later": later, "sentence": "", "name": name, "overlap": None, "caption": caption}
    common: dict[str, Collection[Key]] = {
        measure: set(before.keys) & set(after.keys)
        for measure, (before, after) in found.items()
        if before.keys != after.keys
    }
    both = [earlier, later]
    if common:
        both = [one | risk_answer(vintage, _within(plain, one), places=common) for one in both]
    risks = [next(one for one in period["variants"] if one["name"] == name) for period in both]
    sentence = "" if any("not_computable" in one for one in risks) else _changed(*both, *risks)
    return {"earlier": both[0], "later": both[1], "sentence": sentence, **compare(*risks)}


def _unlike(measure: str, before: Series, after: Series) -> str:
    """Return why two periods' counts are not of the same; blank where they are, at least in some places."""
    titles = [source_of(one.source).title if one.source else "nobody" for one in (before, after)]
    if titles[0] != titles[1]:
        return f"{measure} are of {titles[0]} in the earlier, of {titles[1]} in the later"
    if before.keys and not set(before.keys) & set(after.keys):
        return f"they count {_named(before)} in the earlier and {_named(after)} in the later, no place in both"
    return ""


def _within(plain: Selection, period: dict[str, Any]) -> Selection:
    return plain.but(start=period["span"][0], end=period["span"][1])


def _named(series: Series) -> str:
    return " and ".join(series.places) or "all places together"


def _changed(earlier: dict[str, Any], later: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> str:
    """Return what became of deaths, of the counts that the variant takes, and of the variant, in one sentence."""
    taken = COUNTS if before["name"] == "rho" else COUNTS[:2]
    only = only_in(later["sources"])
    parts = [_from_to(f"{words}{only.get(name, '')}", earlier[name], later[name]) for name, words in taken]
    place = on_route(later["route_name"])
    place = place[0].upper() + place[1:]
    ratio = _from_to(f"{before['label']} ({before['symbol']})", before["value"], after["value"],
                     shown=[_risk_words(one) for one in (before, after)])  # fmt: skip
    return f"{place}, from {earlier['period']} to {later['period']}: {'; '.join(parts)}; {ratio}."


def _from_to(words: str, before: float, after: float, *, shown: Sequence[str] = ()) -> str:
    first, second = shown or (f"{before:,}", f"{after:,}")
    if before == after:
        return f"{words}, stayed at {first}" if "," in words else f"{words} stayed at {first}"
    verb = "rose" if after > before else "fell"
    return f"{words}{',' if ',' in words else ''} {verb} from {first} to {second}"


def _risk_words(one: dict[str, Any]) -> str:
    decimals = 2 if one["value"] >= 0.001 else 3
    ratio = "1 per" if one["name"] == "kappa" else "1 in"
    number = f" ({ratio} {one['one_in']:,})" if one["one_in"] else ""
    return f"{100 * one['value']:.{decimals}f}%{number}"


def routes_compared(vintage: Vintage, selection: Selection, spans: Sequence[Span], name: str) -> str:
    """Return the routes by risk in the last of some periods, or why they are not compared (RULES P4, R6, R8).

    The routes are the selection's where it has several, else all whose arrivals are counted.
    """
    routes = selection.routes if len(selection.routes) > 1 else routes_with_arrivals(vintage)
    answer = ranking(vintage, routes, spans, name=name, source=selection.source)
    if "not_ranked" in answer:
        return f"Routes are not compared: {answer['not_ranked']}."
    order = [vintage.id_of("route", shown) for shown, _ in answer["ranks"][-1]]
    listed = "; ".join(_route_words(vintage, route, spans[-1], name, selection.source) for route in order)
    when = window_words(*spans[-1])
    return f"Every route here is computable in the same periods. By {VARIANT_OF[name].symbol}, {when}: {listed}."


def _route_words(vintage: Vintage, route: str, span: Span, name: str, source: str | None) -> str:
    """Return a route's risk with its spread and the places whose arrivals it is divided by."""
    found = risk_answer(vintage, Selection(routes=(route,), start=span[0], end=span[1], source=source))
    one = next(variant for variant in found["variants"] if variant["name"] == name)
    taken = {
        measure: words for measure, words in only_in(found["sources"]).items() if measure in VARIANT_OF[name].needs
    }
    where = ", ".join(f"{measure}{words}" for measure, words in taken.items() if words)
    said = f"{found['route_name']}{f' ({where})' if where else ''} {percent(one['value'])}"
    return said if one["low"] is None else f"{said}, spread {spread_words(one['low'], one['high'])}"
