"""Which reader takes a file: told by its header set, never by its name."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from data.model.errors import DataError
from data.readers import personal
from data.readers.acts.layout import ActLayout
from data.readers.acts.reading import columns_of_acts, read_acts
from data.readers.any_layout import LAYOUTS, Layout
from data.readers.choose_layout import choose, fitting_layouts
from data.readers.column_kinds import columns_of_counts, columns_of_fields
from data.readers.count_engine import read_counts
from data.readers.count_layout import CountLayout
from data.readers.csv_text import read_csv
from data.readers.incident_points import Points, read_points
from data.readers.incident_tables import (
    columns_read,
    copy_layout_of,
    incident_layout_of,
    read_incidents,
    without_persons,
)
from data.readers.indicators.columns import columns_of_indicators
from data.readers.indicators.engine import read_indicators
from data.readers.indicators.layout import IndicatorLayout
from data.readers.nearest import sentence_of_nearest
from data.readers.records import read_records
from data.readers.refused_tables import reason_to_refuse
from data.readers.result import ReadResult
from data.readers.sar_regions import read_sar_regions
from data.readers.segments import read_segment_file
from data.readers.several_tables import join_tables, with_sheets
from data.readers.sniff import FileKind, check_file
from data.readers.sniff_lines import LINE_KINDS
from data.readers.text_table import Fits, TextTable
from data.readers.usbp import holds_printed_table, read_printed_table
from data.readers.value_forms import Columns
from data.readers.workbook import read_workbook


def read_file(path: Path, layouts: Sequence[Layout] = LAYOUTS, *, layout_id: str | None = None) -> list[ReadResult]:
    """Read one file of any known kind: one result for each layout that its tables have.

    ``layout_id`` is what a person says of it, where its headings are those of several layouts.

    Raises
    ------
    DataError
        It is refused whole: it is not what it claims, or no table of it has a known layout.
    """
    personal.check_name_of_file(path.name)
    kind = check_file(path)
    if kind == "gml":
        return [read_sar_regions(path, layout_id=layout_id).check()]
    points = read_points(path) if kind == "geojson" else Points()
    if kind in LINE_KINDS and points.table is None:
        lines = read_segment_file(path, kind).check()
        return [replace(lines, notes=(*lines.notes, *points.notes))]
    tables = [points.table] if points.table else read_tables(path, kind, lambda columns: is_known(columns, layouts))
    tables = _without_refused(tables, layouts, file=path.name)
    by_layout: dict[str, list[TextTable]] = {}
    for table in tables:
        here = _dropped_at_the_door(without_persons(table), layouts)
        _check_persons(here, layouts, file=path.name)
        found, notes = layout_of(table, layouts, file=path.name, layout_id=_of_this(table, tables, layouts, layout_id))
        here = _without_persons(here, found, layouts, file=path.name)
        by_layout.setdefault(found, []).append(replace(here, notes=(*here.notes, *notes)))
    return [_read_joined(same, found, file=path.name, layouts=layouts) for found, same in by_layout.items()]


def read_tables(path: Path, kind: FileKind, fits: Fits) -> list[TextTable]:
    """Return the tables of text of a file; those whose headings fit, or one that shows what it looks like."""
    if kind == "csv":
        return [read_printed_table(path)] if holds_printed_table(path) else read_csv(path, fits)
    if kind == "json":
        return read_records(path, fits)
    return read_workbook(path, kind, fits)


def is_known(columns: Sequence[str], layouts: Sequence[Layout]) -> bool:
    """Return whether headings are those of a known table, be it one that is read or one that is refused."""
    known = incident_layout_of(columns) or fitting_layouts(columns, layouts) or copy_layout_of(columns)
    return bool(known) or reason_to_refuse(columns) is not None


def layout_of(
    table: TextTable, layouts: Sequence[Layout], *, file: str, layout_id: str | None = None
) -> tuple[str, tuple[str, ...]]:
    """Return the id of the layout that a table has, and what the report says of how it was told."""
    if reason := refusal_of(table.columns, layouts):
        raise DataError(reason, file=file, code="KNOWN_NOT_READ", row=1)
    incidents = incident_layout_of(table.columns)
    if incidents is None and not fitting_layouts(table.columns, layouts):
        incidents = copy_layout_of(table.columns)
    if incidents is not None and layout_id in (None, incidents):
        return incidents, ()
    chosen = choose(table, layouts, file=file, layout_id=layout_id)
    return chosen.layout.id, chosen.notes


def refusal_of(columns: Sequence[str], layouts: Sequence[Layout]) -> str | None:
    """Return why a known table is not read; None where it is no such table, or a declared one of indicators or acts."""
    is_declared = any(isinstance(one, IndicatorLayout | ActLayout) and one.fits(columns) for one in layouts)
    return None if is_declared else reason_to_refuse(columns)


def _without_refused(tables: list[TextTable], layouts: Sequence[Layout], *, file: str) -> list[TextTable]:
    """Return the tables without those that are known and not read, each with a note; raise DataError if none is left.

    It is asked first: of what is not read nothing is stored, whatever its columns are called.
    """
    reasons = [refusal_of(table.columns, layouts) for table in tables]
    left = [table for table, reason in zip(tables, reasons, strict=True) if reason is None]
    if not left:
        raise DataError(str(reasons[0]), file=file, code="KNOWN_NOT_READ", row=1)
    told = [(table.sheet, reason) for table, reason in zip(tables, reasons, strict=True) if reason is not None]
    notes = (f"Of {sheet or 'a part of the file'} nothing is read: {reason}" for sheet, reason in told)
    return [replace(left[0], notes=(*left[0].notes, *notes)), *left[1:]]


def _check_persons(table: TextTable, layouts: Sequence[Layout], *, file: str) -> None:
    """Raise DataError at a column that looks like personal data; where no layout fits, with the nearest ones."""
    try:
        personal.check_columns(table, file=file)
    except DataError as error:
        if error.column is None or is_known(table.columns, layouts):
            raise
        shown = [name for name in table.columns if name != error.column]
        sentence = f"{personal.SENTENCE.format(column=error.column)} Besides, {sentence_of_nearest(shown, layouts)}"
        raise DataError(sentence, file=file, code=error.code, column=error.column) from None


def _without_persons(table: TextTable, found: str, layouts: Sequence[Layout], *, file: str) -> TextTable:
    """Return a table of a known layout whose rows with personal data are set aside (RULES 9)."""
    columns = _columns(table, next((one for one in layouts if one.id == found), None), found)
    personal.check_values(table, columns.read, file=file)
    return personal.without_personal_rows(table, columns)


def _dropped_at_the_door(table: TextTable, layouts: Sequence[Layout]) -> TextTable:
    """Return a table of indicators without the columns that its layout drops, as they look like those of persons."""
    fitting = [one for one in fitting_layouts(table.columns, layouts) if isinstance(one, IndicatorLayout)]
    names = [name for name in table.columns if any(name in one.dropped for one in fitting)]
    if not names:
        return table
    kept = table.frame.drop(names)
    note = f"Dropped at the door, unread: {', '.join(names)}. Nothing of it is stored."
    return replace(table, columns=kept.columns, frame=kept, notes=(*table.notes, note))


def _columns(table: TextTable, known: Layout | None, found: str) -> Columns:
    if known is None:
        return columns_of_fields(columns_read(table.columns, found))
    if isinstance(known, ActLayout):
        return columns_of_acts(known, table.columns)
    if isinstance(known, CountLayout):
        return columns_of_counts(known, table.columns)
    return columns_of_indicators(known, table.columns)


def _of_this(
    table: TextTable, tables: Sequence[TextTable], layouts: Sequence[Layout], layout_id: str | None
) -> str | None:
    """Return the layout that a person says a file has, for the tables of it that can have it; all where none can."""
    said = next((one for one in layouts if one.id == layout_id), None)
    if said is None or said.fits(table.columns) or not any(said.fits(one.columns) for one in tables):
        return layout_id
    return None


def _read_as(found: str, table: TextTable, *, file: str, layouts: Sequence[Layout]) -> ReadResult:
    known = next((one for one in layouts if one.id == found), None)
    if known is None:
        return read_incidents(table, layout=found, file=file)
    if isinstance(known, CountLayout):
        return read_counts(table, known, file=file)
    if isinstance(known, ActLayout):
        return read_acts(table, known, file=file)
    return read_indicators(table, known, file=file)


def _read_joined(tables: list[TextTable], found: str, *, file: str, layouts: Sequence[Layout]) -> ReadResult:
    """Read the tables of one layout as one, so that a row in two sheets is told from two rows."""
    joined = join_tables(tables)
    return with_sheets(_read_as(found, joined.table, file=file, layouts=layouts), joined).check()
