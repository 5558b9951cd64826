"""H3 cells as Int64 columns (63 bits; what every engine reads).

The only module that knows how an index is laid out, and the only one that calls h3; text appears at the
JSON edge only. Every coarser cell of a record is the ancestor of its stored cell (RULES X1), never the
coarse cell of its point: about 6.5% of points differ, and the sums would no longer agree between
resolutions.
"""

from typing import Any

import h3
import numpy as np
import polars as pl
import polars_h3
import shapely

STORED_RESOLUTION = 7
COARSEST, FINEST = 0, 7
RESOLUTION_SHIFT = 52
ALL_BUT_RESOLUTION = ~(0xF << RESOLUTION_SHIFT)
BASE_CELLS = 122

Ring = list[tuple[float, float]]


def checked_resolution(resolution: int) -> int:
    """Return ``resolution``; raise ValueError outside 0 to 7, the resolution at which cells are stored."""
    if not COARSEST <= resolution <= FINEST:
        raise ValueError(f"resolution {resolution} is outside {COARSEST} to {FINEST}")
    return resolution


def cell_at(*, latitude: pl.Expr, longitude: pl.Expr, resolution: int = STORED_RESOLUTION) -> pl.Expr:
    """Return the cell that contains each WGS 84 point; null where a coordinate is null or off the globe."""
    on_globe = latitude.is_between(-90, 90) & longitude.is_between(-180, 180)
    index = polars_h3.latlng_to_cell(latitude, longitude, resolution)
    return pl.when(on_globe).then(index).otherwise(None).cast(pl.Int64)


def parent(cell: pl.Expr, *, resolution: int) -> pl.Expr:
    """Return each cell's ancestor at ``resolution`` by bit arithmetic; digits below it become 7 (unused)."""
    unused = (1 << 3 * (15 - checked_resolution(resolution))) - 1
    same = (resolution << RESOLUTION_SHIFT) | unused  # one number: the engine would make two passes of two
    return (cell & ALL_BUT_RESOLUTION) | same


def parent_up_to(cell: pl.Expr, finest: pl.Expr, *, resolution: int) -> pl.Expr:
    """Return each cell's ancestor at ``resolution``, or at its ``finest`` where that is coarser; null of null."""
    same: pl.Expr = pl.lit(None, pl.Int64)
    for coarser in range(resolution):
        same = pl.when(finest == coarser).then(_same(coarser)).otherwise(same)
    return (cell & ALL_BUT_RESOLUTION) | pl.when(finest >= resolution).then(_same(resolution)).otherwise(same)


def _same(resolution: int) -> int:
    """Return the bits that every cell of a resolution has."""
    return (checked_resolution(resolution) << RESOLUTION_SHIFT) | ((1 << 3 * (15 - resolution)) - 1)


def ancestor(cell: int, *, resolution: int) -> int:
    """Return one cell's ancestor at ``resolution``, as ``parent`` does for a column."""
    unused = (1 << 3 * (15 - checked_resolution(resolution))) - 1
    return (cell & ALL_BUT_RESOLUTION) | (resolution << RESOLUTION_SHIFT) | unused


def parent_by_remainders(cell: Any, *, resolution: int) -> Any:
    """Return each cell's ancestor as ``parent`` does, by ``%``, ``+`` and ``-`` alone, of any column or whole number.

    Other engines read ``&`` between whole numbers as "both are true", or divide them as floating-point numbers, which
    hold 53 of an index's 60 bits. The cell is positive: of others engines take other remainders.
    """
    unused = 1 << 3 * (15 - checked_resolution(resolution))
    low = cell % (1 << RESOLUTION_SHIFT)
    above = cell - cell % (1 << RESOLUTION_SHIFT + 4)
    return above + (low - low % unused) + ((resolution << RESOLUTION_SHIFT) + unused - 1)


def is_stored_cell(cell: Any) -> Any:
    """Return whether whole numbers are indexes of cells of the stored resolution, of any column; null of null."""
    low, unused = cell % (1 << RESOLUTION_SHIFT), 1 << 3 * (15 - STORED_RESOLUTION)
    return (
        (cell >= 1 << 59)
        & (cell < 1 << 60)  # the mode of a cell, its other bits 0
        & (cell % (1 << 59) - low == STORED_RESOLUTION << RESOLUTION_SHIFT)
        & (low < BASE_CELLS << RESOLUTION_SHIFT - 7)
        & (cell % unused == unused - 1)
    )


def stored_range(cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the lowest and the highest index that a stored cell within each of ``cells``, of any sizes, may have."""
    finer = STORED_RESOLUTION - resolutions_of(cells)
    digits = ((1 << 3 * finer) - 1) << 3 * (15 - STORED_RESOLUTION)
    highest = (cells & ALL_BUT_RESOLUTION) | (STORED_RESOLUTION << RESOLUTION_SHIFT)
    return highest & ~digits, highest


def first_within(cell: pl.Expr, *, resolution: int) -> pl.Expr:
    """Return the lowest stored cell within each stored cell's ancestor: what is left where finer digits are dropped."""
    digits = ((1 << 3 * (STORED_RESOLUTION - checked_resolution(resolution))) - 1) << 3 * (15 - STORED_RESOLUTION)
    return cell & ~digits


def centre(cell: pl.Expr, *, resolution: int) -> tuple[pl.Expr, pl.Expr]:
    """Return latitude and longitude of the centre of each cell's ancestor, in degrees; null of null."""
    within = parent(cell, resolution=resolution).cast(pl.UInt64)
    return polars_h3.cell_to_lat(within), polars_h3.cell_to_lng(within)


def resolution_of(cell: int) -> int:
    """Return the resolution of one cell."""
    return (cell >> RESOLUTION_SHIFT) & 0xF


def resolutions_of(cells: np.ndarray) -> np.ndarray:
    """Return the resolution of each cell."""
    return (cells >> RESOLUTION_SHIFT) & 0xF


def cell_text(cell: int) -> str:
    """Return the cell's index as H3 writes it, such as ``83194dfffffffff``."""
    return str(h3.int_to_str(cell))


def cell_from_text(text: str) -> int:
    """Return the Int64 of a written index; raise ValueError if it is not a cell."""
    if len(text) > 16 or not h3.is_valid_cell(text):  # h3 itself fails on more than 64 bits
        raise ValueError(f"{text!r} is not an H3 cell")
    return int(h3.str_to_int(text))


def cell_of_point(*, latitude: float, longitude: float, resolution: int) -> int:
    """Return the cell of one WGS 84 point; raise ValueError off the globe (h3 itself does not)."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"latitude {latitude}, longitude {longitude} is not on the globe")
    return int(h3.str_to_int(h3.latlng_to_cell(latitude, longitude, resolution)))


def cell_centre(cell: int) -> tuple[float, float]:
    """Return the cell's centre as (longitude, latitude)."""
    latitude, longitude = h3.cell_to_latlng(cell_text(cell))
    return longitude, latitude


def cell_ring(cell: int) -> Ring:
    """Return the cell's boundary as a closed ring of (longitude, latitude), unwrapped over ±180°."""
    ring = [(longitude, latitude) for latitude, longitude in h3.cell_to_boundary(cell_text(cell))]
    west, east = min(lon for lon, _ in ring), max(lon for lon, _ in ring)
    if east - west > 180:
        ring = [(lon + 360 if lon < 0 else lon, lat) for lon, lat in ring]
    return [*ring, ring[0]]


def cells_of_points(*, latitude: np.ndarray, longitude: np.ndarray, resolution: int) -> np.ndarray:
    """Return the cell of each point as an int64 array; the points are on the globe."""
    points = pl.DataFrame({"latitude": latitude, "longitude": longitude})
    cell = polars_h3.latlng_to_cell(pl.col("latitude"), pl.col("longitude"), resolution)
    return points.select(cell.cast(pl.Int64)).to_series().to_numpy()


def cell_centres(cells: np.ndarray) -> np.ndarray:
    """Return the centre of each cell as an (n, 2) array of longitude and latitude."""
    table = pl.DataFrame({"cell": pl.Series(cells, dtype=pl.Int64)})
    cell = pl.col("cell")
    return table.select(
        polars_h3.cell_to_lng(cell).alias("longitude"), polars_h3.cell_to_lat(cell).alias("latitude")
    ).to_numpy()


def cell_corners(cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each cell's number of corners, and all corners in one (n, 2) array of longitude and latitude.

    The corners are in order and include those that H3 adds where a cell crosses an edge of its icosahedron;
    between two of them the boundary is a great-circle arc.
    """
    table = pl.DataFrame({"cell": pl.Series(cells, dtype=pl.Int64)})
    corners = table.select(polars_h3.cell_to_boundary(pl.col("cell"))).to_series().cast(pl.List(pl.List(pl.Float64)))
    degrees = corners.explode(empty_as_null=False).explode(empty_as_null=False)
    return corners.list.len().to_numpy(), degrees.to_numpy().reshape(-1, 2)[:, ::-1]


def cell_outlines(cells: np.ndarray) -> np.ndarray:
    """Return each cell as a shapely polygon in degrees, its arcs as straight lines; none may cross ±180°."""
    if cells.size == 0:
        return np.empty(0, dtype=object)
    counts, degrees = cell_corners(cells)
    places = np.repeat(np.arange(cells.size), counts)
    return np.asarray(shapely.polygons(shapely.linearrings(degrees, indices=places)))


def mean_edge_km(resolution: int) -> float:
    """Return the mean length of a cell's edge at ``resolution``, in km."""
    return float(h3.average_hexagon_edge_length(resolution, unit="km"))


def cell_area_km2(cell: int) -> float:
    """Return the cell's true area on the sphere in km² (RULES X4)."""
    return float(h3.cell_area(cell_text(cell), unit="km^2"))


def areas_km2(cells: pl.Series) -> pl.Series:
    """Return the true area in km² of each distinct cell of a column."""
    return pl.Series("area_km2", [cell_area_km2(cell) for cell in cells.to_list()], dtype=pl.Float64)


def is_pentagon(cell: int) -> bool:
    """Return whether the cell is one of the twelve pentagons of its resolution."""
    return bool(h3.is_pentagon(cell_text(cell)))


def distinct(cells: pl.Series) -> np.ndarray:
    """Return the distinct cells, sorted, as an int64 array."""
    return np.unique(cells.drop_nulls().to_numpy())


def coarsest_cells() -> np.ndarray:
    """Return the 122 cells of resolution 0, sorted, as an int64 array."""
    return np.sort(np.array([h3.str_to_int(text) for text in h3.get_res0_cells()], dtype=np.int64))


def children(cells: np.ndarray) -> np.ndarray:
    """Return every cell of the next finer resolution whose parent is one of ``cells`` (all of one resolution)."""
    if cells.size == 0:
        return cells
    finer = polars_h3.cell_to_children(pl.col("cell"), resolution_of(int(cells[0])) + 1)
    lists = pl.DataFrame({"cell": pl.Series(cells, dtype=pl.Int64)}).select(finer).to_series()
    return lists.explode(empty_as_null=False).cast(pl.Int64).to_numpy()


def ancestors(cells: np.ndarray, *, resolution: int) -> np.ndarray:
    """Return each cell's ancestor at ``resolution``, as ``parent`` does for a column."""
    unused = (1 << 3 * (15 - checked_resolution(resolution))) - 1
    return np.asarray((cells & ALL_BUT_RESOLUTION) | ((resolution << RESOLUTION_SHIFT) | unused), dtype=np.int64)


def first_rings(cells: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return how many cells each one's first ring and itself are, and all of them one after the other.

    Seven, or six at one of the twelve pentagons.
    """
    table = pl.DataFrame({"cell": pl.Series(cells, dtype=pl.Int64)})
    disks = table.select(polars_h3.grid_disk(pl.col("cell"), 1)).to_series()
    return disks.list.len().to_numpy(), disks.explode(empty_as_null=False).cast(pl.Int64).to_numpy()
