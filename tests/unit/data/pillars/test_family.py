"""Years of permits: a year of which some quarters are missing is a gap."""

from datetime import date

import polars as pl

from data.pillars.family import whole_years_held


def test_a_year_of_which_a_quarter_is_missing_at_its_end_is_not_held() -> None:
    quarters = [(date(2022, 1, 1), date(2022, 3, 31)), (date(2022, 10, 1), date(2022, 12, 31)),
                (date(2023, 1, 1), date(2023, 3, 31)), (date(2023, 7, 1), date(2023, 9, 30))]  # fmt: skip
    rows = pl.DataFrame(quarters, schema={"date_from": pl.Date, "date_to": pl.Date}, orient="row")
    assert whole_years_held(rows) == {2022}
    assert whole_years_held(rows.clear()) == frozenset()
