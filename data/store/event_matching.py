"""Which events of one file another file holds under other ids: told by day, place and toll (RULES E7)."""

from typing import Final

import numpy as np
import polars as pl

from data.readers.result import ROW_NUMBER
from geo.sphere.great_circle import EARTH_RADIUS_KM, angles, unit_vectors

NEAR_KM: Final = 50
FAR_KM: Final = 300  # where the toll is the same, too
WITHIN_DAYS: Final = (-1, 0, 1)


def scheme_of(rows: pl.DataFrame) -> str | None:
    """Return the scheme of a file's event ids, such as ``9.MMP9`` for 2014.MMP00001; None where it has no ids.

    Letters before a number alone are those of a region or a file (A1, B1), not of another scheme.
    """
    shape = pl.col("event_id").str.replace(r"^[A-Za-z]+([-_ ]?\d+)$", "A$1").str.replace_all(r"\d+", "9")
    shapes = rows.select(shape.alias("shape"))
    numbered = rows["event_id"].str.contains(ROW_NUMBER).sum()
    if not rows.height or numbered > rows.height / 2:
        return None
    return str(shapes.group_by("shape").len().sort("len", "shape", descending=True)["shape"][0])


def with_ids_of(older: pl.DataFrame, newer: pl.DataFrame) -> pl.DataFrame:
    """Return the older rows with their events' ids as the newer file spells them: 2022.MMP391 became 2022.MMP0391.

    Only where no file holds both spellings, one event of the newer file fits, the day is the same, and the place too:
    within one edition 2021.MMP0843 and 2021.MMP00843 are two events.
    """
    plain = pl.col("event_id").str.replace_all(r"(\D)0+(\d)", "$1$2").alias("plain")
    mine, theirs = (
        rows.select("event_id", "date_from", "longitude", "latitude", "place", plain).unique("event_id")
        for rows in (older, newer)
    )
    lacking = mine.join(theirs, on="event_id", how="anti").filter(pl.col("plain").is_unique())
    fitting = theirs.join(mine, on="event_id", how="anti").filter(pl.col("plain").is_unique())
    pairs = lacking.join(fitting, on=["plain", "date_from"], suffix="_new")
    spelt = pairs.filter(_is_same_place(pairs)).select("event_id", pl.col("event_id_new").alias("spelt"))
    rows = older.join(spelt, on="event_id", how="left", maintain_order="left")
    return rows.with_columns(event_id=pl.coalesce("spelt", "event_id")).drop("spelt")


def _is_same_place(pairs: pl.DataFrame) -> pl.Series:
    words = (pairs["place"] == pairs["place_new"]).fill_null(value=False)
    return words | pl.Series(_apart_km(pairs) <= NEAR_KM, dtype=pl.Boolean)


def one_row_per_event(rows: pl.DataFrame) -> pl.DataFrame:
    """Return event_id, day, year, longitude, latitude, toll, words of each dated event that can be looked for."""
    return (
        rows.filter(pl.col("date_from").is_not_null())
        .group_by("event_id", maintain_order=True)
        .agg(
            pl.col("date_from").min().alias("day"),
            pl.col("longitude", "latitude").drop_nulls().first(),
            pl.col("dead_or_missing").sum().alias("toll"),
            pl.col("place").drop_nulls().first().str.to_lowercase().alias("words"),
        )
        .with_columns(pl.col("day").dt.year().alias("year"))
    )


def matched_events(older: pl.DataFrame, newer: pl.DataFrame) -> pl.DataFrame:
    """Return the older events that can be looked for in the newer file, and whether it holds each.

    Parameters
    ----------
    older, newer : DataFrame
        As ``one_row_per_event`` returns; the days of both should be those that both files span.

    Returns
    -------
    DataFrame
        event_id, year, is_matched. Where both files have places, events without one cannot be looked for; where one
        file has none at all, day, toll and the words of the place are compared.
    """
    if older["longitude"].null_count() == older.height or newer["longitude"].null_count() == newer.height:
        again = newer.select("day", "toll", "words").unique().with_columns(pl.lit(value=True).alias("is_matched"))
        found = older.join(again, on=["day", "toll", "words"], how="left", nulls_equal=True)
    else:
        older = older.drop_nulls("longitude")
        pairs = _pairs_by_day(older, newer.drop_nulls("longitude"))
        near = pairs.filter(_is_near(pairs)).select("event_id").unique()
        found = older.join(near.with_columns(pl.lit(value=True).alias("is_matched")), on="event_id", how="left")
    return found.select("event_id", "year", pl.col("is_matched").fill_null(value=False))


def _pairs_by_day(older: pl.DataFrame, newer: pl.DataFrame) -> pl.DataFrame:
    columns = ["day", "longitude", "latitude", "toll"]
    shifted = [newer.select(columns).with_columns(pl.col("day") + pl.duration(days=days)) for days in WITHIN_DAYS]
    return older.join(pl.concat(shifted), on="day", how="inner", suffix="_new")


def _is_near(pairs: pl.DataFrame) -> pl.Series:
    away = _apart_km(pairs)
    is_same_toll = pairs["toll"].to_numpy() == pairs["toll_new"].to_numpy()
    return pl.Series((away <= NEAR_KM) | (is_same_toll & (away <= FAR_KM)), dtype=pl.Boolean)


def _apart_km(pairs: pl.DataFrame) -> np.ndarray:
    """Return how far the two points of each pair lie apart; NaN where there are not two."""
    here, there = (
        unit_vectors(pairs.select(f"longitude{suffix}", f"latitude{suffix}").to_numpy().astype(np.float64))
        for suffix in ("", "_new")
    )
    return np.asarray(EARTH_RADIUS_KM * angles(here, there))


def shares_by_year(events: pl.DataFrame) -> dict[int, float]:
    """Return the share of each year's events that is matched."""
    shares = events.group_by("year").agg(pl.col("is_matched").mean()).sort("year")
    return {int(year): float(share) for year, share in shares.iter_rows()}
