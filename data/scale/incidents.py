"""The incidents of partitioned files in the schema's types, each in its cell, and the checks before they are summed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

import narwhals as nw

from data.model.days import EARLIEST, latest_day
from data.model.errors import DataError
from data.model.notices import say
from data.model.units import PEOPLE
from data.readers.incident_rows import is_on_map
from data.scale.incident_files import CELL, POINT, IncidentFiles
from data.scale.sums import Frame
from geo.cells import FINEST, is_stored_cell

WHOLE: Final = (*PEOPLE, "finest_resolution", CELL)
DAYS: Final = ("date_from", "date_to")
REQUIRED: Final = ("source", "record_id", "event_id", "is_cumulative")


def conformed(raw: Frame, files: IncidentFiles) -> Frame:
    """Return the columns that are read, whole numbers as Int64: of other widths engines add up to other types."""
    types: dict[str, Any] = dict.fromkeys(WHOLE, nw.Int64) | dict.fromkeys(DAYS, nw.Date)
    types |= dict.fromkeys(POINT, nw.Float64) | {"is_cumulative": nw.Boolean}
    return raw.select(nw.col(name).cast(types.get(name, nw.String)).alias(name) for name in files.read)


def on_map(incidents: Frame) -> Frame:
    """Return the incidents with cells of those alone that may lie in one (RULES E4, E5, X2)."""
    is_kept = is_on_map(toll="dead_or_missing", of=nw) & ~nw.col("finest_resolution").is_null()
    return incidents.with_columns(nw.when(is_kept).then(nw.col(CELL)).alias(CELL))


def check_incidents(incidents: Frame, files: IncidentFiles) -> None:
    """Raise DataError at the first kind of row that cannot be counted, with how many there are and one of them.

    Parameters
    ----------
    incidents : the rows of ``conformed``, before cells are made of their points
    files : where they come from

    Raises
    ------
    DataError
        A row lacks its source, ids or kind, a day, one end of its days, a place or a cell that can be, or states a
        total that is not its parts'.
    """
    faults = _faults(files)
    marked = incidents.select(
        nw.when(is_fault).then(nw.lit(1, nw.Int64)).otherwise(nw.lit(0, nw.Int64)).alias(name)
        for name, (_, is_fault) in faults.items()
    )
    found = marked.select(nw.col(name).sum() for name in faults).collect(backend="polars").rows(named=True)[0]
    for name, (column, is_fault) in faults.items():
        if found[name]:
            one = incidents.filter(is_fault).select("record_id", column).head(1).collect(backend="polars").row(0)
            sentence = say(f"scale.fault.{name}", count=int(found[name]), record=one[0] or "–", found=str(one[1]))
            raise DataError(sentence, file=str(files.folder), column=column, value=one[1], code=name.upper())


def _faults(files: IncidentFiles) -> Mapping[str, tuple[str, Any]]:
    """Return of each kind of fault its column, and whether a row has it: false where that cannot be told."""
    col: Callable[[str], Any] = nw.col
    first, last, finest = col("date_from"), col("date_to"), col("finest_resolution")
    days = (EARLIEST, latest_day())
    is_stated = ~col("dead").is_null() | ~col("missing").is_null()
    found = {f"no_{name}": (name, col(name).is_null()) for name in REQUIRED}
    found |= {
        "half_dated": ("date_to", first.is_null() != last.is_null()),
        "days_reversed": ("date_to", first > last),
        "day_out_of_bounds": ("date_from", _outside(first, *days) | _outside(last, *days)),
        "no_total": ("dead_or_missing", col("dead_or_missing").is_null() & is_stated),
        "resolution": ("finest_resolution", _outside(finest, 0, FINEST)),
    }
    if files.has_cells:
        return found | {"not_a_cell": (CELL, ~is_stored_cell(col(CELL)))}
    latitude, longitude = col("latitude"), col("longitude")
    return found | {
        "half_placed": ("longitude", latitude.is_null() != longitude.is_null()),
        "off_globe_latitude": ("latitude", _outside(latitude, -90, 90)),
        "off_globe_longitude": ("longitude", _outside(longitude, -180, 180)),
    }


def _outside(column: Any, low: date | int, high: date | int) -> Any:
    return ~((column >= low) & (column <= high))
