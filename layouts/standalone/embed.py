"""One figure for somebody else's page: what the frame shows, and the code that puts it there."""

import hashlib
from dataclasses import dataclass
from html import escape
from typing import Final

from data.model.notices import say
from layouts.pictures.description import QUIET
from layouts.standalone.icon import ICON_FILE
from layouts.standalone.jinja import fill_template, read_file
from layouts.text import page as text

PATH: Final = "/embed"
DRAWING: Final = "/embed.svg"
STYLESHEET: Final = "/embed.css"
SCRIPT: Final = "/embed.js"
FIGURES: Final = ("map", "series")
PREVIEW_SIZE: Final = "article"
WIDTHS: Final = {"wide": 0, "middle": 860, "narrow": 440}  # of a drawing: up to which width of the frame; 0: any
FRAME_HEIGHT: Final = 720


@dataclass(frozen=True)
class Drawing:
    """One drawing of the figure: its address, its size in pixels, and up to which width of the frame it is shown."""

    path: str
    width: int
    height: int
    up_to: int


@dataclass(frozen=True)
class Embedded:
    """What the frame shows: ``drawings`` with the narrowest first and the widest last; ``terms`` are folded."""

    title: str
    subtitle: str
    drawings: tuple[Drawing, ...]
    alt: str
    sources: tuple[str, ...]
    borders: str
    terms: tuple[str, ...]
    edition: str
    view: str
    demonstration: str


def embed_page(one: Embedded) -> str:
    """Return the page in the frame: one stylesheet, one picture, one script that tells its height."""
    return fill_template(
        "embed.html",
        one=one,
        name=text.NAME,
        icon=ICON_FILE,
        open_view=say("embed.open_view"),
        more=say("embed.more"),
        stylesheet=_versioned(STYLESHEET),
        script=_versioned(SCRIPT),
    )


def problem_page(status: int, sentence: str, nearest: str | None = None) -> str:
    """Return the page in the frame where the address cannot be meant; ``nearest`` is one that can be."""
    return fill_template(
        "problem.html", heading=say("embed.no_data" if status == 503 else "embed.not_shown"), sentence=sentence,
        name=text.NAME, icon=ICON_FILE, nearest=nearest, show_nearest=say("embed.show_nearest"),
        open_page=say("embed.open_page"), stylesheet=_versioned(STYLESHEET), script=_versioned(SCRIPT),
    )  # fmt: skip


def _versioned(path: str) -> str:
    """Return a file's address; it changes with what is in it."""
    return f"{path}?v={hashlib.sha256(read_file(path.removeprefix('/')).encode()).hexdigest()[:12]}"


def drawings(figure: str, query: str) -> tuple[Drawing, ...]:
    """Return the drawings of a figure, the narrowest first; each is laid out for its width. ``query`` is canonical."""
    found = []
    for width, up_to in reversed(WIDTHS.items()):
        size = QUIET[f"{width}-{figure}"]
        path = f"{DRAWING}?figure={figure}&width={width}{f'&{query}' if query else ''}"
        found.append(Drawing(path, int(size.width), int(size.height), up_to))
    return tuple(found)


def picture_path(figure: str, query: str) -> str:
    """Return the address of a figure's picture, with all its words, on our own server; ``query`` is canonical."""
    return f"/api/v1/exports/{figure}.png?size={PREVIEW_SIZE}{f'&{query}' if query else ''}"


def embed_code(query: str, *, figure: str = "map", address: str = "") -> str:
    """Return the code that shows a view in another page.

    ``query`` is canonical; ``address`` is where this site is, such as ``https://crossings.example``. Without it the
    frame's address begins with a slash, and the reader's browser has to put the site before it.
    """
    source = escape(f"{address}{PATH}?figure={figure}{f'&{query}' if query else ''}")
    return (
        f'<iframe src="{source}" title="{text.NAME}: {figure}" width="100%" height="{FRAME_HEIGHT}" loading="lazy" '
        f'style="border: 0"></iframe>{host_script()}'
    )


def host_script() -> str:
    """Return what sets the height of the frame in the page around it (docs/how-to/embed-a-view.md)."""
    return f"\n<script>{read_file('embed_host.js').strip()}</script>"
