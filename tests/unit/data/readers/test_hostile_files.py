"""Files that are not what they claim, or hold what must not be held: refused whole, with a code and a sentence."""

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas
import pytest
from shapely.geometry import LineString

from data.model.errors import DataError
from data.store.ingest import ingest
from data.store.store import Store
from tests.harness.reading import read_one, written

HEADER = ["unit", "route", "place", "country", "nationality", "date_from", "date_to", "value"]
ROW = ["detections", "Darien", "", "", "", "2024-01-01", "2024-01-31", "7"]


def text(*rows: list[str], header: list[str] = HEADER) -> str:
    made = io.StringIO()
    csv.writer(made).writerows([header, *(rows or (ROW,))])
    return made.getvalue()


def workbook(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_the_plain_file_is_read(tmp_path: Path) -> None:
    assert read_one(written(tmp_path, text().encode())).frame["value"].to_list() == [7]


def test_a_byte_order_mark_is_read_over(tmp_path: Path) -> None:
    assert read_one(written(tmp_path, text().encode("utf-8-sig"))).frame["value"].to_list() == [7]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY"), (b"  \n \n", "EMPTY"),
        (text().encode() + b"\x81\xff", "ENCODING"), (text().encode("utf-16") + b"\x00", "ENCODING"),
        (b"<!doctype html><html><body>Not found</body></html>", "HTML"), (b"\n <HTML><p>Error</p>", "HTML"),
        (b"<?xml version='1.0'?><OGRVRTDataSource/>", "XML"),
        (workbook(a=b"x"), "ZIP"), (b"PK\x03\x04broken", "TRUNCATED"), (b"%PDF-1.7", "PDF"), (b"PAR1xxxxPAR1", "PARQUET"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLD_WORKBOOK"), (gzip.compress(text().encode(), mtime=0), "GZIP"),
        (text(["detections", "Dar\x00ien", *ROW[2:]]).encode(), "NUL"),
        (b'[{"a": 1, "a": 2}]', "DUPLICATE_KEY"), (b'[{"a": NaN}]', "NAN"), (b'[{"a": 1}, {"a"', "TRUNCATED"),
        (b"[" * 100_000, "LIMIT"),
    ],
    ids=lambda value: repr(value)[:28],
)  # fmt: skip
def test_bytes_that_are_no_table_are_refused(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(DataError) as refused:
        read_one(written(tmp_path, content))
    assert refused.value.code == code
    assert "counts.csv" in str(refused.value)


def with_header(*names: str) -> bytes:
    return text([*ROW, *([""] * len(names))], header=[*HEADER, *names]).encode()


@pytest.mark.parametrize(
    "make",
    [
        lambda: text(header=["unit", "unit", *HEADER[2:]]).encode(),
        lambda: text(header=[*HEADER[:-1], "sum"]).encode(),
        lambda: ",".join(HEADER).encode() + b"\n",
        lambda: ",".join(f"c{number}" for number in range(100_000)).encode() + b"\n1\n",
        lambda: b'unit,route\n"open quote, and no end\nx,y\n',
        lambda: b"a;b;c\n1;2;3\n",
    ],
    ids=["duplicate header", "renamed column", "header only", "100,000 columns", "unbalanced quote", "semicolons"],
)
def test_a_table_of_no_known_shape_is_refused(tmp_path: Path, make: Callable[[], bytes]) -> None:
    with pytest.raises(DataError) as refused:
        read_one(written(tmp_path, make()))
    assert len(str(refused.value)) > 20


@pytest.mark.parametrize(
    "column", ["Name", "Surname", "phone", "Phone number", "passport_no", "dateOfBirth", "e-mail", "WhatsApp",
               "victim name", "fingerprint", "MMSI", "Shelter address", "national ID"]
)  # fmt: skip
def test_a_column_that_looks_like_personal_data_refuses_the_file_and_is_named(tmp_path: Path, column: str) -> None:
    with pytest.raises(DataError) as refused:
        read_one(written(tmp_path, with_header(column)))
    assert column in str(refused.value)


@pytest.mark.parametrize(
    ("column", "value"),
    [("value", "1e309"), ("value", "NaN"), ("value", "-5"), ("value", "3.5"), ("value", "x"), ("value", "9" * 25),
     ("date_from", "31.02.2024"), ("date_from", "2024-02-31"), ("date_to", "2023-12-01"), ("unit", "persons")],
)  # fmt: skip
def test_an_impossible_value_quarantines_its_row_alone(tmp_path: Path, column: str, value: str) -> None:
    bad = [value if name == column else given for name, given in zip(HEADER, ROW, strict=True)]
    result = read_one(written(tmp_path, text(ROW, bad).encode()))
    assert (result.rows_read, result.frame.height, result.quarantine["row"].n_unique()) == (2, 1, 1)
    row = result.quarantine.row(0, named=True)
    assert (row["row"], row["file"]) == (3, "counts.csv")
    assert row["reason"]


def test_a_short_and_a_long_row_are_not_filled_or_cut(tmp_path: Path) -> None:
    result = read_one(written(tmp_path, (text() + "detections,Darien\r\n" + ",".join([*ROW, "9"]) + "\r\n").encode()))
    assert (result.frame.height, result.quarantine.height) == (1, 2)


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to(__file__)], ids=["folder", "link"])
def test_only_regular_files_are_read(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "counts.csv"
    make(path)
    with pytest.raises(DataError):
        read_one(path)


@pytest.mark.parametrize("name", ["http://127.0.0.1/x.csv", "/vsicurl/x.geojson", "s3://bucket/x", "*.csv"])
def test_an_address_or_a_pattern_is_no_file(name: str) -> None:
    with pytest.raises(DataError):
        read_one(Path(name))


def test_a_refused_file_leaves_the_published_vintage(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([written(tmp_path, text().encode())], store)
    bad = written(tmp_path, b"<html>", "page.csv")
    with pytest.raises(DataError):
        ingest([bad], store)
    assert store.current().counts["value"].to_list() == [7]


LINE = LineString([(12.5, 33.0), (12.9, 35.5), (179.9, -1.0)])


@pytest.mark.parametrize(("name", "driver"), [("lines.gpkg", "GPKG"), ("lines.geojson", "GeoJSON")])
def test_segments_come_back_as_they_were_written(tmp_path: Path, name: str, driver: str) -> None:
    path = tmp_path / name
    frame = geopandas.GeoDataFrame({"name": ["A"], "route": ["Central Mediterranean"]}, geometry=[LINE], crs=4326)
    frame.to_file(path, driver=driver)
    result = read_one(path)
    assert result.frame["points"].to_list() == [[list(point) for point in LINE.coords]]
    assert result.frame["route"].to_list() == ["central-mediterranean"]


@pytest.mark.parametrize(
    "geometry",
    ["null", '{"type": "LineString", "coordinates": []}', '{"type": "LineString", "coordinates": [["a", 1], [2, 3]]}',
     '{"type": "LineString", "coordinates": [[1, 95], [2, 3]]}', '{"type": "Point", "coordinates": [1, 2]}'],
)  # fmt: skip
def test_a_line_that_is_none_is_quarantined(tmp_path: Path, geometry: str) -> None:
    good = '{"type": "Feature", "properties": {"name": "A"}, "geometry": {"type": "LineString", "coordinates": [[1, 2], [3, 4]]}}'
    bad = f'{{"type": "Feature", "properties": {{"name": "B"}}, "geometry": {geometry}}}'
    content = f'{{"type": "FeatureCollection", "features": [{good}, {bad}]}}'
    result = read_one(written(tmp_path, content.encode(), "lines.geojson"))
    assert (result.frame.height, result.quarantine.height) == (1, 1)
