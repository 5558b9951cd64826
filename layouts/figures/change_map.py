"""The small map of a comparison: every cell coloured by how much more or fewer was recorded, around zero (RULES P6)."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

import numpy as np
import numpy.typing as npt

from data.compare.models import ChangeRow
from geo.areas.areas import Box
from geo.cells import cell_from_text, cell_ring
from layouts.figures import theme
from layouts.figures.small_map import Drawing, fitted, svg

Points = npt.NDArray[np.float64]
WIDTH: Final = 760
LOWEST, HIGHEST = 300, 460
WIDE: Final = 90  # degrees of longitude across
MOST_CELLS: Final = 4_000  # the largest changes first
COLORS: Final = {
    **{-place: color for place, color in enumerate(theme.FEWER, start=1)}, 0: theme.SAME,
    **dict(enumerate(theme.MORE, start=1)),
}  # fmt: skip


def change_map(rows: Sequence[ChangeRow], *, label: str, boxes: Sequence[Box] = ()) -> str:
    """Return the SVG of cells, of which those without a class are not drawn.

    The picture fits ``boxes``, or all cells where there are none.
    """
    drawn = [(cell_ring(cell_from_text(str(row.id))), row.place) for row in rows if row.place is not None]
    rings = drawn[:MOST_CELLS]
    corners = [np.array([box[:2], box[2:]]) for box in boxes] or [np.array(ring) for ring, _ in rings]
    frame, height = _frame(corners)
    drawing = Drawing(frame, (WIDTH, height))
    return svg(drawing, _cells(drawing, rings), label=label, kind="change-map")


def as_address(picture: str) -> str:
    """Return a picture as an address that an image can show, shorter than base64 once it is packed."""
    return f"data:image/svg+xml,{quote(picture, safe=' =:/;,.()-')}"


def _cells(drawing: Drawing, rings: Sequence[tuple[list[tuple[float, float]], int]]) -> list[str]:
    """Return one path per class, no change first; a fall has a dark edge too, so that colour alone says nothing.

    Where a cell is only a few pixels wide, its edge makes it larger, so that a world of cells can be read.
    """
    found, is_wide = [], drawing.frame[2] - drawing.frame[0] > WIDE
    for place in sorted(COLORS, key=abs):
        of_class = [ring for ring, one in rings if one == place]
        edge = (
            f'stroke="{theme.FEWER[2]}" stroke-width="0.9"'
            if place < 0
            else f'stroke="{theme.PAPER}" stroke-width="0.4"'
        )
        if is_wide:
            edge = f'stroke="{theme.FEWER[2] if place < 0 else COLORS[place]}" stroke-width="{1.2 if place < 0 else 2}"'
        found += drawing.rings(of_class, f'fill="{COLORS[place]}" fill-opacity="0.92" {edge}')
    return found


def _frame(rings: Sequence[Points]) -> tuple[Box, int]:
    """Return the frame that holds the points with room around, and the height of its picture."""
    points = np.concatenate(rings) if rings else np.array([[-20.0, 0.0], [60.0, 60.0]])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    across, up = max(east - west, 4.0), max(north - south, 3.0)
    x, y = (west + east) / 2, (south + north) / 2
    box = (x - across * 0.54, max(y - up * 0.56, -88.0), x + across * 0.54, min(y + up * 0.56, 88.0))
    middle = np.cos(np.radians(min(abs(box[1] + box[3]) / 2, 80)))
    height = round(min(max(WIDTH * (box[3] - box[1]) / ((box[2] - box[0]) * middle), LOWEST), HIGHEST))
    return fitted((float(box[0]), float(box[1]), float(box[2]), float(box[3])), (WIDTH, height)), height
