"""Small pictures for tests: five cells, two routes, a series, and words that are hard to set."""

from datetime import date

import numpy as np
import polars as pl

from geo.cells import cell_of_point, cell_ring
from layouts.figures.map import DEFAULT_VIEW
from layouts.figures.time_series import COLUMNS
from layouts.pictures import words as said
from layouts.pictures.description import MapPicture, Route, SeriesPicture, Words

FLOORS = (1, 5, 20, 50, 100, 300)
SHOWN = said.CellMarks(floors=FLOORS, wider_floors=(1, 100, 1000), classes=frozenset(range(6)), wider=frozenset({1}),
                       has_dominated=True, has_unreported=True, has_ring=True)  # fmt: skip


def words(*, is_map: bool = True, title: str = "At least 2,853 people died or went missing in 2017.", long: int = 1,
          mark: str = "Demonstration data. Invented.") -> Words:  # fmt: skip
    return Words(
        title=title,
        notes="Of these, 214 not placed on the map and 9 undated. " * long,
        sources=("Source: A <b>publisher</b> & others. CC BY 4.0. Data to 29 April 2025. " * long,
                 said.address("", "route=central-mediterranean&view=14,36,4", "v000007", date(2025, 4, 29))),
        terms=tuple(said.terms(source="mmp", is_map=is_map)),
        alternative=f"{title} The highest cells: Near Sabratha, Libya: At least 120 dead or missing.",
        banner="Demonstration data. Invented to try the software; no figure here is real." if mark else "", mark=mark,
    )  # fmt: skip


def a_map(*, told: Words | None = None, view: tuple[float, float, float] = (14.0, 36.0, 4.0)) -> MapPicture:
    places = [(12.0, 34.0), (14.0, 35.0), (16.0, 36.0), (11.0, 38.0), (20.0, 33.0), (25.0, 35.0)]
    sizes = [2, *[3] * len(places)]  # a wider area beneath the first
    rings = [np.array(cell_ring(cell_of_point(latitude=y, longitude=x, resolution=size)))
             for size, (x, y) in zip(sizes, [places[0], *places], strict=True)]  # fmt: skip
    return MapPicture(
        words=told or words(), view=view, cells=tuple(rings), codes=np.array([1, 0, 3, 5, 8, 12, 6], np.uint8), wider=1,
        routes=(Route(np.array([[12.5, 33.0], [12.6, 35.5]]), 6.2, is_arrival=False),
                Route(np.array([[20.0, 32.0], [16.0, 37.0]]), 4.6, is_arrival=True)),
        dots=np.array([[13.0, 34.0, 28.0, 0.0], [18.0, 35.0, 10.0, 1.0]]), ring=rings[1],
        blocks=(said.cells_block("dead_or_missing", SHOWN, 3), said.incidents_block(),
                said.flows_block("detections", has_arrivals=True)),
    )  # fmt: skip


def a_series(*, told: Words | None = None) -> SeriesPicture:
    whole: dict[str, object] = {f"{name}_mark": "whole" for name in ("toll", "flow", "arrivals")}
    rows: list[dict[str, object]] = [
        {"period": date(2016, 1, 1), "days": 366, "dead": 900, "missing": 300, "flow": 5000, "arrivals": 700} | whole,
        {"period": date(2017, 1, 1), "days": 365, "dead": 600, "missing": -13, "unsplit": 40, "toll_mark": "whole",
         "flow_mark": "absent", "arrivals_mark": "absent", "flow_said": "not collected",
         "arrivals_said": "not collected"},
        {"period": date(2018, 1, 1), "days": 365, "flow": 0, "arrivals": 100} | whole | {
            "arrivals_mark": "fewer", "arrivals_break": "Not a fall: UNHCR’s figures end in 2016.",
            "arrivals_break_more": "Counted from here on (pale): United Kingdom.", "flow_grows": True,
            "arrivals_beside": True},
    ]  # fmt: skip
    table = pl.DataFrame(rows, schema=COLUMNS)
    titles = ("People dead or missing, at least", "Detections, not persons", "People who arrived")
    return SeriesPicture(
        words=told or words(is_map=False), table=table, start=date(2017, 1, 1), end=date(2017, 12, 31), step="year",
        panels=said.panels(titles, has_gaps=(False, True, True), has_growth=(False, True, False)),
    )  # fmt: skip


__all__ = ["DEFAULT_VIEW", "a_map", "a_series", "words"]
