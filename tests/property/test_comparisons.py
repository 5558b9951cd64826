"""Nobody is lost between windows, groups and corridors, whatever is filtered (RULES C5)."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from data.compare.answer import compare
from data.counting.coverage import covered
from data.counting.windows import Window
from data.hotspots.corridors import corridors
from data.model.schema import conform, empty
from data.query.selection import Selection
from data.store.vintage import Vintage
from geo.cells import cell_at

FIRST, DAYS = date(2020, 1, 1), 1460
COVERED = Window(FIRST, FIRST + timedelta(days=DAYS))
people = st.one_of(st.none(), st.integers(-13, 1022))
rows = st.lists(
    st.fixed_dictionaries(
        {
            "day": st.one_of(st.none(), st.integers(0, DAYS)), "length": st.sampled_from([0, 0, 0, 20, 300]),
            "dead": people, "missing": people, "route": st.sampled_from([None, "darien", "black-sea"]),
            "quality": st.sampled_from([None, 1, 5]), "latitude": st.floats(-90, 90), "longitude": st.floats(-180, 180),
            "location_precision": st.sampled_from(["exact", "place", "area", "unknown"]), "is_cumulative": st.booleans(),
        }
    ),
    min_size=1, max_size=20,
)  # fmt: skip
selections = st.builds(
    Selection, measure=st.sampled_from(["dead", "missing", "dead_or_missing", "incidents"]),
    routes=st.sampled_from([(), ("darien",)]), min_quality=st.sampled_from([None, 3]), resolution_by_zoom=st.integers(0, 6),
)  # fmt: skip
days = st.integers(0, DAYS - 400)
LINES = [[[170.0, 10.0], [-170.0, -10.0]], [[0.0, 80.0], [120.0, 80.0], [-120.0, 80.0]], [[-20.0, 15.0], [-15.0, 28.0]]]
quick = settings(deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def incident(index: int, row: dict[str, Any]) -> dict[str, Any]:
    start = None if row["day"] is None else FIRST + timedelta(days=row["day"])
    known = [value for value in (row["dead"], row["missing"]) if value is not None]
    is_placed = row["location_precision"] != "unknown" and not row["is_cumulative"]
    return row | {
        "source": "mmp", "record_id": f"r{index}", "event_id": f"e{index}", "date_from": start,
        "date_to": start and start + timedelta(days=row["length"]), "dead_or_missing": sum(known) if known else None,
        "latitude": row["latitude"] if is_placed else None, "longitude": row["longitude"] if is_placed else None,
        "finest_resolution": 4 if is_placed else None, "flags": [],
    }  # fmt: skip


def vintage_of(made: list[dict[str, Any]]) -> Vintage:
    """Return a vintage whose tables are held in memory."""
    table = empty("incidents")
    if made:
        table = conform(
            pl.DataFrame([incident(*one) for one in enumerate(made)], infer_schema_length=None), "incidents"
        )
    cell = cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude"))
    source = {
        "source": "mmp",
        "sensitivity": "public",
        "is_demonstration": False,
        "first_date": COVERED.first,
        "last_date": COVERED.last,
    }
    lines = [{"source": "segments", "segment_id": str(place), "route": "darien", "length_km": 1.0, "points": points}
             for place, points in enumerate(LINES)]  # fmt: skip
    vintage = Vintage("v000001", Path(), {})
    vintage.__dict__.update(incidents=table.with_columns(cell.alias("cell")), counts=empty("counts"),
                            sources=conform(pl.DataFrame([source]), "sources"), segments=conform(pl.DataFrame(lines), "segments"))  # fmt: skip
    return vintage


@pytest.mark.rule("C5")
@quick
@given(rows, selections, days, days, st.integers(1, 400), st.sampled_from(["route", "cell", "month"]))
def test_changes_and_dropped_add_up_to_the_change_of_the_totals(
    made: list[dict[str, Any]], selection: Selection, first: int, second: int, length: int, by: str
) -> None:
    starts = [FIRST + timedelta(days=start) for start in (first, second)]
    if by == "month":  # as many months in both
        starts = [start.replace(day=1) for start in starts]
        length = 27
    windows = [Window(start, start + timedelta(days=length)) for start in starts]
    vintage = vintage_of(made)
    assume(covered(vintage, selection))  # a route that no record names is refused
    found = compare(vintage, selection, first=windows[0], second=windows[1], by=by)
    for side in ("first", "second"):
        inside = sum(getattr(row, side) or 0 for row in found.rows) + (getattr(found.dropped, side) or 0)
        assert inside == (getattr(found, side).value or 0)
    changed = sum(row.change or 0 for row in found.rows)
    dropped = found.dropped.change + found.not_comparable.change
    assert changed + dropped == (found.second.value or 0) - (found.first.value or 0)


@pytest.mark.rule("C5")
@quick
@given(rows, selections, st.sampled_from([10, 100, 500]))
def test_every_person_is_near_a_line_or_near_none_or_not_located(
    made: list[dict[str, Any]], selection: Selection, within_km: int
) -> None:
    vintage = vintage_of(made)
    found = corridors(vintage, selection, within_km=within_km)
    inside = sum(row.value or 0 for row in found.segments)
    assert inside + found.off + found.not_located == (found.total or 0)
    turned = vintage_of(made[::-1])
    again = corridors(turned, selection, within_km=within_km)
    assert {row.segment_id: row.value for row in again.segments} == {
        row.segment_id: row.value for row in found.segments
    }
