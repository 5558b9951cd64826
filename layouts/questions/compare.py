"""The question "What changed between two periods?": both totals, and the change by route, month or cell."""

from collections.abc import Mapping, Sequence
from typing import Final

from dash import html
from dash.development.base_component import Component

from data.compare.models import ChangeRow, ClassWords, CompareAnswer, Side
from data.counting.coverage import covered
from data.counting.windows import Window, last_full_years
from data.model.notices import say
from data.model.route_names import plain_name
from data.query.selection import Selection
from data.store.vintage import Vintage
from data.trends.models import RouteSeries, SmallMultiples
from geo.areas.study_areas import study_areas
from geo.cells import cell_centre, cell_from_text
from geo.map.basemap import nearest_place
from layouts.figures.around_marks import token_of
from layouts.figures.small_series import as_address, small_series
from layouts.parts.attributes import attributes
from layouts.parts.tables import packed_table, table
from layouts.questions.on_map import RouteShown, change_key, on_map
from layouts.questions.parts import asked_days, asked_select, folded
from layouts.questions.words import Names, first_sentence
from layouts.text import page as text

Cell = Component | str | int | None
WHOLE: Final = "world"
MOST_ROWS: Final = 25
MOST_ROUTES: Final = 8  # on the map


def spelt(window: Window) -> str:
    """Return a window as it is typed: ``2024-01-01..2024-12-31``."""
    return f"{window.first}..{window.last}"


def form(vintage: Vintage) -> list[Component]:
    """Return the two windows, the last full year and the one before unless others are typed, and what to list by."""
    years = last_full_years(covered(vintage, Selection()))
    first, second = ((str(one.first), str(one.last)) for one in years) if years else (("", ""), ("", ""))
    areas = {"": say("compare.form.any_area")} | {area: say(f"study_areas.name.{area}") for area in study_areas()}
    return [
        asked_days(say("compare.form.first"), "first", start=first),
        asked_days(say("compare.form.second"), "second", start=second),
        asked_select(say("compare.form.by"), "by", {by: say(f"compare.by.{by}") for by in ("route", "month", "cell")}),
        asked_select(say("compare.form.area"), "study_area", areas),
    ]


def compare_sentence(found: CompareAnswer, selection: Selection, names: Names) -> str:
    """Return the second window against the first in one sentence, the percentage only where it may be given (T3)."""
    first, second = found.first, found.second
    return first_sentence(
        selection, names, when=text.window(second.first, second.last), value=second.value,
        past=text.window(first.first, first.last), base=first.value, brief=found.change.brief,
    )  # fmt: skip


def answer(
    found: CompareAnswer, routes: SmallMultiples, selection: Selection, names: Names, *, step: str, shown: html.Div
) -> list[Component]:
    """Return an answer: what changed, what of it the map shows, and every route side by side over both windows.

    ``step`` is that of ``routes``.
    """
    cautions = " ".join([*map(str, found.caution), say("compare.page.aside")])
    return [
        html.H3(compare_sentence(found, selection, names)),
        html.P(cautions, className="caution"),
        *_mark(found),
        shown,
        _totals(found),
        *_changes(found),
        *_routes(found, routes, step),
    ]


def change_on_map(
    by_route: CompareAnswer, address: str, resolution: int, *, area: str | None = WHOLE, names: Mapping[str, str]
) -> html.Div:
    """Return what the map shows: the cells that changed, asked for at ``address``, and the routes that changed most.

    The map looks at the study area ``area``, or stays where it is; ``names`` are those of the routes.
    """
    before, after = ((side.first, side.last) for side in (by_route.first, by_route.second))
    changed = sorted((row for row in by_route.rows if row.place), key=lambda row: -abs(row.change or 0))
    routes = [
        RouteShown(str(row.id), "more" if (row.place or 0) > 0 else "fewer", abs(row.place or 0),
                   [plain_name(str(row.id), names.get(str(row.id), str(row.id))), text.signed(row.change or 0)])
        for row in changed[:MOST_ROUTES]
    ]  # fmt: skip
    key = change_key(unit=text.MEASURE_UNIT[by_route.measure], before=before, after=after, resolution=resolution)
    boxes = () if area in (None, WHOLE) else study_areas()[area].boxes
    return on_map(key, back=say("on_map.all_years"), cells=address, routes=routes, boxes=boxes, stays=area is None)


def _mark(found: CompareAnswer) -> list[Component]:
    words = say("page.words.demonstration_mark")
    return [html.P(words, className="demonstration-mark")] if found.is_demonstration else []


def _totals(found: CompareAnswer) -> html.Div:
    """Return both totals with what the list or map below leaves out of them, and what is in neither."""
    first, second, dropped, outside = found.first, found.second, found.dropped, found.outside
    rows: list[list[Cell]] = [
        [text.MEASURE[found.measure], first.value, second.value],
        [say(f"compare.of_them.{dropped.name}"), dropped.first, dropped.second],
        [say("compare.total.events"), first.events, second.events],
        [say("compare.total.days"), first.days, second.days],
        [say("compare.total.partly"), outside.partly_in_first, outside.partly_in_second],
    ]
    caption = say("compare.total.caption", unit=text.MEASURE_UNIT[found.measure], undated=outside.undated or 0)
    whole = table(caption, [say("compare.total.what"), _days(first), _days(second)], rows)
    named = attributes(aria_label=say("compare.total.label"))
    return html.Div(whole, className="wide", tabIndex=0, role="region", **named)


def _days(side: Side) -> str:
    return text.dates(side.first, side.last)


def _changes(found: CompareAnswer) -> list[Component]:
    rows, by, dropped = found.rows, found.by, found.dropped
    shown = rows if by == "month" else rows[:MOST_ROWS]
    longest = max([1, *(abs(row.change) for row in shown if row.change is not None)])
    lines = [_line(_name(row, by), row, longest) for row in shown]
    if dropped.first or dropped.second:
        bar = _bar(dropped.change, None, longest)
        lines.append([say(f"compare.dropped.{dropped.name}"), bar, dropped.first, dropped.second, dropped.change])
    heads = [say(f"compare.head.{by}"), say("compare.head.fewer_more"), _days(found.first), _days(found.second),
             say("compare.head.change")]  # fmt: skip
    unit = text.MEASURE_UNIT[found.measure]
    is_cut = len(shown) < len(rows)
    caption = say("compare.page.caption", by=by, unit=unit, is_cut=is_cut, shown=len(shown), rows=len(rows))
    listed = table(caption, heads, lines, words=2)
    title = say("compare.page.title", measure=text.MEASURE[found.measure], by=by, unit=unit)
    has_hatched = any(row.place is None for row in shown)
    hatched = [html.P(say("compare.page.hatched"), className="caution")] if has_hatched else []
    named = attributes(aria_label=title)
    return [html.H4(title), _legend(found.classes, is_of_cells=by == "cell"), *hatched,
            html.Div(listed, className="wide changes", tabIndex=0, role="region", **named)]  # fmt: skip


def _line(name: str, row: ChangeRow, longest: int) -> list[Cell]:
    return [name, _bar(row.change, row.place, longest), row.first, row.second, row.change]


def _bar(change: int | None, place: int | None, longest: int) -> html.Span:
    """Return a bar to the left or right of zero; hatched where what changed is in no group."""
    if change is None:
        return html.Span(say("compare.change.not_comparable"), className="muted")
    side = "more" if change > 0 else "fewer"
    wide = 0 if change == 0 else max(50 * min(abs(change) / longest, 1), 0.8)
    style = {"width": f"{wide:.1f}%"} | (_ground(place) if place is not None else {})
    bar = html.Span(className=f"around-bar {side}{' dropped' if place is None else ''}", style=style)
    return html.Span(bar, className="around", **attributes(aria_hidden="true"))


def _ground(place: int) -> dict[str, str]:
    return {"backgroundColor": f"var(--{token_of(place)})"}


def _name(row: ChangeRow, by: str) -> str:
    if by == "route":
        return plain_name(str(row.id), str(row.name))
    if by == "month":
        return say("compare.page.months", second=row.month_second, first=row.month_first)
    longitude, latitude = cell_centre(cell_from_text(str(row.id)))
    return nearest_place(longitude=longitude, latitude=latitude)


def _legend(classes: Sequence[ClassWords], *, is_of_cells: bool) -> html.Ul:
    """Return the seven steps of the ramp, fewer to more, in words: as hexagons where the map has them, else as bars."""
    return html.Ul(
        [
            html.Li(
                [
                    html.Span(className="patch" if is_of_cells else "bar-patch", style=_ground(one.place)),
                    str(one.words),
                ]
            )
            for one in classes
        ],
        className="ramp",
    )


def _routes(found: CompareAnswer, routes: SmallMultiples, step: str) -> list[Component]:
    """Return every route by period on one scale, with the numbers as a table."""
    if not routes.routes:
        return []
    unit = text.MEASURE_UNIT[found.measure]
    first, last = (text.period(routes.periods[place], step) for place in (0, -1))
    scale = say("compare.routes.scale", scale=routes.scale, step=step, first=first, last=last,
                light=_days(found.first), dark=_days(found.second))  # fmt: skip
    heads = [say("compare.head.route"), *(text.period(one, step) for one in routes.periods)]
    rows = [[route_name(one), *one.values] for one in routes.routes]
    title = say("compare.routes.title", measure=text.MEASURE_INLINE[found.measure], step=step, unit=unit)
    numbers = packed_table(say("compare.routes.caption", step=step, unit=unit), heads, rows)
    return [
        html.H4(title),
        html.P(f"{say('compare.routes.side_by_side')} {scale}", className="caution"),
        html.Ul([_card(found, routes, one, step) for one in routes.routes], className="routes-grid"),
        folded(say("compare.routes.table"), numbers),
    ]


def _card(found: CompareAnswer, routes: SmallMultiples, one: RouteSeries, step: str) -> html.Li:
    windows = [Window(side.first, side.last) for side in (found.first, found.second)]
    name = route_name(one)
    picture = small_series(routes.periods, _whole(one.values, routes.complete), scale=routes.scale, windows=windows,
                           label=name)  # fmt: skip
    said = say("compare.routes.label", route=name, total=one.total, most=_most(one.values), step=step)
    total = html.Span(say("compare.routes.total", total=one.total), className="muted")
    return html.Li([html.Span(name, className="route-name"), html.Img(src=as_address(picture), alt=said), total])


def route_name(one: RouteSeries) -> str:
    """Return a route's name as the map has it; of none, the words for that."""
    return plain_name(one.route, str(one.name)) if one.route else str(one.name)


def _whole(values: Sequence[int | None], complete: Sequence[bool]) -> list[int | None]:
    """Return the values of periods that are covered whole; a part of a period is no bar beside whole ones."""
    return [value if is_whole else None for value, is_whole in zip(values, complete, strict=True)]


def _most(values: Sequence[int | None]) -> int:
    return max((value for value in values if value is not None), default=0)
