"""The marks of the legends and of the bars, each drawn as the thing that it stands for."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from matplotlib.path import Path

from layouts.figures import cell_marks as marks
from layouts.figures import theme
from layouts.pictures.cells import ON_DARK, SILENT, dotted, scaled
from layouts.pictures.sheet import Hatch, Sheet, disc

PATCH: Final = "patch"
DOMINATED: Final = "dominated"
UNREPORTED: Final = "unreported"
LEFT: Final = "left"
RIGHT: Final = "right"
WIDER: Final = "wider"
HEXAGONS: Final = (PATCH, DOMINATED, UNREPORTED, WIDER)
FILLS: Final = {color: number for number, color in enumerate(theme.TOLL)}
DOT: Final = "dot"
RING: Final = "ring"
DASHED: Final = "dashed"
OUTLINE: Final = "outline"
BAR: Final = "bar"
NO_FIGURE: Final = "#c4c1b8"
# ground and hatch: as on the page (layouts/assets/time.css)
BARS: Final[dict[str, tuple[str, Hatch | None]]] = {
    "dead": (theme.DEAD, None),
    "missing": (theme.MISSING, None),
    "unsplit": (theme.PAPER, Hatch(theme.DEAD, slopes=(0,), spacing=3.0, width=1.1, is_dotted=True)),
    "flow": (theme.INTERCEPTED, None),
    "arrivals": (theme.ARRIVED, None),
    "absent": (theme.PAPER, Hatch(NO_FIGURE, spacing=5.0, width=0.7)),
    "growing": (theme.PAPER, Hatch(theme.MUTED, spacing=3.0, width=1.1)),
}
FEWER_BARS: Final[dict[str, tuple[str, Hatch | None]]] = {  # of fewer places than others: the same, paler
    "fewer_flow": ("#c9a56b", None),
    "fewer_arrivals": ("#5596b2", None),
}


def swatch(sheet: Sheet, kind: str, value: str | float, x: float, middle: float, size: float,
           *, weight: float) -> None:  # fmt: skip
    """Draw the mark of a legend's row into a place of 1.7 by 0.82 ``size``; ``weight`` is that of lines on the map."""
    wide, high = 1.7 * size, 0.82 * size
    box = (x, middle - high / 2, wide, high)
    if kind in HEXAGONS:
        hexagon(sheet, kind, value, (x + wide / 2, middle), 0.72 * size, weight=weight)
    elif kind in (LEFT, RIGHT):  # of the middle between the two units
        thick, colour = float(value), theme.INTERCEPTED if kind == LEFT else theme.ARRIVED
        aside = (-1 if kind == LEFT else 1) * (thick / 2 + 0.4)
        sheet.line([(x + 1, middle + aside), (x + wide - 1, middle + aside)], stroke=colour, width=thick, ends="butt")
    elif kind in (DOT, RING):
        draw_dots(sheet, [(x + wide / 2, middle, float(value) * weight, kind == RING)])
    elif kind == DASHED:
        sheet.line([(x, middle), (x + wide, middle)], stroke=str(value), width=1.1, dash=(3.3, 2.75))
    elif kind == OUTLINE:
        sheet.box(*box, stroke=theme.CHOSEN, width=2)
    else:
        bars(sheet, str(value), [_rectangle(*box)], weight=weight)


def hexagon(sheet: Sheet, kind: str, value: str | float, centre: tuple[float, float], radius: float,
            *, weight: float) -> None:  # fmt: skip
    """Draw the mark of a cell: of a class by its colour, of one event, of no number, of a wider area by its class."""
    turns = np.linspace(0, 2 * np.pi, 7) + np.pi / 6
    whole = np.column_stack((centre[0] + radius * np.cos(turns), centre[1] + radius * np.sin(turns)))
    if kind == WIDER:
        sheet.path(Path(whole, closed=True), fill=marks.WIDER_FILL, opacity=marks.WIDER_OPACITY[int(value)])
        dotted(sheet, [whole], 0.8)
        return
    number = {DOMINATED: 3, UNREPORTED: 0}.get(kind, FILLS.get(str(value), 0))
    path = Path(scaled(whole, marks.SHARES[number] if kind == PATCH else 0.92), closed=True)
    is_silent = kind == UNREPORTED
    fill, edge = (theme.PAPER, marks.UNREPORTED_EDGE) if is_silent else (marks.FILLS[number], marks.EDGES[number])
    sheet.path(path, fill=fill, stroke=edge, width=0.9)
    if kind != PATCH:
        sheet.hatch(shapely.Polygon(path.vertices), SILENT if is_silent else ON_DARK, weight=min(weight, 1))


def _rectangle(x: float, y: float, wide: float, high: float) -> shapely.Geometry:
    return shapely.box(x, y, x + wide, y + high)


def draw_dots(sheet: Sheet, dots: Sequence[tuple[float, float, float, bool]]) -> None:
    """Draw incidents (x, y, diameter, is_area): filled where the place is known, a ring where only the area is."""
    areas = [is_area for *_, is_area in dots]
    sheet.paths(
        [disc(x, y, diameter) for x, y, diameter, _ in dots],
        fill=[theme.PAPER if is_area else theme.DEAD for is_area in areas],
        stroke=[theme.DEAD if is_area else theme.PAPER for is_area in areas],
        width=[1.5 if is_area else 1.0 for is_area in areas],
    )


def bars(sheet: Sheet, kind: str, rectangles: Sequence[shapely.Geometry], *, weight: float) -> None:
    """Draw bars of one kind, if there are any."""
    if not rectangles:
        return
    ground, how = (BARS | FEWER_BARS)[kind]
    corners = [Path(shapely.get_coordinates(one), closed=True) for one in rectangles]
    whole = Path.make_compound_path(*corners)
    sheet.path(whole, fill=ground)
    if how is None:
        return
    sheet.hatch(shapely.union_all(list(rectangles)), how, weight=weight)
    if kind not in ("absent", "growing"):
        sheet.path(whole, stroke=how.color, width=0.6)
