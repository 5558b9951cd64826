"""The view that shows given points: a middle and a zoom, on a map that is 512 pixels wide at zoom 0."""

from math import log2
from typing import Final

import numpy as np

from geo.map.projection import Numbers, latitude_at, on_unit_square

TILE: Final = 512
ROOM: Final = (900, 480)  # pixels of the page between its panels
CLOSEST, FARTHEST = 6.0, 1.2
MOST: Final = (1, 99)  # percentiles: one point far from all others does not move the map


def fitted(degrees: Numbers, *, most: tuple[int, int] = MOST) -> tuple[float, float, float]:
    """Return (longitude, latitude, zoom) of the view that shows points, also across ±180°.

    Parameters
    ----------
    degrees : array (n, 2), n at least 1
        Longitude and latitude in degrees.
    most : percentiles of the points, between which is what must be seen
    """
    square = on_unit_square(np.column_stack((_together(degrees[:, 0]), degrees[:, 1])))
    low, high = np.percentile(square, most, axis=0)
    zooms = [log2(room / TILE / max(span, 1e-9)) for room, span in zip(ROOM, high - low, strict=True)]
    x, y = (low + high) / 2
    longitude = (x * 360) % 360 - 180
    return round(longitude, 3), round(latitude_at(float(y)), 3), round(min(max(min(zooms), FARTHEST), CLOSEST), 2)


def _together(longitudes: Numbers) -> Numbers:
    """Return longitudes turned so that the widest empty part of the globe lies outside them."""
    ordered = np.sort(longitudes % 360)
    gaps = np.diff(np.append(ordered, ordered[0] + 360))
    start = ordered[(int(np.argmax(gaps)) + 1) % len(ordered)]
    turned = (longitudes - start) % 360 + start
    return np.asarray(turned - 360 if turned.min() >= 180 else turned)


def resolution_at(zoom: float) -> int:
    """Return the resolution of the cells that the page shows at a zoom, as ``assets/page/address.mjs`` does."""
    return 2 if zoom < 2.6 else 3 if zoom < 4 else 4
