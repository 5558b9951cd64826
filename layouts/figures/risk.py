"""Deaths, interceptions, arrivals and one variant of risk on one time axis, each in its unit (RULES R1, R5, R8)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from data.model.notices import say
from data.risk.by_period import RiskOverTime
from data.risk.formulas import percent, spread_words
from data.risk.models import VariantAnswer
from layouts.figures import theme
from layouts.figures.coverage_marks import ABSENT, WHOLE
from layouts.figures.time_series import COLUMNS, base_series, ranges, series_layers, titles

DOMAINS: Final = {"yaxis": [0.79, 0.95], "yaxis2": [0.56, 0.71], "yaxis3": [0.33, 0.48], "yaxis4": [0.03, 0.25]}
TITLES_AT: Final = (0.96, 0.72, 0.49, 0.26)
COUNTED_ON: Final = {"yaxis": "dead", "yaxis2": "flow", "yaxis3": "arrivals"}
MEASURE_OF: Final = {"flow": "interceptions", "arrivals": "arrivals"}
LEAST_HATCH: Final = 0.3  # of the axis, that words need
MOST_NAMED: Final = 8  # years under the bars, so that their names stand apart on a phone
NO_ARRIVALS: Final = 6  # the layer of ``series_layers`` that hatches periods without arrivals


def risk_figure(answer: RiskOverTime, name: str, *, counted_to: date | None = None) -> dict[str, Any]:
    """Return the figure of an answer of ``risk_over_time`` for one variant; nothing of the others is drawn (R5).

    Deaths are counted to ``counted_to``: a period that goes on after it is hatched, with its last month in words.
    """
    table = _table(answer)
    chosen = [period.variant(name) for period in answer.periods]
    found = [one.computed for one in chosen if one.computed]
    layout = base_series()["layout"]
    axis = {**layout["yaxis"], "tickformat": "~%"}
    limits = ranges(table)
    top = max((one.high or one.value for one in found), default=0) * 1.1 or 0.01
    layout |= {"yaxis4": axis, "dragmode": False, "height": None, "hovermode": "x", "uirevision": None}
    for key, domain in DOMAINS.items():
        layout[key] = {**layout[key], "domain": domain, "anchor": "x", "range": limits.get(key, [0, top])}
    layout["xaxis"] = {
        **layout["xaxis"],
        "anchor": "y4",
        "range": limits["xaxis"],
        "showspikes": False,
        **_years(table),
    }
    for key, column in COUNTED_ON.items():  # no figure, no scale: 0 to 1 would look like one
        layout[key] |= {"showticklabels": table[column].count() > 0}
    layout["yaxis4"] |= {"showticklabels": bool(found)}
    names = tuple(say(f"risk.picture.{one}") for one in ("deaths", "interceptions", "arrivals", name))
    mark = say("page.words.demonstration_mark") if answer.is_demonstration else None
    layout["annotations"] = [
        *titles(names, mark=mark, at=TITLES_AT),
        *_reasons(table, answer),
        *_ends(table, counted_to),
    ]
    layers = _layers(table, chosen, top)
    layers[0] = {**layers[0], "marker": _deaths(table, counted_to)}
    return {"data": [*layers, _points(table, chosen)], "layout": layout}


def _years(table: pl.DataFrame) -> dict[str, Any]:
    """Return the names of years under the middle of their bars; every second where there are many."""
    spans = table.select(
        pl.col("period").dt.year().alias("year"), "period", (pl.col("period") + pl.duration(days="days")).alias("end")
    )
    years = spans.group_by("year", maintain_order=True).agg(pl.col("period").min(), pl.col("end").max())
    step = 2 if years.height > MOST_NAMED else 1
    middles = [first + (end - first) / 2 for _, first, end in years.iter_rows()]
    return {"tickmode": "array", "tickvals": [str(day) for day in middles[::step]], "ticks": "", "tickangle": 0,
            "ticktext": [str(year) for year in years["year"].to_list()[::step]]}  # fmt: skip


def _incomplete(table: pl.DataFrame, counted_to: date | None) -> list[bool]:
    """Return which periods go on after the last day that is counted."""
    ends = [first + timedelta(days=days - 1) for first, days in table.select("period", "days").iter_rows()]
    return [counted_to is not None and counted_to < end for end in ends]


def _deaths(table: pl.DataFrame, counted_to: date | None) -> dict[str, Any]:
    shapes = ["/" if is_part else "" for is_part in _incomplete(table, counted_to)]
    return {"color": theme.DEAD, "line": {"width": 0},
            "pattern": {"shape": shapes, "fgcolor": theme.DEAD, "bgcolor": "rgba(0,0,0,0)", "size": 5,
                        "solidity": 0.4}}  # fmt: skip


def _ends(table: pl.DataFrame, counted_to: date | None) -> list[dict[str, Any]]:
    """Return the last month that is counted, over the bar of a period that is not over."""
    if counted_to is None:
        return []
    rows = zip(table.select("period", "days", "dead").iter_rows(), _incomplete(table, counted_to), strict=True)
    return [
        _word(say("risk.picture.to_month", last=counted_to), first + timedelta(days=days // 2), dead or 0, "y")
        | {"yanchor": "bottom"}
        for (first, days, dead), is_part in rows
        if is_part and first <= counted_to
    ]


def _reasons(table: pl.DataFrame, answer: RiskOverTime) -> list[dict[str, Any]]:
    """Return, on the hatch of each count without figures, why there is none."""
    found = []
    tops = ranges(table)
    for key, column in list(COUNTED_ON.items())[1:]:
        known = [row for row in table.select("period", "days", column, "words").iter_rows() if row[2] is not None]
        last = known[-1][0] + timedelta(days=known[-1][1]) if known else table["period"][0]
        end = table["period"][-1] + timedelta(days=table["days"][-1])
        if (end - last).days < LEAST_HATCH * (end - table["period"][0]).days:
            continue
        counted = [getattr(one.risk.sources, MEASURE_OF[column]).source for one in answer.periods]
        none = say("risk.picture.none_here" if any(counted) else "risk.picture.no_figure")
        words = say("risk.picture.ends", period=known[-1][3]) if known else none
        place = _word(words, last + (end - last) / 2, tops[key][1] / 2, key.replace("axis", ""))
        found.append(place | {"bgcolor": theme.PAPER, "borderpad": 3})
    return found


def _word(words: str, x: date, y: float, axis: str) -> dict[str, Any]:
    return {"text": words, "x": str(x), "y": y, "xref": "x", "yref": axis, "showarrow": False,
            "font": theme.font(11, theme.MUTED)}  # fmt: skip


def _table(answer: RiskOverTime) -> pl.DataFrame:
    """Return the periods as ``series_layers`` takes them; deaths are one bar, their split is not asked here."""
    rows = [
        {"period": one.span[0], "days": (one.span[1] - one.span[0]).days + 1, "dead": one.risk.deaths,
         "missing": None, "unsplit": None, "flow": one.risk.interceptions, "arrivals": one.risk.arrivals,
         "words": str(one.words)}
        for one in answer.periods
    ]  # fmt: skip
    table = pl.DataFrame(rows, schema=COLUMNS)
    marks = {"toll": "dead", "flow": "flow", "arrivals": "arrivals"}
    is_counted = {name: pl.col(column).is_not_null() for name, column in marks.items()}
    return table.with_columns(
        pl.when(known).then(pl.lit(WHOLE)).otherwise(pl.lit(ABSENT)).alias(f"{name}_mark")
        for name, known in is_counted.items()
    )


def _layers(table: pl.DataFrame, chosen: Sequence[VariantAnswer], top: float) -> list[dict[str, Any]]:
    """Return the counts, and the hatching of each period without a figure."""
    *layers, _ = series_layers(table)
    absent = layers[NO_ARRIVALS]
    return [
        *layers,
        {**absent, "y": [None if one.computed else top for one in chosen], "yaxis": "y4"},
    ]


def _points(table: pl.DataFrame, chosen: Sequence[VariantAnswer]) -> dict[str, Any]:
    """Return one point for each period, with its spread, and in words what it is or why there is none."""
    found = [one.computed for one in chosen]
    spans = [(one.low, one.value, one.high) if one else (None, None, None) for one in found]
    middles = [first + timedelta(days=days // 2) for first, days in table.select("period", "days").iter_rows()]
    return {
        "type": "scatter", "mode": "markers", "yaxis": "y4", "x": [str(day) for day in middles],
        "y": [value for _, value, _ in spans],
        "error_y": {
            "type": "data", "symmetric": False, "color": theme.INK, "thickness": 1.5, "width": 4,
            "array": [high - value if value is not None and high is not None else 0 for _, value, high in spans],
            "arrayminus": [value - low if value is not None and low is not None else 0 for low, value, _ in spans],
        },
        "marker": {"color": theme.INK, "size": 8},
        "text": [_hover(period, one) for period, one in zip(table["words"], chosen, strict=True)],
        "hoverinfo": "text",
    }  # fmt: skip


def _hover(period: str, one: VariantAnswer) -> str:
    found = one.computed
    if found is None:
        return say("risk.picture.not_computable", period=period)
    spread = found.spread and spread_words(*found.spread)
    return say("risk.picture.value", period=period, value=percent(found.value), spread=spread)
