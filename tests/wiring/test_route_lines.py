"""The lines of routes, measured on every store at hand: thin for their length, off the land, no cover for a dark cell."""

import html
import json
from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
import shapely
from flask.testing import FlaskClient
from plotly.utils import PlotlyJSONEncoder

from callbacks.map_data.lines import lines_of, route_values
from callbacks.map_data.main_lines import RouteLine, route_lines
from callbacks.map_data.route_lines import routes_shown, tolls_by_route
from callbacks.page.route_card import card_of, figures_of
from callbacks.sheets.picture_data import map_of
from data.counting.totals import totals
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from geo.map.main_lines import MOST_POINTS, POINTS_A_LEG, TILE, smoothed
from geo.map.projection import Numbers, land_in, on_unit_square
from layouts.figures.cell_marks import SHARES
from layouts.figures.route_widths import ASPECT, CELLS, RING, RING_INK, SHORTEST, Band, band, is_ring

ZOOMS = range(2, 9)
SEA = ("central-mediterranean", "eastern-mediterranean", "western-mediterranean", "western-africa-atlantic",
       "english-channel", "horn-of-africa-to-yemen", "caribbean-to-us", "caribbean-to-central-america",
       "dominican-republic-to-puerto-rico", "venezuela-to-caribbean", "sea-crossings-to-mayotte",
       "bay-of-bengal-andaman-sea", "black-sea")  # fmt: skip
AT_THE_ENDS = 0.12  # of a sea line may be over land: its ports


@pytest.fixture(params=["demonstration_store", "real_store"])
def vintage(request: pytest.FixtureRequest) -> Vintage:
    store: Store = request.getfixturevalue(request.param)
    return store.current()


def bands(vintage: Vintage) -> Iterator[tuple[RouteLine, int, Band]]:
    selection = lines_of(Selection())
    left, right = (route_values(vintage, selection, flow) for flow in ("detections", "arrivals"))
    for one in route_lines(vintage):
        for zoom in ZOOMS:
            values = left.get(one.route), right.get(one.route)
            yield one, zoom, band(*values, length=one.length, latitude=one.latitude, zoom=zoom)


def test_every_route_has_one_line_of_few_points_smoothed(vintage: Vintage) -> None:
    lines = route_lines(vintage)
    assert {one.route for one in lines} == set(vintage.segments["route"].drop_nulls())
    most = POINTS_A_LEG * (MOST_POINTS - 1) + 1
    assert all(2 <= len(one.points) <= most for one in lines)
    bent = [one for one in lines if len(one.points) > 2]
    assert len(bent) > 15
    for one in bent:
        steps = np.diff(on_unit_square(one.points), axis=0)
        turned = np.abs(np.diff(np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))))
        assert turned.max() < 0.5, one.route  # radians at any of its points: no corner


@pytest.mark.rule("P3")
def test_a_line_is_twelve_times_as_long_as_both_units_are_wide_or_a_ring(vintage: Vintage) -> None:
    drawn = [(one, zoom, each) for one, zoom, each in bands(vintage) if each.units]
    assert len(drawn) >= 40
    for one, zoom, each in drawn:
        assert one.length * 2**zoom / each.units >= ASPECT - 1e-9, (one.route, zoom)
        assert is_ring(one.length, zoom) == (one.length * 2**zoom < SHORTEST)
    shown = routes_shown(vintage, Selection())["routes"]
    for one, zoom, each in drawn:
        sent = [shown[one.route][name][zoom] for name in Band._fields]
        assert np.allclose(sent, each, atol=0.006), (one.route, zoom)


def test_no_line_hides_a_third_of_a_cell_of_the_two_darkest_classes(vintage: Vintage) -> None:
    dark = {resolution: dark_cells(vintage, resolution) for _, resolution in CELLS}
    assert sum(map(len, dark.values())) > 20
    crossed = 0
    for one, zoom, each in bands(vintage):
        resolution = next(size for below, size in CELLS if zoom < below)
        scale = TILE * 2**zoom
        line = shapely.LineString(on_unit_square(one.points) * scale)
        if is_ring(one.length, zoom):
            ink = line.interpolate(0.5, normalized=True).buffer(RING).exterior.buffer(RING_INK / 2)
        else:
            ink = line.buffer((each.units + each.casing) / 2, cap_style="flat")
        cells = [shapely.Polygon(ring * scale) for ring in dark[resolution]]
        for cell in cells:
            hidden = cell.intersection(ink).area / cell.area
            crossed += hidden > 0.02
            if cell.area > 100:  # of fewer pixels there is nothing to tell apart
                assert hidden <= 1 / 3, (one.route, zoom, round(hidden, 2))
    assert crossed > 5


def dark_cells(vintage: Vintage, resolution: int) -> list[Numbers]:
    picture = map_of(vintage, Selection(resolution_chosen=resolution))
    classes = (int(code) % 8 for code in picture.codes)
    return [shrunk(on_unit_square(ring), SHARES[kind])
            for at, (ring, kind) in enumerate(zip(picture.cells, classes, strict=True))
            if at >= picture.wider and kind in (4, 5)]  # fmt: skip


def shrunk(ring: Numbers, share: float) -> Numbers:
    """Return a cell as it is drawn, about its centre."""
    centre = ring[:-1].mean(axis=0)
    return np.asarray(centre + share * (ring - centre))


def test_sea_legs_keep_off_the_land(demonstration_store: Store) -> None:
    lines = {one.route: one for one in route_lines(demonstration_store.current())}
    for route in SEA:
        line = shapely.LineString(on_unit_square(lines[route].points))
        west, north, east, south = line.bounds
        land = shapely.union_all(land_in((west - 0.01, north - 0.01, east + 0.01, south + 0.01), tolerance=0))
        over = shapely.intersection(line, land)
        assert over.length / line.length <= AT_THE_ENDS, route
        for part in shapely.get_parts(over):
            middle = line.project(part.centroid, normalized=True)
            is_island = part.length * 40_000 * 0.6 < 12  # km
            assert is_island or min(middle, 1 - middle) < AT_THE_ENDS, (route, middle)


def test_the_lines_are_sent_once_with_what_carries_the_figure_first(
    client: FlaskClient, demonstration_store: Store
) -> None:
    vintage = demonstration_store.current()
    features = client.get(f"/routes/{vintage.mark}.json").get_json()["features"]
    assert [one["id"] for one in features] == list(range(len(features)))
    main = [one["properties"]["route"] for one in features if one["properties"]["is_main"]]
    assert main == sorted(set(vintage.segments["route"].drop_nulls()))
    assert client.get("/routes/v999999.json").status_code == 404


@pytest.mark.parametrize("query", ["", "from=2019-01-01&to=2020-12-31", "route=central-mediterranean"])
def test_what_is_said_of_a_route_is_its_own_figure(vintage: Vintage, query: str) -> None:
    selection = Selection.from_query(query)
    shown = routes_shown(vintage, selection)["routes"]
    tolls = {
        group.id: group.value for group in totals(vintage, selection, measure="dead_or_missing", by="route").groups
    }
    assert {route: one["toll"] for route, one in shown.items()} == {route: tolls.get(route, 0) for route in shown}
    for flow in ("detections", "arrivals"):
        values = route_values(vintage, lines_of(selection), flow)
        said = {route: words for route, one in shown.items() for name, words in one["full"] if name == flow}
        assert set(said) == set(values)
        assert all(said[route].startswith(f"{value:,} ") for route, value in values.items())
    assert routes_shown(vintage, selection.replace(layers=("cells",)))["routes"] == {}
    assert sum(tolls_by_route(vintage, selection).values()) == sum(tolls.values())


@pytest.mark.rule("R10")
def test_a_short_label_says_all_that_a_full_one_does_but_the_last_digits(vintage: Vintage) -> None:
    shown = routes_shown(vintage, Selection(start=date(2019, 1, 1), end=date(2035, 12, 31)))["routes"]
    pairs = [(short, full) for one in shown.values()
             for (_, short), (_, full) in zip(one["short"], one["full"], strict=True)]  # fmt: skip
    assert pairs
    assert [short.split(" ")[1:] for short, _ in pairs if "million" not in short] == [
        full.split(" ")[1:] for short, full in pairs if "million" not in short
    ]
    assert all(" to " in short for short, _ in pairs)


@pytest.mark.parametrize("measure", ["dead_or_missing", "missing", "incidents"])
def test_a_name_from_afar_has_the_number_of_the_measure_and_says_which(vintage: Vintage, measure: str) -> None:
    selection = Selection(measure=measure)
    shown = routes_shown(vintage, selection)["routes"]
    groups = {group.id: group.value for group in totals(vintage, selection, measure=measure, by="route").groups}
    said = {route: one["amount"] for route, one in shown.items() if one["amount"]}
    assert said
    unit = "" if measure == "dead_or_missing" else f" {measure}"
    assert said == {route: f"{groups[route]:,}{unit}" for route in said}
    assert {route for route, value in groups.items() if route in shown and (value or 0) > 0} == set(said)
    assert all(f"{groups[route]:,}" in shown[route]["counted"] for route in said)


def test_a_smooth_line_goes_through_its_points() -> None:
    points = [[0.0, 0.0], [2.0, 1.0], [2.5, 4.0], [6.0, 5.0]]
    line = smoothed(points)
    assert np.allclose(line[::POINTS_A_LEG], points, atol=1e-9)
    assert len(smoothed(points[:2])) == 2


@pytest.mark.rule("R11")
def test_a_card_says_the_figures_of_its_route_and_never_nought_where_nobody_counted(real_store: Store) -> None:
    vintage, selection = real_store.current(), Selection()
    said = words_in(card_of(vintage, selection, "central-mediterranean"))
    for word in ("At least 24,799", "1,112,095", "663,538", "January 2014 to November 2019", "2016: 4,574"):
        assert word in said, word
    assert "2021: no figure" in said  # of arrivals
    balkans = figures_of(vintage, selection, "western-balkans", None)
    assert [one.value for one in balkans] == [404, 1_327_416, None]
    said = words_in(card_of(vintage, selection, "western-balkans"))
    assert "No figure" in said
    assert "for people who arrived" in said
    years = figures_of(vintage, Selection.from_query("from=2019-01-01&to=2020-12-31"), "western-balkans", None)
    assert sum(year.value or 0 for year in years[1].years) == years[1].value
    assert card_of(vintage, selection, "no-such-route") == []


def words_in(children: object) -> str:
    """Return all texts and titles of components, one after the other."""
    return html.unescape(json.dumps(children, cls=PlotlyJSONEncoder, ensure_ascii=False))


def test_a_sector_draws_the_routes_through_it_and_names_whose_figures_they_are(client: FlaskClient) -> None:
    page = client.get("/sector?at=12.6,35.5&radius_km=300").get_data(as_text=True)
    assert page.count('<path class="route"') >= 2
    assert "Lines: whole routes" in page
    empty = client.get("/sector?at=150,-60&radius_km=100").get_data(as_text=True)
    assert 'class="route"' not in empty
    assert "Lines: whole routes" not in empty
