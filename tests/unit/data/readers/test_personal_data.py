"""Personal data in every reader: a column of it refuses the file, a text of it is not kept anywhere (RULES 9)."""

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from shapely.geometry import LineString

from data.model.errors import DataError
from data.readers.personal_names import is_name, is_name_with_age
from data.readers.personal_values import is_personal
from data.readers.registry import read_file
from data.readers.result import ReadResult
from tests.harness.hostile.entry import COUNT, COUNTS, counts, incident_records, incidents, rows_of, sheets, table
from tests.harness.lines import LINE, collection, feature, geopackage, kml, kml_line, placemark, shapefile, with_sql

TOLL = {"dead": 3, "missing": 4, "date": "2024-03-05", "cause": "Drowning", "place": "Off Libya"}
PERSONS = (
    "write to amina@example.org", "call +218 91 234 5678", "WhatsApp: 0912345678", "tél. 06 12 34 56 78",
    "هاتف: ٠٩١٢٣٤٥٦٧٨", "тел. 8 912 345 67 89", "passport no. AB1234567", "جواز رقم 12345678", "护照号 E12345678",
    "DNI 12345678Z", "paid to GB82 WEST 1234 5698 7654 32", "P<SYRALI<<AHMAD<<<<<<<", "id 11010519491231002X",
    "Fatima Ali (7)", "Ahmad Hassan, 24", "Mohammed Ali, aged 30, drowned", "محمد علي، ٢٤ عاما", "Анна Иванова, 5 лет",
)  # fmt: skip
NOBODY = (
    "20 km from Tarfaya (Morocco), 24 km off", "2019-03-05", "33.2011111, 13.1012345", "+33.2, +13.1", "MMP00108",
    "Ranch Road 24", "Sidi Ifni, 24 km", "Pima County, 24", "Hospital of Melilla (35 people)", "2,853 of 144,301",
    "https://example.org/a/2024/03/05/123456789", "ES9121000418450200051333", "12345678A", "Unknown man, 24",
    "Close to Ali Sabieh", "10:30 - 12:45", "100-150", "0.11010519491231002", "passports were found", "Jean Rabel, 3 boats",
)  # fmt: skip


@pytest.mark.parametrize("text", PERSONS)
def test_a_text_that_tells_of_a_person_is_told(text: str) -> None:
    assert is_personal(pl.Series([text]))[0] or is_name_with_age(text)


@pytest.mark.parametrize("text", NOBODY)
def test_a_text_that_tells_of_nobody_is_not(text: str) -> None:
    assert not is_personal(pl.Series([text, None])).any()
    assert not is_name_with_age(text)


def test_a_name_needs_a_given_name_and_no_word_of_a_place() -> None:
    assert [is_name(text) for text in ("Ahmad Hassan", "王小明", "محمد علي", "María del Carmen Pérez")] == [True] * 4
    assert [is_name(text) for text in ("Sidi Ifni", "Ali", "Mohammed Bay", "Santa Maria", "Syria", "北京")] == [
        False
    ] * 6


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def of_lines(name: str, value: str) -> dict[str, Callable[[Path], Path]]:
    lines = [feature({"id": "a", name: value})]
    data = f'<ExtendedData><Data name="{name}"><value>{value}</value></Data></ExtendedData>'
    return {
        "GeoJSON lines": lambda folder: put(folder, "f.geojson", collection(*lines)),
        "KML": lambda folder: put(folder, "f.kml", kml(placemark(kml_line() + data))),
        "GeoPackage": lambda folder: with_sql(
            geopackage(folder / "f.gpkg", {"l": (4326, [LineString(LINE)])}),
            f"ALTER TABLE l ADD COLUMN \"{name}\" TEXT DEFAULT '{value}'",
        ),
    }


def with_column(name: str, *values: str) -> dict[str, Callable[[Path], Path]]:
    """Return a file of each kind with a further column of these values, one a row."""
    states = [{"nationality": one} for one in ("Syria", "Iraq", "Libya", "Mali")][: len(values)]
    rows = [COUNT | state | {name: value} for state, value in zip(states, values, strict=True)]
    cells = [[*COUNTS, name], *([row[one] for one in (*COUNTS, name)] for row in rows)]
    tolls = [one | {name: value} for one, value in zip(incident_records(*[{}] * len(values)), values, strict=True)]
    points = [feature(TOLL | {name: value}, {"type": "Point", "coordinates": [13.1, 33.2]}) for value in values]
    return {
        "counts": lambda folder: put(folder, "f.csv", table(cells)),
        "a workbook": lambda folder: put(folder, "f.xlsx", sheets({"Data": cells})),
        "JSON": lambda folder: put(folder, "f.json", json.dumps(rows)),
        "incidents": lambda folder: put(
            folder, "f.csv", table([list(tolls[0]), *(list(one.values()) for one in tolls)])
        ),
        "points": lambda folder: put(folder, "f.geojson", collection(*points)),
        **of_lines(name, values[0]),
    }


KINDS = tuple(with_column("x", "y"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("column", ["Prénom", "Дата рождения", "رقم الهاتف", "护照号码", "passport_no", "photo"])
def test_a_column_of_persons_refuses_a_file_of_every_kind_and_is_named(tmp_path: Path, kind: str, column: str) -> None:
    path = with_column(column, "Zzyzx")[kind](tmp_path)
    with pytest.raises(DataError) as refusal:
        read_file(path)
    assert (refusal.value.code, refusal.value.column) == ("PERSONAL_DATA", column)
    assert f"'{column}'" in str(refusal.value)
    assert "Zzyzx" not in str(refusal.value)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "values",
    [("a@example.org", "b@example.org"), ("+218 91 234 5678", "+218 91 234 5679"), ("06 12 34 56 78", "06 12 34 56 79"),
     ("GB82 WEST 1234 5698 7654 32", "DE89 3704 0044 0532 0130 00")],
)  # fmt: skip
def test_a_column_whose_values_are_persons_refuses_a_file_whatever_its_heading(
    tmp_path: Path, kind: str, values: tuple[str, str]
) -> None:
    with pytest.raises(DataError) as refusal:
        read_file(with_column("remarks", *values)[kind](tmp_path))
    assert (refusal.value.code, refusal.value.column) == ("PERSONAL_DATA", "remarks")
    assert all(value not in str(refusal.value) for value in values)


def test_bare_numbers_of_documents_are_told_as_a_column_alone(tmp_path: Path) -> None:
    values = ("AB1234567", "AB1234568", "AC7654321")
    with pytest.raises(DataError, match="'remarks' holds what looks like"):
        read_file(with_column("remarks", *values)["counts"](tmp_path))
    assert not is_personal(pl.Series(values)).any()


@pytest.mark.parametrize("age", ["age", "Edad", "возраст", "العمر", "年龄"])
def test_names_beside_ages_refuse_the_file_whatever_the_headings(tmp_path: Path, age: str) -> None:
    held = [*COUNTS, "remarks", age]
    cells = [
        [*COUNT.values(), "Ahmad Hassan", 24],
        [*(COUNT | {"nationality": "Syria"}).values(), "Fatima Zahra Ali", 7],
    ]
    with pytest.raises(DataError, match="'remarks' holds what looks like names of persons") as refusal:
        read_file(put(tmp_path, "f.csv", table([held, *cells])))
    assert "Ahmad" not in str(refusal.value)
    apart = put(tmp_path, "f.csv", table([held[:-1], *(row[:-1] for row in cells)]))
    assert read_file(apart)[0].accepted == 2


def everything_of(results: list[ReadResult]) -> str:
    """Return all that would be stored or told of a file."""
    tables = [frame for one in results for frame in (one.frame, one.quarantine, one.log, one.attributes)]
    told = [(one.notes, one.unread_columns, one.unread_values, one.names, one.far_outside) for one in results]
    return str([frame.to_dicts() for frame in tables]) + str(told)


@pytest.mark.parametrize("text", PERSONS)
@pytest.mark.parametrize("column", ["place", "route", "nationality", "value", "date_from", "unit"])
def test_a_text_of_a_person_in_counts_sets_its_row_aside_and_stands_nowhere(
    tmp_path: Path, column: str, text: str
) -> None:
    results = read_file(
        put(tmp_path, "f.csv", counts({}, {column: text, **({} if column == "route" else {"route": "Sahara"})}))
    )
    assert [(one.accepted, one.quarantined) for one in results] == [(1, 1)]
    (line,) = results[0].quarantine.to_dicts()
    assert (line["row"], line["column"], line["value"]) == (3, column, None)
    assert "PERSONAL_DATA" in line["reason"]
    assert text not in everything_of(results)
    kept = json.loads(line["raw"])
    assert kept[column] is None
    assert kept["country"] == kept["nationality" if column != "nationality" else "country"]


@pytest.mark.parametrize("column", ["Location of Incident", "Cause of Death", "Country of Incident", "Incident Date",
                                    "Number of Dead", "Region of Incident"])  # fmt: skip
def test_a_text_of_a_person_among_incidents_sets_its_row_aside_and_its_id_is_kept(tmp_path: Path, column: str) -> None:
    results = read_file(put(tmp_path, "f.csv", incidents({}, {column: "call +218 91 234 5678"})))
    assert [(one.accepted, one.quarantined) for one in results] == [(1, 1)]
    assert "234 5678" not in everything_of(results)
    assert json.loads(results[0].quarantine["raw"][0])["Main ID"] == "2024.A2"


@pytest.mark.parametrize("text", PERSONS)
def test_a_text_of_a_person_on_a_line_stands_as_unknown(tmp_path: Path, text: str) -> None:
    attributes = [{"id": "a", "name": text, "order": 1}, {"id": "b", "name": "A road", "order": text}]
    path = put(tmp_path, "f.geojson", collection(*map(feature, attributes), feature({"name": text}, None)))
    results = read_file(path)
    assert (results[0].accepted, results[0].quarantined) == (2, 1)
    assert results[0].frame["name"].to_list() == [None, "A road"]
    assert text not in everything_of(results)


def test_a_shapefile_is_looked_at_too(tmp_path: Path) -> None:
    path = shapefile(tmp_path, [LineString(LINE)], phone=["0912345678"])
    with pytest.raises(DataError, match="'phone' looks like personal data"):
        read_file(path)


def test_a_first_row_that_is_no_header_but_a_person_is_not_repeated(tmp_path: Path) -> None:
    for first in ("amina@example.org", "Ahmad Hassan", "+218 91 234 5678"):
        with pytest.raises(DataError) as refusal:
            read_file(put(tmp_path, "f.csv", table([[first, "Sabha", 24], ["b", "c", 4]])))
        assert (refusal.value.code, first in str(refusal.value)) == ("PERSONAL_DATA", False)


@pytest.mark.parametrize("broken", [{}, {"value": "many"}])
def test_of_a_row_in_quarantine_only_what_the_reader_knows_is_kept(tmp_path: Path, broken: dict[str, str]) -> None:
    header = [*COUNTS, "diary"]
    bad = [*(COUNT | {"value": "many"}).values(), "Zzyzx told me"]
    rows = (
        [header, [*COUNT.values(), "nothing"], bad] if broken else [header, [*COUNT.values(), "a"], ["Zzyzx", "told"]]
    )
    results = read_file(put(tmp_path, "f.csv", table(rows)))
    assert (results[0].accepted, results[0].quarantined) == (1, 1)
    assert "Zzyzx" not in everything_of(results)
    tolls = incident_records({}, {"Number of Dead": "many"})
    told = [[*tolls[0], "diary"], *([*one.values(), "Zzyzx told me"] for one in tolls)]
    held = read_file(put(tmp_path, "i.csv", table(told)))
    assert (held[0].quarantined, "Zzyzx" in everything_of(held)) == (1, False)
    assert json.loads(held[0].quarantine["raw"][0])["Main ID"] == "2024.A2"


def test_a_row_with_other_unread_cells_is_still_told_from_one_that_repeats_it(tmp_path: Path) -> None:
    one = incident_records({})[0] | {"diary": "a"}
    rows = [list(one), list(one.values()), list((one | {"diary": "b"}).values())]
    result = read_file(put(tmp_path, "f.csv", table(rows)))[0]
    assert (result.accepted, result.quarantined) == (0, 2)


def test_a_sheet_of_a_workbook_has_its_personal_rows_set_aside_where_they_stand(tmp_path: Path) -> None:
    both = {
        "A": rows_of({}, {"place": "call +218 91 234 5678"}),
        "B": rows_of({"nationality": "Iraq"}, {"place": "a@b.org"}),
    }
    result = read_file(put(tmp_path, "f.xlsx", sheets(both)))[0]
    assert (result.accepted, result.rows_read) == (2, 4)
    assert result.quarantine.select("sheet", "row", "column").rows() == [("A", 3, "place"), ("B", 3, "place")]
