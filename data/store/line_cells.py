"""The cells of lines, and lines as they may be shown of a source that is not public (RULES 9)."""

from typing import Final

import numpy as np
import polars as pl

from data.model.schema import conform, empty
from data.store.coarsening import Scope, known_ids
from data.store.pseudonyms import pseudonym
from geo.cells import cell_centres, cells_of_points
from geo.map.segments import length_km, segment_cells
from geo.sphere.great_circle import Point

RESOLUTIONS: Final = (2, 3, 4)
LINES_AT: Final = 4  # the resolution at whose cells' centres lines bend: some 45 km apart, and more than 10


def cells_of_lines(segments: pl.DataFrame) -> pl.DataFrame:
    """Return the cells of every line; an id is unique within its data set only."""
    found = [
        segment_cells(lines, resolutions=RESOLUTIONS).with_columns(pl.lit(lines["source"][0]).alias("source"))
        for lines in segments.partition_by("source", maintain_order=True)
    ]
    return conform(pl.concat(found), "segment_cells") if found else empty("segment_cells")


def generalised(segments: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """Return lines (schema.SEGMENTS) of which those of the scope's sources bend at the centres of large cells alone.

    No vertex is one that was supplied, so that none is a crossing point or a hub; two are more than 10 km apart. A line
    that stays within one cell is left out. Names and ids are replaced; a route that this program does not know is null.
    """
    if scope.limits.sees_lines:
        return segments
    made = [_generalised(line) if line["source"] in scope.sources else line for line in segments.iter_rows(named=True)]
    whole = conform(pl.DataFrame([one for one in made if one], schema=segments.schema), "segments")
    known = {"name": pl.lit(None), "route": pl.when(pl.col("route").is_in(known_ids()["route"])).then(pl.col("route"))}
    hidden = {"segment_id": "line", "edition": "edition"}
    known |= {name: pseudonym(pl.col(name), prefix=prefix) for name, prefix in hidden.items()}
    return whole.with_columns(
        pl.when(scope.is_other).then(value).otherwise(pl.col(name)).cast(whole.schema[name]).alias(name)
        for name, value in known.items()
    )


def _generalised(line: dict[str, object]) -> dict[str, object] | None:
    points = bends(line["points"])  # type: ignore[arg-type]
    return {**line, "points": points, "length_km": length_km(points)} if len(points) > 1 else None


def bends(points: list[Point]) -> list[list[float]]:
    """Return the centres of the cells through which a line's vertices go, one after the other, none twice in a row."""
    degrees = np.array(points, dtype=float)
    cells = cells_of_points(latitude=degrees[:, 1], longitude=degrees[:, 0], resolution=LINES_AT)
    kept = cells[np.append(True, cells[1:] != cells[:-1])]
    return [[float(part) for part in centre] for centre in cell_centres(kept)]
