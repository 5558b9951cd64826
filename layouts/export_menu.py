"""The list of what can be taken away: pictures, pages, numbers, a citation; rare formats are folded."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from layouts import ids, text

PICTURES: Final = {"Map": "map", "Charts": "series"}
NUMBERS: Final = {"Cells": "cells", "Incidents": "incidents", "Time series": "series", "Route lines": "segments"}
PLAIN: Final = ("CSV", "XLSX")
RARE: Final = ("Parquet", "GeoJSON", "GeoPackage", "CSV alone")
PLACELESS: Final = {"series": ("Parquet", "CSV alone")}  # a series has no place on a map
PAGES: Final = {
    "Brief": ("brief", "PDF", "two pages, to print"),
    "One file": ("view", "HTML", "opens without a network"),
}
CITATION: Final = ("Text", "BibTeX", "RIS", "CSL-JSON")
SIZES: Final = {"article": "Article", "square": "Square", "story": "Story", "a4": "A4"}
SCALES: Final = {"1": "1×", "2": "2×", "3": "3×"}
ENDINGS: Final = {"Text": "txt", "BibTeX": "bib", "CSL-JSON": "json", "GeoPackage": "gpkg", "CSV alone": "csv"}
BARE: Final = "dictionary=no"


def export_menu() -> html.Details:
    """Return the files that can be taken away; ``export.js`` keeps their addresses equal to what is shown."""
    parts = [
        close("Export"),
        _part("Pictures", text.PICTURE_HEAD, _pictures()),
        _part("Pages", text.PAGES_HEAD, _pages()),
        _part("Numbers", text.EXPORT_HEAD, _numbers()),
        _part("Citation", "", [_row("Sources", [_file("citation", kind, "numbers") for kind in CITATION])]),
    ]
    return html.Details(
        [html.Summary("Export", className="button"), html.Div(parts, className="panel export-list")],
        className="export",
    )


def close(name: str) -> html.Div:
    """Return the head of a list that covers a narrow screen; elsewhere the list closes at its own button."""
    leave = html.Button("Close", type="button", className="button link export-close",
                        **{"aria-label": f"Close {name.lower()}"})  # fmt: skip
    return html.Div([html.Strong(name), leave], className="export-top")


def _part(name: str, said: str, rows: list[Component]) -> html.Section:
    head = html.H2([name, html.Span(said, className="caution")] if said else name, className="export-head")
    return html.Section([head, *rows], className="export-part", **{"aria-label": name})


def _row(name: str, found: list[Component]) -> html.Div:
    return html.Div([html.Span(name, className="export-name"), *found], className="export-row")


def _pictures() -> list[Component]:
    """Return the choice of a size, then the pictures as files or to be copied."""
    choices = [_choice("Size", "size", SIZES, "article"), _choice("PNG scale", "scale", SCALES, "2")]
    rows = [
        _row(name, [*(_file(figure, kind, "picture") for kind in ("PNG", "SVG", "PDF")), _copy(figure)])
        for name, figure in PICTURES.items()
    ]
    said = html.P(id=ids.EXPORT_SAID, className="export-said", role="status")
    return [*choices, *rows, said]


def _copy(figure: str) -> html.Button:
    return html.Button("Copy picture", type="button", className="button export-copy",
                       **{"data-figure": figure, "aria-label": f"Copy the {figure} as a PNG picture"})  # fmt: skip


def _pages() -> list[Component]:
    return [
        _row(name, [_file(figure, kind, "page"), html.Span(said, className="caution")])
        for name, (figure, kind, said) in PAGES.items()
    ]


def _numbers() -> list[Component]:
    """Return the formats that newsrooms open; those for analysts are folded."""
    plain = [_row(name, [_file(figure, kind, "numbers") for kind in PLAIN]) for name, figure in NUMBERS.items()]
    rare = [
        _row(name, [_file(figure, kind, "numbers") for kind in PLACELESS.get(figure, RARE)])
        for name, figure in NUMBERS.items()
    ]
    bare = html.P(text.BARE_HEAD, className="caution")
    more = html.Details([html.Summary("More formats", className="export-more"), *rare, bare], className="export-rare")
    return [*plain, more]


def _choice(name: str, key: str, options: dict[str, str], chosen: str) -> html.Fieldset:
    """Return one choice among a few: native buttons of which one is pressed."""
    buttons = [
        html.Button(words, type="button", className="button export-choice",
                    **{"data-key": key, "data-value": value, "aria-pressed": str(value == chosen).lower()})
        for value, words in options.items()
    ]  # fmt: skip
    return html.Fieldset([html.Legend(name, className="export-name"), *buttons], className="export-choices")


def _file(figure: str, kind: str, of: str) -> html.A:
    """Return the link to a file; ``of`` (picture, page or numbers) says what its address has to state."""
    path = f"/api/v1/exports/{figure}.{ENDINGS.get(kind, kind.lower())}"
    fixed = BARE if kind == "CSV alone" else ""
    named = {"aria-label": f"{figure} as {kind}", "data-path": path, "data-fixed": fixed}
    href = f"{path}?{fixed}" if fixed else path
    return html.A(kind, href=href, className=f"button export-file export-{of}", **named)
