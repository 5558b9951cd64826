"""What an act on a picture chooses: a brush over the series a window, a click on the map a cell."""

from datetime import date, timedelta
from typing import Any

from data.model.days import EARLIEST
from data.model.errors import QueryError
from data.query.parameters import CELL, CLASSES
from data.query.quantities import LATEST
from data.query.selection import Selection
from geo.cells import cell_of_point, cell_text


def window_brushed(present: Selection, brushed: Any) -> Selection:
    """Return the selection with the window that was drawn, widened to whole steps; unchanged for none."""
    if not isinstance(brushed, list) or len(brushed) != 2:
        return present
    try:
        first, last = sorted(date.fromisoformat(str(edge)[:10]) for edge in brushed)
    except ValueError:
        return present
    start, end = (
        first_of(first, present.step),
        first_of(_next(first_of(last, present.step), present.step), present.step),
    )
    return present.replace(start=max(start, EARLIEST), end=min(end - timedelta(days=1), LATEST))


def first_of(day: date, step: str) -> date:
    """Return the first day of the step that holds ``day``."""
    if step == "year":
        return day.replace(month=1, day=1)
    return day.replace(month=(day.month - 1) // 3 * 3 + 1 if step == "quarter" else day.month, day=1)


def _next(first: date, step: str) -> date:
    return first + timedelta(days={"month": 31, "quarter": 92, "year": 366}[step])


def cell_clicked(present: Selection, clicked: Any) -> Selection:
    """Return the selection with the cell under the click; the same cell again, or no place, closes it."""
    cell = _named(clicked) or _under(clicked, present.resolution)
    return present.replace(cell=None if cell == present.cell else cell)


def classes_kept(present: Selection, pressed: Any) -> Selection:
    """Return the selection with the classes that were pressed in the key; unchanged where they cannot be meant."""
    found = pressed.get("classes") if isinstance(pressed, dict) else None
    if not isinstance(found, list):
        return present
    try:
        return present.replace(classes=CLASSES.read([",".join(map(str, found)) or "none"]))
    except QueryError:
        return present


def _points(clicked: Any) -> list[dict[str, Any]]:
    points = clicked.get("points") if isinstance(clicked, dict) else None
    return [point for point in points if isinstance(point, dict)] if isinstance(points, list) else []


def _named(clicked: Any) -> str | None:
    """Return the cell that the clicked thing states: a cell's location, or an incident's own cell."""
    for key in ("customdata", "location"):
        for point in _points(clicked):
            value = point.get(key)
            if isinstance(value, str) and is_cell_index(value):
                return value
    return None


def is_cell_index(text: str) -> bool:
    """Return whether a text is a cell, as an address states one."""
    try:
        return bool(CELL.read(text))
    except QueryError:
        return False


def _under(clicked: Any, resolution: int) -> str | None:
    """Return the cell under a click on the bare map or on a route."""
    points = _points(clicked)
    place: dict[str, Any] = (
        {"lon": clicked.get("xvals"), "lat": clicked.get("yvals")} if isinstance(clicked, dict) else {}
    )
    if points:
        place = {"lon": [points[0].get("lon")], "lat": [points[0].get("lat")]}
    try:
        longitude, latitude = float(place["lon"][0]), float(place["lat"][0])
        return cell_text(
            cell_of_point(latitude=latitude, longitude=(longitude + 180) % 360 - 180, resolution=resolution)
        )
    except (KeyError, IndexError, TypeError, ValueError):
        return None
