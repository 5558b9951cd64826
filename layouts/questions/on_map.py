"""What an answer shows on the page's own map: where its cells and lines are asked for, and the key that explains them.

``assets/map/answer.mjs`` reads it from the answer, draws it, and puts the key in place of the map's own.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dash import html
from dash.development.base_component import Component

from data.compare.change_table import FLOORS
from data.model.days import WHOLES, Span, span_words
from data.model.notices import say
from geo.areas.areas import Box
from layouts import ids
from layouts.figures.around_marks import SHARES, TOKENS
from layouts.parts.attributes import attributes
from layouts.text import page as text

HEXAGON: Final = 22  # pixels
LEVELS: Final = ("99%", "95%", "90%", "90%", "95%", "99%")


@dataclass(frozen=True)
class RouteShown:
    """A route drawn by itself: ``tone`` is fewer, more or arrived, ``size`` 1 to 3 its width, ``words`` its label."""

    route: str
    tone: str
    size: int
    words: Sequence[str]


@dataclass(frozen=True)
class CountryShown:
    """A country that is marked: the names of its shapes, its label and where that stands, and its mainland's box."""

    shapes: Sequence[str]
    words: Sequence[str]
    at: tuple[float, float]
    box: Box


def on_map(
    key: Sequence[Component], *, back: str, cells: str | None = None, corridors: str | None = None,
    routes: Sequence[RouteShown] = (), boxes: Sequence[Box] = (), countries: Sequence[CountryShown] = (),
    stays: bool = False,
) -> html.Div:  # fmt: skip
    """Return what the map shows of an answer: addresses of cells or corridors, routes, countries, and where it looks.

    ``key`` explains them; ``back`` are the words that show the map as it was. It ``stays`` where the reader has it,
    or looks at the boxes.
    """
    shown: dict[str, Any] = {
        "stays": stays, "cells": cells, "corridors": corridors, "box": _around(boxes) if boxes else None,
        "routes": [{"route": one.route, "tone": one.tone, "size": one.size, "words": list(one.words)}
                   for one in routes],
    }  # fmt: skip
    if countries:
        shown["countries"] = [{"shapes": one.shapes, "words": one.words, "at": one.at} for one in countries]
    leave = html.Button(back, type="button", className="key-unit words", **attributes(data_answer="leave"))
    show = html.Button(say("on_map.show"), type="button", className="button", **attributes(data_answer="show"))
    note = html.P(className="key-unit", **attributes(data_dropped=""))
    explained = html.Div([*key, html.Div([note, leave], className="key-part")], hidden=True,
                         **attributes(data_answer_key=""))  # fmt: skip
    return html.Div([show, explained], className="on-map", **attributes(data_on_map=json.dumps(shown)))


def answer_key() -> html.Section:
    """Return the place of an answer's key, empty; ``assets/map/answer.mjs`` fills it."""
    return html.Section(id=ids.ANSWER_KEY, className="panel key answer-key",
                        **attributes(aria_label=say("on_map.key")))  # fmt: skip


def _around(boxes: Sequence[Box]) -> list[float]:
    west, south, east, north = zip(*boxes, strict=True)
    return [min(west), min(south), max(east), max(north)]


def change_title(before: Span, after: Span) -> str:
    """Return what changed between which two windows; the same days of two years are said once."""
    (first, last), days = after, [[(day.month, day.day) for day in span] for span in (before, after)]
    names = [span_words(*span) for span in (before, after)]
    is_named = all(name.code in WHOLES for name in names)
    if not is_named and days[0] == days[1] and first.year == last.year and before[0].year == before[1].year:
        return say("on_map.change_of_years", before=before[0].year, after=first.year, first=first, last=last)
    return say("on_map.change_title", before=names[0], after=names[1], is_named=is_named)


def change_key(*, unit: str, before: Span, after: Span, resolution: int) -> list[Component]:
    """Return the key of the cells of two windows: fewer, more, and neither."""
    floors = FLOORS
    labels = [f"−{text.number(one)}" for one in reversed(floors)] + [f"+{text.number(one)}" for one in floors]
    title = change_title(before, after)
    return [_classes(title, say("on_map.change_unit", unit=unit, km=text.WIDTH_KM[resolution]), labels),
            _marks((("neither", say("on_map.same")), ("area", say("page.key.wider_area"))))]  # fmt: skip


def spots_key(*, unit: str, resolution: int, has_one_event: bool) -> list[Component]:
    """Return the key of hot and cold spots: fewer than around, more, neither, one event alone (RULES G6, X5)."""
    marks = [("neither", say("on_map.about_as_many"))]
    marks += [("dominated", say("page.legends.one_event_is_more_than"))] * has_one_event
    unit = say("on_map.spots_unit", unit=unit, km=text.WIDTH_KM[resolution])
    return [_classes(say("on_map.spots_title"), unit, LEVELS), _marks(marks)]


def corridors_key(*, within_km: int) -> list[Component]:
    """Return the key of the bands around the lines and of what lies in them."""
    marks = (("band", say("on_map.band", km=within_km)), ("near-point", say("on_map.near")))
    title = html.P(say("on_map.corridors_title"), className="key-title")
    return [html.Div([title, *_rows(marks)], className="key-part")]


def places_key(title: str, *, what: str) -> list[Component]:
    """Return the key of countries that are marked with a figure each."""
    head = html.P(title, className="key-title")
    unit = html.P(what, className="key-unit")
    return [html.Div([head, unit, *_rows([("country", say("on_map.country"))])], className="key-part")]


def _classes(title: str, unit: str, labels: Sequence[str]) -> html.Div:
    ends = html.P([html.Span(say("on_map.fewer")), html.Span(say("on_map.more"))], className="key-ends key-unit")
    listed = [html.Span([_hexagon(at), label], className="key-step") for at, label in enumerate(labels)]
    scale = html.Div([ends, html.Div(listed, className="key-classes")], className="key-scale")
    return html.Div([html.P(title, className="key-title"), html.P(unit, className="key-unit"), scale],
                    className="key-part")  # fmt: skip


def _hexagon(at: int) -> html.Span:
    size = f"{HEXAGON * SHARES[at]:.0f}px"
    edge = f"var(--{TOKENS[at].split('-')[0]}-edge)"
    fill = html.Span(
        html.Span(style={"background": f"var(--{TOKENS[at]})"}),
        style={"background": edge, "width": size, "height": size},
    )
    return html.Span(fill, className="hexagon", **attributes(aria_hidden="true"))


def _marks(marks: Sequence[tuple[str, str]]) -> html.Div:
    return html.Div(_rows(marks), className="key-part key-marks")


def _rows(marks: Sequence[tuple[str, str]]) -> list[html.P]:
    return [
        html.P([html.Span(html.Span(className=f"hexagon-patch {kind}"), className="mark-box",
                          **attributes(aria_hidden="true")), words], className="key-mark")
        for kind, words in marks
    ]  # fmt: skip
