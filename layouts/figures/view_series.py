"""A view's figure over the years as small pictures, one for each line, on one scale; gaps are hatched, never 0."""

from datetime import date
from typing import NamedTuple

from data.counting.windows import Window
from data.pillars.models import View
from layouts.figures import theme
from layouts.figures.small_series import as_address, small_series
from layouts.text.views import end_words, line_names, line_words


class DrawnLine(NamedTuple):
    """One line: whose it is (None: the view's own), its picture, the same in words, and its first and last figure."""

    name: str | None
    picture: str
    words: str
    first: str
    last: str


def drawn_lines(view: View) -> list[DrawnLine]:
    """Return the lines of a view; what is marked beneath each are the days that the view itself is of."""
    scale = max((one.value for line in view.series for one in line.points if one.value is not None), default=None)
    marked = [Window(view.date_from, view.date_to)] if view.date_from and view.date_to else []
    found = []
    for line, name in zip(view.series, line_names(view.series), strict=True):
        words = line_words(line, name)
        picture = small_series(
            [date(one.year, 1, 1) for one in line.points], [one.value for one in line.points], scale=scale,
            windows=marked, label=words, fill=theme.MUTED,
        )  # fmt: skip
        found.append(DrawnLine(name, as_address(picture), words, *end_words(line)))
    return found
