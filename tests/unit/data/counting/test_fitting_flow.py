"""The unit beside the arrivals is one that the chosen routes are counted in; a route nobody names has no toll."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from callbacks.view.view_model import view_model
from data.counting.coverage import covered, stated_days
from data.counting.fitting_flow import fitting_flow
from data.counting.none_recorded import none_recorded
from data.model.schema import conform, empty
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage

MONTHS = pl.date_range(date(2020, 1, 1), date(2020, 12, 1), "1mo", eager=True)


@pytest.fixture
def vintage(tmp_path: Path) -> Vintage:
    """Return detections of one route, encounters and apprehensions of another; deaths are recorded on the first."""
    rows = [
        {"source": "one", "unit": unit, "route": route, "date_from": day, "date_to": end, "value": 100}
        for unit, route, months in (("detections", "darien", 12), ("encounters", "caribbean-to-us", 12),
                                    ("apprehensions", "caribbean-to-us", 3))
        for day, end in zip(MONTHS[:months], MONTHS[:months].dt.month_end(), strict=True)
    ]  # fmt: skip
    dead = {"source": "mmp", "record_id": "1", "event_id": "1", "date_from": date(2020, 1, 5), "dead": 2, "missing": 0,
            "date_to": date(2020, 12, 31), "dead_or_missing": 2, "route": "darien"}  # fmt: skip
    tables = {name: empty(name) for name in ("segments", "segment_cells", "quarantine", "log")}
    common = {"sensitivity": "public", "is_demonstration": False, "citation": "One",
              "first_date": date(2020, 1, 1), "last_date": date(2020, 12, 31)}  # fmt: skip
    sources = [{"source": "one", "kind": "counts", "layout": "one", **common},
               {"source": "mmp", "kind": "incidents", "layout": "mmp-2025", **common}]  # fmt: skip
    tables |= {name: conform(pl.DataFrame(given), name)
               for name, given in (("counts", rows), ("incidents", [dead]), ("sources", sources))}  # fmt: skip
    return Store(tmp_path / "one").publish(tables, {})


def on(*routes: str, flow: str = "detections") -> Selection:
    return Selection(routes=routes, flow=flow)


@pytest.mark.parametrize(
    ("asked", "flow"),
    [
        (on(), "detections"),
        (on(flow="encounters"), "encounters"),
        (on("darien"), "detections"),
        (on("caribbean-to-us"), "encounters"),  # of most days
        (on("caribbean-to-us", flow="apprehensions"), "apprehensions"),  # as chosen: it has figures
        (on("darien", flow="encounters"), "detections"),
        (on("darien", "caribbean-to-us"), "detections"),
        (on("english-channel"), "detections"),  # nobody counts it in any unit
    ],
)
def test_a_unit_without_a_figure_on_the_routes_gives_way(vintage: Vintage, asked: Selection, flow: str) -> None:
    assert fitting_flow(vintage, asked) == flow


@pytest.mark.rule("R11")
@pytest.mark.parametrize("days", [{}, {"start": date(2020, 1, 1), "end": date(2020, 12, 31)}])
def test_a_route_that_no_record_names_has_no_figure_and_no_zero(vintage: Vintage, days: dict[str, date]) -> None:
    asked = on("caribbean-to-us").replace(**days)
    assert covered(vintage, asked) == ()
    assert stated_days(vintage, asked) == stated_days(vintage, on("darien").replace(**days))
    shown = view_model(vintage, asked)
    assert (shown.has_figures, none_recorded(vintage, asked, "dead_or_missing")) == (False, None)
    assert "There are no figures of dead or missing" in shown.sentence
    assert "do not name this route" in shown.nothing_words
    both = view_model(vintage, on("darien", "caribbean-to-us").replace(**days))
    assert both.sentence.startswith("At least 2 people")
