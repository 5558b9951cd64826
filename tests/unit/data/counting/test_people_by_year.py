"""People by route or region and year: nobody is lost between the rows of a list and those of none."""

from datetime import date

from data.counting.engine import parts
from data.counting.people_by_year import region_years, route_years
from data.query.selection import Selection
from data.store.store import Store


def test_routes_and_those_on_none_add_up_to_all_people(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    found = route_years(vintage)
    total = sum(sum(years.values()) for years in found.by_id.values()) + found.without
    assert total == parts(vintage, Selection())["total"]
    route = next(iter(found.by_id))
    assert sum(found.by_id[route].values()) == parts(vintage, Selection(routes=(route,)))["total"]
    assert list(found.years) == sorted(found.years)
    of_a_year = Selection(start=date(2016, 1, 1), end=date(2016, 12, 31))
    assert found.whole[2016] == parts(vintage, of_a_year)["total"]
    not_dated = parts(vintage, Selection())["not_dated"] or 0
    assert total - not_dated <= sum(found.whole.values()) <= total


def test_regions_and_those_of_none_add_up_to_all_people(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    found = region_years(vintage)
    assert (
        sum(sum(years.values()) for years in found.by_id.values()) + found.without
        == parts(vintage, Selection())["total"]
    )
    for region, years in found.by_id.items():
        assert sum(years.values()) == parts(vintage, Selection(regions=(region,)))["total"]
