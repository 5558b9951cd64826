"""The sheet of a sector: nobody is lost between its parts, nothing is added up that is not inside."""

from datetime import date
from pathlib import Path

import pytest

from data.counting.totals import totals
from data.model.errors import QueryError
from data.query.selection import Selection
from data.sectors.answer_model import Threshold
from data.sectors.containment import PARTS, parts_of
from data.sectors.season_model import Spread, Sums, ThisYear
from data.sectors.sector import Sector
from data.sectors.sheet import sector_sheet
from data.sectors.thresholds import parse_thresholds, state_of
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness.rows import incident_rows
from tests.harness.small_store import NEAR, publish
from tests.harness.tiers import restricted_view

LAMPEDUSA = Sector.from_query("at=12.6,35.5&radius_km=100")
TUNISIA = Sector.from_query("area=Tunisia")
DEGREE = 111.195


def at(km_east: float, precision: str, **more: object) -> dict[str, object]:
    return {"latitude": 0.0, "longitude": km_east / DEGREE, "location_precision": precision} | more


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def day(month: int, of: int, year: int = 2024, **more: object) -> dict[str, object]:
    when = date(year, month, of)
    return NEAR | {"date_from": when, "date_to": when, "dead_or_missing": 1} | more


def test_a_record_could_lie_inside_where_the_circle_of_its_precision_touches_the_sector() -> None:
    sector = Sector.from_query("at=0,0&radius_km=100")
    rows = incident_rows(
        at(99, "exact"), at(100.9, "exact"), at(101.1, "exact"), at(124.9, "place"), at(125.1, "place"),
        at(399.9, "area"), at(400.1, "area"), at(50, "area"),
    )  # fmt: skip
    assert parts_of(rows, sector) == ["inside", "could", "outside", "could", "outside", "could", "outside", "inside"]


def test_a_record_without_a_place_could_lie_in_the_country_that_it_names_and_no_other() -> None:
    rows = incident_rows(
        {"country": "TUN", "location_precision": "unknown"}, {"country": "LBY", "location_precision": "unknown"},
        {"region": "tunisia"}, {}, at(0, "place", is_cumulative=True, country="ITA"),
    )  # fmt: skip
    assert parts_of(rows, TUNISIA) == ["could", "not_located", "could", "not_located", "not_located"]
    around = Sector.from_query("polygon=9,34;10,34;10,35;9,35")
    assert parts_of(rows, around)[:2] == ["could", "not_located"]


def test_the_four_parts_add_up_to_the_total_in_records_and_in_people(store: Store) -> None:
    vintage = publish(
        store, day(1, 2), day(1, 3, dead_or_missing=None), day(1, 4, longitude=13.8, dead_or_missing=7),
        day(1, 5, longitude=40.0, dead_or_missing=-2), day(1, 6, latitude=None, longitude=None, dead_or_missing=3),
    )  # fmt: skip
    sheet = sector_sheet(vintage, Selection(), LAMPEDUSA)
    assert {name: part.records for name, part in sheet.places.by_part().items()} == dict(
        zip(PARTS, (2, 1, 1, 1), strict=True)
    )
    for unit in ("records", "people", "no_number"):
        assert sum(getattr(part, unit) for part in sheet.places.by_part().values()) == getattr(sheet.total, unit)
    assert sheet.places.inside == Sums(records=2, people=1, no_number=1)
    assert len(sheet.incidents) == 2


def test_an_empty_store_of_incidents_gives_a_sheet_of_zeros(store: Store) -> None:
    sheet = sector_sheet(publish(store), Selection(), LAMPEDUSA, since=date(2024, 1, 1), thresholds={"incidents": 1})
    assert sheet.total == Sums(records=0, people=0, no_number=0)
    assert sheet.season.people is None
    assert sheet.thresholds[0].state == "not computable"  # no data is not zero


@pytest.mark.parametrize(
    ("value", "threshold", "state"),
    [(79, 100, "below"), (80, 100, "near"), (100, 100, "near"), (101, 100, "above"), (3, 5, "below"), (4, 5, "near"),
     (5, 5, "near"), (6, 5, "above"), (0, 1, "below"), (1, 1, "near"), (2, 1, "above"), (-3, 1, "below")],
)  # fmt: skip
def test_a_threshold_is_near_from_80_percent_on_and_above_only_beyond_it(
    value: int, threshold: int, state: str
) -> None:
    assert state_of(value, threshold) == state


def test_thresholds_count_what_is_inside_since_the_day(store: Store) -> None:
    vintage = publish(
        store, *(day(2, n) for n in range(1, 6)), day(1, 1), day(2, 9, longitude=40.0, dead_or_missing=90)
    )
    limits = {"incidents": 5, "dead_or_missing": 4, "arrivals": 3}
    found = sector_sheet(vintage, Selection(), LAMPEDUSA, since=date(2024, 2, 1), thresholds=limits).thresholds
    assert [(one.measure, one.value, one.state) for one in found] == [
        ("incidents", 5, "near"), ("dead_or_missing", 5, "above"), ("arrivals", None, "not computable")]  # fmt: skip
    assert str(found[2].why) == "not computable: counts are for routes, not places"


def test_counts_are_for_a_route_that_passes_through_the_sector(demonstration_store: Store) -> None:
    vintage, here = demonstration_store.current(), Sector.from_query("area=Libya")

    def arrivals(query: str, sector: Sector = here) -> Threshold:
        sheet = sector_sheet(vintage, Selection.from_query(query), sector, thresholds={"arrivals": 10})
        return sheet.thresholds[0]

    assert str(arrivals("").why) == "not computable: counts are for routes, not places"
    assert arrivals("route=central-mediterranean").state == "above"
    assert "does not pass" in str(arrivals("route=central-mediterranean", Sector.from_query("area=Japan")).why)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "nan", "", "1e3", "99999999", "²", "١"])
def test_a_threshold_that_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="whole number"):
        parse_thresholds({"incidents_above": [text]})


def test_this_month_is_compared_with_the_same_month_of_the_years_that_are_covered(store: Store) -> None:
    vintage = publish(
        store, day(1, 1, 2020), day(3, 2, 2021, dead_or_missing=4), day(3, 30, 2021, dead_or_missing=6), day(3, 5, 2022),
        day(3, 20, 2024, dead_or_missing=9), day(3, 21, 2024, dead_or_missing=1), day(2, 5, 2023, dead_or_missing=50),
        day(3, 8, 2021, longitude=40.0, dead_or_missing=70),
    )  # fmt: skip
    season = sector_sheet(vintage, Selection(), LAMPEDUSA, today=date(2024, 3, 20)).season
    assert [(one.year, one.people) for one in season.years] == [(2020, 0), (2021, 10), (2022, 1), (2023, 0)]
    assert season.people == Spread(min=0, median=0.5, max=10, years=4)
    assert season.last_year.people == 0
    assert season.this_year == ThisYear(year=2024, people=9, incidents=1)
    assert season.same_days.max == 4
    later = sector_sheet(vintage, Selection(), LAMPEDUSA, today=date(2024, 4, 1)).season
    assert later.this_year is None  # not covered is not zero


def test_what_was_added_changed_or_withdrawn_since_a_day_is_told(store: Store) -> None:
    first = (day(1, 1, record_id="same"), day(1, 2, record_id="toll"), day(1, 3, record_id="moved"),
             day(1, 4, record_id="gone"), day(1, 5, record_id="row 7"))  # fmt: skip
    publish(store, *first, retrieved=date(2024, 1, 10))
    now = publish(
        store, first[0], first[1] | {"dead_or_missing": 5}, first[2] | {"longitude": 40.0}, day(2, 1, record_id="new"),
        day(2, 2, record_id="far", longitude=40.0), retrieved=date(2024, 2, 10),
    )  # fmt: skip
    new = sector_sheet(now, Selection(), LAMPEDUSA, since=date(2024, 1, 20)).new
    assert [(one.record_id, one.change) for one in new.changes] == [
        ("new", "added"), ("moved", "changed"), ("toll", "changed"), ("gone", "vanished")]  # fmt: skip
    assert new.compared_with.retrieved == date(2024, 1, 10)
    assert new.recorded.records == 1


def test_without_an_older_vintage_only_dates_are_compared_and_the_sheet_says_so(store: Store) -> None:
    vintage = publish(store, day(1, 1), day(2, 1))
    new = sector_sheet(vintage, Selection(), LAMPEDUSA, since=date(2024, 1, 10)).new
    assert (new.recorded.records, new.changes, new.compared_with) == (1, [], None)
    assert "only the dates" in str(new.note)


def test_nothing_of_a_source_that_is_not_public_is_told(store: Store) -> None:
    with pytest.raises(QueryError, match="not public"):
        sector_sheet(restricted_view(publish(store, day(1, 1))), Selection(), LAMPEDUSA)


@pytest.mark.real
@pytest.mark.parametrize("query", ["place=Lampedusa&radius_km=100", "area=Libya", "polygon=-10,30;40,30;40,45;-10,45"])
@pytest.mark.parametrize("selection", ["", "route=central-mediterranean", "from=2020-01-01&min_quality=4"])
def test_the_parts_of_the_published_file_add_up_to_its_total(real: Vintage, query: str, selection: str) -> None:
    chosen = Selection.from_query(selection)
    sheet = sector_sheet(real, chosen, Sector.from_query(query))
    for unit, measure in (("people", "dead_or_missing"), ("records", "incidents")):
        assert (
            sum(getattr(part, unit) for part in sheet.places.by_part().values())
            == totals(real, chosen, measure=measure).total
        )
        assert getattr(sheet.places.inside, unit) > 0
        assert getattr(sheet.places.could, unit) > 0


@pytest.mark.parametrize(
    ("start", "end", "value", "state", "why"),
    [
        (date(2024, 3, 1), None, None, "not computable", "not computable: the data ends on 2024-02-05"),
        (date(2024, 2, 1), date(2024, 12, 31), 5, "not computable", "the data ends on 2024-02-05"),
        (date(2023, 1, 1), date(2024, 2, 5), 5, "not computable", "the data begins on 2024-02-01"),
        (date(2024, 2, 1), date(2024, 2, 5), 5, "below", ""),
    ],
)
def test_no_threshold_is_below_for_days_that_nobody_covers(
    store: Store, start: date, end: date | None, value: int | None, state: str, why: str
) -> None:
    vintage = publish(store, *(day(2, n) for n in range(1, 6)))
    (limit,) = sector_sheet(
        vintage, Selection(start=start, end=end), LAMPEDUSA, thresholds={"incidents": 10}
    ).thresholds
    assert [limit.value, limit.state, str(limit.why)] == [value, state, why]
    above = sector_sheet(vintage, Selection(start=date(2023, 1, 1)), LAMPEDUSA, thresholds={"incidents": 4})
    assert above.thresholds[0].state == "above"  # a part of the days is enough for more
