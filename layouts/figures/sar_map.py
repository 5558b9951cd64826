"""The small map of search-and-rescue regions around a sector: their outlines at sea, and hatched where they overlap.

An overlap is drawn as both outlines and a hatch over what they share. No line is drawn that would divide it.
"""

from collections.abc import Sequence
from html import escape
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from data.sectors.sector import Sector
from geo.areas.areas import frame_of
from layouts.figures import theme
from layouts.figures.locator import SIZE, middle
from layouts.figures.small_map import COARSE, Drawing, fitted, land_of, svg, turned_into

HATCH_STEP: Final = 5.0  # pixels between the lines of the hatch
HATCH: Final = f'class="overlap" stroke="{theme.MUTED}" stroke-width="0.7"'
EDGE: Final = f'class="region" stroke="{theme.MUTED}" stroke-width="1.2"'
OUTLINE_MARK: Final = (
    '<svg class="patch" viewBox="0 0 12 9" aria-hidden="true"><rect x="1" y="1" width="10" height="7" '
    f'fill="{theme.SEA}" stroke="{theme.MUTED}" stroke-width="1.2"/></svg>'
)
OVERLAP_MARK: Final = (
    '<svg class="patch" viewBox="0 0 12 9" aria-hidden="true"><rect x="1" y="1" width="10" height="7" '
    f'fill="{theme.SEA}"/><path d="M1 5L5 1M1 8L8 1M4 8L11 1M8 8L11 5" stroke="{theme.MUTED}" '
    'stroke-width="0.9"/></svg>'
)
SECTOR_MARK: Final = (
    '<svg class="patch" viewBox="0 0 12 9" aria-hidden="true"><circle cx="6" cy="4.5" r="3.4" fill="none" '
    f'stroke="{theme.CHOSEN}" stroke-width="1.5"/></svg>'
)
TYPE: Final = 10.0  # pixels of a region's name
LETTER: Final = 0.54  # of its size, that a letter is wide
STEP: Final = 6  # pixels between the places that a name may have
MARGIN: Final = 4  # pixels between a name and the edge of the map


class Named(NamedTuple):
    """A region's name, and its outline in unwrapped degrees."""

    name: str
    outline: BaseGeometry


def sar_map(sector: Sector, regions: Sequence[Named], *, label: str) -> str:
    """Return the SVG of a sector among search-and-rescue regions; ``label`` says in words what it shows."""
    frame = fitted(frame_of(sector.area), SIZE)
    drawing = Drawing(frame, SIZE)
    land = shapely.union_all(shapely.get_parts(land_of(frame)))
    drawn = [turned_into(one.outline, frame) for one in regions]
    finest = (frame[2] - frame[0]) / COARSE
    outline = turned_into(sector.area.outline, frame).simplify(finest)
    inner = box(*frame).buffer(-finest)  # the frame itself is no outline
    edges = [shapely.intersection(one.boundary, inner).difference(land).simplify(finest / 2) for one in drawn]
    lines = _on_map(drawing, shapely.union_all([*edges, outline.boundary]))
    parts = [
        *_hatch(drawing, overlap_of(drawn).difference(land)),
        *drawing.lines(_lines_of(edges), EDGE),
        *drawing.areas(outline, f'fill="none" stroke="{theme.PAPER}" stroke-width="3.4" stroke-opacity="0.8"'),
        *drawing.areas(outline, f'fill="none" stroke="{theme.CHOSEN}" stroke-width="1.5"'),
        *_names(drawing, [Named(one.name, shape) for one, shape in zip(regions, drawn, strict=True)], land, lines),
        *middle(drawing, sector),
    ]
    return svg(drawing, parts, label=label)


def overlap_of(regions: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return all that lies in two regions or more."""
    return shapely.union_all([shapely.intersection(one, other) for one, other in combinations(regions, 2)])


def _lines_of(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    parts = shapely.get_parts(shapely.get_parts(shapely.geometrycollections(shapes)))
    return shapely.line_merge(shapely.union_all([one for one in parts if one.geom_type == "LineString"]))


def _hatch(drawing: Drawing, area: BaseGeometry) -> list[str]:
    """Return slanted lines across an area, as far apart in pixels on every map."""
    if area.is_empty:
        return []
    width, height = drawing.size
    west, _, _, north = drawing.frame
    starts = np.arange(-height, width, HATCH_STEP)
    ends = np.stack([np.column_stack((starts, np.full_like(starts, height))),
                     np.column_stack((starts + height, np.zeros_like(starts)))], axis=1)  # fmt: skip
    degrees = np.stack((west + ends[..., 0] / drawing.across, north - ends[..., 1] / drawing.down), axis=-1)
    cut = shapely.intersection(shapely.linestrings(degrees), area)
    return drawing.lines(_lines_of(list(cut)), HATCH)


def _names(drawing: Drawing, regions: Sequence[Named], land: BaseGeometry, lines: BaseGeometry) -> list[str]:
    """Return each region's name deep in what is its alone, clear of other names, and of lines where it can be."""
    placed = [_of_town(drawing)]
    found = []
    for at, one in enumerate(regions):
        others = shapely.union_all([other.outline for n, other in enumerate(regions) if n != at])
        alone = one.outline.difference(others).difference(land)
        spot = _spot(drawing, alone if alone.area > 0 else one.outline.difference(land), len(one.name), placed, lines)
        if spot is None:
            continue
        placed.append(spot)
        x, y = (spot.bounds[0] + spot.bounds[2]) / 2, spot.bounds[3] - 2
        type_ = f'font-size="{TYPE:g}" text-anchor="middle" fill="{theme.INK}"'
        halo = f'stroke="{theme.PAPER}" stroke-width="2.4" paint-order="stroke"'
        found.append(f'<text x="{x:.1f}" y="{y:.1f}" {type_} {halo}>{escape(one.name)}</text>')
    return found


def _of_town(drawing: Drawing) -> BaseGeometry:
    """Return the place in the middle of the map that a sector's town and its name take."""
    x, y = drawing.size[0] / 2, drawing.size[1] / 2
    return box(x - 6, y - 9, x + 70, y + 9)


def _on_map(drawing: Drawing, area: BaseGeometry) -> BaseGeometry:
    """Return a shape in pixels of the map."""
    west, _, _, north = drawing.frame
    scale = drawing.across, -drawing.down
    return shapely.transform(area, lambda at: (at - (west, north)) * scale)


def _spot(
    drawing: Drawing, area: BaseGeometry, letters: int, placed: Sequence[BaseGeometry], lines: BaseGeometry
) -> BaseGeometry | None:
    """Return the box of a name, in pixels; None where it has no place on the map."""
    if area.is_empty:
        return None
    on_map = _on_map(drawing, area)
    half, high = letters * TYPE * LETTER / 2, TYPE / 2 + 1
    width, height = drawing.size
    x, y = np.meshgrid(np.arange(half + MARGIN, width - half - MARGIN, STEP),
                       np.arange(high + MARGIN, height - high - MARGIN, STEP))  # fmt: skip
    boxes = shapely.box(x.ravel() - half, y.ravel() - high, x.ravel() + half, y.ravel() + high)
    is_free = ~shapely.intersects(boxes[:, None], np.array(placed)[None, :]).any(axis=1)
    is_in = shapely.contains_xy(on_map, x.ravel(), y.ravel())
    deep = shapely.area(shapely.intersection(boxes, on_map)) + shapely.distance(
        shapely.points(x.ravel(), y.ravel()), on_map.boundary
    )
    deep -= np.where(shapely.intersects(boxes, lines), deep.max(initial=0.0) / 2, 0.0)
    deep[~(is_free & is_in)] = -np.inf
    return None if not np.isfinite(deep).any() else boxes[int(deep.argmax())]
