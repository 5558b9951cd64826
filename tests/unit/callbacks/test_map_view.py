"""Where the map of chosen routes is: along their corridors, not at their strays."""

import numpy as np

from callbacks.map_data.main_lines import route_lines
from callbacks.view.map_view import view_of
from data.query.selection import Selection
from data.store.store import Store
from geo.map.fit_view import ROOM, TILE
from geo.map.projection import on_unit_square

ROUTE = "central-mediterranean"


def test_a_chosen_route_is_shown_whole_and_fills_the_room(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    longitude, latitude, zoom = view_of(vintage, Selection(routes=(ROUTE,)))
    line = next(one for one in route_lines(vintage) if one.route == ROUTE)
    world = TILE * 2**zoom
    middle = on_unit_square(np.array([[longitude, latitude]]))
    off = np.abs(on_unit_square(line.points) - middle) * world
    assert (off <= np.array(ROOM) / 2 * 1.1).all()
    assert np.ptp(on_unit_square(line.points), axis=0).max() * world > ROOM[1] / 3
