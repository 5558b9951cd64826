"""Deaths, interceptions, arrivals and one variant of risk on one time axis, each in its unit (RULES R1, R5, R8)."""

from collections.abc import Sequence
from datetime import timedelta
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
NO_ARRIVALS: Final = 6  # the layer of ``series_layers`` that hatches periods without arrivals


def risk_figure(answer: RiskOverTime, name: str) -> dict[str, Any]:
    """Return the figure of an answer of ``risk_over_time`` for one variant; nothing of the others is drawn (R5)."""
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
    layout["xaxis"] = {**layout["xaxis"], "anchor": "y4", "range": limits["xaxis"], "showspikes": False}
    for key, column in COUNTED_ON.items():  # no figure, no scale: 0 to 1 would look like one
        layout[key] |= {"showticklabels": table[column].count() > 0}
    layout["yaxis4"] |= {"showticklabels": bool(found)}
    names = tuple(say(f"risk.picture.{one}") for one in ("deaths", "interceptions", "arrivals", name))
    mark = say("page.words.demonstration_mark") if answer.is_demonstration else None
    layout["annotations"] = titles(names, mark=mark, at=TITLES_AT)
    return {"data": [*_layers(table, chosen, top), _points(table, chosen)], "layout": layout}


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
