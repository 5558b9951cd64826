"""How far a record may have happened from its point (RULES Q3)."""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from data.hotspots.corridors import nearest_segments
from data.hotspots.location_error import FARTHEST_KM, radius_km
from data.query.selection import Selection
from data.sectors.containment import part_counts, place_records
from data.sectors.sector import Sector
from data.store.vintage import Vintage

OFF_MALTA = (18.0, 35.0)


def records(*rows: tuple[str | None, float, float]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"location_precision": pl.String, "longitude": pl.Float64, "latitude": pl.Float64},
                        orient="row")  # fmt: skip


@pytest.mark.parametrize(
    ("precision", "point", "radius"),
    [("exact", OFF_MALTA, 1), ("place", OFF_MALTA, 25), ("area", OFF_MALTA, 300), ("area", (20.0, 22.0), 100),
     ("area", (12.6, 35.6), 100), ("unknown", (20.0, 22.0), FARTHEST_KM), (None, OFF_MALTA, FARTHEST_KM)],
)  # fmt: skip
def test_a_radius_follows_precision_and_sea(precision: str | None, point: tuple[float, float], radius: float) -> None:
    assert radius_km(records((precision, *point))).tolist() == [radius]


def test_radii_keep_the_order_of_the_records() -> None:
    rows = records(("area", 20.0, 22.0), ("place", 1.0, 1.0), ("area", *OFF_MALTA), ("area", 20.0, 22.0))
    assert radius_km(rows).tolist() == [100, 25, 300, 100]
    assert radius_km(rows.clear()).tolist() == []


@pytest.mark.rule("Q3")
def test_an_area_at_open_sea_could_lie_300_km_away(real: Vintage) -> None:
    sector = Sector.parse({"place": ["Lampedusa"], "radius_km": ["100"]})
    window = Selection(start=date(2014, 1, 1), end=date(2024, 12, 31))
    rows = place_records(real, window, sector)
    rows = rows.with_columns(
        pl.Series("radius", radius_km(rows.with_columns(pl.col("longitude", "latitude").fill_null(0))))
    )
    could = rows.filter((pl.col("part") == "could") & pl.col("longitude").is_not_null())
    assert could.filter((pl.col("location_precision") == "area") & (pl.col("radius") == 300)).height > 100
    assert sum(part.people for part in part_counts(rows).by_part().values()) == rows["dead_or_missing"].sum()


def test_an_area_at_open_sea_reaches_a_line_farther_away(make_incidents: Callable[..., pl.DataFrame]) -> None:
    line = pl.DataFrame({"points": [[[18.0, 37.5], [19.0, 37.5]]], "route": ["central-mediterranean"]})
    row = {"latitude": 35.0, "longitude": 18.0, "cell": 1, "route": "central-mediterranean"}
    rows = make_incidents(*(row | {"location_precision": kind} for kind in ("area", "place")))
    assert nearest_segments(rows, line, within_km=10).to_list() == [0, -1]  # 278 km away
