"""The figures that the folder of context states, found again in what is read: each recomputed from the file as well."""

import csv
from pathlib import Path

import polars as pl
import pytest

from data.indicators.rates import figures_of_rate
from data.model.indicators import INDICATORS
from data.readers.registry import read_file

pytestmark = pytest.mark.real
FIRST_LEVELS = ("FI", "FA", "NA")


def figures_of(real_data: Path, name: str) -> pl.DataFrame:
    (result,) = read_file(real_data / "context" / name)
    return result.frame.with_columns(year=pl.col("date_from").dt.year())


def raw_rows(real_data: Path, name: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    with (real_data / "context" / name).open(encoding=encoding, newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def decisions(real_data: Path) -> pl.DataFrame:
    return figures_of(real_data, "unhcr/unhcr_asylum_decisions_2018-2025.csv")


def total(rows: pl.DataFrame) -> float:
    return float(rows["value"].sum())


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [("asylum_decisions", 2_164_386), ("asylum_recognised", 549_896), ("asylum_other_protection", 225_947),
     ("asylum_rejected", 633_370), ("asylum_closed", 755_173)],
)  # fmt: skip
def test_decisions_on_asylum_of_2024_are_those_that_unhcr_states(
    decisions: pl.DataFrame, indicator: str, expected: int
) -> None:
    assert total(decisions.filter(pl.col("year") == 2024, pl.col("indicator") == indicator)) == expected


def test_cases_are_never_taken_for_persons(decisions: pl.DataFrame) -> None:
    assert decisions.filter(pl.col("unit") == "cases")["row"].n_unique() == 1_207


def test_unhcrs_codes_of_three_letters_are_not_taken_for_isos(real_data: Path) -> None:
    name = "unhcr/unhcr_asylum_decisions_2018-2025.csv"
    raw = [row for row in raw_rows(real_data, name) if row["coa"] == "AUS" and row["year"] == "2024"]
    (result,) = read_file(real_data / "context" / name)
    here = result.frame.filter(
        pl.col("area") == "AUT", pl.col("date_from").dt.year() == 2024, pl.col("indicator") == "asylum_decisions"
    )
    assert total(here) == sum(int(row["dec_total"]) for row in raw)
    assert "UNK" not in result.frame["partner"].unique().to_list()  # unknown, not Kosovo


@pytest.mark.parametrize(
    ("origin", "expected"), [("SYR", 97.3), ("AFG", 84.8), ("ERI", 92.6), ("BGD", 8.4), ("TUN", 6.1), ("GIN", 28.5)]
)
def test_the_share_that_protects_is_of_decisions_on_the_substance_at_the_first_instance(
    decisions: pl.DataFrame, real_data: Path, origin: str, expected: float
) -> None:
    rows = raw_rows(real_data, "unhcr/unhcr_asylum_decisions_2018-2025.csv")
    here = [
        row for row in rows if row["coo_iso"] == origin and row["year"] == "2024" and row["dec_level"] in FIRST_LEVELS
    ]
    protects = sum(int(row["dec_recognized"]) + int(row["dec_other"]) for row in here)
    plain = protects / (protects + sum(int(row["dec_rejected"]) for row in here))
    assert round(100 * plain, 1) == expected
    assert share_of(decisions, origin) == pytest.approx(plain)


def share_of(figures: pl.DataFrame, origin: str) -> float:
    rows = figures.filter(pl.col("year") == 2024, pl.col("partner") == origin).with_columns(source=pl.lit("unhcr"))
    (value,) = figures_of_rate(rows, INDICATORS["protection_share"], by_area=False)["value"]
    return float(value)
