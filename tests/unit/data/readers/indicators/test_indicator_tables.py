"""A declared table of indicators: where each row of it ends, and what is never a number, a country or a part."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.model.errors import DataError
from data.model.sources import Publication
from data.readers.indicators.layout import AreaFrom, IndicatorLayout, Series, WordFrom
from data.readers.periods import Year
from data.readers.registry import read_file
from data.readers.result import ReadResult

STATED: dict[str, Any] = {
    "id": "nordland-decisions",
    "source": "nordland-decisions",
    "publication": Publication("Nordland", "Decisions", "Nordland, decisions", "CC BY 4.0"),
    "headers": frozenset({"year", "geo", "citizen", "sex", "kind", "n"}),
    "optional": frozenset({"flag"}),
    "period": Year("year"),
    "area": AreaFrom("geo", "eurostat", is_needed=True),
    "partner": AreaFrom("citizen", "eurostat"),
    "parts": {"sex": WordFrom("sex", words={"F": "F", "M": "M"}, totals=("T",))},
    "series": (Series("n", WordFrom("kind", words={"REJECTED": "asylum_rejected", "ALL": "asylum_decisions"})),),
    "flag": "flag",
    "flags": {"c": "withheld"},
}
HEAD = "year,geo,citizen,sex,kind,n,flag"


def read(folder: Path, *lines: str, **other: Any) -> ReadResult:
    path = folder / "decisions.csv"
    path.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    (result,) = read_file(path, [IndicatorLayout(**(STATED | other))])
    return result


def columns(result: ReadResult, *names: str) -> list[tuple[Any, ...]]:
    return result.frame.select(names).rows()


def test_a_row_gives_one_figure_with_its_areas_period_part_and_unit(tmp_path: Path) -> None:
    result = read(tmp_path, '2024,EL,SY,F,REJECTED,"1,234",p')
    names = ("indicator", "area", "partner", "breakdown", "totals", "date_from", "date_to", "value", "unit", "flag")
    row = (
        "asylum_rejected",
        "GRC",
        "SYR",
        "sex=F",
        None,
        date(2024, 1, 1),
        date(2024, 12, 31),
        1234.0,
        "decisions",
        "p",
    )
    assert columns(result, *names) == [row]


def test_totals_are_kept_and_marked_by_what_they_sum_up(tmp_path: Path) -> None:
    result = read(tmp_path, "2024,EU28,TOTAL,T,ALL,30,", "2024,DE,TOTAL,T,ALL,20,", "2024,DE,SY,T,ALL,5,",
                  "2024,DE,SY,M,ALL,3,")  # fmt: skip
    assert columns(result, "area", "partner", "breakdown", "totals") == [
        ("eu-28", None, None, "area;partner;sex"), ("DEU", None, None, "partner;sex"), ("DEU", "SYR", None, "sex"),
        ("DEU", "SYR", "sex=M", None),
    ]  # fmt: skip


@pytest.mark.rule("R11")
@pytest.mark.parametrize(
    ("text", "flag", "kind"),
    [(":", "", "unknown"), ("..", "", "unknown"), ("", "", "unknown"), ("NA", "", "unknown"),
     ("<5", "", "below_threshold"), ("<10", "", "below_threshold"), (":", "c", "withheld"), ("7", "c", "withheld")],
)  # fmt: skip
def test_what_stands_for_no_value_is_a_kind_of_absence_and_never_zero(
    tmp_path: Path, text: str, flag: str, kind: str
) -> None:
    result = read(tmp_path, "2024,DE,SY,T,ALL,0,", f"2024,DE,AF,T,ALL,{text},{flag}")
    assert columns(result, "value", "absence") == [(0.0, None), (None, kind)]


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("2024,TOTAL,XX,T,ALL,5,", "citizen", "table of codes"),
        ("2024,,SY,T,ALL,5,", "geo", "table of codes"),
        ("2024,DE,SY,X,ALL,5,", "sex", "expected one of F, M, T."),
        ("2024,DE,SY,T,OTHER,5,", "kind", "expected one of ALL, REJECTED."),
        ("20x4,DE,SY,T,ALL,5,", "year", "expected a year such as 2024"),
        ("1890,DE,SY,T,ALL,5,", "year", "expected a year such as 2024"),
        ("2024,DE,SY,T,ALL,some,", "n", "expected a number"),
        ("2024,DE,SY,T,ALL,-1,", "n", "expected a number"),
        ("2024,DE,SY,T,ALL,~20,", "n", "a bound and not a number"),
    ],
)
def test_a_row_with_a_fault_is_quarantined_with_column_and_reason(
    tmp_path: Path, line: str, column: str, words: str
) -> None:
    result = read(tmp_path, "2023,DE,SY,T,ALL,1,", line)
    ((found, reason),) = result.quarantine.select("column", "reason").rows()
    assert (found, words in reason) == (column, True), reason
    assert (result.rows_read, result.accepted, result.quarantined) == (2, 1, 1)


def test_a_row_that_repeats_another_is_a_duplicate_and_one_that_contradicts_it_is_at_fault(tmp_path: Path) -> None:
    line = "2024,DE,SY,T,ALL,5,"
    result = read(tmp_path, line, line, "2024,DE,SY,T,ALL,6,")
    assert (result.accepted, result.duplicates, result.quarantined) == (1, 1, 1)
    assert "another value of the same in row 2" in result.quarantine["reason"][0]
    kept = read(tmp_path, line, "2024,DE,SY,T,ALL,6,", is_summed=True)
    assert (kept.accepted, kept.frame["value"].sum()) == (2, 11)


def test_columns_that_nobody_declared_are_named_and_demonstration_is_marked(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(f"{HEAD},extra,demonstration\n2024,DE,SY,T,ALL,5,,x,yes", encoding="utf-8")
    (result,) = read_file(path, [IndicatorLayout(**STATED)])
    assert result.unread_columns == ("extra",)
    assert (result.about.id, result.about.is_demonstration) == ("demonstration-nordland-decisions", True)


def test_a_column_of_names_of_persons_refuses_the_file(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(f"{HEAD},full_name\n2024,DE,SY,T,ALL,5,,Anna Musterfrau", encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_file(path, [IndicatorLayout(**STATED)])
    assert error.value.code == "PERSONAL_DATA"


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"series": (Series("n", "nothing_declared"),)}, "no published indicator"),
        ({"series": (Series("m", "asylum_rejected"),)}, "m is read, but stands neither"),
        ({"series": ()}, "it has no series"),
        ({"blank": "zero"}, "zero is no kind of absence"),
        ({"absent": {":": "nil"}}, "nil is no kind of absence"),
        ({"ignored": frozenset({"n"})}, "n is both read and ignored"),
    ],
)
def test_a_declaration_that_contradicts_itself_is_refused(other: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        IndicatorLayout(**(STATED | other))


def test_a_publishers_shares_keep_their_denominators(tmp_path: Path) -> None:
    path = tmp_path / "shares.csv"
    path.write_text("year,geo,citizen,sex,kind,n,of\n2024,DE,SY,T,ALL,5,20", encoding="utf-8")
    layout = IndicatorLayout(**(STATED | {
        "headers": frozenset({"year", "geo", "citizen", "sex", "kind", "n", "of"}),
        "series": (Series("n", "asylum_rejected", denominator="of"),), "others": {"kind": ("ALL",)},
    }))  # fmt: skip
    (result,) = read_file(path, [layout])
    assert columns(result, "value", "numerator", "denominator") == [(5.0, 5.0, 20.0)]
    assert isinstance(result.frame, pl.DataFrame)
