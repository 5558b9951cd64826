"""Who is on no cell while the map plays: people at no place, by their days, and people without a date (RULES C5)."""

from typing import Any

from data.counting import engine
from data.counting.not_placed import TOLL, not_placed_by_days
from data.model.notices import say
from data.query.selection import Selection
from data.store.vintage import Vintage


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
