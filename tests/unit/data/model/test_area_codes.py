"""Areas as publishers code them: a code of one scheme is never looked up in another, and a total is no country."""

import csv
from pathlib import Path

import pytest

from data.model.area_codes import Area, area_ids, area_name, area_of, others
from data.model.countries import countries


@pytest.mark.parametrize(
    ("text", "scheme", "expected"),
    [
        ("AUS", "iso3", Area("AUS", "country")),
        ("AUS", "unhcr", Area("AUT", "country")),  # Austria; Australia is AUL
        ("ARE", "unhcr", Area("EGY", "country")),
        ("MAR", "unhcr", Area("MTQ", "country")),
        ("AUT", "unhcr", None),  # nobody's code there
        ("AFG", "unhcr", Area("AFG", "country")),
        ("UNK", "unhcr-iso", Area("unknown", "nobody")),  # in lists of countries this code is Kosovo's
        ("XXA", "unhcr-iso", Area("stateless", "nobody")),
        ("EL", "eurostat", Area("GRC", "country")),
        ("UK", "eurostat", Area("GBR", "country")),
        ("XK", "eurostat", Area("XKX", "country")),
        ("NA", "eurostat", Area("NAM", "country")),
        ("TOTAL", "eurostat", Area("all", "total")),
        ("EU28", "eurostat", Area("eu-28", "aggregate")),
        ("Total", "eurostat-label", Area("all", "total")),
        ("America", "eurostat-label", Area("america", "aggregate")),
        ("TO", "eurostat-label", None),
        ("Korea, Republic of", "name", Area("KOR", "country")),
        ("Total", "name", None),
        ("", "iso3", None),
    ],
)
def test_a_code_means_what_its_own_scheme_says(text: str, scheme: str, expected: Area | None) -> None:
    assert area_of(text, scheme) == expected  # type: ignore[arg-type]


def test_what_is_no_country_has_a_name_and_is_no_code() -> None:
    assert all(area_name(one) != one and one in area_ids() for one in others())
    assert not others().keys() & countries().keys()
    assert area_name("ITA") == "Italy"


@pytest.mark.real
def test_every_code_of_unhcrs_own_list_means_the_country_that_it_says(real_data: Path) -> None:
    with (real_data / "context/codes/unhcr_country_codes.csv").open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle) if row["iso_code"] in countries()]
    found = {row["unhcr_code"]: area_of(row["unhcr_code"], "unhcr") for row in rows}
    assert found == {row["unhcr_code"]: Area(row["iso_code"], "country") for row in rows}
    assert sum(code != area.id for code, area in found.items() if area) == 94
