"""Small inputs that went wrong once: what is right of each, to the person, in any order and number of commands."""

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import polars as pl
import pytest

from data.__main__ import main
from data.readers.registry import read_file
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness.reading import read_one

pytestmark = pytest.mark.real
OF_2019 = "../mmp/MissingMigrants-Global-2019-03-29T18-36-07.csv"
TOGETHER = [  # files, and what they add up to together
    (("53-mmp-region-a.csv", "53-mmp-region-b.csv"), 18),
    (("70-whole-two-regions.csv", "70-one-region-later.csv"), 5),
    (("71-older-whole.csv", "71-newer-part-unreadable.csv"), 12),
    (("73-edition-2016-with-2013-row.csv", OF_2019), 31_691),
    (("50-own-spain.csv", "50-own-greece.csv"), 340),
]
ORDERS = [(names, order, is_one, total) for names, total in TOGETHER for order in permutations(names)
          for is_one in (True, False)]  # fmt: skip


def number(vintage: Vintage) -> int:
    """Return all people and all counts of a vintage; no case has both."""
    return int((vintage.incidents["dead_or_missing"].sum() or 0) + (vintage.counts["value"].sum() or 0))


def ingested(folder: Path, paths: Sequence[Path], *, in_one: bool) -> tuple[Vintage, list[dict[str, object]]]:
    store = Store(folder)
    reports = [ingest(some, store) for some in ([list(paths)] if in_one else [[path] for path in paths])]
    return store.current(), reports[-1]["earlier"]


@pytest.mark.rule("E7")
@pytest.mark.parametrize(("names", "order", "is_one", "total"), ORDERS)
def test_what_files_add_up_to_does_not_depend_on_their_order(
    real_data: Path, tmp_path: Path, names: Sequence[str], order: Sequence[str], is_one: bool, total: int
) -> None:
    vintage, _ = ingested(tmp_path, [real_data / "cases" / name for name in order], in_one=is_one)
    assert number(vintage) == total, names


@pytest.mark.rule("E7")
@pytest.mark.parametrize(
    ("names", "fates"),
    [
        (TOGETHER[0][0], [("kept", 2, 7)]),
        (TOGETHER[1][0], [("kept", 1, 1), ("replaced", 1, 1)]),
        (TOGETHER[2][0], [("replaced", 6, 10)]),
        (TOGETHER[3][0], [("kept", 1, 139), ("replaced", 2, 8)]),
        (TOGETHER[4][0], [("kept", 2, 200)]),
    ],
)
def test_the_report_says_what_became_of_the_older_file(
    real_data: Path, tmp_path: Path, names: Sequence[str], fates: list[tuple[str, int, int]]
) -> None:
    _, earlier = ingested(tmp_path, [real_data / "cases" / name for name in names], in_one=False)
    assert sorted((move["fate"], move["rows"], move["number"]) for move in earlier) == fates


@pytest.mark.rule("E7")
def test_rows_that_cannot_be_read_replace_nothing(real_data: Path, tmp_path: Path) -> None:
    text = (real_data / "cases/71-newer-part-unreadable.csv").read_text(encoding="utf-8")
    spoilt = tmp_path / "spoilt.csv"
    spoilt.write_text(text.replace("13-Mar-19", "some day"), encoding="utf-8")
    for name in ("one", "other"):
        paths = [real_data / "cases/71-older-whole.csv", spoilt]
        vintage, _ = ingested(tmp_path / name, paths if name == "one" else paths[::-1], in_one=False)
        assert number(vintage) == 12  # 51591 again, 99999 new, the four unreadable ones as they were


@pytest.mark.rule("Q7")
def test_thousands_are_read_where_the_column_proves_them(real_data: Path) -> None:
    result = read_one(real_data / "cases/01-european-thousands.csv")
    assert result.frame["value"].to_list() == [12_000, 1_250, 3_400, 5_100]
    assert result.quarantine["value"].to_list() == ["~700"]


@pytest.mark.rule("Q7")
def test_all_reasons_are_counted_ten_rows_are_printed_and_where_the_others_are(
    real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ingest", str(real_data / "cases/06-odd-numbers.csv"), "--store", str(tmp_path)]) == 0
    said = capsys.readouterr().err
    assert said.count("quarantined: row ") == 10
    assert "faults more, in v000001/quarantine.parquet" in said
    assert "3 faults, column 'value': found …, a bound and not a number" in said
    rows = Store(tmp_path).current().quarantine["row"].n_unique()
    assert rows == 12


def test_every_sheet_and_every_header_is_found_and_named(real_data: Path) -> None:
    for name, total, note in (
        ("10-sheet-per-year.xlsx", 60, "Sheet '2023': 1 rows."),
        ("12-readme-sheet-first.xlsx", 7, "Sheet 'About' has no table whose headings are known: not read."),
        ("13-title-rows.xlsx", 7, "The header was found in row 3."),
        ("04-pandas-index.csv", 10, "The first column has no heading and numbers the rows: not read."),
    ):
        result = read_one(real_data / "cases" / name)
        assert (result.frame["value"].sum(), note in result.notes) == (total, True), name


def test_four_spellings_are_one_country(real_data: Path, tmp_path: Path) -> None:
    vintage, _ = ingested(tmp_path, [real_data / "cases/02-countries.csv"], in_one=True)
    assert set(vintage.counts["country"]) == {"TUR"}
    assert set(vintage.counts["nationality"]) == {"SYR"}
    assert vintage.names["country"]["TUR"] == "Türkiye"


@pytest.mark.rule("Q8")
def test_days_that_cannot_be_are_quarantined_and_short_months_are_read(real_data: Path) -> None:
    typo = read_one(real_data / "cases/51-date-typo.csv")
    assert (typo.frame["value"].to_list(), sorted(typo.quarantine["row"].unique())) == ([10], [3, 4])
    short = read_one(real_data / "cases/72-short-month-dates.csv").frame
    assert sorted(str(day) for day in short["date_from"]) == ["2020-01-12", "2020-01-13"]
    again = read_one(real_data / "cases/71-newer-part-unreadable.csv").frame
    assert [str(day) for day in again["date_from"]].count("2019-03-13") == 4


@pytest.mark.rule("Q9")
def test_a_swapped_pair_and_half_a_pair_count_and_are_not_placed(real_data: Path) -> None:
    result = read_one(real_data / "cases/54-mmp-2026-swapped.csv")
    assert result.frame["dead_or_missing"].sum() == 11
    assert (result.frame["cell"].null_count(), result.frame["latitude"].null_count()) == (2, 2)
    assert result.log.filter(pl.col("rule").str.contains("exchanged")).height == 1


def test_names_of_events_are_read_past_and_names_of_persons_refuse(real_data: Path, tmp_path: Path) -> None:
    path = real_data / "cases/56-name-column.csv"
    result = read_one(path)
    assert (result.frame["dead_or_missing"].sum(), result.unread_columns) == (3, ("name",))
    assert "wreck of May" not in result.frame.write_json()
    other = tmp_path / "persons.csv"
    other.write_text(path.read_text(encoding="utf-8").replace("wreck of May", "Jane Doe"), encoding="utf-8")
    with pytest.raises(Exception, match="looks like personal data"):
        read_file(other)
