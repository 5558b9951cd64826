"""What a publisher hides is not told by its totals: an attack solves every equation that a table gives (RULES 9)."""

from datetime import date
from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from data.indicators.held_back import without_recoverable
from data.model.schema import conform
from tests.harness.differencing import recovered

PLAIN = {"source": "s", "indicator": "trafficking_victims", "unit": "persons", "area": "ITA",
         "date_from": date(2024, 1, 1), "date_to": date(2024, 12, 31)}  # fmt: skip
COUNTS = st.lists(st.integers(0, 30), min_size=6, max_size=6)


def cell(value: int, breakdown: str | None, totals: str | None) -> dict[str, Any]:
    hidden = 0 < value < 5
    return PLAIN | {"value": None if hidden else float(value), "absence": "below_threshold" if hidden else None,
                    "flag": "<5" if hidden else None, "breakdown": breakdown, "totals": totals}  # fmt: skip


def table(counts: list[int]) -> pl.DataFrame:
    """Return two sexes by three forms, with every total of either."""
    by = {(sex, form): counts[3 * one + two] for one, sex in enumerate("FM") for two, form in enumerate("abc")}
    rows = [cell(value, f"form={form};sex={sex}", None) for (sex, form), value in by.items()]
    rows += [cell(sum(by[sex, form] for form in "abc"), f"sex={sex}", "form") for sex in "FM"]
    rows += [cell(sum(by[sex, form] for sex in "FM"), f"form={form}", "sex") for form in "abc"]
    rows.append(cell(sum(counts), None, "form;sex"))
    return conform(pl.DataFrame(rows, infer_schema_length=None), "indicators")


@given(COUNTS)
def test_no_hidden_figure_is_determined_by_what_is_shown(counts: list[int]) -> None:
    before = table(counts)
    after = without_recoverable(before)
    assert recovered(before.to_dicts(), after.to_dicts()) == []


@given(COUNTS)
def test_what_is_shown_is_as_published_and_what_is_not_says_why(counts: list[int]) -> None:
    before = table(counts)
    after = without_recoverable(before)
    shown = after["value"].is_not_null()
    assert after.filter(shown)["value"].to_list() == before.filter(shown)["value"].to_list()
    assert set(after.filter(~shown)["absence"]) <= {"below_threshold", "withheld"}
    assert after.height == before.height


def test_the_attack_finds_what_is_not_protected() -> None:
    before = table([3, 20, 20, 20, 20, 20]).to_dicts()
    assert len(recovered(before, before)) == 1


def test_a_table_in_which_nothing_is_hidden_stays_as_it_is() -> None:
    before = table([6, 20, 20, 20, 20, 20])
    assert without_recoverable(before).equals(before)


def test_hidden_figures_that_can_only_have_one_value_each_are_protected_too() -> None:
    after = without_recoverable(table([1, 1, 20, 20, 20, 20]))
    row = after.filter(pl.col("breakdown") == "sex=F")
    assert (
        row["absence"].to_list() == ["withheld"]
        or after.filter(pl.col("breakdown") == "form=c;sex=F")["value"][0] is None
    )


def test_a_part_is_withheld_where_a_total_over_areas_would_tell_one_of_another_area() -> None:
    """Families reach over areas where there is a total of all: what is hidden in one is not told by the others."""
    counts = {"ITA": 3, "GRC": 20, "ESP": 30}
    rows = [{**cell(value, None, None), "area": area} for area, value in counts.items()]
    rows.append({**cell(sum(counts.values()), None, "area"), "area": None})
    other_year = {"date_from": date(2023, 1, 1), "date_to": date(2023, 12, 31)}
    rows += [{**cell(9, None, None), "area": "ITA", **other_year}]
    after = without_recoverable(conform(pl.DataFrame(rows, infer_schema_length=None), "indicators"))
    assert after.filter(pl.col("area") == "GRC")["absence"].to_list() == ["withheld"]
    assert after.filter(pl.col("date_to") == date(2023, 12, 31))["value"].to_list() == [9]
