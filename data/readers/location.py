"""How well a place is known (RULES Q3, Q4), and the cell that follows from it (X2)."""

from functools import partial
from typing import Final

import polars as pl

from data.readers.place_guard import COUNTRY, distances, hints, with_evidence, words_of
from data.readers.result import log_changes
from geo.cells import cell_at

FINEST: Final = {"exact": 6, "place": 4, "area": 2}  # RULES X2
SHARED_POINT: Final = 10
VAGUE: Final = r"(?i)\b(unspecified|undetermined|between|en route)\b"
NOTHING: Final = pl.lit(None, pl.String)
OFFICIAL: Final = r"(?i)medical examiner|coast ?guard|\bOME\b|PCOME"


def located(frame: pl.DataFrame, *, file: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return ``frame`` with latitude, longitude, location_precision, finest_resolution, cell, is_far, is_unread.

    A place that is not certain, off the globe, or more than 500 km from what its row states (Q4, Q9) is withheld with
    a line in the log: the record is counted, and not located.
    """
    read, read_log = on_the_globe(frame, file=file)
    latitude, longitude = pl.col("latitude_value"), pl.col("longitude_value")
    measured = with_evidence(read)
    measured = pl.concat([measured.drop("tested"), distances(measured)], how="horizontal")
    null_island = (latitude == 0) & (longitude == 0)
    junk = null_island | ((latitude == longitude) & (pl.col("distance_km") > 0).fill_null(value=True))
    far = ~junk & pl.col("is_beyond")
    marked = measured.with_columns(
        junk.fill_null(value=False).alias("is_junk"), far.fill_null(value=False).alias("is_far")
    )
    logs = [
        read_log,
        log_changes(
            marked, file=file, column="coordinates", found=_point(), kept=NOTHING, where=pl.col("is_junk"),
            rule="Q3: not a place (0, 0, or latitude = longitude outside the country)",
        ),
        _far_log(marked.filter(pl.col("is_far")), file=file),
    ]  # fmt: skip
    withheld = pl.col("is_junk") | pl.col("is_far")
    kept = (
        marked.drop("distance_km", "is_beyond", "beyond")
        .with_columns(
            pl.when(~withheld).then(latitude).alias("latitude"),
            pl.when(~withheld).then(longitude).alias("longitude"),
        )
        .with_columns(_precision().alias("location_precision"))
    )
    return _with_cell(kept), pl.concat(logs)


def _point() -> pl.Expr:
    return pl.concat_str("latitude_value", pl.lit(", "), "longitude_value")


def _far_log(far: pl.DataFrame, *, file: str) -> pl.DataFrame:
    """Return a log line for each place that lies too far away, with the change that would fit."""
    named = {tested: words_of(tested) for tested in far["beyond"].drop_nulls().unique().to_list()}
    hinted = far.with_columns(
        hints(far),
        pl.col("beyond").replace_strict(named, default=None, return_dtype=pl.String).alias("words"),
    )
    rule = pl.concat_str(
        pl.when(pl.col("beyond").str.starts_with(COUNTRY)).then(pl.lit("Q4: ")).otherwise(pl.lit("Q9: ")),
        pl.col("distance_km").round().cast(pl.Int64), pl.lit(" km from "), "words",
        pl.lit(", withheld"), pl.concat_str(pl.lit("; it would fit with "), "hint").fill_null(""),
    )  # fmt: skip
    return log_changes(
        hinted, file=file, column="coordinates", found=_point(), kept=NOTHING, where=pl.col("is_far"), rule=rule
    )


def on_the_globe(frame: pl.DataFrame, *, file: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return ``frame`` with latitude_value and longitude_value on the globe or null, and is_unread; and the log.

    Longitudes from 180 to 360 are wrapped (Q9); what is no certain pair of degrees, or off the globe, is withheld.
    """
    latitude, longitude = pl.col("latitude_value"), pl.col("longitude_value")
    stated = frame.with_columns(_stated_place().alias("place_stated"))
    is_wrapped = longitude.is_between(180, 360, closed="right") & latitude.is_between(-90, 90)
    wrapped = pl.when(is_wrapped).then(longitude - 360).otherwise(longitude)
    is_off = ~(latitude.is_between(-90, 90) & wrapped.is_between(-180, 180))
    is_unread = pl.col("place_stated").is_not_null() & (latitude.is_null() | longitude.is_null())
    would_fit = latitude.is_between(-180, 180) & longitude.is_between(-90, 90)
    why = (
        pl.when((latitude.abs() > 360) | (longitude.abs() > 360))
        .then(pl.lit("Q9: no degrees: withheld. Metres need the name of their coordinate system"))
        .when(would_fit)
        .then(pl.lit("Q9: off the globe: withheld; it would fit with latitude and longitude exchanged"))
        .otherwise(pl.lit("Q9: off the globe: withheld"))
    )
    log = partial(log_changes, stated, file=file, column="coordinates", found=pl.col("place_stated"))
    logs = [
        log(kept=NOTHING, where=is_unread, rule="Q9: no certain pair of degrees: withheld"),
        log(kept=NOTHING, where=is_off & ~is_unread, rule=why),
        log(kept=pl.concat_str(latitude, pl.lit(", "), wrapped), where=is_wrapped,
                    rule="Q9: a longitude from 180 to 360 wrapped"),
    ]  # fmt: skip
    lost = (is_unread | is_off).fill_null(value=False)
    return stated.with_columns(
        pl.when(~lost).then(latitude).alias("latitude_value"),
        pl.when(~lost).then(wrapped).alias("longitude_value"),
        lost.alias("is_unread"),
    ).drop("place_stated"), pl.concat(logs)


def _stated_place() -> pl.Expr:
    """Return the place as the row states it; a comma alone is none."""
    text = pl.coalesce(
        pl.concat_str("latitude", pl.lit(", "), "longitude"), "coordinates", "latitude", "longitude"
    )  # fmt: skip
    return pl.when(text.str.contains(r"[^\s,;]")).then(text)


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
