"""How to cite what is shown: one entry for each source that it is made of, with edition, date and vintage."""

import json
import re
from collections.abc import Callable
from typing import Final

from data.exports.about import About, CitedSource
from data.model.notices import say

TEX: Final = {**{c: f"\\{c}" for c in "&%$#_"}, "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
              "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}  # fmt: skip


def in_words(details: About) -> str:
    """Return one line of text for each source."""
    lines = [
        say("citation.entry", citation=one.citation, title=one.title, until=one.last_date or None,
            edition=one.edition, licence=one.licence, url=one.url or None, retrieved=one.retrieved or None,
            via=_via(details))
        for one in details.sources
    ]  # fmt: skip
    return "\n".join([*lines, ""])


def bibtex(details: About) -> str:
    """Return an entry of type ``misc`` for each source."""
    entries = []
    for one in details.sources:
        fields = {
            "author": one.publisher, "title": one.title, "year": one.last_date[:4],
            "edition": one.edition, "urldate": one.retrieved, "url": one.url,
            "note": _note(one, details),
        }  # fmt: skip
        stated = ",\n".join(f"  {name} = {{{_in_braces(name, value)}}}" for name, value in fields.items() if value)
        entries.append(f"@misc{{{_key(one)},\n{stated}\n}}\n")
    return "\n".join(entries)


def ris(details: About) -> str:
    """Return a record of type DATA for each source; a comma in AU would make a surname of what stands before it."""
    records = []
    for one in details.sources:
        fields = {"TY": "DATA", "AU": one.publisher.replace(", ", " – "), "PB": one.publisher,
                  "TI": one.title, "PY": one.last_date[:4],
                  "ET": one.edition, "UR": one.url, "Y2": one.retrieved.replace("-", "/"),
                  "N1": _note(one, details)}  # fmt: skip
        records.append(
            "".join(f"{name}  - {_one_line(value)}\r\n" for name, value in fields.items() if value) + "ER  - \r\n"
        )
    return "".join(records)


def csl_json(details: About) -> str:
    """Return CSL-JSON: a list with an item of type dataset for each source."""
    items = [
        {"id": _key(one), "type": "dataset", "title": one.title, "publisher": one.publisher,
         "author": [{"literal": one.publisher}], "version": one.edition, "URL": one.url,
         "issued": {"date-parts": _parts(one.last_date)}, "accessed": {"date-parts": _parts(one.retrieved)},
         "license": one.licence, "note": _via(details)}
        for one in details.sources
    ]  # fmt: skip
    return json.dumps(
        [{name: value for name, value in item.items() if value} for item in items], ensure_ascii=False, indent=1
    )


FORMS: Final[dict[str, tuple[str, Callable[[About], str]]]] = {
    "txt": ("text/plain", in_words),
    "bib": ("application/x-bibtex", bibtex),
    "ris": ("application/x-research-info-systems", ris),
    "json": ("application/vnd.citationstyles.csl+json", csl_json),
}


def _via(details: About) -> str:
    invented = say("statement.demonstration")
    return say("citation.via", vintage=details.vintage, sentence=details.sentence,
               is_invented=invented in details.notes, statement=invented)  # fmt: skip


def _note(one: CitedSource, details: About) -> str:
    return say("citation.note", licence=one.licence, via=_via(details))


def _key(one: CitedSource) -> str:
    return re.sub(r"[^a-z0-9]+", "-", f"{one.source}-{one.edition}".lower()).strip("-")


def _parts(day: str) -> list[list[int]]:
    return [[int(part) for part in day.split("-")]] if day else []


def _in_braces(name: str, value: str) -> str:
    """Return the value of a field: an address is read to the letter, a publisher's name is not parted at its commas."""
    if name == "url":
        return "".join(f"%{ord(c):02X}" if c in "{}\\ " else c for c in _one_line(value))
    written = "".join(TEX.get(c, c) for c in _one_line(value))
    return f"{{{written}}}" if name == "author" else written


def _one_line(value: str) -> str:
    return " ".join(value.split())
