"""Rows of a published table that sum up its others, told by the name of their route, place or nationality."""

from pathlib import Path

import pytest

from data.readers.registry import read_file


@pytest.mark.parametrize("word", ["Total", "TOTAL", "All", "Grand total", "Sub-total", "Laredo Sector Total"])
@pytest.mark.parametrize("column", ["route", "nat"])
def test_a_row_that_says_it_is_a_total_is_never_added(tmp_path: Path, word: str, column: str) -> None:
    rows = [{"route": "Black Sea Route", "nat": "BGD", "n": "5"}, {"route": "Black Sea Route", "nat": "SYR", "n": "6"}]
    path = tmp_path / "frontex.csv"
    lines = [f"{row['route']},Sea,{row['nat']},2009-02,{row['n']}" for row in [*rows, rows[0] | {column: word}]]
    path.write_text("\n".join(["route,type,nat,t,n", *lines]) + "\n")
    (result,) = read_file(path)
    assert (result.accepted, result.quarantined, result.frame["value"].sum()) == (2, 1, 11)
    assert "sums up others" in result.quarantine["reason"][0]
