"""The printed table of the US Border Patrol: broken headers, names over three lines, sub-totals, footnotes."""

from datetime import date
from pathlib import Path

import pytest

from data.model.errors import DataError
from data.readers.usbp import is_printed_table, read_printed_table
from tests.harness.reading import read_one

MONTHS = "October|November|December|January|February|March|April|May|June|July|August|September"
TITLE = "United States Border Patrol\nTotal Illegal Alien Apprehensions By Month - FY 2010\n"
ROWS = """Livermore*|N/A|N/A|N/A|N/A|N/A|N/A|N/A|N/A|N/A|N/A|N/A|N/A|N/A

Miami|1|0|0|0|0|0|0|0|0|0|0|0|1
Big Bend
1,000|2|0|0|0|0|0|0|0|0|0|0|1,002
(formerly Marfa)

Coastal Border|1|0|0|0|0|0|0|0|0|0|0|0|1

Southwest Border|1,000|2|0|0|0|0|0|0|0|0|0|0|1,002

Monthly Total|1,001|2|0|0|0|0|0|0|0|0|0|0|1,003
*Livermore Sector was closed after FY 2004
\f"""
TEXT = f"{TITLE}Yearly\nSECTOR|{MONTHS}\nTotal\n{ROWS}"


def written(folder: Path, text: str) -> Path:
    path = folder / "printed.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_printed_table_is_read_to_the_person_and_no_sub_total_is_added(tmp_path: Path) -> None:
    result = read_one(written(tmp_path, TEXT))
    assert (result.layout, result.rows_read, result.accepted, result.quarantined) == ("usbp-printed", 6, 3, 3)
    assert result.frame["value"].sum() == 1_003
    assert result.frame["unit"].unique().to_list() == ["apprehensions"]
    assert sorted(result.quarantine["value"]) == ["Coastal Border", "Monthly Total", "Southwest Border"]
    bend = result.frame.filter(place="Big Bend")
    assert bend.select("row", "date_from", "route", "value").row(0) == (
        10, date(2009, 10, 1), "us-mexico-border-crossing", 1000,
    )  # fmt: skip
    assert any("Livermore Sector was closed" in note for note in result.notes)


def test_a_closed_sector_is_unknown_and_not_zero(tmp_path: Path) -> None:
    closed = read_one(written(tmp_path, TEXT)).frame.filter(place="Livermore")
    assert closed["value"].null_count() == closed.height == 12


def test_a_header_without_a_bar_between_two_months_and_titles_in_one_line_are_read(tmp_path: Path) -> None:
    head = "United States Border Patrol|Total Encounters by Month - FY 2020\nExpulsions are among them since March FY20.\n\n"
    months = MONTHS.replace("November|December", "November December")
    text = f"{head}SECTOR|{months} Yearly Total\n{ROWS}"
    result = read_one(written(tmp_path, text))
    assert (result.frame["unit"].unique().to_list(), result.frame["value"].sum()) == (["encounters"], 1_003)
    assert result.frame["date_from"].min() == date(2019, 10, 1)
    assert any("Expulsions are among them" in note for note in result.notes)


def test_a_title_that_counts_something_else_quarantines_its_rows(tmp_path: Path) -> None:
    text = TEXT.replace("Illegal Alien Apprehensions", "Gotaways")
    result = read_one(written(tmp_path, text))
    assert result.accepted == 0
    assert "expected one of Encounters, Illegal Alien Apprehensions" in result.quarantine["reason"].str.join(" ")[0]


def test_sums_that_do_not_agree_are_told_and_not_mended(tmp_path: Path) -> None:
    text = TEXT.replace("Miami|1|", "Miami|4|").replace("Coastal Border|1|0", "Coastal Border|1|7")
    result = read_one(written(tmp_path, text))
    assert result.frame["value"].sum() == 1_006
    told = [note for note in result.notes if "add" in note]
    assert any("'Coastal Border' in October: its sectors add up to 4, but 1 is printed" in note for note in told)
    assert any("'Coastal Border' in November: its sectors add up to 0, but 7 is printed" in note for note in told)
    assert any("its counts add up to 4, and 'Yearly Total' says 1" in note for note in told)


def test_a_sector_that_is_not_known_counts_without_a_route_and_is_told(tmp_path: Path) -> None:
    result = read_one(written(tmp_path, TEXT.replace("Miami|", "Atlantis|")))
    assert result.frame.filter(place="Atlantis")["route"].null_count() == 12
    assert any("'Atlantis' is no sector that is known" in note for note in result.notes)


def test_a_row_that_lacks_a_month_is_quarantined(tmp_path: Path) -> None:
    result = read_one(written(tmp_path, TEXT.replace("Miami|1|0|", "Miami|1|")))
    assert (result.rows_read, result.accepted, result.quarantined) == (6, 2, 4)
    assert any("found 12 figures, expected 13" in reason for reason in result.quarantine["reason"])


def test_months_in_another_order_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="months from October on"):
        read_printed_table(written(tmp_path, TEXT.replace("October|November", "November|October")))


@pytest.mark.parametrize("text", ["SECTOR|October|September\n", "t,nat,n\n2024-01,SYR,1\n", ""])
def test_other_texts_are_no_printed_table(text: str) -> None:
    assert not is_printed_table(text)
