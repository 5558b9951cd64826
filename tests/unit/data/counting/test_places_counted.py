"""Which places a flow counts when: what a break is named by, what comes and goes, and the same in a sentence."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from callbacks.view.series import drawn_periods
from callbacks.view.series_ends import break_lines, publisher_name
from data.counting.flow_series import flow_series
from data.counting.not_covered import flow_coverage
from data.counting.places_counted import places_words
from data.model.schema import conform, empty
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage

pytestmark = pytest.mark.rule("R10")
MONTHS = pl.date_range(date(2020, 1, 1), date(2021, 12, 1), "1mo", eager=True)
COAST = {"source": "coast", "kind": "counts", "layout": "coast-monthly", "sensitivity": "public",
         "is_demonstration": False, "citation": "Coast guard, arrivals"}  # fmt: skip


def publish(store: Store, places: Mapping[str | None, Mapping[int, int]], **source: object) -> Vintage:
    """Return a vintage of arrivals by place and number of the month; months that are left out are not counted."""
    ends = MONTHS.dt.month_end()
    rows = [
        {"source": "coast", "unit": "persons_arrived", "route": "darien", "place": place,
         "date_from": MONTHS[month], "date_to": ends[month], "value": value}
        for place, values in places.items() for month, value in values.items()
    ]  # fmt: skip
    tables = {name: empty(name) for name in ("incidents", "segments", "segment_cells", "quarantine", "log")}
    sources = conform(pl.DataFrame([COAST | source]), "sources")
    return store.publish({**tables, "counts": conform(pl.DataFrame(rows), "counts"), "sources": sources}, {})


def told(vintage: Vintage) -> list[str]:
    found = flow_series(vintage, Selection(), "arrivals")
    return [break_lines(vintage, one, found)[0] for one in found.heavy_breaks]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "coast")


def test_a_place_of_under_a_hundredth_of_all_makes_no_break_though_it_is_a_tenth_of_the_months_beside(
    store: Store,
) -> None:
    large = {month: 10_000 if month < 10 else 10 for month in range(24)}
    vintage = publish(store, {"Spain": large, "Malta": dict.fromkeys(range(11, 24), 5)})
    found = flow_series(vintage, Selection(), "arrivals")
    assert [(one.period, one.is_heavy) for one in found.breaks] == [(date(2020, 12, 1), False)]
    assert told(vintage) == []
    table = drawn_periods(vintage, Selection(), date(2021, 12, 1))
    assert table["arrivals_mark"].to_list() == ["fewer"] * 11 + ["whole"] * 13
    assert not table["arrivals_beside"].any()


def test_a_break_says_a_rise_only_where_more_are_counted_and_names_what_holds_people(store: Store) -> None:
    rising = {"Spain": dict.fromkeys(range(24), 100), "Greece": dict.fromkeys(range(12, 24), 100)}
    tiny = {"Malta": dict.fromkeys(range(12, 24), 0)}
    assert told(publish(store, rising | tiny)) == ["Not a rise: figures of Greece begin in January 2021."]
    falling = {"Spain": {month: 100 - 4 * month for month in range(24)}, "Greece": dict.fromkeys(range(12, 24), 20)}
    assert told(publish(store, falling)) == ["Other places: figures of Greece begin in January 2021."]


@pytest.mark.parametrize(("layout", "breaks"), [("cbp-southwest", 0), ("coast-monthly", 1)])
def test_parts_that_are_the_whole_begin_without_a_break_where_their_publisher_says_so(
    store: Store, layout: str, breaks: int
) -> None:
    first, then = dict.fromkeys(range(12), 200), dict.fromkeys(range(12, 24), 90)
    vintage = publish(store, {None: first, "El Paso": then, "Yuma": then}, layout=layout)
    found = flow_series(vintage, Selection(), "arrivals")
    assert (len(found.breaks), len(told(vintage))) == (breaks, breaks)
    assert {one.is_fewer for one in found.periods} == {bool(breaks)}
    assert found.periods[-1].value == 180


def test_a_part_that_is_not_counted_yet_leaves_the_whole_behind(store: Store) -> None:
    first, then = dict.fromkeys(range(12), 200), dict.fromkeys(range(12, 24), 90)
    vintage = publish(store, {None: first, "El Paso": then, "Yuma": dict.fromkeys(range(18, 24), 90)},
                      layout="cbp-southwest")  # fmt: skip
    found = flow_series(vintage, Selection(), "arrivals")
    assert [one.period for one in found.breaks] == [date(2021, 1, 1), date(2021, 7, 1)]
    assert [one.is_fewer for one in found.periods] == [False] * 12 + [True] * 6 + [False] * 6


def test_months_that_come_and_go_neither_begin_nor_end(store: Store) -> None:
    both = {"Spain": dict.fromkeys(range(24), 100), "Greece": dict.fromkeys([*range(8), *range(16, 24)], 100)}
    vintage = publish(store, both)
    assert told(vintage) == [
        "Not a fall: figures of Greece are missing after August 2020.",
        "Not a rise: figures of Greece are counted again from May 2021 on.",
    ]


def test_a_sentence_tells_each_place_by_the_periods_in_which_it_is_counted(store: Store) -> None:
    places = {"Spain": range(24), "Italy": range(12), "Greece": range(6, 24), "Malta": [3, 5], "Cyprus": [1, 4]}
    vintage = publish(store, {name: dict.fromkeys(months, 9) for name, months in places.items()})
    said = [str(one) for one in flow_coverage(vintage, Selection(), "arrivals")]
    assert said == [
        "Spain in every month", "Italy until December 2020", "Greece from July 2020 on", "2 more places in other months"
    ]  # fmt: skip
    few = publish(store, {name: dict.fromkeys(places[name], 9) for name in ("Spain", "Malta", "Cyprus")})
    assert [str(one) for one in places_words(few, flow_series(few, Selection(), "arrivals"))] == [
        "Spain in every month", "Cyprus and Malta in some months from February 2020 to June 2020"
    ]  # fmt: skip
    alike = publish(store, {name: dict.fromkeys(range(24), 9) for name in ("Spain", "Italy")})
    assert flow_coverage(alike, Selection(), "arrivals") == ()


def test_of_many_places_six_are_named_at_most(store: Store) -> None:
    names = [f"Port {letter}" for letter in "ABCDEFGH"]
    vintage = publish(
        store, {"Spain": dict.fromkeys(range(24), 9)} | {one: dict.fromkeys(range(6), 9) for one in names}
    )
    assert str(flow_coverage(vintage, Selection(), "arrivals")[1]) == (
        "Port A, Port B, Port C, Port D, Port E and 3 others until June 2020"
    )


@pytest.mark.rule("P8")
@pytest.mark.parametrize(
    ("source", "name"),
    [
        ({"citation": "UNHCR, Operational Data Portal"}, "UNHCR"),
        ({"citation": "Coast guard."}, "Coast guard"),
        ({"citation": "Demonstration data. Invented.", "is_demonstration": True}, "the demonstration data"),
    ],
)
def test_a_publisher_is_named_so_that_a_sentence_can_hold_it(
    store: Store, source: dict[str, object], name: str
) -> None:
    vintage = publish(store, {"Spain": dict.fromkeys(range(12), 9)}, **source)
    assert publisher_name(vintage, "coast") == name
