"""A view as one page that needs nothing beside it."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from data.model.notices import Labels, say
from layouts.brief import Contents
from layouts.links import is_web
from layouts.standalone.jinja import fill_template, read_file
from layouts.text import page as text

HEADS: Final = Labels("single_file.head", ("method", "sources", "citation", "address"))


@dataclass(frozen=True)
class Table:
    """A table as it is printed; ``rest`` says what is not in its rows."""

    heading: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    rest: str
    texts: int = 1


@dataclass(frozen=True)
class ViewFile:
    """What the file states beside what a brief does; the drawings are data addresses.

    ``narrow`` holds map and series as they are shown on screens of up to ``narrow_up_to`` pixels.
    """

    contents: Contents
    map: str
    series: str
    tables: tuple[Table, ...]
    citation: tuple[str, ...]
    narrow: tuple[str, str]
    narrow_up_to: int


def view_page(view: ViewFile) -> str:
    """Return the whole file: style inside, drawings inside, no script, nothing from elsewhere."""
    stated = view.contents
    edition = say("brief.edition", vintage=stated.vintage, until=stated.data_until)
    values = stated.words() | {"map": view.map, "series": view.series, "tables": view.tables,
                               "narrow": view.narrow, "narrow_up_to": view.narrow_up_to,
                               "citation": view.citation, "edition": edition}  # fmt: skip
    style = Markup(read_file("view.css"))  # noqa: S704 — our own file; entities would break its quotes
    return fill_template("view.html", view=values, name=text.NAME, heads=HEADS, style=style, is_web=is_web)
