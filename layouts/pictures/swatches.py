"""The marks of the legends and of the bars, each drawn as the thing that it stands for."""

from collections.abc import Sequence
from typing import Final

import shapely
from matplotlib.path import Path

from layouts.figures import theme
from layouts.pictures.sheet import Hatch, Sheet, disc

PATCH: Final = "patch"
DOMINATED: Final = "dominated"
UNREPORTED: Final = "unreported"
LEFT: Final = "left"
RIGHT: Final = "right"
DOT: Final = "dot"
RING: Final = "ring"
DASHED: Final = "dashed"
OUTLINE: Final = "outline"
BAR: Final = "bar"
# One event is more than half: dark on light classes, light on dark ones, so that the class stays what it is.
ON_LIGHT: Final = Hatch(theme.DEAD, spacing=3.4, width=0.9, opacity=0.7)
ON_DARK: Final = Hatch(theme.PAPER, spacing=3.4, width=0.8, opacity=0.6)
SILENT: Final = Hatch(theme.MUTED, slopes=(1, -1), spacing=3.8, width=0.7, opacity=0.8)
EDGES: Final = (theme.TOLL[2], theme.TOLL[2], *(theme.PAPER,) * 4)  # the lightest classes need an edge on land
HOVER: Final = "#f1efe8"
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
    if kind == PATCH:
        sheet.box(*box, fill=str(value), stroke=EDGES[theme.TOLL.index(str(value))], width=0.5)
    elif kind == DOMINATED:
        for number, (color, how) in enumerate(((theme.TOLL[1], ON_LIGHT), (theme.TOLL[3], ON_DARK))):
            half = (x + number * wide / 2, middle - high / 2, wide / 2, high)
            sheet.box(*half, fill=color, stroke=theme.TOLL[2], width=0.5)
            sheet.hatch(_rectangle(*half), how, weight=weight)
    elif kind == UNREPORTED:
        sheet.box(*box, fill=HOVER, stroke=NO_FIGURE, width=0.5)
        sheet.hatch(_rectangle(*box), SILENT, weight=weight)
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
