"""Panels of Plotly on one time axis, each with its own unit; never summed, gaps stay gaps (RULES R1, T4)."""

from datetime import timedelta
from typing import Any, Final

import polars as pl

from layouts.figures import theme
from layouts.figures.coverage_marks import ABSENT, PANELS

EMPTY_TOP: Final = 1.0  # of a panel without any figure: no ticks are written there
DOMAINS: Final = {"yaxis": [0.75, 0.945], "yaxis2": [0.385, 0.58], "yaxis3": [0.02, 0.215]}
TITLES_AT: Final = (0.985, 0.615, 0.25)
COLUMNS: Final = {
    "period": pl.Date, "days": pl.Int64, "dead": pl.Int64, "missing": pl.Int64, "unsplit": pl.Int64,
    "flow": pl.Int64, "arrivals": pl.Int64, "words": pl.String,
    "toll_mark": pl.String, "flow_mark": pl.String, "arrivals_mark": pl.String, "toll_said": pl.String,
    "flow_said": pl.String, "arrivals_said": pl.String, "flow_break": pl.String, "arrivals_break": pl.String,
    "flow_break_more": pl.String, "arrivals_break_more": pl.String,
    "toll_grows": pl.Boolean, "flow_grows": pl.Boolean, "arrivals_grows": pl.Boolean,
    "flow_beside": pl.Boolean, "arrivals_beside": pl.Boolean,
}  # fmt: skip
DAY_MS: Final = 86_400_000
NOT_COUNTED: Final = "#c9c6be"
PALE: Final = 0.55


def empty_table() -> pl.DataFrame:
    """Return the series table with no period."""
    return pl.DataFrame(schema=COLUMNS)


def base_series() -> dict[str, Any]:
    """Return the three panels before any data."""
    axis = {
        "fixedrange": True,
        "gridcolor": "#ece9e2",
        "zeroline": False,
        "nticks": 3,
        "tickformat": "~s",
        "tickfont": theme.font(11, theme.MUTED),
        "rangemode": "tozero",
        "automargin": False,
    }
    layout = {
        "margin": {"l": 44, "r": 14, "t": 16, "b": 22},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "barmode": "relative",
        "bargap": 0,
        "showlegend": False,
        "font": theme.font(12),
        "hovermode": "x",
        "hoversubplots": "axis",
        "hoverdistance": -1,
        "dragmode": "select",
        "selectdirection": "h",
        "newselection": {"line": {"color": theme.FOCUS, "width": 1, "dash": "solid"}},
        "uirevision": "the reader's",
        "xaxis": {
            "type": "date",
            "anchor": "y3",
            "fixedrange": True,
            "showgrid": False,
            "ticks": "outside",
            "ticklen": 4,
            "tickcolor": theme.HAIRLINE,
            "linecolor": theme.HAIRLINE,
            "showline": True,
            "tickfont": theme.font(11, theme.MUTED),
            "showspikes": True,
            "spikemode": "across",
            "spikethickness": 1,
            "spikedash": "solid",
            "spikecolor": theme.INK,
            "spikesnap": "hovered data",
        },
        **{name: {**axis, "domain": domain, "anchor": "x"} for name, domain in DOMAINS.items()},
    }
    return {"data": series_layers(empty_table()), "layout": layout}


def series_layers(table: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the traces in fixed order: dead, missing, unsplit, flow, arrivals, no data (3), hover.

    ``table`` has one row per period, complete from first to last: period (first day), days (its length),
    dead, missing, unsplit (people whose split is not reported), flow, arrivals (null: no figure), and words. Periods
    of other places than most of a flow (``…_beside``) are paler, and those without a figure are hatched (R10, P6).
    """
    marks = {
        "dead": {"color": theme.DEAD},
        "missing": _hatched("#ead3e0", theme.MISSING, "/"),
        "unsplit": _hatched(theme.PAPER, theme.DEAD, "."),
        "flow": _hatched("#e3c08a", theme.INTERCEPTED, "\\"),
        "arrivals": {"color": theme.ARRIVED},
    }
    axes = {"dead": "y", "missing": "y", "unsplit": "y", "flow": "y2", "arrivals": "y3"}
    for name in ("flow", "arrivals"):
        marks[name] = {**marks[name], "opacity": [PALE if is_so else 1.0 for is_so in table[f"{name}_beside"]]}
    bars = [_bars(table, table[name], marks[name], axes[name]) for name in marks]
    hatch = _hatched("rgba(0,0,0,0)", NOT_COUNTED, "/")
    bars += [_bars(table, _absent(table, name), hatch, axes[name]) for name in ("flow", "arrivals", "dead")]
    middles = [first + timedelta(days=days // 2) for first, days in table.select("period", "days").iter_rows()]
    hover = {
        "type": "scatter",
        "mode": "markers",
        "x": [str(day) for day in middles],
        "y": [0] * len(middles),
        "yaxis": "y3",
        "marker": {"opacity": 0, "size": 1},
        "customdata": table["words"].to_list(),
        "hoverinfo": "none",
    }
    return [*bars, hover]


def _absent(table: pl.DataFrame, panel: str) -> pl.Series:
    """Return the height of a panel where a period has no figure."""
    height = ceiling(table, panel)
    marks = table[f"{PANELS[panel]}_mark"]
    return pl.Series([height if mark == ABSENT else None for mark in marks], dtype=pl.Float64)


def _hatched(ground: str, stroke: str, shape: str) -> dict[str, Any]:
    pattern = {"shape": shape, "fgcolor": stroke, "bgcolor": ground, "size": 4, "solidity": 0.45}
    return {"color": stroke, "pattern": pattern}


def _bars(table: pl.DataFrame, values: pl.Series, marker: dict[str, Any], axis: str) -> dict[str, Any]:
    gap = 0.88 if table.height < 400 else 1
    return {
        "type": "bar",
        "x": [str(day) for day in table["period"].to_list()],
        "y": values.to_list(),
        "width": [days * DAY_MS * gap for days in table["days"].to_list()],
        "offset": 0,
        "yaxis": axis,
        "marker": {**marker, "line": {"width": 0}},
        "hoverinfo": "skip",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }


def ceiling(table: pl.DataFrame, name: str) -> float:
    """Return the top of a panel: a little over its highest value, 1 where there is none."""
    if name == "dead":
        tops = table.select(pl.sum_horizontal(pl.col("dead", "missing", "unsplit").clip(0))).to_series()
    else:
        tops = table[name]
    highest = tops.max()
    return float(highest) * 1.06 if isinstance(highest, int | float) and highest > 0 else EMPTY_TOP


def ranges(table: pl.DataFrame) -> dict[str, list[Any]]:
    """Return the range of each axis, over all periods whatever window is chosen."""
    lowest = table.select(pl.sum_horizontal(pl.col("dead", "missing").clip(upper_bound=0))).to_series().min()
    floor = float(lowest) if isinstance(lowest, int | float) else 0.0
    found: dict[str, list[Any]] = {
        "yaxis": [floor, ceiling(table, "dead")],
        "yaxis2": [0, ceiling(table, "flow")],
        "yaxis3": [0, ceiling(table, "arrivals")],
    }
    if not table.is_empty():
        last, days = table.select("period", "days").row(-1)
        found["xaxis"] = [str(table["period"][0]), str(last + timedelta(days=days))]
    return found


def titles(names: tuple[str, ...], *, mark: str | None, at: tuple[float, ...] = TITLES_AT) -> list[dict[str, Any]]:
    """Return the name and unit of each panel, and the mark of invented data."""
    found = [
        {
            "text": name, "xref": "paper", "yref": "paper", "x": 0, "y": y, "xanchor": "left", "yanchor": "bottom",
            "showarrow": False, "font": theme.font(12), "yshift": -1,
        }
        for name, y in zip(names, at, strict=True)
    ]  # fmt: skip
    return [*found, theme.demonstration_mark(mark, x=1, y=1.09)] if mark else found
