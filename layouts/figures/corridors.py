"""The bars of corridors: people near each route line, the most first."""

from collections.abc import Sequence
from typing import Any

from data.model.notices import say
from layouts.figures import theme
from layouts.text import page as text


def corridor_bars(names: Sequence[str], values: Sequence[int], *, unit: str, is_demonstration: bool) -> dict[str, Any]:
    """Return one bar for each line, in the order given; an empty list gives an empty figure."""
    bars = {
        "type": "bar", "orientation": "h", "x": list(values)[::-1], "y": list(names)[::-1],
        "marker": {"color": theme.DEAD}, "text": [text.number(value) for value in values][::-1],
        "textposition": "outside", "cliponaxis": False, "hoverinfo": "skip", "textfont": theme.font(12),
    }  # fmt: skip
    mark = theme.demonstration_mark(say("page.words.demonstration_mark"), x=1, y=1)
    layout = {
        "margin": {"l": 4, "r": 48, "t": 22, "b": 34}, "bargap": 0.3, "paper_bgcolor": theme.PAPER,
        "plot_bgcolor": theme.PAPER, "font": theme.font(12), "showlegend": False,
        "xaxis": {"title": {"text": unit, "font": theme.font(12, theme.MUTED)}, "rangemode": "tozero",
                  "gridcolor": theme.HAIRLINE, "zeroline": False, "fixedrange": True, "tickformat": ",d"},
        "yaxis": {"automargin": True, "fixedrange": True},
        "annotations": [mark | {"yanchor": "bottom"}] if is_demonstration else [],
    }  # fmt: skip
    return {"data": [bars], "layout": layout}
