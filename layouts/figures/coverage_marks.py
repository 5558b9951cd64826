"""What a picture shows of coverage (RULES R10, R11): runs of the strip, lines where the places change, gaps in words.

The page's chart and the picture that leaves draw the same runs, breaks and gaps; only the pen is another.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

import polars as pl

from layouts.figures import theme

WHOLE: Final = "whole"
GROWING: Final = "growing"
FEWER: Final = "fewer"
ABSENT: Final = "absent"
PANELS: Final = {"dead": "toll", "flow": "flow", "arrivals": "arrivals"}  # first column of a panel: its marks' name
LEAST_SHARE: Final = 0.07  # of the axis that a gap must have to bear words
LINE: Final = 34  # characters
STRIP_COLOR: Final = {"dead": theme.DEAD, "flow": theme.INTERCEPTED, "arrivals": theme.ARRIVED}


class Run(NamedTuple):
    """An unbroken run of periods with one mark: its first day, the day after its last, the mark, the kind in words."""

    first: date
    end: date
    mark: str
    said: str | None


class BreakLine(NamedTuple):
    """Where the places of a series change, in words; ``more`` is a second line."""

    day: date
    words: str
    more: str | None


def runs(table: pl.DataFrame, panel: str) -> list[Run]:
    """Return the runs of a panel's strip, in order; ``table`` as ``time_series.COLUMNS`` says."""
    name = PANELS[panel]
    found: list[Run] = []
    columns = ("period", "days", f"{name}_mark", f"{name}_said", f"{name}_grows")
    for first, days, counted, said, grows in table.select(columns).iter_rows():
        end, mark = first + timedelta(days=days), GROWING if grows else counted
        last = found[-1] if found else None
        if last and (last.mark, last.said, last.end) == (mark, said, first):
            found[-1] = last._replace(end=end)
        else:
            found.append(Run(first, end, mark, said))
    return found


def beside_of(table: pl.DataFrame, panel: str) -> list[bool]:
    """Return for each period whether a panel's figure is of other places than most of it; deaths have no places."""
    return [False] * table.height if panel == "dead" else table[f"{panel}_beside"].fill_null(value=False).to_list()


def grows_of(table: pl.DataFrame, panel: str) -> list[bool]:
    """Return for each period whether a panel's figure is still being added to."""
    return table[f"{PANELS[panel]}_grows"].fill_null(value=False).to_list()


def stretches_beside(table: pl.DataFrame, panel: str) -> list[tuple[date, date]]:
    """Return the stretches with a figure of other places, each with its first day and the day after its last."""
    found: list[tuple[date, date]] = []
    columns = ("period", "days", f"{PANELS[panel]}_mark")
    for (first, days, mark), is_so in zip(table.select(columns).iter_rows(), beside_of(table, panel), strict=True):
        if not is_so or mark == ABSENT:
            continue
        begin = found.pop()[0] if found and found[-1][1] == first else first
        found.append((begin, first + timedelta(days=days)))
    return found


def gaps_in_words(found: Sequence[Run]) -> list[Run]:
    """Return the runs without a figure that are wide enough for words."""
    if not found:
        return []
    least = LEAST_SHARE * (found[-1].end - found[0].first).days
    return [one for one in found if one.mark == ABSENT and one.said and (one.end - one.first).days >= least]


def break_lines(table: pl.DataFrame, panel: str) -> list[BreakLine]:
    """Return where a panel's places change."""
    name = PANELS[panel]
    if panel == "dead":
        return []
    rows = table.select("period", f"{name}_break", f"{name}_break_more").drop_nulls(f"{name}_break").iter_rows()
    return [BreakLine(*row) for row in rows]


def lines_of(words: str, *, size: int = LINE) -> list[str]:
    """Return words as lines of at most so many characters, a longer word alone."""
    found: list[str] = []
    for word in words.split():
        if found and len(found[-1]) + 1 + len(word) <= size:
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
    return found
