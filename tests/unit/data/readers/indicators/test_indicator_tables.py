"""A declared table of indicators: where each row of it ends, and what is never a number, a country or a part."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.model.errors import DataError
from data.model.sources import Publication
from data.readers.indicators.layout import YEAR, AreaFrom, IndicatorLayout, Series, WordFrom
from data.readers.periods import Quarter, Year
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


def test_a_row_that_repeats_another_is_a_duplicate_and_two_that_contradict_each_other_are_at_fault(
    tmp_path: Path,
) -> None:
    line = "2024,DE,SY,T,ALL,5,"
    result = read(tmp_path, line, line, "2024,DE,AF,T,ALL,5,", "2024,DE,AF,T,ALL,6,")
    assert (result.accepted, result.duplicates, result.quarantined) == (1, 1, 2)
    reasons = result.quarantine["reason"].to_list()
    assert ["in row 5" in reasons[0], "in row 4" in reasons[1]] == [True, True], reasons
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


def test_a_dimension_without_parts_has_no_totals_and_one_with_parts_has(tmp_path: Path) -> None:
    totals = ["2024,DE,SY,T,ALL,5,", "2024,DE,AF,T,ALL,4,"]
    assert columns(read(tmp_path, *totals), "totals") == [(None,), (None,)]
    assert columns(read(tmp_path, *totals, "2024,DE,AF,F,ALL,4,"), "totals") == [("sex",), ("sex",), (None,)]


def test_words_for_several_parts_together_are_totals_that_keep_their_word(tmp_path: Path) -> None:
    sexes = WordFrom("sex", totals=("T",), overlaps=("F+M",))
    result = read(tmp_path, "2024,DE,SY,T,ALL,5,", "2024,DE,SY,F+M,ALL,4,", "2024,DE,SY,F,ALL,2,", parts={"sex": sexes})
    assert columns(result, "breakdown", "totals") == [(None, "sex"), ("sex=F+M", "sex"), ("sex=F", None)]


def test_a_signed_indicator_may_be_below_zero_and_another_not(tmp_path: Path) -> None:
    series = (Series("n", WordFrom("kind", words={"NET": "net_migration", "ALL": "asylum_decisions"})),)
    result = read(tmp_path, "2024,DE,SY,T,NET,-5.5,", "2024,DE,SY,T,ALL,-5,", series=series)
    assert columns(result, "indicator", "value") == [("net_migration", -5.5)]
    assert result.quarantined == 1


def test_the_year_of_all_rows_may_stand_in_a_sum_below_them(tmp_path: Path) -> None:
    stated = {"year_in": ("citizen", r"(?i)total (\d{4})"), "sums": {"citizen": "(?i)total"}, "period": Year(YEAR),
              "headers": frozenset({"geo", "citizen", "sex", "kind", "n"}), "ignored": frozenset({"year"})}  # fmt: skip
    result = read(tmp_path, ",DE,SY,T,ALL,5,", ",,Total 2023,T,ALL,5,", **stated)
    assert columns(result, "partner", "date_from", "value") == [("SYR", date(2023, 1, 1), 5.0)]
    assert "sums up others" in result.quarantine["reason"][0]
    with pytest.raises(DataError) as error:
        read(tmp_path, ",DE,SY,T,ALL,5,", **stated)
    assert (error.value.code, "found none" in str(error.value)) == ("NO_YEAR", True)


def test_an_open_column_of_areas_and_one_for_some_rows_only_are_no_fault(tmp_path: Path) -> None:
    partner = AreaFrom("citizen", "eurostat", is_open=True, only=("kind", "ALL"))
    result = read(tmp_path, "2024,DE,SY,T,ALL,5,", "2024,DE,Elsewhere,T,ALL,4,", "2024,DE,SY,T,REJECTED,1,",
                  partner=partner)  # fmt: skip
    assert columns(result, "partner") == [("SYR",), (None,), (None,)]


def test_a_table_with_a_dimension_that_nobody_declared_is_another_table(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(f"{HEAD},duration\n2024,DE,SY,T,ALL,5,,short", encoding="utf-8")
    with pytest.raises(DataError) as error:
        read_file(path, [IndicatorLayout(**(STATED | {"is_closed": True}))])
    assert error.value.code == "LAYOUT"


def test_a_quarter_is_told_by_its_last_day(tmp_path: Path) -> None:
    result = read(tmp_path, "2024-06-30,DE,SY,T,ALL,5,", "2024-06-29,DE,SY,T,ALL,5,", period=Quarter("year"))
    assert columns(result, "date_from", "date_to", "step") == [(date(2024, 4, 1), date(2024, 6, 30), "quarter")]
    assert "the last day of a quarter" in result.quarantine["reason"][0]


@pytest.mark.parametrize(("day", "expected"), [("first", (1, 1)), ("middle", (7, 1)), ("last", (12, 31))])
def test_a_stock_is_of_one_day(tmp_path: Path, day: str, expected: tuple[int, int]) -> None:
    result = read(tmp_path, "2024,DE,,T,ALL,5,", series=(Series("n", "population"),), stock_day=day)
    assert columns(result, "date_from", "date_to", "step") == [(date(2024, *expected), date(2024, *expected), "day")]


def test_a_column_that_a_declaration_drops_is_dropped_at_the_door_and_said(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(f"{HEAD},FullName\n2024,DE,SY,T,ALL,5,,Index of all", encoding="utf-8")
    (result,) = read_file(path, [IndicatorLayout(**(STATED | {"dropped": frozenset({"FullName"})}))])
    assert any("Dropped at the door, unread: FullName." in note for note in result.notes)
    assert result.accepted == 1
