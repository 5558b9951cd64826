"""A route has one name wherever readers see one, and is still found by every name that a publisher gives it."""

import pytest

from data.model.route_names import PLAIN
from data.store.store import Store


@pytest.mark.parametrize("route", list(PLAIN))
def test_a_route_has_its_plain_name_and_is_found_by_its_published_one(demonstration_store: Store, route: str) -> None:
    vintage = demonstration_store.current()
    published = vintage.published_routes[route]
    assert vintage.name_of("route", route) == vintage.names["route"][route] == PLAIN[route] != published
    assert vintage.id_of("route", published) == vintage.id_of("route", PLAIN[route]) == route
