"""The question "More dangerous, or just busier?": counts and risk of one route on one time axis."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html

from data.risk import DRAWS, SPREAD_WORDS, VARIANTS, percent, spread_words
from data.risk_over_time import STEPS, routes_with_arrivals, why_never
from data.risk_words import left_out_words, on_route
from data.vintage import Vintage
from layouts import text
from layouts.figures.risk import risk_figure
from layouts.questions.parts import asked_select, drawn, files
from layouts.tables import table

UNFOLDED: Final = 12
SEASONS: Final = "The two halves of a year are different seasons; no half can be compared with the same half here."
NO_PLACE: Final = "Risk is of a whole route. A cell has no denominator, so there is none of a cell."


def form(vintage: Vintage) -> list[Any]:
    """Return the choices: route, step, variant."""
    names = {route: vintage.name_of("route", route) for route in routes_with_arrivals(vintage)}
    variants = {one.name: f"{one.label.capitalize()} ({one.symbol})" for one in VARIANTS}
    return [
        asked_select("Route", "route", {"": "As on the map, else most deaths"} | names),
        asked_select("Step", "step", STEPS),
        asked_select("Variant", "variant", {"": "First that is computable"} | variants),
    ]


def risk_view(
    answer: Mapping[str, Any], name: str, compared: Mapping[str, Any] | None, routes: str, unfiltered: str, query: str
) -> list[Any]:
    """Return the sentence, the picture, the variant in full, the numbers as a table and files, and whose they are.

    ``query`` is what the files are asked by.
    """
    variant = next(one for one in VARIANTS if one.name == name)
    places = answer["computable"][name]
    asked = [html.H3(_headline(answer, name, compared))]
    if compared:
        asked += [html.P(compared["caption"])] if compared["sentence"] else []
        is_mixed = compared["earlier"]["span"][0].month != compared["later"]["span"][0].month
        asked += [html.P(SEASONS, className="caution")] if is_mixed else []
        asked += [html.P(compared["passed_over"], className="caution")] if compared["passed_over"] else []
    asked += [html.P(words, className="caution") for words in [_left_out(answer, name, compared)] if words]
    seen = f"{answer['route_name']}: deaths, interceptions, arrivals and {variant.label}, by {answer['step']}."
    picture = drawn(risk_figure(answer, name), kind="risk", label=f"{seen} The numbers are in the table.")
    of = f"computable in {len(places)} of {len(answer['periods'])} {answer['step']}s"
    return [
        *asked, picture, _legend(),
        html.P([html.Strong(f"{variant.formula}: "), f"{variant.words}; {of}. {variant.leaves_out}"]),
        *_others(answer, name),
        html.P(routes),
        _folded(answer),
        files("risk", query, ("CSV", "XLSX", "Parquet")),
        html.P(_muted(answer, unfiltered), className="caution"),
    ]  # fmt: skip


def _left_out(answer: Mapping[str, Any], name: str, compared: Mapping[str, Any] | None) -> str:
    """Return what is left out of the periods that the sentence speaks of (RULES C5, R6)."""
    periods = [answer["periods"][place] for place in answer["computable"][name][:1]]
    if compared:
        periods = [compared["earlier"], compared["later"]]
    both = [(one["period"], left_out_words(one)) for one in periods]
    return " ".join(f"{period[:1].upper()}{period[1:]}: {words}" for period, words in both if words)


def _headline(answer: Mapping[str, Any], name: str, compared: Mapping[str, Any] | None) -> str:
    """Return the comparison; else the one value there is; else that there is none, and why."""
    if compared:
        return str(compared["sentence"] or compared["caption"])
    number = next(place for place, one in enumerate(VARIANTS) if one.name == name)
    if places := answer["computable"][name]:
        only = answer["periods"][places[0]]["variants"][number]
        return f"{only['sentence']} It is the only {answer['step']} in which this can be computed."
    label = f"{VARIANTS[number].label.capitalize()} ({VARIANTS[number].symbol})"
    place = on_route(answer["route_name"])
    return f"{label} cannot be computed for any {answer['step']} {place}. {why_never(answer, name)}"


def _legend() -> html.P:
    marks = (("dead", "dead or missing"), ("absent", "no figure, or risk not computable: the table says why"))
    listed = [html.Span([html.Span(className=f"mark {name}", **{"aria-hidden": "true"}), words])
              for name, words in marks]  # fmt: skip
    spread = html.Span([html.Span(className="mark risk-point", **{"aria-hidden": "true"}), SPREAD_WORDS])
    return html.P([*listed, spread], className="series-legend")


def _others(answer: Mapping[str, Any], name: str) -> list[html.P]:
    """Return why deaths per attempt, which leaves out least, is missing where it is computable in no period."""
    if name == "rho" or answer["computable"]["rho"]:
        return []
    words = f" would count people intercepted too. It is not computable in any {answer['step']} here. "
    words += why_never(answer, "rho")
    return [html.P([html.Strong("Deaths per attempt (ρ)"), words])]


def _folded(answer: Mapping[str, Any]) -> html.Details:
    """Return the numbers as a table, open where it is short."""
    heads = ["Period", "Dead or missing, at least", "Arrivals", "Interceptions", "Attempts",
             *(f"{one.symbol}, {one.label}" for one in VARIANTS), "Left out"]  # fmt: skip
    rows = [
        [one["period"], *(one[name] for name in ("deaths", "arrivals", "interceptions", "attempts")),
         *(_cell(variant) for variant in one["variants"]), left_out_words(one)]
        for one in answer["periods"]
    ]  # fmt: skip
    caption = f"{answer['route_name']}, in people. In brackets: {SPREAD_WORDS}, 2.5 to 97.5 percentiles."
    made = table(caption, heads, rows, notes=len(VARIANTS) + 1)
    body = html.Div(made, className="wide-table", tabIndex=0, role="region", **{"aria-label": "Risk by period"})
    return html.Details([html.Summary("The numbers"), body], open=len(rows) <= UNFOLDED, className="numbers")


def _cell(one: Mapping[str, Any]) -> str:
    if "value" not in one:
        return f"Not computable: {one['not_computable']}."
    ratio = "1 per" if one["name"] == "kappa" else "1 in"
    number = f"{ratio} {one['one_in']:,}" if one["one_in"] else "none recorded"
    spread = f" ({spread_words(one['low'], one['high'])})" if one["low"] is not None else ""
    return f"{percent(one['value'])}, {number}{spread}"


def _titles(answer: Mapping[str, Any], name: str) -> list[str]:
    """Return the sources of a measure over all periods, each once."""
    return list(dict.fromkeys(title for one in answer["periods"] if (title := one["sources"][name]["title"])))


def _muted(answer: Mapping[str, Any], unfiltered: str) -> str:
    """Return how the spread is made, whose numbers these are, and what is not shown."""
    titles = [f"{name}: {', '.join(found)}" for name in ("deaths", "arrivals", "interceptions")
              if (found := _titles(answer, name))]  # fmt: skip
    mark = f" {text.DEMONSTRATION}" if answer["is_demonstration"] else ""
    return (
        f"The spread resamples the events {DRAWS:,} times; it says nothing of deaths that nobody recorded. {NO_PLACE}"
        f"{unfiltered} Sources: {'; '.join(titles)}. Vintage {answer['vintage']}.{mark}"
    )
