"""Where the map of a selection is: where the reader has moved it, else where the chosen routes and countries are."""

from typing import Final

import numpy as np
import polars as pl

from callbacks.map_data.lines import lines_of, route_values
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
COARSE: Final = 2  # resolution of the cells that a view of sums is fitted to: every placed record lies in one (X2)


@kept_numbers
def view_of(vintage: Vintage, selection: Selection) -> tuple[float, float, float]:
    """Return (longitude, latitude, zoom) of a selection's map, on the page and on what leaves it."""
    if selection.view is not None:
        return selection.view
    if not (selection.routes or selection.regions or selection.countries):
        return DEFAULT_VIEW
    points = np.vstack([_incidents(vintage, selection), *_lines(vintage, selection)])
    return fitted(points) if len(points) else DEFAULT_VIEW


@kept_numbers
def extent_of(vintage: Vintage) -> tuple[float, float, float, float]:
    """Return west, south, east and north of where a vintage's incidents are, without the few farthest (RULES X10)."""
    points = _incidents(vintage, Selection())
    if not len(points):
        return WORLD
    low, high = np.percentile(points, OUTERMOST, axis=0)
    west, south = (max(float(one) - AROUND, least) for one, least in zip(low, WORLD[:2], strict=True))
    east, north = (min(float(one) + AROUND, most) for one, most in zip(high, WORLD[2:], strict=True))
    return round(west, 1), round(south, 1), round(east, 1), round(north, 1)


def _incidents(vintage: Vintage, selection: Selection) -> Numbers:
    """Return where the incidents are; of very many each so-manieth in the order of the cells, which fits as well."""
    if vintage.is_summed(incident_source(vintage, selection)):
        return cell_centres(cells(vintage, selection.replace(resolution_chosen=COARSE))["cell"].to_numpy())
    found = chosen_records(vintage, selection, "cell", "longitude", "latitude").filter(pl.col("cell").is_not_null())
    points = found.select("longitude", "latitude").collect(engine="streaming")
    return points.gather_every(max(points.height // MOST_FITTED, 1)).to_numpy()


def _lines(vintage: Vintage, selection: Selection) -> list[Numbers]:
    """Return the lines of the chosen routes; those of all routes do not belong to a country."""
    if not selection.routes:
        return []
    drawn = {"interceptions": selection.flow, "arrivals": "arrivals"}
    routes = {route for layer, flow in drawn.items() if layer in selection.layers
              for route in route_values(vintage, lines_of(selection), flow)}  # fmt: skip
    found = vintage.segments.filter(pl.col("route").is_in(list(routes))).select("points")
    return [np.array(points) for (points,) in found.iter_rows()]
