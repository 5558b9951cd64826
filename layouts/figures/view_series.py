"""A view's figures over the years as small pictures: bars, gaps hatched, never 0.

Lines of one figure share a scale, which is the highest of them. Panels are of views whose rows are of years: all series
of one name, such as an origin, each with a scale of its own from 0 up, as no two of them have one unit.
"""

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Final, NamedTuple

from data.counting.windows import Window
from data.model.notices import say
from data.pillars.models import View, ViewLine, ViewRow
from data.pillars.series import lines_of_rows
from layouts.figures import theme
from layouts.figures.small_series import as_address, small_series
from layouts.text.views import end_words, line_names, line_words

FEWEST_YEARS: Final = 2  # of a line that is drawn
MOST_PANELS: Final = 5  # that are drawn; all rows are in the table and the files


class DrawnLine(NamedTuple):
    """One line: whose it is (None: the view's own), its picture, the same in words, and its first and last figure."""

    name: str | None
    picture: str
    words: str
    first: str
    last: str


class Panel(NamedTuple):
    """The series of one name."""

    name: str
    lines: tuple[DrawnLine, ...]


def drawn_lines(view: View) -> list[DrawnLine]:
    """Return the lines of a view; beneath each are acts on it, or the days that the view itself is of.

    There are none where all that is known is of one year: one bar as high as its picture says nothing.
    """
    if all(len(line.points) < FEWEST_YEARS for line in view.series):
        return []
    scale = max((one.value for line in view.series for one in line.points if one.value is not None), default=None)
    marked = [Window(view.date_from, view.date_to)] if view.date_from and view.date_to else []
    return [_drawn(line, name, scale, [] if any(map(view.acts_on, view.series)) else marked, marks=view.acts_on(line))
            for line, name in zip(view.series, line_names(view.series), strict=True)]  # fmt: skip


def drawn_panels(rows: Sequence[ViewRow]) -> list[Panel]:
    """Return a panel for each name whose series have several units, and some several years; else none is needed."""
    years: dict[tuple[str, str], set[int]] = {}
    for row in rows:
        if row.date_from is not None:
            years.setdefault((row.part, row.what), set()).add(row.date_from.year)
    by_name: dict[str, list[ViewLine]] = {}
    for line in lines_of_rows(rows):
        by_name.setdefault(line.name, []).append(line)
    told = ((name, lines) for name, lines in by_name.items() if len({line.unit for line in lines}) > 1
            and any(len(years[line.part, line.what]) > 1 for line in lines))  # fmt: skip
    return [Panel(name, tuple(map(_with_own_scale, lines))) for name, lines in islice(told, MOST_PANELS)]


def _with_own_scale(line: ViewLine) -> DrawnLine:
    scale = max((one.value for one in line.points if one.value is not None), default=None)
    return _drawn(line, line.what, scale, [])


def _drawn(
    line: ViewLine, name: str | None, scale: float | None, marked: Sequence[Window], *, marks: Sequence[date] = ()
) -> DrawnLine:
    words = line_words(line, name)
    picture = small_series(
        [date(one.year, 1, 1) for one in line.points], [one.value for one in line.points], scale=scale,
        windows=marked, label=words, fill=theme.MUTED, marks=marks,
    )  # fmt: skip
    ends = (say("pillars.page.no_series"), "") if scale is None else end_words(line)
    return DrawnLine(name, as_address(picture), words, *ends)
