"""Every column once: its type, its unit, what it means. DICTIONARY.md is made from this module."""

from typing import Final

import polars as pl

from data.model.columns import EDITION, SHEET, columns
from data.model.own_lists import CAMPAIGNS, TRACING_SERVICES
from data.model.sar_regions import SAR_REGIONS

SCHEMA_VERSION: Final = 5
READABLE: Final = (2, 3, 4, 5)  # 2: a country was a slug of its name; 3: no sheets; 4: days in the tables; translated


INCIDENTS: Final = columns(
    ("source", pl.String, "", "Id of the data set (see sources)."),
    ("edition", pl.String, "", "First 12 digits of the SHA-256 of the file that the row was read from."),
    ("file", pl.String, "", "Name of that file."),
    SHEET,
    ("row", pl.UInt32, "row", "Row in the file or sheet, as an editor shows it (header = 1)."),
    ("record_id", pl.String, "", "The publisher's record id (RULES E1); without one 'content-…', or 'row N'."),
    ("event_id", pl.String, "", "The publisher's event id; records of one event partition its toll (E1)."),
    ("is_cumulative", pl.Boolean, "", "The record covers many events: in totals, in no cell or event (E4)."),
    ("date_from", pl.Date, "day", "First day on which it may have happened; null if not dated."),
    ("date_to", pl.Date, "day", "Last day on which it may have happened; null if not dated."),
    ("date_precision", pl.String, "", "day, month or year; null if not dated (Q2)."),
    ("dead", pl.Int64, "people", "Bodies recovered; null if not reported (C1)."),
    ("missing", pl.Int64, "people", "Minimum estimate of missing, presumed dead; may be negative (C1, C3)."),
    ("dead_or_missing", pl.Int64, "people", "Total as published, else dead + missing (C1)."),
    ("survivors", pl.Int64, "people", "Survivors as stated; null if not stated or not readable."),
    ("female", pl.Int64, "people", "Women and girls among the dead or missing; null if unknown (Q6)."),
    ("male", pl.Int64, "people", "Men and boys among the dead or missing; null if unknown (Q6)."),
    ("children", pl.Int64, "people", "Children among the dead or missing; null if unknown (Q6)."),
    ("region", pl.String, "", "Id of the region of the incident; null if not stated."),
    ("country", pl.String, "", "Country of the incident: ISO 3166 alpha-3 or XKX, else an id; null if not stated."),
    ("route", pl.String, "", "Id of the route; null if the publisher names none (C5: no route)."),
    ("cause", pl.String, "", "Id of the cause, one of 7 classes; null if not classified."),
    ("cause_text", pl.String, "", "The cause as published."),
    ("place", pl.String, "", "The place in words, as published, with white space and entities cleaned."),
    ("origin", pl.String, "", "Origin as published; '(P)' is kept: presumed (Q5)."),
    ("quality", pl.UInt8, "1 to 5", "Source quality; the lowest code where several are joined (Q1)."),
    ("latitude", pl.Float64, "degrees", "WGS 84; null if not stated, not readable or withheld (Q3, Q4)."),
    ("longitude", pl.Float64, "degrees", "WGS 84; null together with latitude."),
    (
        "location_precision",
        pl.String,
        "",
        "exact (1 km), place (25 km), area (100; at open sea 300) or unknown (Q3).",
    ),
    (
        "finest_resolution",
        pl.Int8,
        "H3 resolution",
        "Finest cell size the record may enter; null: none (X2).",
    ),
    ("cell", pl.Int64, "H3 index", "H3 cell at resolution 7; null if in no cell (not located, E4, E5)."),
    ("reporter", pl.String, "", "Information source as published."),
    ("url", pl.String, "", "Link to it as published; null: source not linked."),
    ("flags", pl.List(pl.String), "", "Rules that the record met, such as C2, C3, E3, Q1, Q3, Q4, Q6."),
)

COUNTS: Final = columns(
    ("source", pl.String, "", "Id of the data set."),
    ("edition", pl.String, "", "First 12 digits of the SHA-256 of the file."),
    ("file", pl.String, "", "Name of that file."),
    SHEET,
    ("row", pl.UInt32, "row", "Row in the file or sheet (header = 1); one row of a wide table gives several counts."),
    ("unit", pl.String, "", "What is counted; units are types and are never added up (R1)."),
    ("route", pl.String, "", "Id of the route; null if the count is for a place."),
    ("place", pl.String, "", "Place as published (sector, country); null if the count is for a route."),
    ("country", pl.String, "", "ISO 3166 alpha-3 code of the counting country; null for a route."),
    ("mode", pl.String, "", "sea or land; null if not stated or both."),
    (
        "nationality",
        pl.String,
        "",
        "ISO 3166 alpha-3 of the people counted; null if not stated, or of others together.",
    ),
    ("date_from", pl.Date, "day", "First day of the count's period."),
    ("date_to", pl.Date, "day", "Last day of the count's period."),
    ("step", pl.String, "", "Length of the period: day, week, month or year (a year's count to date is one)."),
    ("value", pl.Int64, "as unit", "The count; null: the publisher gives none (never read as 0)."),
    ("flags", pl.List(pl.String), "", "Rules that the count met."),
)

SEGMENTS: Final = columns(
    ("source", pl.String, "", "Id of the data set."),
    EDITION,
    ("segment_id", pl.String, "", "Id of the line, unique within its source: file, layer, its id there."),
    ("route", pl.String, "", "Id of the route; null if the source names none."),
    ("name", pl.String, "", "Name of the line."),
    ("order", pl.Int32, "", "Place of the line along its route."),
    ("is_major", pl.Boolean, "", "Whether the source calls it a main line."),
    ("length_km", pl.Float64, "km", "Length along the great circle."),
    ("points", pl.List(pl.List(pl.Float64)), "degrees", "Pairs of longitude and latitude, WGS 84."),
)

SEGMENT_CELLS: Final = columns(
    ("source", pl.String, "", "Id of the data set."),
    ("segment_id", pl.String, "", "Id of the line."),
    ("resolution", pl.Int8, "H3 resolution", "Resolution of the cell."),
    ("cell", pl.Int64, "H3 index", "A cell that the line passes through."),
    ("share", pl.Float64, "fraction", "Share of the line's great-circle length in the cell; they sum to 1."),
)

SOURCES: Final = columns(
    ("source", pl.String, "", "Id of the data set."),
    (
        "kind",
        pl.String,
        "",
        "incidents, counts, segments, indicators, policy_events, treaties, campaigns, tracing_services or sar_regions.",
    ),
    ("publisher", pl.String, "", "Who publishes it."),
    ("title", pl.String, "", "Its title."),
    ("citation", pl.String, "", "How to cite it."),
    ("licence", pl.String, "", "Its terms, as the publisher states them."),
    ("url", pl.String, "", "The publisher's page."),
    (
        "sensitivity",
        pl.String,
        "",
        "public: already published at this precision; else restricted, and read by tier (RULES 9).",
    ),
    ("is_demonstration", pl.Boolean, "", "Invented to try the software (P8)."),
    ("file", pl.String, "", "File name of this edition."),
    ("edition", pl.String, "", "First 12 digits of its SHA-256."),
    ("sha256", pl.String, "", "SHA-256 of the file; of it and the layout's id where its tables have several layouts."),
    ("layout", pl.String, "", "Layout that its header set matched."),
    ("unit", pl.String, "", "Unit of its counts; people for incidents."),
    (
        "retrieved",
        pl.Date,
        "day",
        "Day on which the file was ingested; null in the Parquet file: publication.jsonl states it.",
    ),
    ("published", pl.Date, "day", "Day that its publisher dates it, as stated; else the last day it speaks of (E7)."),
    ("first_date", pl.Date, "day", "First day covered."),
    ("last_date", pl.Date, "day", "Last day covered."),
    ("rows_read", pl.Int64, "rows", "Rows in the file."),
    ("accepted", pl.Int64, "rows", "Rows in this vintage."),
    ("quarantined", pl.Int64, "rows", "Rows refused, with the reason, in quarantine."),
    ("duplicates", pl.Int64, "rows", "Rows declared duplicates of a newer edition."),
)

QUARANTINE: Final = columns(
    ("source", pl.String, "", "Id of the data set."),
    EDITION,
    ("file", pl.String, "", "File name."),
    SHEET,
    ("row", pl.UInt32, "row", "Row in the file or sheet."),
    ("column", pl.String, "", "Column with the value; null if the whole row is at fault."),
    ("value", pl.String, "", "The value as found."),
    ("reason", pl.String, "", "Why the row was not accepted, and what to do."),
    ("raw", pl.String, "", "What the reader knows of the row, as JSON; no other column of the file (RULES 9)."),
)

LOG: Final = columns(
    ("source", pl.String, "", "Id of the data set."),
    EDITION,
    ("file", pl.String, "", "File name."),
    SHEET,
    ("row", pl.UInt32, "row", "Row in the file or sheet."),
    ("column", pl.String, "", "Column of the value."),
    ("found", pl.String, "", "The value as found."),
    ("kept", pl.String, "", "The value as kept; null: withheld."),
    ("rule", pl.String, "", "The rule or the reason."),
)

INDICATORS: Final = columns(
    ("source", pl.String, "", "Id of the data set."),
    EDITION,
    ("file", pl.String, "", "Name of that file."),
    SHEET,
    ("row", pl.UInt32, "row", "Row in the file or sheet; one row of a wide table gives several figures."),
    ("indicator", pl.String, "", "Id of the indicator; `/api/v1/indicators` says what it is and is not."),
    ("area", pl.String, "", "ISO 3166 alpha-3, XKX, or the id of an aggregate (eu-28); null for a route."),
    ("partner", pl.String, "", "The other area of a pair, such as the nationality; null: all, or none is stated."),
    ("route", pl.String, "", "Id of the route; null if the figure is of an area."),
    ("breakdown", pl.String, "", "Which part of the whole it is, as level=FI;sex=F; null: of the whole."),
    ("totals", pl.String, "", "Dimensions of which it is a total, as partner;sex: never added to their parts."),
    ("date_from", pl.Date, "day", "First day of its period."),
    ("date_to", pl.Date, "day", "Last day of its period; of a stock the day."),
    ("step", pl.String, "", "Length of the period: day, month, quarter or year."),
    ("value", pl.Float64, "as unit", "The figure; null: there is none, and absence says why. Never read as 0."),
    ("unit", pl.String, "", "What it counts or is measured in; two units are never added up (R1)."),
    ("absence", pl.String, "", "Kind of absence (R11) where there is no value; null where there is one."),
    (
        "flag",
        pl.String,
        "",
        "The publisher's flags as published, such as b: break in the series; or <5 for what is not shown.",
    ),
    ("numerator", pl.Float64, "as unit", "Of a published share: what is divided; else null."),
    ("denominator", pl.Float64, "as unit", "Of a published share: what it is divided by; else null."),
)

POLICY_EVENTS: Final = columns(
    ("source", pl.String, "", "Id of the data set."),
    EDITION,
    ("file", pl.String, "", "Name of that file."),
    SHEET,
    ("row", pl.UInt32, "row", "Row in the file or sheet; of JSON the record's place."),
    ("area", pl.String, "", "The state that decided it: ISO 3166 alpha-3."),
    ("partner", pl.String, "", "The other state of an agreement; null where there is none, or several."),
    ("parties", pl.String, "", "The states of an agreement, as published."),
    ("title", pl.String, "", "Its title, as published."),
    ("themes", pl.String, "", "What it is about, in the publisher's words, joined by semicolons."),
    ("instrument", pl.String, "", "What it is: law, decree, readmission agreement, as published."),
    ("level", pl.String, "", "National, EU-level, as published."),
    ("date_from", pl.Date, "day", "First day on which it may have been decided or signed; null if not dated."),
    ("date_to", pl.Date, "day", "Last such day."),
    ("date_precision", pl.String, "", "day or year; null if not dated."),
    ("in_force", pl.Date, "day", "Day on which it entered into force; null if not stated."),
    ("url", pl.String, "", "Link to it, as published."),
)

TREATIES: Final = columns(
    ("source", pl.String, "", "Id of the data set."),
    EDITION,
    ("file", pl.String, "", "Name of that file."),
    SHEET,
    ("row", pl.UInt32, "row", "Row in the file or sheet; a participant may have two acts."),
    ("treaty", pl.String, "", "convention, trafficking-protocol or smuggling-protocol (Palermo, 2000)."),
    ("participant", pl.String, "", "ISO 3166 alpha-3, or eu: the European Union is a participant."),
    (
        "act",
        pl.String,
        "",
        "signature; or what makes a party: ratification, acceptance, approval, accession, succession.",
    ),
    ("date_from", pl.Date, "day", "Day of the act."),
    ("date_to", pl.Date, "day", "The same day."),
)

TABLES: Final = {
    "incidents": INCIDENTS,
    "counts": COUNTS,
    "segments": SEGMENTS,
    "segment_cells": SEGMENT_CELLS,
    "sources": SOURCES,
    "quarantine": QUARANTINE,
    "log": LOG,
}
WHERE_NEEDED: Final = {
    "indicators": INDICATORS,
    "policy_events": POLICY_EVENTS,
    "treaties": TREATIES,
    "campaigns": CAMPAIGNS,
    "tracing_services": TRACING_SERVICES,
    "sar_regions": SAR_REGIONS,
}  # a vintage has such a table only where it has rows
EVERY_TABLE: Final = {**TABLES, **WHERE_NEEDED}


def polars_schema(table: str) -> pl.Schema:
    """Return the Polars schema of a table by name."""
    return pl.Schema({column.name: column.dtype for column in EVERY_TABLE[table]})


def empty(table: str) -> pl.DataFrame:
    """Return the table with no rows."""
    return pl.DataFrame(schema=polars_schema(table))


def conform(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """Return ``frame`` with exactly the table's columns, in order and cast strictly; absent ones null."""
    schema = polars_schema(table)
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(dtype, strict=True).alias(name)
        for name, dtype in schema.items()
    )


def dictionary() -> str:
    """Return DICTIONARY.md: every table, every column, its type, unit and meaning."""
    lines = ["# Dictionary", "", "Made from `data/model/schema.py` by `python -m data dictionary`.", ""]
    for table, every in EVERY_TABLE.items():
        lines += [f"## {table}", "", "| column | type | unit | meaning |", "| --- | --- | --- | --- |"]
        lines += [f"| `{c.name}` | {pl.Schema({'c': c.dtype})['c']} | {c.unit} | {c.meaning} |" for c in every]
        lines.append("")
    return "\n".join(lines)
