"""The printable page of a sector: one A4 sheet, and beside it on a screen the form that chooses another."""

from calendar import month_name
from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

from data.selection import Selection
from layouts import sector_words as words
from layouts import text
from layouts.classes import class_names
from layouts.figures import theme
from layouts.figures.locator import HOT_MARK
from layouts.figures.season_bar import season_bar
from layouts.markup import ICON, el, joined, table
from layouts.sector_form import sector_form

MOST_NEW, MOST_CHANGES, MOST_HOT = 3, 3, 3
LONGEST_ADDRESS: Final = 160
Filled = Mapping[str, str]


def sector_page(body: Markup, *, filled: Filled, kept: Filled, title: str, is_demonstration: bool) -> str:
    """Return the whole page around a sheet, a refusal or an invitation."""
    banner = el("p", text.DEMONSTRATION, class_="invented", role="note") if is_demonstration else None
    head = el(
        "head", el("meta", charset="utf-8"), el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", f"{title} – Crossings"), el("link", rel="icon", href=ICON),
        el("link", rel="stylesheet", href="/assets/sector.css"),
    )  # fmt: skip
    bar = el("header", el("a", text.NAME, href="/", class_="wordmark"), el("span", "A sector and what is new in it"),
             el("a", "Choose another sector", href="#choose", class_="jump"), class_="bar")  # fmt: skip
    main = el("main", banner, body, class_="sheet")
    aside = el("aside", sector_form(filled, kept), class_="side")
    return str(Markup("<!DOCTYPE html>") + el("html", head, el("body", bar, el("div", aside, main, class_="columns")),
                                               lang="en"))  # fmt: skip


def invitation() -> Markup:
    """Return what stands where no sector is chosen yet."""
    return joined(
        el("h1", "Choose the area that you look after."),
        el("p", "The sheet then says what was recorded there, what may lie there, and what is new since a day. "
           "It prints on one page."),
    )  # fmt: skip


def refusal(sentence: str) -> Markup:
    """Return what stands where a request could not be meant."""
    return joined(el("h1", "This sector could not be shown."), el("p", sentence, role="alert"),
                  el("p", "What you wrote is kept in the form. Mend it there and send it again."))  # fmt: skip


def sheet_body(
    sheet: Mapping[str, Any], selection: Selection, names: Mapping[str, Mapping[str, str]], *, source: str | None,
    svg: str, floors: tuple[int, ...], query: str,
) -> Markup:  # fmt: skip
    """Return the sheet of a sector; ``svg`` is its map, made by ``figures.locator``, ``query`` its address."""
    places = table("Where the records of this selection lie", ["Place", "Records", "People, at least"],
                   words.part_rows(sheet))  # fmt: skip
    return joined(
        el("h1", words.heading(selection, sheet, names)),
        el("p", words.under_heading(sheet), " ", words.source_line(sheet, source), class_="notes"),
        el("div", _map(svg, floors, hot=bool(sheet["hot_spots"]["cells"])),
           el("div", el("div", places, class_="parts"), _season(sheet["season"])),
           class_="pair-of-columns"),
        el("p", words.PART_NOTE, class_="caution"),
        _new(sheet), _thresholds(sheet), _cells(sheet),
        el("footer", *(el("p", f"{one} ") for one in sheet["cautions"]), _address(query, sheet["sector"]["query"])),
    )  # fmt: skip


def _map(svg: str, floors: tuple[int, ...], *, hot: bool) -> Markup:
    steps = [
        el("span", Markup('<svg class="patch" viewBox="0 0 12 9" aria-hidden="true"><rect width="12" height="9" '
                          'fill="{}"/></svg>').format(color), name.replace(" or more", "+"))
        for color, name in zip(theme.TOLL, class_names(floors), strict=True)
    ]  # fmt: skip
    if hot:
        steps.append(el("span", Markup(HOT_MARK), words.HOT_KEY))  # noqa: S704 — a constant
    key = el("p", el("span", words.PER_CELL), *steps, class_="key")
    return el("figure", Markup(svg), el("figcaption", key, el("p", text.BOUNDARIES)))  # noqa: S704 — numbers made by locator


def _season(season: Mapping[str, Any]) -> Markup:
    said = [el("p", sentence) for sentence in words.season_words(season)]
    head = f"{month_name[season['month']]} in past years, inside the sector"
    return el("section", el("h2", head), _bar(season), *said, class_="season")


def _bar(season: Mapping[str, Any]) -> Markup | None:
    picture = season_bar(season)
    return joined(Markup(picture), el("p", words.SEASON_KEY, class_="caution")) if picture else None  # noqa: S704


def _new(sheet: Mapping[str, Any]) -> Markup | None:
    if sheet["since"] is None:
        return None
    new = sheet["new"]
    left = new["recorded"]["records"] - MOST_NEW
    lists = [_list([words.incident_line(row) for row in new["incidents"][:MOST_NEW]], left)]
    if new["changes"]:
        ranked = sorted(new["changes"], key=lambda row: words.CHANGES_FIRST.index(row["change"]))
        lists.append(_list([words.change_line(row) for row in ranked[:MOST_CHANGES]],
                           len(new["changes"]) - MOST_CHANGES))  # fmt: skip
    head = el("h2", f"New since {text.day(sheet['since'])}")
    return el("section", head, el("p", words.new_words(sheet)), *lists)


def _list(lines: list[str], more: int) -> Markup | None:
    shown = [el("li", line) for line in lines]
    if more > 0:
        shown.append(el("li", f"and {text.number(more)} more", class_="more"))
    return el("ul", *shown) if shown else None


def _thresholds(sheet: Mapping[str, Any]) -> Markup | None:
    if not sheet["thresholds"]:
        return None
    rows = words.threshold_rows(sheet)
    heads = ["What is counted", "State", "Now", "Threshold"]
    return el("section", el("h2", "Planning thresholds"),
              el("div", table(words.threshold_days(sheet), heads, rows, words=2), class_="thresholds"))  # fmt: skip


def _cells(sheet: Mapping[str, Any]) -> Markup:
    head = el("h2", words.CELLS_HEADING)
    if not sheet["cells"]:
        return el("section", head, el("p", words.no_cells(sheet)), el("p", sheet["hot_spots"]["words"]))
    note = words.cells_note(sheet, text.EDGE_KM[sheet["resolution"]])
    listed = table(note, words.CELL_HEADS, words.cell_rows(sheet), words=words.CELL_WORDS)
    hot = _list(*words.hot_lines(sheet, most=MOST_HOT))
    return el("section", head, listed, el("p", words.hot_words(sheet)), hot, class_="cells")


def _address(query: str, sector: str) -> Markup:
    shown = query if len(query) <= LONGEST_ADDRESS else f"{query[: LONGEST_ADDRESS - 1]}…"
    feed = el("a", "Feed of released changes", href=f"/api/v1/sector/changes.atom?{sector}")
    links = el("span", el("a", "The same as JSON", href=f"/api/v1/sector?{query}"), " · ", feed, class_="links")
    return el("p", f"Address of this sheet: /sector?{shown} ", links)
