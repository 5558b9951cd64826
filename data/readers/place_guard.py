"""What a place is tested against, and how far from it the place lies (RULES Q4, Q9).

The stated country; where a layout has none, the countries that the place's words end with and the region: a point that
lies too far from either is withheld. A region is the countries around it (``data/model/regions.py``). Routes are not
tested: of most no lines are drawn, and boats drift far from those that are.
"""

import re
from typing import Final

import numpy as np
import polars as pl

from data.model.caches import kept_small
from data.model.countries import country_names, known_country, shapes_of
from data.model.regions import regions, shapes_of_region
from data.model.vocabulary import clean
from data.readers.result import ROW
from geo.areas.countries import distances_km, shape_names

FAR_KM: Final = 500
WRONG_REGION_KM: Final = 2_000  # where the place's words agree with the point, a region beside it is one filed wrongly
ON_THE_WAY: Final = re.compile(
    r"\b(to|from|between|towards?|en route|heading|and|or|border)\b|\d{3,} ?(km|kilomet|miles|nautical|nm)",
    re.IGNORECASE,
)
LONGEST_NAME: Final = 6  # words
SHORT_CODES: Final = ("usa", "uk", "uae")
POINT: Final = ("latitude_value", "longitude_value")
MEASURED: Final = pl.Schema({"pair": pl.UInt32, "distance_km": pl.Float64, "is_beyond": pl.Boolean})
COUNTRY, WORDS, REGION = "country ", "words ", "region "  # and an id: what is tested against


def countries_in_words(place: str) -> tuple[str, ...]:
    """Return the codes of the countries that a place's words end with, and of the others that stand between commas.

    None where the words speak of a way, a border or a distance. ``Mona passage, Puerto Rico, USA`` names two.
    """
    text = re.sub(r"\([^)]*\)?", " ", clean(place)).rstrip(" .,;")
    if ON_THE_WAY.search(text):
        return ()
    parts = [part.strip() for part in text.split(",")]
    last = _country(parts[-1], *(" ".join(parts[-1].split()[-count:]) for count in range(LONGEST_NAME, 0, -1)))
    if last is None:
        return ()
    return tuple(sorted({last} | {code for part in parts[:-1] if (code := _country(part))}))


def _country(*names: str) -> str | None:
    """Return the code of the first name that is a country's; a code of three letters is none, but for a few."""
    spelt = (name for name in names if len(name) > len("usa") or name.lower() in SHORT_CODES)
    return next((found.id for name in spelt if (found := known_country(name))), None)


def with_evidence(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``frame`` with ``tested``: a list of what each place is tested against; empty where nothing is stated."""
    stated = pl.concat_str(pl.lit(COUNTRY), pl.col("country_id"))
    if frame["country"].null_count() < frame.height:
        return frame.with_columns(pl.concat_list(stated).list.drop_nulls().alias("tested"))
    places = frame["place_clean"].drop_nulls().unique().to_list()
    named = {place: WORDS + "|".join(codes) for place in places if (codes := countries_in_words(place))}
    words = pl.col("place_clean").replace_strict(named, default=None, return_dtype=pl.String)
    region = pl.concat_str(pl.lit(REGION), pl.col("region_id"))
    return frame.with_columns(pl.concat_list(words, region).list.drop_nulls().alias("tested"))


@kept_small(512, in_words=False)
def shapes_tested(tested: str) -> tuple[str, ...]:
    """Return the names of the shapes that a country or region stands for; none where one of them has no shape."""
    if tested.startswith(REGION):
        return shapes_of_region(tested.removeprefix(REGION), shape_names())
    found = [shapes_of(code, shape_names()) for code in tested.split(" ", 1)[1].split("|")]
    return tuple(sorted({name for names in found for name in names})) if all(found) else ()


def reach_km(tested: str) -> int:
    """Return how far from what is stated a place may lie: beyond it is withheld."""
    region = regions().get(tested.removeprefix(REGION)) if tested.startswith(REGION) else None
    return region.reach_km if region else FAR_KM


def words_of(tested: str) -> str:
    """Return what a place was tested against as a sentence names it."""
    if tested.startswith(WORDS):
        names = " and ".join(country_names().get(code, code) for code in tested.removeprefix(WORDS).split("|"))
        return f"{names}, which the place names"
    return "the stated region" if tested.startswith(REGION) else "the stated country"


def distances(frame: pl.DataFrame) -> pl.DataFrame:
    """Return distance_km, is_beyond and beyond of each row, in its order.

    How far its point lies from what it is tested against (0 inside; null where it cannot be told), whether that is
    too far, and from what: of two, that from which it lies too far, else the first.
    """
    pairs = frame.select(ROW, *POINT, "tested").explode("tested").drop_nulls().with_row_index("pair")
    measured = [_measured(points, str(tested)) for (tested,), points in pairs.group_by("tested")]
    found = pl.concat([pl.DataFrame(schema=MEASURED), *measured])
    rows = pairs.join(found, on="pair", maintain_order="left")
    told = rows.select(ROW, "distance_km", "is_beyond", beyond="tested")
    if not pairs[ROW].is_unique().all():
        told = _of_several(rows)
    return frame.select(ROW).join(told, on=ROW, how="left", maintain_order="left").drop(ROW)


def _of_several(rows: pl.DataFrame) -> pl.DataFrame:
    """Return one line for each row of which several things were tested."""
    agrees = (pl.col("tested").str.starts_with(WORDS) & ~pl.col("is_beyond")).any().over(ROW)
    excused = agrees & (pl.col("distance_km") <= WRONG_REGION_KM)
    told = rows.select(ROW, "distance_km", pl.col("is_beyond") & ~excused, beyond="tested")
    return told.sort("is_beyond", descending=True, maintain_order=True).unique(ROW, keep="first")


def _measured(points: pl.DataFrame, tested: str) -> pl.DataFrame:
    """Return how far points lie from one thing, and whether too far; no row where it has no shape."""
    names = shapes_tested(tested)
    if not names:
        return pl.DataFrame(schema=MEASURED)
    latitudes, longitudes = (points[name].to_numpy() for name in POINT)
    distance = distances_km(names, longitudes=longitudes, latitudes=latitudes)
    return points.select("pair", distance_km=pl.Series(distance), is_beyond=pl.Series(distance > reach_km(tested)))


def hints(far: pl.DataFrame) -> pl.Series:
    """Return for each far point which change would put it where it is stated (RULES Q4): never made, only said."""
    rows = far.select("beyond", *POINT)
    found = [_hinted(points, str(beyond)) for (beyond,), points in rows.unique().group_by("beyond")]
    table = pl.concat([pl.DataFrame(schema={**rows.schema, "hint": pl.String}), *found])
    return rows.join(table, on=rows.columns, how="left", maintain_order="left")["hint"]


def _hinted(points: pl.DataFrame, beyond: str) -> pl.DataFrame:
    """Return ``points`` with ``hint``: the first change after which each lies near enough; null where none does."""
    latitude, longitude = (points[name].to_numpy() for name in POINT)
    tries = {
        "latitude and longitude exchanged": (longitude, latitude),
        "the sign of the longitude turned": (latitude, -longitude),
        "the sign of the latitude turned": (-latitude, longitude),
    }
    names, reach = shapes_tested(beyond), reach_km(beyond)
    near = [pl.Series(_are_near(names, *point, reach)) for point in tries.values()]
    words = [pl.when(is_near).then(pl.lit(word)) for is_near, word in zip(near, tries, strict=True)]
    return points.with_columns(pl.coalesce(words).alias("hint"))


def _are_near(names: tuple[str, ...], latitudes: np.ndarray, longitudes: np.ndarray, reach: int) -> np.ndarray:
    near: np.ndarray = np.abs(latitudes) <= 90
    near[near] = distances_km(names, longitudes=longitudes[near], latitudes=latitudes[near]) <= reach
    return near
