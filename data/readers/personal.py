"""Personal data at the door (RULES 9): a column of it refuses the file, a text of it sets its row aside, unseen.

What no reader knows is never stored; what is read is looked at here before any reader sees it, so that no quarantine,
log, note or name of the store can repeat it.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from data.model.errors import DataError
from data.readers.event_names import holds_events
from data.readers.personal_headings import AGE, personal_heading
from data.readers.personal_names import (
    column_of_names,
    is_called_after_person,
    is_name,
    names_beside_ages,
)
from data.readers.personal_texts import tells_of_persons
from data.readers.personal_values import (
    A_NUMBER_OR_DATE,
    COLUMN_DOCUMENT,
    COLUMN_TELEPHONE,
    is_personal,
)  # fmt: skip
from data.readers.raw_rows import written
from data.readers.text_table import Broken, TextTable
from data.readers.value_forms import Columns, personal_places, without_texts

SENTENCE: Final = (
    "the column '{column}' looks like personal data or a live position, which is never stored, and no reader of a "
    "known publisher is there to drop it. Ask whoever made the table for one without it."
)
VALUES: Final = (
    "the column '{column}' holds what looks like {what}, which is never stored (rows {rows}). Ask whoever made the "
    "table for one without it."
)
HEADING: Final = (
    "heading {number} looks like a person's name, an e-mail address, a telephone or a document number: perhaps the "
    "first row is no header. Such data is never stored. Give a table without it, its headings in the first row."
)
REASON: Final = "PERSONAL_DATA: the text holds what looks like {what}, which is never stored. Correct it at its source."
CALLED: Final = (
    "the {what} is called after a person, or has an address or a number of one in its name, which is never stored. "
    "Give it another name, such as {example}."
)
A_FILE: Final = "a file whose name is not repeated"
ADDRESS: Final = "an e-mail address, a phone or a passport number"
NUMBERS: Final = "e-mail addresses, telephone or document numbers"
NAMES: Final = "names of persons beside their ages"
NAME: Final = "a person's name and age"
MOST_OF_A_COLUMN: Final = 0.5
FEWEST_DOCUMENTS: Final = 3  # of a bare form that other numbers have too
MOST_ROWS_NAMED: Final = 3
LONGEST_NUMBER: Final = 8  # blanks in it


def check_columns(table: TextTable, *, file: str, are_lines: bool = False) -> None:
    """Raise DataError at the first column that looks like personal data or a live position, by heading or by values.

    A column ``name`` is judged by what it holds: names of events and places are no personal data, nor those of lines.
    """
    check_headings_hold_nobody(table.columns, file=file)
    for column in table.columns:
        if names_persons(column, table.frame[column], are_lines=are_lines):
            raise DataError(SENTENCE.format(column=column), file=file, code="PERSONAL_DATA", column=column)


def names_persons(heading: str, cells: pl.Series, *, are_lines: bool = False) -> bool:
    """Return whether a heading is one of persons; one that says "name" alone, where not all cells name events."""
    found = personal_heading(heading)
    if found is None or found.kind == AGE:
        return False
    return found.match != "judged" or not (are_lines or holds_events(cells))


def check_headings_hold_nobody(headings: Sequence[str], *, file: str) -> None:
    """Raise DataError where a heading is itself an address or a number of a person; it is not repeated."""
    found = is_personal(pl.Series(headings, dtype=pl.String)).to_list()
    if any(heading.strip().isdigit() for heading in headings):  # a first row of values
        found = [one or is_name(heading) for one, heading in zip(found, headings, strict=True)]
    if True in found:
        sentence = HEADING.format(number=found.index(True) + 1)
        raise DataError(sentence, file=file, code="PERSONAL_DATA", row=1)


def check_values(table: TextTable, read: Collection[str], *, file: str) -> None:
    """Raise DataError at a column that holds little else than personal data, whatever its heading.

    Parameters
    ----------
    read : collection of str
        The columns that the table's reader knows: of these a row is set aside, not the file.
    """
    for column in (name for name in table.columns if name not in read):
        cells = table.frame[column].drop_nulls()
        if cells.len() and (where := _of_persons(cells)) is not None:
            rows = table.rows.filter(table.frame[column].is_in(cells.filter(where).implode()))
            _refuse(column, NUMBERS, rows, file=file)
    if (names := column_of_names(table.frame)) is not None:
        _refuse(names, NAMES, table.rows.filter(table.frame[names].is_not_null()), file=file)


def _refuse(column: str, what: str, rows: pl.Series, *, file: str) -> None:
    told = ", ".join(f"{row:,}" for row in rows.head(MOST_ROWS_NAMED)) + (", …" if rows.len() > MOST_ROWS_NAMED else "")
    sentence = VALUES.format(column=column, what=what, rows=told)
    raise DataError(sentence, file=file, code="PERSONAL_DATA", column=column)


def _of_persons(cells: pl.Series) -> pl.Series | None:
    """Return which cells hold personal data, where most of the column does; None where it does not."""
    distinct = cells.unique()
    if distinct.len() < cells.len() * MOST_OF_A_COLUMN and distinct.len() > 1:
        cells = distinct
    enough = cells.len() * MOST_OF_A_COLUMN
    marked = is_personal(cells) | tells_of_persons(cells)
    if marked.sum() < enough or not _is_all(cells, marked):
        marked = (
            cells.str.contains(COLUMN_TELEPHONE)
            & ~cells.str.contains(A_NUMBER_OR_DATE)
            & (cells.str.count_matches(r"\d") >= 9)
        )
    if marked.sum() < enough and cells.n_unique() >= FEWEST_DOCUMENTS:
        marked = cells.str.contains(COLUMN_DOCUMENT)
    return marked if marked.sum() and marked.sum() >= enough else None


def _is_all(cells: pl.Series, marked: pl.Series) -> bool:
    """Return whether what is personal is most of each text, and no words beside it: of a story a row is set aside."""
    return bool((cells.filter(marked).str.count_matches(r"\s") <= LONGEST_NUMBER).mean() >= MOST_OF_A_COLUMN)  # type: ignore[operator]


def without_personal_rows(table: TextTable, columns: Columns) -> TextTable:
    """Return a table whose rows with personal data in a column that is read stand among the broken ones.

    Returns
    -------
    TextTable
        Each such row keeps what is read of it, but the text at fault; in no row is a text of a column of values kept
        that has the form of none, nor a person's name where one of a route, a country or an id is expected, nor a
        text that tells of persons: these are dropped, and the row stays.
    """
    safe = without_texts(table, columns)
    read = [name for name in table.columns if name in columns.read]
    addresses = {
        name: personal_places(table.frame[name]) if name in columns.places else is_personal(table.frame[name])
        for name in read
    }
    names = {name: names_beside_ages(table.frame[name]) for name in read if name not in columns.places}
    hits = {name: found for name in read if (found := addresses[name] | names.get(name, False)).any()}
    if not hits:
        return safe
    is_hit = pl.DataFrame(list(hits.values())).select(pl.any_horizontal(pl.all()).alias("hit"))["hit"]
    masked = safe.frame.select(read).with_columns(
        pl.when(~found).then(pl.col(name)).alias(name) for name, found in hits.items()
    )
    broken = []
    for place, raw in zip(is_hit.arg_true(), written(masked.filter(is_hit)), strict=True):
        column = next(name for name, found in hits.items() if found[place])
        reason = REASON.format(what=ADDRESS if addresses[column][place] else NAME)
        broken.append(Broken(table.rows[place], reason, raw, column))
    return replace(
        safe, frame=safe.frame.filter(~is_hit), rows=table.rows.filter(~is_hit), broken=[*table.broken, *broken]
    )


def check_name_of_file(name: str) -> None:
    """Raise DataError where a file is called after a person; its name is not repeated."""
    legible = name.encode("utf-8", "replace").decode()  # a name may hold bytes that are no text
    if _is_of_person(legible.rpartition(".")[0] or legible):
        raise DataError(CALLED.format(what="file", example="arrivals-2024.csv"), file=A_FILE, code="PERSONAL_DATA")


def check_names_of_sheets(names: Sequence[str], *, file: str) -> None:
    """Raise DataError where a sheet of a workbook is called after a person; its name is not repeated."""
    number = next((number for number, name in enumerate(names, start=1) if _is_of_person(name)), None)
    if number is not None:
        sentence = CALLED.format(what=f"sheet {number}, from the left,", example="Data")
        raise DataError(sentence, file=file, code="PERSONAL_DATA")


def _is_of_person(name: str) -> bool:
    spaced = name.replace("_", " ")
    return is_withheld(pl.Series([spaced]))[0] or is_called_after_person(name)


def is_withheld(texts: pl.Series) -> pl.Series:
    """Return for each text whether it may not be stored: an address or a number of a person, or who one is."""
    return is_personal(texts) | names_beside_ages(texts) | tells_of_persons(texts)
