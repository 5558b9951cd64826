"""Why do people say that they left? Motives that households state in a survey, as shares with their base."""

from typing import Any, Final

import polars as pl

from data.indicators.sums import word_of
from data.model.absence import PUBLISHED
from data.model.area_codes import area_name
from data.model.days import window_words
from data.model.notices import Notice, say
from data.pillars.figures import in_years
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.pillars.windows import span_of
from data.risk.formulas import in_percent
from data.store.vintage import Vintage

MOTIVE: Final = "survey_motive"
NAMED: Final = ("econ", "clim", "reun", "sec", "oth")
JOINED: Final = "joined"


def motives(vintage: Vintage, asked: Asked) -> Finding:
    """Return motives by country of origin, each a share of those who answered there; countries are never pooled."""
    held = in_years(vintage, asked, MOTIVE)
    if held is None:
        return nothing(Notice("pillars.why.no_motives"))
    of_route = pl.lit(value=True) if asked.route is None else pl.col("route") == asked.route
    rows = held[0].filter(of_route).with_columns(word_of("motive").alias("motive"))
    if rows.is_empty():
        return nothing(Notice("pillars.why.no_motives"))
    ordered = rows.sort("area", "value", "motive", descending=[False, True, False], nulls_last=True)
    listed = [_row(one) for one in ordered.iter_rows(named=True)]
    window = span_of(rows) or held[1]
    most = [next(row for row in listed if row.part.startswith(f"{area}/")) for area in ordered["area"].unique().sort()]
    sentence = Notice(
        "pillars.motives.sentence", when=window_words(*window),
        countries=[Notice("pillars.motives.country", country=area_name(row.part.split("/")[0]), motive=row.name.lower(),
                          share=in_percent(row.value, decimals=0), base=row.denominator)
                   for row in most if row.value is not None],
    )  # fmt: skip
    return Finding(sentence, window=window, rows=listed, sources=(rows["source"][0],))


def motive_words(code: str) -> str:
    """Return the motives of a code of the survey in words (``econ-clim-2``: two together); else the code itself."""
    parts = [one for one in code.split("-") if not one.isdigit()]
    if code.startswith("("):
        return say("pillars.motives.joined")
    if any(one not in NAMED for one in parts):
        return code
    return say("pillars.motives.together", motives=[Notice(f"pillars.motives.name.{one}") for one in parts])


def _row(one: dict[str, Any]) -> ViewRow:
    value, base = one["value"], one["denominator"]
    return ViewRow(
        part=f"{one['area']}/{_key(str(one['motive']))}", name=motive_words(str(one["motive"])),
        what=say("pillars.motives.of_answers", country=area_name(str(one["area"]))), date_from=one["date_from"],
        date_to=one["date_to"], value=value / base if value is not None and base else None, unit="share",
        numerator=value, denominator=base, status=one["absence"] or PUBLISHED,
    )  # fmt: skip


def _key(motive: str) -> str:
    return JOINED if motive.startswith("(") else motive
