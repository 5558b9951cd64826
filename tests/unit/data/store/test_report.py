"""What the report of an ingest says of earlier files whose counts are of the same people (RULES E6)."""

from pathlib import Path

import pytest

from data.store.ingest import ingest
from data.store.report import words
from data.store.store import Store
from tests.harness.reading import written

ALL = b"month,year,individuals\n1,2024,4200\n2,2024,1700\n"
DAILY = b"data_date,individuals\n2024-01-01,2500\n2024-01-31,2600\n"


@pytest.mark.rule("E6")
def test_an_earlier_file_whose_people_another_counts_is_told_to_be_in_no_sum(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([written(tmp_path, ALL, "all.csv")], store)
    report = ingest([written(tmp_path, DAILY, "daily.csv")], store)
    told = "in no sum but its own any more: another count here is of the same people"
    assert f"  all.csv: 1 count, 4,200 persons arrived, {told}" in words(report).splitlines()
    again = ingest([written(tmp_path, ALL.replace(b"2,2024,1700", b"12,2023,1700"), "more.csv")], store)
    assert told not in words(again), "what was said of a file once is no news"
