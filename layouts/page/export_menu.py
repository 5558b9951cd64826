"""The list of what can be taken away: pictures, pages, numbers, a citation; rare formats are folded."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from data.model.notices import say
from data.store.vintage import Vintage
from layouts import ids
from layouts.parts.attributes import attributes

PICTURES: Final = ("map", "series")
NUMBERS: Final = ("cells", "incidents", "series", "segments")
PLAIN: Final = ("CSV", "XLSX")
ALONE: Final = "alone"  # a CSV without the text beside it
RARE: Final = ("Parquet", "GeoJSON", "GeoPackage", ALONE)
PLACELESS: Final = {"series": ("Parquet", ALONE)}  # a series has no place on a map
PAGES: Final = {"brief": "PDF", "view": "HTML"}
CITATION: Final = ("Text", "BibTeX", "RIS", "CSL-JSON")
SIZES: Final = ("article", "square", "story", "a4")
SCALES: Final = {"1": "1×", "2": "2×", "3": "3×"}
ENDINGS: Final = {"Text": "txt", "BibTeX": "bib", "CSL-JSON": "json", "GeoPackage": "gpkg", ALONE: "csv"}
BARE: Final = "dictionary=no"


def export_menu(vintage: Vintage) -> html.Details:
    """Return the files that can be taken away; ``export.mjs`` keeps their addresses equal to what is shown."""
    parts = [
        close(say("page.export_menu.export")),
        *_permissions(vintage),
        _part(say("page.export_menu.pictures"), say("page.words.picture_head"), _pictures()),
        _part(say("page.export_menu.pages"), say("page.words.pages_head"), _pages()),
        _part(say("page.export_menu.numbers"), say("page.words.export_head"), _numbers()),
        _part(
            say("page.export_menu.citation"),
            "",
            [_row(say("page.export_menu.sources"), [_file("citation", kind, "numbers") for kind in CITATION])],
        ),
    ]
    return html.Details(
        [
            html.Summary(say("page.export_menu.export"), className="button"),
            html.Div(parts, className="panel export-list"),
        ],
        className="export",
    )


def _permissions(vintage: Vintage) -> list[html.P]:
    """Return, before anything is saved, whose terms ask for a permission: those that say so."""
    table = vintage.sources.select("publisher", "title", "licence").unique().drop_nulls("licence").sort("title")
    return [html.P(say("page.export_menu.permission", publisher=publisher, title=title, licence=licence),
                   className="export-terms")
            for publisher, title, licence in table.iter_rows() if "permission" in licence.casefold()]  # fmt: skip


def close(name: str) -> html.Div:
    """Return the head of a list that covers a narrow screen; elsewhere the list closes at its own button."""
    leave = html.Button(say("page.export_menu.close"), type="button", className="button link export-close",
                        **attributes(aria_label=say("page.export_menu.close_list", name=name.lower())))  # fmt: skip
    return html.Div([html.Strong(name), leave], className="export-top")


def _part(name: str, said: str, rows: list[Component]) -> html.Section:
    head = html.H2([name, html.Span(said, className="caution")] if said else name, className="export-head")
    return html.Section([head, *rows], className="export-part", **attributes(aria_label=name))


def _row(name: str, found: list[Component]) -> html.Div:
    return html.Div([html.Span(name, className="export-name"), *found], className="export-row")


def _pictures() -> list[Component]:
    """Return the choice of a size, then the pictures as files or to be copied."""
    choices = [
        _choice(
            say("page.export_menu.size"), "size", {size: say(f"page.export_size.{size}") for size in SIZES}, "article"
        ),
        _choice(say("page.export_menu.scale"), "scale", SCALES, "2"),
    ]
    rows = [
        _row(
            say(f"page.export_picture.{figure}"),
            [*(_file(figure, kind, "picture") for kind in ("PNG", "SVG", "PDF")), _copy(figure)],
        )
        for figure in PICTURES
    ]
    said = html.P(id=ids.EXPORT_SAID, className="export-said", role="status")
    return [*choices, *rows, said]


def _copy(figure: str) -> html.Button:
    return html.Button(say("page.export_menu.copy_picture"), type="button", className="button export-copy",
                       **attributes(data_figure=figure,
                          aria_label=say("page.export_menu.copy", figure=figure)))  # fmt: skip


def _pages() -> list[Component]:
    return [
        _row(
            say(f"page.export_page.{figure}.name"),
            [_file(figure, kind, "page"), html.Span(say(f"page.export_page.{figure}.words"), className="caution")],
        )
        for figure, kind in PAGES.items()
    ]


def _numbers() -> list[Component]:
    """Return the formats that newsrooms open; those for analysts are folded."""
    plain = [
        _row(say(f"page.export_numbers.{figure}"), [_file(figure, kind, "numbers") for kind in PLAIN])
        for figure in NUMBERS
    ]
    rare = [
        _row(
            say(f"page.export_numbers.{figure}"),
            [_file(figure, kind, "numbers") for kind in PLACELESS.get(figure, RARE)],
        )
        for figure in NUMBERS
    ]
    bare = html.P(say("page.words.bare_head"), className="caution")
    more = html.Details(
        [html.Summary(say("page.export_menu.more_formats"), className="export-more"), *rare, bare],
        className="export-rare",
    )
    return [*plain, more]


def _choice(name: str, key: str, options: dict[str, str], chosen: str) -> html.Div:
    """Return one choice among a few: native buttons of which one is pressed.

    It is a named group, as WebKit keeps the legend of a ``fieldset`` out of the row.
    """
    buttons = [
        html.Button(words, type="button", className="button export-choice",
                    **attributes(data_key=key, data_value=value, aria_pressed=str(value == chosen).lower()))
        for value, words in options.items()
    ]  # fmt: skip
    shown = html.Span(name, className="export-name", **attributes(aria_hidden="true"))
    return html.Div([shown, *buttons], className="export-choices", role="group", **attributes(aria_label=name))


def _file(figure: str, kind: str, of: str) -> html.A:
    """Return the link to a file; ``of`` (picture, page or numbers) says what its address has to state."""
    path = f"/api/v1/exports/{figure}.{ENDINGS.get(kind, kind.lower())}"
    fixed = BARE if kind == ALONE else ""
    name = say("page.export_menu.csv_alone") if kind == ALONE else kind
    label = say("page.export_menu.file", figure=figure, kind=name)
    named = attributes(aria_label=label, data_path=path, data_fixed=fixed)
    href = f"{path}?{fixed}" if fixed else path
    return html.A(name, href=href, className=f"button export-file export-{of}", **named)
