"""The question of the four pillars: all views with their figures, or one of them with all that stands beside it."""

from collections.abc import Mapping, Sequence
from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from data.model.countries import countries, shapes_of
from data.model.notices import say
from data.pillars.models import Asked, View, ViewRow
from data.pillars.views import PILLARS, Brief
from data.store.vintage import Vintage
from geo.areas.areas import Box
from geo.areas.countries import box_of, middle_of, shape_names
from layouts.figures.view_series import DrawnLine, drawn_lines, drawn_panels
from layouts.parts.attributes import attributes
from layouts.parts.tables import table
from layouts.questions.on_map import CountryShown, RouteShown, on_map, places_key
from layouts.questions.parts import folded, wide
from layouts.text.views import row_cells, selection_words, series_cells, source_words, value_words

STYLE: Final = "/assets/views.css"
MOST_FRAMED: Final = 8  # countries that the map is fitted to; all that have a figure are marked
MOST_ROWS: Final = 40
ROOM: Final = 4.0  # degrees
PICTURES: Final = ("PNG", "SVG")
FILES: Final = {"CSV": "views.csv", "JSON": "views.json", "Parquet": "views.parquet"}


def form(vintage: Vintage) -> list[Component]:
    """Return the field of the view that is chosen, which the answer's own list fills."""
    del vintage
    field = dcc.Input(type="text", value="", debounce=True)
    return [html.Label([html.Span(say("pillar_views.chosen")), field], hidden=True, **attributes(data_ask="view"))]


def every_view(found: Sequence[Brief], asked: Asked, routes: Mapping[str, str], query: str) -> list[Component]:
    """Return the views of the four pillars, each a button with its figure in a sentence, or that there is none."""
    held = sum(one.is_computable for one in found)
    parts: list[Component] = [
        html.Link(rel="stylesheet", href=STYLE),
        html.H3(say("pillar_views.all.sentence", computable=held, views=len(found))),
        html.P(selection_words(asked, routes), className="muted"),
    ]
    for pillar in PILLARS:
        name = say("pillars.page.title", pillar=pillar, name=say(f"pillars.name.{pillar}"))
        listed = [_item(one) for one in found if one.pillar == pillar]
        parts += [html.H4(html.A(name, href=_to(f"/pillars/{pillar}", query))), html.Ul(listed, className="view-list")]
    return parts


def _item(one: Brief) -> html.Li:
    choose = html.Button(one.question, type="button", className="view-name", **attributes(data_choose=one.view))
    return html.Li([choose, html.Span(one.words)], className="" if one.is_computable else "missing")


def one_view(view: View, asked: Asked, routes: Mapping[str, str], query: str) -> list[Component]:
    """Return one view: its sentence, what the map marks, its years, its rows, and how it is counted."""
    back = html.Button(say("pillar_views.one.back"), type="button", className="view-name", **attributes(data_choose=""))
    return [
        html.Link(rel="stylesheet", href=STYLE),
        html.H3(view.words),
        html.P([back, " ", html.Strong(view.question), " ", selection_words(asked, routes)], className="muted"),
        *_on_map(view, asked, routes),
        *_years(view),
        *_rows(view),
        html.Dl([part for what in ("formula", "denominator") for part in _said(what, getattr(view, what))]
                + _said("sources", *map(source_words, view.sources)), className="view-how"),
        html.P(" ".join([view.caveat, *view.notes]), className="caution"),
        _files(view, query),
    ]  # fmt: skip


def _said(what: str, *sentences: str) -> list[Component]:
    found = sentences or (say("pillars.page.no_sources"),)
    return [html.Dt(say(f"pillars.page.{what}")), *(html.Dd(one) for one in found)]


def _years(view: View) -> list[Component]:
    """Return the years of a view: panels of all its series where its rows are of years, else a picture of each line."""
    panels = drawn_panels(view.rows)
    if not view.series and not panels:
        return []
    drawn = [[html.H5(one.name), _pictures(one.lines)] for one in panels]
    pictures: list[Component] = [*drawn[0]] if drawn else []
    if len(drawn) > 1:
        more = say("pillars.page.more_panels", first=panels[1].name, more=len(drawn) - 2)
        pictures.append(folded(more, html.Div([part for one in drawn[1:] for part in one])))
    pictures += [html.P(say("pillars.page.series_scale"), className="caution")] if panels else []
    heads, rows = series_cells(view.series)
    caption = say("pillar_views.series.table")
    numbers = [folded(caption, table(caption, heads, rows, words=len(heads)))] if view.series else []
    return [html.H4(say("pillar_views.series.caption")), *(pictures or [_pictures(drawn_lines(view))]), *numbers]


def _pictures(lines: Sequence[DrawnLine]) -> html.Div:
    figures = [
        html.Figure([
            *([html.Figcaption(one.name)] if one.name else []), html.Img(src=one.picture, alt=one.words),
            html.P([html.Span(one.first), html.Span(one.last)], className="ends"),
        ])
        for one in lines
    ]  # fmt: skip
    return html.Div(figures, className="lines")


def _rows(view: View) -> list[Component]:
    if not view.rows:
        return []
    heads = [say(f"pillars.row.{name}") for name in ("of", "what", "value", "parts")]
    caption = say("pillars.page.numbers")
    rows = table(caption, heads, [row_cells(row) for row in view.rows[:MOST_ROWS]], words=len(heads))
    more = len(view.rows) - MOST_ROWS
    rest = [html.P(say("pillars.page.more_rows", number=more), className="caution")] if more > 0 else []
    return [wide(rows, caption), *rest]


def _files(view: View, query: str) -> html.P:
    links = [
        html.A(kind, href=_to(f"/api/v1/{name}", query, view=view.view), className="button answer-file",
               **attributes(aria_label=say("questions.files.kind", kind=kind)))
        for kind, name in FILES.items()
    ]  # fmt: skip
    links += [_drawn(view, query, kind, f"pillar.{kind.lower()}", "picture") for kind in PICTURES]
    links.append(_drawn(view, query, say("pillar_views.files.brief_word"), "brief.pdf", "brief"))
    page = html.A(say("pillar_views.one.page"), href=_to(f"/pillars/{view.pillar}", query, anchor=view.view))
    return html.P([html.Span(say("questions.files.label")), *links, page], className="answer-files")


def _drawn(view: View, query: str, word: str, file: str, said: str) -> html.A:
    address = _to(f"/api/v1/exports/{file}", query, pillar_view=view.view)
    label = say(f"pillar_views.files.{said}", kind=word)
    return html.A(word, href=address, className="button answer-file", **attributes(aria_label=label))


def _to(path: str, query: str, *, anchor: str = "", **own: str) -> str:
    given = "&".join([*(f"{name}={value}" for name, value in own.items()), *([query] if query else [])])
    return f"{path}{'?' if given else ''}{given}{'#' if anchor else ''}{anchor}"


def _on_map(view: View, asked: Asked, routes: Mapping[str, str]) -> list[Component]:
    """Return what the map marks: the countries that have a figure in the view, with the route that it is of."""
    shown = countries_of(view.rows)
    if not shown:
        return []
    route = asked.route if asked.route in routes else None
    lines = [RouteShown(route, "of-view", 1, [routes[route]])] if route else []
    boxes = [_with_room(one.box) for one in shown[:MOST_FRAMED]]
    key = places_key(view.question, what=view.rows[0].what)
    return [on_map(key, back=say("on_map.back"), routes=lines, boxes=boxes, countries=shown)]


def _with_room(box: Box) -> Box:
    """Return a country's box with the room that its label takes beside it."""
    west, south, east, north = box
    return west - ROOM, max(south - ROOM, -85), east + ROOM, min(north + ROOM, 85)


def countries_of(rows: Sequence[ViewRow]) -> list[CountryShown]:
    """Return the countries of rows that have a figure, each once, with its figure in words."""
    found: dict[str, CountryShown] = {}
    for row in rows:
        shapes = shapes_of(row.part, shape_names()) if row.part in countries() else ()
        if row.value is not None and shapes and row.part not in found:
            words = (row.name, value_words(row.value, row.unit, row.status))
            found[row.part] = CountryShown(shapes, words, middle_of(shapes), box_of(shapes))
    return list(found.values())
