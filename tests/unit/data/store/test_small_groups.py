"""Small groups of living people, and every number that tells of one, are hidden (RULES 9)."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model.schema import conform
from data.store.small_groups import DIMENSIONS, without_small_groups

JAN, FEB = (date(2024, 1, 1), date(2024, 1, 31)), (date(2024, 2, 1), date(2024, 2, 29))
BOTH = (JAN[0], FEB[1])


def count(value: int | None, span: tuple[date, date] = JAN, **more: str | None) -> dict[str, Any]:
    plain = {"source": "counts", "unit": "persons_arrived", "country": "ITA", "step": "month", "flags": []}
    return plain | {"value": value, "date_from": span[0], "date_to": span[1]} | more


def shown(*rows: dict[str, Any], smallest: int = 10) -> list[int | None]:
    table = conform(pl.DataFrame(list(rows), infer_schema_length=None), "counts")
    return without_small_groups(table, smallest)["value"].to_list()


def test_a_group_of_fewer_is_hidden_and_nobody_and_the_unknown_are_not() -> None:
    assert shown(count(9), count(10, FEB), count(0, place="a"), count(None, place="b")) == [10, 0, None]


def test_a_total_that_holds_a_hidden_group_is_hidden_too() -> None:
    parts = [count(60, nationality="SYR"), count(35, nationality="AFG"), count(5, nationality="ERI")]
    assert shown(count(100), *parts) == [60, 35]
    assert shown(count(300, BOTH), count(100), *parts) == [60, 35]


def test_a_total_that_exceeds_its_parts_by_a_small_group_is_hidden() -> None:
    parts = [count(60, nationality="SYR"), count(35, nationality="AFG")]
    assert shown(count(102), *parts) == [60, 35]
    assert shown(count(95), *parts) == [95, 60, 35]
    assert shown(count(120), *parts) == [120, 60, 35]


def test_a_count_to_date_that_grows_by_a_small_group_is_hidden() -> None:
    assert shown(count(100), count(103, BOTH)) == [100]
    assert shown(count(100), count(150, BOTH)) == [100, 150]


def test_months_that_leave_a_small_group_of_their_year_hide_it() -> None:
    year = (date(2024, 1, 1), date(2024, 12, 31))
    assert shown(count(253, year, step="year"), count(100), count(150, FEB)) == [100, 150]


def test_others_of_another_unit_source_or_place_are_not_touched() -> None:
    assert shown(count(5, nationality="SYR"), count(100, unit="persons_intercepted"), count(100, country="GRC")) == [
        100,
        100,
    ]


@pytest.mark.parametrize("smallest", [5, 10])
def test_the_smallest_group_that_is_shown_is_the_one_that_is_stated(smallest: int) -> None:
    values = [0, 1, smallest - 1, smallest]
    rows = [count(value, place=str(value)) for value in values]
    assert shown(*rows, smallest=smallest) == [0, smallest]


@pytest.mark.parametrize("less", [0, 1, 9, 10])
def test_a_total_may_exceed_a_part_by_nobody_or_by_a_group_that_is_shown(less: int) -> None:
    is_hidden = 0 < less < 10
    assert shown(count(100), count(100 - less, nationality="SYR")) == ([] if is_hidden else [100]) + [100 - less]
    parts = [count(50, nationality="SYR"), count(50 - less, nationality="AFG")]
    assert shown(count(100), *parts) == ([] if is_hidden else [100]) + [50, 50 - less]
    assert shown(count(90), count(100, nationality="SYR")) == [90, 100], "a part of more people tells of none"


@pytest.mark.parametrize("name", DIMENSIONS)
def test_a_total_over_any_dimension_tells_of_a_small_group_in_it(name: str) -> None:
    here = {"country": None} | {name: "a"}
    assert shown(count(100, country=None), count(95, **here), count(5, **here | {name: "b"})) == [95]
    others = {"country": None, name: "c"}
    assert shown(count(100, **others), count(95, **here), count(5, **here | {name: "b"})) == [100, 95]


@pytest.mark.parametrize("name", ["source", "unit"])
def test_a_total_of_another_source_or_unit_tells_of_nobody(name: str) -> None:
    assert shown(count(100, **{name: "other"}), count(5, nationality="SYR"), count(95, nationality="AFG")) == [100, 95]


def test_a_total_of_one_day_tells_of_that_day_alone() -> None:
    first, second = ((day, day) for day in (date(2024, 1, 1), date(2024, 1, 2)))
    parts = [count(95, first, nationality="SYR"), count(5, first, nationality="ERI")]
    assert shown(count(100, first), *parts, count(200, second)) == [95, 200]
    assert shown(count(300, (first[0], second[1])), *parts, count(200, second)) == [95, 200]


@pytest.mark.parametrize(
    ("span", "is_within"),
    [(JAN, True), ((date(2024, 1, 2), date(2024, 1, 30)), True), ((date(2024, 1, 1), date(2024, 2, 1)), False),
     ((date(2023, 12, 31), date(2024, 1, 31)), False), (FEB, False)],
)  # fmt: skip
def test_only_what_lies_within_the_days_of_a_total_is_a_part_of_it(span: tuple[date, date], is_within: bool) -> None:
    assert shown(count(100), count(5, span, nationality="SYR")) == ([] if is_within else [100])


def test_parts_of_one_kind_alone_are_added_up() -> None:
    assert shown(count(253, BOTH), count(100), count(150, FEB)) == [100, 150]
    halves = [count(60, nationality="SYR"), count(35, place="a")]  # they may be the same people
    assert shown(count(97), *halves) == [97, 60, 35]
    steps = [count(60, nationality="SYR"), count(35, (JAN[0], date(2024, 1, 7)), nationality="SYR", step="week")]
    assert shown(count(97), *steps) == [97, 60, 35]


def test_what_is_hidden_by_a_difference_hides_what_holds_it() -> None:
    parts = [count(60, nationality="SYR"), count(35, nationality="AFG")]
    assert shown(count(300, BOTH), count(102), *parts) == [60, 35]


def test_what_has_no_number_or_no_days_is_compared_with_nothing() -> None:
    no_days = count(100) | {"date_from": None, "date_to": None}
    assert shown(count(None), no_days, count(5, nationality="SYR")) == [None, 100]
    assert shown(count(9) | {"date_from": None, "date_to": None}) == []


@given(
    st.lists(st.integers(0, 40), min_size=4, max_size=4),
    st.lists(st.booleans(), min_size=9, max_size=9),
    st.sampled_from([5, 10]),
)
def test_no_two_sums_of_what_is_shown_differ_by_a_small_group_that_is_hidden(
    groups: list[int], stated: list[bool], smallest: int
) -> None:
    spans, nationalities = (JAN, FEB), ("SYR", "AFG")
    people = {(span, who): groups[2 * i + j] for i, span in enumerate(spans) for j, who in enumerate(nationalities)}
    every = [({(span, who)}, count(n, span, nationality=who)) for (span, who), n in people.items()]
    every += [
        ({(span, who) for who in nationalities}, count(sum(people[span, w] for w in nationalities), span))
        for span in spans
    ]
    every += [({(span, who) for span in spans}, count(sum(people[s, who] for s in spans), BOTH, nationality=who, step="x"))
              for who in nationalities]  # fmt: skip
    every += [(set(people), count(sum(groups), BOTH, step="x"))]
    rows = [one for one, is_stated in zip(every, stated, strict=True) if is_stated]
    table = pl.DataFrame([row | {"place": None, "flags": [str(n)]} for n, (_, row) in enumerate(rows)] or
                         [count(0)], infer_schema_length=None)  # fmt: skip
    kept = without_small_groups(conform(table, "counts"), smallest)
    seen = [rows[int(one)] for one in kept["flags"].explode().drop_nulls()] if rows else []
    for held, row in seen:
        for other, less in seen:
            if other < held:
                assert not 0 < row["value"] - less["value"] < smallest
        assert not 0 < row["value"] < smallest
        parts = [set(p) for p, r in rows if p < held and 0 < r["value"] < smallest]
        assert not parts, "a shown count holds a hidden small group"
