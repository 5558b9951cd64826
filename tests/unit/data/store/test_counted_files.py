"""The counted columns of a large source: each record in one of two files, its event a number where it is shared."""

import polars as pl
import pytest

from data.store import summary
from data.store.counted_files import ALONE, TOGETHER, counted_files
from tests.harness.rows import incident_rows

RECORDS = (("a", "wreck"), ("a", "fire"), ("b", "wreck"), ("a", "wreck"), ("b", "wreck"), ("b", "raft"))


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, pl.DataFrame]:
    """Return the files of six records of two sources that both name an event "wreck"."""
    monkeypatch.setattr(summary, "MOST_KEPT", 2)
    incidents = incident_rows(*({"source": source, "event_id": event} for source, event in RECORDS))
    return counted_files(incidents, summary.parse_summary(summary.summary_of(incidents.lazy())))


def test_records_of_one_event_have_one_number_and_events_of_two_sources_two(files: dict[str, pl.DataFrame]) -> None:
    together = files[TOGETHER]
    assert together["source"].to_list() == ["a", "b", "a", "b"]
    assert together["event_id"].dtype.is_integer()
    first, second, third, fourth = together["event_id"].to_list()
    assert first == third
    assert second == fourth
    assert first != second


def test_an_event_of_one_record_stands_alone_and_needs_no_number(files: dict[str, pl.DataFrame]) -> None:
    assert files[ALONE]["source"].to_list() == ["a", "b"]
    assert "event_id" not in files[ALONE].columns
