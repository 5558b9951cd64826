"""What is not known? Each source of the store with its days, its age, its terms and the rows that do not count."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from data.model.notices import Notice, say
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.store.vintage import Vintage

NOT_STATED: Final = ("", "Not stated")
OLD_DAYS: Final = 365  # a source whose last figure was older on the day it was fetched tells nothing of now


def unknown(vintage: Vintage, asked: Asked) -> Finding:
    """Return the board of what the data lack: by source, the oldest first; the same for every selection."""
    del asked
    rows = vintage.sources.filter(pl.col("kind") != "segments").group_by("source", maintain_order=True).agg(
        pl.col("title", "licence").drop_nulls().last(), pl.col("first_date").min(), pl.col("last_date").max(),
        pl.col("retrieved").max(), pl.col("rows_read", "quarantined").sum(),
    )  # fmt: skip
    if rows.is_empty():
        return nothing(Notice("pillars.why.no_sources"))
    listed = sorted((_row(one) for one in rows.to_dicts()), key=lambda row: (-(row.value or 0), row.part))
    licences = rows["licence"].fill_null("").to_list()
    sentence = Notice(
        "pillars.unknown.sentence", sources=rows.height, old=sum((row.value or 0) > OLD_DAYS for row in listed),
        unstated=sum(one in NOT_STATED for one in licences), quarantined=int(rows["quarantined"].sum()),
        read=int(rows["rows_read"].sum()),
    )  # fmt: skip
    return Finding(sentence, unit="days", rows=listed, sources=tuple(rows["source"]))


def _row(one: Mapping[str, Any]) -> ViewRow:
    last, retrieved = one["last_date"], one["retrieved"]
    age = (retrieved - last).days if isinstance(last, date) and isinstance(retrieved, date) else None
    return ViewRow(
        part=one["source"], name=one["title"] or one["source"], what=say("pillars.what.age"),
        date_from=one["first_date"], date_to=last, value=None if age is None else max(age, 0), unit="days",
        numerator=one["quarantined"], denominator=one["rows_read"], status="unknown" if age is None else "published",
        note=say("pillars.unknown.terms", licence=None if one["licence"] in NOT_STATED else one["licence"]),
    )  # fmt: skip
