"""The question "More dangerous, or just busier?": counts and risk of one route on one time axis."""

from datetime import date
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.model.days import span_words
from data.model.notices import Notice, say
from data.query.parameters import RISK_STEPS
from data.risk.by_period import PeriodsCompared, RiskOverTime, RiskPeriod, routes_with_arrivals, why_never
from data.risk.formulas import DRAWS, VARIANT_OF, VARIANTS, Variant, percent, spread_words
from data.risk.models import VariantAnswer
from data.risk.sentences import left_out_notes, left_out_words, on_route
from data.store.vintage import Vintage
from layouts.figures.risk import risk_figure
from layouts.parts.attributes import attributes
from layouts.parts.tables import table
from layouts.questions.on_map import RouteShown, change_key, on_map
from layouts.questions.parts import asked_select, figure_panel, files, folded

MEASURES: Final = ("deaths", "arrivals", "interceptions")


def form(vintage: Vintage) -> list[Component]:
    """Return the choices: route, step, variant."""
    names = {route: vintage.name_of("route", route) for route in routes_with_arrivals(vintage)}
    variants = {one.name: say(f"risk.title.{one.name}") for one in VARIANTS}
    steps = {step: say(f"risk.step.{step}") for step in RISK_STEPS}
    return [
        asked_select(say("risk.form.route"), "route", {"": say("risk.form.any_route")} | names),
        asked_select(say("risk.form.step"), "step", steps),
        asked_select(say("risk.form.variant"), "variant", {"": say("risk.form.any_variant")} | variants),
    ]


def risk_view(
    answer: RiskOverTime, name: str, compared: PeriodsCompared | None, routes: Notice, unfiltered: str, query: str,
    shown: html.Div | None = None, counted_to: date | None = None,
) -> list[Component]:  # fmt: skip
    """Return the sentence, the picture, the variant in full, the numbers as a table and files, and whose they are.

    ``unfiltered`` says which filters of the map these counts do not follow, blank for none;
    ``query`` is what the files are asked by; ``shown`` is what the map shows, or, where no two periods compare, the way
    to dates that do (``other_dates``); ``counted_to`` is the last day on which deaths are counted.
    """
    variant = VARIANT_OF[name]
    label = say("risk.view.picture", route=answer.route_name, label=variant.label, step=answer.step)
    full = say("risk.view.variant", words=variant.words, computable=len(answer.computable(name)),
               periods=len(answer.periods), step=answer.step, leaves_out=variant.leaves_out)  # fmt: skip
    formula = html.P([html.Strong(f"{say('risk.view.formula', formula=variant.formula)} "), full])
    return [
        html.H3(_headline(answer, name, compared)),
        *_comparison(compared, variant),
        *([shown] if shown else []),
        *_cautions([_left_out(answer, name, compared)]),
        *(
            [figure_panel(risk_figure(answer, name, counted_to=counted_to), kind="risk", label=label), _legend()]
            if len(answer.periods) > 1
            else []
        ),  # one period is no course of time
        folded(say("questions.how"), formula),
        *_others(answer, name),
        html.P(str(routes)),
        _folded(answer),
        files("risk", query, ("CSV", "XLSX", "Parquet")),
        *_cautions([_muted(answer, unfiltered)]),
    ]


def risk_on_map(
    answer: RiskOverTime, name: str, compared: PeriodsCompared, *, address: str, route_name: str, resolution: int
) -> html.Div:
    """Return what the map shows: the route with both periods' values, and at ``address`` the cells that changed."""
    both = (compared.earlier, compared.later)
    words = [route_name, *(line for one in both if (line := _value_line(one, name)))]
    before, after = (one.span for one in both)
    key = change_key(unit=say("on_map.people"), before=before, after=after, resolution=resolution)
    route = RouteShown(answer.route, "arrived", 2, words)
    return on_map(key, back=say("on_map.all_years"), cells=address, routes=[route])


def _value_line(one: RiskPeriod, name: str) -> str:
    found = one.variant(name).computed
    if found is None or found.one_in is None:
        return ""
    return say("on_map.one_in", period=one.words, one_in=found.one_in, arrivals=one.risk.arrivals)


def _comparison(compared: PeriodsCompared | None, variant: Variant) -> list[Component]:
    """Return what became of the counts and the variant, that halves are seasons, and why later ones are passed over."""
    if compared is None:
        return []
    is_mixed = compared.earlier.span[0].month != compared.later.span[0].month
    said = [html.P(str(compared.sentence)), html.P(str(compared.caption))] if compared.sentence else []
    if compared.sentence and "interceptions" not in variant.needs:
        said.append(html.P(say("risk.verdict.without_intercepted", label=variant.label)))
    seasons = [say("risk.view.seasons")] if is_mixed else []
    return [*said, *_cautions([*seasons, " ".join(map(str, compared.passed_over))])]


def _cautions(sentences: list[str]) -> list[Component]:
    return [html.P(words, className="caution") for words in sentences if words]


def _left_out(answer: RiskOverTime, name: str, compared: PeriodsCompared | None) -> str:
    """Return what is left out of the periods that the sentence speaks of (RULES C5, R6)."""
    periods = [compared.earlier, compared.later] if compared else answer.computable(name)[:1]
    both = [(one.words, left_out_notes(one.risk)) for one in periods]
    return " ".join(say("risk.view.left_out", period=period, notes=notes) for period, notes in both if notes)


def _headline(answer: RiskOverTime, name: str, compared: PeriodsCompared | None) -> str:
    """Return the answer in words; else the one value there is; else that there is none, and why."""
    if compared:
        return str(compared.verdict or compared.caption)
    if found := answer.computable(name):
        return say("risk.view.only_one", period=found[0].words, step=answer.step,
                   sentence=found[0].variant(name).sentence)  # fmt: skip
    first, last = answer.periods[0].span[0], answer.periods[-1].span[1]
    is_one = len(answer.periods) == 1
    reason = (
        Notice("risk.view.reason", reason=answer.periods[0].variant(name).why_not)
        if is_one
        else why_never(answer, name)
    )
    return say("risk.view.none", label=VARIANT_OF[name].label, step=answer.step, is_one=is_one,
               span=span_words(first, last), place=on_route(answer.route_name),
               reason=reason)  # fmt: skip


def other_dates(whole: RiskOverTime, name: str, compared: PeriodsCompared, address: str) -> html.Div:
    """Return where dates that are chosen hold no two periods to compare: which others do, and the way to the last two.

    ``whole`` is the answer of all dates, ``address`` the page's at the two periods, with the question open.
    """
    words = say("risk.view.elsewhere", label=VARIANT_OF[name].label, place=on_route(whole.route_name),
                periods=[one.words for one in whole.computable(name)])  # fmt: skip
    link = say("risk.view.compare_them", earlier=compared.earlier.words, later=compared.later.words)
    return html.Div([html.P(words), html.P(html.A(link, href=address, className="button answer-file"))])


def _legend() -> html.P:
    marks = (("dead", say("risk.legend.dead")), ("no-figure", say("risk.legend.absent")))
    listed = [html.Span([html.Span(className=f"mark {name}", **attributes(aria_hidden="true")), words])
              for name, words in marks]  # fmt: skip
    point = html.Span(className="mark risk-point", **attributes(aria_hidden="true"))
    return html.P([*listed, html.Span([point, say("risk.spread_meaning")])], className="series-legend")


def _others(answer: RiskOverTime, name: str) -> list[Component]:
    """Return why deaths per attempt, which leaves out least, is missing where it is computable in no period."""
    if name == "rho" or answer.computable("rho"):
        return []
    words = say("risk.view.other", step=answer.step, reason=why_never(answer, "rho"))
    return [html.P([html.Strong(say("risk.title.rho")), f" {words}"])]


def _folded(answer: RiskOverTime) -> html.Details:
    """Return the numbers as a table, folded: it is wider than the sheet, and scrolls inside itself."""
    counts = ("period", "deaths", "arrivals", "interceptions", "attempts")
    heads = [*(say(f"risk.head.{name}") for name in counts), *(say(f"risk.column.{one.name}") for one in VARIANTS),
             say("risk.head.left_out")]  # fmt: skip
    made = table(say("risk.view.caption", route=answer.route_name), heads, list(map(_row, answer.periods)),
                 notes=len(VARIANTS) + 1)  # fmt: skip
    body = html.Div(
        made, className="wide-table", tabIndex=0, role="region", **attributes(aria_label=say("risk.view.table"))
    )
    return html.Details([html.Summary(say("risk.view.numbers")), body], className="numbers")


def _row(one: RiskPeriod) -> list[str | int | None]:
    risk = one.risk
    counts = (risk.deaths, risk.arrivals, risk.interceptions, risk.attempts)
    return [str(one.words), *counts, *map(_cell, risk.variants), left_out_words(risk)]


def _cell(one: VariantAnswer) -> str:
    found = one.computed
    if found is None:
        return say("risk.not_computable", reason=one.why_not)
    spread = found.spread and spread_words(*found.spread)
    return say("risk.view.cell", value=percent(found.value), is_ratio=one.name == "kappa", one_in=found.one_in,
               spread=spread)  # fmt: skip


def _titles(answer: RiskOverTime, name: str) -> list[str]:
    """Return the sources of a measure over all periods, each once."""
    titles = (getattr(one.risk.sources, name).title for one in answer.periods)
    return list(dict.fromkeys(title for title in titles if title))


def _muted(answer: RiskOverTime, unfiltered: str) -> str:
    """Return how the spread is made, whose numbers these are, and what is not shown."""
    titles = [Notice("risk.view.source", measure=Notice(f"risk.measure.{name}"), titles=found)
              for name in MEASURES if (found := _titles(answer, name))]  # fmt: skip
    parts = [say("risk.view.spread", draws=DRAWS), say("risk.view.no_cell"), unfiltered,
             say("risk.view.sources", sources=titles, vintage=answer.vintage),
             say("statement.demonstration") if answer.is_demonstration else ""]  # fmt: skip
    return " ".join(part for part in parts if part)
