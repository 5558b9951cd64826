"""Declared tables of counts: the page that says how to add one, and what a declaration can say."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.counting.totals import totals
from data.model.errors import DataError
from data.query.selection import Selection
from data.readers import count_layout
from data.readers.count_layout import CountLayout, Day, Expected, Figure, From, Month, Span, Year
from data.readers.layouts import COUNT_LAYOUTS, Publication
from data.readers.result import ReadResult
from data.readers.sources import collect_sources
from data.store.ingest import ingest
from data.store.report import words
from data.store.store import Store
from tests.harness.reading import read_one

PAGE = Path(__file__).parents[4] / "docs" / "how-to" / "add-a-count-reader.md"
NAMES = {name: getattr(count_layout, name) for name in ("CountLayout", "Expected", "Figure", "From", "Month")}
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
    made = eval(block("python"), {**NAMES, "Publication": Publication})  # noqa: S307 — the page's own text
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


def test_no_layout_takes_the_files_of_another() -> None:
    for layout in COUNT_LAYOUTS:
        everything = layout.headers | layout.optional | layout.ignored
        takes = [other.id for other in COUNT_LAYOUTS if other.headers <= everything]
        assert takes == [layout.id]


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
    ],
)
def test_each_form_of_date_is_read_and_no_other(
    tmp_path: Path, period: Month | Day | Year, text: str, days: tuple[date, date], step: str
) -> None:
    layout = replace(SIMPLE, period=period)
    result = read_text(tmp_path, f"when,number\n{text},7\nsoon,8\n", layout)
    assert result.frame.select("date_from", "date_to", "step").rows() == [(*days, step)]
    assert result.quarantine.select("row", "column", "value").rows() == [(3, "when", "soon")]


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
