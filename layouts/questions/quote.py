"""The question "Check a quote": what yields a quoted figure, what that leaves out, a sentence safe to print."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from data.model.answers import UNSET
from data.model.notices import Notice, say
from data.query.parameters import FIGURES_TYPED
from data.risk.by_period import routes_with_arrivals
from data.risk.formulas import VARIANT_OF
from data.risk.models import QuoteAnswer, QuoteMatch
from data.store.vintage import Vintage
from layouts.parts.attributes import attributes
from layouts.questions.parts import asked_select, asked_text

SHOWN: Final = 6


def form(vintage: Vintage) -> list[Component]:
    """Return the choices: the quoted figure, the route, and figures of one's own."""
    names = {route: vintage.name_of("route", route) for route in routes_with_arrivals(vintage)}
    stated = [asked_text(say(f"quote.number.{name}"), name, hint=say("quote.form.people")) for name in FIGURES_TYPED]
    return [
        asked_text(say("quote.form.text"), "text", hint=say("quote.form.example")),
        asked_select(say("quote.form.route"), "route", {"": say("quote.form.any_route")} | names),
        html.Details([html.Summary(say("quote.form.stated")), html.Div(stated, className="limits"),
                      html.P(say("quote.form.alone"), className="caution")], className="sector-more"),
    ]  # fmt: skip


def quote_view(answer: QuoteAnswer) -> list[Component]:
    """Return what fits the quote, or the nearest two and why they differ; a match is never called its origin."""
    matches, near = answer.matches, answer.nearest
    if matches:
        several = [say("quote.view.several")] if len(matches) > 1 else []
        head = [html.H3(say("quote.view.fits", matched=answer.matched, figure=answer.figure)),
                html.P(" ".join([*several, say("quote.view.not_origin")]))]  # fmt: skip
    elif near:
        head = [html.H3(say("quote.view.nearest", figure=answer.figure, near=len(near))),
                html.P(say("quote.view.not_a_match"))]  # fmt: skip
    else:
        head = [html.H3(say("quote.view.nothing", figure=answer.figure))]
    shown = [_entry(one) for one in [*matches, *near][:SHOWN]]
    rest = [_entry(one) for one in matches[SHOWN:]]
    return [*head, *shown, *_more(rest), *_searched(answer)]


def _more(entries: list[html.Article]) -> list[Component]:
    if not entries:
        return []
    return [html.Details([html.Summary(say("quote.view.more", number=len(entries))), *entries], className="numbers")]


def _searched(answer: QuoteAnswer) -> list[Component]:
    """Return which variants could not be compared and why, and what was."""
    is_typed = answer.windows is None
    refused = [
        html.P(say("quote.view.refused", is_typed=is_typed, label=VARIANT_OF[name].label,
                   reason=reason), className="caution")
        for name, reason in answer.not_computable.items()
    ]  # fmt: skip
    parts = [
        say("quote.view.searched", searched=answer.searched),
        say("quote.view.of_figures") if is_typed else say("quote.view.of_vintage", vintage=answer.vintage),
        *([say("statement.demonstration")] if answer.is_demonstration else []),
    ]
    return [*refused, html.P(" ".join(parts), className="caution")]


def _entry(one: QuoteMatch) -> html.Article:
    """Return one value: what it is, the sentence safe to print with its button, what it leaves out or differs in."""
    is_of_route = one.route_name is not None
    where = Notice("quote.entry.where", is_of_route=is_of_route, route=one.route_name, period=one.period)
    copied = say("quote.entry.copy_label", where=where, label=one.label)
    full = Notice("quote.entry.formula", formula=one.formula, leaves_out=one.leaves_out)
    return html.Article(
        [
            html.H4(say("quote.entry.heading", title=Notice(f"risk.title.{one.variant}"), where=where)),
            html.P(str(one.sentence), className="safe"),
            html.Button(say("quote.entry.copy"), type="button", className="button",
                        **attributes(data_copy="sentence", aria_label=copied)),
            html.P(str(full if one.differs is UNSET else one.differs), className="caution"),
        ],
        className="card quoted",
    )  # fmt: skip
