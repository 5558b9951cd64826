"""Law and prosecution: who is suspected, prosecuted and convicted of trafficking; who is party to which treaty."""

from datetime import date
from typing import Final

import polars as pl

from data.indicators.sums import parts_only
from data.model.days import Span, window_words
from data.model.notices import Notice, say
from data.pillars.figures import figure_row, figures_of, in_years
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.store.vintage import Vintage

STEPS: Final = ("trafficking_suspected", "trafficking_prosecuted", "trafficking_convicted")
WHOLE: Final = ("age", "citizenship", "form", "repatriation", "sex")
TREATIES: Final = ("smuggling-protocol", "trafficking-protocol", "convention")
SIGNATURE: Final = "signature"


def prosecution(vintage: Vintage, asked: Asked) -> Finding:
    """Return people suspected, prosecuted and convicted of trafficking, over all states, and over those with all three.

    A number that the publisher hides ("<5") is in no sum and is not 0: how many states have one is said.
    """
    held = in_years(vintage, _last_whole(vintage, asked), *STEPS)
    if held is None:
        return nothing(Notice("pillars.why.no_file", indicator=Notice("indicator.trafficking_prosecuted.name")))
    rows, years = parts_only(held[0], WHOLE), held[1]
    sums = {one: _step(rows, one) for one in STEPS}
    if any(value is None for value, *_ in sums.values()):
        return nothing(Notice("pillars.why.nothing_known", when=window_words(*years)), sources=(held[0]["source"][0],))
    stated = rows.drop_nulls("value").group_by("area").agg(pl.col("indicator").n_unique())
    every = rows.filter(pl.col("area").is_in(stated.filter(pl.col("indicator") == len(STEPS))["area"].implode()))
    listed = [_step_row(one, *sums[one], years, "every") for one in STEPS]
    listed += [_step_row(one, *_step(every, one), years, "all_three") for one in STEPS]
    sentence = Notice("pillars.prosecution.sentence", when=window_words(*years), suspected=sums[STEPS[0]][0],
                      prosecuted=sums[STEPS[1]][0], convicted=sums[STEPS[2]][0])  # fmt: skip
    return Finding(sentence, unit="persons", window=years, rows=listed, sources=(held[0]["source"][0],))


def _last_whole(vintage: Vintage, asked: Asked) -> Asked:
    """Return what is asked for; without days, the last year in which each step has figures."""
    if asked.start or asked.end:
        return asked
    stated = figures_of(vintage, pl.col("indicator").is_in(STEPS)).drop_nulls("value")
    years = stated.group_by(pl.col("date_to").dt.year().alias("year")).agg(pl.col("indicator").n_unique())
    last = years.filter(pl.col("indicator") == len(STEPS))["year"].max()
    return Asked(asked.route, date(last, 1, 1), date(last, 12, 31)) if isinstance(last, int) else asked


def _step(rows: pl.DataFrame, indicator: str) -> tuple[float | None, int, int]:
    """Return the people of one step, in how many states, and in how many the number is hidden or not known."""
    own = rows.filter(pl.col("indicator") == indicator)
    known = own.drop_nulls("value")
    return (float(known["value"].sum()) if known.height else None), known["area"].n_unique(), own["value"].null_count()


def _step_row(step: str, value: float | None, states: int, hidden: int, years: Span, of: str) -> ViewRow:
    note = say("pillars.prosecution.states", states=states, hidden=hidden)
    return figure_row(f"{step}-{of}", say(f"indicator.{step}.name"), f"prosecution_{of}", value, "persons", years, note)


def treaties(vintage: Vintage, asked: Asked) -> Finding:
    """Return how many are party to each treaty, and how many only signed it, as of a day."""
    acts = vintage.scan_where_needed("treaties").collect()
    last = acts["date_from"].max()
    if not isinstance(last, date):
        return nothing(Notice("pillars.why.no_treaties"))
    day = min(asked.end or last, last)
    until = acts.filter(pl.col("date_from") <= day)
    status = {one: _status(until.filter(pl.col("treaty") == one)) for one in TREATIES}
    listed = [
        figure_row(f"{one}-{what}", say(f"pillars.treaty.{one}"), what, number, "participants", (day, day))
        for one, found in status.items() for what, number in zip(("party", "signed"), found, strict=True)
    ]  # fmt: skip
    parties, signed = status[TREATIES[0]]
    sentence = Notice("pillars.treaties.sentence", day=day, parties=parties, signed=signed)
    return Finding(sentence, value=parties, unit="participants", window=(day, day), rows=listed,
                   sources=tuple(sorted(acts["source"].unique())))  # fmt: skip


def _status(acts: pl.DataFrame) -> tuple[int, int]:
    """Return how many are party, and how many have signed and are not."""
    joined = set(acts.filter(pl.col("act") != SIGNATURE)["participant"])
    return len(joined), len(set(acts["participant"]) - joined)
