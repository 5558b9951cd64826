"""Colours and type of the figures: the same tokens as ``assets/page.css`` (a test compares the two)."""

from typing import Any, Final

PAPER: Final = "#fcfbf8"
INK: Final = "#1a1f24"
MUTED: Final = "#5a636d"
HAIRLINE: Final = "#dcdad3"
SEA: Final = "#dfe8ed"
TOLL: Final = ("#f0dde8", "#dcb4cd", "#c187af", "#9c5a8c", "#6f3266", "#3c133d")
DEAD: Final = "#6f3266"
MISSING: Final = "#b47aa3"
INTERCEPTED: Final = "#9a6108"
ARRIVED: Final = "#1f6a8c"
CHOSEN: Final = "#1a1f24"
FOCUS: Final = "#1257c4"
DEMONSTRATION: Final = "#7a4f00"
DEMONSTRATION_PAPER: Final = "#fff4d6"
FONT: Final = '"Crossings Sans", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif'

CONFIG: Final[dict[str, Any]] = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,  # the default can post the figure to an outside service
    "plotlyServerURL": "",
    "topojsonURL": "/none/",
    "responsive": True,
    "doubleClick": False,
    "showTips": False,
}


def font(size: float, color: str = INK) -> dict[str, Any]:
    """Return a font of the page in Plotly's schema."""
    return {"family": FONT, "size": size, "color": color}


def demonstration_mark(text: str, *, x: float, y: float) -> dict[str, Any]:
    """Return the mark that every picture of invented data carries (RULES P8)."""
    return {
        "text": text,
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "y": y,
        "xanchor": "right",
        "yanchor": "top",
        "showarrow": False,
        "font": font(11, DEMONSTRATION),
        "bgcolor": DEMONSTRATION_PAPER,
        "borderpad": 3,
    }
