"""What never comes in: columns of a known layout that name people, and texts that repeat such a name (RULES 9)."""

import re
from dataclasses import replace
from typing import Final

import polars as pl

from data.readers.incident_layout import IncidentLayout, plain
from data.readers.text_table import TextTable

FEWEST_WORDS: Final = 4  # of a text that tells a story; shorter ones are places and countries
NOBODY: Final = ("N.N", "UNKNOWN", "UNIDENTIFIED", "NOT KNOWN", "DOE")
NAME: Final = r"[A-ZÀ-Þ][\w'-]{3,}"


def drop_at_the_door(table: TextTable, layout: IncidentLayout) -> TextTable:
    """Return a table without the columns that name people, and without the texts that repeat a name."""
    persons = [name for name in table.columns if plain(name) in layout.persons]
    others = [name for name in table.columns if plain(name) in layout.dropped]
    if not persons and not others:
        return table
    kept, withheld = _without_names(table.frame.drop(persons, others), [table.frame[name] for name in persons])
    told = ", ".join(f"'{name}'" for name in (*persons, *others))
    notes = [f"Dropped at the door, as they speak of persons: {told}. Nothing of them is stored."]
    if withheld:
        notes.append(f"Texts that repeat a name from them: {withheld} withheld.")
    return replace(table, columns=kept.columns, frame=kept, notes=(*table.notes, *notes))


def _without_names(frame: pl.DataFrame, names: list[pl.Series]) -> tuple[pl.DataFrame, int]:
    words = [[word for name in row if name for word in _words_of(name)] for row in zip(*names, strict=True)]
    patterns = [re.compile(rf"\b({'|'.join(map(re.escape, found))})\b") if found else None for found in words]
    withheld, columns = 0, []
    for column in frame.columns:
        cells = frame[column].to_list()
        for place, pattern in enumerate(patterns):
            text = cells[place]
            if pattern and text and len(text.split()) >= FEWEST_WORDS and pattern.search(text):
                cells[place], withheld = None, withheld + 1
        columns.append(pl.Series(column, cells, dtype=pl.String))
    return pl.DataFrame(columns), withheld


def _words_of(name: str) -> list[str]:
    """Return the words before a bracket or comma that may be a person's name."""
    person = re.split(r"[(;]|,(?! *[A-ZÀ-Þ])", name)[0].strip()
    return [] if person.upper().startswith(NOBODY) else re.findall(NAME, person)
