"""IOM Missing Migrants Project, in every layout it has been published in (RULES 10).

A layout is told by its header set. Columns are found by what their header says, not by where they stand,
so that an edition with another order or one more column reads as well. A stated value that is impossible
puts its row in quarantine; a value that is absent or merely doubtful is withheld with a line in the log,
and the death stays in the count (RULES C5).
"""

from typing import Final

from data.model.sources import DEMONSTRATION
from data.readers.incident_fields import fields_of
from data.readers.incident_layout import Shape
from data.readers.incident_rows import finish
from data.readers.incident_values import texts_of, valued
from data.readers.raw_rows import RawRows
from data.readers.result import ReadResult
from data.readers.text_table import TextTable

NEEDED: Final = ("dead", "missing", "cause", "place", "region")


def layout_of(columns: list[str]) -> str | None:
    """Return the layout's name, or None where the header set is not this publisher's."""
    fields = fields_of(columns)
    located = "coordinates" in fields or {"latitude", "longitude"} <= fields.keys()
    named = "main_id" in fields or "X" in columns
    if not (located and named and all(field in fields for field in NEEDED)):
        return None
    if "source_dataset" in columns:
        return "mmp-selection"
    return _edition(set(columns), fields)


def _edition(columns: set[str], fields: dict[str, str]) -> str:
    signs = (
        ("mmp-json", "web_id"),
        ("mmp-2016", "DATEREPORTED"),
        ("mmp-2019", "Web ID"),
        ("mmp-2022", "Website Date"),
    )
    for name, header in signs:
        if header in columns:
            return name
    if "total" not in fields:
        return "mmp-2026"
    return "mmp-2025" if "Incident Date" in columns and "country" in fields else "mmp-other"


def source_of(layout: str, columns: list[str]) -> str:
    """Return the source id; demonstration files carry a column that says so (RULES P8)."""
    if DEMONSTRATION in columns:
        return "demonstration"
    return "mmp-selection" if layout == "mmp-selection" else "mmp"


def read(table: TextTable, *, layout: str, file: str) -> ReadResult:
    """Read one table in any of the layouts: every row ends accepted, quarantined or declared duplicate."""
    fields = fields_of(table.columns)
    rest = tuple(c for c in table.columns if c not in fields.values() and c != DEMONSTRATION)
    return finish(
        valued(texts_of(table, fields)),
        RawRows(table, frozenset(fields.values())),
        broken=table.broken,
        source=source_of(layout, table.columns),
        layout=layout,
        file=file,
        unread=rest,
        shape=Shape(has_total="total" in fields, headings=fields),
    )
