"""How far a record may have happened from its point (RULES Q3): 1, 25 or 100 km, and 300 km at open sea."""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from geo.areas.open_sea import is_open_sea

RADIUS_KM: Final = {"exact": 1.0, "place": 25.0, "area": 100.0}
OPEN_SEA_KM: Final = 300.0
FARTHEST_KM: Final = OPEN_SEA_KM
POINT: Final = ("longitude", "latitude")
MOST_known: Final = 200_000
_known: dict[tuple[float, float], bool] = {}  # a point is judged once: coasts do not move


def has_radius() -> pl.Expr:
    """Return whether a record's precision says how far it may be from its point."""
    return pl.col("location_precision").is_in(list(RADIUS_KM)).fill_null(value=False)


def radius_km(records: pl.DataFrame) -> npt.NDArray[np.float64]:
    """Return how far each record may be from its point, in km (RULES Q3).

    Parameters
    ----------
    records : DataFrame, one row per record
        longitude, latitude (degrees), location_precision. Of a record whose precision says nothing, the farthest.

    Returns
    -------
    array of float64, in the order of ``records``
        An area's radius is 300 km where its point is at sea, more than 12 nautical miles from every coast.
    """
    known = records["location_precision"].replace_strict(RADIUS_KM, default=FARTHEST_KM, return_dtype=pl.Float64)
    radius = known.to_numpy().copy()
    is_area = (records["location_precision"] == "area").fill_null(value=False)
    radius[is_area.to_numpy()] = np.where(_at_open_sea(records.filter(is_area).select(POINT)), OPEN_SEA_KM,
                                          RADIUS_KM["area"])  # fmt: skip
    return radius


def _at_open_sea(points: pl.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which points are at open sea; each point is judged once."""
    if len(_known) > MOST_known:
        _known.clear()
    kept = points.unique(maintain_order=True)
    new = [point for point in kept.iter_rows() if point not in _known]
    if new:
        longitudes, latitudes = np.array(new, dtype=np.float64).T
        _known.update(zip(new, is_open_sea(longitudes=longitudes, latitudes=latitudes).tolist(), strict=True))
    told = kept.with_columns(pl.Series("is_open", [_known[point] for point in kept.iter_rows()], dtype=pl.Boolean))
    return points.join(told, on=POINT, how="left", maintain_order="left")["is_open"].to_numpy()
