"""Every engine counts a store of several editions as the reference counts what their files say together (RULES E7)."""

import csv
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from data.counting.counts import Counts
from data.counting.engine import drop_unknown_ids
from data.query.selection import Selection
from data.store import summary
from data.store.ingest import How, ingest
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness import naive_counts as naive
from tests.harness.counting import ENGINES, MANY, check_counts, selections

YEARS, RESTATED, ROUTE = ("2016", "2017", "2018", "2019"), "2018", "Central Mediterranean"
Rows = list[dict[str, str]]
Files = list[tuple[Path, date]]


def written(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def dead(row: dict[str, str], more: int) -> dict[str, str]:
    return row | {"Number of Dead": str(int(row["Number of Dead"] or 0) + more)}


@pytest.fixture(scope="module")
def files(demonstration_files: Sequence[Path], tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return an edition; a year of the next one, corrected, which lacks some events; a later download of one route."""
    folder = tmp_path_factory.mktemp("editions")
    with demonstration_files[0].open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["Incident Year"] in YEARS]
    events = sorted({row["Main ID"] for row in rows if row["Incident Year"] == RESTATED})
    gone = set(events[12:-12:25])  # not on the first days: what is withdrawn lies within the newer file's
    year = [dead(row, 1) for row in rows if row["Incident Year"] == RESTATED and row["Main ID"] not in gone]
    route = [dead(row, 2) for row in rows if row["Incident Year"] == "2016" and row["Migration Route"] == ROUTE][::3]
    return [(written(folder / f"{name}.csv", some), day) for name, some, day in (
        ("whole", rows, date(2020, 1, 1)), ("year", year, date(2021, 1, 1)), ("route", route, date(2022, 1, 1)))]  # fmt: skip


@pytest.fixture(scope="module")
def standing(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], list[naive.Row]]:
    """Return the records that stand, told in plain Python from each file as it reads alone."""
    alone: list[list[naive.Row]] = []
    for path, _day in files:
        store = Store(tmp_path_factory.mktemp("alone"))
        ingest([path], store)
        vintage = store.current()
        alone.append(vintage.incidents_of(vintage.primary_source).collect().to_dicts())
    whole, year, route = alone
    stated = {row["record_id"] for row in (*year, *route)}
    kept = [row for row in whole if row["record_id"] not in stated and not is_of_year(row)]
    every = [*kept, *year, *route]

    def rows() -> list[naive.Row]:
        return every

    return rows


def is_of_year(row: naive.Row) -> bool:
    return row["date_from"] is not None and str(row["date_from"].year) == RESTATED


@pytest.fixture(scope="module", params=[(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def vintages(
    request: pytest.FixtureRequest, files: Files, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Vintage]:
    """Return the vintage of all editions in one order of commands, kept in memory and as one too large to keep."""
    made = []
    for most in (summary.MOST_KEPT, 100):
        store = Store(tmp_path_factory.mktemp("editions"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(summary, "MOST_KEPT", most)
            for place in request.param:
                path, day = files[place]
                ingest([path], store, how=How(published=day, approve="a test of large changes"))
        made.append(store.current())
    return {"polars": made[0], "arrays": made[0], "on disk": made[1]}


@pytest.fixture(params=ENGINES)
def counts(request: pytest.FixtureRequest, vintages: dict[str, Vintage]) -> Counts:
    """Return one way to count."""
    vintage = vintages[request.param]
    return ENGINES[request.param](vintage, vintage.primary_source)


@pytest.mark.rule("E7")
def test_the_editions_leave_something_out(standing: Callable[[], list[naive.Row]], files: Files) -> None:
    with files[0][0].open(encoding="utf-8", newline="") as handle:
        stated = {row["Incident ID"] for row in csv.DictReader(handle)}
    assert {row["record_id"] for row in standing()} < stated


@pytest.mark.rule("E7", "C1", "E1")
@given(selection=selections())
@MANY
def test_every_engine_counts_editions_as_the_reference(
    counts: Counts, vintages: dict[str, Vintage], standing: Callable[[], list[naive.Row]], selection: Selection
) -> None:
    check_counts(counts, standing(), drop_unknown_ids(vintages["polars"], selection))
