"""Which campaigns ran, and did anyone evaluate them? From the operator's list; nothing of it is set beside deaths."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from data.model.absence import PUBLISHED, UNKNOWN
from data.model.area_codes import area_name
from data.model.days import window_words
from data.model.notices import Notice, say
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.store.vintage import Vintage

STATES: Mapping[bool | None, str] = {True: "evaluated", False: "none_found", None: "unstated"}


def campaigns(vintage: Vintage, asked: Asked) -> Finding:
    """Return the campaigns that ran on some day of the window, each with its evaluation, or that none was found."""
    every = vintage.scan_where_needed("campaigns").collect()
    if every.is_empty():
        return nothing(Notice("pillars.why.no_campaigns"))
    sources, when = tuple(every["source"].unique().sort()), _when(asked)
    ran = every.filter(*_overlaps(asked)).sort("date_from", "campaign", "row")
    if ran.is_empty():
        return nothing(Notice("pillars.why.no_campaigns_then", when=when), sources=sources)
    states = [STATES[one] for one in ran["is_evaluated"]]
    sentence = Notice("pillars.campaigns.sentence", campaigns=ran.height, when=when,
                      **{one: states.count(one) for one in STATES.values()})  # fmt: skip
    return Finding(sentence, value=ran.height, unit="campaigns", rows=[_row(one) for one in ran.to_dicts()],
                   sources=sources)  # fmt: skip


def _overlaps(asked: Asked) -> list[pl.Expr]:
    """Return which campaigns ran in a window; one without a last day is not over."""
    begins = [pl.col("date_from") <= asked.end] if asked.end else []
    ends = [(pl.col("date_to") >= asked.start).fill_null(value=True)] if asked.start else []
    return [*begins, *ends]


def _when(asked: Asked) -> Notice | None:
    if asked.start and asked.end:
        return window_words(asked.start, asked.end)
    if asked.start:
        return Notice("pillars.page.since", first=asked.start)
    return Notice("pillars.page.until", last=asked.end) if asked.end else None


def _days(one: Mapping[str, Any]) -> tuple[date, date | None]:
    return one["date_from"], one["date_to"]


def _row(one: Mapping[str, Any]) -> ViewRow:
    """Return a campaign with what it costs, where that is stated, and its evaluation."""
    what = say("pillars.campaigns.row", operator=one["operator"], channel=one["channel"],
               area=area_name(one["area"]) if one["area"] else None, when=_when(Asked(None, *_days(one))))  # fmt: skip
    state = STATES[one["is_evaluated"]]
    return ViewRow(
        part=f"row-{one['row']}", name=one["campaign"], what=what, date_from=one["date_from"], date_to=one["date_to"],
        value=one["cost"], unit=one["currency"] or say("pillars.campaigns.no_currency"),
        status=UNKNOWN if one["cost"] is None else PUBLISHED,
        note=say(f"pillars.campaigns.{state}", url=one["evaluation"]),
    )  # fmt: skip
