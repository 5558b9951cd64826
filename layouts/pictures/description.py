"""What a picture is made of: its size, its words, its legend and its tables; everything that is drawn is in here."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from data.pillars.models import View

Numbers = npt.NDArray[np.float64]
UNITS_PER_INCH: Final = 100


@dataclass(frozen=True)
class Size:
    """A format for a place. Lengths are units, 100 to an inch: pixels at scale 1 except on paper.

    ``dpi`` is that of a PNG at scale 1; ``least`` the least share of the height that is left to the map or series.
    A quiet picture stands in a sheet that says all else itself: it keeps its legend, not its title, notes and foot.
    """

    width: float
    height: float
    dpi: int
    margin: float
    title: float
    body: float
    small: float
    columns: int
    is_beside: bool = False
    edge: float = 0.0
    least: float = 0.34
    page: tuple[str, str] | None = None
    is_quiet: bool = False


# On a telephone a square and a story are about 390 pixels wide: their type is set for a third of their size.
SIZES: Final = {
    "article": Size(1200, 675, 100, 28, 24, 13.5, 11, 2, is_beside=True, least=0.46),
    "square": Size(1080, 1080, 100, 36, 30, 17.5, 14, 2, least=0.4),
    "story": Size(1080, 1920, 100, 56, 50, 26, 20.5, 1, edge=64),
    "a4": Size(100 * 1240 / 150, 100 * 1754 / 150, 150, 52, 21, 11.5, 9.4, 2, page=("210mm", "297mm")),
}
# Set for the width of a page of A4 with margins: its type is then about 7 points. Not to be asked for alone (RULES C7).
QUIET: Final = {
    "quiet-map": Size(760, 555, 100, 1, 14, 11.5, 10, 1, is_beside=True, is_quiet=True),
    "low-map": Size(760, 500, 100, 1, 14, 11.5, 10, 1, is_beside=True, is_quiet=True),  # under a banner
    "quiet-series": Size(760, 330, 100, 1, 14, 11.5, 10, 1, is_quiet=True),
    # For pages of a browser: each is shown at 0.75 to 1.35 of its width, so that its type stays above 9 pixels.
    "narrow-map": Size(360, 510, 100, 1, 14, 13, 12, 1, is_quiet=True, least=0.36),
    "narrow-series": Size(360, 480, 100, 1, 14, 12.5, 12, 1, is_quiet=True),
    "middle-map": Size(600, 560, 100, 1, 14, 13.5, 12, 1, is_quiet=True, least=0.5),
    "middle-series": Size(600, 460, 100, 1, 14, 13, 12, 1, is_quiet=True),
    "wide-map": Size(1000, 670, 100, 1, 14, 13.5, 12, 1, is_quiet=True, least=0.5),
    "wide-series": Size(1000, 470, 100, 1, 14, 13, 12, 1, is_quiet=True),
}


@dataclass(frozen=True)
class Row:
    """One line of a legend: marks by name (``swatches.py``), each with a colour or a width, and what they mean."""

    marks: tuple[tuple[str, str | float], ...]
    words: str


@dataclass(frozen=True)
class Block:
    """The legend of one layer: its name, its unit, its rows, and what is said under them."""

    name: str
    unit: str
    rows: tuple[Row, ...]
    caution: str = ""


@dataclass(frozen=True)
class Words:
    """All that is written around a picture (RULES P1). ``mark`` and ``banner`` are for invented data (P8)."""

    title: str
    notes: str
    sources: tuple[str, ...]
    terms: tuple[str, ...]
    alternative: str
    banner: str = ""
    mark: str = ""


@dataclass(frozen=True, eq=False)
class Route:
    """One flow on a route's line, in degrees; lengths in pixels of the page.

    ``aside`` is how far to the right of the direction of travel its middle lies; ``casing`` how wide the paper under
    the whole route is; a short line is drawn as a ring.
    """

    points: Numbers
    width: float
    is_arrival: bool
    aside: float = 0.0
    casing: float = 0.0
    is_short: bool = False


@dataclass(frozen=True, eq=False)
class RouteName:
    """The name of a route for its label, its main line in degrees, and its number of people in words; blank: none."""

    name: str
    points: Numbers
    figure: str = ""


@dataclass(frozen=True, eq=False)
class MapPicture:
    """A map. Cells are rings of (longitude, latitude) with a code of ``callbacks.map_data.cell_codes.coded``.

    ``ids`` says which they are, ``values`` how many are in each, in ``unit``. The ``wider`` first ones are wider areas,
    drawn beneath the others (RULES X9).
    ``dots`` is (n, 4): longitude, latitude, diameter in pixels of the page, 1 where only the area is known.
    """

    words: Words
    view: tuple[float, float, float]
    cells: tuple[Numbers, ...] = ()
    codes: npt.NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    wider: int = 0
    ids: tuple[int, ...] = ()
    values: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    unit: str = ""
    is_whole: bool = False  # all cells are shown, as far as the picture's shape allows; else the view
    routes: tuple[Route, ...] = ()
    named: tuple[RouteName, ...] = ()  # those of most people first
    courses: tuple[Numbers, ...] = ()
    dots: Numbers = field(default_factory=lambda: np.empty((0, 4)))
    ring: Numbers | None = None
    blocks: tuple[Block, ...] = ()
    notice: str = ""


@dataclass(frozen=True, eq=False)
class Panel:
    """One series: the columns that are stacked in it, with how each is drawn (``swatches.py``) and what it means."""

    title: str
    columns: tuple[str, ...]
    keys: tuple[Row, ...]


@dataclass(frozen=True, eq=False)
class SeriesPicture:
    """Three series, or one alone, on one axis of time.

    ``table`` is as ``layouts.figures.time_series.COLUMNS`` says, without words.
    """

    words: Words
    table: pl.DataFrame
    panels: tuple[Panel, ...]
    start: date | None = None
    end: date | None = None
    is_full: bool = False
    step: str = "month"
    notice: str = ""


@dataclass(frozen=True, eq=False)
class ViewPicture:
    """A view of the pillars."""

    words: Words
    view: View


Picture = MapPicture | SeriesPicture | ViewPicture
