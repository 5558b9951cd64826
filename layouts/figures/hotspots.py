"""The small map of hot spots: the cells of a study area by their class, in one inline SVG (RULES G6, X5, P6)."""

from collections.abc import Sequence
from typing import Final

from data.hotspots.answer_model import HotSpotCell
from geo.areas.areas import Box
from geo.cells import cell_from_text, cell_ring
from layouts.figures import theme
from layouts.figures.small_map import Drawing, fitted, svg

SIZE: Final = (720, 420)
COLORS: Final = {"hot 99%": theme.TOLL[5], "hot 95%": theme.TOLL[4], "hot 90%": theme.TOLL[2],
                 "cold 90%": "#a9c8d4", "cold 95%": "#6fa3b6", "cold 99%": theme.ARRIVED}  # fmt: skip
PLAIN: Final = "not significant"
MOST_CELLS: Final = 3_000
MARGIN: Final = 0.06  # of the frame, on every side
HATCH: Final = (
    '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<path d="M0 0V5" stroke="{theme.PAPER}" stroke-width="2.6"/><path d="M0 0V5" stroke="{theme.INK}" '
    'stroke-width="1.1"/></pattern></defs>'
)


def hot_spot_map(boxes: Sequence[Box], cells: Sequence[HotSpotCell], *, label: str) -> str:
    """Return the SVG of an area's ``boxes``; of its ``cells`` those listed first are drawn.

    A cell without a class has an outline alone; one in which one event is more than half of the people is hatched.
    """
    drawing = Drawing(fitted(_frame(boxes), SIZE), SIZE)
    drawn = sorted(cells, key=lambda one: one.class_name == PLAIN)[:MOST_CELLS]
    rings = {one.cell: cell_ring(cell_from_text(one.cell)) for one in drawn}
    line = f'stroke="{theme.PAPER}" stroke-width="0.6"'
    parts = [HATCH]
    for name, color in COLORS.items():
        of_class = [rings[one.cell] for one in drawn if one.class_name == name]
        parts += drawing.rings(of_class, f'fill="{color}" fill-opacity="0.92" {line}')
    plain = [rings[one.cell] for one in drawn if one.class_name not in COLORS]
    parts += drawing.rings(plain, f'fill="{theme.PAPER}" fill-opacity="0.45" stroke="{theme.MUTED}" stroke-width="0.5"')
    hatched = [rings[one.cell] for one in drawn if (one.dominance or 0) > 0.5]
    parts += drawing.rings(hatched, 'fill="url(#hatch)" fill-opacity="0.55"')
    return svg(drawing, parts, label=label, kind="hot-spot-map")


def _frame(boxes: Sequence[Box]) -> Box:
    west, south = min(box[0] for box in boxes), max(min(box[1] for box in boxes), -60.0)
    east, north = max(box[2] for box in boxes), min(max(box[3] for box in boxes), 78.0)
    aside, along = (MARGIN * (east - west), MARGIN * (north - south))
    if east - west + 2 * aside >= 360:
        return -180.0, south, 180.0, north
    return west - aside, south - along, east + aside, north + along
