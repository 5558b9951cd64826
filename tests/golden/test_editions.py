"""The publisher's own editions, in any order: what is counted at the end is the same, and known (RULES E7)."""

import random
from pathlib import Path

import polars as pl
import pytest

from data.counting.coverage import not_covered
from data.query.selection import Selection
from data.store.editions import SAME_SCHEME
from data.store.event_matching import with_ids_of
from data.store.ingest import How, ingest
from data.store.store import Store
from tests.harness.reading import read_one

pytestmark = pytest.mark.rule("E7")
OF_2016 = "mmp/IOM-MMP_all_data_2016-12-22.csv"
OF_2019 = "mmp/MissingMigrants-Global-2019-03-29T18-36-07.csv"
OF_2022 = "mmp/Missing_Migrants_Global_Figures_allData_2022-05-20.xlsx"
OF_2025 = "mmp/Missing_Migrants_Global_Figures_allData_2025-06-26.xlsx"
OF_2026 = "mmp/MissingMigrants-Global-2026-05-06--19_42_11.csv"
EDITIONS = (OF_2016, OF_2019, OF_2022, OF_2025, OF_2026)
ALL = 74_376 + 1_900 + 139  # of 2025, of 2026, and of one record of 2013 that no later edition has


def people(store: Store) -> int:
    return int(store.current().incidents["dead_or_missing"].sum())


def test_an_edition_under_other_ids_replaces_all_but_what_it_does_not_span(real_data: Path, tmp_path: Path) -> None:
    ingest([real_data / OF_2016, real_data / OF_2019], Store(tmp_path))
    assert people(Store(tmp_path)) == 31_552 + 139


@pytest.mark.parametrize("seed", [1, 2])
def test_all_editions_end_at_the_same_total_in_any_order(real_data: Path, tmp_path: Path, seed: int) -> None:
    files = [real_data / name for name in EDITIONS]
    random.Random(seed).shuffle(files)  # noqa: S311 — no secret
    one, several = Store(tmp_path / "one"), Store(tmp_path / "several")
    ingest(files, one)
    for path in files:
        ingest([path], several, how=How(approve="editions in any order"))
    assert people(one) == people(several) == ALL
    absent = [(row.first.year, row.last.year) for row in not_covered(one.current(), Selection())]
    assert absent == [(2013, 2013), (2025, 2025)], "after the one record of 2013, and between the last two editions"


def test_ids_with_other_zeros_are_what_makes_2022_a_restated_year(real_data: Path) -> None:
    older, newer = (read_one(real_data / name).frame for name in (OF_2022, OF_2025))
    assert round(share_of_2022(older, newer), 3) == 0.899 < SAME_SCHEME
    assert round(share_of_2022(with_ids_of(older, newer), newer), 3) == 0.983


def share_of_2022(older: pl.DataFrame, newer: pl.DataFrame) -> float:
    events = older.filter(pl.col("date_from").dt.year() == 2022).unique("event_id")
    return float(events["event_id"].is_in(newer["event_id"].implode()).mean())  # type: ignore[arg-type]
