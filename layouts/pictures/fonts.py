"""The type of pictures: the page's face, another for letters that it lacks; how wide a text is, where it breaks."""

import base64
import io
import unicodedata
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Final

import matplotlib as mpl
from fontTools import subset
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import FT2Font, LoadFlags

from data.model.caches import kept, kept_numbers, kept_small

_OWN: Final = Path(str(files("font_source_sans_pro"))) / "files"
_BESIDE: Final = Path(mpl.get_data_path()) / "fonts" / "ttf"  # travels with matplotlib
PATHS: Final = {  # family, in the order in which a letter is looked for: its files, by whether they are bold
    "Source Sans Pro": {False: _OWN / "SourceSansPro-Regular.ttf", True: _OWN / "SourceSansPro-Bold.ttf"},
    "DejaVu Sans": {False: _BESIDE / "DejaVuSans.ttf", True: _BESIDE / "DejaVuSans-Bold.ttf"},
}
FAMILIES: Final = list(PATHS)
SIZED: Final = 1.04  # Source Sans is drawn small for its size; so its low letters are as high as others are
REPLACEMENT: Final = "\ufffd"
MEASURED_AT: Final = 100
POINTS_PER_UNIT: Final = 0.72
LEADING: Final = 1.34
ASCENT: Final = 0.93
SLACK: Final = 1.01  # a browser and a printer round the advance of a letter in their own way


for _path in PATHS[FAMILIES[0]].values():
    fontManager.addfont(_path)


@kept
def _known(family: str, *, is_bold: bool) -> frozenset[int]:
    return frozenset(FT2Font(str(PATHS[family][is_bold])).get_charmap())


def family_of(letter: str, *, is_bold: bool) -> str:
    """Return the family in which a letter is written: the first that has it, else the last."""
    return next((one for one in FAMILIES if ord(letter) in _known(one, is_bold=is_bold)), FAMILIES[-1])


def plain(text: str) -> str:
    """Return a text in one line that the font can write: no control or direction marks, a sign for what it lacks."""
    joined = " ".join("".join(c if unicodedata.category(c)[0] != "C" or c in "\t\n\r" else "" for c in text).split())
    known = frozenset.union(*(_known(one, is_bold=False) & _known(one, is_bold=True) for one in FAMILIES))
    return "".join(c if ord(c) in known else REPLACEMENT for c in joined)


def properties(size: float, *, is_bold: bool = False) -> FontProperties:
    """Return the font of a text whose size is given in units."""
    return FontProperties(family=FAMILIES, weight="bold" if is_bold else "normal",
                          size=size * SIZED * POINTS_PER_UNIT)  # fmt: skip


@kept_small(4096, in_words=False)
def _width(text: str, *, is_bold: bool) -> float:
    runs = groupby(text, lambda letter: family_of(letter, is_bold=is_bold))
    return sum(_run_width("".join(letters), family, is_bold=is_bold) for family, letters in runs)


def _run_width(text: str, family: str, *, is_bold: bool) -> float:
    font = FT2Font(str(PATHS[family][is_bold]))
    font.set_size(MEASURED_AT, 72)
    font.set_text(text, 0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64 / MEASURED_AT


def width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return how wide a text is, in units."""
    return _width(text, is_bold=is_bold) * size * SIZED * SLACK


def wrapped(text: str, size: float, room: float, *, is_bold: bool = False) -> list[str]:
    """Return a text as lines that are no wider than ``room``; a word that is wider breaks where it must."""
    lines: list[str] = []
    for word in plain(text).split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, is_bold=is_bold) <= room:
            lines[-1] = longer
            continue
        pieces = _pieces(word, size, room, is_bold=is_bold)
        lines += pieces
    return [line for line in lines if line]


def balanced(text: str, size: float, room: float, *, is_bold: bool = False) -> list[str]:
    """Return a text as no more lines than it needs, of about the same width: no word stands alone in the last."""
    lines = wrapped(text, size, room, is_bold=is_bold)
    for share in (0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95):
        found = wrapped(text, size, room * share, is_bold=is_bold)
        if len(lines) > 1 and len(found) == len(lines):
            return found
    return lines


def wrap_text(text: str, size: float, room: float) -> list[str]:
    """Return a text as lines; where little is left for the last one, all become a little shorter."""
    lines = wrapped(text, size, room)
    is_short = len(lines) > 1 and width(lines[-1], size) < 0.2 * room
    return balanced(text, size, room) if is_short else lines


def _pieces(word: str, size: float, room: float, *, is_bold: bool) -> list[str]:
    pieces = []
    while word and width(word, size, is_bold=is_bold) > room:
        fits = next((n for n in range(len(word) - 1, 1, -1) if width(word[:n], size, is_bold=is_bold) <= room), 1)
        at = max((word.rfind(mark, 0, fits) + 1 for mark in "&,;/-"), default=0)
        cut = at if at > fits // 2 else fits
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]


@kept_numbers
def face(characters: frozenset[str], *, is_bold: bool) -> str:
    """Return @font-face rules, one for each family, that hold the letters that a drawing uses, as woff2."""
    by_family = {family: "".join(sorted(one for one in characters if family_of(one, is_bold=is_bold) == family))
                 for family in FAMILIES}  # fmt: skip
    return "".join(_face(family, letters, is_bold=is_bold) for family, letters in by_family.items() if letters)


def _face(family: str, letters: str, *, is_bold: bool) -> str:
    options = subset.Options(flavor="woff2", notdef_outline=True, layout_features=["*"], desubroutinize=True)
    options.drop_tables += ["FFTM"]
    font = TTFont(PATHS[family][is_bold], recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(font)
    font.flavor = "woff2"
    held = io.BytesIO()
    font.save(held)
    data = base64.b64encode(held.getvalue()).decode()
    weight = 700 if is_bold else 400
    source = f"url(data:font/woff2;base64,{data}) format('woff2')"
    return f"@font-face{{font-family:'{family}';font-weight:{weight};src:{source}}}"
