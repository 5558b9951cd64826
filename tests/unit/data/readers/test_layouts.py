"""Declared tables of counts: the page that says how to add one, and what a declaration can say."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.counting.totals import totals
from data.model.days import EARLIEST
from data.model.errors import DataError
from data.model.sources import Publication
from data.query.selection import Selection
from data.readers.choose_layout import fitting_layouts
from data.readers.count_figures import Figure, From
from data.readers.count_layout import CountLayout, Expected, Whole
from data.readers.layouts import COUNT_LAYOUTS
from data.readers.periods import CELL, HEADING, Day, InColumns, Month, MonthAndYear, Span, ToDate, Week, Year
from data.readers.result import ReadResult
from data.readers.sources import collect_sources
from data.store.ingest import ingest
from data.store.report import words
from data.store.store import Store
from tests.harness.reading import read_one

PAGE = Path(__file__).parents[4] / "docs" / "how-to" / "add-a-count-reader.md"
NAMES = {one.__name__: one for one in (CountLayout, Expected, Figure, From, Month, Publication)}
SIMPLE = CountLayout(
    id="simple-monthly",
    source="simple",
    publication=Publication("Nobody", "Invented counts", "Nobody, invented counts", "CC0 1.0"),
    headers=frozenset({"when", "number"}),
    period=Month("when"),
    figures=(Figure("number", "persons_arrived"),),
)


def block(language: str) -> str:
    """Return the page's piece of code in a language."""
    found = re.search(rf"^```{language}\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


def declared() -> CountLayout:
    """Return the declaration that stands on the page."""
    made = eval(block("python"), dict(NAMES))  # noqa: S307 — the page's own text
    assert isinstance(made, CountLayout)
    return made


def read_text(folder: Path, text: str, layout: CountLayout) -> ReadResult:
    path = folder / "counts.csv"
    path.write_text(text, encoding="utf-8")
    return read_one(path, (layout,))


def test_the_page_on_count_readers_can_be_followed(tmp_path: Path) -> None:
    file, store = tmp_path / "people-met-at-sea.csv", Store(tmp_path / "store")
    file.write_text(block("csv"), encoding="utf-8")
    with pytest.raises(DataError, match="no known layout has"):
        ingest([file], store)
    report = ingest([file], store, layouts=(*COUNT_LAYOUTS, declared()))
    one = report["files"][0]
    lines = [line.strip() for line in words(report).splitlines() if line.strip().startswith("rows read")]
    lines += [f"row {q['row']}, column '{q['column']}': {q['reason']}" for q in one["quarantine"]]
    assert sorted(lines) == sorted(block("text").splitlines())
    assert one["values"] == {"persons_arrived": 12, "persons_intercepted": 1204 + 96}
    assert (one["unread_columns"], one["notes"]) == ([], [])
    vintage = store.current()
    row = vintage.sources.to_dicts()[0]
    publication = declared().publication
    assert (row["source"], row["publisher"], row["licence"]) == (
        declared().source, publication.publisher, publication.licence,
    )  # fmt: skip
    answer = totals(vintage, Selection(), measure="interceptions", by="month")
    assert [(group.key, group.value) for group in answer.groups][:1] == [("2024-01", 1300)]


def headings_of(layout: CountLayout) -> list[str]:
    """Return every heading that a file of a layout may have."""
    period, named = layout.period, layout.headers | layout.optional | layout.ignored
    months = [] if not isinstance(period, InColumns) else ["October"]
    if isinstance(period, InColumns) and isinstance(period.of, Month):
        months = [period.of.form]
    return [*sorted(named), *months]


def test_of_several_layouts_that_fit_the_one_that_names_most_headings_is_taken() -> None:
    for layout in COUNT_LAYOUTS:
        takes = {one.id for one in fitting_layouts(headings_of(layout), COUNT_LAYOUTS)}
        same = {one.id for one in COUNT_LAYOUTS if one.headers == layout.headers and one.never}
        assert takes == {layout.id} | same, layout.id


def test_layouts_with_the_same_headings_can_be_told_by_what_they_never_hold() -> None:
    for one in COUNT_LAYOUTS:
        others = [other for other in COUNT_LAYOUTS if other.headers == one.headers and other.id != one.id]
        if not isinstance(one.period, InColumns):
            assert all(one.never and other.never and one.never != other.never for other in others)


def test_ids_of_layouts_are_distinct() -> None:
    assert len({layout.id for layout in COUNT_LAYOUTS}) == len(COUNT_LAYOUTS)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"headers": frozenset({"number"})}, "when is read, but stands neither in headers"),
        ({"ignored": frozenset({"number"})}, "number is both read and ignored"),
        ({"figures": ()}, "has no figure"),
        ({"figures": (Figure("number", "souls"),)}, "souls is no unit"),
        ({"figures": (Figure("number", From("when")),)}, "needs words"),
        (
            {"figures": (Figure("number", "persons_arrived", route="western-africa-atlantik"),)},
            "is no route of data/files",
        ),
        ({"figures": (Figure("number", "persons_arrived", country="SNG"),)}, "SNG is no country of data/files"),
        ({"figures": (Figure("number", "persons_arrived", mode="boat"),)}, "boat is no mode that is known"),
        ({"period": Month("when", "24/06")}, "form of its dates"),
        ({"period": Day("when", "6-30")}, "form of its dates"),
        ({"known": {"kind": ("men",)}}, "kind has known words, but is not among its columns"),
        ({"latest": "report"}, "report is read, but stands neither in headers"),
        ({"period": InColumns(Month(HEADING))}, "periods in headings need figures of CELL"),
        ({"again": {"simple": "all"}}, "goes before itself"),
        (
            {"figures": (Figure("number", From("when", words={"a": "persons_arrived"}, is_open=True)),)},
            "a unit from a column needs words",
        ),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=f"layout simple-monthly: .*{sentence}"):
        replace(SIMPLE, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("period", "text", "days", "step"),
    [
        (Month("when", "06/2024"), "02/2024", (date(2024, 2, 1), date(2024, 2, 29)), "month"),
        (Month("when", "Jun 2024"), "Feb 2024", (date(2024, 2, 1), date(2024, 2, 29)), "month"),
        (Day("when", "30/06/2024"), "03/04/2024", (date(2024, 4, 3), date(2024, 4, 3)), "day"),
        (Day("when", "06/30/2024"), "03/04/2024", (date(2024, 3, 4), date(2024, 3, 4)), "day"),
        (Day("when", "30.06.2024"), "3.4.2024", (date(2024, 4, 3), date(2024, 4, 3)), "day"),
        (Year("when"), "2024", (date(2024, 1, 1), date(2024, 12, 31)), "year"),
        (Month("when", "JUN2024"), "FEB2024", (date(2024, 2, 1), date(2024, 2, 29)), "month"),
        (Month("when", "202406"), "202402", (date(2024, 2, 1), date(2024, 2, 29)), "month"),
        (Month("when", "Jun-2024"), "Feb-2024", (date(2024, 2, 1), date(2024, 2, 29)), "month"),
        (Month("when", "2024M06"), "2024M02", (date(2024, 2, 1), date(2024, 2, 29)), "month"),
        (Month("when", yearly_until=2023), "2023-01", (date(2023, 1, 1), date(2023, 12, 31)), "year"),
        (Month("when", yearly_until=2023), "2024-01", (date(2024, 1, 1), date(2024, 1, 31)), "month"),
        (Week("when"), "2024-03-03", (date(2024, 2, 26), date(2024, 3, 3)), "week"),
        (Day("when"), "2024-03-03T00:00:00", (date(2024, 3, 3), date(2024, 3, 3)), "day"),
        (ToDate("when"), "2024-03-15", (date(2024, 1, 1), date(2024, 3, 15)), "year"),
    ],
)
def test_each_form_of_date_is_read_and_no_other(
    tmp_path: Path, period: Month | Day | Week | ToDate | Year, text: str, days: tuple[date, date], step: str
) -> None:
    layout = replace(SIMPLE, period=period)
    result = read_text(tmp_path, f"when,number\n{text},7\nsoon,8\n", layout)
    assert result.frame.select("date_from", "date_to", "step").rows() == [(*days, step)]
    assert result.quarantine.select("row", "column", "value").rows() == [(3, "when", "soon")]


@pytest.mark.parametrize(
    ("month", "year", "days"),
    [
        ("OCT", "2020", (date(2019, 10, 1), date(2019, 10, 31))),
        ("DEC", "2020", (date(2019, 12, 1), date(2019, 12, 31))),
        ("JAN", "2020", (date(2020, 1, 1), date(2020, 1, 31))),
        ("September", "2020", (date(2020, 9, 1), date(2020, 9, 30))),
    ],
)
def test_a_fiscal_year_is_called_after_the_one_in_which_it_ends(
    tmp_path: Path, month: str, year: str, days: tuple[date, date]
) -> None:
    layout = replace(SIMPLE, headers=frozenset({"m", "y", "number"}), period=MonthAndYear("m", "y", starts=10))
    result = read_text(tmp_path, f"m,y,number\n{month},{year},7\nTotal,{year},7\n13,{year},7\n", layout)
    assert result.frame.select("date_from", "date_to").rows() == [days]
    assert result.quarantine.select("row", "column").rows() == [(3, "m"), (4, "m")]


def test_a_count_to_date_begins_in_january(tmp_path: Path) -> None:
    layout = replace(SIMPLE, headers=frozenset({"m", "y", "number"}), period=MonthAndYear("m", "y", is_to_date=True))
    result = read_text(tmp_path, "m,y,number\n11,2016,7\n", layout)
    assert result.frame.select("date_from", "date_to", "step").rows() == [
        (date(2016, 1, 1), date(2016, 11, 30), "year")
    ]


def test_a_yearly_figure_under_another_month_than_january_is_quarantined(tmp_path: Path) -> None:
    layout = replace(SIMPLE, period=Month("when", yearly_until=2019))
    result = read_text(tmp_path, "when,number\n2019-01,5\n2019-02,6\n2020-02,7\n", layout)
    assert result.frame["value"].to_list() == [5, 7]
    assert "of a whole year, under January" in result.quarantine["reason"].item()


def test_a_declaration_can_say_that_its_series_begins_before_1990_and_no_other_does(tmp_path: Path) -> None:
    text = "when,number\n1975,1\n1976,2\n1990,3\n"
    early = replace(SIMPLE, period=Year("when"), since=date(1976, 1, 1))
    result = read_text(tmp_path, text, early)
    assert (result.frame["value"].to_list(), result.quarantine["row"].to_list()) == ([2, 3], [2])
    assert "from 1976-01-01" in result.quarantine["reason"].item()
    assert read_text(tmp_path, text, replace(early, since=EARLIEST)).frame["value"].to_list() == [3]


IN_HEADINGS = replace(
    SIMPLE, headers=frozenset({"who"}), period=InColumns(Month(HEADING, "JUN2024")), blank="absent",
    figures=(Figure(CELL, "persons_arrived", place=From("who")),), totals={"who": ("Total",)},
)  # fmt: skip


def test_months_that_are_headings_give_a_count_each_and_a_blank_none(tmp_path: Path) -> None:
    result = read_text(tmp_path, "who,FEB2024,MAR2024,NOTE\na,1,2,x\nb,,4,y\nTotal,1,6,z\n", IN_HEADINGS)
    assert result.frame.select("row", "date_from", "value").rows() == [
        (2, date(2024, 2, 1), 1), (2, date(2024, 3, 1), 2), (3, date(2024, 3, 1), 4),
    ]  # fmt: skip
    assert (result.rows_read, result.accepted, result.quarantined) == (3, 2, 1)
    assert result.unread_columns == ("NOTE",)


def test_one_bad_cell_below_a_month_is_withheld_and_its_row_stands(tmp_path: Path) -> None:
    result = read_text(tmp_path, "who,FEB2024,MAR2024\na,-3,2\nb,x,y\nc,,\n", IN_HEADINGS)
    assert result.frame.select("row", "value").rows() == [(2, None), (2, 2), (4, None)]
    assert result.log.select("row", "column", "found", "kept").rows() == [(2, "FEB2024", "-3", None)]
    assert sorted(result.quarantine.select("row", "column").rows()) == [(3, "FEB2024"), (3, "MAR2024")]
    assert "Row 2, column 'FEB2024': found -3" in result.notes[0]


def test_a_heading_that_is_no_month_of_the_calendar_is_not_read_as_one(tmp_path: Path) -> None:
    result = read_text(tmp_path, "who,FEB2024,ABC2024\na,1,2\n", IN_HEADINGS)
    assert (result.accepted, result.quarantined) == (0, 1)
    assert result.quarantine.select("column", "value").rows() == [("ABC2024", "ABC2024")]


def test_a_row_whose_counts_do_not_add_up_to_its_sum_is_told_and_kept(tmp_path: Path) -> None:
    layout = replace(IN_HEADINGS, headers=frozenset({"who", "sum"}), row_sum="sum")
    result = read_text(tmp_path, 'who,FEB2024,MAR2024,sum\na,"1,000",2,"1,002"\nb,3,4,8\n', layout)
    assert result.frame["value"].sum() == 1009
    assert result.notes == ("Row 3: its counts add up to 7, and 'sum' says 8. The counts are kept.",)


REPORTS = replace(
    SIMPLE, headers=frozenset({"when", "number", "report"}), period=Day("when"), latest="report", blank="refused"
)


def test_the_newest_report_of_a_day_counts_whatever_the_order_and_older_ones_are_duplicates(tmp_path: Path) -> None:
    rows = ["2024-05-01,7,2024-05-15", "2024-05-01,5,2024-05-02", "2024-05-02,3,2024-05-15", "2024-05-02,3,2024-05-02"]
    for order in (rows, rows[::-1]):
        result = read_text(tmp_path, "when,number,report\n" + "\n".join(order) + "\n", REPORTS)
        assert sorted(result.frame["value"].to_list()) == [3, 7]
        assert (result.rows_read, result.accepted, result.duplicates) == (4, 2, 2)
        assert result.log.select("found", "kept").rows() == [("5", "7")]


def test_a_day_after_its_report_is_no_zero(tmp_path: Path) -> None:
    result = read_text(tmp_path, "when,number,report\n2024-05-20,0,2024-05-15\n2024-05-15,0,2024-05-15\n", REPORTS)
    assert result.frame.select("row", "value").rows() == [(3, 0)]
    assert "after the day of its report" in result.quarantine["reason"].item()


def test_one_report_that_says_two_things_of_a_day_is_quarantined(tmp_path: Path) -> None:
    text = "when,number,report\n2024-05-01,7,2024-05-15\n2024-05-01,8,2024-05-15\n2024-05-02,3,2024-05-15\n"
    result = read_text(tmp_path, text, REPORTS)
    assert (result.frame["value"].to_list(), result.quarantined) == ([3], 2)


def test_a_years_running_count_is_that_of_its_newest_report_alone(tmp_path: Path) -> None:
    layout = replace(REPORTS, headers=frozenset({"number", "report", "who"}), period=ToDate("report"),
                     figures=(Figure("number", "persons_arrived", place=From("who")),))  # fmt: skip
    text = "who,number,report\na,5,2024-06-30\nb,2,2024-06-30\na,9,2024-12-31\nc,4,2024-12-31\na,1,2025-01-15\n"
    result = read_text(tmp_path, text, layout)
    assert result.frame.select("place", "value").rows() == [("a", 9), ("c", 4), ("a", 1)]
    assert (result.rows_read, result.accepted, result.duplicates) == (5, 3, 2)


def test_a_whole_is_counted_only_where_its_parts_are_not_there(tmp_path: Path) -> None:
    layout = replace(SIMPLE, headers=frozenset({"when", "number", "level", "of"}),
                     whole=Whole("level", ("Country",), of=("of", "when")))  # fmt: skip
    text = "when,number,level,of\n2024-01,9,Country,Italy\n2024-01,9,Province,Italy\n2024-01,4,Country,Malta\n"
    result = read_text(tmp_path, text, layout)
    assert (result.frame["value"].to_list(), result.quarantine["row"].to_list()) == ([9, 4], [2])


KNOWN = replace(SIMPLE, headers=frozenset({"when", "number", "kind"}), known={"kind": ("men", "women")})


def test_a_word_that_nobody_declared_is_named_and_a_total_among_parts_is_never_added(tmp_path: Path) -> None:
    text = "when,number,kind\n2024-01,1,men\n2024-01,2,women\n2024-01,4,others\n2024-01,7,All\n2024-02,7,Grand total\n"
    result = read_text(tmp_path, text, KNOWN)
    assert result.frame["value"].to_list() == [1, 2, 4]
    (said,) = result.notes
    assert said.startswith("Column 'kind' has 1 row of 'others', a word that is new here.")
    assert result.quarantine.select("row", "column").rows() == [(5, "kind"), (6, "kind")]


def test_what_is_no_known_country_is_counted_without_a_nationality_and_logged(tmp_path: Path) -> None:
    layout = replace(SIMPLE, headers=frozenset({"when", "number", "nat"}), figures=(
        Figure("number", "persons_arrived", nationality=From("nat", form="nationality", none=("OOO",))),))  # fmt: skip
    names = ["SYR", "Turkey", "TR", '"CHINA, PEOPLES REPUBLIC OF"', "OOO", "Atlantis", ""]
    text = "when,number,nat\n" + "".join(f"2024-01,{n},{name}\n" for n, name in enumerate(names, start=1))
    result = read_text(tmp_path, text, layout)
    assert result.frame["nationality"].to_list() == ["SYR", "TUR", "TUR", "CHN", None, None, None]
    assert result.frame["value"].sum() == 28
    assert result.log.select("row", "found", "kept").rows() == [(7, "Atlantis", None)]


def test_a_word_may_state_nothing_and_an_open_column_takes_any(tmp_path: Path) -> None:
    layout = replace(SIMPLE, headers=frozenset({"when", "number", "how"}), figures=(
        Figure("number", "persons_arrived", mode=From("how", words={"boat": "sea", "both": None})),))  # fmt: skip
    text = "when,number,how\n2024-01,1,boat\n2024-01,2,both\n2024-01,4,train\n"
    result = read_text(tmp_path, text, layout)
    assert (result.frame["mode"].to_list(), result.quarantine["row"].to_list()) == (["sea", None], [4])
    is_open = replace(layout, figures=(
        Figure("number", "persons_arrived", mode=From("how", words={"boat": "sea"}, is_open=True)),))  # fmt: skip
    assert read_text(tmp_path, text, is_open).frame["mode"].to_list() == ["sea", None, None]


def test_what_the_file_does_not_say_stands_in_the_report(tmp_path: Path) -> None:
    result = read_text(tmp_path, "when,number\n2024-01,1\n", replace(SIMPLE, assumes="It is taken for Italy's."))
    assert result.notes == ("It is taken for Italy's.",)


@pytest.mark.parametrize(
    ("rows", "is_far"),
    [(["2024-01,40"], False), (["2024-01,5"], False), (["2024-01,310"], True), (["2024-01,100"], False),
     (["2024-01,50"] * 2, True)],
)  # fmt: skip
def test_what_lies_far_outside_is_told_apart(tmp_path: Path, rows: list[str], is_far: bool) -> None:
    expected = Expected(rows=(1, 10), per_period=(0, 1000), totals={"persons_arrived": (30, 100)})
    result = read_text(tmp_path, "when,number\n" + "\n".join(rows) + "\n", replace(SIMPLE, expected=expected))
    assert bool(result.far_outside) is is_far
    assert set(result.far_outside) <= set(result.notes)


def test_a_column_that_is_emptier_than_ever_is_told(tmp_path: Path) -> None:
    layout = replace(SIMPLE, headers=frozenset({"when", "number", "nat"}),
                     expected=Expected(rows=(1, 10), per_period=(0, 100), fill={"nat": 0.9}))  # fmt: skip
    half = read_text(tmp_path, "when,number,nat\n2024-01,1,SYR\n2024-02,1,\n", layout)
    assert half.notes[0] == "50% of column 'nat' is filled, where at least 90% is expected."
    assert half.far_outside == ()
    none = read_text(tmp_path, "when,number,nat\n2024-01,1,\n2024-02,1,\n", layout)
    assert len(none.far_outside) == 1


def test_a_span_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    layout = replace(SIMPLE, headers=frozenset({"from", "to", "number"}), period=Span("from", "to"))
    result = read_text(tmp_path, "from,to,number\n2024-02-02,2024-02-01,7\n2024-02-01,2024-02-29,8\n", layout)
    assert (result.frame["value"].to_list(), result.quarantine["column"].to_list()) == ([8], ["to"])


def test_what_lies_outside_the_expected_range_is_a_warning_and_stays(tmp_path: Path) -> None:
    layout = replace(SIMPLE, expected=Expected(rows=(3, 10), per_period=(0, 100)))
    result = read_text(tmp_path, "when,number\n2024-01,101\n2024-02,7\n", layout)
    assert result.frame["value"].to_list() == [101, 7]
    assert result.notes == (
        "2 rows are outside the 3 to 10 that are expected of this layout.",
        "The month from 2024-01-01 has 101 persons_arrived, outside the 0 to 100 that are expected.",
        "Compare the file with its publisher's page.",
    )


def test_a_column_that_the_declaration_does_not_name_is_reported(tmp_path: Path) -> None:
    result = read_text(tmp_path, "when,number,new\n2024-01,101,x\n", SIMPLE)
    assert result.unread_columns == ("new",)


def test_a_row_that_sums_up_others_is_never_added_even_where_it_has_a_fault(tmp_path: Path) -> None:
    layout = replace(SIMPLE, totals={"when": ("Total", "Sum")})
    result = read_text(tmp_path, "when,number\n2024-01,5\n Total ,5\nSum,x\n", layout)
    assert result.frame["value"].to_list() == [5]
    assert (result.rows_read, result.accepted, result.quarantined) == (3, 1, 2)


def test_an_unknown_count_is_null_and_a_refused_one_is_quarantined(tmp_path: Path) -> None:
    text = "when,number\n2024-01,\n2024-02,4\n"
    assert read_text(tmp_path, text, SIMPLE).frame["value"].to_list() == [None, 4]
    assert read_text(tmp_path, text, replace(SIMPLE, blank="refused")).quarantine["row"].to_list() == [2]


def test_two_layouts_of_one_source_are_one_publishers() -> None:
    other = replace(COUNT_LAYOUTS[1], id="another", publication=replace(COUNT_LAYOUTS[1].publication, licence="none"))
    with pytest.raises(ValueError, match=r"layout another: its source '.*' has another publisher, title or licence"):
        collect_sources((), (*COUNT_LAYOUTS, other))
