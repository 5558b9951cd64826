"""Small groups of living people, and every number that tells of one, are hidden (RULES 9)."""

from datetime import date
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from data.model.schema import conform
from data.store.small_groups import without_small_groups

JAN, FEB = (date(2024, 1, 1), date(2024, 1, 31)), (date(2024, 2, 1), date(2024, 2, 29))
BOTH = (JAN[0], FEB[1])


def count(value: int | None, span: tuple[date, date] = JAN, **more: str) -> dict[str, Any]:
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
