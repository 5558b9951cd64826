"""A picture as a file: PNG, SVG or PDF, the same bytes for the same picture; its description travels in it.

Matplotlib's settings are one table for all threads: they are set for one picture at a time, under a lock.
"""

import io
import re
from collections.abc import Callable
from threading import Lock
from typing import Any, Final
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG

from data.model.notices import language_in_use
from layouts.pictures import fonts
from layouts.pictures.description import QUIET, SIZES, MapPicture, Picture, Size, ViewPicture
from layouts.pictures.frame import framed
from layouts.pictures.map import draw_map
from layouts.pictures.series import draw_series
from layouts.pictures.sheet import Sheet
from layouts.pictures.views import draw_view

SETTINGS: Final[dict[str, Any]] = {
    "svg.fonttype": "none", "svg.hashsalt": "crossings", "pdf.fonttype": 42, "path.simplify": False,
    "font.family": fonts.FAMILIES, "text.hinting": "none", "text.usetex": False, "text.parse_math": False,
    "axes.unicode_minus": True, "pdf.compression": 6,
}  # fmt: skip
CREATOR: Final = "Crossings"
_lock = Lock()


def draw(picture: Picture, size: Size) -> Sheet:
    """Return a picture drawn for a size; its words stand around it and never over one another."""
    sheet = Sheet(size)
    blocks = picture.blocks if isinstance(picture, MapPicture) else ()
    frame = framed(size, picture.words, blocks)
    frame.draw(sheet)
    if isinstance(picture, MapPicture):
        draw_map(sheet, picture, frame)
    elif isinstance(picture, ViewPicture):
        draw_view(sheet, picture, frame.box, frame.body)
    else:
        draw_series(sheet, picture, frame.box, frame.body)
    return sheet


def write(picture: Picture, *, size: str, kind: str, scale: int = 1) -> bytes:
    """Return a picture as the bytes of a file; ``scale`` is for PNG."""
    settings: Any = SETTINGS  # Matplotlib's own type is a literal of every name
    with _lock, mpl.rc_context(settings):
        form = (SIZES | QUIET)[size]
        return WRITERS[kind](draw(picture, form), picture, form, scale)


def _png(sheet: Sheet, picture: Picture, size: Size, scale: int) -> bytes:
    held = io.BytesIO()
    said = {"Title": picture.words.title, "Description": picture.words.alternative, "Software": None}
    sheet.figure.set_dpi(size.dpi * scale)
    FigureCanvasAgg(sheet.figure).print_png(held, metadata=said)
    return held.getvalue()


def _pdf(sheet: Sheet, picture: Picture, size: Size, scale: int) -> bytes:
    del size, scale
    held = io.BytesIO()
    said = {"Title": picture.words.title, "Subject": picture.words.alternative, "Creator": CREATOR,
            "Producer": None, "CreationDate": None, "ModDate": None}  # fmt: skip
    FigureCanvasPdf(sheet.figure).print_pdf(held, metadata=said)
    return held.getvalue()


def _svg(sheet: Sheet, picture: Picture, size: Size, scale: int) -> bytes:
    del scale
    held = io.BytesIO()
    said = {"Date": None, "Creator": CREATOR, "Format": None, "Type": None}
    FigureCanvasSVG(sheet.figure).print_svg(held, metadata=said)
    return described(held.getvalue().decode(), picture, size, _letters(sheet)).encode()


def _letters(sheet: Sheet) -> dict[bool, frozenset[str]]:
    found: dict[bool, set[str]] = {False: set(), True: set()}
    for text in sheet.axes.texts:
        found[text.get_fontweight() == "bold"].update(text.get_text())
    return {is_bold: frozenset(letters) for is_bold, letters in found.items() if letters}


def described(drawing: str, picture: Picture, size: Size, letters: dict[bool, frozenset[str]]) -> str:
    """Return an SVG with its own letters, a title and a description, and the size of its place."""
    faces = "".join(fonts.face(cut, is_bold=is_bold) for is_bold, cut in letters.items())
    title, words = (escape(fonts.plain(text)) for text in (picture.words.title, picture.words.alternative))
    wide, high = size.page or (f"{size.width:g}", f"{size.height:g}")
    drawing = re.sub(r'(<svg [^>]*?)width="[^"]*"', rf'\1width="{wide}"', drawing, count=1)
    drawing = re.sub(r'(<svg [^>]*?)height="[^"]*"', rf'\1height="{high}"', drawing, count=1)
    at = drawing.index("<svg ")
    end = drawing.index(">", at)
    spoken = f' role="img" lang="{language_in_use()}" aria-labelledby="title description"'
    named = f'{spoken}>\n <title id="title">{title}</title>'
    said = f'\n <desc id="description">{words}</desc>\n <style>{faces}</style>'
    return drawing[:at] + drawing[at:end] + named + said + drawing[end + 1 :]


Writer = Callable[[Sheet, Picture, Size, int], bytes]
WRITERS: Final[dict[str, Writer]] = {"png": _png, "svg": _svg, "pdf": _pdf}
MEDIA: Final = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf", "txt": "text/plain"}
