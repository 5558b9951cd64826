"""The question "Check a quote": what yields a quoted figure, what that leaves out, a sentence safe to print."""

from collections.abc import Mapping
from typing import Any, Final

from dash import html

from data.risk import VARIANT_OF
from data.risk_answers import TYPED
from data.risk_over_time import routes_with_arrivals
from data.vintage import Vintage
from layouts import text
from layouts.questions.parts import asked_select, asked_text

SHOWN: Final = 6
ASK: Final = "Type or paste a quoted figure, such as “1 in 35”, “1:18”, “2.9%” or “0.0288”, or the sentence with it."
NOT_ORIGIN: Final = (
    "A match shows one way in which the figure can be made. It does not show where the quote comes from, nor that the "
    "quote means this."
)
NOT_A_MATCH: Final = (
    "Near is not a match. The quote may use other counts, another period, or people nobody counted here."
)
SEVERAL: Final = (
    "Several fit, so the figure alone does not say which of them is meant: ask for the formula, route and period."
)
LABELS: Final = {"deaths": "Dead or missing", "attempts": "Attempts", "arrivals": "Arrivals",
                 "interceptions": "Interceptions"}  # fmt: skip


def form(vintage: Vintage) -> list[Any]:
    """Return the choices: the quoted figure, the route, and figures of one's own."""
    names = {route: vintage.name_of("route", route) for route in routes_with_arrivals(vintage)}
    stated = [asked_text(LABELS[name], name, hint="people") for name in TYPED]
    return [
        asked_text("Quoted figure, or the sentence with it", "text", hint="1 in 35"),
        asked_select("Route", "route", {"": "Any route"} | names),
        html.Details([html.Summary("Numbers stated with the quote"), html.Div(stated, className="limits"),
                      html.P("Then these alone are checked, not the data here.", className="caution")],
                     className="sector-more"),
    ]  # fmt: skip


def quote_view(answer: Mapping[str, Any]) -> list[Any]:
    """Return what fits the quote, or the nearest two and why they differ; a match is never called its origin."""
    said = f"“{answer['figure']}”"
    matches, near = answer["matches"], answer["nearest"]
    if matches:
        fits = text.counted(answer["matched"], "computed value rounds to", "computed values round to")
        head = [html.H3(f"{fits} {said}."), html.P(f"{SEVERAL} {NOT_ORIGIN}" if len(matches) > 1 else NOT_ORIGIN)]
    elif near:
        nearest = "The nearest is below." if len(near) == 1 else "The nearest two are below, with why they differ."
        head = [html.H3(f"No computed value rounds to {said}. {nearest}"), html.P(NOT_A_MATCH)]
    else:
        head = [html.H3(f"Nothing can be computed to compare with {said}.")]
    shown = [_entry(one) for one in [*matches, *near][:SHOWN]]
    rest = [_entry(one) for one in matches[SHOWN:]]
    more = [html.Details([html.Summary(f"{len(rest)} more that fit"), *rest], className="numbers")] if rest else []
    return [*head, *shown, *more, *_searched(answer)]


def _searched(answer: Mapping[str, Any]) -> list[html.P]:
    """Return which variants could not be compared and why, and what was."""
    is_typed = answer["windows"] is None
    why_not = "Not computable" if is_typed else "Not compared"
    refused = [
        html.P(f"{why_not}, {VARIANT_OF[name].label} ({VARIANT_OF[name].symbol}): {reason}.", className="caution")
        for name, reason in answer["not_computable"].items()
    ]
    searched = f"{text.counted(answer['searched'], 'value was', 'values were')} compared."
    of = " Only the figures given, none of the data here." if is_typed else f" Vintage {answer['vintage']}."
    mark = f" {text.DEMONSTRATION}" if answer["is_demonstration"] else ""
    return [*refused, html.P(f"{searched}{of}{mark}", className="caution")]


def _entry(one: Mapping[str, Any]) -> html.Article:
    """Return one value: what it is, the sentence safe to print with its button, what it leaves out or differs in."""
    where = f"{one['route_name']}, {one['period']}" if one["route_name"] else "from the figures given"
    copied = f"Copy the sentence: {where}, {one['symbol']}"
    aside = one.get("differs") or one["leaves_out"]
    return html.Article(
        [
            html.H4(f"{one['label'].capitalize()} ({one['symbol']}): {where}"),
            html.P(one["sentence"], className="safe"),
            html.Button("Copy", type="button", className="button", **{"data-copy": "sentence", "aria-label": copied}),
            html.P(f"{one['formula']}. {aside}" if "differs" not in one else aside, className="caution"),
        ],
        className="card quoted",
    )  # fmt: skip
