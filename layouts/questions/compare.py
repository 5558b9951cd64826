"""The question "What changed between two windows?": both totals, and the change by route, month or cell."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from dash import html

from data.change_table import SIDES
from data.coverage import Window, covered, last_full_years
from data.measures import incident_source
from data.selection import Selection
from data.vintage import Vintage
from data.words import month, number
from geo.basemap import nearest_place
from geo.cells import cell_centre, cell_from_text
from geo.study_areas import study_areas
from layouts import text
from layouts.figures.change_map import COLORS, MOST_CELLS, as_address, change_map
from layouts.figures.small_series import small_series
from layouts.questions.parts import asked_select, asked_text, folded
from layouts.questions.words import Names, first_sentence
from layouts.tables import packed, table

Answer = Mapping[str, Any]
Row = Mapping[str, Any]
BY: Final = {"route": "Route", "month": "Month", "cell": "Place (map)"}
WHOLE: Final = "world"
AREAS: Final = {name: area.name for name, area in study_areas().items()}
MOST_ROWS: Final = 25
DROPPED: Final = {
    "no_route": "On no named route", "not_located": "In no cell of this size: the place is not known so well",
    "not_dated": "Not dated to the month",
}  # fmt: skip
LABEL: Final = {"route": "Route", "month": "Months", "cell": "Place of the cell's centre"}
ASIDE: Final = "The period that is chosen on the page is set aside here: the two windows are the periods."
SIDE_BY_SIDE: Final = (
    "Every route, also those that are not chosen; all other filters hold. A fall on one may stand beside a rise on "
    "another; the numbers do not say that the two belong together."
)


def spelt(window: Window) -> str:
    """Return a window as it is typed: ``2024-01-01..2024-12-31``."""
    return f"{window.first}..{window.last}"


def form(vintage: Vintage) -> list[Any]:
    """Return the two windows, the last full year and the one before unless others are typed, and what to list by."""
    years = last_full_years(covered(vintage, incident_source(vintage, Selection())))
    first, second = map(spelt, years) if years else ("", "")
    hint = "2023-01-01..2023-12-31"
    return [
        asked_text("Change from: first..last day", "first", hint=hint, start=first),
        asked_text("Change to", "second", hint=hint, start=second),
        asked_select("Change by", "by", BY),
        asked_select("Map of places", "area", {"": "As the map's filters say", **AREAS}),
    ]


def compare_sentence(found: Answer, selection: Selection, names: Names) -> str:
    """Return the second window against the first in one sentence, the percentage only where it may be given (T3)."""
    first, second = found["first"], found["second"]
    return first_sentence(
        selection, names, when=text.window(second["from"], second["to"]), value=second["value"],
        past=text.window(first["from"], first["to"]), base=first["value"], brief=found["change"]["brief"],
    )  # fmt: skip


def answer(found: Answer, routes: Answer, selection: Selection, names: Names, *, area: str = WHOLE) -> list[Any]:
    """Return the parts of an answer: ``found`` of ``data.compare``, ``routes`` of ``data.side_by_side``.

    ``area`` is the study area that the map of places fits.
    """
    mark = [html.P(text.DEMONSTRATION_MARK, className="demonstration-mark")] if found["is_demonstration"] else []
    return [
        html.H3(compare_sentence(found, selection, names)),
        html.P(" ".join([*found["caution"], ASIDE]), className="caution"),
        *mark,
        _totals(found),
        *_changes(found, area),
        *_routes(found, routes),
    ]


def _totals(found: Answer) -> html.Div:
    """Return both totals with what the list or map below leaves out of them, and what is in neither."""
    dropped, outside = found["dropped"], found["outside"]
    sides = {key: found[key] for key in SIDES}
    rows = [
        [text.MEASURE[found["measure"]], *(side["value"] for side in sides.values())],
        [f"Of them {_dropped(found).lower()}", *(dropped[key] for key in SIDES)],
        ["Events", *(side["events"] for side in sides.values())],
        ["Days", *(side["days"] for side in sides.values())],
        ["Only partly in these days: not counted", *(outside[f"partly_in_{key}"] for key in SIDES)],
    ]
    heads = ["", *map(_days, sides.values())]
    undated = f" {text.number(outside['undated'])} more have no date, so are in neither." if outside["undated"] else ""
    unit = text.MEASURE_UNIT[found["measure"]]
    whole = table(f"Both totals, {unit}. A dash: no figure.{undated}", heads, rows)
    return html.Div(whole, className="wide", tabIndex=0, role="region", **{"aria-label": "Both totals"})


def _dropped(found: Answer) -> str:
    return DROPPED[found["dropped"]["name"]].partition(":")[0]


def _days(side: Answer) -> str:
    return text.dates(side["from"], side["to"])


def _changes(found: Answer, area: str) -> list[Any]:
    rows, by = found["rows"], found["by"]
    shown = rows if by == "month" else rows[:MOST_ROWS]
    rest = f" The {len(shown)} largest changes of {number(len(rows))}." if len(shown) < len(rows) else ""
    longest = max([1, *(abs(row["change"]) for row in shown if row["change"] is not None)])
    lines = [_line(_name(row, by), row, longest) for row in shown]
    dropped = found["dropped"]
    if dropped["first"] or dropped["second"]:
        lines.append(_line(DROPPED[dropped["name"]], {**dropped, "class": None}, longest))
    heads = [LABEL[by], "Fewer | more", *(_days(found[key]) for key in SIDES), "Change"]
    unit = text.MEASURE_UNIT[found["measure"]]
    listed = table(f"Change by {by}, {unit}. A dash: no figure.{rest}", heads, lines, words=2)
    hatched = " Hatched: in no group, or not to be compared." if any(row["class"] is None for row in shown) else ""
    title = f"{text.MEASURE[found['measure']]}: change by {'place' if by == 'cell' else by}, {unit}"
    pictured = _map(found, area) if by == "cell" else []
    said = [html.P(hatched.strip(), className="caution")] if hatched else []
    return [html.H4(title), *pictured, _legend(found["classes"]), *said,
            html.Div(listed, className="wide changes", tabIndex=0, role="region", **{"aria-label": title})]  # fmt: skip


def _line(name: str, row: Row, longest: int) -> list[Any]:
    return [name, _bar(row["change"], row["class"], longest), row["first"], row["second"], row["change"]]


def _bar(change: int | None, place: int | None, longest: int) -> html.Span:
    """Return a bar to the left or right of zero; hatched where what changed is in no group."""
    if change is None:
        return html.Span("not comparable", className="muted")
    side = "more" if change > 0 else "fewer"
    wide = 0 if change == 0 else max(50 * min(abs(change) / longest, 1), 0.8)
    style = {"width": f"{wide:.1f}%"} | ({"backgroundColor": COLORS[place]} if place is not None else {})
    bar = html.Span(className=f"around-bar {side}{' dropped' if place is None else ''}", style=style)
    return html.Span(bar, className="around", **{"aria-hidden": "true"})


def _name(row: Row, by: str) -> str:
    if by == "route":
        return str(row["name"])
    if by == "month":
        return f"{month(row['month_second'])}, and {month(row['month_first'])}"
    longitude, latitude = cell_centre(cell_from_text(row["id"]))
    return nearest_place(longitude=longitude, latitude=latitude)


def _map(found: Answer, area: str) -> list[Any]:
    rows = found["rows"]
    mark = [html.P(text.DEMONSTRATION_MARK, className="demonstration-mark")] if found["is_demonstration"] else []
    boxes = () if area == WHOLE else study_areas()[area].boxes
    fits = "" if area == WHOLE else f" The map shows the {AREAS[area].removeprefix('The ')}; the table, all places."
    fell = sum(1 for row in rows if (row["change"] or 0) < 0)
    rose = sum(1 for row in rows if (row["change"] or 0) > 0)
    label = f"Map of cells: more recorded in {number(rose)}, fewer in {number(fell)}. The largest are in the table."
    rest = f" The map shows the {number(MOST_CELLS)} largest changes." if len(rows) > MOST_CELLS else ""
    size = (
        f"Cell edges are about {text.EDGE_KM[found['resolution']]} km. Cells with fewer have a dark edge.{fits}{rest}"
    )
    return [
        html.Figure(
            [html.Img(src=as_address(change_map(rows, label=label, boxes=boxes)), alt=label), *mark],
            className="change-map hot-spots",
        ),
        html.P(f"{size} {text.BOUNDARIES}", className="caution"),
    ]


def _legend(classes: Sequence[Answer]) -> html.Ul:
    """Return the seven steps of the ramp, fewer to more, in words."""
    return html.Ul(
        [
            html.Li([html.Span(className="patch", style={"backgroundColor": COLORS[one["class"]]}), one["words"]])
            for one in classes
        ],
        className="ramp",
    )


def _routes(found: Answer, routes: Answer) -> list[Any]:
    """Return every route by period on one scale, with the numbers as a table."""
    periods, step = routes["periods"], routes["step"]
    windows = [Window(side["from"], side["to"]) for side in (found["first"], found["second"])]
    if not routes["routes"]:
        return []
    cards = [
        html.Li([
            html.Span(one["name"], className="route-name"),
            html.Img(
                src=as_address(small_series(periods, _whole(one["values"], routes["complete"]), scale=routes["scale"],
                                            windows=windows, label=one["name"])),
                alt=f"{one['name']}: {number(one['total'])} in all, at most {number(_most(one['values']))} a {step}.",
            ),
            html.Span(f"{number(one['total'])} in all", className="muted"),
        ])
        for one in routes["routes"]
    ]  # fmt: skip
    unit = text.MEASURE_UNIT[found["measure"]]
    scale = (
        f"Full height: {number(routes['scale'])} in one {step}, the same for all. {_span(periods, step)} Lines "
        f"beneath: light, {_days(found['first'])}; dark, {_days(found['second'])}. Hatched: no figure, or only a "
        f"part of the {step}."
    )
    heads = ["Route", *(text.period(first, step) for first in periods)]
    rows = [[one["name"], *one["values"]] for one in routes["routes"]]
    return [
        html.H4(f"Routes side by side: {text.MEASURE[found['measure']].lower()} by {step}, {unit}"),
        html.P(f"{SIDE_BY_SIDE} {scale}", className="caution"),
        html.Ul(cards, className="routes-grid"),
        folded("All routes as a table", packed(f"By {step}, {unit}. A dash: no figure.", heads, rows)),
    ]


def _whole(values: Sequence[int | None], complete: Sequence[bool]) -> list[int | None]:
    """Return the values of periods that are covered whole; a part of a period is no bar beside whole ones."""
    return [value if is_whole else None for value, is_whole in zip(values, complete, strict=True)]


def _most(values: Sequence[int | None]) -> int:
    return max((value for value in values if value is not None), default=0)


def _span(periods: Sequence[date], step: str) -> str:
    return f"From {text.period(periods[0], step)} to {text.period(periods[-1], step)}."
