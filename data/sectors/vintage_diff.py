"""What changed between two vintages: records added, records whose toll or place changed, records that vanished."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from data.model.caches import kept_numbers
from data.model.schema import INCIDENTS
from data.readers.result import ROW_NUMBER
from data.sectors.answer_model import RecordChange
from data.sectors.sector import Sector
from data.store.diff import MOVED
from data.store.opening import open_older
from data.store.vintage import Vintage
from data.store.vintage_ref import vintage_folders

ADDED, CHANGED, VANISHED = "added", "changed", "vanished"
TOLL: Final = ("dead", "missing", "dead_or_missing")
PLACE: Final = ("latitude", "longitude", "location_precision")
DAYS: Final = ("date_from", "date_to")
WAS: Final = (*TOLL, *PLACE, *DAYS)  # what is told as it was before, too
KEPT: Final = ("country", "region", "route", "place", "quality", "cause", "origin", "url",
               "event_id", "is_cumulative", "flags", "cell", "finest_resolution")  # fmt: skip
KEY: Final = ("record_id", "nth")
POINT: Final = PLACE[:2]
TOLD: Final = ("change", "record_id", "nth", *DAYS, "place", "country", *TOLL, *PLACE,
               *(f"was_{name}" for name in WAS), "url")  # fmt: skip
SAME: Final = ("date_from", *TOLL, *POINT)  # what makes a record of another id the same one
TYPES: Final = {column.name: column.dtype for column in INCIDENTS}


def day_retrieved(vintage: Vintage) -> date | None:
    """Return the day on which a vintage came to be: the last day on which one of its files was ingested."""
    latest = vintage.sources.filter(pl.col("kind") != "segments")["retrieved"].max()
    return latest if isinstance(latest, date) else None


def vintages_until(vintage: Vintage) -> list[Vintage]:
    """Return the vintages that the store still keeps, oldest first, up to and with ``vintage``."""
    folders = [path for path in vintage_folders(vintage.folder.parent) if path.name < vintage.name]
    return [found for folder in folders if (found := open_older(folder, beside=vintage)) is not None] + [vintage]


def vintage_before(vintage: Vintage, day: date) -> Vintage | None:
    """Return the newest vintage from before ``day``; None where the store keeps none."""
    older = [one for one in vintages_until(vintage)[:-1] if (known := day_retrieved(one)) is not None and known < day]
    return older[-1] if older else None


@kept_numbers
def changes_between(older: Vintage, newer: Vintage, source: str) -> pl.DataFrame:
    """Return what became of one source's records between two vintages.

    Returns
    -------
    DataFrame, one row per record that was added, changed or vanished, sorted by record_id and nth
        change (added, changed, vanished), record_id, nth (1, 2, … where an id is used twice), the columns WAS and KEPT
        as they are now (as they were last, of a vanished record), was_<name> for WAS as they were (null of an added
        record). Empty where one of the two does not hold the source. A point that only its rounding moved is no
        change, nor is a precision that we infer, nor days that hold the others; a record that is there under another
        id, with the same day, toll and point, is neither added nor vanished; one that is in quarantine now is not
        vanished.
    """
    before, after = (_records(one, source) for one in (older, newer))
    if before.is_empty() or after.is_empty():
        return _empty()
    names = WAS
    was = before.rename({name: f"was_{name}" for name in (*names, *KEPT)}).with_columns(was_there=pl.lit(value=True))
    now = after.with_columns(is_here=pl.lit(value=True))
    both = now.join(was, on=KEY, how="full", coalesce=True)
    here, there = pl.col("is_here").is_not_null(), pl.col("was_there").is_not_null()
    differs = pl.any_horizontal(
        *(pl.col(name).ne_missing(pl.col(f"was_{name}")) for name in TOLL),
        *(pl.col(name).is_null() != pl.col(f"was_{name}").is_null() for name in POINT),
        *(((pl.col(name) - pl.col(f"was_{name}")).abs() > MOVED).fill_null(value=False) for name in POINT),
        (pl.col("date_from") > pl.col("was_date_to")).fill_null(value=False),
        (pl.col("date_to") < pl.col("was_date_from")).fill_null(value=False),
    )
    change = pl.when(~there).then(pl.lit(ADDED)).when(~here).then(pl.lit(VANISHED)).when(differs).then(pl.lit(CHANGED))
    filled = [pl.when(here).then(pl.col(name)).otherwise(pl.col(f"was_{name}")).alias(name) for name in (*names, *KEPT)]
    found = both.with_columns(change.alias("change"), *filled).drop_nulls("change")
    kept = _without_renamed(found.select(_empty().columns))
    held = _quarantined(newer, source) if (kept["change"] == VANISHED).any() else set()
    return kept.filter((pl.col("change") != VANISHED) | ~pl.col("record_id").is_in(list(held))).sort(*KEY)


def _without_renamed(found: pl.DataFrame) -> pl.DataFrame:
    """Return changes without the pairs of one that vanished and one that was added that are the same record."""
    key = [pl.col(name).round(4) if name in POINT else pl.col(name) for name in SAME]
    marked = found.with_columns(pl.struct(key).alias("same")).with_columns(
        pl.int_range(pl.len()).over("change", "same").alias("which")
    )
    sides = [marked.filter(pl.col("change") == kind) for kind in (ADDED, VANISHED)]
    pairs = sides[0].select("same", "which").join(sides[1].select("same", "which"), on=["same", "which"])
    is_one = pl.col("change").is_in([ADDED, VANISHED])
    return pl.concat([
        marked.filter(~is_one), marked.filter(is_one).join(pairs, on=["same", "which"], how="anti"),
    ]).drop("same", "which")  # fmt: skip


def _quarantined(vintage: Vintage, source: str) -> set[str]:
    """Return every text of the rows of a source that are in quarantine, ids among them."""
    rows = vintage.quarantine.filter(pl.col("source") == source)["raw"].drop_nulls()
    return {str(value).strip() for row in rows for value in _values(row)}


def _values(row: str) -> Iterable[object]:
    try:
        found = json.loads(row)
    except ValueError:
        return ()
    return found.values() if isinstance(found, dict) else ()


def has_moved(change: RecordChange) -> bool:
    """Return whether a changed record's point moved by more than its rounding."""
    latitude, longitude, was_latitude, was_longitude = (
        change.latitude, change.longitude, change.was_latitude, change.was_longitude,
    )  # fmt: skip
    if latitude is None or longitude is None or was_latitude is None or was_longitude is None:
        return (latitude, longitude) != (was_latitude, was_longitude)
    return abs(latitude - was_latitude) > MOVED or abs(longitude - was_longitude) > MOVED


def has_other_day(change: RecordChange) -> bool:
    """Return whether a changed record is dated to other days, not only more or less exactly."""
    first, last, was_first, was_last = change.date_from, change.date_to, change.was_date_from, change.was_date_to
    if first is None or last is None or was_first is None or was_last is None:
        return False
    return first > was_last or last < was_first


def has_other_split(change: RecordChange) -> bool:
    """Return whether only the split of a changed record into dead and missing is another."""
    same = change.dead_or_missing == change.was_dead_or_missing
    pairs = ((change.dead, change.was_dead), (change.missing, change.was_missing))
    return same and any(None not in pair and pair[0] != pair[1] for pair in pairs)


def _records(vintage: Vintage, source: str) -> pl.DataFrame:
    rows = vintage.incidents_of(source).filter(~pl.col("record_id").str.contains(ROW_NUMBER)).collect()
    nth = pl.int_range(1, pl.len() + 1).over("record_id").cast(pl.Int64).alias("nth")
    return rows.sort("record_id", "row").with_columns(nth).select(*KEY, *WAS, *KEPT)


def _empty() -> pl.DataFrame:
    names = (*WAS, *KEPT)
    schema = {"change": pl.String(), "record_id": pl.String(), "nth": pl.Int64()}
    return pl.DataFrame(
        schema=schema | {name: TYPES[name] for name in names} | {f"was_{name}": TYPES[name] for name in WAS}
    )


def recorded_since(vintage: Vintage, source: str, day: date) -> pl.DataFrame:
    """Return the incidents from ``day`` on as added records, with the columns of ``changes_between``."""
    rows = _records(vintage, source).filter((pl.col("date_from") >= day).fill_null(value=False))
    nothing = [pl.lit(None, TYPES[name]).alias(f"was_{name}") for name in WAS]
    return rows.with_columns(pl.lit(ADDED).alias("change"), *nothing).select(_empty().columns)


def in_sector(changes: pl.DataFrame, sector: Sector) -> pl.DataFrame:
    """Return the changes whose place, now or before, lies in the sector; what has no place is in none."""
    return changes.filter(_inside(changes, sector, "") | _inside(changes, sector, "was_"))


def _inside(changes: pl.DataFrame, sector: Sector, prefix: str) -> npt.NDArray[np.bool_]:
    points = changes.select(pl.col(f"{prefix}{name}").fill_null(float("nan")) for name in ("longitude", "latitude"))
    usable = points.select(pl.all_horizontal(pl.all().is_finite())).to_series().to_numpy()
    found = usable.copy()
    longitude, latitude = points.to_numpy().T
    found[usable] = sector.area.contains(longitude[usable], latitude[usable])
    cumulative = changes["is_cumulative"].fill_null(value=False).to_numpy()
    return np.asarray(found & ~cumulative, dtype=np.bool_)


def successive_vintages(vintage: Vintage, *, first: str) -> Iterator[tuple[Vintage, Vintage]]:
    """Return the pairs of successive vintages from ``first`` on; from the oldest kept where it is gone."""
    return pairwise([one for one in vintages_until(vintage) if one.name >= first])


def alert_id(source: str, change: RecordChange, found_in: str) -> str:
    """Return the id of one change, the same whenever it is found.

    ``found_in`` is the vintage that brought it: a record that changes back and forth makes an alert each time.
    """
    values = [getattr(change, name) for name in (*TOLL, *PLACE)]
    text = repr((source, found_in, change.change, change.record_id, change.nth, values))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
