"""The cells of a picture: wider areas beneath, pale and with a dotted outline; the others about their centres."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import shapely
from matplotlib.path import Path

from layouts.figures import cell_marks as marks
from layouts.figures import theme
from layouts.pictures.description import MapPicture, Numbers
from layouts.pictures.sheet import Hatch, Sheet

CLASSES, DOMINATED, UNREPORTED = 6, 8, 6  # callbacks/map_data/cell_codes.py: coded
ON_LIGHT: Final = Hatch(marks.DARK_HATCH, spacing=marks.HATCH_STEP, width=marks.HATCH_WIDTH)
ON_DARK: Final = Hatch(theme.PAPER, spacing=marks.HATCH_STEP, width=marks.HATCH_WIDTH)
SILENT: Final = Hatch(marks.UNREPORTED_HATCH, spacing=3.2, width=1.0)
LEAST_WEIGHT: Final = 0.75  # outlines that are thinner no longer tell a pale cell from its ground
SAME_CORNER: Final = 1  # decimals of a unit to which the corners of two neighbours agree

Copies = Callable[[Numbers], list[Numbers]]
Kinds = dict[int, list[Numbers]]


def draw_cells(sheet: Sheet, copies: Copies, picture: MapPicture, weight: float) -> None:
    """Draw the cells of a picture; ``copies`` puts a ring of degrees on the sheet, once for each time it is seen."""
    weight = max(weight, LEAST_WEIGHT)
    wider: Kinds = {}
    fine: Kinds = {}
    for place, (ring, code) in enumerate(zip(picture.cells, picture.codes, strict=True)):
        (wider if place < picture.wider else fine).setdefault(int(code), []).extend(copies(ring))
    _draw_wider(sheet, wider, weight)
    _draw_fine(sheet, fine, weight)


def _draw_wider(sheet: Sheet, kinds: Kinds, weight: float) -> None:
    for number, opacity in enumerate(marks.WIDER_OPACITY):
        paths = [Path(at, closed=True) for at in kinds.get(number, [])]
        sheet.paths(paths, fill=marks.WIDER_FILL, opacity=opacity)
    dotted(sheet, [at for rings in kinds.values() for at in rings], weight)


def dotted(sheet: Sheet, rings: Sequence[Numbers], weight: float) -> None:
    """Draw the outline of wider areas in dots; a side that two of them share is drawn once."""
    sides = {}
    for one, other in (ends for at in rings for ends in pairwise(at)):
        (x, y), (right, down) = (np.round(end, SAME_CORNER).tolist() for end in (one, other))
        sides[min((x, y, right, down), (right, down, x, y))] = np.array((one, other))
    if sides:
        path = Path.make_compound_path(*(Path(line) for line in sides.values()))
        dash = (0.01, marks.DOT_STEP * weight)
        sheet.path(path, stroke=marks.WIDER_EDGE, width=marks.DOT_WIDTH * weight, dash=dash)


def _draw_fine(sheet: Sheet, kinds: Kinds, weight: float) -> None:
    width = marks.EDGE_WIDTH * weight
    for number in range(CLASSES):
        drawn = _scaled([*kinds.get(number, []), *kinds.get(number + DOMINATED, [])], marks.SHARES[number])
        sheet.paths(drawn, fill=marks.FILLS[number], stroke=marks.EDGES[number], width=width)
        hatched = _scaled(kinds.get(number + DOMINATED, []), marks.SHARES[number])
        _hatch(sheet, hatched, ON_LIGHT if number < marks.LIGHT else ON_DARK, weight)
    silent = _scaled(kinds.get(UNREPORTED, []), marks.UNREPORTED_SHARE)
    sheet.paths(silent, fill=theme.PAPER, stroke=marks.UNREPORTED_EDGE, width=width)
    _hatch(sheet, silent, SILENT, weight)


def _scaled(rings: Sequence[Numbers], share: float) -> list[Path]:
    """Return rings at a share of their size, about their centres, as paths."""
    return [Path(scaled(at, share), closed=True) for at in rings]


def scaled(ring: Numbers, share: float) -> Numbers:
    """Return a closed ring at a share of its size, about its centre."""
    centre = ring[:-1].mean(axis=0)
    return np.asarray(centre + share * (ring - centre))


def _hatch(sheet: Sheet, paths: Sequence[Path], how: Hatch, weight: float) -> None:
    if paths:
        sheet.hatch(shapely.union_all([shapely.Polygon(path.vertices) for path in paths]), how, weight=weight)
