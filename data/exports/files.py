"""A table and what it means, written as one file. No clock and no machine goes into it: equal input, equal bytes."""

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Final

import orjson
import polars as pl
import xlsxwriter
from shapely.geometry import mapping

from data.exports.about import About
from data.exports.geopackage import as_json, geometries
from data.model.answers import as_builtins
from data.model.notices import say

FIXED: Final = datetime(2000, 1, 1, tzinfo=UTC)
LIVE: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # a spreadsheet may run what begins so


def inert(table: pl.DataFrame) -> pl.DataFrame:
    """Return the table with an apostrophe before every text that a spreadsheet might run (HTML is text there)."""
    texts = [name for name, dtype in table.schema.items() if dtype == pl.String]
    begins = {name: pl.any_horizontal(pl.col(name).str.strip_chars_start(" ").str.starts_with(mark) for mark in LIVE)
              for name in texts}  # fmt: skip
    return table.with_columns(
        pl.when(begins[name]).then(pl.concat_str(pl.lit("'"), name)).otherwise(pl.col(name)).alias(name)
        for name in texts
    )


def bare_csv(table: pl.DataFrame, details: About) -> bytes:
    """Return UTF-8 CSV with a header and nothing else."""
    del details
    return inert(table).write_csv().encode()


def csv_and_about(table: pl.DataFrame, details: About) -> bytes:
    """Return a ZIP of the CSV and a text that says what it is, column by column."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            (f"{details.figure}.csv", bare_csv(table, details)),
            (f"{details.figure}.md", words(details).encode()),
        ):
            entry = zipfile.ZipInfo(name, FIXED.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return held.getvalue()


def words(details: About) -> str:
    """Return what a file is, in Markdown."""
    said = [f"- **{name}**: {text}" for name, text in details.lines()]
    rows = [f"| `{name}` | {unit} | {meaning} |" for name, (unit, meaning) in details.columns.items()]
    head = f"| {say('exports.head.column')} | {say('exports.head.unit')} | {say('exports.head.meaning')} |"
    return "\n".join([f"# {details.title}", "", *said, "", head, "| --- | --- | --- |", *rows, ""])


def workbook(table: pl.DataFrame, details: About) -> bytes:
    """Return a workbook: the data, what it is, and its columns. No cell is a formula or a link."""
    held = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(held, plain)
    book.set_properties({"title": details.title, "comments": details.sentence, "created": FIXED.replace(tzinfo=None)})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("data")
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, table.columns, bold)
    for number, row in enumerate(table.iter_rows(), start=1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, place, value)
            elif isinstance(value, bool):
                sheet.write_boolean(number, place, value)
            elif isinstance(value, date):
                sheet.write_datetime(number, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
            elif value is not None:
                sheet.write_number(number, place, value)
    for name, rows in (("about", details.lines()), ("columns", [(n, *rest) for n, rest in details.columns.items()])):
        extra = book.add_worksheet(name)
        for number, cells in enumerate(rows):
            for place, text in enumerate(cells):
                extra.write_string(number, place, str(text))
    book.close()
    return held.getvalue()


def parquet(table: pl.DataFrame, details: About) -> bytes:
    """Return Parquet with what it is, as JSON, in the metadata's key ``crossings``."""
    held = io.BytesIO()
    table.write_parquet(held, compression="zstd", metadata={"crossings": as_json(details)})
    return held.getvalue()


def geojson(table: pl.DataFrame, details: About) -> bytes:
    """Return GeoJSON (RFC 7946): cells as polygons, incidents as points or without a place, segments as lines."""
    features = [
        {"type": "Feature", "geometry": shape and mapping(shape), "properties": row}
        for row, shape in zip(table.to_dicts(), geometries(table, details.figure), strict=True)
    ]
    return orjson.dumps({"type": "FeatureCollection", "crossings": as_builtins(details), "features": features})
