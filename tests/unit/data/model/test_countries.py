"""Countries have one code and one name, however they are spelled."""

import pytest

from data.model.countries import HIGH_SEAS, SEVERAL, countries, countries_of_shape, country_of, known_country, shapes_of
from data.model.vocabulary import Term, normal
from geo.areas.countries import shape_names


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Turkey", "TUR"), ("Türkiye", "TUR"), ("TURKIYE", "TUR"), ("Ivory Coast", "CIV"), ("Côte d&#039;Ivoire", "CIV"),
        ("Burma", "MMR"), ("Swaziland", "SWZ"), ("Cape Verde", "CPV"), ("Czech Republic", "CZE"), ("DR Congo", "COD"),
        ("Congo", "COG"), ("lby", "LBY"), ("Iran (Islamic Republic of)", "IRN"), ("Iran, Islamic Republic of", "IRN"),
        ("China, Hong Kong Special Administrative Region", "HKG"), ("CHINA, PEOPLES REPUBLIC OF", "CHN"),
        ("Kosovo", "XKX"), ("XKX", "XKX"), ("Korea, Republic of", "KOR"), ("North Macedonia", "MKD"),
        ("united-states-of-america", "USA"), ("Libya,Libya", "LBY"),
    ],
)  # fmt: skip
def test_a_country_has_one_code(text: str, code: str) -> None:
    term = country_of(text)
    assert term == Term(code, countries()[code].name)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Unknown", None), ("Mixed/Unknown", None), ("International waters", HIGH_SEAS), ("France, Italy", SEVERAL),
        ("Libya, Atlantis", SEVERAL), ("Atlantis", Term("atlantis", "Atlantis")),
    ],
)  # fmt: skip
def test_what_is_no_country_has_a_stated_place(text: str, term: Term | None) -> None:
    assert country_of(text) == term


def test_no_spelling_means_two_countries() -> None:
    spellings = [
        (normal(text), one.code) for one in countries().values() for text in (one.code, one.name, *one.synonyms)
    ]
    meant: dict[str, str] = {}
    assert [(text, code) for text, code in spellings if meant.setdefault(text, code) != code] == []


def test_every_shape_of_the_table_is_on_the_map() -> None:
    assert {shape for one in countries().values() for shape in one.shapes} <= shape_names()
    assert all(known_country(code) == Term(code, one.name) for code, one in countries().items())
    assert shapes_of("SRB", shape_names()) == ("Serbia", "Kosovo")
    assert countries_of_shape("Morocco") == {"MAR", "ESH"}
