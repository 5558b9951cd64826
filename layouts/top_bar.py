"""The banner, the bar with the one sentence, and the notices: no match, trouble."""

from typing import Final

from dash import html

from data.vintage import Vintage
from layouts import ids, text
from layouts.controls import button


def banner(*, is_demonstration: bool) -> html.Div:
    """Return the banner that invented data always shows (RULES P8)."""
    return html.Div(text.DEMONSTRATION, className="banner", role="note", hidden=not is_demonstration)


def top_bar(vintage: Vintage) -> html.Header:
    """Return the wordmark, the sentence and the three buttons."""
    words = html.Div(
        [html.P(id=ids.SENTENCE, className="sentence"), html.P(id=ids.NOTES, className="notes")],
        className="words",
        role="status",
        **{"aria-live": "polite"},
    )
    strip = html.Div(id=ids.LEGEND_STRIP, className="strip")
    buttons = html.Div(
        [
            button("Clear", ids.CLEAR, kind="primary", hidden=True),
            button("Questions", ids.SHOW_QUESTIONS),
            button("Table", ids.SHOW_TABLE),
            export_menu(),
            share_menu(vintage),
            button("Sources", ids.SHOW_SOURCES),
        ],
        className="bar-buttons",
    )
    return html.Header([html.H1(text.NAME, className="wordmark"), words, strip, buttons], className="panel bar")


EXPORTS: Final = {
    "Cells": ("cells", ("CSV", "XLSX", "Parquet", "GeoJSON")),
    "Incidents": ("incidents", ("CSV", "XLSX", "Parquet", "GeoJSON")),
    "Time series": ("series", ("CSV", "XLSX", "Parquet")),
    "Citation": ("citation", ("Text", "BibTeX", "RIS", "CSL-JSON")),
}
ENDINGS: Final = {"Text": "txt", "BibTeX": "bib", "CSL-JSON": "json"}


def export_menu() -> html.Details:
    """Return the files that can be taken away; ``crossings.js`` keeps their addresses equal to what is shown."""
    rows = [
        html.Div(
            [html.Span(name, className="export-name"), *(_file(figure, kind) for kind in kinds)], className="export-row"
        )
        for name, (figure, kinds) in EXPORTS.items()
    ]
    head = html.P(text.EXPORT_HEAD, className="caution")
    return html.Details(
        [html.Summary("Export", className="button"), html.Div([head, *rows], className="panel export-list")],
        className="export",
    )


def share_menu(vintage: Vintage) -> html.Details:
    """Return the ways to hand this view on: as it will be, as it is known now, and inside another page."""
    known = f" of {text.day(vintage.published)}" if vintage.published else ""
    ways = (
        (ids.SHARE, "Copy address", "Shows the newest data whenever it is opened."),
        (
            ids.SHARE_PINNED,
            "Copy pinned address",
            f"Shows vintage {vintage.name}{known} for ever: for print.",
        ),
        (ids.SHARE_EMBED, "Copy embed code", "The map in a frame of another page, without cookies."),
    )
    rows = [html.Div([button(name, id_), html.Span(words, className="caution")], className="share-row")
            for id_, name, words in ways]  # fmt: skip
    said = html.P(id=ids.SHARED, className="shared", role="status")
    return html.Details(
        [html.Summary("Share", className="button"), html.Div([*rows, said], className="panel export-list share-list")],
        className="export", **{"data-vintage": vintage.name},
    )  # fmt: skip


def _file(figure: str, kind: str) -> html.A:
    path = f"/api/v1/exports/{figure}.{ENDINGS.get(kind, kind.lower())}"
    named = {"aria-label": f"{figure} as {kind}", "data-path": path}
    return html.A(kind, href=path, className="button export-file", **named)


def notices() -> html.Div:
    """Return what is said when nothing matches or something fails; both are empty until then."""
    empty = html.Section(
        [
            html.P(text.NO_MATCH),
            html.Div(
                [
                    button("Widen the dates", ids.EMPTY_DATES, kind="primary"),
                    button("Clear the route", ids.EMPTY_ROUTE, kind="primary"),
                    button("Clear all filters", ids.EMPTY_ALL),
                ],
                className="notice-buttons",
            ),
        ],
        id=ids.EMPTY,
        className="panel notice",
        hidden=True,
        **{"aria-label": "No match"},
    )
    trouble = html.Section(
        html.P(text.TROUBLE), id=ids.TROUBLE, className="panel notice trouble", hidden=True, role="alert"
    )
    return html.Div([empty, trouble], className="notices")


def tabs() -> html.Nav:
    """Return the bottom bar of narrow screens."""
    names = ((ids.TAB_MAP, "Map"), (ids.TAB_TIME, "Time"), (ids.TAB_TABLE, "Table"), (ids.TAB_FILTERS, "Filters"))
    return html.Nav(
        [
            html.Button(
                name,
                id=id_,
                n_clicks=0,
                className="tab",
                type="button",
                **({"aria-current": "page"} if id_ == ids.TAB_MAP else {}),
            )
            for id_, name in names
        ],
        className="tabs",
        **{"aria-label": "Parts of the page"},
    )
