"""What is a change of a record, and what is only another way to write it."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.model.schema import conform, empty
from data.sectors.answer_model import RecordChange
from data.sectors.feed import sentence
from data.sectors.vintage_diff import TOLD, changes_between, has_moved, has_other_split
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness.rows import incident_rows
from tests.harness.small_store import publish

PLAIN = {"date_from": date(2024, 1, 5), "date_to": date(2024, 1, 5), "dead": 2, "missing": 3, "dead_or_missing": 5,
         "latitude": 35.5, "longitude": 12.6, "location_precision": "place", "finest_resolution": 4}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def record(record_id: str = "a", **more: object) -> dict[str, object]:
    return PLAIN | {"record_id": record_id, "event_id": record_id} | more


def found(store: Store, before: list[dict[str, object]], after: list[dict[str, object]]) -> list[tuple[str, str]]:
    older, newer = publish(store, *before), publish(store, *after)
    return list(changes_between(older, newer, "mmp").select("change", "record_id").iter_rows())


def read_changes(older: Vintage, newer: Vintage) -> list[RecordChange]:
    rows = changes_between(older, newer, "mmp").select(TOLD)
    return [RecordChange(**row) for row in rows.iter_rows(named=True)]


@pytest.mark.parametrize(
    "more",
    [{"latitude": 35.50004}, {"longitude": 12.600049, "latitude": 35.49996}, {"location_precision": "area", "finest_resolution": 2},
     {"place": "Off Lampedusa"}, {"date_from": date(2024, 1, 1), "date_to": date(2024, 1, 31)}, {"date_from": None, "date_to": None}],
)  # fmt: skip
def test_rounding_and_what_we_infer_are_no_change(store: Store, more: dict[str, object]) -> None:
    assert found(store, [record()], [record(**more)]) == []


@pytest.mark.parametrize(
    "more",
    [{"latitude": 35.5002}, {"latitude": None, "longitude": None, "location_precision": "unknown"}, {"dead": 3, "missing": 2},
     {"dead_or_missing": 6, "dead": 3}, {"dead": None}, {"date_from": date(2023, 1, 5), "date_to": date(2023, 1, 5)}],
)  # fmt: skip
def test_another_toll_split_or_point_is_a_change(store: Store, more: dict[str, object]) -> None:
    assert found(store, [record()], [record(**more)]) == [("changed", "a")]


def test_the_same_record_under_another_id_is_neither_gone_nor_new(store: Store) -> None:
    before = [record("a"), record("b"), record("c", dead_or_missing=9)]
    after = [record("a1", latitude=35.50001), record("b1"), record("d", dead_or_missing=8)]
    assert found(store, before, after) == [("vanished", "c"), ("added", "d")]


def test_one_of_two_that_were_alike_is_still_gone(store: Store) -> None:
    assert [change for change, _ in found(store, [record("a"), record("b")], [record("c")])] == ["vanished"]
    assert [change for change, _ in found(store, [record("a")], [record("c"), record("d")])] == ["added"]


def test_a_record_that_we_quarantine_is_not_withdrawn_by_its_publisher(store: Store) -> None:
    older = publish(store, record("a"), record("b"))
    held = {
        "source": "mmp",
        "file": "x.csv",
        "row": 2,
        "reason": "Used twice.",
        "raw": json.dumps({"Web ID": "a", "n": 1}),
    }
    broken = held | {"row": 3, "raw": "no json"}
    rows = incident_rows({"source": "mmp"} | record("b")).with_columns(pl.lit("mmp").alias("source"))
    tables = {name: empty(name) for name in ("counts", "segments", "segment_cells", "log")}
    tables |= {
        "incidents": rows,
        "quarantine": conform(pl.DataFrame([held, broken]), "quarantine"),
        "sources": older.sources,
    }
    newer: Vintage = store.publish(tables, {"names": {}, "sums": {}})
    assert changes_between(older, newer, "mmp").is_empty()


def test_a_feed_says_what_of_a_record_changed(store: Store) -> None:
    older = publish(store, record("a"), record("b"), record("c"))
    newer = publish(
        store, record("a", dead=3, missing=2), record("b", latitude=36.0), record("c", dead_or_missing=7, dead=4)
    )
    split, moved, toll = read_changes(older, newer)
    assert (has_other_split(split), has_moved(split)) == (True, False)
    assert (has_other_split(moved), has_moved(moved)) == (False, True)
    assert "Only the split into dead and missing is another." in sentence(split)
    assert "Its place was stated otherwise before." in sentence(moved)
    assert "Before: At least 5" in sentence(toll)
    later = publish(store, record("a", dead=3, missing=2, date_from=date(2023, 1, 5), date_to=date(2023, 1, 5)))
    dated = next(one for one in read_changes(newer, later) if one.change == "changed")
    assert "Dated before: 2024-01-05." in sentence(dated)
