"""A file of incidents outside of what its data set usually holds is told; far outside it waits for a person."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from data.model.errors import HeldError
from data.readers import incident_checks
from data.readers.incident_checks import COMPARE, with_checks
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


def checked(result: ReadResult, **changed: object) -> ReadResult:
    """Return a result as it is checked when something of it is different."""
    return with_checks(replace(result, notes=(), far_outside=(), **changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(("number", "is_told", "is_far"), [(100_000, False, False), (100_001, True, False),
                                                          (300_000, True, False), (300_001, True, True)])  # fmt: skip
def test_rows_are_told_above_the_most_and_wait_above_three_times_as_many(
    tmp_path: Path, number: int, is_told: bool, is_far: bool
) -> None:
    found = checked(read_one(written(tmp_path, 3, dated=3)), rows_read=number)
    said = f"{number:,} rows are more than the 100,000 that are expected of a file of it."
    assert found.notes == ((said, COMPARE) if is_told else ())
    assert found.far_outside == ((said,) if is_far else ())


@pytest.mark.parametrize(("number", "is_told", "is_far"), [(300_000, False, False), (300_001, True, False),
                                                          (900_000, True, False), (900_001, True, True)])  # fmt: skip
def test_people_are_told_above_the_most_and_wait_above_three_times_as_many(
    tmp_path: Path, number: int, is_told: bool, is_far: bool
) -> None:
    read = read_one(written(tmp_path, 3, dated=3))
    people = pl.Series("dead_or_missing", [number - 1, None, 1], dtype=read.frame["dead_or_missing"].dtype)
    found = checked(read, frame=read.frame.with_columns(people))
    said = f"{number:,} people are more than the 300,000 that are expected of a file of it."
    assert found.notes == ((said, COMPARE) if is_told else ())
    assert found.far_outside == ((said,) if is_far else ())


@pytest.mark.parametrize(("rows", "dated", "share", "is_far"), [(120, 108, "", False), (120, 107, "89%", False), (120, 54, "45%", False),
                                                               (120, 53, "44%", True), (99, 0, "", False), (100, 0, "0%", True)])  # fmt: skip
def test_a_column_is_told_below_its_share_and_waits_below_half_of_it(
    tmp_path: Path, rows: int, dated: int, share: str, is_far: bool
) -> None:
    found = checked(read_one(written(tmp_path, rows, dated=dated)))
    said = f"{share} of the rows have a day, where at least 90% is expected."
    assert found.notes == ((said, COMPARE) if share else ())
    assert found.far_outside == ((said,) if is_far else ())


def test_a_source_of_which_nothing_is_expected_is_not_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = read_one(written(tmp_path, 3, dated=3))
    monkeypatch.setattr(incident_checks, "OF_SOURCE", {})
    assert checked(read, rows_read=10**9).notes == ()
