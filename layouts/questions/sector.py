"""The question "What is new in my sector?": its form, the list of watched sectors, and the answer made from a sheet."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any, Final

from dash import dcc, html

from data.exports.about import BOUNDARIES
from data.sectors import LARGEST_KM, LONGEST, Sector, area_names
from data.selection import Selection
from data.thresholds import THRESHOLDS
from data.vintage import Vintage
from data.watch_list import LONGEST_NAME
from layouts import ids, text
from layouts import sector_words as words
from layouts.classes import class_names
from layouts.figures.season_bar import season_bar
from layouts.figures.theme import TOLL
from layouts.questions.parts import asked_select, asked_text, wide
from layouts.sector_form import WAYS
from layouts.tables import table

LONGEST_ADDRESS: Final = 7_900  # of the 8,190 characters that the server reads of a request's first line
MOST_NEW: Final = 10
MOST_HOT: Final = 10
Names = Mapping[str, Mapping[str, str]]


def form(vintage: Vintage) -> list[Any]:
    """Return the choices of the question: the area, drawn or stated; since when; thresholds; the watch list."""
    del vintage
    draw = html.Button("Draw on the map", id=ids.SECTOR_DRAW, type="button", className="button",
                       **{"aria-describedby": "sector-draw-hint"})  # fmt: skip
    order = {way: WAYS[way] for way in ("place", "area", "polygon")}
    limits = [asked_text(words.THRESHOLD[name], f"{name}_above", hint="none") for name in THRESHOLDS]
    return [
        draw,
        html.Span("or state it:", id="sector-draw-hint", className="caution"),
        asked_select("Area", "by", order),
        _of("place", asked_text("Town, or longitude,latitude", "place", hint="Lampedusa")),
        _of("place", asked_text(f"Radius, km (1 to {LARGEST_KM:g})", "radius_km", start="100")),
        _of("area", asked_select("Country", "area", {"": "Choose", **area_names()})),
        _of("polygon", _corners()),
        asked_text("New since", "since", hint="30 days before the last day"),
        html.Details([html.Summary("Planning thresholds"), html.Div(limits, className="limits"),
                      html.P("Empty: not planned by. People intercepted and arrived need a chosen route.",
                             className="caution")], className="sector-more"),
        _watch_list(),
    ]  # fmt: skip


def _of(way: str, field: html.Label) -> html.Div:
    return html.Div(field, className="way", **{"data-way": way})


def _corners() -> html.Label:
    field = dcc.Input(type="text", placeholder="12,35;13,35;13,36", debounce=True, maxLength=LONGEST, className="date")
    return html.Label([html.Span("Corners: longitude,latitude; one after the other"), field], className="asked corners",
                      **{"data-ask": "polygon"})  # fmt: skip


def _watch_list() -> html.Details:
    """Return the place of the watched sectors; ``sector.js`` fills it from what this browser keeps."""
    buttons = [
        html.Button(name, type="button", className="button", **{"data-list": what})
        for what, name in (("save", "Save as file"), ("load", "Load file"))
    ]
    said = html.P(className="caution", role="status")
    note = html.P("Kept in this browser alone, with nothing of you.", className="caution")
    inside = [html.Summary("Watched sectors"), html.Ul(), said, html.Div(buttons, className="actions"), note]
    return html.Details(inside, id=ids.WATCH_LIST, className="sector-more")


def invitation() -> list[Any]:
    """Return what stands where no area is stated yet."""
    return [html.P("Draw the area that you look after on the map, or state it above. You then read what is recorded "
                   "there, what may lie there and what is new, and print it on one page.")]  # fmt: skip


def figure(svg: str, floors: tuple[int, ...], label: str, *, hot: bool, is_demonstration: bool) -> html.Figure:
    """Return the sector's map with its legend; ``floors`` are the classes of its cells, ``hot``: some are outlined."""
    rows = [
        html.Span([html.Span(className="patch", style={"backgroundColor": color}), name.replace(" or more", "+")],
                  className="legend-row")
        for color, name in zip(TOLL, class_names(floors), strict=True)
    ]  # fmt: skip
    if hot:
        rows.append(html.Span([html.Span(className="patch hot"), words.HOT_KEY], className="legend-row"))
    legend = html.Div([html.Span(words.PER_CELL), *rows], className="legend legend-line")
    address = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    marks = [html.P(text.DEMONSTRATION_MARK, className="demonstration-mark")] if is_demonstration else []
    return html.Figure([html.Img(src=address, alt=label), *marks, legend], className="hot-spots sector-map")


def answer(
    sheet: Mapping[str, Any], sector: Sector, selection: Selection, names: Names, *, picture: html.Figure,
    source: str | None, query: str,
) -> list[Any]:  # fmt: skip
    """Return the answer: one sentence, the ways on, what is new, what could lie inside, the month, limits, cells."""
    mark = html.P(text.DEMONSTRATION_MARK, className="demonstration-mark") if sheet["is_demonstration"] else None
    parts = [
        mark,
        html.H3(words.heading(selection, sheet, names)),
        html.P(words.under_heading(sheet)),
        _ways_on(sector, query),
        *_new(sheet), *_places(sheet), *_season(sheet), *_thresholds(sheet), *_cells(sheet, picture),
        html.P(" ".join([*sheet["cautions"], words.source_line(sheet, source), BOUNDARIES]), className="caution foot"),
    ]  # fmt: skip
    return [html.Div([part for part in parts if part is not None], className="sector-answer", **outlined(sector))]


def outlined(sector: Sector) -> dict[str, str]:
    """Return what the map needs to draw the sector's outline, and what the form needs to state it again."""
    found = {"data-sector": sector.to_query(), "data-words": sector.words}
    if sector.kind == "area":
        return found | {"data-land": sector.name}
    if sector.kind == "polygon":
        return found | {"data-corners": ";".join(f"{x},{y}" for x, y in sector.points)}
    return found | {"data-circle": ",".join(str(one) for one in (*sector.points[0], sector.radius_km))}


def _ways_on(sector: Sector, query: str) -> html.Div:
    own = sector.to_query()
    if len(query) > LONGEST_ADDRESS:
        sheet: Any = html.P("This polygon has too many corners for an address: state it with fewer to print its sheet.")
    else:
        sheet = html.A("Open the sheet to print", href=f"/sector?{query}", target="_blank", rel="noopener",
                       className="button primary sheet-link")  # fmt: skip
    feed = html.A("Feed", href=f"/api/v1/sector/changes.atom?{own}", className="button", title="Released changes, Atom")
    name = dcc.Input(type="text", value=sector.words[:LONGEST_NAME], maxLength=LONGEST_NAME, className="date")
    keep = html.Button("Keep", type="button", className="button", **{"data-list": "keep"})
    watch = html.Details(
        [html.Summary("Watch this sector", className="button"),
         html.Div([html.Label([html.Span("Short name"), name], className="asked"), keep], className="name")],
        className="watch",
    )  # fmt: skip
    clear = html.Button("Clear the sector", type="button", className="button link", **{"data-list": "clear"})
    return html.Div([sheet, *([feed] if len(own) <= LONGEST_ADDRESS else []), watch, clear], className="actions")


def _new(sheet: Mapping[str, Any]) -> list[Any]:
    new = sheet["new"]
    if sheet["since"] is None:
        return []
    lines = [words.incident_line(row) for row in new["incidents"][:MOST_NEW]]
    if (left := new["recorded"]["records"] - MOST_NEW) > 0:
        lines.append(f"and {text.number(left)} more, on the sheet's JSON")
    changes = [words.change_line(row) for row in new["changes"][:MOST_NEW]]
    if (left := len(new["changes"]) - MOST_NEW) > 0:
        changes.append(f"and {text.number(left)} more changes")
    head = html.H4(f"New since {text.day(sheet['since'])}")
    lists = [html.Ul([html.Li(line) for line in some]) for some in (lines, changes) if some]
    return [head, html.P(words.new_words(sheet)), *lists]


def _places(sheet: Mapping[str, Any]) -> list[Any]:
    heads = ["Place", "Records", "People, at least"]
    rows = words.part_rows(sheet)
    could = sheet["places"]["could"]
    said = f"{text.counted(could['records'], 'record', 'records')}, at least {text.people(could['people'])}."
    return [html.H4(words.PART["could"]), html.P(said), html.P(words.PART_NOTE, className="caution"),
            table("Where the records of this selection lie", heads, rows, words=3)]  # fmt: skip


def _season(sheet: Mapping[str, Any]) -> list[Any]:
    said = words.season_words(sheet["season"])
    picture = season_bar(sheet["season"])
    address = f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"
    bar = [html.Img(src=address, alt="", className="season-bar"), html.P(words.SEASON_KEY, className="caution")]
    return [html.H4("This month against past years, inside the sector"), *(bar if picture else []), *map(html.P, said)]


def _thresholds(sheet: Mapping[str, Any]) -> list[Any]:
    if not sheet["thresholds"]:
        return []
    heads = ["What is counted", "State", "Now", "Threshold"]
    made = table(words.threshold_days(sheet), heads, words.threshold_rows(sheet), words=4)
    return [html.H4("Planning thresholds"), made]


def _cells(sheet: Mapping[str, Any], picture: html.Figure) -> list[Any]:
    """Return the highest cells with how firmly they hold their place (RULES H6), and the hot ones (G6)."""
    head, hot = html.H4(words.CELLS_HEADING), sheet["hot_spots"]
    if not sheet["cells"]:
        return [head, picture, html.P(words.no_cells(sheet)), html.P(hot["words"])]
    note = words.cells_note(sheet, text.EDGE_KM[sheet["resolution"]])
    listed = table(
        "Cells inside the sector, most people first",
        words.CELL_HEADS,
        words.cell_rows(sheet),
        words=len(words.CELL_HEADS),
    )
    lines, more = words.hot_lines(sheet, most=MOST_HOT)
    lines += [f"and {text.number(more)} more, on the sheet's JSON"] if more else []
    return [head, picture, html.P(note, className="caution"), wide(listed, words.CELLS_HEADING), html.P(hot["words"]),
            *([html.Ul([html.Li(line) for line in lines])] if lines else [])]  # fmt: skip
