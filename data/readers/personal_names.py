"""Names of persons beside their ages, in one text or in two columns: told by given names of the field's languages.

A place may be called after a person, so that a name alone is no sign; with an age beside it, it is (RULES 9).
"""

import csv
import re
import unicodedata
from functools import cache
from itertools import pairwise
from typing import Final

import polars as pl

from data.model.countries import known_country
from data.model.vocabulary import FILES, route_of
from data.readers.event_names import EVENT, PLACE
from data.readers.personal_headings import AGE, HAN, personal_heading

OLDEST: Final = 120
FEWEST_SHARE: Final = 0.5  # of a column's texts: as many have to be names
LONGEST_NAME: Final = 5  # words
YEARS: Final = (
    r"years?|yrs?|yo|y/o|y\.o\.|months?|ans?|años?|anni|anos|jahre?|jaar|lat|yaş\w*|лет|года?|років|"
    r"عاما?|عام|سنة|سنوات|سال|岁|歲|ετών"
)
DIGITS: Final = r"[\d٠-٩۰-۹]{1,3}"
AN_AGE: Final = re.compile(
    rf"[\s,(\[،，:]\s*(?P<age>{DIGITS})(?P<years>[\s\-]?(?:{YEARS})(?:[\s-]?old)?\b)?\s*(?P<end>$|[,;.)\]،，])",
    re.IGNORECASE,
)
SAID: Final = re.compile(
    r"[\s,(\[،，](?:aged?|âgée?s?(?: de)?|edad|de edad|età|di anni|alter|возраст|العمر|عمره|عمرها|سن)\s*:?\s*$",
    re.IGNORECASE,
)
MAYBE: Final = r"[\s(\[،，,:][\d٠-٩۰-۹]{1,3}(?:$|\.(?:\s|$)|[^\d٠-٩۰-۹.:/])"  # quick to tell, in all that AN_AGE finds
LOOKED_BACK: Final = 80  # characters before an age
WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
BEFORE_SURNAME: Final = frozenset(
    {"al", "el", "ben", "bin", "ibn", "abu", "bint", "de", "del", "la", "van", "von", "da", "dos"}
)
NOBODY: Final = frozenset(
    {"unknown", "unidentified", "county", "km", "street", "road", "rue", "calle", "via", "san", "santa"}
)

NO_WORD: Final = re.compile(r"[\d_.()\[\]#:+]+")
BETWEEN_NAMES: Final = re.compile(r"[,;/&|\n،，、]|\b(?:and|et|und|y|e)\b")
BEFORE_NAMES: Final = re.compile(
    r"(?i:\b(?:victims?|deceased|named|names?|identified as|bod(?:y|ies) of|remains of|corpses? of|death of|"
    r"v[ií]ctimas?|cuerpos? de|corps de|nommée?s?|vittim[ae]|corp[oi] di|opfer|namens)\b)[\s:\-–(]*"
)
LOOKED_AHEAD: Final = 120  # characters behind such a word


def names_beside_ages(texts: pl.Series) -> pl.Series:
    """Return for each text whether it holds a person's name with an age: "Fatima Ali (7)", "محمد علي، ٢٤ عاما"."""
    maybe = texts.str.contains(MAYBE).fill_null(value=False)
    if not maybe.any():
        return maybe
    found = {text for text in texts.filter(maybe).unique().to_list() if is_name_with_age(text)}
    return (
        texts.is_in(sorted(found)).fill_null(value=False)
        if found
        else pl.repeat(value=False, n=texts.len(), eager=True)
    )


def is_name_with_age(text: str) -> bool:
    """Return whether a person's name stands in a text with an age behind it."""
    for found in AN_AGE.finditer(text):
        before = text[max(0, found.start() - LOOKED_BACK) : found.start()]
        said = SAID.search(before)
        is_said = said is not None or found["years"] is not None or found["end"] in (")", "]")
        name = _last_words((before[: said.start()] if said else before).rstrip(" ,([،，:"))
        if int(found["age"]) <= OLDEST and (is_said or found["end"] in ("", ";", ".")) and is_name(name):
            return True
    return False


def _last_words(text: str) -> str:
    """Return the capitalised words at the end of a text, or the last ones of a script without capitals."""
    kept: list[str] = []
    for word in reversed(text.split()):
        plain = word.strip("'\"’.-")
        if not plain or not (plain[0].isupper() or plain.lower() in BEFORE_SURNAME or _has_no_case(plain)):
            break
        kept.insert(0, plain)
    return " ".join(kept[-LONGEST_NAME:])


def _has_no_case(word: str) -> bool:
    return word.lower() == word.upper()


def is_name(text: str) -> bool:
    """Return whether a text is a person's name: two to five words of which the first or second is a given name."""
    words = WORD.findall(text)
    if HAN.fullmatch(text.strip()):
        return 2 <= len(text.strip()) <= 4 and text.strip()[0] in given_names()
    if not 2 <= len(words) <= LONGEST_NAME or len(words) != len(text.split()):
        return False
    low = [word.casefold() for word in words]
    if set(low) & (EVENT | PLACE | NOBODY) or known_country(text) or route_of(text)[1]:
        return False
    return any(_folded(word) in given_names() for word in words[:2])


def is_given_name(word: str) -> bool:
    """Return whether a word is a given name of the table."""
    return _folded(word) in given_names()


def names_nobody_but_persons(text: str) -> bool:
    """Return whether a text that should name a country, a route or an id names a person: one of several is enough."""
    parts = (" ".join(NO_WORD.sub(" ", part).split()) for part in BETWEEN_NAMES.split(text))
    return any(is_name(part) or (is_given_name(part) and not known_country(part)) for part in parts)


def names_in_list(texts: pl.Series) -> pl.Series:
    """Return for each text whether persons are named in it after a word such as "victims" or "body of"."""
    maybe = texts.str.contains(BEFORE_NAMES.pattern).fill_null(value=False)
    found = [text for text in texts.filter(maybe).unique().to_list() if is_list_of_names(text)]
    return texts.is_in(found).fill_null(value=False)


def is_list_of_names(text: str) -> bool:
    """Return whether a person is named after a word such as "victims", "named" or "body of"."""
    for found in BEFORE_NAMES.finditer(text):
        for part in BETWEEN_NAMES.split(text[found.end() : found.end() + LOOKED_AHEAD]):
            words = [word for word in part.split()[:2] if word[0].isupper() or _has_no_case(word)]
            if len(words) == 2 and is_name(" ".join(word.strip("'\"’.:-") for word in words)):
                return True
    return False


def is_called_after_person(text: str) -> bool:
    """Return whether a given name and another word stand side by side in the name of a file or a sheet."""
    words = [word for word in NO_WORD.sub(" ", text).split() if word not in ("-", "'")]
    pairs = pairwise(words)
    return any(
        is_given_name(first) and (second[0].isupper() or first[0].islower()) and is_name(f"{first} {second}")
        for first, second in pairs
    )


@cache
def given_names() -> frozenset[str]:
    """Return the given names of the table, and Chinese family names, which stand first."""
    with (FILES / "given_names.csv").open(encoding="utf-8", newline="") as handle:
        return frozenset(_folded(row["name"]) for row in csv.DictReader(handle))


def _folded(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def column_of_names(frame: pl.DataFrame) -> str | None:
    """Return the column that holds names of persons beside a column of ages; None where there is none."""
    if not any(_holds_ages(name, frame[name]) for name in frame.columns):
        return None
    return next((name for name in frame.columns if _holds_names(frame[name])), None)


def _holds_ages(heading: str, cells: pl.Series) -> bool:
    found = personal_heading(heading)
    if found is None or found.kind != AGE:
        return False
    ages = cells.drop_nulls().str.strip_chars().cast(pl.Float64, strict=False)
    return bool(ages.len() and ages.is_between(0, OLDEST).fill_null(value=False).mean() >= FEWEST_SHARE)  # type: ignore[operator]


def _holds_names(cells: pl.Series) -> bool:
    texts = cells.drop_nulls().str.strip_chars()
    if texts.is_empty():
        return False
    distinct = texts.unique().to_list()
    return sum(is_name(text) for text in distinct) >= FEWEST_SHARE * len(distinct)
