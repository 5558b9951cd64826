"""Which reader takes a file: told by its header set, never by its name."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.errors import DataError
from data.readers import counts, missing_migrants, personal, unhcr
from data.readers.result import ReadResult
from data.readers.segments import read_segment_file
from data.readers.sniff import check_file
from data.readers.text_table import TextTable, read_text_table

Reader = Callable[..., ReadResult]


@dataclass(frozen=True)
class Layout:
    """A header set and the reader of tables that have it."""

    name: str
    headers: frozenset[str]
    read: Reader


LAYOUTS: Final = (
    Layout("crossings-counts", counts.OWN, counts.read_own),
    Layout("cbp-southwest", counts.CBP_SOUTHWEST, counts.read_cbp_southwest),
    Layout("frontex-monthly", counts.FRONTEX, counts.read_frontex),
    Layout("unhcr-monthly-wide", unhcr.UNHCR, unhcr.read_unhcr),
    Layout("uk-small-boats-daily", counts.UK_SMALL_BOATS, counts.read_uk_small_boats),
)


def read_file(path: Path) -> ReadResult:
    """Read one file of any known kind and layout; raise DataError where it is refused whole."""
    kind = check_file(path)
    if kind in ("geojson", "gpkg"):
        return read_segment_file(path, kind).check()
    table = read_text_table(path, kind)
    personal.check_columns(table.columns, file=path.name)
    return read_table(table, file=path.name).check()


def read_table(table: TextTable, *, file: str) -> ReadResult:
    """Read a text table by the layout that its header set matches."""
    layout = missing_migrants.layout_of(table.columns)
    if layout is not None:
        return missing_migrants.read(table, layout=layout, file=file)
    for known in LAYOUTS:
        if known.headers <= set(table.columns):
            return known.read(table, layout=known.name, file=file)
    raise DataError(_difference(table.columns), file=file, code="LAYOUT", row=1)


def _difference(columns: list[str]) -> str:
    """Return the sentence that says how the header set differs from the nearest known layout."""
    wanted = missing_migrants.NEEDED
    fields = missing_migrants.fields_of(columns)
    near = {"mmp": len([name for name in wanted if name in fields]) / len(wanted)}
    near |= {known.name: len(known.headers & set(columns)) / len(known.headers) for known in LAYOUTS}
    best = max(near, key=lambda name: near[name])
    shown = ", ".join(columns[:12]) + (", …" if len(columns) > 12 else "")
    if near[best] == 0:
        return f"no known layout has these columns: {shown}. Give a file as its publisher made it."
    if best == "mmp":
        missing = [name for name in wanted if name not in fields] or ["an id or coordinates"]
        return (
            f"nearest to the Missing Migrants Project, but without {', '.join(missing)}; found columns {shown}. "
            f"Expected {missing_migrants.EXPECTED}."
        )
    layout = next(known for known in LAYOUTS if known.name == best)
    missing = sorted(layout.headers - set(columns))
    return f"nearest to layout {best}, but without column {', '.join(missing)}; found columns {shown}."
