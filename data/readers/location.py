"""How well a place is known (RULES Q3, Q4), and the cell that follows from it (X2)."""

from typing import Final

import numpy as np
import polars as pl

from data.model.countries import shapes_of
from data.readers.result import ROW, log_changes
from geo.areas.countries import distances_km, shape_names
from geo.cells import cell_at

FINEST: Final = {"exact": 6, "place": 4, "area": 2}  # RULES X2
SHARED_POINT: Final = 10
FAR_KM: Final = 500
VAGUE: Final = r"(?i)\b(unspecified|undetermined|between|en route)\b"
OFFICIAL: Final = r"(?i)medical examiner|coast ?guard|\bOME\b|PCOME"


def located(frame: pl.DataFrame, *, file: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return ``frame`` with latitude, longitude, location_precision, finest_resolution, cell, is_far.

    The coordinates of a record more than 500 km from its stated country are withheld, with a suggestion in
    the log (Q4): it is counted, and not located.
    """
    latitude, longitude = pl.col("latitude_value"), pl.col("longitude_value")
    null_island = (latitude == 0) & (longitude == 0)
    measured = frame.with_columns(country_distances(frame))
    outside = pl.col("distance_km") > 0
    junk = null_island | ((latitude == longitude) & outside.fill_null(value=True))
    far = ~junk & (pl.col("distance_km") > FAR_KM)
    marked = measured.with_columns(
        junk.fill_null(value=False).alias("is_junk"), far.fill_null(value=False).alias("is_far")
    )
    withheld = pl.col("is_junk") | pl.col("is_far")
    point = pl.concat_str(latitude, pl.lit(", "), longitude)
    nothing = pl.lit(None, pl.String)
    far_rows = marked.filter(pl.col("is_far"))
    hinted = far_rows.with_columns(pl.Series("hint", swapped_or_signed(far_rows), dtype=pl.String))
    rule = pl.concat_str(
        pl.lit("Q4: "), pl.col("distance_km").round().cast(pl.Int64), pl.lit(" km from the stated country, withheld"),
        pl.when(pl.col("hint").is_not_null()).then(pl.concat_str(pl.lit("; it would fit with "), "hint")).otherwise(
            pl.lit("")),
    )  # fmt: skip
    logs = [
        log_changes(
            marked, file=file, column="coordinates", found=point, kept=nothing, where=pl.col("is_junk"),
            rule="Q3: not a place (0, 0, or latitude = longitude outside the country)",
        ),
        log_changes(
            hinted, file=file, column="coordinates", found=point, kept=nothing, where=pl.col("is_far"), rule=rule
        ),
    ]  # fmt: skip
    kept = marked.with_columns(
        pl.when(~withheld).then(latitude).alias("latitude"),
        pl.when(~withheld).then(longitude).alias("longitude"),
    ).with_columns(_precision().alias("location_precision"))
    return _with_cell(kept), pl.concat(logs)


def _precision() -> pl.Expr:
    latitude, longitude = pl.col("latitude"), pl.col("longitude")
    whole = (latitude == latitude.round()) & (longitude == longitude.round())
    shared = pl.len().over("latitude", "longitude") >= SHARED_POINT
    vague = pl.col("place_clean").str.contains(VAGUE)
    official = pl.col("reporter_clean").str.contains(OFFICIAL)
    return (
        pl.when(latitude.is_null() | longitude.is_null())
        .then(pl.lit("unknown"))
        .when(vague.fill_null(value=False) | whole | shared)
        .then(pl.lit("area"))
        .when(official.fill_null(value=False))
        .then(pl.lit("exact"))
        .otherwise(pl.lit("place"))
    )


def _with_cell(frame: pl.DataFrame) -> pl.DataFrame:
    finest = pl.col("location_precision").replace_strict(FINEST, default=None, return_dtype=pl.Int8)
    return frame.with_columns(
        finest.alias("finest_resolution"),
        cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude")).alias("cell"),
    )


def country_distances(frame: pl.DataFrame) -> pl.Series:
    """Return how far each point lies from its stated country in km; 0 inside, null where it cannot be told."""
    points = frame.select(ROW, "country_id", "latitude_value", "longitude_value").drop_nulls()
    known = shape_names()
    found = [pl.DataFrame(schema={ROW: pl.UInt32, "distance_km": pl.Float64})]
    for (country,), group in points.group_by("country_id", maintain_order=True):
        names = shapes_of(str(country), known)
        if names:
            distance = distances_km(
                names, longitudes=group["longitude_value"].to_numpy(), latitudes=group["latitude_value"].to_numpy()
            )
            found.append(pl.DataFrame({ROW: group[ROW], "distance_km": distance}))
    return frame.select(ROW).join(pl.concat(found), on=ROW, how="left", maintain_order="left")["distance_km"]


def swapped_or_signed(frame: pl.DataFrame) -> list[str | None]:
    """Return for each far point which change would put it into its country (RULES Q4): never made, only said."""
    hints: list[str | None] = []
    known = shape_names()
    for country, latitude, longitude in frame.select("country_id", "latitude_value", "longitude_value").iter_rows():
        names = shapes_of(country, known)
        tries = {
            "latitude and longitude exchanged": (longitude, latitude),
            "the sign of the longitude turned": (latitude, -longitude),
            "the sign of the latitude turned": (-latitude, longitude),
        }
        hints.append(next((word for word, point in tries.items() if _near(names, point)), None))
    return hints


def _near(names: tuple[str, ...], point: tuple[float, float]) -> bool:
    latitude, longitude = point
    if abs(latitude) > 90:
        return False
    distance = distances_km(names, longitudes=np.array([longitude]), latitudes=np.array([latitude]))
    return bool(distance[0] <= FAR_KM)
