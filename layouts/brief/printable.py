"""Text as the fonts can print it: no character is lost without a mark, none turns the text around it."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from fontTools.ttLib import TTFont

FONTS: Final = Path(mpl.get_data_path()) / "fonts" / "ttf"
UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"
MOST_CHARACTERS: Final = 3_000  # what no field on two pages can hold; the page cuts further where it must
TURNING: Final = re.compile("[\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}\u2066-\u2069]")


@cache
def covered() -> frozenset[str]:
    """Return the characters that DejaVu Sans has both upright and bold."""
    return frozenset(map(chr, _read_codes("DejaVuSans.ttf") & _read_codes("DejaVuSans-Bold.ttf")))


def _read_codes(name: str) -> set[int]:
    with TTFont(FONTS / name, lazy=True) as font:
        return set(font.getBestCmap())


def printable(text: str) -> str:
    """Return one line of text in which every character has a glyph; those that have none show as �.

    Overrides of the reading direction are left out: an unclosed one would turn the words around it.
    """
    plain = unicodedata.normalize("NFC", TURNING.sub("", text[:MOST_CHARACTERS]))
    known = covered()
    return "".join(one if one in known else UNKNOWN for one in " ".join(plain.split()))


def all_printable(value: Any) -> Any:
    """Return plain values with every text in them made printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: all_printable(one) for key, one in value.items()}
    return [all_printable(one) for one in value] if isinstance(value, list | tuple) else value
