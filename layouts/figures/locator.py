"""The small map of a sector: land, borders, its cells and its outline as one inline SVG."""

from collections.abc import Sequence
from html import escape
from typing import Final

import polars as pl
from shapely.geometry import Polygon

from data.counting.classes import class_of
from data.sectors.sector import Sector
from geo.areas.areas import Box, frame_of
from geo.cells import cell_ring
from layouts.figures import theme
from layouts.figures.route_strokes import Stroke, strokes
from layouts.figures.small_map import COARSE, Drawing, fitted, svg, turned_into

SIZE: Final = (340, 260)
MOST_CELLS: Final = 600
HOT_MARK: Final = (
    '<svg class="patch" viewBox="0 0 12 9" aria-hidden="true"><rect x="1" y="1" width="10" height="7" fill="none" '
    f'stroke="{theme.INK}" stroke-width="1.6"/></svg>'
)


def locator(
    sector: Sector, cells: pl.DataFrame, *, measure: str, floors: tuple[int, ...], label: str, hot: Sequence[int] = (),
    routes: Sequence[Stroke] = (),
) -> str:  # fmt: skip
    """Return the SVG of a sector; ``cells`` has cell (Int64) and the measure, ``floors`` its classes (RULES X8).

    ``hot``: cells (H3 indices) that get an outline of their own, shaded or not. ``routes`` are drawn over the cells.
    """
    frame = fitted(frame_of(sector.area), SIZE)
    drawing = Drawing(frame, SIZE)
    outline = turned_into(sector.area.outline, frame).simplify((frame[2] - frame[0]) / COARSE)
    parts = [
        *_cells(drawing, cells, frame, measure=measure, floors=floors),
        *strokes(drawing, routes),
        *drawing.rings(map(cell_ring, hot), f'fill="none" stroke="{theme.PAPER}" stroke-width="2.6"'),
        *drawing.rings(map(cell_ring, hot), f'class="hot" fill="none" stroke="{theme.INK}" stroke-width="1.3"'),
        *drawing.areas(outline, f'fill="none" stroke="{theme.PAPER}" stroke-width="3.4" stroke-opacity="0.8"'),
        *drawing.areas(outline, f'fill="none" stroke="{theme.CHOSEN}" stroke-width="1.5"'),
        *middle(drawing, sector),
    ]
    return svg(drawing, parts, label=label)


def middle(drawing: Drawing, sector: Sector) -> list[str]:
    """Return the dot and the name of the town that a sector lies around."""
    if sector.kind != "place":
        return []
    x, y = drawing.point(*sector.points[0])
    name = escape(sector.name.partition(",")[0])
    dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{theme.INK}" stroke="{theme.PAPER}"/>'
    halo = f'stroke="{theme.PAPER}" stroke-width="2.6" paint-order="stroke"'
    return [dot, f'<text x="{x + 6:.1f}" y="{y + 4:.1f}" font-size="11" fill="{theme.INK}" {halo}>{name}</text>']


def _cells(drawing: Drawing, cells: pl.DataFrame, frame: Box, *, measure: str, floors: tuple[int, ...]) -> list[str]:
    shaded = cells.with_columns(class_of(pl.col(measure), floors).alias("class")).drop_nulls("class")
    drawn = []
    for row in shaded.sort(measure, "cell", descending=[True, False]).head(MOST_CELLS).to_dicts():
        area = turned_into(Polygon(cell_ring(row["cell"])), frame)
        attributes = f'fill="{theme.TOLL[row["class"]]}" fill-opacity="0.88" stroke="{theme.PAPER}" stroke-width="0.4"'
        drawn += drawing.areas(area, attributes)
    return drawn
