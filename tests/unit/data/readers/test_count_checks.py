"""What a report says of a table of counts: a declared column that is not there, and more faults than are named."""

from pathlib import Path

import pytest

from data.model.sources import Publication
from data.readers.count_checks import COMPARE, FAR, MOST_NAMED
from data.readers.count_figures import Figure
from data.readers.count_layout import CountLayout, Expected
from data.readers.periods import Month
from data.readers.result import ReadResult
from tests.harness.reading import read_one, written


def read(folder: Path, text: str, *, headers: tuple[str, ...] = ("when", "number"), **declared: object) -> ReadResult:
    """Return what is read of a table of arrivals by month in a layout that declares more."""
    layout = CountLayout(
        id="simple", source="simple", publication=Publication("Nobody", "Invented", "Nobody", "CC0 1.0"),
        headers=frozenset(headers), period=Month("when"), figures=(Figure("number", "persons_arrived"),),
        **declared,  # type: ignore[arg-type]
    )  # fmt: skip
    return read_one(written(folder, text.encode()), (layout,))


def test_a_column_whose_words_are_declared_may_be_absent(tmp_path: Path) -> None:
    declared = {"known": {"kind": ("men", "women")}, "optional": frozenset({"kind"})}
    assert read(tmp_path, "when,number\n2024-01,1\n", **declared).notes == ()
    (said,) = read(tmp_path, "when,number,kind\n2024-01,1,others\n2024-02,1,men\n", **declared).notes
    assert "1 row of 'others'" in said


@pytest.mark.parametrize(
    ("wrong", "more"),
    [(1, ()), (MOST_NAMED, ()), (MOST_NAMED + 1, ("1 more row does not add up to what it says.",)),
     (MOST_NAMED + 2, ("2 more rows do not add up to what they say.",))],
)  # fmt: skip
def test_the_first_rows_that_do_not_add_up_are_named_and_the_others_numbered(
    tmp_path: Path, wrong: int, more: tuple[str, ...]
) -> None:
    rows = "".join(f"20{year}-01,7,8\n" for year in range(10, 10 + wrong))
    said = read(tmp_path, f"when,number,sum\n{rows}2009-01,7,7\n", headers=("when", "number", "sum"), row_sum="sum")
    named = min(wrong, MOST_NAMED)
    assert said.notes[:named] == tuple(
        f"Row {row}: its counts add up to 7, and 'sum' says 8. The counts are kept." for row in range(2, 2 + named)
    )
    assert said.notes[named:] == more
    assert said.frame["value"].sum() == 7 * (wrong + 1)


@pytest.mark.parametrize(
    ("odd", "more"),
    [(MOST_NAMED, []), (MOST_NAMED + 1, ["1 more period is outside that range."]),
     (MOST_NAMED + 3, ["3 more periods are outside that range."])],
)  # fmt: skip
def test_the_first_periods_outside_the_range_are_named_and_the_others_numbered(
    tmp_path: Path, odd: int, more: list[str]
) -> None:
    rows = "".join(f"20{year}-01,101\n" for year in range(10, 10 + odd))
    said = read(tmp_path, f"when,number\n{rows}2009-01,100\n", expected=Expected(rows=(1, 99), per_period=(1, 100)))
    assert [sentence for sentence in said.notes if "more period" in sentence] == more
    assert sum(sentence.startswith("The month from") for sentence in said.notes) == MOST_NAMED
    assert said.far_outside == ()


@pytest.mark.parametrize(("value", "is_far"), [(100 * FAR, False), (100 * FAR + 1, True)])
def test_a_period_waits_for_a_person_from_three_times_the_range_on(tmp_path: Path, value: int, is_far: bool) -> None:
    expected = Expected(rows=(1, 99), per_period=(1, 100))
    assert bool(read(tmp_path, f"when,number\n2024-01,{value}\n", expected=expected).far_outside) is is_far


@pytest.mark.parametrize(("rows", "is_far"), [(10, False), (9, True)])
def test_more_than_a_tenth_of_rows_stated_again_waits_for_a_person(tmp_path: Path, rows: int, is_far: bool) -> None:
    others = "".join(f"20{year}-01,5\n" for year in range(11, 11 + rows - 2))
    text = f"when,number\n{others}2010-01,5\n2010-01,6\n"
    again = read(tmp_path, text)
    assert "1 row differs from another one at most in the count (0 in nothing). All are counted." in again.notes
    assert bool(again.far_outside) is is_far


@pytest.mark.parametrize(("rows", "is_told", "is_far"), [(1, True, False), (2, False, False), (3, False, False), (4, True, False),
                                                        (9, True, False), (10, True, True)])  # fmt: skip
def test_fewer_or_more_rows_than_expected_are_told_and_three_times_as_many_wait(
    tmp_path: Path, rows: int, is_told: bool, is_far: bool
) -> None:
    text = "when,number\n" + "".join(f"20{year}-01,5\n" for year in range(10, 10 + rows))
    found = read(tmp_path, text, expected=Expected(rows=(2, 3), per_period=(0, 100)))
    said = f"{rows} rows are outside the 2 to 3 that are expected of this layout."
    assert found.notes == ((said, COMPARE) if is_told else ())
    assert found.far_outside == ((said,) if is_far else ())


@pytest.mark.parametrize(("number", "is_told", "is_far"), [(9, True, False), (10, False, False), (20, False, False), (21, True, False),
                                                          (60, True, False), (61, True, True)])  # fmt: skip
def test_a_sum_outside_of_what_is_expected_is_told_and_three_times_as_much_waits(
    tmp_path: Path, number: int, is_told: bool, is_far: bool
) -> None:
    totals = {"persons_arrived": (10, 20), "detections": (1, 2)}
    found = read(tmp_path, f"when,number\n2024-01,{number}\n",
                 expected=Expected(rows=(1, 9), per_period=(0, 100), totals=totals))  # fmt: skip
    said = f"The file has {number} persons_arrived in all, outside the 10 to 20 that are expected."
    assert found.notes == ((said, COMPARE) if is_told else ())
    assert found.far_outside == ((said,) if is_far else ())


@pytest.mark.parametrize(
    ("filled", "share", "is_far"), [(8, "", False), (7, "70%", False), (4, "40%", False), (3, "30%", True)]
)
@pytest.mark.parametrize("fewest", [10, 11])
def test_a_column_that_is_emptier_waits_below_half_its_share_unless_the_rows_are_few(
    tmp_path: Path, filled: int, share: str, is_far: bool, fewest: int
) -> None:
    lines = "".join(f"20{10 + row}-01,5,{'a' if row < filled else ''}\n" for row in range(10))
    expected = Expected(rows=(fewest, 20), per_period=(0, 100), fill={"who": 0.8})
    found = read(tmp_path, f"when,number,who\n{lines}", headers=("when", "number", "who"), expected=expected)
    said = f"{share} of column 'who' is filled, where at least 80% is expected."
    assert (said in found.notes) is bool(share)
    assert found.far_outside == ((said,) if is_far and fewest == 10 else ())
