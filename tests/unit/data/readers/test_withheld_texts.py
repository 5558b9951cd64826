"""Names, days of birth and addresses where something else is expected: kept nowhere, and nobody is lost (RULES 9)."""

import json
from pathlib import Path

import pytest

from data.model.errors import DataError
from data.readers.registry import read_file
from data.readers.result import ReadResult
from data.readers.value_forms import described, has_form
from tests.harness.hostile.entry import counts, incidents, rows_of, sheets
from tests.harness.lines import collection, feature

PERSON = "Fatima Omar Said born 1998-02-03"
TEXTS = (
    "DOB 03/02/1998 female", "a woman born 3.2.1998", "born on 3 February 1998", "Victims: Samuel Tesfaye, Abeba Haile",
    "Body of Samuel Tesfaye found on the beach", "Shelter Casa Maria, Via Roma 12", "12 Station Road, a women's shelter",
)  # fmt: skip


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def told_of(results: list[ReadResult]) -> str:
    """Return all that would be stored or shown of a file."""
    tables = [frame.to_dicts() for one in results for frame in (one.frame, one.quarantine, one.log)]
    return str(tables) + str([(one.notes, one.unread_values, one.names, one.far_outside) for one in results])


def is_kept(text: str, results: list[ReadResult]) -> bool:
    words = text.replace(",", " ").replace(":", " ").split()
    return any(word in told_of(results) for word in words if len(word) > 2 and not word.islower())


@pytest.mark.parametrize("text", ["2024-13-45", "ca. 20", "20+", "N/A", "12 or 13", "Fri 3 Mai 24", "36.1° N, 14.2° E"])
def test_a_text_with_the_form_of_a_value_may_be_repeated(text: str) -> None:
    assert has_form(text)


@pytest.mark.parametrize("text", [PERSON, "Ali", "A1234567", "Diallo", "3 with Samuel", "علي", "x" * 200])
def test_a_text_without_one_may_not_and_is_described(text: str) -> None:
    assert not has_form(text)
    assert text not in described(text)


@pytest.mark.parametrize("column", ["Incident Date", "Number of Dead"])
def test_an_incident_with_a_person_for_a_value_is_set_aside_and_told_without_it(tmp_path: Path, column: str) -> None:
    results = read_file(put(tmp_path, "f.csv", incidents({}, {column: PERSON})))
    (line,) = results[0].quarantine.to_dicts()
    assert (line["row"], line["value"]) == (3, "a text of 32 characters")
    assert line["reason"].startswith("found a text of 32 characters, expected a ")
    assert json.loads(line["raw"])["Main ID"] == "2024.A2"
    assert not is_kept("Fatima Omar Said 1998-02-03", results)


@pytest.mark.parametrize("column", ["Coordinates", "Number of Males", "Region of Origin", "Migration Route",
                                    "Country of Incident", "Source Quality"])  # fmt: skip
def test_an_incident_with_a_person_elsewhere_is_counted_without_the_text(tmp_path: Path, column: str) -> None:
    results = read_file(put(tmp_path, "f.csv", incidents({column: ""}, {column: "Fatima Omar Said"})))
    assert (results[0].accepted, results[0].quarantined) == (2, 0)
    assert not is_kept("Fatima Omar Said", results)


@pytest.mark.parametrize("text", TEXTS)
def test_a_place_that_tells_of_a_person_or_a_shelter_is_dropped_and_its_dead_are_counted(
    tmp_path: Path, text: str
) -> None:
    whole = read_file(put(tmp_path, "whole.csv", incidents({}, {})))[0]
    results = read_file(put(tmp_path, "f.csv", incidents({}, {"Location of Incident": text})))
    assert results[0].frame["dead_or_missing"].to_list() == whole.frame["dead_or_missing"].to_list()
    assert results[0].frame["place"].to_list()[1] is None
    assert sum("1 withheld. Their rows are read without them." in note for note in results[0].notes) == 1
    assert not is_kept(text, results)
    table = read_file(put(tmp_path, "c.csv", counts({}, {"place": text, "nationality": "Iraq"})))
    assert (table[0].accepted, is_kept(text, table)) == (2, False)


@pytest.mark.parametrize(
    "text", ["Off Al Khums, Libya", "Near 200 Cliff Road, Refugio County", "Bodies of two men", "A migrant shelter in Reynosa",
             "Victims were found near Jean Rabel"],
)  # fmt: skip
def test_a_place_that_tells_of_nobody_stays(tmp_path: Path, text: str) -> None:
    results = read_file(put(tmp_path, "f.csv", incidents({}, {"Location of Incident": text})))
    assert results[0].frame["place"].to_list()[1] == text


@pytest.mark.parametrize("column", ["unit", "value", "date_from"])
def test_a_count_with_a_person_for_a_value_is_set_aside_and_told_without_it(tmp_path: Path, column: str) -> None:
    rows = counts({}, {column: PERSON, "route": "Mohammed Al-Hassan"})
    results = read_file(put(tmp_path, "f.csv", rows))
    assert (results[0].accepted, results[0].quarantined) == (1, 1)
    assert "a text of 32 characters" in results[0].quarantine["reason"][0]
    assert not is_kept("Fatima Omar Said 1998-02-03 Mohammed Al-Hassan", results)


@pytest.mark.parametrize("text", ["Fatima", "Mohammed Al-Hassan", "Syria and Fatima Omar"])
@pytest.mark.parametrize("column", ["route", "nationality", "country"])
def test_a_person_where_a_name_of_a_table_is_expected_is_dropped_and_never_an_id(
    tmp_path: Path, column: str, text: str
) -> None:
    given = {"nationality": "Iraq", "place": "Lampedusa"} | {column: text}
    results = read_file(put(tmp_path, "f.csv", counts({}, given)))
    assert results[0].accepted + results[0].quarantined == 2
    assert not is_kept(text.removeprefix("Syria and "), results)


def test_a_telephone_number_among_coordinates_sets_its_row_aside_as_in_every_column(tmp_path: Path) -> None:
    for text in ("tel +218 91 234 5678", "+218 91 234 5678"):
        results = read_file(put(tmp_path, "f.csv", incidents({}, {"Coordinates": text})))
        (line,) = results[0].quarantine.to_dicts()
        assert (line["row"], line["column"], line["value"]) == (3, "Coordinates", None)
        assert "234 5678" not in told_of(results)


def test_degrees_with_signs_are_no_telephone_numbers(tmp_path: Path) -> None:
    for text in ("+33.1234567, +13.7654321", "+33.1234567 +13.7654321", "+33.123456789; ?"):
        assert read_file(put(tmp_path, "f.csv", incidents({}, {"Coordinates": text})))[0].accepted == 2


@pytest.mark.parametrize("name", ["Fatima Omar Said A1234567", "fatima_omar_1998", "arrivals tel +218 91 234 5678"])
def test_a_file_or_a_sheet_that_is_called_after_a_person_is_refused_and_not_repeated(tmp_path: Path, name: str) -> None:
    lines = collection(feature({"name": "a"}))
    for path in (put(tmp_path, f"{name}.csv", counts({})), put(tmp_path, f"{name}.geojson", lines),
                 put(tmp_path, "f.xlsx", sheets({"Data": rows_of({}), name[:31]: rows_of({"nationality": "Iraq"})}))):  # fmt: skip
        with pytest.raises(DataError, match="is called after a person") as refusal:
            read_file(path)
        assert refusal.value.code == "PERSONAL_DATA"
        assert not any(word in str(refusal.value) for word in ("atima", "mar", "1998", "A1234567", "5678"))


@pytest.mark.parametrize("name", ["San Juan 2024", "data-2024-03-05", "born-at-sea", "Mali Jordan", "export (3)"])
def test_a_file_that_is_called_after_a_place_is_read(tmp_path: Path, name: str) -> None:
    assert read_file(put(tmp_path, f"{name}.csv", counts({})))[0].accepted == 1
