"""Texts that tell of persons beside other words: a day of birth, where a shelter stands, names in a list (RULES 9).

Such a text is dropped and its row stays, as what it says of a place or a cause is no part of the count.
"""

from typing import Final

import polars as pl

from data.readers.personal_names import names_in_list

BIRTH: Final = (
    r"(?i:\b(?:d\.?o\.?b\.?|date of birth|birth ?date|birthday|born|née? le|nacid[oa]s?(?: el)?|fecha de nacimiento|"
    r"nat[oa] il|data di nascita|geboren(?: am)?|geb\.?|родил(?:ся|ась)|дата рождения)[\s:=,(]{0,4}(?:on |in )?"
    r"(?:\d{1,4}[./\-]\d{1,2}[./\-]\d{1,4}|\d{1,2}(?:st|nd|rd|th|\.)? \p{L}{3,9}\.? \d{4}|"
    r"\p{L}{3,9}\.? \d{1,2}, ?\d{4}))"
)
STREET: Final = (
    r"(?:via|viale|piazza|rue|avenue|av|avenida|calle|carrer|street|st|road|rd|lane|platz|boulevard|blvd|ulica)"
)
NUMBERED_STREET: Final = (
    rf"\b{STREET}\b\.?[\p{{L}} .'’-]{{2,40}}[, nNº°#.]*\d{{1,4}}\b|\b\d{{1,5}},? [\p{{L}} .'’-]{{2,40}} {STREET}\b"
    r"|\b\p{L}{3,}(?:straße|strasse|straat|gasse)\.? \d{1,4}\b"
)
SHELTER_WORD: Final = (
    r"(?:shelter|safe ?house|hostel|foyer|albergue|refugio (?:para|de|temporal)|casa del migrante|casa segura|"
    r"casa rifugio|rifugio|notunterkunft|frauenhaus|schutzhaus|hébergement)"
)
SHELTER: Final = (
    rf"(?i:\b{SHELTER_WORD}\b.{{0,80}}(?:{NUMBERED_STREET})|(?:{NUMBERED_STREET}).{{0,80}}\b{SHELTER_WORD}\b)"
)
MAYBE: Final = (
    rf"(?i){SHELTER_WORD}|\b(?:d\.?o\.?b|birth|born|née? le|nac|fecha|nat[oa]|data|geb)|родил|рожден"  # quick to tell
)


def tells_of_persons(texts: pl.Series) -> pl.Series:
    """Return for each text whether it has a day of birth, the address of a shelter, or names after "victims"."""
    named = names_in_list(texts)
    maybe = texts.filter(texts.str.contains(MAYBE).fill_null(value=False)).unique()
    found = maybe.filter(maybe.str.contains(f"{BIRTH}|{SHELTER}")).to_list()
    return named | texts.is_in(found).fill_null(value=False)
