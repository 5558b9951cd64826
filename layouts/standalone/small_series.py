"""Small series of a view's rows, side by side: what a template draws as SVG. A year without a figure breaks the line.

Each series has a scale of its own from 0 to its highest value, which is written; all share one time axis. Nothing is
laid over another, so that no two units share an axis.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from data.model.notices import say
from data.pillars.models import ViewRow

WIDTH, HEIGHT, EDGE = 120, 36, 3
MOST_PANELS: Final = 5  # that are drawn; all rows are in the table and the files
Write = Callable[[float | None, str], str]


@dataclass(frozen=True)
class Line:
    """One series: its words, its strokes (points joined by years without a gap), its single points, its alternative."""

    what: str
    strokes: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]
    highest: str
    latest: str
    alternative: str


@dataclass(frozen=True)
class Panel:
    """The series of one name, such as an origin."""

    name: str
    lines: tuple[Line, ...]


def panels_of(rows: Sequence[ViewRow], write: Write) -> tuple[Panel, ...]:
    """Return a panel for each name whose rows are series; none where no two rows of one part are of different days.

    ``write`` says a value in its unit.
    """
    days = [row.date_from for row in rows if row.date_from]
    parts = {part: list(own) for part, own in groupby(rows, key=lambda row: row.part)}
    if not any(len({row.date_from for row in own}) > 1 for own in parts.values()):
        return ()
    first, last = min(days), max(days)
    by_name: dict[str, list[Line]] = {}
    for own in parts.values():
        by_name.setdefault(own[0].name, []).append(_line(own, first, last, write))
    return tuple(Panel(name, tuple(lines)) for name, lines in list(by_name.items())[:MOST_PANELS])


def _line(rows: Sequence[ViewRow], first: date, last: date, write: Write) -> Line:
    known = [(row.date_from, row.value) for row in rows if row.value is not None and row.date_from]
    what, unit = rows[0].what, rows[0].unit
    if not known:
        none = say("pillars.page.no_series")
        return Line(what, (), (), "", none, say("pillars.page.series_none", what=what, why=none))
    top = max(value for _, value in known)
    runs = [[_point(row, first, last, top) for row in own]
            for has_value, own in groupby(rows, key=lambda row: row.value is not None) if has_value]  # fmt: skip
    day, value = known[-1]
    latest = say("pillars.page.series_latest", value=write(value, unit), year=day.year)
    alternative = say(
        "pillars.page.series", what=what, first=write(known[0][1], unit), from_year=known[0][0].year,
        last=write(value, unit), to_year=day.year, highest=write(top, unit), gaps=len(rows) - len(known),
    )  # fmt: skip
    return Line(
        what, tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1),
        tuple(run[0] for run in runs if len(run) == 1), write(top, unit), latest, alternative,
    )  # fmt: skip


def _point(row: ViewRow, first: date, last: date, top: float) -> tuple[float, float]:
    share = ((row.date_from or first) - first).days / max((last - first).days, 1)
    rise = (row.value or 0) / top if top > 0 else 0.0
    return round(EDGE + share * (WIDTH - 2 * EDGE), 1), round(HEIGHT - EDGE - rise * (HEIGHT - 2 * EDGE), 1)
