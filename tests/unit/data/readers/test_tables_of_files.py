"""Tables as people really have them: sheets, titles, index columns, other encodings and delimiters."""

import csv
import io
import json
import tempfile
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from data.__main__ import main
from data.cli.template import TEMPLATES
from data.model.errors import DataError
from data.readers.any_layout import LAYOUTS
from data.readers.csv_text import read_csv
from data.readers.registry import is_known, read_file
from tests.harness.reading import read_one, written

HEADER = ("unit", "route", "place", "country", "nationality", "date_from", "date_to", "value")
Cells = list[tuple[object, ...]]


def row(value: object, year: int = 2024, place: str = "Lampedusa") -> tuple[object, ...]:
    return ("persons_arrived", "Central Mediterranean", place, "ITA", "", f"{year}-01-01", f"{year}-01-31", value)


def workbook(path: Path, *sheets: tuple[str, Cells], hidden: tuple[str, ...] = ()) -> Path:
    book = xlsxwriter.Workbook(path)
    for name, cells in sheets:
        sheet = book.add_worksheet(name)
        for number, line in enumerate(cells):
            for column, cell in enumerate(line):
                sheet.write(number, column, cell)
        if name in hidden:
            sheet.hide()
    book.close()
    return path


def text(*rows: tuple[object, ...], delimiter: str = ",", end: str = "\r\n") -> str:
    held = io.StringIO()
    csv.writer(held, delimiter=delimiter, lineterminator=end).writerows([HEADER, *rows])
    return held.getvalue()


def test_every_visible_sheet_is_read_and_each_row_keeps_its_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", ("2023", [HEADER, row(10, 2023)]), ("2024", [HEADER, row(20), row("x", 2022)]))
    result = read_one(path)
    assert (result.rows_read, result.accepted, result.quarantined) == (3, 2, 1)
    assert result.frame.select("sheet", "row", "value").rows() == [("2023", 2, 10), ("2024", 2, 20)]
    assert result.quarantine.select("sheet", "row").rows() == [("2024", 3)]


def test_a_hidden_sheet_is_never_read_and_said(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", ("new", [HEADER, row(1)]), ("old", [HEADER, row(99)]), hidden=("old",))
    result = read_one(path)
    assert result.frame["value"].to_list() == [1]
    assert any("'old' is hidden" in note for note in result.notes)


def test_a_workbook_of_hidden_sheets_alone_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", ("front", []), ("old", [HEADER, row(99)]), hidden=("old",))
    with pytest.raises(DataError, match="'old' is hidden"):
        read_file(path)


def test_a_sheet_that_repeats_the_others_counts_once(tmp_path: Path) -> None:
    whole = [HEADER, row(10, 2023), row(20)]
    path = workbook(tmp_path / "b.xlsx", ("all", whole), ("2023", [HEADER, row(10, 2023)]), ("2024", [HEADER, row(20)]))
    result = read_one(path)
    assert (result.rows_read, result.accepted, result.duplicates, result.frame["value"].sum()) == (4, 2, 2, 30)
    assert any("repeats rows of sheet 'all'" in note for note in result.notes)


def test_sheets_that_share_some_rows_are_added(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", ("a", [HEADER, row(1), row(2)]), ("b", [HEADER, row(1), row(3)]))
    assert read_one(path).frame["value"].sum() == 7


def test_the_header_is_found_below_titles_and_words_below_are_no_rows(tmp_path: Path) -> None:
    cells: Cells = [("Arrivals",), (), HEADER, row(7), (), ("Source: invented",)]
    result = read_one(workbook(tmp_path / "b.xlsx", ("Data", cells)))
    assert (result.rows_read, result.frame["row"].to_list(), result.frame["value"].to_list()) == (1, [4], [7])
    assert any("row 3" in note for note in result.notes)
    assert any("Source: invented" in note for note in result.notes)


def test_tables_under_one_another_are_both_read(tmp_path: Path) -> None:
    cells: Cells = [("First",), HEADER, row(7), (), ("Second",), HEADER, row(8, 2023)]
    result = read_one(workbook(tmp_path / "b.xlsx", ("Data", cells)))
    assert result.frame.sort("row").select("row", "value").rows() == [(3, 7), (7, 8)]


def test_tables_side_by_side_are_both_read(tmp_path: Path) -> None:
    cells: Cells = [(*HEADER, "", *HEADER), (*row(7), "", *row(8, 2023))]
    result = read_one(workbook(tmp_path / "b.xlsx", ("Data", cells)))
    assert sorted(result.frame["value"]) == [7, 8]


def test_a_sheet_that_begins_with_blank_rows_keeps_its_row_numbers(tmp_path: Path) -> None:
    result = read_one(workbook(tmp_path / "b.xlsx", ("Data", [(), (), HEADER, row(7)])))
    assert result.frame["row"].to_list() == [4]


def test_a_formula_without_a_value_and_an_error_are_no_numbers(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "b.xlsx")
    sheet = book.add_worksheet()
    for column, name in enumerate(HEADER):
        sheet.write(0, column, name)
    for number, value in enumerate(("", "#N/A"), start=1):
        for column, cell in enumerate(row("")[:7]):
            sheet.write(number, column, cell)
        sheet.write_formula(number, 7, "=1/0", None, value)
    for column, cell in enumerate(row(5)):
        sheet.write(3, column, cell)
    book.close()
    result = read_one(tmp_path / "b.xlsx")
    assert (result.accepted, result.quarantined) == (1, 2)


def test_a_cell_at_the_far_end_of_a_sheet_is_refused_and_not_asked_memory_for(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "b.xlsx")
    book.add_worksheet().write("XFD1048576", "z")
    book.close()
    with pytest.raises(DataError, match="1,048,576 rows of 16,384 columns"):
        read_file(tmp_path / "b.xlsx")


@pytest.mark.parametrize(
    "content",
    [
        text(row(7)).encode("utf-8-sig"),
        text(row(7)).encode("utf-16"),
        text(row(7)).encode("utf-16-le"),
        text(row(7)).encode("utf-16-be"),
        b"sep=,\n" + text(row(7)).encode("utf-16-le"),
        ("sep=;\n" + text(row(7), delimiter=";")).encode(),
        text(row(7), delimiter=";").encode(),
        text(row(7), delimiter="\t").encode(),
        text(row(7), end="\r").encode(),
        ("Arrivals, invented\r\n\r\n" + text(row(7))).encode(),
        "".join(f"{line},\r\n" for line in text(row(7)).splitlines()).encode(),
        "".join(f"{line},,\r\n" for line in text(row(7)).splitlines()).encode(),
        text(row(7)).replace("value", "value,,").encode(),
        (text(row(7)).splitlines()[0] + "\n" + text(row(7)).splitlines()[1] + ",,,\n").encode(),
        "".join(f"{n},{line}\r\n" for n, line in zip(("", 5), text(row(7)).splitlines(), strict=True)).encode(),
    ],
)
def test_a_table_in_any_of_these_forms_is_the_same_table(tmp_path: Path, content: bytes) -> None:
    result = read_one(written(tmp_path, content))
    assert (result.rows_read, result.accepted, result.frame["value"].to_list()) == (1, 1, [7])


def test_a_first_line_may_name_a_tab_and_nothing_that_is_no_delimiter(tmp_path: Path) -> None:
    tabs = written(tmp_path, ("sep=\t\n" + text(row(7), delimiter="\t")).encode(), "tabs.csv")
    odd = written(tmp_path, ("sep=€\n" + text(row(8))).encode(), "odd.csv")
    quote = written(tmp_path, ('sep="\n' + text(row(9))).encode(), "quote.csv")
    assert [read_one(path).frame["value"].to_list() for path in (tabs, odd, quote)] == [[7], [8], [9]]


def test_tables_under_one_another_in_a_csv_keep_the_lines_of_the_file(tmp_path: Path) -> None:
    path = written(
        tmp_path, f"First\n\n{text(row(7), end=chr(10))}\nSecond\n{text(row(8, 2023), row('x'), end=chr(10))}".encode()
    )
    result = read_one(path)
    assert result.frame.sort("row").select("sheet", "row", "value").rows() == [(None, 4, 7), (None, 8, 8)]
    assert result.quarantine["row"].to_list() == [9]


def test_two_lists_of_one_reply_are_told_apart(tmp_path: Path) -> None:
    lists = {name: [dict(zip(HEADER, row(value), strict=True))] for name, value in (("old", 1), ("new", 2))}
    result = read_one(written(tmp_path, json.dumps({"data": lists}).encode(), "reply.json"))
    assert result.frame.select("sheet", "row", "value").rows() == [("data.old", 1, 1), ("data.new", 1, 2)]


def test_an_error_is_found_in_a_table_that_begins_further_right(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "b.xlsx")
    sheet = book.add_worksheet()
    for number, cells in enumerate((HEADER, row(5), row(""))):
        for column, cell in enumerate(cells):
            sheet.write(number + 2, column + 3, cell)
    sheet.write_formula(4, 10, "=1/0", None, "#DIV/0!")
    book.close()
    result = read_one(tmp_path / "b.xlsx")
    assert (result.accepted, result.quarantined) == (1, 1)
    assert "#DIV/0!" in result.quarantine["reason"][0]


@pytest.mark.parametrize("layout", TEMPLATES)
def test_a_template_has_the_header_of_a_layout_that_is_read(tmp_path: Path, layout: str) -> None:
    path = tmp_path / "mine.csv"
    assert main(["template", layout, "--out", str(path)]) == 0
    assert is_known(TEMPLATES[layout], LAYOUTS)
    assert main(["template", layout, "--out", str(path)]) == 2, "what is there is never overwritten"
    assert path.read_text("utf-8-sig").splitlines() == [",".join(TEMPLATES[layout])]


def test_windows_1252_is_read_and_said(tmp_path: Path) -> None:
    result = read_one(written(tmp_path, text(row(7, place="São Tomé")).encode("cp1252")))
    assert result.frame["place"].to_list() == ["São Tomé"]
    assert any("Windows-1252" in note for note in result.notes)


def test_bytes_that_are_no_text_of_these_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="neither UTF-8 nor Windows-1252"):
        read_file(written(tmp_path, text(row(7, place="x")).encode() + b"\x81\xff"))


def test_a_reply_that_holds_a_list_of_records_is_read_and_says_which(tmp_path: Path) -> None:
    record = dict(zip(HEADER, row(7), strict=True))
    content = pl.DataFrame([record]).write_json()
    result = read_one(
        written(tmp_path, f'{{"data": {{"timeseries": {content}}}, "title": "x"}}'.encode(), "reply.json")
    )
    assert result.frame["value"].to_list() == [7]
    assert any("data.timeseries" in note for note in result.notes)


def test_an_unknown_file_is_told_the_nearest_layouts_and_the_template(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"The nearest layouts: .*it has .*it lacks .*data template counts"):
        read_file(written(tmp_path, b"route,type,nat,t\nx,y,z,2024-01\n"))


CELLS = st.text(alphabet=st.sampled_from(list('ab1,"\n;é ')), max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8), st.booleans(), st.data())
def test_the_quick_way_reads_what_a_csv_reader_reads(rows: list[list[str]], crlf: bool, data: st.DataObject) -> None:
    """Any cells, quoted or not, with rows too long or short among them."""
    held = io.StringIO()
    quoting = data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    odd = data.draw(st.lists(st.sampled_from([["x"], ["1", "2", "3", "4"]]), max_size=2))
    csv.writer(held, quoting=quoting, lineterminator="\r\n" if crlf else "\n").writerows([["p", "q", "r"], *rows, *odd])
    with tempfile.TemporaryDirectory() as place:
        path = written(Path(place), held.getvalue().encode())
        expected = list(csv.reader(io.StringIO(held.getvalue(), newline="")))[1:]
        good = [row for row in expected if len(row) == 3 and any(cell.strip() for cell in row)]
        if not good and not odd:
            with pytest.raises(DataError):
                read_csv(path, lambda names: list(names) == ["p", "q", "r"])
            return
        (table,) = read_csv(path, lambda names: list(names) == ["p", "q", "r"])
        assert table.frame.rows() == [tuple(cell if cell.strip() else None for cell in row) for row in good]
        assert len(table.broken) == len(odd)
