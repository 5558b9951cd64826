"""Ids of records that have none: made of what the row states, so that one row has one id in every file (RULES E1, E7).

``content-<fields>:<number>:<occurrence>``: the letters say which fields the file states, so that files of one shape
are compared id by id, and files of different shapes by day and place; the number comes from the row's content; equal
rows of a file are numbered, as they stand as published (E3).
"""

import hashlib
from collections.abc import Iterable
from string import ascii_letters
from typing import Final

import polars as pl

from data.readers.incident_fields import FIELDS

CONTENT: Final = (
    "date_from", "date_to", "dead_value", "missing_value", "total_value", "survivors_value", "female_value",
    "male_value", "children_value", "incident_type", "region_id", "country_id", "route_id", "cause_clean",
    "place_clean", "country_origin", "region_origin", "latitude_value", "longitude_value", "quality",
    "reporter_clean", "url_clean", "key",
)  # fmt: skip
DIGITS: Final = 5  # of degrees: about a metre
START: Final = "content-"


def content_ids(frame: pl.DataFrame, fields: Iterable[str]) -> pl.Series:
    """Return an id for each row of ``frame`` (the columns of CONTENT); ``fields`` are those that the file states."""
    stated = set(fields)
    tag = "".join(ascii_letters[place] for place, name in enumerate(FIELDS) if name in stated)
    texts = frame.select(
        pl.concat_str(
            (
                (pl.col(name).round(DIGITS) if frame.schema[name] == pl.Float64 else pl.col(name))
                .cast(pl.String)
                .fill_null("")
                for name in CONTENT
            ),
            separator="\x1f",
        ).alias("text")
    )
    numbers = {text: _number(text) for text in texts["text"].unique().to_list()}
    return texts.select(
        pl.concat_str(
            pl.lit(f"{START}{tag}:"),
            pl.col("text").replace_strict(numbers, return_dtype=pl.String),
            pl.lit(":"),
            pl.int_range(1, pl.len() + 1).over("text"),
        ).alias("id")
    )["id"]


def _number(text: str) -> str:
    return str(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=10).digest(), "big"))
