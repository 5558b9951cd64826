"""One figure for somebody else's page: what the frame shows, and the code that puts it there."""

import hashlib
from dataclasses import dataclass
from html import escape
from typing import Final

from layouts import text
from layouts.templates import filled, read_stylesheet

PATH: Final = "/embed"
STYLESHEET: Final = "/embed.css"
FIGURES: Final = ("map", "series")
PICTURE_SIZE: Final = "article"
PIXELS: Final = {"map": (1200, 675), "series": (1200, 675)}  # kept free before a picture is there
FRAME_HEIGHT: Final = 640
OPEN_VIEW: Final = "Open the full view"
OPEN_PAGE: Final = "Open Crossings"
TROUBLE: Final = {400: "This address cannot be shown", 503: "There is no data yet"}


@dataclass(frozen=True)
class Embedded:
    """What the frame shows; ``lines`` stand under the sources: borders, attribution."""

    title: str
    subtitle: str
    figure: str
    picture: str
    alt: str
    sources: tuple[str, ...]
    lines: tuple[str, ...]
    edition: str
    view: str
    demonstration: str

    @property
    def width(self) -> int:
        """The picture's width in pixels."""
        return PIXELS[self.figure][0]

    @property
    def height(self) -> int:
        """The picture's height in pixels."""
        return PIXELS[self.figure][1]


def embed_page(one: Embedded) -> str:
    """Return the page in the frame: no script, one stylesheet, one picture."""
    return filled("embed.html", one=one, name=text.NAME, open_view=OPEN_VIEW, stylesheet=_stylesheet())


def problem_page(status: int, sentence: str) -> str:
    """Return the page in the frame where the address cannot be meant."""
    return filled(
        "problem.html", heading=TROUBLE.get(status, TROUBLE[400]), sentence=sentence, name=text.NAME,
        open_page=OPEN_PAGE, stylesheet=_stylesheet(),
    )  # fmt: skip


def _stylesheet() -> str:
    """Return the stylesheet's address; it changes with what is in it."""
    return f"{STYLESHEET}?v={hashlib.sha256(read_stylesheet('embed.css').encode()).hexdigest()[:12]}"


def picture_path(figure: str, query: str, *, kind: str = "svg") -> str:
    """Return the address of a figure's picture on our own server; ``query`` is canonical."""
    return f"/api/v1/exports/{figure}.{kind}?size={PICTURE_SIZE}{f'&{query}' if query else ''}"


def embed_code(query: str, *, figure: str = "map", address: str = "") -> str:
    """Return the code that shows a view in another page.

    ``query`` is canonical; ``address`` is where this site is, such as ``https://crossings.example``. Without it the
    frame's address begins with a slash, and the reader's browser has to put the site before it.
    """
    source = escape(f"{address}{PATH}?figure={figure}{f'&{query}' if query else ''}")
    return (
        f'<iframe src="{source}" title="{text.NAME}: {figure}" width="100%" height="{FRAME_HEIGHT}" loading="lazy" '
        'style="border: 0"></iframe>'
    )
