"""A made-up file in the form of IOM's edition of 2025: as many rows as asked, the same on every run, with its mistakes."""

from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from data.model.countries import countries
from data.model.vocabulary import cause_names, route_names
from geo.areas.countries import _land

SEED: Final = 2025
DAYS: Final = 4_100  # from 2014 on, as in the edition of June 2025
REGIONS: Final = ("Mediterranean", "North America", "Northern Africa", "Western Africa", "Western Asia", "Europe",
                  "South-eastern Asia", "Central America", "Caribbean", "Southern Africa")  # fmt: skip
SWAPPED, FAR, UNPLACED, SHARED = 0.014, 0.006, 0.003, 0.3  # of rows; of 19,255 published ones 265 have a swapped place
ODD, UNDATED, BROKEN, REPEATED, CLASHING, NO_NUMBER = 0.03, 0.0007, 0.0002, 0.0005, 0.0001, 0.0003
PARTS: Final = 0.1  # of rows: parts of the event before


def write_mmp_like(path: Path, rows: int) -> Path:
    """Write the file and return its path."""
    random = np.random.default_rng(SEED)
    frame = pl.DataFrame({**_ids(random, rows), **_days(random, rows), **_people(random, rows),
                          **_places(random, rows), **_sources(random, rows)})  # fmt: skip
    again = frame.sample(round(rows * REPEATED), seed=SEED)
    other = frame.sample(round(rows * CLASHING), seed=SEED + 1).with_columns(
        pl.lit("Other").alias("Information Source")
    )
    whole = pl.concat([frame.head(rows - again.height - other.height), again, other])
    whole.write_csv(path, quote_style="always", null_value="", include_bom=True)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f'"2024.MMP{number}","lacks","the rest"\n' for number in range(round(rows * BROKEN)))
    return path


def _chosen(random: np.random.Generator, texts: list[str], rows: int, *, none: float = 0.0) -> pl.Series:
    """Return texts by Zipf's law, null in a share of the rows."""
    found = pl.Series(texts, dtype=pl.String)[(random.zipf(1.3, rows) - 1) % len(texts)]
    return found.set(pl.Series(random.random(rows) < none), None)


def _ids(random: np.random.Generator, rows: int) -> dict[str, pl.Series]:
    number = np.arange(rows)
    event = number - (random.random(rows) < PARTS)
    names = pl.DataFrame({"record": number, "event": np.maximum(event, 0)}).select(
        pl.format("2014.MMP{}", pl.col("event").cast(pl.String).str.zfill(7)).alias("Main ID"),
        pl.format("2014.MMP{}.{}", pl.col("event").cast(pl.String).str.zfill(7), "record").alias("Incident ID"),
    )
    kind = pl.Series(["Incident", "Split Incident", "Cumulative Incident"])[
        random.choice(3, rows, p=(0.9, 0.095, 0.005))
    ]
    return {**names.to_dict(), "Incident Type": kind,
            "Region of Incident": _chosen(random, list(REGIONS), rows)}  # fmt: skip


def _days(random: np.random.Generator, rows: int) -> dict[str, pl.Series]:
    number = np.sort(random.integers(0, DAYS, rows))
    day = pl.date(2014, 1, 1) + pl.duration(days=pl.col("n"))
    dated = pl.when(pl.Series(random.random(rows) >= UNDATED))
    return pl.DataFrame({"n": number}).select(
        dated.then(day.dt.to_string("%Y-%m-%d")).alias("Incident Date"),
        dated.then(day.dt.year().cast(pl.String)).alias("Incident Year"),
        dated.then(day.dt.to_string("%B")).alias("Month"),
    ).to_dict()  # fmt: skip


def _people(random: np.random.Generator, rows: int) -> dict[str, pl.Series]:
    none = {"dead": 0.04, "missing": 0.91, "survivors": 0.85, "female": 0.7, "male": 0.33, "children": 0.78}
    drawn = pl.DataFrame({name: random.geometric(0.4, rows) for name in none}).with_columns(
        pl.when(pl.Series(random.random(rows) >= share)).then(pl.col(name)).alias(name) for name, share in none.items()
    )
    is_wrong = pl.Series(random.random(rows) < NO_NUMBER)
    total = pl.col("dead").fill_null(0) + pl.col("missing").fill_null(0)
    return drawn.select(
        pl.when(is_wrong).then(pl.lit("several")).otherwise(pl.col("dead").cast(pl.String)).alias("Number of Dead"),
        pl.col("missing").cast(pl.String).alias("Minimum Estimated Number of Missing"),
        total.cast(pl.String).alias("Total Number of Dead and Missing"),
        pl.col("survivors").cast(pl.String).alias("Number of Survivors"),
        pl.col("female").cast(pl.String).alias("Number of Females"),
        pl.col("male").cast(pl.String).alias("Number of Males"),
        pl.col("children").cast(pl.String).alias("Number of Children"),
    ).to_dict()


def _places(random: np.random.Generator, rows: int) -> dict[str, pl.Series]:
    """Return places within some degrees of their country, but for those that are swapped, far away or not stated."""
    known = [one for one in countries().values() if one.shapes and one.shapes[0] in _land()]
    names = [one.name for one in known]
    middle = np.array([_land()[one.shapes[0]].representative_point().coords[0] for one in known])
    which = (random.zipf(1.3, rows) - 1) % len(known)
    degrees = middle[which] + random.normal(0, 1, (rows, 2))
    shared = np.round(middle[which] + 0.1 * random.integers(0, 20, (rows, 2)), 3)
    degrees = np.where((random.random(rows) < SHARED)[:, None], shared, degrees)
    far = random.random(rows) < FAR
    degrees[far] = random.uniform((-180, -60), (180, 60), (int(far.sum()), 2))
    swapped = random.random(rows) < SWAPPED
    degrees[swapped] = degrees[swapped][:, ::-1]
    table = pl.DataFrame({"x": degrees[:, 0].round(6), "y": degrees[:, 1].round(6), "country": pl.Series(names)[which],
                          "town": random.integers(0, rows // 2 + 1, rows)})  # fmt: skip
    odd = pl.when(pl.Series(random.random(rows) < ODD)).then(pl.lit(" ")).otherwise(pl.lit(""))
    is_placed = pl.Series(random.random(rows) >= UNPLACED)
    origins = [*names, "Unknown", *(f"{a},{b}" for a, b in pairwise(names))]
    return table.select(
        pl.col("country").alias("Country of Incident"),
        pl.format("Found near the village of Place {}, district {},{} {}", "town", pl.col("town") % 997, odd, "country")
        .alias("Location of Incident"),
        pl.when(is_placed).then(pl.format("{}, {}", "y", "x")).alias("Coordinates"),
    ).to_dict() | {
        "Migration Route": _chosen(random, list(route_names().values()), rows, none=0.14),
        "Country of Origin": _chosen(random, origins, rows),
        "Region of Origin": _chosen(random, ["Unknown", *REGIONS], rows),
        "Cause of Death": _chosen(random, [*cause_names().values(), "Drowning,Mixed or unknown"], rows),
        "UNSD Geographical Grouping": _chosen(random, list(REGIONS), rows),
    }  # fmt: skip


def _sources(random: np.random.Generator, rows: int) -> dict[str, pl.Series]:
    number = pl.DataFrame({"n": random.integers(0, rows // 3 + 1, rows), "m": random.integers(0, rows // 4 + 1, rows)})
    return number.select(
        pl.format("News agency {}, and others", "m").alias("Information Source"),
        pl.when(pl.Series(random.random(rows) >= 0.44)).then(pl.format("https://example.org/news/{}", "n")).alias("URL"),
    ).to_dict() | {"Source Quality": _chosen(random, ["4", "5", "1", "3", "2", "4,5"], rows)}  # fmt: skip
