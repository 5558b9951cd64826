"""Where the map of a selection is: where the reader has moved it, else where the chosen routes and countries are."""

from typing import Final

import numpy as np
import polars as pl

from callbacks.map_data.main_lines import route_lines
from data.counting.at_hand import chosen_records
from data.counting.engine import cells
from data.model.caches import kept_numbers
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage
from geo.cells import cell_centres
from geo.map.fit_view import fitted
from geo.map.projection import Numbers
from layouts.figures.map import DEFAULT_VIEW

MOST_FITTED: Final = 100_000
WORLD: Final = (-179.0, -60.0, 179.0, 75.0)
OUTERMOST: Final = (0.5, 99.5)  # percentiles of longitude and latitude
AROUND: Final = 2.0  # degrees around what is shown
OF_ROUTE: Final = (0.03, 0.97)  # of a route's people: its view fits where most of them are, not its strays
ALL: Final = (0, 100)
ASIDE: Final = 0.06  # of the extent, on each side: room for the cells whose middles are there
COARSE: Final = 2  # resolution of the cells that a view of sums is fitted to: every placed record lies in one (X2)


@kept_numbers
def view_of(vintage: Vintage, selection: Selection) -> tuple[float, float, float]:
    """Return (longitude, latitude, zoom) of a selection's map, on the page and on what leaves it."""
    if selection.view is not None:
        return selection.view
    if not (selection.routes or selection.regions or selection.countries):
        return DEFAULT_VIEW
    points, people = _incidents(vintage, selection)
    if selection.routes:
        corners = np.vstack([_where_most_are(points, people), *_lines(vintage, selection)])
        return fitted(corners, most=ALL) if len(corners) else DEFAULT_VIEW
    return fitted(points) if len(points) else DEFAULT_VIEW


@kept_numbers
def extent_of(vintage: Vintage) -> tuple[float, float, float, float]:
    """Return west, south, east and north of where a vintage's incidents are, without the few farthest (RULES X10)."""
    points, _ = _incidents(vintage, Selection())
    if not len(points):
        return WORLD
    low, high = np.percentile(points, OUTERMOST, axis=0)
    west, south = (max(float(one) - AROUND, least) for one, least in zip(low, WORLD[:2], strict=True))
    east, north = (min(float(one) + AROUND, most) for one, most in zip(high, WORLD[2:], strict=True))
    return round(west, 1), round(south, 1), round(east, 1), round(north, 1)


def _incidents(vintage: Vintage, selection: Selection) -> tuple[Numbers, Numbers]:
    """Return where the incidents are, and the people of each; of very many each so-manieth in the order of the cells.

    Of sums it is the cells, one as much as the other.
    """
    if vintage.is_summed(incident_source(vintage, selection)):
        middles = cell_centres(cells(vintage, selection.replace(resolution_chosen=COARSE))["cell"].to_numpy())
        return middles, np.ones(len(middles))
    columns = ("longitude", "latitude", "dead_or_missing")
    found = chosen_records(vintage, selection, "cell", *columns).filter(pl.col("cell").is_not_null())
    rows = found.select(columns).collect(engine="streaming")
    rows = rows.gather_every(max(rows.height // MOST_FITTED, 1))
    people = rows["dead_or_missing"].fill_null(0).clip(lower_bound=0).cast(pl.Float64).to_numpy()
    return rows.select("longitude", "latitude").to_numpy(), people


def _where_most_are(points: Numbers, people: Numbers) -> Numbers:
    """Return two corners between which most people are, by longitude and by latitude; no rows without a point."""
    if not len(points):
        return points
    weights = people if people.sum() else np.ones(len(points))
    corners = np.column_stack([_quantiles(points[:, axis], weights) for axis in (0, 1)])
    aside = ASIDE * (corners[1] - corners[0])
    return np.stack((corners[0] - aside, corners[1] + aside))


def _quantiles(values: Numbers, weights: Numbers) -> Numbers:
    order = np.argsort(values, kind="stable")
    held = np.cumsum(weights[order]) / weights.sum()
    return np.asarray(values[order][np.minimum(np.searchsorted(held, OF_ROUTE), len(values) - 1)])


def _lines(vintage: Vintage, selection: Selection) -> list[Numbers]:
    """Return the corridors of the chosen routes, each whole; other courses of a route lead far away."""
    return [line.points for line in route_lines(vintage) if line.route in selection.routes]
