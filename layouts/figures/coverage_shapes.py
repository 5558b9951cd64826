"""Coverage in the page's chart: a strip above each panel, lines where places change, words where nothing is counted.

Source: RULES R10, R11, P6.
"""

from datetime import date
from typing import Any, Final

import polars as pl

from layouts.figures import theme
from layouts.figures.coverage_marks import (
    ABSENT,
    GAP_LINE,
    STRIP_COLOR,
    WHOLE,
    Run,
    break_lines,
    gaps_in_words,
    lines_of,
    runs,
)

AXES: Final = {"dead": "y", "flow": "y2", "arrivals": "y3"}
STRIP: Final = (1.03, 1.11)  # of the height of a panel, above it
STRIP_MIDDLE: Final = 1.07
HALF: Final = 0.5


def coverage_shapes(table: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the strip above each panel, which says what is counted, and a line where the places change (R10)."""
    shapes = []
    for panel, axis in AXES.items():
        shapes += [_strip(one, axis, STRIP_COLOR[panel]) for one in runs(table, panel)]
        shapes += [_break(str(one.day), axis) for one in break_lines(table, panel)]
    return shapes


def _strip(one: Run, axis: str, color: str) -> dict[str, Any]:
    """Return one run of a strip: solid where all is counted, an outline where some is, dots where nothing is."""
    ends = {"xref": "x", "yref": f"{axis} domain", "x0": str(one.first), "x1": str(one.end), "layer": "above"}
    if one.mark == ABSENT:
        return {**ends, "type": "line", "y0": STRIP_MIDDLE, "y1": STRIP_MIDDLE,
                "line": {"color": theme.MUTED, "width": 1.5, "dash": "dot"}}  # fmt: skip
    fill = color if one.mark == WHOLE else theme.PAPER
    return {
        **ends,
        "type": "rect",
        "y0": STRIP[0],
        "y1": STRIP[1],
        "fillcolor": fill,
        "line": {"color": color, "width": 1},
    }


def _break(x: str, axis: str) -> dict[str, Any]:
    return {
        "type": "line", "xref": "x", "yref": f"{axis} domain", "x0": x, "x1": x, "y0": 0, "y1": STRIP[1] + 0.06,
        "line": {"color": theme.INK, "width": 1.2}, "layer": "above",
    }  # fmt: skip


def coverage_words(table: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the words of each break and of each wide stretch without a figure, beside them in their panels."""
    found = []
    for panel, axis in AXES.items():
        made = runs(table, panel)
        for run in gaps_in_words(made):
            middle = run.first + (run.end - run.first) / 2
            at, anchor = (run.end, "right") if run.end == made[-1].end else (middle, "center")
            lines = lines_of(run.said or "", size=GAP_LINE)
            found.append(_note(str(at), HALF, axis, lines, anchor=anchor, over="middle"))
        for line in break_lines(table, panel):
            anchor = "right" if _share(table, line.day) > HALF else "left"
            found.append(_note(str(line.day), 0.98, axis, lines_of(line.words), anchor=anchor, over="top"))
    return found


def _share(table: pl.DataFrame, day: date) -> float:
    """Return how far along the axis a day is, 0 to 1."""
    first, (last, days) = table["period"][0], table.select("period", "days").row(-1)
    return float((day - first).days / ((last - first).days + days))


def _note(x: str, y: float, axis: str, lines: list[str], *, anchor: str, over: str) -> dict[str, Any]:
    return {
        "text": "<br>".join(lines), "xref": "x", "yref": f"{axis} domain", "x": x, "y": y, "xanchor": anchor,
        "yanchor": over, "xshift": {"left": 4, "right": -4}.get(anchor, 0), "showarrow": False, "align": "left",
        "font": theme.font(10.5, theme.MUTED if over == "middle" else theme.INK), "bgcolor": theme.PAPER,
        "borderpad": 1, "opacity": 0.92,
    }  # fmt: skip
