"""What partitioned files may look like, and what is refused of them in one sentence that says where and what to do."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.model.errors import DataError
from data.model.schema import polars_schema
from data.scale.engines import PolarsEngine
from data.scale.incident_files import find_files
from data.scale.incidents import check_incidents, conformed

ROW = {
    "source": "mmp", "record_id": "r1", "event_id": "e1", "is_cumulative": False, "date_from": date(2019, 5, 1),
    "date_to": date(2019, 5, 2), "dead": 3, "missing": None, "dead_or_missing": 3, "route": "us-mexico", "cause": None,
    "finest_resolution": 4, "latitude": 31.5, "longitude": -110.0,
}  # fmt: skip

TYPES = polars_schema("incidents")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return the function that writes one row, changed, to a file below a folder."""

    def written(place: str = "a.parquet", *, without: tuple[str, ...] = (), **changes: object) -> Path:
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        given = {
            name: pl.Series([value], dtype=None if value is not None else TYPES[name])
            for name, value in (ROW | changes).items()
        }
        pl.DataFrame(given).drop(without).write_parquet(path)
        return tmp_path

    return written


def check(folder: Path) -> None:
    files = find_files(folder)
    check_incidents(conformed(PolarsEngine().read(files), files), files)


def refused(folder: Path) -> DataError:
    with pytest.raises(DataError) as found:
        check(folder)
    assert "\n" not in str(found.value)
    return found.value


def test_a_good_row_is_taken(write: Callable[..., Path]) -> None:
    check(write())
    assert find_files(write()).rows() == 1


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"source": None}, "NO_SOURCE", "1 row has no source"),
        ({"event_id": None}, "NO_EVENT_ID", "takes the record's id"),
        ({"date_to": None}, "HALF_DATED", "State both, or neither"),
        ({"date_to": date(2019, 4, 30)}, "DAYS_REVERSED", "last day 2019-04-30"),
        ({"date_from": date(1919, 5, 1)}, "DAY_OUT_OF_BOUNDS", "before 1990"),
        ({"dead_or_missing": None, "missing": 2}, "NO_TOTAL", "dead or missing and no total"),
        ({"finest_resolution": 9}, "RESOLUTION", "found 9, expected 0 to 7"),
        ({"latitude": 95.0}, "OFF_GLOBE_LATITUDE", "found 95.0, expected −90 to 90 degrees"),
        ({"longitude": float("nan")}, "OFF_GLOBE_LONGITUDE", "expected −180 to 180 degrees"),
        ({"longitude": None}, "HALF_PLACED", "a latitude or a longitude alone"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_counted_is_refused(
    write: Callable[..., Path], changes: dict[str, object], code: str, words: str
) -> None:
    found = refused(write(**changes))
    assert found.code == code
    assert words in str(found)


def test_a_row_that_says_otherwise_than_its_path_is_refused(write: Callable[..., Path]) -> None:
    write("route=us-mexico/a.parquet")
    found = refused(write("route=central-mediterranean/b.parquet"))
    assert (found.code, found.row, found.column, found.value) == ("PARTITIONS", 1, "route", "us-mexico")
    assert "route=central-mediterranean/b.parquet" in str(found)


def test_a_null_inside_is_not_what_its_path_says(write: Callable[..., Path]) -> None:
    write("cause=drowning/a.parquet")
    assert refused(write("cause=drowning/a.parquet")).code == "PARTITIONS"


def test_a_null_in_the_path_is_null(write: Callable[..., Path]) -> None:
    files = find_files(write("cause=__HIVE_DEFAULT_PARTITION__/a.parquet", without=("cause",)))
    assert PolarsEngine().read(files).collect(backend="polars")["cause"].to_list() == [None]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"without": ("event_id",)}, "column 'event_id': It is neither in the files nor in their paths"),
        ({"dead": "3"}, "column 'dead': found String, expected Int64"),
        ({"dead": 2.5}, "column 'dead': found Float64, expected Int64"),
        ({"date_from": "2019-05-01"}, "column 'date_from': found String, expected Date"),
    ],
)
def test_columns_that_are_not_what_they_must_be_are_refused(
    write: Callable[..., Path], changes: dict[str, object], words: str
) -> None:
    assert words in str(refused(write(**changes)))


def test_a_number_in_the_path_alone_is_refused(write: Callable[..., Path]) -> None:
    assert "paths alone" in str(refused(write("finest_resolution=4/a.parquet", without=("finest_resolution",))))


def test_files_of_other_columns_are_refused(write: Callable[..., Path]) -> None:
    write("a.parquet")
    found = refused(write("b.parquet", dead=2.0))
    assert found.column == "dead"
    assert "b.parquet" in str(found)


def test_a_cell_that_is_no_signed_number_is_refused(tmp_path: Path) -> None:
    frame = pl.DataFrame([ROW], schema_overrides={"missing": pl.Int64, "cause": pl.String})
    frame.with_columns(cell=pl.lit(2**63, pl.UInt64)).write_parquet(tmp_path / "a.parquet")
    assert refused(tmp_path).code == "RANGE"


def test_no_file_and_no_parquet_are_said(tmp_path: Path) -> None:
    (tmp_path / "_SUCCESS").touch()
    assert refused(tmp_path).code == "NO_FILES"
    (tmp_path / "a.parquet").write_bytes(b"")
    assert refused(tmp_path).code == "UNREADABLE"
