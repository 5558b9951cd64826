"""People by route and year: nobody is lost between the rows of the list and those on no named route."""

from data.counting.engine import parts
from data.counting.route_years import route_years
from data.query.selection import Selection
from data.store.store import Store


def test_routes_and_those_on_none_add_up_to_all_people(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    found = route_years(vintage)
    total = sum(sum(years.values()) for years in found.by_route.values()) + found.without
    assert total == parts(vintage, Selection())["total"]
    route = next(iter(found.by_route))
    assert sum(found.by_route[route].values()) == parts(vintage, Selection(routes=(route,)))["total"]
    assert list(found.years) == sorted(found.years)
