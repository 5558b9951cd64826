"""Other databases of incidents, and what others made of IOM's, give their own figures to the person, and stay apart."""

from pathlib import Path

import polars as pl
import pytest

from data.counting.totals import totals
from data.query.selection import Selection
from data.store.ingest import ingest
from data.store.store import Store
from tests.harness.reading import read_one

pytestmark = pytest.mark.real

MIGRANTS_FILES = "incidents-other/the-migrants-files-events_2016-06-24.csv"
UNITED = "incidents-other/united-list-refugeesAndMigrants_2018.csv"
POINTS = "mmp/missing-migrants-points_2014_2026-08.csv"
GRID = "mmp/mmp-2025-03-10.csv"
REMAINS = "context/remains/pima-humane-borders_recovered-remains_by-year-corridor.csv"
OLD_EDITION = "mmp/MissingMigrants-Global-2019-03-29T18-36-07.csv"
NEW_EDITION = "mmp/Missing_Migrants_Global_Figures_allData_2025-06-26.xlsx"
FILES = [  # source, rows, rows that say nothing or lie before 1990, people
    (MIGRANTS_FILES, "the-migrants-files", 3_206, 13, 34_861),
    (UNITED, "united", 3_932, 1, 34_361),
    (POINTS, "mmp-points", 22_259, 0, 84_804),
    (GRID, "mmp-grid", 1_391, 0, 53_320),
    (REMAINS, "recovered-remains", 1_521, 6, 3_270 - 6),
]


@pytest.mark.rule("E6")
@pytest.mark.parametrize(("name", "source", "rows", "refused", "people"), FILES)
def test_a_database_sums_to_its_own_figure(
    real_data: Path, name: str, source: str, rows: int, refused: int, people: int
) -> None:
    result = read_one(real_data / name)
    assert (result.source, result.rows_read, result.quarantined) == (source, rows, refused)
    assert result.accepted + result.quarantined + result.duplicates == rows
    assert result.frame["dead_or_missing"].sum() == people


def test_the_total_of_the_migrants_files_is_as_published_where_its_parts_do_not_add_up(real_data: Path) -> None:
    frame = read_one(real_data / MIGRANTS_FILES).frame
    assert (frame["dead"].sum(), frame["missing"].sum()) == (4_217, 6_265)
    assert frame.filter(pl.col("flags").list.contains("C2")).height == 2_709
    assert frame["date_from"].null_count() == 15 - 13  # the other thirteen rows say nothing at all


def test_the_list_of_united_is_dated_as_far_as_it_says(real_data: Path) -> None:
    frame = read_one(real_data / UNITED).frame
    assert dict(frame["date_precision"].value_counts().iter_rows()) == {"day": 3_422, "month": 455, "year": 54}
    assert (str(frame["date_from"].min()), str(frame["date_to"].max())) == ("1993-01-01", "2018-05-05")
    assert frame["latitude"].null_count() == frame.height


def test_no_name_of_a_person_comes_in(real_data: Path) -> None:
    result = read_one(real_data / UNITED)
    names = pl.read_csv(real_data / UNITED, infer_schema_length=0)["name, gender, age"].drop_nulls()
    stored = "\n".join(frame.write_json() for frame in (result.frame, result.quarantine, result.log))
    person = names.filter(names.str.contains(r"^[A-Z][a-z]{3,} [A-Z][a-z]{4,} \(")).str.extract(r"^([^(]+) \(")
    assert person.len() > 100
    assert [one for one in person.unique() if one in stored] == []
    assert "name, gender, age" in result.notes[0]


@pytest.mark.rule("E4")
def test_sums_on_a_grid_are_no_incidents(real_data: Path) -> None:
    frame = read_one(real_data / GRID).frame
    assert frame["is_cumulative"].all()
    assert frame["cell"].null_count() == frame.height


@pytest.mark.rule("E6", "E7")
def test_what_others_made_of_the_project_is_no_edition_of_it(real_data: Path, tmp_path: Path) -> None:
    store = Store(tmp_path)
    ingest([real_data / name for name in (NEW_EDITION, POINTS, GRID, MIGRANTS_FILES, UNITED)], store)
    assert totals(store.current(), Selection(), measure="dead_or_missing").total == 74_376


@pytest.mark.long
@pytest.mark.rule("E7")
@pytest.mark.parametrize("column", ["region", "year"])
@pytest.mark.parametrize("is_turned", [False, True])
def test_the_points_in_parts_are_the_points(real_data: Path, tmp_path: Path, column: str, *, is_turned: bool) -> None:
    rows = pl.read_csv(real_data / POINTS, infer_schema_length=0)
    files = []
    for number, part in enumerate(rows.partition_by(column, maintain_order=True)):
        files.append(tmp_path / f"part{number}.csv")
        part.write_csv(files[-1])
    store = Store(tmp_path / "store")
    for file in reversed(files) if is_turned else files:
        ingest([file], store)
    ids = read_one(real_data / POINTS).frame["record_id"]
    held = store.current().read_stored("incidents")
    assert held["dead_or_missing"].sum() == 84_804
    assert sorted(held["record_id"]) == sorted(ids)


def _copy(real_data: Path, folder: Path) -> pl.DataFrame:
    """Return IOM's file of March 2019 as people clean it: other headings, and no id."""
    rows = pl.read_csv(real_data / OLD_EDITION, infer_schema_length=0)
    return rows.drop("Web ID").rename({"Reported Date": "date", "Location Coordinates": "Coordinates"})


@pytest.mark.rule("E3", "E7")
def test_a_copy_without_ids_has_the_same_ids_in_any_order(real_data: Path, tmp_path: Path) -> None:
    rows = _copy(real_data, tmp_path)
    rows.write_csv(tmp_path / "a.csv")
    rows.sample(fraction=1, shuffle=True, seed=4).write_csv(tmp_path / "b.csv")
    first, second = (read_one(tmp_path / name) for name in ("a.csv", "b.csv"))
    assert (first.source, first.frame["dead_or_missing"].sum()) == ("mmp-copy", 31_552)
    assert first.frame["record_id"].n_unique() == first.accepted == 5_333
    assert sorted(first.frame["record_id"]) == sorted(second.frame["record_id"])
    assert any("E3" in note for note in first.notes)


@pytest.mark.rule("E7")
def test_random_parts_of_a_copy_without_ids_add_up_to_it(real_data: Path, tmp_path: Path) -> None:
    rows = _copy(real_data, tmp_path).with_columns(part=pl.struct(pl.all()).hash(7) % 4)
    files = []
    for number, part in enumerate(rows.partition_by("part", maintain_order=True)):
        files.append(tmp_path / f"part{number}.csv")
        part.drop("part").write_csv(files[-1])
    store = Store(tmp_path / "store")
    for file in files:
        ingest([file], store)
    assert store.current().read_stored("incidents")["dead_or_missing"].sum() == 31_552
    ingest([files[1]], store)
    assert store.current().read_stored("incidents")["dead_or_missing"].sum() == 31_552
