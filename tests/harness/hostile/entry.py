"""One hostile file: how it is made, and what must become of it."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

COUNTS = ("unit", "route", "place", "country", "nationality", "date_from", "date_to", "value")
COUNT = dict(zip(COUNTS, ("detections", "Darien", "", "", "", "2024-01-01", "2024-01-31", "7"), strict=True))
INCIDENT = {
    "Main ID": "2024.A1", "Incident ID": "2024.A1.1", "Region of Incident": "Mediterranean",
    "Incident Date": "2024-03-05", "Number of Dead": "3", "Minimum Estimated Number of Missing": "4",
    "Total Number of Dead and Missing": "7", "Cause of Death": "Drowning", "Country of Incident": "Libya",
    "Location of Incident": "Off the coast of Libya", "Coordinates": "33.2, 13.1",
}  # fmt: skip
Make = Callable[[Path], Path]


@dataclass(frozen=True)
class Hostile:
    """A file, and what must be said of it: ``code`` where it is refused, else how many rows end where.

    ``says`` are words of the sentence, of the reasons, or of what is told beside them; ``never`` are words that would
    mislead. ``set_aside`` is the (row, column, value) of each quarantined fault; ``value`` is what the good rows sum to.
    """

    make: Make
    code: str = ""
    says: Sequence[str] = ()
    never: Sequence[str] = ()
    accepted: int = 0
    quarantined: int = 0
    duplicates: int = 0
    set_aside: Sequence[tuple[int, str | None, str | None]] = ()
    value: int | None = None
    stored: Mapping[str, Any] = field(default_factory=dict)  # column of the first good row: what it must be


def put(content: bytes | str, name: str = "hostile.csv") -> Make:
    """Return what writes a file of this content and name."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


def table(rows: Sequence[Sequence[object]], *, mark: str = ",", end: str = "\r\n") -> str:
    """Return rows as CSV."""
    made = io.StringIO()
    csv.writer(made, delimiter=mark, lineterminator=end).writerows(rows)
    return made.getvalue()


def counts(*rows: Mapping[str, object], header: Sequence[str] = COUNTS, **how: str) -> str:
    """Return counts as CSV; a row is plain but for what it states."""
    filled = [[(COUNT | row).get(name, "") for name in header] for row in rows or ({},)]
    return table([header, *filled], **how)


def incident_records(*rows: Mapping[str, object]) -> list[dict[str, object]]:
    """Return incidents; each is plain, with its own ids, but for what it states."""
    ids = [{"Main ID": f"2024.A{n}", "Incident ID": f"2024.A{n}.1"} for n in range(1, len(rows) + 1)]
    return [INCIDENT | own | row for own, row in zip(ids, rows, strict=True)]


def incidents(*rows: Mapping[str, object]) -> str:
    """Return incidents as CSV."""
    records = incident_records(*rows)
    return table([list(records[0]), *(list(one.values()) for one in records)])


def one_bad(column: str, value: object, *more: str, **also: Any) -> Hostile:
    """Return counts of which the second row holds a value that cannot be taken."""
    return Hostile(
        put(counts({}, {column: value, "nationality": "Syria"})), accepted=1, quarantined=1, value=7,
        set_aside=[(3, column, " ".join(str(value).split()))], says=more, **also,
    )  # fmt: skip


def one_bad_incident(column: str, value: object, field_name: str, *more: str) -> Hostile:
    """Return incidents of which the second row holds a value that cannot be taken."""
    return Hostile(
        put(incidents({}, {column: value})), accepted=1, quarantined=1, value=7,
        set_aside=[(3, field_name, str(value))], says=more,
    )  # fmt: skip


def withheld(value: str, *words: str, **also: Any) -> Hostile:
    """Return incidents of which the second has a place that is not used: its people count all the same."""
    return Hostile(put(incidents({}, {"Coordinates": value})), accepted=2, value=14, says=words, **also)


def as_json(records: object, name: str = "hostile.json") -> Make:
    """Return what writes a JSON file."""
    return put(json.dumps(records), name)


def zipped(members: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def sheets(tables: Mapping[str, Sequence[Sequence[Any]]], *, hidden: Sequence[str] = (), **options: Any) -> bytes:
    """Return a workbook with a sheet for each table, its cells of their own types."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_numbers": False, **options})
    for name, rows in tables.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, list(row))
        if name in hidden:
            sheet.hide()
    book.close()
    return made.getvalue()


def rows_of(*rows: Mapping[str, object]) -> list[list[object]]:
    """Return counts as rows of cells."""
    return [list(COUNTS), *([(COUNT | row)[name] for name in COUNTS] for row in rows or ({},))]


def edited(book: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with other bytes in one part."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert old in members[part], (part, members[part][:400])
    members[part] = members[part].replace(old, new)
    return zipped(members)
