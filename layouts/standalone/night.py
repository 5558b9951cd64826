"""The page's dark colours for a drawing that stands alone: as an image it has none of the page's tokens."""

import re
from typing import Final

from layouts.standalone.jinja import ASSETS, read_file

BLOCK: Final = re.compile(r"@media screen and \(prefers-color-scheme: dark\) \{\s*:root[^{]*\{(.*?)\}", re.DOTALL)
TOKEN: Final = re.compile(r"(--[\w-]+): ?([^;]+);")


def at_night(drawing: str) -> str:
    """Return the stylesheet of an SVG that names tokens: their dark values, where the reader's system asks for dark.

    It holds of the root of an SVG alone: written into a page, the drawing has that page's colours.
    """
    dark = (TOKEN.findall(found[1]) for name in ("tokens.css", "cells.css")
            if (found := BLOCK.search(read_file(name, ASSETS))))  # fmt: skip
    used = "".join(f"{name}:{value};" for tokens in dark for name, value in tokens if f"var({name}," in drawing)
    return f"<style>@media (prefers-color-scheme:dark){{:root.still-drawing{{{used}}}}}</style>"
