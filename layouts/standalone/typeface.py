"""The face of the page: two weights of Source Sans Pro, cut to the letters, signs and figures that the page writes."""

import io
from importlib.resources import as_file, files
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTFont

from data.model.caches import kept

FILES: Final = {400: "SourceSansPro-Regular.ttf", 600: "SourceSansPro-Semibold.ttf"}
NAMES: Final = {f"sans-1-{weight}": weight for weight in FILES}  # a browser keeps a name: a new cut, a new 1
LETTERS: Final = (
    *range(0x20, 0x250),  # Latin
    *range(0x1E00, 0x1F00),  # Latin of Viet Nam and of transcriptions
    *range(0x2000, 0x2070),
    *range(0x20A0, 0x20D0),  # currencies
    *range(0x2190, 0x2270),  # arrows and operators
)
LICENCE_NAMES: Final = (0, 13, 14)  # ids of names that stay: whose it is, and that it may be passed on (OFL 1.1)


@kept
def face_file(weight: int) -> bytes:
    """Return the face of one weight as woff2; raise KeyError where there is none."""
    options = subset.Options(flavor="woff2", hinting=False, layout_features=["kern", "tnum", "mark", "ccmp", "locl"])
    options.name_IDs = list(LICENCE_NAMES)
    with as_file(files("font_source_sans_pro") / "files" / FILES[weight]) as path:
        font = TTFont(path, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)
    font.flavor = "woff2"
    held = io.BytesIO()
    font.save(held)
    return held.getvalue()
