"""Files of lines as people and publishers have them: each line once, with the kilometres that are known."""

from pathlib import Path

import polars as pl
import pytest

from data.__main__ import main
from data.store.store import Store
from tests.harness.reading import read_one

BY_ROUTE = {
    "Central Mediterranean": (17, 24_137), "Other": (19, 25_245), "Western Mediterranean": (10, 21_183),
    "Eastern Mediterranean": (9, 10_350), "Western Africa / Atlantic route to the Canary Islands": (6, 8_718),
    "Mainland Europe to the UK": (1, 152),
}  # fmt: skip
READ = {  # rows read, accepted, lines, kilometres
    "cases/20-lines-a.geojson": (1, 1, 1, 210.5), "cases/20-lines-b.geojson": (1, 1, 1, 210.5),
    "cases/21-text-attributes.geojson": (2, 2, 2, 421.0), "cases/22-order-text.geojson": (1, 1, 1, 210.5),
    "cases/24-beyond-180.geojson": (1, 1, 1, 2_147.7), "cases/40-two-layers.gpkg": (2, 2, 2, 502.1),
    "cases/60-antimeridian-route.geojson": (2, 2, 3, 4_393.8),
    "routes/border_fence_map.geojson": (743, 743, 743, 1_126.3), "routes/routes.json": (62, 62, 62, 89_783.6),
}  # fmt: skip


def store_of(tmp_path: Path, *paths: Path) -> tuple[int, Store]:
    folder = tmp_path / "store"
    return main(["ingest", *map(str, paths), "--store", str(folder)]), Store(folder)


@pytest.mark.parametrize("name", READ)
def test_every_line_of_a_file_is_read_at_its_length(real_data: Path, name: str) -> None:
    result = read_one(real_data / name)
    km = round(float(result.frame["length_km"].sum()), 1)
    assert (result.rows_read, result.accepted, result.frame.height, km) == READ[name]
    assert result.frame["segment_id"].is_unique().all()


def test_the_drawn_routes_have_their_lines_points_and_kilometres(real_data: Path) -> None:
    frame = read_one(real_data / "routes/routes.json").frame
    assert int(frame["points"].list.len().sum()) == 257
    by_route = frame.group_by("route").agg(pl.len().alias("lines"), pl.col("length_km").sum())
    found = sorted((lines, round(km)) for _, lines, km in by_route.iter_rows())
    assert [lines for lines, _ in found] == sorted(lines for lines, _ in BY_ROUTE.values())
    expected = sorted(BY_ROUTE.values())
    assert all(abs(km - known) <= 1 for (_, km), (_, known) in zip(found, expected, strict=True))


def test_the_fence_names_its_makers(real_data: Path) -> None:
    about = read_one(real_data / "routes/border_fence_map.geojson").about
    assert ("Reveal" in about.citation, "OpenStreetMap" in about.citation, about.licence) == (True, True, "ODbL 1.0")


@pytest.mark.parametrize("order", ["ab", "ba"])
@pytest.mark.parametrize("together", [True, False])
def test_two_files_that_number_their_lines_alike_are_two_lines(
    real_data: Path, tmp_path: Path, order: str, together: bool
) -> None:
    paths = [real_data / f"cases/20-lines-{letter}.geojson" for letter in order]
    for some in [paths] if together else [[path] for path in paths]:
        code, store = store_of(tmp_path, *some)
        assert code == 0
    own = store.current().segments.filter(pl.col("source") == "segments")
    assert sorted(own["name"]) == ["A one", "B one"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("28-points.geojson", "no line in it"),
        ("30b-3857-no-crs.geojson", "metres without a coordinate system; name it"),
    ],
)
def test_a_refused_file_leaves_the_lines_that_were_published(
    real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    code, store = store_of(tmp_path, real_data / "cases/20-lines-a.geojson")
    before = store.current().segments
    code, store = store_of(tmp_path, real_data / "cases" / name)
    said = capsys.readouterr().err
    assert (code, words in said, "exchange" in said) == (2, True, False)
    assert store.current().segments.equals(before)


def test_words_for_true_and_false_are_read_as_they_are_written(real_data: Path) -> None:
    frame = read_one(real_data / "cases/21-text-attributes.geojson").frame
    assert frame.select("name", "is_major", "order").rows() == [("T", False, 2), ("U", True, 1)]


def test_an_order_that_is_none_is_told_with_its_row(
    real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, store = store_of(tmp_path, real_data / "cases/22-order-text.geojson")
    assert code == 0
    assert store.current().quarantine.select("row", "column", "value").rows() == [(1, "order", "1a")]
    assert "row 1, column 'order': found 1a" in capsys.readouterr().err


def test_longitudes_beyond_180_are_wrapped_and_told(real_data: Path, tmp_path: Path) -> None:
    _, store = store_of(tmp_path, real_data / "cases/24-beyond-180.geojson")
    vintage = store.current()
    assert vintage.segments.filter(pl.col("source") == "segments")["points"].to_list() == [
        [[170, -21], [-179, -19], [-170, -17]]
    ]
    assert vintage.log.select("row", "found", "kept").rows() == [(1, "181", "-179")]


def test_both_layers_are_named_in_the_report(
    real_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store_of(tmp_path, real_data / "cases/40-two-layers.gpkg")
    said = capsys.readouterr().err
    assert ("'sea_routes': 1 lines" in said, "'land_routes': 1 lines" in said) == (True, True)
