"""An incident belongs to the nearest line within reach of its own precision; the rest is counted beside the lines."""

from collections.abc import Callable
from datetime import date

import pytest

from data.hotspots.answer_model import CorridorsAnswer
from data.hotspots.corridors import corridors, parse_corridors, sentence_of
from data.model.errors import QueryError
from data.query.selection import Selection
from data.store.vintage import Vintage
from tests.harness.tiers import restricted_view

Publish = Callable[..., Vintage]
EQUATOR = {"segment_id": "a", "route": "darien", "name": "A", "points": [[0.0, 0.0], [10.0, 0.0]]}
NORTH = {"segment_id": "b", "route": "black-sea", "name": "B", "points": [[0.0, 4.0], [10.0, 4.0]]}
COVERS = {"first": date(2024, 1, 1), "last": date(2024, 1, 31), "lines": (EQUATOR, NORTH)}
DAY = {"date_from": date(2024, 1, 5)}


def values(found: CorridorsAnswer) -> dict[str, int | None]:
    return {row.segment_id: row.value for row in found.segments}


def test_the_reach_is_the_corridor_and_the_radius_of_the_records_own_place(publish: Publish) -> None:
    at = {"latitude": -1.0, "longitude": 5.0}  # 111.2 km from line A
    vintage = publish(
        {**DAY, **at, "dead_or_missing": 1, "location_precision": "exact"},
        {**DAY, **at, "dead_or_missing": 20, "location_precision": "place"},
        {**DAY, **at, "dead_or_missing": 300, "location_precision": "area", "finest_resolution": 2},
        **COVERS,
    )
    assert values(corridors(vintage, Selection(), within_km=100)) == {"a": 320, "b": 0}
    assert corridors(vintage, Selection(), within_km=100).off == 1
    assert values(corridors(vintage, Selection(), within_km=50)) == {"a": 300, "b": 0}
    assert values(corridors(vintage, Selection(), within_km=120)) == {"a": 321, "b": 0}


def test_a_tie_goes_to_the_records_own_route_and_what_differs_is_counted(publish: Publish) -> None:
    between = {"latitude": 2.005, "longitude": 5.0, **DAY}  # line B, a great circle, passes 4.015° north
    vintage = publish(
        {**between, "dead_or_missing": 4, "route": "black-sea"}, {**between, "dead_or_missing": 8, "route": None},
        {**DAY, "latitude": 0.0, "longitude": 5.0, "dead_or_missing": 16, "route": "black-sea"}, **COVERS,
    )  # fmt: skip
    found = corridors(vintage, Selection(), within_km=300)
    by_id = {row.segment_id: row for row in found.segments}
    assert by_id["b"].value == 4
    assert by_id["a"].value + by_id["b"].value == 28
    assert (by_id["a"].other_route, by_id["b"].other_route) == (1, 0)
    assert by_id["a"].per_100_km == pytest.approx(100 * by_id["a"].value / by_id["a"].length_km)


def test_what_is_near_no_line_or_not_located_is_beside_the_lines(publish: Publish) -> None:
    vintage = publish(
        {**DAY, "latitude": 0.5, "longitude": 5.0, "dead_or_missing": 2},
        {**DAY, "latitude": 60.0, "longitude": 5.0, "dead_or_missing": 30},
        {**DAY, "dead_or_missing": 400, "location_precision": "unknown"}, **COVERS,
    )  # fmt: skip
    found = corridors(vintage, Selection())
    assert (values(found)["a"], found.off, found.not_located, found.total) == (2, 30, 400, 432)
    assert str(found.sentence) == (
        "At least 432 people dead or missing: 2 within 100 km of a route line, allowing for how well each place is "
        "known, 30 near no line, 400 not located."
    )


def test_a_store_without_lines_has_everybody_off_and_says_so(publish: Publish) -> None:
    vintage = publish({**DAY, "latitude": 0.5, "longitude": 5.0, "dead_or_missing": 2}, **COVERS | {"lines": ()})
    found = corridors(vintage, Selection())
    assert (found.segments, found.off) == ([], 2)
    assert "This vintage holds no route lines." in map(str, found.caution)


@pytest.mark.parametrize(
    "given", [["9"], ["501"], ["1e2"], ["nan"], ["-50"], [""], ["٣٠"], ["100", "100"], ["00000100"]]
)
def test_a_width_that_is_none_gets_a_sentence(given: list[str]) -> None:
    with pytest.raises(QueryError, match=r"'within_km' is"):
        parse_corridors({"within_km": given})


def test_a_source_that_is_not_public_has_no_corridors(publish: Publish) -> None:
    vintage = publish({**DAY, "latitude": 0.5, "longitude": 5.0, "dead_or_missing": 2}, **COVERS)
    with pytest.raises(QueryError, match="not public"):
        corridors(restricted_view(vintage), Selection())


@pytest.mark.parametrize(
    ("measure", "total", "words"),
    [("dead_or_missing", 0, "Nobody recorded dead or missing: 0 within 20 km"), ("dead", 0, "Nobody recorded dead: "),
     ("dead", 1, "At least 1 person dead, the body recovered: "), ("missing", 0, "Nobody recorded missing: "),
     ("missing", 2, "At least 2 people missing, presumed dead: "), ("incidents", 1, "1 incident: "),
     ("incidents", 1200, "1,200 incidents: "), ("events", 1, "1 event; an event may lie in several corridors."),
     ("dead", None, "No number of people dead, their bodies recovered reported."),
     ("dead_or_missing", None, "No number of people dead or missing reported.")],
)  # fmt: skip
def test_the_sentence_counts_as_its_measure_does(measure: str, total: int | None, words: str) -> None:
    assert str(sentence_of(measure, total, off=0, not_located=0, within_km=20)).startswith(words)
