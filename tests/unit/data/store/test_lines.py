"""Lines of several files in one store: side by side, replaced by the file of the same name, unique in every answer."""

from itertools import permutations
from pathlib import Path

import polars as pl
import pytest
from shapely.geometry import LineString

from data.model.errors import DataError
from data.store.ingest import ingest
from data.store.opening import open_vintage
from data.store.report import words
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness.lines import LINE, collection, feature, line, shapefile, write
from tests.harness.older_store import write_as_of

A = collection(feature({"name": "A"}))
B = collection(feature({"name": "B"}, line((25, 36), (27, 37))))
C = collection(feature({"name": "C"}), feature({"name": "D"}, line((1, 1), (2, 2))))


def ids(store: Store) -> list[str]:
    return sorted(store.current().segments["segment_id"])


def is_consistent(vintage: Vintage) -> bool:
    """Return whether every line has one id in its data set, and cells whose shares sum to 1 at each resolution."""
    keys = ["source", "segment_id"]
    shares = vintage.segment_cells.group_by(*keys, "resolution").agg(pl.col("share").sum())
    return (
        not vintage.segments.select(keys).is_duplicated().any()
        and shares.height == vintage.segments.height * 3
        and bool((shares["share"] - 1).abs().max() < 1e-9)  # type: ignore[operator]
        and vintage.segment_cells.join(vintage.segments, on=keys, how="anti").is_empty()
    )


@pytest.mark.parametrize("order", list(permutations("abc")))
@pytest.mark.parametrize("together", [True, False])
def test_files_that_number_their_lines_alike_stay_side_by_side(
    tmp_path: Path, order: tuple[str, ...], together: bool
) -> None:
    texts = {"a": A, "b": B, "c": C}
    paths = [write(tmp_path, texts[name], f"{name}.geojson") for name in order]
    store = Store(tmp_path / "store")
    for some in [paths] if together else [[path] for path in paths]:
        ingest(some, store)
    assert ids(store) == ["a.geojson:1", "b.geojson:1", "c.geojson:1", "c.geojson:2"]
    assert is_consistent(store.current())
    assert store.current().sources["accepted"].sum() == 4


def test_a_newer_file_of_the_same_name_replaces_the_older_and_the_report_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([write(tmp_path, C, "lines.geojson"), write(tmp_path, B, "other.geojson")], store)
    report = ingest([write(tmp_path / "new", A, "lines.geojson")], store)
    assert ids(store) == ["lines.geojson:1", "other.geojson:1"]
    assert [(move["file"], move["rows"], move["fate"]) for move in report["earlier"]] == [
        ("lines.geojson", 2, "replaced")
    ]
    assert "lines.geojson: 2 lines of its older version replaced" in words(report)
    assert store.current().publication.history[-1]["earlier"][0]["rows"] == 2
    assert is_consistent(store.current())


@pytest.mark.parametrize("together", [True, False])
def test_the_same_content_twice_is_one(tmp_path: Path, together: bool) -> None:
    paths = [write(tmp_path, C, "one.geojson"), write(tmp_path, C, "two.geojson")]
    store = Store(tmp_path / "store")
    for some in [paths] if together else [[path] for path in paths]:
        ingest(some, store)
    assert store.current().segments.height == 2
    assert is_consistent(store.current())


def test_two_files_of_one_name_in_one_command_are_refused(tmp_path: Path) -> None:
    paths = [write(tmp_path / "x", A, "lines.geojson"), write(tmp_path / "y", B, "lines.geojson")]
    with pytest.raises(DataError, match="Give one another name"):
        ingest(paths, Store(tmp_path / "store"))


def test_another_table_beside_a_shapefile_makes_another_edition_of_it(tmp_path: Path) -> None:
    store, shape = Store(tmp_path / "store"), LineString(LINE)
    ingest([shapefile(tmp_path / "a", [shape], name=["old"])], store)
    newer = shapefile(tmp_path / "b", [shape], name=["new"])
    ingest(sorted(newer.parent.iterdir()), store)  # as `ingest b/*` names them
    assert store.current().segments["name"].to_list() == ["new"]


def test_what_is_in_quarantine_of_an_attribute_counts_no_row(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    text = collection(feature({"order": "1a"}), feature(geometry=None))
    report = ingest([write(tmp_path, text, "lines.geojson")], store)
    file = report["files"][0]
    assert (file["rows_read"], file["accepted"], file["quarantined"], file["duplicates"]) == (2, 1, 1, 0)
    assert store.current().quarantine.select("row", "column").rows() == [(2, "geometry"), (1, "order")]
    assert "row 1, column 'order': found 1a" in words(report)


def as_of_version_3(store: Store) -> None:
    """Make the current vintage one of before lines named their edition."""
    folder = store.current().folder
    lines = pl.read_parquet(folder / "segments.parquet")
    bare = lines.with_columns(pl.col("segment_id").str.split(":").list.last())
    bare.write_parquet(folder / "segments.parquet")
    write_as_of(3, folder)
    open_vintage(folder)


def test_lines_of_an_older_store_stay_and_are_replaced_by_name(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([write(tmp_path, A, "a.geojson")], store)
    as_of_version_3(store)
    ingest([write(tmp_path, B, "b.geojson")], Store(tmp_path / "store"))
    assert ids(Store(tmp_path / "store")) == ["1", "b.geojson:1"]
    ingest([write(tmp_path / "new", C, "a.geojson")], Store(tmp_path / "store"))
    assert ids(Store(tmp_path / "store")) == ["a.geojson:1", "a.geojson:2", "b.geojson:1"]


def test_files_that_an_older_store_does_not_tell_apart_are_replaced_together(tmp_path: Path) -> None:
    paths = [write(tmp_path, A, "a.geojson"), write(tmp_path, collection(feature({"id": 5})), "b.geojson")]
    ingest(paths, Store(tmp_path / "store"))
    as_of_version_3(Store(tmp_path / "store"))
    newer = [write(tmp_path / "new", B, "a.geojson"), write(tmp_path / "new", C, "b.geojson")]
    with pytest.raises(DataError, match=r"a\.geojson, b\.geojson"):
        ingest(newer[:1], Store(tmp_path / "store"))
    ingest(newer, Store(tmp_path / "store"))
    assert ids(Store(tmp_path / "store")) == ["a.geojson:1", "b.geojson:1", "b.geojson:2"]
