"""A file of incidents outside of what its data set usually holds is told; far outside it waits for a person."""

from pathlib import Path

import pytest

from data.model.errors import HeldError
from data.readers.result import ReadResult
from data.store.ingest import How, ingest
from data.store.store import Store
from tests.harness.reading import read_one

HEAD = ("Main ID,Incident ID,Region of Incident,Incident Date,Number of Dead,Minimum Estimated Number of Missing,"
        "Cause of Death,Location of death,Country of Incident,Coordinates")  # fmt: skip


def written(folder: Path, rows: int, *, dated: int, people: int = 2) -> Path:
    path = folder / "incidents.csv"
    lines = [f'2020.MMP{n:05},2020.MMP{n:05}.1,Mediterranean,{"2020-03-05" if n < dated else ""},{people},,Drowning,'
             f'Off a coast,Libya,"33.{n % 9}, 12.4"' for n in range(rows)]  # fmt: skip
    path.write_text("\n".join([HEAD, *lines]) + "\n")
    return path


def told(result: ReadResult) -> str:
    return " ".join(result.notes)


@pytest.mark.parametrize(("dated", "words", "is_far"), [(120, "", False), (100, "83% of the rows have a day", False),
                                                       (40, "33% of the rows have a day", True)])  # fmt: skip
def test_a_column_that_is_emptier_than_ever_is_told(tmp_path: Path, dated: int, words: str, is_far: bool) -> None:
    result = read_one(written(tmp_path, 120, dated=dated))
    assert words in told(result)
    assert ("is expected" in told(result)) is bool(words)
    assert bool(result.far_outside) is is_far


def test_a_filtered_download_of_few_rows_may_be_of_anything(tmp_path: Path) -> None:
    assert read_one(written(tmp_path, 20, dated=0)).far_outside == ()


def test_people_beyond_all_that_were_ever_counted_wait_for_a_reason(tmp_path: Path) -> None:
    store, path = Store(tmp_path / "store"), written(tmp_path, 3, dated=3, people=400_000)
    with pytest.raises(HeldError, match="1,200,000 people are more than the 300,000"):
        ingest([path], store)
    assert not store.has_vintage()
    ingest([path], store, how=How(approve="a war"))
    assert store.current().incidents["dead_or_missing"].sum() == 1_200_000
