"""What leaves is what is shown: every sum, every word that must travel, nothing that a spreadsheet runs, equal bytes."""

import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import fastexcel
import geopandas as gpd
import h3
import numpy as np
import polars as pl
import pytest
from shapely import unary_union
from shapely.geometry import shape

from data.__main__ import main
from data.counting.tables import table_of
from data.counting.totals import totals
from data.exports import numbers as exports
from data.exports.files import LIVE, inert
from data.exports.numbers import FIGURES, export_numbers
from data.model.errors import QueryError
from data.model.notices import say
from data.query.selection import Selection
from data.store.ingest import ingest
from data.store.store import Store
from geo.geojson import cell_geometry, line_geometry
from tests.harness.tiers import restricted_view

SELECTIONS = ["", "from=2019-01-01&to=2020-12-31", "route=central-mediterranean&measure=dead", "resolution=5&step=year",
              "min_quality=4", "to=1995-01-01"]  # fmt: skip
PAIRS = [(figure, kind) for figure in ("cells", "incidents", "series") for kind in FIGURES[figure]]
Export = Callable[..., bytes]


@pytest.fixture
def export(demonstration_store: Store) -> Export:
    def made(figure: str, kind: str, query: str = "") -> bytes:
        selection = Selection.from_query(query)
        vintage = demonstration_store.current()
        return export_numbers(vintage, selection, figure=figure, kind=kind, sentence="What is shown.")[0]

    return made


def back(content: bytes, kind: str, figure: str) -> pl.DataFrame:
    if kind == "zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return pl.read_csv(archive.read(f"{figure}.csv"), infer_schema_length=None)
    if kind == "csv":
        return pl.read_csv(content, infer_schema_length=None)
    if kind == "parquet":
        return pl.read_parquet(io.BytesIO(content))
    if kind == "xlsx":
        return fastexcel.read_excel(content).load_sheet("data").to_polars()
    if kind == "gpkg":
        with tempfile.NamedTemporaryFile(suffix=".gpkg") as held:
            Path(held.name).write_bytes(content)
            found = gpd.read_file(held.name, layer=figure).drop(columns="geometry").astype(object)
        return pl.DataFrame(found.where(found.notna(), None).to_dict("list"), strict=False, infer_schema_length=None)
    rows = [feature["properties"] for feature in json.loads(content)["features"]]
    return pl.DataFrame(rows, infer_schema_length=None)


@pytest.mark.parametrize("query", SELECTIONS)
@pytest.mark.parametrize(("figure", "kind"), PAIRS)
def test_what_is_read_back_sums_to_the_page(
    demonstration_store: Store, export: Export, figure: str, kind: str, query: str
) -> None:
    selection = Selection.from_query(query)
    found = totals(demonstration_store.current(), selection, measure="dead_or_missing")
    table = back(export(figure, kind, query), kind, figure)
    inside = sum(table["dead_or_missing"].drop_nulls()) if "dead_or_missing" in table.columns else 0
    missed = {"cells": found.not_located, "incidents": 0, "series": 0}[figure]
    if figure == "series":
        by = totals(demonstration_store.current(), selection, measure="dead_or_missing", by=selection.step)
        assert inside == sum(group.value or 0 for group in by.groups)
    else:
        assert inside + missed == (found.total or 0)


@pytest.mark.rule("P1", "P7", "P8")
@pytest.mark.parametrize("figure", ["cells", "incidents", "series"])
def test_all_that_must_travel_is_in_every_kind(export: Export, figure: str) -> None:
    with zipfile.ZipFile(io.BytesIO(export(figure, "zip", "to=2020-12-31"))) as archive:
        said = archive.read(f"{figure}.md").decode()
    book = fastexcel.read_excel(export(figure, "xlsx", "to=2020-12-31"))
    sheet = "\n".join(" ".join(map(str, row)) for row in book.load_sheet("about", header_row=None).to_polars().rows())
    held = pl.read_parquet_metadata(io.BytesIO(export(figure, "parquet", "to=2020-12-31")))["crossings"]
    for words in ("What is shown.", "people", "at least", "Demonstration incidents", "CC0 1.0", "v000001",
                  say("statement.demonstration"),
                  "to=2020-12-31"):  # fmt: skip
        assert words in said
        assert words in sheet
        assert words in held
    assert (say("statement.boundaries") in said) == (figure != "series")
    table = back(export(figure, "csv"), "csv", figure)
    for column in table.columns:
        assert f"| `{column}` |" in said
        assert column in json.loads(held)["columns"]


@pytest.mark.rule("P8")
@pytest.mark.parametrize(("figure", "kind"), PAIRS)
def test_invented_data_says_so_in_every_row(export: Export, nasty_store: Store, figure: str, kind: str) -> None:
    """RULES P8."""
    assert back(export(figure, kind), kind, figure)["is_demonstration"].all()
    assert "is_demonstration" not in table_of(nasty_store.current(), Selection(), figure).columns


@pytest.mark.parametrize("figure", ["cells", "incidents"])
def test_geojson_is_valid_and_its_polygons_are_the_cells(export: Export, figure: str) -> None:
    content = export(figure, "geojson")
    frame = gpd.read_file(io.BytesIO(content))
    assert frame.crs.to_epsg() == 4326
    placed = frame[~frame.geometry.isna()]
    assert placed.geometry.is_valid.all()
    for feature in json.loads(content)["features"][:50]:
        if figure == "cells":
            centre = shape(feature["geometry"]).centroid
            stated = feature["properties"]
            assert h3.latlng_to_cell(centre.y, centre.x, stated["resolution"]) == stated["cell"]
            assert stated["place_known_to"] == ("cell" if stated["resolution"] == 3 else "wider_area")  # RULES X9


@pytest.mark.parametrize("resolution", [1, 3, 5])
def test_a_cell_on_the_antimeridian_is_split_and_a_pentagon_is_whole(resolution: int) -> None:
    across = cell_geometry(h3.latlng_to_cell(10.0, 180.0, resolution))
    west, _, east, _ = across.bounds
    assert (west, east) == (-180, 180)
    assert across.geom_type == "MultiPolygon"
    assert all(part.exterior.is_ccw for part in across.geoms)
    five = next(cell for cell in h3.get_pentagons(resolution) if abs(h3.cell_to_latlng(cell)[1]) < 150)
    whole = cell_geometry(five)
    assert whole.is_valid
    assert whole.geom_type == "Polygon"


@pytest.mark.parametrize("resolution", [0, 1])
def test_all_cells_fill_the_map_once_poles_and_all(resolution: int) -> None:
    cells = [cell for base in h3.get_res0_cells() for cell in h3.cell_to_children(base, resolution)]
    shapes = [cell_geometry(cell) for cell in cells]
    assert all(one.is_valid for one in shapes)
    assert sum(one.area for one in shapes) == pytest.approx(360 * 180)
    assert unary_union(shapes).area == pytest.approx(360 * 180)


@pytest.mark.parametrize("resolution", range(7))
def test_a_cell_around_a_pole_reaches_it_at_every_longitude(resolution: int) -> None:
    north, south = (cell_geometry(h3.latlng_to_cell(pole, 0, resolution)) for pole in (90, -90))
    assert north.is_valid
    assert south.is_valid
    assert (north.bounds[0], *north.bounds[2:]) == (-180, 180, 90)
    assert south.bounds[:3] == (-180, -90, 180)


def test_a_line_over_the_antimeridian_is_in_two_parts_and_loses_no_length() -> None:
    split = line_geometry([[178.0, 10.0], [-179.0, 12.0], [-178.0, 12.0]])
    assert split.geom_type == "MultiLineString"
    assert split.bounds[0] == -180
    assert split.bounds[2] == 180
    assert split.length == pytest.approx(np.hypot(3, 2) + 1)
    assert line_geometry([[10.0, 10.0], [12.0, 10.0]]).geom_type == "LineString"


NASTY = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "＝1+1",
    "＋1", "－1", "＠x", " =1+1", "=IMPORTXML(1)", '"=1', "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "=1;2", "-2+3+cmd|' /C calc'!A0", "@=1", "=DDE(1)", "+A1",
]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_a_publishers_text_stays_text(text: str) -> None:
    written = inert(pl.DataFrame({"place": [text], "dead": [-1]}))
    shown = written["place"][0]
    assert not shown.lstrip(" ").startswith(LIVE)
    assert shown in (text, f"'{text}")
    assert written["dead"][0] == -1
    assert pl.read_csv(written.write_csv().encode())["place"][0] == shown


@pytest.fixture(scope="module")
def nasty_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("nasty")
    head = "unit,route,place,country,nationality,date_from,date_to,value\n"
    (folder / "counts.csv").write_text(f"{head}detections,Darien,,,,2024-01-01,2024-01-31,7\n")
    ingest([folder / "counts.csv"], Store(folder / "store"))
    return Store(folder / "store")


def test_a_store_without_incidents_gives_empty_tables_not_errors(nasty_store: Store) -> None:
    vintage = nasty_store.current()
    assert table_of(vintage, Selection(), "incidents").is_empty()
    assert table_of(vintage, Selection(), "series")["flow"].to_list() == [7]
    for kind in FIGURES["cells"]:
        assert export_numbers(vintage, Selection(), figure="cells", kind=kind, sentence="")[0]


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(export: Export) -> None:
    with zipfile.ZipFile(io.BytesIO(export("incidents", "xlsx"))) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    assert len(sheets) == 3
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


@pytest.mark.parametrize(("figure", "kind"), [("series", "geojson"), ("nothing", "csv"), ("cells", "exe")])
def test_what_cannot_be_made_gets_a_sentence(export: Export, figure: str, kind: str) -> None:
    with pytest.raises(QueryError, match=r"\."):
        export(figure, kind)


def test_a_source_that_is_not_public_leaves_coarsely_only(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    restricted = restricted_view(vintage)
    assert table_of(restricted, Selection(resolution_chosen=4), "cells").height
    for selection, figure in ((Selection(resolution_chosen=5), "cells"), (Selection(), "incidents")):
        with pytest.raises(QueryError, match="not public"):
            table_of(restricted, selection, figure)


def test_files_are_where_the_menu_says(demonstration_store: Store) -> None:
    from callbacks.build import create_app  # noqa: PLC0415 — the whole app is needed here alone

    client = create_app(demonstration_store.folder).server.test_client()
    for figure, kind in [*PAIRS, ("cells", "csv")]:
        if kind == "zip":
            continue
        answer = client.get(f"/api/v1/exports/{figure}.{kind}?from=2019-01-01&layers=cells")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
    beside = client.get("/api/v1/exports/cells.csv").get_data()
    assert zipfile.is_zipfile(io.BytesIO(beside))
    bare = client.get("/api/v1/exports/cells.csv?dictionary=no").get_data()
    assert bare.startswith(b"cell,resolution,")
    for wrong in ("cells.csv?nonsense=1", "cells.csv?dictionary=maybe"):
        assert client.get(f"/api/v1/exports/{wrong}").status_code == 400
    for absent in ("cells", "cells.exe", "nothing.csv", "series.geojson"):
        assert client.get(f"/api/v1/exports/{absent}").status_code == 404


def test_the_command_writes_what_the_page_gives(
    demonstration_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "cells.csv"
    asks = ["export", "--figure", "cells", "--format", "csv", "--resolution", "4", "--from", "2020-01-01", "--out", str(out),
            "--store", str(demonstration_store.folder)]  # fmt: skip
    assert main(asks) == 0
    selection = Selection.from_query("resolution=4&from=2020-01-01")
    vintage = demonstration_store.current()
    assert out.read_bytes() == export_numbers(vintage, selection, figure="cells", kind="csv", sentence="")[0]
    assert main([*asks[:4], "exe", *asks[5:]]) == 2
    assert main([*asks[:-4], "--out", str(tmp_path / "no" / "cells.csv"), *asks[-2:]]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_too_many_incidents_are_counted_not_read(export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object) -> pl.DataFrame:
        raise AssertionError("All rows were read.")

    monkeypatch.setattr(exports, "MOST_ROWS", 10)
    monkeypatch.setattr(exports, "table_of", read)
    with pytest.raises(QueryError, match="rows are more than 10"):
        export("incidents", "csv")
