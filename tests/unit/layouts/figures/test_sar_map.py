"""The small map of search-and-rescue regions: outlines as they are, overlaps hatched, and no line that divides one."""

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, Polygon, box

from data.sectors.sector import Sector
from geo.areas.areas import frame_of
from layouts.figures.locator import SIZE
from layouts.figures.sar_map import HATCH_STEP, Named, overlap_of, sar_map
from layouts.figures.small_map import Drawing, fitted

SEA = Sector.from_query("polygon=-135,-52;-131,-52;-131,-48;-135,-48")  # far from every coast
WEST, EAST = box(-134.5, -51, -132.5, -49), box(-133.5, -51, -131.5, -49)
NAMED = [Named("West & more", WEST), Named("East", EAST)]


def lines(svg: str, kind: str) -> list[LineString]:
    """Return the lines of a class, in pixels."""
    root = ET.fromstring(svg)  # noqa: S314 — our own
    paths = [one.attrib["d"] for one in root.iter() if one.get("class") == kind]
    parts = [part for path in paths for part in path.split("M") if part]
    return [LineString([tuple(map(float, at.split())) for at in part.rstrip("Z").split("L")]) for part in parts]


def on_map(area: shapely.Geometry) -> shapely.Geometry:
    drawing = Drawing(fitted(frame_of(SEA.area), SIZE), SIZE)
    return shapely.transform(area, lambda at: np.array([drawing.point(x, y) for x, y in at]))


def test_each_line_lies_on_an_outline_as_published_and_none_divides_an_overlap() -> None:
    drawn = lines(sar_map(SEA, NAMED, label="m"), "region")
    outlines = on_map(shapely.union(WEST.boundary, EAST.boundary))
    assert drawn
    assert all(one.within(outlines.buffer(0.2)) for one in drawn)
    assert on_map(shapely.union(WEST.boundary, EAST.boundary)).length == pytest.approx(
        sum(one.length for one in drawn), rel=0.01
    )
    within = on_map(WEST.intersection(EAST)).buffer(-1)
    assert not any(one.intersects(within) for one in drawn)


def test_an_outline_of_many_corners_is_drawn_as_finely_as_the_map_shows_and_no_finer() -> None:
    turns = np.linspace(0, 2 * np.pi, 50_001)
    round_one = Polygon(np.column_stack((-133 + 1.4 * np.cos(turns), -50 + 0.9 * np.sin(turns))))
    drawn = sar_map(SEA, [Named("Round", round_one)], label="m")
    assert len(drawn) < 20_000
    assert max(on_map(round_one.boundary).hausdorff_distance(one) for one in lines(drawn, "region")) < 0.5


def test_the_hatch_fills_the_overlap_and_nothing_else() -> None:
    hatch = lines(sar_map(SEA, NAMED, label="m"), "overlap")
    both = on_map(WEST.intersection(EAST))
    assert all(one.within(both.buffer(0.2)) for one in hatch)
    assert shapely.union_all([one.buffer(HATCH_STEP) for one in hatch]).contains(both.buffer(-HATCH_STEP))
    assert lines(sar_map(SEA, NAMED[:1], label="m"), "overlap") == []


def test_what_three_regions_share_is_hatched_once() -> None:
    whole = overlap_of([WEST, EAST, box(-133.5, -51, -132.5, -49)])
    assert whole.area == pytest.approx(2.0)
    assert overlap_of([WEST]).is_empty


def test_no_line_is_drawn_on_land_and_the_frame_is_no_outline() -> None:
    sahara = Sector.from_query("polygon=5,22;9,22;9,26;5,26")
    assert lines(sar_map(sahara, [Named("Sand", box(5, 23, 7, 25))], label="m"), "region") == []
    assert lines(sar_map(SEA, [Named("All", box(-150, -65, -110, -35))], label="m"), "region") == []


def test_every_name_stands_on_the_map_once_clear_of_the_others_and_escaped() -> None:
    svg = sar_map(SEA, NAMED, label="a <map>")
    texts = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>', svg)
    assert [name for _, _, name in texts] == ["West &amp; more", "East"]
    assert all(on_map(shape).contains(shapely.Point(float(x), float(y))) for (x, y, _), shape in
               zip(texts, (WEST.difference(EAST), EAST.difference(WEST)), strict=True))  # fmt: skip
    assert 'aria-label="a &lt;map&gt;"' in svg


def test_a_region_over_the_date_line_is_drawn_on_the_side_of_the_sector() -> None:
    sector = Sector.from_query("at=-178,-50&radius_km=100")
    region = Polygon([(178, -51), (184, -51), (184, -49), (178, -49)])
    assert lines(sar_map(sector, [Named("Both", region)], label="m"), "region")
