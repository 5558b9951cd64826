"""A sheet to draw on: one figure whose units are pixels at scale 1, x to the right and y down; no global state."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any, Final

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from layouts.figures import theme
from layouts.pictures import fonts
from layouts.pictures.description import UNITS_PER_INCH, Size

POINTS: Final = fonts.POINTS_PER_UNIT
MARK: Final = 0.1  # a shorter dash is a dot


@dataclass(frozen=True)
class Hatch:
    """Lines over a shape: ``slopes`` are 1 (rising), −1 (falling) or 0 (level); lengths in units."""

    color: str
    slopes: tuple[int, ...] = (1,)
    spacing: float = 3.4
    width: float = 0.8
    opacity: float = 1.0
    is_dotted: bool = False


class Sheet:
    """A figure of one size. Everything is drawn in order; ``zorder`` grows with each thing."""

    def __init__(self, size: Size) -> None:
        """Make an empty sheet of paper."""
        self.size = size
        self.figure = Figure(
            figsize=(size.width / UNITS_PER_INCH, size.height / UNITS_PER_INCH),
            dpi=100,
            facecolor="none" if size.is_quiet else theme.PAPER,  # a quiet picture lies on another sheet
        )
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, size.width), ylim=(size.height, 0))
        self.axes.set_axis_off()
        self._order = 0.0
        self._clip: Rectangle | None = None

    def within(self, box: tuple[float, float, float, float] | None) -> None:
        """Cut what is drawn from now on to x, y, width, height; None ends it."""
        if box is None:
            self._clip = None
            return
        left, top, wide, high = box
        self._clip = Rectangle((left, top), wide, high, transform=self.axes.transData)

    def _add(self, artist: Any) -> None:
        self._order += 0.001
        artist.set_zorder(1 + self._order)
        self.axes.add_artist(artist)
        if self._clip is not None:
            artist.set_clip_path(self._clip)

    def text(self, x: float, baseline: float, words: str, size: float, *, color: str = theme.INK,
             is_bold: bool = False, halo: float = 0) -> None:  # fmt: skip
        """Write one line from ``x``, its foot on ``baseline``; what is written stays text."""
        if not words:
            return
        if halo:
            outline = TextPath((0, 0), words, size=size, prop=fonts.properties(size, is_bold=is_bold))
            moved = outline.transformed(Affine2D().scale(1, -1).translate(x, baseline))
            self.path(moved, stroke=theme.PAPER, width=2 * halo)
        found = Text(x, baseline, words, color=color, fontproperties=fonts.properties(size, is_bold=is_bold),
                     ha="left", va="baseline", parse_math=False)  # fmt: skip
        self._add(found)

    def lines(self, x: float, top: float, words: Sequence[str], size: float, *, color: str = theme.INK,
              is_bold: bool = False) -> float:  # fmt: skip
        """Write lines one under the other from ``top``; return where they end."""
        for number, line in enumerate(words):
            baseline = top + size * (number * fonts.LEADING + fonts.ASCENT + (fonts.LEADING - 1.16) / 2)
            self.text(x, baseline, line, size, color=color, is_bold=is_bold)
        return top + height(words, size)

    def path(self, path: Path, *, fill: str = "none", stroke: str = "none", width: float = 0,
             dash: tuple[float, ...] = (), opacity: float = 1, ends: str | None = None) -> None:  # fmt: skip
        """Draw one path, its width in units."""
        if not np.size(path.vertices):
            return
        style: Any = (0, tuple(step * POINTS for step in dash)) if dash else "-"
        how: Any = ends or ("butt" if dash and dash[0] >= MARK else "round")
        found = PathPatch(path, facecolor=fill, edgecolor=stroke, linewidth=width * POINTS, linestyle=style,
                          joinstyle="round", capstyle=how, alpha=opacity)  # fmt: skip
        self._add(found)

    def hatch(self, shape: shapely.Geometry, how: Hatch, *, weight: float = 1) -> None:
        """Draw lines over a shape: real ones, cut to it, so that each format and scale shows the same."""
        for slope in how.slopes:
            found = shapely.intersection(_ruled(shape.bounds, slope, how.spacing * weight), shape)
            lines = [np.asarray(one.coords) for one in shapely.get_parts(found) if one.geom_type == "LineString"]
            if not lines:
                continue
            path = Path.make_compound_path(*map(Path, lines))
            dash = (0.01, how.spacing * weight) if how.is_dotted else ()
            self.path(path, stroke=how.color, width=how.width * weight, dash=dash, opacity=how.opacity)

    def paths(self, paths: Sequence[Path], *, fill: str | list[str], stroke: str | list[str] = "none",
              width: float | list[float] = 0, opacity: float = 1) -> None:  # fmt: skip
        """Draw many paths, all of one kind or each of its own."""
        if paths:
            wide = np.asarray(width) * POINTS
            self._add(PathCollection(paths, facecolor=fill, edgecolor=stroke, linewidth=wide, alpha=opacity))

    def box(self, x: float, y: float, wide: float, high: float, **how: Any) -> None:
        """Draw a rectangle."""
        self.path(Path([(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)], closed=True), **how)

    def line(self, points: Sequence[tuple[float, float]] | np.ndarray, **how: Any) -> None:
        """Draw a line."""
        self.path(Path(np.asarray(points, dtype=float)), **how)


def _ruled(bounds: tuple[float, float, float, float], slope: int, spacing: float) -> shapely.Geometry:
    """Return the lines of a hatch within bounds; their places depend on the sheet alone, so that neighbours meet."""
    west, north, east, south = bounds
    if slope == 0:
        rows = np.arange(ceil(north / spacing), floor(south / spacing) + 1) * spacing
        return shapely.MultiLineString([[(west, y), (east, y)] for y in rows])
    step = spacing * 2**0.5
    # x + slope * y is the same all along a line; y points down, so slope 1 rises to the right
    ends = [x + slope * y for x in (west, east) for y in (north, south)]
    sums = np.arange(ceil(min(ends) / step), floor(max(ends) / step) + 1) * step
    return shapely.MultiLineString([[((c - slope * north), north), ((c - slope * south), south)] for c in sums])


def disc(x: float, y: float, diameter: float) -> Path:
    """Return a circle as a path."""
    return Path.unit_circle().transformed(Affine2D().scale(diameter / 2).translate(x, y))


def height(lines: Sequence[str], size: float) -> float:
    """Return how high lines of text are."""
    return len(lines) * size * fonts.LEADING
