"""Headings that name persons, in the languages of the field and however they are written (RULES 9)."""

import csv
from pathlib import Path

import pytest

from data.model.vocabulary import FILES
from data.readers.incident_fields import ALIASES
from data.readers.layouts import COUNT_LAYOUTS
from data.readers.personal_headings import AGE, personal_heading, plain_heading
from tests.harness.every_file import READ

with (FILES / "personal_columns.csv").open(encoding="utf-8", newline="") as handle:
    TABLE = list(csv.DictReader(handle))
SPELLINGS = {
    "as it stands": lambda name: name,
    "in capitals": lambda name: name.upper(),
    "with marks between": lambda name: name.replace(" ", "_"),
    "numbered": lambda name: f"{name} 2",
    "with marks that cannot be seen": lambda name: "\u200b".join(name) if name.isascii() else f"\ufeff{name}",
    "with blanks around": lambda name: f"  {name} ",
}


def test_the_table_has_200_names_and_each_once() -> None:
    names = [plain_heading(row["name"]).replace(" ", "") for row in TABLE]
    assert len(set(names)) >= 200
    assert all(names)
    assert {row["match"] for row in TABLE} == {"whole", "within", "judged"}
    assert {row["kind"] for row in TABLE} == {
        "name", "birth", "phone", "email", "document", "biometric", "face", "shelter", "asset", AGE
    }  # fmt: skip
    assert {"en", "fr", "es", "ru", "ar", "fa", "zh", "am"} <= {row["language"] for row in TABLE}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_name_of_the_table_is_known_however_it_is_written(spelling: str) -> None:
    write = SPELLINGS[spelling]
    found = {row["name"]: personal_heading(write(row["name"])) for row in TABLE}
    assert [name for name, one in found.items() if one is None] == []


@pytest.mark.parametrize(
    "heading",
    ["PassportNo", "firstName", "FIRSTNAME", "victim's name", "Prénom du défunt_1 nom et prénom", "fecha-de-nacimiento",
     "N° de téléphone", "Тел.", "ДАТА РОЖДЕНИЯ", "Имя погибшего", "الاسْم الكامل", "رقم جـواز السفر", "أسماء الضحايا",
     "死者姓名（中文）", "联系电话2", "ｎａｍｅ", "pаsspоrt", "e-mail (contact)", "IBAN", "Adı Soyadı", "doğum tarihi"],
)  # fmt: skip
def test_a_heading_in_any_script_is_known(heading: str) -> None:
    assert personal_heading(heading) is not None


def test_no_heading_of_a_layout_that_is_read_is_personal() -> None:
    headings = {name for layout in COUNT_LAYOUTS for name in layout.headers | layout.optional | layout.ignored}
    headings |= {spelling for spellings in ALIASES.values() for spelling in spellings}
    assert {name for name in headings if personal_heading(name)} == set()


@pytest.mark.parametrize(
    "heading",
    ["country_name", "route name", "Number of females", "nominal", "telegraph hill", "agency", "renamed", "event_name",
     "victims", "documents", "phonetic", "mailbox rule", "surfaces", "cell", "case number", "population_name"],
)  # fmt: skip
def test_a_heading_that_only_looks_like_one_is_none(heading: str) -> None:
    assert personal_heading(heading) is None


@pytest.mark.real
def test_no_heading_of_a_csv_that_is_read_is_personal_but_those_dropped_at_the_door(real_data: Path) -> None:
    found = {}
    for name in sorted({one.name for one in READ if one.name.endswith(".csv") and "cases/" not in one.name}):
        with (real_data / name).open(encoding="utf-8", errors="replace", newline="") as lines:
            kinds = {cell: one.kind for cell in next(csv.reader(lines)) if (one := personal_heading(cell))}
        found[name] = {cell: kind for cell, kind in kinds.items() if kind != AGE}
    assert {name: cells for name, cells in found.items() if cells}.keys() <= {
        "incidents-other/united-list-refugeesAndMigrants_2018.csv",
        "incidents-other/the-migrants-files-events_2016-06-24.csv",
        "context/remains/pima-humane-borders_recovered-remains_by-year-corridor.csv",
    }
