"""What of the incidents of a source that is not public a role may read (RULES 9).

Coarsened where a vintage is read, so that no view, count or file can tell more: each incident lies in one cell of the
finest resolution that the role may see, at its centre, and enters no finer cell. Texts that may name the spot, the file
or the row are left out, and ids are replaced by such as tell nothing. What is too young is not there at all.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import polars as pl

from data.model.countries import SEVERAL as SEVERAL_COUNTRIES
from data.model.countries import country_names
from data.model.regions import regions
from data.model.roles import Limits
from data.model.vocabulary import SEVERAL_REGIONS, SEVERAL_ROUTES, cause_names, route_names
from data.store.pseudonyms import pseudonym
from geo.areas.countries import is_on_land
from geo.cells import cell_centres, centre, first_within

TEXTS: Final = ("file", "sheet", "row", "place", "url", "cause_text", "origin", "reporter")
IDS: Final = {"record_id": "record", "event_id": "event", "edition": "edition"}
ORDER: Final = ("source", "cell", "record_id")
SEVERAL: Final = (SEVERAL_ROUTES, SEVERAL_REGIONS, SEVERAL_COUNTRIES.id)


@dataclass(frozen=True)
class Scope:
    """What is restricted for whom: the sources that are not public, the role's limits, and the day of reading.

    ``retrieved`` is the day on which each of these sources was last ingested: no event is younger.
    """

    sources: frozenset[str]
    limits: Limits
    today: date
    retrieved: dict[str, date]

    @property
    def is_other(self) -> pl.Expr:
        """Return which rows are of these sources."""
        return pl.col("source").is_in(sorted(self.sources))

    def old_enough(self, *, at_sea: pl.Expr) -> pl.Expr:
        """Return which rows are of events that ended longer ago than the delay, whole days; all of public sources."""
        ingested = pl.col("source").replace_strict(self.retrieved, default=self.today, return_dtype=pl.Date)
        end = pl.coalesce(pl.col("date_to"), pl.col("date_from"), ingested)
        delay = pl.when(at_sea).then(self.limits.days_at_sea).otherwise(self.limits.days)
        if self.limits.days == self.limits.days_at_sea == 0:
            return pl.lit(value=True)
        passed = (pl.lit(self.today) - end).dt.total_days()
        return ~self.is_other | (passed > delay)


def known_ids() -> dict[str, list[str]]:
    """Return the ids of areas, routes and causes that this program knows: any other is a text of the file."""
    known: Mapping[str, Iterable[str]] = {
        "route": route_names(),
        "cause": cause_names(),
        "region": regions(),
        "country": country_names(),
    }
    return {name: sorted({*ids, *SEVERAL}) for name, ids in known.items()}


def coarsened(rows: pl.LazyFrame, scope: Scope) -> pl.LazyFrame:
    """Return incidents as a role may see them; columns, and the values and order of the other sources, stay.

    Parameters
    ----------
    rows : LazyFrame, one row per incident, with any of the columns of ``schema.INCIDENTS``; ``source`` always

    Returns
    -------
    LazyFrame
        Of the scope's sources those that are old enough: cell is the first stored cell within its ancestor of the
        finest resolution, longitude and latitude are that ancestor's centre (null where not located),
        finest_resolution is at most that, a precision of ``exact`` is ``place``, TEXTS are null, IDS are pseudonyms, a
        route, region, country or cause that this program does not know is null, and fewer survivors than the smallest
        group are null.
    """
    columns = rows.collect_schema()
    shown = rows.filter(scope.old_enough(at_sea=_is_at_sea(rows, scope)))
    coarse = {name: made for name, made in _coarse(scope.limits).items() if name in columns}
    made = shown.with_columns(
        pl.when(scope.is_other).then(value).otherwise(pl.col(name)).cast(columns[name]).alias(name)
        for name, value in coarse.items()
    )
    order = [name for name in ORDER if name in columns]
    return made.sort(order, nulls_last=True, maintain_order=True)


def _coarse(limits: Limits) -> dict[str, pl.Expr]:
    latitude, longitude = centre(pl.col("cell"), resolution=limits.finest)
    precision = pl.col("location_precision").cast(pl.String)
    least = pl.when(pl.col("finest_resolution").is_not_null()).then(limits.finest)
    return {
        "cell": first_within(pl.col("cell"), resolution=limits.finest),
        "latitude": latitude,
        "longitude": longitude,
        "finest_resolution": pl.min_horizontal(pl.col("finest_resolution"), least),
        "location_precision": pl.when(precision == "exact").then(pl.lit("place")).otherwise(precision),
        "survivors": pl.when(~pl.col("survivors").is_between(1, limits.smallest_group - 1)).then(pl.col("survivors")),
        **{name: pl.lit(None) for name in TEXTS},
        **{name: pseudonym(pl.col(name), prefix=prefix) for name, prefix in IDS.items()},
        **{name: pl.when(pl.col(name).is_in(ids)).then(pl.col(name)) for name, ids in known_ids().items()},
    }


def _is_at_sea(rows: pl.LazyFrame, scope: Scope) -> pl.Expr:
    """Return which rows are not known to be on land; asked only of those for which it matters."""
    least, most = sorted((scope.limits.days, scope.limits.days_at_sea))
    if least == most:
        return pl.lit(value=True)
    young = pl.col("date_to") >= scope.today - timedelta(days=most)
    cells = (
        rows.filter(scope.is_other & young).select(pl.col("cell").drop_nulls().unique()).collect()["cell"].to_numpy()
    )
    return ~pl.col("cell").is_in(cells_on_land(cells).tolist()) | pl.col("cell").is_null()


def cells_on_land(cells: np.ndarray) -> np.ndarray:
    """Return those of the stored cells whose centre is on land."""
    if cells.size == 0:
        return cells
    longitudes, latitudes = cell_centres(cells).T
    return np.asarray(cells[is_on_land(longitudes=longitudes, latitudes=latitudes)])


def without_rows(rows: pl.DataFrame, sources: Collection[str]) -> pl.DataFrame:
    """Return lines of a quarantine or a log without those of sources that are not public: they hold rows as found."""
    return rows.filter(~pl.col("source").is_in(sorted(sources)))
