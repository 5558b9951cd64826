"""The question "What is new in my sector?": its form, the list of watched sectors, and the answer made from a sheet."""

from base64 import b64encode
from typing import Final

from dash import dcc, html
from dash.development.base_component import Component

from data.model.notices import say
from data.query.parameters import LONGEST_ADDRESS, THRESHOLDS
from data.query.selection import Selection
from data.sectors.answer_model import SectorSheet
from data.sectors.sector import LARGEST_KM, LONGEST, Sector, area_names
from data.sectors.watch_list import LONGEST_NAME
from data.store.vintage import Vintage
from layouts import ids
from layouts.figures.season_bar import season_bar
from layouts.figures.theme import TOLL
from layouts.parts.attributes import attributes
from layouts.parts.tables import table
from layouts.questions.parts import asked_select, asked_text, wide
from layouts.standalone.sector_form import WAYS
from layouts.text import border, sar
from layouts.text import page as text
from layouts.text import sector as words

ROOM: Final = 100  # for the path before a query
MOST_NEW: Final = 10
MOST_HOT: Final = 10
ORDER: Final = ("place", "area", "polygon")


def form(vintage: Vintage) -> list[Component]:
    """Return the choices of the question: the area, drawn or stated; since when; thresholds; the watch list."""
    del vintage
    draw = html.Button(say("sectors.form.draw"), id=ids.SECTOR_DRAW, type="button", className="button",
                       **attributes(aria_describedby="sector-draw-hint"))  # fmt: skip
    none = say("sectors.form.no_threshold")
    limits = [asked_text(words.THRESHOLD[name], f"{name}_above", hint=none) for name in THRESHOLDS]
    radius = say("sectors.form.radius", least="1", most=f"{LARGEST_KM:g}")
    countries = {"": say("sectors.form.choose"), **area_names()}
    return [
        draw,
        html.Span(say("sectors.form.or_state"), id="sector-draw-hint", className="caution"),
        asked_select(say("sectors.form.area"), "by", {way: WAYS[way] for way in ORDER}),
        _of("place", asked_text(say("sectors.form.town_or_point"), "place", hint="Lampedusa")),
        _of("place", asked_text(radius, "radius_km", start="100")),
        _of("area", asked_select(say("sectors.form.country"), "area", countries)),
        _of("polygon", _corners()),
        asked_text(say("sectors.form.since"), "since", hint=say("sectors.form.since_hint")),
        html.Details([html.Summary(say("sectors.sheet.thresholds")), html.Div(limits, className="limits"),
                      html.P(say("sectors.form.no_thresholds"), className="caution")], className="sector-more"),
        _watch_list(),
    ]  # fmt: skip


def _of(way: str, field: html.Label) -> html.Div:
    return html.Div(field, className="way", **attributes(data_way=way))


def _corners() -> html.Label:
    field = dcc.Input(type="text", placeholder="12,35;13,35;13,36", debounce=True, maxLength=LONGEST, className="date")
    return html.Label([html.Span(say("sectors.form.corners")), field], className="asked corners",
                      **attributes(data_ask="polygon"))  # fmt: skip


def _watch_list() -> html.Details:
    """Return the place of the watched sectors; ``watch_list.mjs`` fills it from what this browser keeps."""
    buttons = [
        html.Button(say(f"sectors.form.{what}"), type="button", className="button", **attributes(data_list=what))
        for what in ("save", "load")
    ]
    status = html.P(className="caution", role="status")
    note = html.P(say("sectors.form.kept"), className="caution")
    heading = html.Summary(say("sectors.form.watched"))
    inside = [heading, html.Ul(), status, html.Div(buttons, className="actions"), note]
    return html.Details(inside, id=ids.WATCH_LIST, className="sector-more",
                        **attributes(data_opened=say("sectors.form.opened", day="{day}")))  # fmt: skip


def invitation() -> list[Component]:
    """Return what stands where no area is stated yet."""
    return [html.P(say("sectors.form.invitation"))]


def figure(svg: str, floors: tuple[int, ...], label: str, *, hot: bool, is_demonstration: bool) -> html.Figure:
    """Return the sector's map with its legend; ``floors`` are the classes of its cells, ``hot``: some are outlined."""
    rows = [
        html.Span([html.Span(className="patch", style={"backgroundColor": color}), name], className="legend-row")
        for color, name in zip(TOLL, words.class_labels(floors), strict=True)
    ]
    if hot:
        key: list[Component | str] = [html.Span(className="patch hot"), say("sectors.cells.hot_key")]
        rows.append(html.Span(key, className="legend-row"))
    legend = html.Div([html.Span(say("sectors.cells.per_cell")), *rows], className="legend legend-line")
    address = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    marks = [_demonstration_mark()] if is_demonstration else []
    return html.Figure([html.Img(src=address, alt=label), *marks, legend], className="hot-spots sector-map")


def _demonstration_mark() -> html.P:
    return html.P(say("page.words.demonstration_mark"), className="demonstration-mark")


def answer(
    sheet: SectorSheet, sector: Sector, selection: Selection, names: words.Names, *, picture: html.Figure,
    source: str | None, query: str,
) -> list[Component]:  # fmt: skip
    """Return the answer: one sentence, the ways on, what is new, what could lie inside, the month, limits, cells."""
    foot = " ".join([*map(str, sheet.cautions), words.source_line(sheet, source), say("statement.boundaries")])
    parts = [
        *([_demonstration_mark()] if sheet.is_demonstration else []),
        html.H3(words.heading(selection, sheet, names)),
        html.P(words.under_heading(sheet)),
        _ways_on(sector, query),
        *_new(sheet), *_places(sheet), *_season(sheet), *_thresholds(sheet), *_border(sheet), *_sar(sheet),
        *_cells(sheet, picture),
        html.P(foot, className="caution foot"),
    ]  # fmt: skip
    return [html.Div(parts, className="sector-answer", **attributes(**outline(sector)))]


def outline(sector: Sector) -> dict[str, str]:
    """Return what the map needs to draw the sector's outline, and what the form needs to state it again."""
    found = {"data-sector": sector.to_query(), "data-words": str(sector.words)}
    if sector.kind == "area":
        return found | {"data-land": sector.name}
    if sector.kind == "polygon":
        return found | {"data-corners": ";".join(f"{x},{y}" for x, y in sector.points)}
    return found | {"data-circle": ",".join(str(one) for one in (*sector.points[0], sector.radius_km))}


def _ways_on(sector: Sector, query: str) -> html.Div:
    own = sector.to_query()
    feed = html.A(say("sectors.answer.feed"), href=f"/api/v1/sector/changes.atom?{own}", className="button",
                  title=say("sectors.answer.feed_title"))  # fmt: skip
    feeds = [feed] if len(own) <= LONGEST_ADDRESS - ROOM else []
    clear = html.Button(say("sectors.answer.clear"), type="button", className="button link",
                        **attributes(data_list="clear"))  # fmt: skip
    return html.Div([_link_to_sheet(query), *feeds, _watch(sector), clear], className="actions")


def _link_to_sheet(query: str) -> html.P | html.A:
    if len(query) > LONGEST_ADDRESS - ROOM:
        return html.P(say("sectors.answer.long_polygon"))
    return html.A(say("sectors.answer.open_sheet"), href=f"/sector?{query}", target="_blank", rel="noopener",
                  className="button primary sheet-link")  # fmt: skip


def _watch(sector: Sector) -> html.Details:
    own_name = str(sector.words)[:LONGEST_NAME]
    name = dcc.Input(type="text", value=own_name, maxLength=LONGEST_NAME, className="date")
    keep = html.Button(say("sectors.answer.keep"), type="button", className="button", **attributes(data_list="keep"))
    label = html.Label([html.Span(say("sectors.answer.short_name")), name], className="asked")
    return html.Details(
        [html.Summary(say("sectors.answer.watch"), className="button"), html.Div([label, keep], className="name")],
        className="watch",
    )


def _new(sheet: SectorSheet) -> list[Component]:
    new = sheet.new
    if sheet.since is None or new.recorded is None:
        return []
    lines = [words.incident_line(row) for row in new.incidents[:MOST_NEW]]
    if (left := new.recorded.records - MOST_NEW) > 0:
        lines.append(say("sectors.sheet.more_in_json", more=left))
    changes = [words.change_line(row) for row in new.changes[:MOST_NEW]]
    if (left := len(new.changes) - MOST_NEW) > 0:
        changes.append(say("sectors.sheet.more_changes", more=left))
    head = html.H4(say("sectors.sheet.new_since", since=sheet.since))
    lists = [html.Ul([html.Li(line) for line in some]) for some in (lines, changes) if some]
    return [head, html.P(words.new_words(sheet)), *lists]


def _places(sheet: SectorSheet) -> list[Component]:
    could = sheet.places.could
    counted = say("sectors.part.could_counted", records=could.records, people=could.people)
    return [html.H4(words.PART["could"]), html.P(counted), html.P(say("sectors.part.note"), className="caution"),
            table(say("sectors.part.caption"), words.part_heads(), words.part_rows(sheet), words=3)]  # fmt: skip


def _season(sheet: SectorSheet) -> list[Component]:
    sentences = words.season_words(sheet.season)
    picture = season_bar(sheet.season)
    address = f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"
    bar = [html.Img(src=address, alt="", className="season-bar"),
           html.P(say("sectors.season.key"), className="caution")]  # fmt: skip
    return [html.H4(say("sectors.season.heading")), *(bar if picture else []), *map(html.P, sentences)]


def _thresholds(sheet: SectorSheet) -> list[Component]:
    if not sheet.thresholds:
        return []
    days = words.threshold_days(sheet.thresholds)
    made = table(days, words.threshold_heads(), words.threshold_rows(sheet), words=4)
    alert = html.Button(say("sectors.answer.try_alert"), type="button", className="button",
                        **attributes(data_list="try-alert"))  # fmt: skip
    return [html.H4(say("sectors.sheet.thresholds")), made, alert]


def _border(sheet: SectorSheet) -> list[Component]:
    """Return what is counted on the routes that pass: a table each, and which places it leaves out."""
    heading = say("sectors.border.heading")
    parts: list[Component] = []
    for one in sheet.border:
        caption, heads, note = border.border_caption(one), border.border_heads(), border.border_note(one)
        parts.append(wide(table(caption, heads, border.border_rows(one), words=len(heads)), caption))
        parts += [html.P(note, className="caution")] if note else []
    end = say("sectors.border.note" if parts else "sectors.border.none")
    return [html.H4(heading), *parts, html.P(end, className="caution")]


def _sar(sheet: SectorSheet) -> list[Component]:
    """Return how many of the people inside lie in which search-and-rescue region; the sheet to print has their map."""
    parts: list[Component] = [html.H4(say("sar.heading")), html.P(str(sheet.sar.words), className="caution")]
    if sheet.sar.regions:
        caption, heads = say("sar.caption"), sar.sar_heads()
        parts.append(wide(table(caption, heads, sar.sar_rows(sheet)), caption))
    return [*parts, *(html.P(note, className="caution") for note in sar.sar_notes(sheet.sar, has_map=False))]


def _cells(sheet: SectorSheet, picture: html.Figure) -> list[Component]:
    """Return the highest cells with how firmly they hold their place (RULES X6), and the hot ones (G6)."""
    heading, hot = say("sectors.cells.heading"), html.P(str(sheet.hot_spots.words))
    if not sheet.cells:
        return [html.H4(heading), picture, html.P(words.no_cells(sheet)), hot]
    note = words.cells_note(sheet, text.WIDTH_KM[sheet.resolution])
    heads = words.cell_heads()
    listed = table(say("sectors.cells.caption"), heads, words.cell_rows(sheet), words=len(heads))
    lines, more = words.hot_lines(sheet, most=MOST_HOT)
    lines += [say("sectors.sheet.more_in_json", more=more)] if more else []
    return [html.H4(heading), picture, html.P(note, className="caution"), wide(listed, heading), hot,
            *([html.Ul([html.Li(line) for line in lines])] if lines else [])]  # fmt: skip
