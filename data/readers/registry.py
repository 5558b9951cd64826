"""Which reader takes a file: told by its header set, never by its name."""

from collections.abc import Sequence
from pathlib import Path

from data.model.errors import DataError
from data.readers import personal
from data.readers.count_engine import read_counts
from data.readers.count_layout import CountLayout
from data.readers.csv_text import read_csv
from data.readers.incident_tables import copy_layout_of, incident_layout_of, read_incidents, without_persons
from data.readers.layouts import COUNT_LAYOUTS
from data.readers.nearest import sentence_of_nearest
from data.readers.records import read_records
from data.readers.result import ReadResult
from data.readers.segments import read_segment_file
from data.readers.several_tables import join_tables, with_sheets
from data.readers.sniff import FileKind, check_file
from data.readers.sniff_lines import LINE_KINDS
from data.readers.text_table import Fits, TextTable
from data.readers.workbook import read_workbook


def read_file(path: Path, layouts: Sequence[CountLayout] = COUNT_LAYOUTS) -> list[ReadResult]:
    """Read one file of any known kind: one result for each layout that its tables have.

    Raises
    ------
    DataError
        It is refused whole: it is not what it claims, or no table of it has a known layout.
    """
    kind = check_file(path)
    if kind in LINE_KINDS:
        return [read_segment_file(path, kind).check()]
    tables = read_tables(path, kind, lambda columns: layout_of(columns, layouts) is not None)
    by_layout: dict[str, list[TextTable]] = {}
    for table in tables:
        found = layout_of(table.columns, layouts)
        known = table if found is None else without_persons(table, found)
        personal.check_columns(known.frame, file=path.name)
        if found is None:
            sentence = " ".join([sentence_of_nearest(table.columns, layouts), *table.notes])
            raise DataError(sentence, file=path.name, code="LAYOUT", row=1)
        by_layout.setdefault(found, []).append(known)
    return [_read_joined(same, file=path.name, layouts=layouts) for same in by_layout.values()]


def read_tables(path: Path, kind: FileKind, fits: Fits) -> list[TextTable]:
    """Return the tables of text of a file; those whose headings fit, or one that shows what it looks like."""
    if kind == "csv":
        return read_csv(path, fits)
    if kind == "json":
        return read_records(path, fits)
    return read_workbook(path, kind, fits)


def layout_of(columns: Sequence[str], layouts: Sequence[CountLayout]) -> str | None:
    """Return the id of the layout that headings have; of several the one that names the most of them."""
    incidents = incident_layout_of(columns)
    if incidents is not None:
        return incidents
    fitting = [known for known in layouts if known.headers <= set(columns)]
    return max(fitting, key=lambda known: len(known.headers)).id if fitting else copy_layout_of(columns)


def read_table(table: TextTable, *, file: str, layouts: Sequence[CountLayout] = COUNT_LAYOUTS) -> ReadResult:
    """Read a text table by the layout that its header set matches."""
    found = layout_of(table.columns, layouts)
    if found is None:
        raise DataError(sentence_of_nearest(table.columns, layouts), file=file, code="LAYOUT", row=1)
    known = next((one for one in layouts if one.id == found), None)
    if known is None:
        return read_incidents(table, layout=found, file=file)
    return read_counts(table, known, file=file)


def _read_joined(tables: list[TextTable], *, file: str, layouts: Sequence[CountLayout]) -> ReadResult:
    """Read the tables of one layout as one, so that a row in two sheets is told from two rows."""
    joined = join_tables(tables)
    result = read_table(joined.table, file=file, layouts=layouts)
    return with_sheets(result, joined).check()
