"""The first picture: sentence, still map, still series and tables as plain HTML that needs no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from markupsafe import Markup

from data.model.notices import say
from layouts.standalone.choices import Choice
from layouts.standalone.jinja import ASSETS, fill_template, read_file
from layouts.standalone.still_key import StillKey
from layouts.standalone.still_map import Placed
from layouts.text import page as text

ID: Final = "first"
TOKENS: Final = ("type.css", "tokens.css", "cells.css", "key.css", "dock.css", "time.css")  # of the page


class Table(NamedTuple):
    """A table whose rows each lead somewhere; the first cell of a row is its name."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[tuple[str | None, Sequence[str]]]


@dataclass(frozen=True)
class First:
    """All that the first picture says."""

    sentence: tuple[str, str, str]  # before its number, the number, after it
    is_long: bool  # the sentence: set smaller
    notes: str
    banner: str
    unclear: Sequence[str]
    place: Placed
    drawing: Markup | None
    drawing_path: str
    series: Markup
    key: StillKey
    routes: Sequence[Choice]
    years: Sequence[Choice]
    shown_route: str
    shown_dates: str
    reset: str
    cell: Table | None
    close_cell: str
    tables: Sequence[Table]
    sources: Sequence[str]
    export: str
    as_of: str


def first_page(one: First) -> str:
    """Return the fragment of HTML, with its own small stylesheet; without a drawing, an image that is made apart."""
    return fill_template("first.html", one=one, say=say, name=text.NAME, id=ID, styles=_styles(),
                         unscripted=_still(":root"))  # fmt: skip


def nothing_yet(sentence: str) -> str:
    """Return the fragment where there is no data: what to do, in words."""
    return fill_template("first_nothing.html", sentence=sentence, say=say, name=text.NAME, id=ID, styles=_styles())


def _styles() -> Markup:
    files = [*(read_file(name, ASSETS) for name in TOKENS), read_file("first.css"), _still(".is-still")]
    return Markup("\n".join(files))  # noqa: S704 — our own files


def _still(root: str) -> Markup:
    """Return the rules of a picture that stays, below ``root``: a class of the page, or all of it without scripts."""
    return Markup(read_file("first_still.css").replace(".is-still", root))  # noqa: S704 — our own file
