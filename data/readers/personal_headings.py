"""Headings that name persons, or where they can be reached or found, in the languages of the field (RULES 9).

``data/files/personal_columns.csv`` has them. ``match`` says when a heading is one: ``whole`` where it says nothing
else, ``within`` where these words stand in it, ``judged`` where it says nothing else and its values name no events.
``kind`` ``age`` is personal only beside a column of names.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final, Literal, NamedTuple

from data.model.vocabulary import FILES

Match = Literal["whole", "within", "judged"]
AGE: Final = "age"
MOST_WORDS: Final = 8  # of an entry
# Letters that have no parts to take away, and those of Arabic and Persian that are written in several ways.
ONE_LETTER: Final = str.maketrans({
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": None,
})  # fmt: skip
LOOKS_LATIN: Final = str.maketrans("аеорсухіјѕкмтвнԁοαερκντ", "aeopcyxijskmtbhdoaepkvt")
CAMEL: Final = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
WORD: Final = re.compile(r"[^\W\d_]+")
HAN: Final = re.compile(r"[\u3400-\u9fff]+")
LATIN: Final = re.compile(r"[a-z]")


class Personal(NamedTuple):
    """What a heading is: ``kind`` and ``match`` as the table has them."""

    kind: str
    match: Match


def plain_heading(heading: str) -> str:
    """Return a heading as its words: in small letters, without accents, digits and marks between words.

    Letters of another script that look like Latin ones count as these where a word mixes the two.
    """
    seen = "".join(one for one in heading if unicodedata.category(one) != "Cf")
    spaced = CAMEL.sub(" ", unicodedata.normalize("NFKC", seen))
    apart = unicodedata.normalize("NFKD", spaced.casefold())
    letters = "".join(one for one in apart if not unicodedata.combining(one)).translate(ONE_LETTER)
    words = (word.translate(LOOKS_LATIN) if LATIN.search(word) else word for word in WORD.findall(letters))
    return " ".join(word for word in words if word != "s")


def personal_heading(heading: str) -> Personal | None:
    """Return what a heading names of persons; None where it names nothing of them."""
    words = plain_heading(heading).split()
    together = "".join(words)
    table = _by_match()
    for match in ("judged", "whole"):
        for one in _with_plural(together):
            if one in table[match]:
                return Personal(table[match][one], match)
    runs = (one for run in _runs(words) for one in _with_plural(run))
    found = next((table["within"][run] for run in runs if run in table["within"]), None)
    if found is None:
        found = next((kind for entry, kind in _written_together().items() if entry in together), None)
    return None if found is None else Personal(found, "within")


def _with_plural(words: str) -> tuple[str, ...]:
    return (words, words[:-1]) if words.endswith("s") else (words,)


def _runs(words: list[str]) -> Iterator[str]:
    """Yield every run of words, written together: so ``first_name``, ``firstName`` and ``firstname`` are one."""
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + MOST_WORDS) + 1):
            yield "".join(words[start:end])


@cache
def _by_match() -> dict[Match, dict[str, str]]:
    table: dict[Match, dict[str, str]] = {"whole": {}, "within": {}, "judged": {}}
    with (FILES / "personal_columns.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            match: Match = row["match"]  # type: ignore[assignment]
            table[match].setdefault(plain_heading(row["name"]).replace(" ", ""), row["kind"])
    return table


@cache
def _written_together() -> dict[str, str]:
    """Return the entries in Chinese, which has no marks between words."""
    return {entry: kind for entry, kind in _by_match()["within"].items() if HAN.fullmatch(entry)}
