"""A selection survives its address, and an address can contain anything."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.model.errors import QueryError
from data.query.parameters import FLOWS, LAYERS, MEASURES, STEPS
from data.query.quantities import EARLIEST, LATEST
from data.query.selection import Selection

ids = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)
id_lists = st.lists(ids, max_size=4, unique=True).map(lambda items: tuple(sorted(items)))
codes = st.from_regex(r"[A-Z]{3}", fullmatch=True)
country_lists = st.lists(ids | codes, max_size=4, unique=True).map(lambda items: tuple(sorted(items)))
days = st.dates(EARLIEST, LATEST)
windows = st.one_of(
    st.just((None, None)), days.map(lambda d: (d, None)), days.map(lambda d: (None, d)),
    st.tuples(days, days).map(lambda pair: tuple(sorted(pair))),
)  # fmt: skip
layers = st.sets(st.sampled_from(LAYERS)).map(lambda chosen: tuple(name for name in LAYERS if name in chosen))
views = st.tuples(st.integers(-180_000, 180_000), st.integers(-85_000, 85_000), st.integers(0, 1400)).map(
    lambda v: (v[0] / 1000, v[1] / 1000, v[2] / 100)
)


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    start, end = draw(windows)
    return Selection(
        measure=draw(st.sampled_from(MEASURES)), flow=draw(st.sampled_from(FLOWS)), start=start, end=end,
        routes=draw(id_lists), regions=draw(id_lists), causes=draw(id_lists), countries=draw(country_lists),
        origins=draw(id_lists),
        min_quality=draw(st.one_of(st.none(), st.integers(1, 5))), source=draw(st.one_of(st.none(), ids)),
        step=draw(st.sampled_from(STEPS)), resolution_chosen=draw(st.none() | st.integers(0, 6)), resolution_by_zoom=draw(st.integers(0, 6)), layers=draw(layers),
        cell=draw(st.one_of(st.none(), st.from_regex(r"8[0-9a-f]{14}", fullmatch=True))),
        view=draw(st.one_of(st.none(), views)), vintage=draw(st.sampled_from([None, "v000001", "2026-05-06"])),
    )  # fmt: skip


@settings(deadline=None, derandomize=True)
@given(selections())
def test_a_selection_survives_its_address(selection: Selection) -> None:
    meant = (
        selection
        if selection.resolution_chosen is None
        else selection.replace(resolution_by_zoom=Selection().resolution_by_zoom)
    )  # the choice decides
    assert Selection.from_query(selection.to_query()) == meant
    assert meant.resolution == selection.resolution


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("resolution", "15"), ("resolution", "NaN"), ("resolution", "-1"), ("resolution", "3.0"), ("resolution", "٣"),
        ("from", "99999-01-01"), ("from", "2020-02-30"), ("from", "20200101"), ("to", "1066-10-14"),
        ("route", ",".join(["x"] * 51)), ("route", "x" * 10_000_000), ("route", "<script>"), ("min_quality", "6"),
        ("vintage", "v1"), ("vintage", "v٠٠٠٠٠١"), ("vintage", "../v000001"), ("v", "3"), ("v", "0"), ("route", ""),
        ("measure", "risk"), ("view", "nan,0,0"), ("view", "1,2"), ("cell", "zzz"), ("nonsense", "1"), ("step", "day"),
    ],
)  # fmt: skip
def test_what_a_query_cannot_mean_is_refused_with_a_sentence(key: str, value: str) -> None:
    with pytest.raises(QueryError) as refusal:
        Selection.parse({key: [value]})
    assert refusal.value.parameter == key
    assert len(str(refusal.value)) < 400


def test_a_parameter_given_twice_is_refused() -> None:
    with pytest.raises(QueryError):
        Selection.parse({"from": ["2020-01-01", "2021-01-01"]})


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(QueryError):
        Selection.parse({"from": ["2021-01-01"], "to": ["2020-01-01"]})


def test_what_affects_nothing_that_is_asked_is_set_aside() -> None:
    whole = Selection(
        measure="dead",
        routes=("darien",),
        start=date(2020, 1, 1),
        step="year",
        resolution_chosen=4,
        view=(1.0, 2.0, 3.0),
    )
    assert whole.only("incidents") == Selection(routes=("darien",), start=date(2020, 1, 1))
    assert whole.only("incidents", "cells") == whole.replace(step="month", view=None)
    assert whole.only("series") == Selection(routes=("darien",), step="year")


def test_the_words_of_both_versions_name_the_same() -> None:
    assert Selection.parse({"v": ["1"], "from": ["2020-01-01"]}) == Selection.parse(
        {"v": ["2"], "from": ["2020-01-01"]}
    )
