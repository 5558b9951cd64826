"""Numbers are read, not cleaned: what is certain is read, what may be two numbers is refused with both (RULES Q7)."""

from pathlib import Path

import polars as pl
import pytest

from data.readers.whole_numbers import BOUND_WORDS, is_bound, is_marked, proven_marks, whole
from tests.harness.reading import read_one

pytestmark = pytest.mark.rule("Q7")
HEADS = "unit,route,place,country,nationality,date_from,date_to,value"


def read(*texts: str) -> list[int | None]:
    return pl.DataFrame({"text": texts}).select(whole(pl.col("text"))).to_series().to_list()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1022", 1022), ("-13", -13), ("+7", 7), (" 5 ", 5), ("3.0", 3), ("3.00", 3), ("0.000", 0),
        ("1 022", 1022), ("1\N{NO-BREAK SPACE}022", 1022), ("1’022", 1022), ("1'022'333", 1_022_333),
        ("1,022", 1022), ("1.022", 1022), ("1,022,000", 1_022_000), ("1.022.000", 1_022_000),
        ("12.000", None), ("12,000", None), ("3.000", None), ("1.5", None), ("1,5", None), ("1e3", None), ("", None),
        ("1,22", None), ("1,0222", None), ("01,022", None), ("1,234,567.00", None), ("1.022,000", None), ("abc", None),
        ("−13", None), ("1 22", None), ("20+", None), ("٣", None),
    ],
)  # fmt: skip
def test_a_number_alone_is_read_where_it_can_be_one_number_only(text: str, number: int | None) -> None:
    assert read(text) == [number]


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (("12.000", "1.250"), [12_000, 1250]),
        (("12.000", "1.234.567"), [12_000, 1_234_567]),
        (("12,000", "1,250"), [12_000, 1250]),
        (("12.000", "1,250"), [None, 1250]),  # another mark proves nothing
        (("12.000", "1.250", "3.5"), [None, None, None]),  # dots are decimals here
        (("12.000", "7.0"), [None, 7]),
        (("12.000", "5"), [None, 5]),
    ],
)
def test_the_other_values_of_a_column_prove_a_mark(texts: tuple[str, ...], numbers: list[int | None]) -> None:
    assert read(*texts) == numbers


def test_what_is_bounded_or_marked_is_told_apart() -> None:
    texts = ["12.000", "20+", "~20", "2–3", "2-3", "<5", "at least 7", "-5", "1,022", "1022", "x"]
    table = pl.DataFrame({"text": texts})
    found = table.select(bound=is_bound(pl.col("text")), marked=is_marked(pl.col("text")))
    named = {name: [text for text, hit in zip(texts, found[name], strict=True) if hit] for name in found.columns}
    assert named == {
        "bound": ["20+", "~20", "2–3", "2-3", "<5", "at least 7"], "marked": ["12.000", "1,022"]
    }  # fmt: skip


def counts(folder: Path, *values: str) -> Path:
    rows = [
        f'persons_arrived,Central Mediterranean,P{n},ITA,,2024-01-01,2024-01-31,"{v}"' for n, v in enumerate(values)
    ]
    path = folder / "counts.csv"
    path.write_text("\n".join([HEADS, *rows, ""]), encoding="utf-8")
    return path


def test_a_count_that_may_be_two_numbers_is_refused_with_what_to_do(tmp_path: Path) -> None:
    result = read_one(counts(tmp_path, "12.000", "40", "20+"))
    assert result.frame["value"].to_list() == [40]
    assert result.quarantine["reason"].to_list() == [
        "found 12.000, which may mean thousands or decimals: 12,000 or 12. Write the number without a mark.",
        f"found 20+, {BOUND_WORDS}",
    ]


def test_a_mark_that_is_read_stands_in_the_log(tmp_path: Path) -> None:
    result = read_one(counts(tmp_path, "12.000", "1.250", "40"))
    assert result.frame["value"].to_list() == [12_000, 1250, 40]
    assert result.log.select("found", "kept", "rule").rows() == [
        ("12.000", "12000", "Q7: thousands mark read"), ("1.250", "1250", "Q7: thousands mark read")
    ]  # fmt: skip


@pytest.mark.rule("Q8")
@pytest.mark.parametrize("year", ["1021", "1989", "2124", "0204"])
def test_a_year_that_cannot_be_is_refused(tmp_path: Path, year: str) -> None:
    path = tmp_path / "counts.csv"
    path.write_text(f"{HEADS}\npersons_arrived,Darien,,,,{year}-02-01,{year}-02-28,7\n", encoding="utf-8")
    result = read_one(path)
    assert (result.accepted, result.quarantined) == (0, 1)
    assert "expected a day from 1990-01-01 to a year from today" in result.quarantine["reason"][0]


def test_what_proves_a_mark_in_one_column_proves_it_in_those_beside() -> None:
    table = pl.DataFrame({"missing": ["1,000", "3"], "total": ["1,022", "3"]})
    marks = proven_marks(table, ["missing", "total"])
    found = table.select(whole(pl.col("missing"), marks), whole(pl.col("total"), marks))
    assert (marks, found.rows()) == ({","}, [(1000, 1022), (3, 3)])
