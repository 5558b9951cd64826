"""The yearly workbook of US Immigration and Customs Enforcement: which tables are read, of which days, and what is left."""

import polars as pl

from data.readers.grid import ROW
from data.readers.us_ice import ALTERNATIVES, AVERAGE, DETAINED, FIRST, LAST, PEOPLE, STATE, STATISTIC, ice_tables

ATD = [["ICE ALTERNATIVES TO DETENTION DATA, FY25", None, None], ["Technology", "Count", "Daily Tech Cost"],
       ["SmartLINK", "900", "864.1"], ["Total", "900", "864.1"], ["Data from BI Inc. Participants Report, 1.04.2025", None, None],
       ["AOR/Technology", "Count", "Average Length in Program"], ["Boston", "9", "1"]]  # fmt: skip
HELD = [["Processing Disposition", "Adult", "Total"], ["Total", "80", "100"], ["Other", "80", "100"], [None, None, None],
        ["Expedited", "5", "5"]]  # fmt: skip
HEADS = ["Name", "Address", "City", "State", "FY25 ALOS", "Level A", "Level B", "Level C", "Level D"]
PLACES = [["ICE FACILITIES DATA, FY25 YTD", *[None] * 8], ["Data Source: IIDS, 01/06/2025", *[None] * 8], HEADS,
          ["PLACE A", "1 STREET", "TOWN", "TX", "30", "1.5", "2", "3", "0.5"],
          ["PLACE B", "2 STREET", "TOWN", "TX", "30", "1", "2", None, "4"]]  # fmt: skip
NOTES = [["Term", "Definition"], ["Held", "ICE National Docket data are a snapshot as of 01/05/2025 (IIDS)."]]


def sheet(name: str, rows: list[list[str | None]], *, visible: bool = True) -> tuple[str, bool, pl.DataFrame]:
    schema = {f"c{number}": pl.String for number in range(len(rows[0]))}
    return name, visible, pl.DataFrame(rows, schema=schema, orient="row").with_row_index(ROW, offset=1)


def found(*sheets: tuple[str, bool, pl.DataFrame]) -> list[dict[str, str | None]]:
    return [row for table in ice_tables(sheets) for row in table.frame.to_dicts()]


EVERY = (sheet("ATD", ATD), sheet("Held", HELD), sheet("Places", PLACES), sheet("Footnotes", NOTES))


def test_each_table_is_of_the_days_that_its_sheet_or_its_footnotes_state() -> None:
    days = {row[STATISTIC]: (row[FIRST], row[LAST]) for row in found(*EVERY)}
    assert days == {ALTERNATIVES: ("2025-01-04", "2025-01-04"), DETAINED: ("2025-01-05", "2025-01-05"),
                    AVERAGE: ("2024-10-01", "2025-01-06")}  # fmt: skip


def test_a_table_ends_where_its_numbers_end() -> None:
    rows = found(*EVERY)
    assert [row[PEOPLE] for row in rows if row[STATISTIC] == ALTERNATIVES] == ["900", "900"]
    assert [row[PEOPLE] for row in rows if row[STATISTIC] == DETAINED] == ["100", "100"]


def test_of_a_place_its_state_alone_is_taken_and_a_level_that_is_missing_is_not_0() -> None:
    places = [row for row in found(*EVERY) if row[STATISTIC] == AVERAGE]
    assert [(row[STATE], row[PEOPLE]) for row in places] == [("TX", "7.0"), ("TX", None)]
    words = " ".join(cell or "" for row in found(*EVERY) for cell in row.values())
    assert not [word for word in ("PLACE", "STREET", "TOWN") if word in words]


def test_without_a_day_a_figure_has_none_and_another_workbook_is_left_to_others() -> None:
    assert {row[FIRST] for row in found(*EVERY[:2]) if row[STATISTIC] == DETAINED} == {None}
    assert ice_tables([EVERY[1]]) == []
    assert ice_tables([sheet("ATD", ATD, visible=False)]) == []
