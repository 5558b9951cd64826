"""Law and prosecution: who is suspected, prosecuted and convicted of trafficking; who is party to which treaty."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from data.counting.measures import in_window
from data.indicators.told_sums import ToldSum, added, told_sums, totals_in
from data.model.days import Span, window_words
from data.model.notices import Notice, say
from data.pillars.figures import figure_row, figures_of, in_years
from data.pillars.models import Asked, Finding, ViewRow, nothing
from data.store.vintage import Vintage

STEPS: Final = ("trafficking_suspected", "trafficking_prosecuted", "trafficking_convicted")
WHOLE: Final = ("age", "citizenship", "form", "repatriation", "sex")
GROUPS: Final = ("every", "all_three")  # the states that a sum is over; each holds the next
TREATIES: Final = ("smuggling-protocol", "trafficking-protocol", "convention")
SIGNATURE: Final = "signature"


def prosecution(vintage: Vintage, asked: Asked) -> Finding:
    """Return people suspected, prosecuted and convicted of trafficking, over all states, and over those with all three.

    A number that the publisher hides ("<5") is in no sum and is not 0: how many states have one is said. A number that
    would tell one is in a sum only where the sum tells it to nobody (``told_sums``).
    """
    held = in_years(vintage, _last_whole(vintage, asked), *STEPS)
    if held is None:
        return nothing(Notice("pillars.why.no_file", indicator=Notice("indicator.trafficking_prosecuted.name")))
    rows, years = held
    source = rows["source"][0]
    is_asked = (pl.col("source") == source) & in_window(*years)
    sums = sums_of_steps({one: totals_in(vintage, one, WHOLE).filter(is_asked) for one in STEPS})
    if any(sums[one, "every"].value is None for one in STEPS):
        return nothing(Notice("pillars.why.nothing_known", when=window_words(*years)), sources=(source,))
    listed = [_step_row(one, sums[one, of], years, of) for of in GROUPS for one in STEPS]
    values = {name: sums[step, "every"].value for name, step in zip(("suspected", "prosecuted", "convicted"), STEPS,
                                                                    strict=True)}  # fmt: skip
    sentence = Notice("pillars.prosecution.sentence", when=window_words(*years), **values)
    return Finding(sentence, unit="persons", window=years, rows=listed, sources=(source,))


def sums_of_steps(by_step: Mapping[str, pl.DataFrame]) -> dict[tuple[str, str], ToldSum]:
    """Return the sum of each step over every state, and over those that report all three in the same year.

    Sums of several years are those of the years added up, so that no two windows tell what none of them tells.
    """
    year = pl.col("date_to").dt.year()
    stated = pl.concat([table.drop_nulls("value").select("area", year.alias("year")).unique()
                        for table in by_step.values()]).group_by("area", "year").len()  # fmt: skip
    whole = stated.filter(pl.col("len") == len(STEPS)).select("area", "year")
    found: dict[tuple[str, str], ToldSum] = {}
    for step, table in by_step.items():
        marked = table.with_columns(year=year).join(
            whole.with_columns(is_whole=pl.lit(value=True)), on=["area", "year"], how="left"
        )
        every = [told_sums(one, (pl.lit(value=True), pl.col("is_whole").fill_null(value=False)))
                 for one in marked.partition_by("year")]  # fmt: skip
        found |= {(step, of): added(one[at] for one in every) for at, of in enumerate(GROUPS)}
    return found


def _last_whole(vintage: Vintage, asked: Asked) -> Asked:
    """Return what is asked for; without days, the last year in which each step has figures."""
    if asked.start or asked.end:
        return asked
    stated = figures_of(vintage, pl.col("indicator").is_in(STEPS)).drop_nulls("value")
    years = stated.group_by(pl.col("date_to").dt.year().alias("year")).agg(pl.col("indicator").n_unique())
    last = years.filter(pl.col("indicator") == len(STEPS))["year"].max()
    return Asked(asked.route, date(last, 1, 1), date(last, 12, 31)) if isinstance(last, int) else asked


def _step_row(step: str, found: ToldSum, years: Span, of: str) -> ViewRow:
    note = say("pillars.prosecution.states", states=found.areas, hidden=found.hidden, left_out=found.left_out)
    name, what = say(f"indicator.{step}.name"), f"prosecution_{of}"
    return figure_row(f"{step}-{of}", name, what, found.value, "persons", years, note)


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
