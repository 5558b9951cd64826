"""Who is on no cell while the map plays: people at no place, by their days, and people without a date (RULES C5)."""

from typing import Any

import polars as pl

from data.counting import engine
from data.counting.incident_arrays import days_since_1970
from data.counting.measures import is_placed, people, select_incidents
from data.model.caches import kept_numbers
from data.model.notices import say
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage

TOLL = "dead_or_missing"


@kept_numbers
def not_placed_by_days(vintage: Vintage, selection: Selection) -> list[list[int]]:
    """Return [first, last, people] (days since 1970) of the dated records at no place, whatever the window.

    Of a source that is held in sums nothing is known of their days: the list is empty.
    """
    if vintage.is_summed(incident_source(vintage, selection)):
        return []
    rows = select_incidents(vintage, selection.replace(start=None, end=None))
    dated = rows.filter(~is_placed() & pl.col("date_from").is_not_null() & pl.col("date_to").is_not_null())
    days = ("date_from", "date_to")
    table = dated.group_by(*days).agg(people(TOLL)).drop_nulls().sort(*days).collect(engine="streaming")
    return [[days_since_1970(first), days_since_1970(last), toll] for first, last, toll in table.iter_rows() if toll]


def apart_details(vintage: Vintage, selection: Selection) -> dict[str, Any]:
    """Return what the browser says of them for each window: ``not_placed`` by days, and ``apart``, two sentences.

    The first is for a window with people at no place, whose number takes the place of ``{}``; the second without.
    """
    parts = engine.parts(vintage, selection.replace(measure=TOLL, start=None, end=None))
    by_days = not_placed_by_days(vintage, selection)
    not_dated = [say("page.series.not_dated", people=parts["not_dated"])] if parts["not_dated"] else []
    whole = parts["not_located"] or 0
    if not by_days and whole:  # of all days together alone
        not_dated = [say("page.series.not_placed_in_all", people=whole), *not_dated]
    return {
        "not_placed": by_days,
        "apart": [_sentence([say("page.series.not_placed", people="{}"), *not_dated]), _sentence(not_dated)],
    }


def _sentence(parts: list[str]) -> str:
    return say("page.series.not_played", parts=parts) if parts else ""
