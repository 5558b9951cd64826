"""The pictures of "More or fewer than in earlier years?": the same days of each, the months, and one month of all."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from data.model.notices import number, say
from data.model.wording import exact
from data.trends.models import OfYear, SeriesRow, ThisMonth, YearSoFar
from layouts.figures import theme

PLAIN, PALE, SHADE = theme.TOLL[1], "#ead3e0", "#efece4"
LEAST_GAP: Final = 0.055  # of the picture's width, between two numbered marks of one row
WORD: Final = 0.22  # of the picture's width, on the smallest screen: the word "suggestion"
GRID: Final = "#ece9e2"
MILLISECONDS: Final = 86_400_000


def _layout(*, margin: Mapping[str, int], mark: str | None, **more: Any) -> dict[str, Any]:
    marks = [theme.demonstration_mark(mark, x=1, y=1) | {"yanchor": "bottom"}] if mark else []
    return {
        "margin": {**margin, "pad": 2}, "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False, "font": theme.font(12), "dragmode": False, "bargap": 0.22, **more,
        "annotations": [*more.get("annotations", []), *marks],
    }  # fmt: skip


def _axis(**more: Any) -> dict[str, Any]:
    return {"fixedrange": True, "zeroline": False, "gridcolor": GRID, "tickfont": theme.font(11, theme.MUTED), **more}


def years_figure(years: Sequence[YearSoFar], *, mark: str | None) -> dict[str, Any]:
    """Return a bar per year, the newest on top and dark, hatched where the source does not cover the days.

    ``years`` are newest first; what was known at the same lag is drawn as an open mark. The bars lie, so
    that numbers have room on a small screen.
    """
    names = [str(row.year) for row in years]
    top = max([1, *(row.value or 0 for row in years), *(row.known_then or 0 for row in years)])
    colors = [theme.DEAD if place == 0 else theme.TOLL[2] for place in range(len(years))]
    absent = [top if not row.is_covered else None for row in years]
    hatched = {"color": theme.HAIRLINE, "pattern": {"shape": "x", "fgcolor": theme.HAIRLINE, "bgcolor": theme.PAPER,
                                                    "size": 5, "solidity": 0.3}}  # fmt: skip
    then = {
        "type": "scatter", "mode": "markers", "y": names, "x": [row.known_then for row in years],
        "marker": {"symbol": "line-ns-open", "size": 14, "color": theme.INK, "line": {"width": 2}},
        "hoverinfo": "skip", "cliponaxis": False,
    }  # fmt: skip
    bars = {
        "type": "bar", "orientation": "h", "y": names, "x": [row.value for row in years],
        "marker": {"color": colors}, "textposition": "outside", "textfont": theme.font(11), "cliponaxis": False,
        "text": [number(row.value) if row.is_covered else "" for row in years], "constraintext": "none",
        "hovertext": [say("trends.picture.span", first=row.first, last=row.last, value=row.value) for row in years],
        "hoverinfo": "text",
    }  # fmt: skip
    no_data = {"type": "bar", "orientation": "h", "y": names, "x": absent, "marker": hatched, "hoverinfo": "text",
               "hovertext": say("trends.picture.not_covered")}  # fmt: skip
    layout = _layout(
        margin={"l": 40, "r": 44, "t": 22, "b": 6}, mark=mark, barmode="overlay",
        yaxis=_axis(type="category", showgrid=False, autorange="reversed", tickfont=theme.font(12)),
        xaxis=_axis(visible=False, range=[min([0, *(row.value or 0 for row in years)]), top]),
    )  # fmt: skip
    return {"data": [bars, no_data, then], "layout": layout}


def months_figure(
    series: Sequence[SeriesRow],
    *,
    points: Sequence[date],
    shaded: Sequence[date],
    events: Sequence[date],
    mark: str | None,
) -> dict[str, Any]:  # fmt: skip
    """Return the months, their moving average with its gaps, suggestions (dashed), shaded months and numbered acts.

    ``points`` has the first month of each
    suggested level; ``shaded`` the provisional months; ``events`` the first day of each act, in the order of its list.
    """
    first, last = series[0].period, series[-1].period
    days = [str(row.period) for row in series]
    fills = [PLAIN if row.is_complete else theme.PAPER for row in series]
    bars = {
        "type": "bar", "x": days, "y": [row.value for row in series], "offset": 0, "xperiodalignment": "start",
        "width": [_days(row.period) * MILLISECONDS * 0.88 for row in series],
        "marker": {"color": fills, "line": {"width": 0}, "pattern": {
            "shape": ["" if row.is_complete else "/" for row in series], "fgcolor": theme.MISSING, "size": 4}},
        "hovertext": [say("trends.picture.month", month=row.period, value=row.value, is_complete=row.is_complete)
                      for row in series],
        "hoverinfo": "text",
    }  # fmt: skip
    level = {
        "type": "scatter", "mode": "lines", "x": [str(_middle(row.period)) for row in series],
        "y": [row.average for row in series], "connectgaps": False, "line": {"color": theme.TOLL[5], "width": 2.2},
        "hoverinfo": "skip",
    }  # fmt: skip
    top = max([1, *(row.value or 0 for row in series)])
    rows = mark_rows([max(one, first) for one in events], first=first, last=last)
    depth = max(rows, default=-1) + 1
    steps = {"dtick": 1} if top < 4 else {"nticks": 4}
    layout = _layout(
        margin={"l": 40, "r": 10, "t": 24 + 20 * depth, "b": 24}, mark=None, barmode="overlay", bargap=0,
        xaxis=_axis(type="date", showgrid=False, range=[str(first), str(_after(last))], nticks=8),
        yaxis=_axis(range=[min([0, *(row.value or 0 for row in series)]), top * 1.04], tickformat="~s", **steps),
        shapes=[*map(_suggestion, points), *map(_band, shaded)],
        annotations=[*map(_suggested, apart(points, first=first, last=last)), *_numbered(events, rows, first),
                     *([theme.demonstration_mark(mark, x=1, y=0.99)] if mark else [])],
    )  # fmt: skip
    return {"data": [bars, level], "layout": layout}


def mark_rows(days: Sequence[date], *, first: date, last: date) -> list[int]:
    """Return the row of each numbered mark, 0 the lowest, so that no two of one row lie on each other."""
    span = max((last - first).days, 1)
    ends: list[float] = []
    found = []
    for one in days:
        place = (one - first).days / span
        row = next((n for n, end in enumerate(ends) if place - end >= LEAST_GAP), len(ends))
        ends[row : row + 1] = [place]
        found.append(row)
    return found


def apart(days: Sequence[date], *, first: date, last: date) -> list[date]:
    """Return the days, in order, that have room for a word above them; the line of each is drawn all the same."""
    span = max((last - first).days, 1)
    kept: list[date] = []
    for one in days:
        is_free = not kept or (one - kept[-1]).days / span >= WORD
        if is_free and WORD / 2 <= (one - first).days / span <= 1 - WORD / 2:
            kept.append(one)
    return kept


def _numbered(events: Sequence[date], rows: Sequence[int], first: date) -> list[dict[str, Any]]:
    return [
        {"text": str(place), "x": str(max(one, first)), "xref": "x", "y": 1, "yref": "paper", "yshift": 22 + 20 * row,
         "showarrow": False, "font": theme.font(10.5), "bordercolor": theme.MUTED, "borderwidth": 1, "borderpad": 2,
         "bgcolor": theme.PAPER, "xanchor": "center", "yanchor": "middle"}
        for place, (one, row) in enumerate(zip(events, rows, strict=True), start=1)
    ]  # fmt: skip


def _suggestion(at: date) -> dict[str, Any]:
    return {"type": "line", "xref": "x", "yref": "paper", "x0": str(at), "x1": str(at), "y0": 0, "y1": 1,
            "line": {"color": theme.MUTED, "width": 1.2, "dash": "dash"}}  # fmt: skip


def _suggested(at: date) -> dict[str, Any]:
    return {"text": say("trends.picture.suggestion"), "x": str(at), "xref": "x", "y": 1, "yref": "paper",
            "yanchor": "bottom", "yshift": -2, "xanchor": "center", "showarrow": False,
            "font": theme.font(10.5, theme.MUTED)}  # fmt: skip


def _band(first: date) -> dict[str, Any]:
    return {"type": "rect", "xref": "x", "yref": "paper", "x0": str(first), "x1": str(_after(first)), "y0": 0, "y1": 1,
            "fillcolor": SHADE, "line": {"width": 0}, "layer": "below"}  # fmt: skip


def season_figure(season: ThisMonth, past: Sequence[OfYear], *, mark: str | None) -> dict[str, Any]:
    """Return one month of the year: a bar from the least to the most of past years, a line at the median, this year.

    ``past`` are the same month of earlier years, of which there is at least one.
    """
    values = [row.value for row in past]
    low, high, median = min(values), max(values), season.median or 0
    span = {"type": "bar", "orientation": "h", "x": [high - low], "base": [low], "y": [0], "width": 0.42,
            "marker": {"color": PALE}, "hoverinfo": "skip"}  # fmt: skip
    dots = {"type": "scatter", "mode": "markers", "x": values, "y": [0] * len(values),
            "marker": {"size": 7, "color": theme.PAPER, "line": {"color": theme.MISSING, "width": 1.5}},
            "hovertext": [say("trends.picture.of_year", year=row.year, value=row.value) for row in past],
            "hoverinfo": "text"}  # fmt: skip
    now = {
        "type": "scatter",
        "mode": "markers",
        "x": [season.value],
        "y": [0],
        "hoverinfo": "skip",
        "marker": {"size": 15, "symbol": "diamond", "color": theme.DEAD, "line": {"color": theme.PAPER, "width": 1.5}},
    }
    middle = {"type": "line", "x0": season.median, "x1": season.median, "y0": -0.3, "y1": 0.3,
              "line": {"color": theme.INK, "width": 2}}  # fmt: skip
    top = max(high, season.value)
    this_year = say("trends.picture.of_year", year=season.period.year, value=season.value)
    said = [(season.value, this_year, 30, theme.DEAD),
            (median, say("trends.picture.median", median=exact(median)), -30, theme.INK)]  # fmt: skip
    layout = _layout(
        margin={"l": 12, "r": 12, "t": 14, "b": 24}, mark=mark, shapes=[middle],
        xaxis=_axis(range=[min(0, low, season.value), top * 1.06 or 1], nticks=6),
        yaxis=_axis(visible=False, range=[-1, 1]),
        annotations=[
            {"text": words, "x": x, "y": 0, "yshift": shift, "showarrow": False, "font": theme.font(12, color),
             "xanchor": "left" if x < top * 0.15 else "right" if x > top * 0.85 else "center"}
            for x, words, shift, color in said
        ],
    )  # fmt: skip
    return {"data": [span, dots, now], "layout": layout}


def _after(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _days(first: date) -> int:
    return (_after(first) - first).days


def _middle(first: date) -> date:
    return first.replace(day=15)
