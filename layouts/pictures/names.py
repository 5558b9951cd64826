"""Names on a map: few, none over another, the most important first."""

from collections.abc import Callable
from typing import Final

import numpy as np

from geo.map.basemap import MUTED
from geo.map.projection import labels, turns
from layouts.pictures import fonts
from layouts.pictures.description import Numbers
from layouts.pictures.frame import Box
from layouts.pictures.sheet import Sheet, disc

FROM_ZOOM: Final = {"country": (1.2, 3.2, 4.5), "town": (3.6, 4.8, 6.2)}  # geo/map/basemap.py: map_style
TOWN: Final = "#6b737c"
APART: Final = 5.0  # sizes of type between two names
MOST: Final = 60


class Names:
    """What of a map is already taken by words."""

    def __init__(self, box: Box) -> None:
        """Begin with an empty map."""
        self.box = box
        self._taken: list[tuple[float, float, float, float]] = []

    def take(self, left: float, top: float, wide: float, high: float) -> None:
        """Keep names out of a place."""
        self._taken.append((left, top, left + wide, top + high))

    def has_room(self, left: float, top: float, wide: float, high: float) -> bool:
        """Return whether words fit into a place on the map."""
        box = self.box
        is_inside = left > box.left and left + wide < box.left + box.wide
        is_inside = is_inside and top > box.top and top + high < box.top + box.high
        return is_inside and self._is_free(left, top, left + wide, top + high)

    def _is_free(self, left: float, top: float, right: float, bottom: float) -> bool:
        return all(right < a or c < left or bottom < b or d < top for a, b, c, d in self._taken)

    def draw(self, sheet: Sheet, at: Callable[[Numbers], Numbers], corners: tuple[float, float, float, float],
             *, zoom: float, size: float) -> None:  # fmt: skip
        """Write the names that a zoom calls for where there is room: countries before towns of the same rank."""
        written = 0
        for name, kind, rank, x, y in labels():
            if zoom < FROM_ZOOM[kind][rank] or not corners[1] < y < corners[3]:
                continue
            for turn in turns(x, x, corners):
                place = at(np.array([[x + turn, y]]))[0]
                written += self._write(sheet, name, kind, float(place[0]), float(place[1]), size)
            if written >= MOST:
                break

    def _write(self, sheet: Sheet, name: str, kind: str, x: float, y: float, size: float) -> bool:
        is_country = kind == "country"
        letters = size if is_country else 0.94 * size
        wide = fonts.width(fonts.plain(name), letters)
        left = x - wide / 2 if is_country else x + 0.55 * letters
        top, box = y - 0.6 * letters, self.box
        room = (left - 0.5 * size, top - 0.4 * size, left + wide + 0.5 * size, top + 1.6 * letters)
        is_inside = box.left < room[0] and room[2] < box.left + box.wide and box.top < room[1]
        if not (is_inside and room[3] < box.top + box.high and self._is_free(*room)):
            return False
        if not is_country:
            sheet.path(disc(x, y, 0.28 * letters), fill=TOWN)
        sheet.text(left, y + 0.36 * letters, fonts.plain(name), letters, color=MUTED if is_country else TOWN, halo=1.3)
        pad = APART * size if is_country else 1.2 * size
        self._taken.append((room[0] - pad / 2, room[1] - pad / 5, room[2] + pad / 2, room[3] + pad / 5))
        return True
