"""UNHCR monthly arrivals in the Mediterranean: one row a month, one column a country and way."""

from typing import Final

import polars as pl

from data.readers import parse
from data.readers.count_rows import bad_count, count, faults, result, stated, texts, thousands_log
from data.readers.result import ROW, ReadResult
from data.readers.text_table import TextTable

COUNTRIES: Final = {  # column prefix: place, ISO 3166, the route where all its arrivals by sea are of one
    "italy": ("Italy", "ITA", "central-mediterranean"),
    "greece": ("Greece", "GRC", None),
    "spain": ("Spain", "ESP", None),
    "cyprus": ("Cyprus", "CYP", "eastern-mediterranean"),
    "malta": ("Malta", "MLT", "central-mediterranean"),
}
SEA_ROUTES: Final = {"greece": "eastern-mediterranean"}
UNHCR: Final = frozenset({"month", "year", "italy_all", "greece_all", "spain_all"})


def _columns(table: TextTable) -> list[str]:
    wanted = [f"{country}_{way}" for country in COUNTRIES for way in ("all", "sea", "land")]
    return [name for name in wanted if name in table.columns]


def read_unhcr(table: TextTable, *, layout: str, file: str) -> ReadResult:
    """Read arrivals per country and month: sea and land apart where they add up to the whole, else the whole.

    Arrivals in Italy, Malta and Cyprus, and in Greece by sea, are also given their route; Spain's are not:
    its figure joins the Western Mediterranean and the Atlantic.
    """
    frame = texts(table)
    month = parse.month_number(pl.col("month"))
    first = pl.date(parse.year_number(pl.col("year")), pl.when(month.is_between(1, 12)).then(month), 1)
    columns = _columns(table)
    rules = [(first.is_null(), "month", "expected a month and a year."), *map(bad_count, columns)]
    dated = frame.with_columns(first.alias("date_from"), first.dt.month_end().alias("date_to"))
    counts = pl.concat([_country(dated, country, columns) for country in COUNTRIES if f"{country}_all" in columns])
    empty = dated.filter(~pl.col(ROW).is_in(counts[ROW].implode()))
    counts = pl.concat([counts, _nothing(empty)]).sort(ROW, maintain_order=True)
    log = thousands_log(frame, columns, file=file)
    lines = faults(frame, rules, file=file)
    return result(table, counts, lines, source="unhcr-arrivals", layout=layout, file=file, log=log)


def _country(frame: pl.DataFrame, country: str, columns: list[str]) -> pl.DataFrame:
    sea_name, land_name, all_name = (f"{country}_{way}" for way in ("sea", "land", "all"))
    whole = count(all_name)
    if sea_name not in columns or land_name not in columns:
        return _counts(frame.filter(stated(all_name).is_not_null()), country, mode=None, value=whole)
    agrees = (count(sea_name) + count(land_name) == whole).fill_null(value=False)
    split = frame.filter(agrees)
    rest = frame.filter(~agrees & stated(all_name).is_not_null())
    return pl.concat(
        [
            _counts(split, country, mode="sea", value=count(sea_name)),
            _counts(split, country, mode="land", value=count(land_name)),
            _counts(rest, country, mode=None, value=whole),
        ]
    )


def _counts(frame: pl.DataFrame, country: str, *, mode: str | None, value: pl.Expr) -> pl.DataFrame:
    place, iso, route = COUNTRIES[country]
    if mode == "sea":
        route = SEA_ROUTES.get(country, route)
    return frame.select(
        ROW,
        pl.lit("persons_arrived").alias("unit"),
        pl.lit(route, pl.String).alias("route"),
        pl.lit(place).alias("place"),
        pl.lit(iso).alias("country"),
        pl.lit(mode, pl.String).alias("mode"),
        "date_from", "date_to",
        pl.lit("month").alias("step"),
        value.alias("value"),
    )  # fmt: skip


def _nothing(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a count of null for a month in which no country states a figure, so that no row is lost."""
    return _counts(frame, "italy", mode=None, value=pl.lit(None, pl.Int64))
