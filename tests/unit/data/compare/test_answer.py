"""Two windows side by side: every row, what is dropped and the totals agree, and unlike windows are not compared."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from data.compare.answer import compare, parse_compare
from data.compare.change import Count, change
from data.compare.change_table import FLOORS, change_classes
from data.compare.models import Dropped, Outside
from data.counting.windows import Window
from data.model.errors import ContradictionError, QueryError
from data.query.parameters import FIRST
from data.query.selection import Selection
from data.store.vintage import Vintage
from tests.harness.tiers import restricted_view

Publish = Callable[..., Vintage]
YEARS = {"first": Window(date(2022, 1, 1), date(2022, 12, 31)), "second": Window(date(2023, 1, 1), date(2023, 12, 31))}
SEA = {"latitude": 35.0, "longitude": 14.0}


@pytest.fixture
def vintage(publish: Publish) -> Vintage:
    return publish(
        {"date_from": date(2022, 3, 1), "dead_or_missing": 10, "dead": 4, "route": "darien", **SEA},
        {"date_from": date(2023, 3, 1), "dead_or_missing": 50, "dead": None, "route": "darien", **SEA},
        {"date_from": date(2023, 5, 1), "dead_or_missing": 3, "dead": 3, "route": "black-sea", "latitude": 44.0, "longitude": 34.0},
        {"date_from": date(2022, 5, 1), "dead_or_missing": 7, "route": None},
        {"date_from": date(2022, 6, 1), "date_to": date(2022, 9, 1), "dead_or_missing": 2, "route": "black-sea"},
        {"date_from": date(2022, 12, 30), "date_to": date(2023, 1, 2), "dead_or_missing": 900, "route": "darien"},
        {"date_from": None, "dead_or_missing": 5, "route": "darien"},
        first=date(2022, 1, 1), last=date(2023, 12, 31),
    )  # fmt: skip


@pytest.mark.parametrize("by", ["route", "cell", "month"])
@pytest.mark.parametrize("measure", ["dead_or_missing", "dead", "incidents"])
def test_the_changes_and_what_is_dropped_add_up_to_the_change_of_the_totals(
    vintage: Vintage, by: str, measure: str
) -> None:
    found = compare(vintage, Selection(measure=measure), by=by, **YEARS)
    rows = sum(row.change or 0 for row in found.rows)
    dropped = found.dropped.change + found.not_comparable.change
    assert rows + dropped == (found.second.value or 0) - (found.first.value or 0)


def test_routes_are_compared_largest_change_first_and_no_route_is_beside_them(vintage: Vintage) -> None:
    found = compare(vintage, Selection(), by="route", **YEARS)
    assert [(row.id, row.name, row.first, row.second, row.place) for row in found.rows] == [
        ("darien", "Darien", 10, 50, 2), ("black-sea", "Black Sea", 2, 3, 1)]  # fmt: skip
    assert found.dropped == Dropped(name="no_route", first=7, second=0, change=-7)
    assert found.outside == Outside(undated=5, partly_in_first=900, partly_in_second=900)
    assert str(found.sentence) == (
        "1 January 2023 to 31 December 2023 against 1 January 2022 to 31 December 2022: at least 53 people dead or "
        "missing, against at least 19: 34 more recorded (too few for a percentage)."
    )


def test_a_side_whose_records_state_no_number_is_not_compared(vintage: Vintage) -> None:
    darien = next(
        row for row in compare(vintage, Selection(measure="dead"), by="route", **YEARS).rows if row.id == "darien"
    )
    assert (darien.first, darien.second, darien.change, darien.place) == (4, None, None, None)


def test_months_stand_beside_months_and_a_month_that_is_not_covered_is_no_zero(publish: Publish) -> None:
    vintage = publish(
        {"date_from": date(2022, 1, 5), "dead_or_missing": 8}, {"date_from": date(2022, 3, 5), "dead_or_missing": 6},
        {"date_from": date(2023, 1, 5), "dead_or_missing": 9}, first=date(2022, 1, 1), last=date(2023, 2, 10),
    )  # fmt: skip
    windows = {
        "first": Window(date(2022, 1, 1), date(2022, 3, 31)),
        "second": Window(date(2023, 1, 1), date(2023, 3, 31)),
    }
    found = compare(vintage, Selection(), by="month", **windows)
    assert [(row.first, row.second, row.change) for row in found.rows] == [
        (8, 9, 1),
        (0, 0, 0),
        (6, None, None),
    ]
    assert found.change.percent is None
    assert "not to be compared, as the later window is covered in part only" in str(found.sentence)
    assert any(str(words).startswith("The later window is covered in part only") for words in found.caution)
    turned = compare(vintage, Selection(), by="month", first=windows["second"], second=windows["first"])
    assert "as the later window is covered in part only" in str(turned.sentence)
    assert any("Outside is no data" in str(words) for words in found.caution)


def test_windows_of_unlike_length_get_no_percentage(publish: Publish) -> None:
    rows = [{"date_from": date(2022, 1, day), "dead_or_missing": 10} for day in range(1, 29)]
    vintage = publish(*rows, first=date(2022, 1, 1), last=date(2022, 12, 31))
    sides = {
        "first": Window(date(2022, 1, 1), date(2022, 1, 31)),
        "second": Window(date(2022, 1, 1), date(2022, 6, 30)),
    }
    found = compare(vintage, Selection(), by="route", **sides)
    assert found.change.percent is None
    assert "one window has 31 days and the other 181" in str(found.sentence)
    assert any("share days" in str(words) for words in found.caution)


@pytest.mark.parametrize(
    ("first", "second", "is_alike"),
    [((2022, 1, 1, 4), (2022, 2, 1, 7), False), ((2022, 1, 1, 31), (2022, 2, 1, 28), False),
     ((2022, 1, 1, 31), (2022, 4, 1, 30), True), ((2022, 1, 1, 90), (2022, 7, 1, 92), True),
     ((2022, 1, 1, 181), (2022, 7, 1, 184), True)],
)  # fmt: skip
def test_what_may_not_be_compared_has_no_class(
    publish: Publish, first: tuple[int, ...], second: tuple[int, ...], *, is_alike: bool
) -> None:
    rows = [
        {"date_from": date(2022, month, 3), "dead_or_missing": 40 + month, "route": "darien"} for month in range(1, 13)
    ]
    vintage = publish(*rows, first=date(2022, 1, 1), last=date(2022, 12, 31))
    sides = [Window(start := date(*side[:3]), start + timedelta(days=side[3] - 1)) for side in (first, second)]
    found = compare(vintage, Selection(), by="route", first=sides[0], second=sides[1])
    assert [row.place is not None for row in found.rows] == [is_alike] * len(found.rows)
    assert ("not to be compared" in str(found.sentence)) is not is_alike
    assert sum(row.change for row in found.rows) == found.change.difference  # RULES C5, whatever the colour


def test_a_month_that_is_covered_in_part_has_no_class_beside_a_whole_one(publish: Publish) -> None:
    rows = [{"date_from": date(year, month, 2), "dead_or_missing": 60} for year in (2022, 2023) for month in (1, 2, 3)]
    vintage = publish(*rows, first=date(2022, 1, 1), last=date(2023, 3, 3))
    first, second = (Window(date(year, 1, 1), date(year, 3, 31)) for year in (2022, 2023))
    found = compare(vintage, Selection(), by="month", first=first, second=second)
    assert [row.place for row in found.rows] == [0, 0, None]  # each pair of months by itself
    within = [Window(date(year, 1, 1), date(year, 3, 3)) for year in (2022, 2023)]
    known = compare(vintage, Selection(), by="month", first=within[0], second=within[1])
    assert [row.place for row in known.rows] == [0, 0, 0]


def test_a_window_outside_the_coverage_is_refused(vintage: Vintage) -> None:
    with pytest.raises(QueryError, match=r"No day of 'second' is covered .* 1 January 2022 to 31 December 2023"):
        compare(
            vintage, Selection(), by="route", first=YEARS["first"], second=Window(date(2030, 1, 1), date(2030, 2, 1))
        )


def test_windows_by_month_have_as_many_months(vintage: Vintage) -> None:
    with pytest.raises(QueryError, match="'first' spans 12 months, 'second' 1"):
        compare(
            vintage, Selection(), by="month", first=YEARS["first"], second=Window(date(2023, 1, 1), date(2023, 1, 31))
        )


def test_a_source_that_is_not_public_is_compared_in_coarse_cells_only(vintage: Vintage) -> None:
    restricted = restricted_view(vintage)
    assert compare(restricted, Selection(resolution_chosen=4), by="cell", **YEARS).rows
    with pytest.raises(QueryError, match="not public"):
        compare(restricted, Selection(resolution_chosen=5), by="cell", **YEARS)


@pytest.mark.parametrize("text", ["", "2024-01-01", "2024-01-01..", "..2024-01-01", "2024-01-01...2024-02-01",
                                  "2023-02-29..2023-03-01", "2024-01-01..2024-02-01..2024-03-01", "1000-01-01..2024-01-01"])  # fmt: skip
def test_what_is_no_window_gets_a_sentence(text: str) -> None:
    with pytest.raises(QueryError, match="'first' is a first and a last day"):
        FIRST.read([text])


def test_a_window_that_ends_before_it_begins_contradicts_itself() -> None:
    with pytest.raises(ContradictionError, match="'first' ends before it begins"):
        FIRST.read(["2024-01-02..2024-01-01"])


@pytest.mark.parametrize("query", [{"first": ["a", "b"]}, {"from": ["2024-01-01"]}, {}, {"first": ["2022-01-01..2022-02-01"]},
                                   {"first": ["2022-01-01..2022-02-01"], "second": ["2022-01-01..2022-02-01"], "by": ["cause"]}])  # fmt: skip
def test_a_comparison_names_both_windows_once(query: dict[str, list[str]]) -> None:
    with pytest.raises(QueryError, match="'"):
        parse_compare(query)


@pytest.mark.rule("P6")
def test_classes_are_symmetrical_about_no_change() -> None:
    made = change_classes(FLOORS)
    assert [one.place for one in made] == [-3, -2, -1, 0, 1, 2, 3]
    assert [str(one.words).removeprefix("fewer, ") for one in made[:3]] == [
        str(one.words).removeprefix("more, ") for one in made[:3:-1]
    ]


def test_the_words_of_a_class_give_its_ends() -> None:
    words = [str(one.words) for one in change_classes((1, 10, 100))]
    assert words == ["fewer, by 100 or over", "fewer, by 10 to 99", "fewer, by 1 to 9", "no change", "more, by 1 to 9",
                     "more, by 10 to 99", "more, by 100 or over"]  # fmt: skip


@pytest.mark.parametrize(
    ("second", "words", "brief"),
    [(100, "at least 100 people dead or missing, against at least 100: the same number recorded", "the same number"),
     (101, "at least 101 people dead or missing, against at least 100: 1 more recorded (1%)", "+1%"),
     (1, "at least 1 person dead or missing, against at least 100: 99 fewer recorded (99%)", "−99%"),
     (0, "nobody recorded dead or missing, against at least 100: 100 fewer recorded (100%)", "−100%"),
     (None, "not comparable: no number is reported", "not comparable")],
)  # fmt: skip
def test_a_change_is_said_in_words_and_in_few(second: int | None, words: str, brief: str) -> None:
    made = change(Count(100, 100, 20), Count(second, second, 20), measure="dead_or_missing")
    assert (str(made.words), str(made.brief)) == (words, brief)


def test_a_change_on_a_small_base_is_in_people_and_a_small_one_under_a_percent() -> None:
    few = change(Count(20, 20, 3), Count(7, 7, 3), measure="dead_or_missing")
    assert str(few.brief) == "13 fewer; too few for a percentage"
    small = change(Count(1000, 1000, 90), Count(1001, 1001, 90), measure="dead_or_missing")
    assert str(small.brief) == "under 1% more"
    assert (
        str(change(Count(3, 90, 3), Count(5, 90, 3), measure="incidents").brief) == "2 more; too few for a percentage"
    )
