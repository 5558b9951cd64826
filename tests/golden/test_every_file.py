"""Every file of the folder of publishers' files has an entry: none is forgotten, none is read by chance."""

from fnmatch import fnmatch
from itertools import groupby
from pathlib import Path

import polars as pl
import pytest

from data.model.errors import DataError
from data.readers.registry import read_file
from data.readers.result import ReadResult
from tests.harness.every_file import ACTS, INDICATORS, READ, REFUSED, Read, ReadActs, ReadIndicators, Refused

pytestmark = pytest.mark.real
PEOPLE = ("dead", "missing", "dead_or_missing")
BY_FILE = {name: tuple(tables) for name, tables in groupby(READ, key=lambda one: one.name)}


def files_of(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def sums_of(result: ReadResult) -> dict[str, int]:
    frame = result.frame
    if result.kind == "counts":
        return dict(frame.group_by("unit").agg(pl.col("value").sum()).iter_rows())
    if result.kind == "incidents":
        found = {name: int(frame[name].sum() or 0) for name in PEOPLE}
        return found if found["dead"] or found["missing"] else {"dead_or_missing": found["dead_or_missing"]}
    return {"lines": frame.height}


def test_every_file_has_one_entry_and_every_entry_a_file(real_data: Path) -> None:
    names = files_of(real_data)
    figures = {one.name for one in (*INDICATORS, *ACTS)}
    entries = {
        name: [name in BY_FILE, name in figures, *(fnmatch(name, one.name) for one in REFUSED)] for name in names
    }
    assert {name: sum(found) for name, found in entries.items()} == dict.fromkeys(names, 1)
    assert {*BY_FILE, *figures} <= set(names)
    assert [one.name for one in REFUSED if not any(fnmatch(name, one.name) for name in names)] == []


@pytest.mark.parametrize("name", BY_FILE)
def test_every_row_is_accepted_quarantined_or_a_duplicate_and_the_sums_are_the_publishers(
    real_data: Path, name: str
) -> None:
    results = read_file(real_data / name)
    found = [
        Read(name, one.layout, one.rows_read, one.accepted, one.quarantined, one.duplicates, sums_of(one))
        for one in results
    ]
    assert found == list(BY_FILE[name])
    assert all(one.rows == one.accepted + one.quarantined + one.duplicates for one in found)
    assert [one.far_outside for one in results] == [()] * len(results)


@pytest.mark.parametrize("one", INDICATORS, ids=lambda one: one.name)
def test_every_row_of_a_table_of_indicators_is_accepted_withheld_quarantined_or_a_duplicate(
    real_data: Path, one: ReadIndicators
) -> None:
    (result,) = read_file(real_data / one.name)
    stated = result.frame.group_by("sheet", "row").agg(pl.col("value").count())
    withheld = stated.filter(pl.col("value") == 0).height
    ends = (result.accepted, withheld, result.quarantined, result.duplicates)
    assert (result.kind, result.layout, result.rows_read, *ends) == ("indicators", *one[1:])
    assert one.rows == one.accepted + one.quarantined + one.duplicates
    assert result.frame.select((pl.col("value").is_null() == pl.col("absence").is_not_null()).all()).item()


@pytest.mark.parametrize("one", ACTS, ids=lambda one: one.name)
def test_every_row_of_a_list_of_acts_is_accepted_or_quarantined(real_data: Path, one: ReadActs) -> None:
    if one.said:
        with pytest.raises(DataError) as error:
            read_file(real_data / one.name)
        assert (error.value.code, one.layout in str(error.value)) == ("AMBIGUOUS", True)
    (result,) = read_file(real_data / one.name, layout_id=one.layout if one.said else None)
    ends = (result.accepted, result.quarantined)
    assert (result.layout, result.rows_read, *ends) == one[1:5]


@pytest.mark.parametrize("refused", REFUSED, ids=lambda one: one.name)
def test_what_is_no_table_of_people_on_the_way_is_refused_with_what_it_is(real_data: Path, refused: Refused) -> None:
    for name in files_of(real_data):
        if fnmatch(name, refused.name):
            with pytest.raises(DataError) as error:
                read_file(real_data / name)
            said = str(error.value)
            assert (error.value.code, refused.words in said) == (refused.code, True), said
