"""The small map of hot spots: cells by class, where more or fewer were recorded than around (RULES G6, H5, P7)."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import numpy as np

from geo.cells import cell_from_text, cell_ring
from layouts.figures import theme
from layouts.figures.change_map import WIDTH, frame_of_rings
from layouts.figures.small_map import Drawing

HATCH: Final = (
    '<defs><pattern id="one" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect width="1.2" height="5" fill="{theme.INK}" fill-opacity=".3"/></pattern></defs>'
)
COLORS: Final = {
    "hot 99%": theme.TOLL[5], "hot 95%": theme.TOLL[4], "hot 90%": theme.TOLL[3], "not significant": theme.PAPER,
    "cold 90%": theme.FEWER[0], "cold 95%": theme.FEWER[1], "cold 99%": theme.FEWER[2],
}  # fmt: skip
HALF: Final = 0.5


def hot_map(cells: Sequence[Mapping[str, Any]], *, label: str) -> str:
    """Return the SVG of the listed cells: each has cell, class and dominance."""
    rings = [(np.array(cell_ring(cell_from_text(one["cell"]))), one) for one in cells]
    frame, height = frame_of_rings([(ring, 0) for ring, _ in rings])
    drawing = Drawing(frame, WIDTH, height)
    parts = [HATCH, *drawing.ground()]
    for name, color in COLORS.items():
        path = "".join(drawing.path(ring, closed=True) for ring, one in rings if one["class"] == name)
        parts += [
            f'<path d="{path}" fill="{color}" fill-opacity=".9" stroke="{theme.MUTED}" stroke-width=".4"/>'
        ] * bool(path)
    one_event = "".join(drawing.path(ring, closed=True) for ring, one in rings if (one["dominance"] or 0) > HALF)
    if one_event:
        parts.append(f'<path d="{one_event}" fill="url(#one)"/>')
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'aria-label="{escape(label)}" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )
