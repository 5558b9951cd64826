"""IOM Missing Migrants Project, in every layout it has been published in (RULES 10).

A layout is told by its header set. Columns are found by what their header says, not by where they stand,
so that an edition with another order or one more column reads as well. A stated value that is impossible
puts its row in quarantine; a value that is absent or merely doubtful is withheld with a line in the log,
and the death stays in the count (RULES C5).
"""

import re
from typing import Final

import polars as pl

from data.readers import parse
from data.readers.count_rows import stated
from data.readers.incident_rows import finish
from data.readers.result import ReadResult
from data.readers.text_table import TextTable
from data.readers.whole_numbers import proven_marks

ALIASES: Final[dict[str, tuple[str, ...]]] = {
    "main_id": ("mainid", "webid"),
    "incident_id": ("incidentid",),
    "incident_type": ("incidenttype",),
    "region": ("regionofincident", "region", "incidentregion"),
    "date": ("incidentdate", "websitedate", "reporteddate", "datereported"),
    "year": ("incidentyear", "reportedyear", "year"),
    "month": ("reportedmonth", "incidentmonth", "month"),
    "dead": ("numberofdead", "numberdead", "nodead", "dead"),
    "missing": (
        "minimumestimatednumberofmissing",
        "numberofmissing",
        "numbermissing",
        "nomissing",
        "missing",
    ),
    "total": ("totalnumberofdeadandmissing", "totaldeadandmissing", "nodeadmissing"),
    "survivors": ("numberofsurvivors", "nosurvivors"),
    "female": ("numberoffemales", "numberoffemale", "nofemale", "nofemales"),
    "male": ("numberofmales", "numberofmale", "nomale", "nomales"),
    "children": ("numberofchildren", "nochildren", "nominors"),
    "country_origin": ("countryoforigin", "countryorigin", "nationalities"),
    "region_origin": ("regionoforigin", "regionorigin", "originregion"),
    "cause": ("causeofdeath", "causedeath", "causeofdeathcategory"),
    "country": ("countryofincident",),
    "route": ("migrationroute", "migrantionroute", "migrantroute", "route"),
    "place": ("locationofdeath", "locationofincident", "locationdescription"),
    "coordinates": ("coordinates", "locationcoordinates", "locationcoodinates"),
    "latitude": ("latitude", "y"),
    "longitude": ("longitude", "x"),
    "quality": ("sourcequality", "inforeliability"),
    "reporter": ("informationsource", "source"),
    "url": ("url", "link"),
    "unsd": ("unsdgeographicalgrouping", "unsdgeographicgrouping", "unsdregion"),
    "article": ("articletitle",),
}
NEEDED: Final = ("dead", "missing", "cause", "place", "region")
DEMONSTRATION: Final = "demonstration"
UNSEEN: Final = "[\N{ZERO WIDTH NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{NO-BREAK SPACE}]"  # in ids


def plain(header: str) -> str:
    """Return a header for comparison: lower-case letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", header.lower())


def fields_of(columns: list[str]) -> dict[str, str]:
    """Return which column holds each field; of two spellings the first in ALIASES wins."""
    by_plain: dict[str, str] = {}
    for column in columns:
        by_plain.setdefault(plain(column), column)
    fields = {}
    for field, spellings in ALIASES.items():
        found = next((by_plain[s] for s in spellings if s in by_plain), None)
        if found is not None:
            fields[field] = found
    return fields


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
    texts = table.frame.select(
        (stated(fields[name]) if name in fields else pl.lit(None, pl.String)).alias(name) for name in ALIASES
    )
    texts = texts.with_columns(pl.col("main_id", "incident_id").str.replace_all(UNSEEN, ""))
    raw = table.frame.select(pl.struct(pl.all()).struct.json_encode().alias("__raw"))
    frame = pl.concat([table.rows.cast(pl.UInt32).alias("__row").to_frame(), texts, raw], how="horizontal")
    rest = tuple(c for c in table.columns if c not in fields.values() and c != DEMONSTRATION)
    return finish(
        valued(frame),
        broken=table.broken,
        source=source_of(layout, table.columns),
        layout=layout,
        file=file,
        unread=rest,
        has_total="total" in fields,
    )


def valued(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``frame`` with a parsed column ``…_value`` beside each text that is a number, date or place."""
    names = ("dead", "missing", "total", "survivors", "female", "male", "children")
    marks = proven_marks(frame, names)
    people = [parse.whole_number(pl.col(name), marks).alias(f"{name}_value") for name in names]
    latitude, longitude = parse.coordinates(pl.col("coordinates"))
    return frame.with_columns(
        *people,
        parse.day(pl.col("date")).alias("date_value"),
        parse.year_number(pl.col("year")).alias("year_value"),
        parse.month_number(pl.col("month")).alias("month_value"),
        pl.coalesce(parse.degrees(pl.col("latitude")), latitude).alias("latitude_value"),
        pl.coalesce(parse.degrees(pl.col("longitude")), longitude).alias("longitude_value"),
    )
