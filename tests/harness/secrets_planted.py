"""A store with secrets planted in every column of what is not public, and the search for them in any answer."""

import gzip
import io
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

import brotli
import polars as pl
from pypdf import PdfReader
from werkzeug.test import TestResponse

from callbacks.map_data.binary_columns import MIMETYPE, unpack
from data.model.days import today
from data.model.roles import Role
from data.model.schema import TABLES, conform, polars_schema
from data.store.line_cells import cells_of_lines
from data.store.store import Store
from geo.cells import cell_at, cell_centre, cell_of_point, cell_text
from geo.sphere.great_circle import length_km
from tests.harness.rows import incident_rows

WORD: Final = "zqsecret"  # in every text that may not be told
ROW: Final = 98_765_432
MONTH_SEA, YOUNG_LAND, YOUNG_COUNT = 33_510_000, 21_630_000, 95_730_000  # people of the last month and days
SHOWN, TOTAL = {3: 84_620_000, 7: 52_340_000}, {3: 84_620_003, 7: 52_340_007}  # a total tells a group of 3, or of 7
SURVIVORS: Final = 4
SPREAD: Final = 1_000  # what else is counted in the same sums is less
SEA: Final = (35.413_771, 12.217_393)
LAND: Final = (32.463_917, 14.013_871)
LINE: Final = ((14.357_911, 32.246_813), (13.813_771, 33.913_379), (12.617_931, 35.513_731))
HUB: Final = (14.358_113, 32.247_319)  # 60 m from the line's start
OLD: Final = date(2024, 3, 5)
NUMBER: Final = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:[,\u202f\u00a0]\d{3})+|\d+)(?!\w)")
ON_PAPER: Final = re.compile(r'\s(?:d|x|y|x1|y1|x2|y2|points|transform)="[^"]*"')  # units of a drawing


def plant(folder: Path, *, sensitivity: str = "restricted") -> Store:
    """Return a store with a new vintage of one public source and three that are not: incidents, counts, lines."""
    now = today()
    cell = cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude"))
    incidents = incident_rows(*_incidents(now)).with_columns(cell.alias("cell"))
    segments = conform(pl.DataFrame(_lines()), "segments")
    tables = {
        "incidents": incidents,
        "counts": conform(pl.DataFrame(_counts(now), infer_schema_length=None), "counts"),
        "segments": segments,
        "segment_cells": cells_of_lines(segments),
        "sources": conform(pl.DataFrame(_sources(now, sensitivity), infer_schema_length=None), "sources"),
        "quarantine": _of_texts("quarantine"),
        "log": _of_texts("log"),
    }
    names = {kind: {f"{WORD}-{kind}": f"{WORD} {kind} name"} for kind in ("route", "region", "country")}
    said = {
        "choices": {WORD: "whole"},
        "approved": [{"reason": WORD}],
        "history": [{"vintage": "v000001", "file": WORD}],
    }
    store = Store(folder)
    store.publish(tables, {"names": names, "sums": {"incidents": {"dead_or_missing": MONTH_SEA}}, **said})
    return store


def _texts(table: str, *, but: tuple[str, ...] = ()) -> dict[str, str]:
    columns = polars_schema(table).items()
    return {name: f"{WORD}-{name}" for name, dtype in columns if dtype == pl.String and name not in but}


def _incidents(now: date) -> list[dict[str, object]]:
    plain = _texts("incidents", but=("source", "date_precision", "location_precision"))
    secret = plain | {
        "source": "incidents-own", "row": ROW, "date_precision": "day", "survivors": SURVIVORS,
        "location_precision": "exact", "finest_resolution": 7, "quality": 5,
    }  # fmt: skip
    told = {"source": "mmp", "location_precision": "place", "finest_resolution": 4, "route": "central-mediterranean",
            "region": "mediterranean", "country": "LBY", "date_precision": "day"}  # fmt: skip

    def at(spot: tuple[float, float], day: date, people: int, name: str) -> dict[str, object]:
        return {"latitude": spot[0], "longitude": spot[1], "date_from": day, "date_to": day, "dead_or_missing": people,
                "dead": people, "missing": 0, "record_id": f"{WORD}-{name}", "event_id": f"{WORD}-event-{name}"}  # fmt: skip

    return [
        secret | at(SEA, OLD, 5, "old"),
        secret | at(LAND, OLD, 6, "older") | {"route": "central-mediterranean", "country": "LBY", "cause": "drowning"},
        secret | at(SEA, now - timedelta(days=15), MONTH_SEA, "month"),
        secret | at(LAND, now - timedelta(days=1), YOUNG_LAND, "younger"),
        *(told | at((34.0 + 0.3 * n, 13.0), OLD + timedelta(days=31 * n), 2 + n, f"told{n}")
          | {"record_id": f"told{n}", "event_id": f"told-event{n}"} for n in range(4)),
    ]  # fmt: skip


def _counts(now: date) -> list[dict[str, object]]:
    secret = _texts("counts", but=("source", "unit", "mode", "step", "country", "nationality", "route")) | {
        "source": "counts", "unit": "persons_arrived", "row": ROW, "flags": [], "step": "month", "country": "ITA",
        "date_from": date(2024, 3, 1), "date_to": date(2024, 3, 31),
    }  # fmt: skip
    found: list[dict[str, object]] = []
    for small, shown in SHOWN.items():  # a month, one of few people, and both together
        days = [date(2010 + small, *day) for day in ((3, 1), (3, 31), (4, 1), (4, 30))]
        months = [(days[0], days[1], shown), (days[2], days[3], small), (days[0], days[3], TOTAL[small])]
        found += [secret | {"date_from": begin, "date_to": end, "value": value} for begin, end, value in months]
    young = {"date_from": now - timedelta(days=2), "date_to": now - timedelta(days=1), "step": "day"}
    route = {"route": f"{WORD}-route-of-counts", "place": None, "country": None, "value": 2_000}
    return [*found, secret | young | {"value": YOUNG_COUNT}, secret | route]


def _lines() -> list[dict[str, object]]:
    secret = _texts("segments", but=("source",)) | {"source": "segments", "order": 0, "is_major": True}
    line, hub = [list(point) for point in LINE], [list(LINE[0]), list(HUB)]
    plain = {"source": "crossings-routes", "edition": "told", "segment_id": "told", "route": "central-mediterranean",
             "name": "Told", "order": 0, "is_major": True}  # fmt: skip
    drawn = [[13.2, 32.9], [12.6, 35.5]]
    return [
        secret | {"points": line, "length_km": length_km(line)},
        secret | {"segment_id": f"{WORD}-hub", "points": hub, "length_km": length_km(hub)},
        plain | {"points": drawn, "length_km": length_km(drawn)},
    ]


def _sources(now: date, sensitivity: str) -> list[dict[str, object]]:
    secret = _texts(
        "sources", but=("source", "kind", "publisher", "title", "citation", "licence", "url", "unit", "layout")
    )
    common = {"publisher": "Somebody", "title": "Figures", "citation": "Cited.", "licence": "Agreement", "url": "",
              "layout": "own", "is_demonstration": False, "retrieved": now}  # fmt: skip
    sums = dict.fromkeys(("rows_read", "accepted", "quarantined", "duplicates"), ROW)
    days = {"first_date": OLD, "last_date": now - timedelta(days=1), "published": now - timedelta(days=1)}
    others = [("incidents-own", "incidents", "people"), ("counts", "counts", "persons_arrived"),
              ("segments", "segments", "lines")]  # fmt: skip
    told = common | {"sensitivity": "public", "file": "told.csv", "edition": "told", "first_date": OLD,
                     "last_date": date(2024, 12, 31)}  # fmt: skip
    return [
        *(secret | common | sums | days | {"source": one, "kind": kind, "unit": unit, "sensitivity": sensitivity}
          for one, kind, unit in others),
        told | {"source": "mmp", "kind": "incidents", "unit": "people"},
        told | {"source": "crossings-routes", "kind": "segments", "unit": "lines"},
    ]  # fmt: skip


def _of_texts(table: str) -> pl.DataFrame:
    assert table in TABLES
    return conform(pl.DataFrame([_texts(table, but=("source",)) | {"source": "incidents-own", "row": ROW}]), table)


# ── What may not be told to whom ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Secrets:
    """What a role may not be told: words, people (each stands for itself and SPREAD more), degrees and cells."""

    words: tuple[str, ...]
    people: tuple[int, ...]
    points: tuple[tuple[float, float], ...]  # latitude, longitude
    cells: tuple[int, ...]


def secrets_of(role: Role) -> Secrets:
    """Return what of the planted store a role may not be told (RULES 9)."""
    finest = {Role.PUBLIC: 4, Role.PARTNER: 5, Role.BORDER: 6}[role]
    lines = () if role is Role.BORDER else tuple((y, x) for x, y in (*LINE, HUB))
    young = () if role is Role.BORDER else (YOUNG_LAND, YOUNG_COUNT)
    young += (MONTH_SEA,) if role is Role.PUBLIC else ()
    groups = tuple(total for small, total in TOTAL.items() if small < (10 if role is Role.PUBLIC else 5))
    cells = tuple(cell_of_point(latitude=y, longitude=x, resolution=size)
                  for y, x in (SEA, LAND) for size in range(finest + 1, 8))  # fmt: skip
    last = () if role is Role.BORDER else ((today() - timedelta(days=1)).isoformat(),)
    words = (
        (WORD, *last) if role is not Role.BORDER else (f"{WORD}-place", f"{WORD}-url", f"{WORD}-record", f"{WORD}-file")
    )
    centres = ((y, x) for x, y in map(cell_centre, cells))
    return Secrets(words, (*young, *groups, ROW), (SEA, LAND, *lines, *centres), cells)


def leaks(answer: TestResponse, secrets: Secrets) -> list[str]:
    """Return which secrets are in an answer: in its text, in the files within it, and in its numbers."""
    found: list[str] = []
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    for part in (headers.encode(), *opened(answer)):
        text = part.decode("utf-8", errors="replace")
        low = text.casefold()
        found += [word for word in secrets.words if word in low]
        found += [f"people {number}" for number in _numbers(text) if _is_secret(number, secrets.people)]
        said = ON_PAPER.sub("", text)
        found += [f"degrees {written}" for point in secrets.points for written in _written(point) if written in said]
        found += [f"cell {cell_text(cell)}" for cell in secrets.cells if cell_text(cell) in low or str(cell) in low]
        found += [f"bytes of {secret}" for secret, packed in _packed(secrets) if packed in part]
    return found


def _is_secret(number: int, people: tuple[int, ...]) -> bool:
    return any(one <= number < one + SPREAD for one in people)


@cache
def _packed(secrets: Secrets) -> list[tuple[object, bytes]]:
    degrees = [
        (one, struct.pack(kind, one)) for point in secrets.points for one in point for kind in ("<d", ">d", "<f")
    ]
    cells = [(cell, struct.pack("<q", cell)) for cell in secrets.cells]
    people = [(one + more, struct.pack(kind, one + more)) for one in secrets.people for more in range(40)
              for kind in ("<i", "<q")]  # fmt: skip
    return [*degrees, *cells, *people]


def _numbers(text: str) -> Iterator[int]:
    for found in NUMBER.findall(text):
        digits = re.sub(r"\D", "", found)
        if len(digits) == 8:
            yield int(digits)


def _written(point: tuple[float, float]) -> list[str]:
    return [f"{one:.6f}"[:-2] for one in point]


def opened(answer: TestResponse) -> Iterator[bytes]:
    """Return an answer's content, and all that is packed in it, as bytes to search."""
    content = answer.get_data()
    how = answer.headers.get("Content-Encoding")
    content = brotli.decompress(content) if how == "br" else gzip.decompress(content) if how == "gzip" else content
    yield from _opened(content, answer.mimetype or "")


def _opened(content: bytes, media: str) -> Iterator[bytes]:
    yield content
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from _opened(archive.read(name), "")
    elif content[:4] == b"PAR1":
        yield from _table(pl.read_parquet(io.BytesIO(content)))
    elif content[:6] == b"ARROW1" or "arrow" in media:
        yield from _table(pl.read_ipc_stream(io.BytesIO(content)) if "stream" in media else _arrow(content))
    elif content[:5] == b"%PDF-":
        yield "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).encode()
    elif media == MIMETYPE:
        details, columns = unpack(content)
        yield repr(details).encode()
        yield "\n".join(f"{name}: {values.tolist()}" for name, values in columns.items()).encode()


def _arrow(content: bytes) -> pl.DataFrame:
    try:
        return pl.read_ipc(io.BytesIO(content))
    except pl.exceptions.PolarsError:
        return pl.read_ipc_stream(io.BytesIO(content))


def _table(rows: pl.DataFrame) -> Iterator[bytes]:
    yield repr(rows.to_dicts()).encode()
