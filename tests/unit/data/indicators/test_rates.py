"""Rates and sums of indicators: nothing is added to its parts, and what is not known is no zero."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from data.indicators.rates import figures_of_rate
from data.indicators.sums import parts_only, summed, word_of
from data.model.errors import UnitError
from data.model.indicators import INDICATORS
from data.model.schema import conform

SHARE = INDICATORS["protection_share"]
PLAIN = {"source": "s", "area": "ITA", "partner": "SYR", "date_from": date(2024, 1, 1), "date_to": date(2024, 12, 31),
         "step": "year", "unit": "persons", "breakdown": "level=FI"}  # fmt: skip


def rows(*given: dict[str, Any]) -> pl.DataFrame:
    return conform(pl.DataFrame([PLAIN | one for one in given], infer_schema_length=None), "indicators")


def three(recognised: float | None, other: float | None, rejected: float | None, **more: Any) -> list[dict[str, Any]]:
    values = {"asylum_recognised": recognised, "asylum_other_protection": other, "asylum_rejected": rejected}
    return [{"indicator": name, "value": value, "absence": None if value is not None else "below_threshold"} | more
            for name, value in values.items()]  # fmt: skip


def answer(*given: dict[str, Any], by_area: bool = False) -> list[tuple[Any, ...]]:
    found = figures_of_rate(rows(*given), SHARE, by_area=by_area)
    return found.select("area", "partner", "value", "numerator", "denominator", "absence").rows()


def test_a_share_has_its_numerator_and_its_denominator_beside_it() -> None:
    assert answer(*three(30, 10, 60)) == [(None, "SYR", 0.4, 40.0, 100.0, None)]


def test_appeals_and_totals_are_not_added_to_the_first_instance() -> None:
    appeals = three(500, 0, 0, breakdown="level=AR")
    totals = three(30, 10, 60, area="eu-28", totals="area")
    assert answer(*three(30, 10, 60), *appeals, *totals) == [(None, "SYR", 0.4, 40.0, 100.0, None)]


def test_a_share_of_several_areas_is_of_their_decisions_together_and_not_a_mean_of_shares() -> None:
    given = [*three(1, 0, 0), *three(0, 0, 99, area="DEU")]
    assert answer(*given) == [(None, "SYR", 0.01, 1.0, 100.0, None)]
    assert sorted(one[:3] for one in answer(*given, by_area=True)) == [("DEU", "SYR", 0.0), ("ITA", "SYR", 1.0)]


@pytest.mark.rule("R11")
def test_a_share_of_what_is_not_shown_is_unknown_and_one_of_nothing_is_not_applicable() -> None:
    assert answer(*three(30, None, 60)) == [(None, "SYR", None, None, None, "unknown")]
    assert answer(*three(30, 10, 60)[:2]) == [(None, "SYR", None, None, None, "unknown")]
    assert answer(*three(0, 0, 0)) == [(None, "SYR", None, 0.0, 0.0, "not_applicable")]


def test_a_part_without_a_value_is_left_out_above_and_below_and_the_figure_says_that_it_is_in_part() -> None:
    given = rows(*three(30, 10, 60), *three(5, None, 90, area="DEU"))
    (found,) = figures_of_rate(given, SHARE, by_area=False).to_dicts()
    assert (found["value"], found["denominator"], found["flag"]) == (0.4, 100.0, "in_part")


def test_two_sources_are_never_added() -> None:
    assert len(answer(*three(30, 10, 60), *three(3, 1, 6, source="other"))) == 2


@pytest.mark.rule("R1")
def test_two_units_are_never_added() -> None:
    one, two = (
        {"indicator": "asylum_rejected", "value": 1.0},
        {"indicator": "asylum_rejected", "unit": "cases", "value": 1},
    )
    with pytest.raises(UnitError):
        summed(rows(one, two), ["indicator"])


def test_only_figures_that_are_totals_of_the_same_dimensions_are_added() -> None:
    given = rows({"value": 10.0, "totals": "sex;partner"}, {"value": 4.0, "totals": "sex"}, {"value": 6.0, "totals": "sex"},
                 {"value": 4.0})  # fmt: skip
    assert parts_only(given, ["partner", "sex"])["value"].to_list() == [10.0]
    assert summed(parts_only(given, ["sex"]), ["area"]).rows() == [("ITA", 10.0, 2, 0)]
    nothing = rows({"value": None, "absence": "unknown"})
    assert summed(nothing, ["area"]).rows() == [("ITA", None, 1, 1)]


def test_the_word_of_a_dimension_is_told_from_one_that_ends_alike() -> None:
    given = rows({"breakdown": "sublevel=A;level=FI"}, {"breakdown": "sublevel=A"}, {"breakdown": None})
    assert given.select(word_of("level").alias("word"))["word"].to_list() == ["FI", None, None]
