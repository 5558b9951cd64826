"""Where the series of a view end or change their places, and which periods are still being added to (R10, R11).

The latest three months of an incident database and the latest period of a flow are taken as still being added to
(RULES T2, R2); a flow that others have counted on from is ended, and nothing is added to it.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from data.counting.count_coverage import coverings, is_ended, names_of
from data.counting.coverage import GROWING_MONTHS, last_day, month_end
from data.counting.flow_series import Break, FlowSeries
from data.counting.measures import STEP_OF
from data.model.notices import day, month, say
from data.model.wording import period
from data.query.selection import Selection
from data.store.vintage import Vintage
from layouts.figures.coverage_marks import ABSENT

MOST_NAMED: Final = 3
NAME_ENDS: Final = re.compile(r"[,;(]|\.(?:\s|$)")


def break_lines(vintage: Vintage, one: Break, found: FlowSeries) -> tuple[str, str | None]:
    """Return what is written where the places of a flow change, and whom the paler bars beside it count."""
    kind = "ended" if one.is_end else "begun"
    sources = sorted({each.source for each in one.named})
    still = [each for each in one.after if each not in one.named]
    is_whole = len(sources) == 1 and all(each.source != sources[0] for each in still)
    head = say(
        f"page.series.{kind}",
        change=one.change,
        is_in_part=one.is_passing,
        publisher=publisher_name(vintage, sources[0]) if is_whole else None,
        places=names_of(vintage, one.named),
        when=period(one.until if one.is_end else one.period, found.step),
    )
    first, last = found.main_run or (date.max, date.min)
    if kind == "begun" or not one.after or first <= one.period <= last:
        return head, None
    names = names_of(vintage, one.after)
    return head, say("page.series.only", places=names[:MOST_NAMED], others=max(len(names) - MOST_NAMED, 0))


def publisher_name(vintage: Vintage, source: str) -> str:
    """Return a publisher's name as its citation begins: ``UNHCR``; invented data has none, and is called that."""
    rows = vintage.sources.filter(pl.col("source") == source)
    if not rows.height:
        return source
    if rows["is_demonstration"][0]:
        return say("page.series.demonstration")
    return NAME_ENDS.split(str(rows["citation"][0]), maxsplit=1)[0]


def with_endings(table: pl.DataFrame, vintage: Vintage, selection: Selection, flows: Mapping[str, str]) -> pl.DataFrame:
    """Return the periods with what is still being added to, and with words after the last figure of each series."""
    table = _marked(table, "toll", last_day(vintage, selection), months=GROWING_MONTHS)
    for name, measure in flows.items():
        plain = selection.replace(start=None, end=None)
        ends = [span.last for one in coverings(vintage, plain, measure) for span in one.days]
        last = max(ends, default=None)
        if last is None or not is_ended(vintage, measure, last, selection.step):
            table = _marked(table, name, last, months=1)
        else:
            table = _ended(table, vintage, plain, name, last, measure)
    return table


def _marked(table: pl.DataFrame, name: str, last: date | None, *, months: int) -> pl.DataFrame:
    """Return the table with the latest ``months`` to ``last`` marked as growing, and words on what comes after."""
    if last is None or table.is_empty():
        return table
    since = pl.lit(last).dt.month_start().dt.offset_by(f"-{months - 1}mo")
    end = pl.col("period") + pl.duration(days="days")
    is_absent = pl.col(f"{name}_mark") == ABSENT
    grows = ~is_absent & (pl.col("period") <= last) & (end > since)
    when = month(last) if month_end(last) == last else day(last)
    words, said = pl.lit(say("page.series.not_yet", when=when)), pl.col(f"{name}_said")
    later = pl.when(is_absent & (pl.col("period") > last)).then(words).otherwise(said)
    return table.with_columns(grows.alias(f"{name}_grows"), later.alias(f"{name}_said"))


def _ended(
    table: pl.DataFrame, vintage: Vintage, selection: Selection, name: str, last: date, measure: str
) -> pl.DataFrame:
    """Return the table with a break after the last figure of a flow that is counted no more."""
    ended = [one for one in coverings(vintage, selection, measure) if any(span.last == last for span in one.days)]
    after = pl.lit(last).dt.truncate(STEP_OF[selection.step]).dt.offset_by(STEP_OF[selection.step])
    is_first, is_after = pl.col("period") == after, pl.col("period") >= after
    sources = sorted({one.source for one in ended})
    head = say(
        "page.series.ended",
        change="fall",
        is_in_part=False,
        publisher=publisher_name(vintage, sources[0]) if len(sources) == 1 else None,
        places=names_of(vintage, ended),
        when=period(last, selection.step),
    )
    lines = {"break": head, "break_more": say("page.series.hatched")}
    return table.with_columns(
        *(pl.when(is_first).then(pl.lit(words)).otherwise(pl.col(f"{name}_{part}")).alias(f"{name}_{part}")
          for part, words in lines.items()),
        pl.when(is_after).then(None).otherwise(pl.col(f"{name}_said")).alias(f"{name}_said"),
    )  # fmt: skip
