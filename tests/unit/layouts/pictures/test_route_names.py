"""Names of routes on a picture: near their route, the fullest first, over no other words and over no dark cell."""

from itertools import combinations

import numpy as np
import pytest
import shapely
from matplotlib.text import Text

from layouts.pictures import fonts
from layouts.pictures.description import SIZES, MapPicture, Numbers, RouteName, Words
from layouts.pictures.frame import Box
from layouts.pictures.names import Names
from layouts.pictures.route_names import LONGEST, name_routes
from layouts.pictures.sheet import Sheet

SIZE = 14.0
BOX = Box(0, 0, 900, 500)
DARKEST, LIGHT = 5, 1


class Flat:
    """A ground whose degrees are places on the sheet."""

    def copies(self, degrees: Numbers) -> list[Numbers]:
        return [degrees]


def square(x: float, y: float, half: float) -> Numbers:
    ends = [
        (x - half, y - half),
        (x + half, y - half),
        (x + half, y + half),
        (x - half, y + half),
        (x - half, y - half),
    ]
    return np.array(ends, dtype=float)


def written(named: tuple[RouteName, ...], cells: tuple[Numbers, ...] = (), codes: tuple[int, ...] = (),
            wider: int = 0) -> dict[str, shapely.Polygon]:  # fmt: skip
    """Return the words that were written, each with its box."""
    sheet, names = Sheet(SIZES["article"]), Names(BOX)
    words = Words(title="", notes="", sources=(), terms=(), alternative="")
    picture = MapPicture(words=words, view=(0, 0, 1), cells=cells, codes=np.array(codes, np.uint8), wider=wider,
                         named=named)  # fmt: skip
    name_routes(sheet, Flat(), picture, names, SIZE)
    found = {}
    for one in sheet.axes.get_children():
        if isinstance(one, Text) and one.get_text():
            x, y = one.get_position()
            is_bold = one.get_fontproperties().get_weight() == "bold"
            wide = fonts.width(one.get_text(), SIZE, is_bold=is_bold)
            found[one.get_text()] = shapely.box(x, y - 0.8 * SIZE, x + wide, y + 0.2 * SIZE)
    return found


def route(name: str, x: float, y: float, figure: str = "") -> RouteName:
    return RouteName(name, np.array([(x, y), (x + 60.0, y + 20.0)]), figure)


def test_a_name_stands_near_its_route_with_its_figure_behind_it() -> None:
    found = written((route("Central Mediterranean", 400, 250, "24,799"),))
    assert set(found) == {"Central Mediterranean", "24,799"}
    line = shapely.LineString([(400, 250), (460, 270)])
    assert found["Central Mediterranean"].union(found["24,799"]).distance(line) <= LONGEST * SIZE
    assert found["24,799"].bounds[0] > found["Central Mediterranean"].bounds[2] - 1


@pytest.mark.parametrize("wider", [0, 9])
def test_no_name_stands_over_a_dark_cell_but_over_a_wider_area(wider: int) -> None:
    at = [(x, y) for x in (340, 400, 460) for y in (200, 260, 320)]
    cells = tuple(square(x, y, 30.0) for x, y in at)
    found = written((route("Sahara", 380, 250),), cells, (DARKEST,) * 9, wider)
    around = shapely.union_all([shapely.Polygon(cell) for cell in cells])
    assert found["Sahara"].intersects(around) == bool(wider)


def test_where_all_around_is_dark_there_is_no_name() -> None:
    assert written((route("Sahara", 380, 250),), (square(400, 250, 240.0),), (DARKEST,)) == {}
    assert set(written((route("Sahara", 380, 250),), (square(400, 250, 240.0),), (LIGHT,))) == {"Sahara"}


def test_of_many_at_one_place_the_fullest_are_named_and_none_over_another() -> None:
    names = tuple(route(f"Route number {number}", 400 + number, 250, "1,000") for number in range(40))
    found = written(names)
    assert "Route number 0" in found
    assert 1 < sum(name.startswith("Route") for name in found) < 40
    boxes = [box for name, box in found.items() if name.startswith("Route")]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].intersects(pair[1])]
