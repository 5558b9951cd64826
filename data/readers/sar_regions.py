"""Search-and-rescue regions at sea, as IMO's GISIS gives them out: GML, a file for each rescue coordination centre.

The centre's name and the day stand in a comment above the first element; a polygon may have a name of its own. Whose
the region is, is said as published: the country's code is that with which the publisher's file name begins, and is
never told from the outline. Other areas in GML are refused: nothing says what they are of.
"""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import polars as pl

from data.model.countries import country_names
from data.model.days import EARLIEST, latest_day
from data.model.errors import DataError, printable, shown
from data.model.sar_regions import centre_id
from data.model.schema import conform, empty
from data.model.vocabulary import slug
from data.readers import personal
from data.readers.coordinates import is_beyond
from data.readers.gml_polygons import GmlPolygon, parse_polygons
from data.readers.result import ReadResult
from data.readers.safe_xml import parse_xml
from data.readers.segments import WRAPPED
from data.readers.sources import source_of
from geo.areas.regions import crossing_of, is_area

KIND: Final = "sar_regions"
LAYOUT: Final = "imo-sar-regions"
MOST_LETTERS: Final = 200
MOST_HEAD: Final = 2_000  # letters of the comments that are looked at; GISIS writes some 100
_GISIS: Final = re.compile(r"GISIS\s+COMSAR", re.IGNORECASE)
_RCC: Final = re.compile(r"^[ \t]*RCC[ \t]*:[ \t]*(\S.*?)[ \t\r]*$", re.IGNORECASE | re.MULTILINE)
_DATE: Final = re.compile(r"^[ \t]*Date[ \t]*:[ \t]*(\S.*?)[ \t\r]*$", re.IGNORECASE | re.MULTILINE)
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]\d{2}:\d{2}.*)?")
_NAMED: Final = re.compile(r"\b(?:[MJA]?RCC|SRR|(?:SAR|search[ -]and[ -]rescue) regions?)\b", re.IGNORECASE)
_FILE: Final = re.compile(r"^([A-Z]{3})-RCCAreas\b")
OTHER_GML: Final = (
    "the file is GML: shapes written as XML. Of GML only search-and-rescue regions are read, as IMO's GISIS gives them "
    f"out; if these are some, say so with --layout {LAYOUT}. Save lines as GeoJSON or GeoPackage, in degrees; areas "
    "are never read as lines."
)


def read_sar_regions(path: Path, *, layout_id: str | None = None) -> ReadResult:
    """Read one GML file of search-and-rescue regions; a row for each polygon (schema.SAR_REGIONS).

    ``layout_id`` is what a person says of it, where the file itself does not say what its areas are.

    Raises
    ------
    DataError
        It is other GML, says of no region whose it is, or one of its polygons cannot be read: a region without a part
        of it would tell of people in none who are in it.
    """
    file = path.name
    root, comments = parse_xml(path.read_bytes(), form="GML", file=file)
    head = "\n".join(comments)[:MOST_HEAD]
    if layout_id not in (None, LAYOUT):
        raise DataError(f"it does not have layout {layout_id}: it is GML.", file=file, code="NOT_THIS_LAYOUT")
    if layout_id is None and not _is_of_regions(root, head):
        raise DataError(OTHER_GML, file=file, code="XML")
    polygons = parse_polygons(root, file=file)
    if not polygons:
        raise DataError("there is no Polygon in it, so no region. Download it again.", file=file, code="NO_ROWS")
    day, notes = _day_of(head)
    country = _country_of(file)
    rows = [_row(one, head, country, file=file) for one in polygons]
    frame = pl.DataFrame(rows, schema_overrides={"name": pl.String, "country": pl.String}).with_columns(
        file=pl.lit(file), date_from=pl.lit(day, pl.Date), date_to=pl.lit(day, pl.Date)
    )
    return ReadResult(
        about=source_of(LAYOUT), kind=KIND, layout=LAYOUT, file=file, rows_read=len(polygons),
        frame=conform(frame, KIND), log=_log(polygons, file=file), notes=(*_told(polygons, rows, day), *notes),
    )  # fmt: skip


def _is_of_regions(root: ET.Element, head: str) -> bool:
    """Return whether a file says that its areas are those of rescue coordination centres, in any of three places."""
    if _GISIS.search(head) or _RCC.search(head):
        return True
    ids = (value for name, value in root.attrib.items() if name.rpartition("}")[2] == "id")
    said = (one.text for one in root.iter() if isinstance(one.tag, str) and one.tag.endswith("}description"))
    return any(one.startswith("RCCArea") for one in ids) or any(_NAMED.search(text or "") for text in said)


def _row(polygon: GmlPolygon, head: str, country: str | None, *, file: str) -> dict[str, Any]:
    names = list(dict.fromkeys(_RCC.findall(head)))
    if len(names) > 1:
        raise DataError(
            f"the comment above the first element names {len(names)} centres, {shown(', '.join(names))}, expected one: "
            "which polygon is whose is not evident. Give each a file of its own.",
            file=file, code="GML", row=polygon.row,
        )  # fmt: skip
    texts = [_text(text, file=file, row=polygon.row) for text in (*names, *polygon.descriptions)]
    if not texts:
        raise DataError(
            f"polygon {polygon.row}: neither a comment above the first element (RCC: …) nor a description says whose "
            "region it is. Download it again.", file=file, code="NO_NAME", row=polygon.row,
        )  # fmt: skip
    rcc, name = texts[0], texts[1] if len(texts) > 1 else None
    if not is_area(polygon.rings):
        sentence = f"polygon {polygon.row}: its outline encloses nothing. Download it again."
        raise DataError(sentence, file=file, code="GML", row=polygon.row)
    region = "-".join([*([slug(country)] if country else []), centre_id(rcc)])
    return {"row": polygon.row, "region": region, "rcc": rcc, "name": name, "country": country,
            "rings": [ring.tolist() for ring in polygon.rings]}  # fmt: skip


def _text(found: str, *, file: str, row: int) -> str:
    """Return a name as published; raise DataError where it may not be stored, or is no name (RULES 9)."""
    plain = " ".join(printable(found).split())
    if len(plain) > MOST_LETTERS:
        raise DataError(f"polygon {row}: its name has {len(plain):,} letters, expected at most {MOST_LETTERS}.",
                        file=file, code="LIMIT", row=row)  # fmt: skip
    if personal.is_withheld(pl.Series([plain]))[0]:
        raise DataError(
            f"polygon {row}: its name holds what looks like an address, a number or a name of a person, which is never "
            "stored. Take it out, and nothing else.", file=file, code="PERSONAL_DATA", row=row,
        )  # fmt: skip
    return plain


def _day_of(head: str) -> tuple[date | None, list[str]]:
    """Return the day on which the publisher made the file, and what is said where it is not known (RULES Q8)."""
    stated = _DATE.search(head)
    if stated is None:
        return None, ["The file does not say of which day it is; --published dates it."]
    form = _DAY.fullmatch(stated.group(1))
    try:
        day = date.fromisoformat(form.group(1)) if form else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= latest_day():
        return None, [f"Its date, {shown(stated.group(1))}, is no day from {EARLIEST} on: it stands undated."]
    return day, []


def _country_of(file: str) -> str | None:
    """Return the code of the country with which GISIS begins the name of its file; None where it is another name."""
    found = _FILE.match(file)
    return found.group(1) if found and found.group(1) in country_names() else None


def _told(polygons: Sequence[GmlPolygon], rows: Sequence[dict[str, Any]], day: date | None) -> list[str]:
    """Return what the report says of each polygon: whose, its corners, where it lies and where it crosses itself."""
    said = []
    for one, row in zip(polygons, rows, strict=True):
        outline = one.rings[0]
        (west, south), (east, north) = outline.min(axis=0), outline.max(axis=0)
        holes = f", {len(one.rings) - 1} holes" if len(one.rings) > 1 else ""
        order = f", as {one.system} writes it" if one.system else ""
        named = f" ({row['name']})" if row["name"] else ""
        said.append(
            f"Region of {row['rcc']}{named}: {len(outline)} vertices{holes}, longitude {west:g} to {east:g}, latitude "
            f"{south:g} to {north:g}{order}{f', of {day}' if day else ''}."
        )
        said += one.notes
        if (at := crossing_of(one.rings)) is not None:
            said.append(
                f"Polygon {one.row}: its outline crosses itself near {at[0]:.4f}, {at[1]:.4f} (longitude, latitude). "
                "It is kept as published, and all that it encloses belongs to the region."
            )
    return said


def _log(polygons: Sequence[GmlPolygon], *, file: str) -> pl.DataFrame:
    """Return a line for each polygon whose longitudes go beyond ±180° (RULES Q9)."""
    lines = [
        {"file": file, "row": one.row, "column": "posList", "found": f"{ring[:, 0].max():g}", "rule": WRAPPED}
        for one in polygons for ring in one.rings[:1] if is_beyond(ring)
    ]  # fmt: skip
    return conform(pl.DataFrame(lines), "log") if lines else empty("log")
