"""How cells are drawn, on the page and in pictures: darkness and size say the same thing twice (RULES P6, X9).

The page reads the same values from ``assets/cells.css`` and ``assets/map/marks.mjs``; a test compares them.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Final

from layouts.figures import theme

FILLS: Final = theme.TOLL
EDGES: Final = ("#935485", "#8a4a7e", "#7a3d70", "#6a2f61", "#4c1d47", "#260a28")  # at least 3 to 1 on land and sea
SHARES: Final = (0.46, 0.58, 0.70, 0.82, 0.92, 0.97)  # of the true hexagon, about its centre
EDGE_WIDTH: Final = 1.0
WIDER_FILL: Final = theme.TOLL[3]
WIDER_OPACITY: Final = (0.07, 0.15, 0.24)
WIDER_EDGE: Final = "#8a4a7e"
DOT_WIDTH: Final = 1.1  # of the dotted outline of a wider area
DOT_STEP: Final = 3.2
HATCH_STEP: Final = 4.5
HATCH_WIDTH: Final = 1.5
LIGHT: Final = 3  # below this class a hatch is dark, from it on of the colour of paper
DARK_HATCH: Final = EDGES[3]  # 3 to 1 on the class below
UNREPORTED_HATCH: Final = "#c9c6be"
UNREPORTED_EDGE: Final = theme.MUTED
UNREPORTED_SHARE: Final = SHARES[0]
KEY_HEXAGON: Final = 20  # pixels of a whole hexagon in the key
KEY_BAR: Final = 15  # pixels of the bar of the class with most cells


def hexagon_size(number: int) -> int:
    """Return how wide the hexagon of a class is in the key, in pixels: its area is its share of the true one."""
    return round(KEY_HEXAGON * sqrt(SHARES[number]))


def bar_heights(counts: Sequence[int]) -> list[int]:
    """Return how high the bar of each class is in the key, in pixels, by how many cells are in it; 1 at least."""
    most = max(counts, default=0) or 1
    return [round(max(count / most * KEY_BAR, 1)) for count in counts]
