"""The banner, the bar with the one sentence, and the notices: no match, trouble."""

from typing import Final

from dash import html

from data.vintage import Vintage
from layouts import ids, text
from layouts.controls import button
from layouts.share_menu import share_menu


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
PICTURES: Final = {"Map picture": "map", "Chart picture": "series"}
SIZES: Final = {"article": "Article", "square": "Square", "story": "Story", "a4": "A4"}
SCALES: Final = {"1": "1×", "2": "2×", "3": "3×"}
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
    body = [*pictures(), head, *rows]
    return html.Details(
        [html.Summary("Export", className="button"), html.Div(body, className="panel export-list")],
        className="export",
    )


def pictures() -> list[html.Div | html.P]:
    """Return the pictures that can be taken away, their size, and copying one; ``export.js`` keeps the addresses."""
    rows = [
        html.Div(
            [
                html.Span(name, className="export-name"),
                *(_file(figure, kind, is_picture=True) for kind in ("PNG", "SVG", "PDF")),
                html.Button("Copy picture", type="button", className="button export-copy",
                            **{"data-figure": figure, "aria-label": f"Copy the {figure} as a PNG picture"}),
            ],
            className="export-row",
        )
        for name, figure in PICTURES.items()
    ]  # fmt: skip
    choices = [_choice("Size", "size", SIZES, "article"), _choice("PNG scale", "scale", SCALES, "2")]
    said = html.P(id=ids.EXPORT_SAID, className="export-said", role="status")
    return [html.P(text.PICTURE_HEAD, className="caution"), *choices, *rows, said]


def _choice(name: str, key: str, options: dict[str, str], chosen: str) -> html.Fieldset:
    """Return one choice among a few: native buttons of which one is pressed."""
    buttons = [
        html.Button(words, type="button", className="button export-choice",
                    **{"data-key": key, "data-value": value, "aria-pressed": str(value == chosen).lower()})
        for value, words in options.items()
    ]  # fmt: skip
    return html.Fieldset([html.Legend(name, className="export-name"), *buttons], className="export-choices")


def _file(figure: str, kind: str, *, is_picture: bool = False) -> html.A:
    path = f"/api/v1/exports/{figure}.{ENDINGS.get(kind, kind.lower())}"
    named = {"aria-label": f"{figure} as {kind}", "data-path": path}
    of = " export-picture" if is_picture else ""
    return html.A(kind, href=path, className=f"button export-file{of}", **named)


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
