"""The map before any data, in Plotly's schema: what is drawn on it comes from ``assets/map/``."""

from typing import Any, Final

from data.counting.classes import PEOPLE_FLOORS
from layouts.figures import cell_marks as marks
from layouts.figures import theme

Trace = dict[str, Any]

DEFAULT_VIEW: Final = (8.0, 27.0, 2.75)
DIAMETERS: Final = (5, 7, 10, 14, 20, 28)
TOLL_FLOORS: Final = PEOPLE_FLOORS


def base_map(style: dict[str, Any], *, mark: str | None) -> dict[str, Any]:
    """Return the map before any data: every trace empty, so that the map itself is drawn."""
    longitude, latitude, zoom = DEFAULT_VIEW
    layout = {
        "map": {
            "style": style,
            "center": {"lat": latitude, "lon": longitude},
            "zoom": zoom,
            "fitbounds": False,
            "uirevision": "the reader's",
        },
        "uirevision": "the reader's",
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "showlegend": False,
        "clickmode": "event",
        "hovermode": "closest",
        "dragmode": "pan",
        "paper_bgcolor": theme.SEA,
        "font": theme.font(12),
        "hoverlabel": {
            "bgcolor": theme.PAPER,
            "bordercolor": theme.HAIRLINE,
            "font": theme.font(13),
            "align": "left",
        },
        "annotations": [theme.demonstration_mark(mark, x=0.995, y=0.8)] if mark else [],
    }
    return {"data": [cell_layer(below=_first_line(style))], "layout": layout}


def _first_line(style: dict[str, Any]) -> str:
    return next((layer["id"] for layer in style.get("layers", []) if layer["type"] == "line"), "")


def cell_layer(*, below: str) -> Trace:
    """Return the place of the cells, empty: ``assets/map/cells.mjs`` draws them, or fills this where it cannot."""
    wider = tuple(_rgba(marks.WIDER_FILL, opacity) for opacity in marks.WIDER_OPACITY)
    colors = (*theme.TOLL, *wider)
    steps = [(index / len(colors), color) for number, color in enumerate(colors) for index in (number, number + 1)]
    return {
        "type": "choroplethmap",
        "geojson": {"type": "FeatureCollection", "features": []},
        "locations": [],
        "z": [],
        "zmin": -0.5,
        "zmax": len(colors) - 0.5,
        "colorscale": steps,
        "showscale": False,
        "marker": {"opacity": 1, "line": {"width": 0.8, "color": marks.WIDER_EDGE}},
        "hoverinfo": "none",
        "below": below,
    }


def _rgba(color: str, opacity: float) -> str:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"
