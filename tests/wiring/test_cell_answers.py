"""What the browser's layer is sent: the API's numbers to the person, in the order of the shapes."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import h3
import numpy as np
import pytest
from flask.testing import FlaskClient

from callbacks.build import build
from callbacks.map_data import cells as cells_module
from callbacks.map_data.binary_columns import narrowest, pack, unpack
from callbacks.map_data.cell_codes import coded
from data.counting.classes import CellClasses
from data.counting.engine import ranking_kept
from data.counting.incident_arrays import UNKNOWN
from data.query.selection import Selection
from data.store.store import Store
from geo.cells import cell_centre, cell_from_text
from geo.map.basemap import nearest_place

QUERIES = [
    "", "measure=dead", "measure=missing&resolution=4", "measure=incidents&from=2019-01-01&resolution=2",
    "measure=events&route=central-mediterranean", "from=2018-03-01&to=2018-03-31&resolution=1", "min_quality=4&resolution=6",
    "to=1995-01-01", "resolution=0&cause=drowning",
]  # fmt: skip


@pytest.fixture(scope="module")
def client(demonstration_store: Store) -> FlaskClient:
    return build(demonstration_store).server.test_client()


def got(client: FlaskClient, address: str) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    response = client.get(address)
    assert response.status_code == 200, response.get_data()[:300]
    return unpack(response.get_data())


def ids_of(client: FlaskClient, details: dict[str, Any], more: str = "") -> list[str]:
    return [h3.int_to_str(int(one)) for one in got(client, details["shapes"] + more)[1]["id"]]


@pytest.mark.rule("C5", "X9")
@pytest.mark.parametrize("query", QUERIES)
def test_values_are_those_of_the_api(client: FlaskClient, query: str) -> None:
    details, columns = got(client, f"/cells/values?{query}")
    ids = ids_of(client, details)
    sent = dict(zip(ids, zip(columns["code"], columns["value"], strict=True), strict=True))
    wider = set(ids[: details["wider"]])
    answer = client.get(f"/api/v1/cells?{query}").get_json()
    api = {cell["cell"]: cell for cell in answer["cells"]}
    assert set(api) <= set(sent)
    for cell, (code, value) in sent.items():
        stated = api.get(cell)
        if code % 8 < 6:
            assert stated
            floors = [*details["wider_floors" if cell in wider else "floors"], 10**9]
            assert floors[code % 8 + 1] > value == stated["value"] >= floors[code % 8]
            is_dominated = (stated["dominance"] or 0) > 0.5 and stated["dead_or_missing"] >= 20 and cell not in wider
            assert (code >= 8) == is_dominated
            assert (stated["resolution"] < answer["resolution"]) == (cell in wider)
        elif code == 6:
            assert stated
            assert stated["value"] is None
        else:
            assert stated is None or (stated["value"] is not None and stated["value"] <= 0)
    assert details["sum"] == sum(cell["value"] or 0 for cell in answer["cells"])
    if answer["measure"] != "events":  # which may lie in several cells
        assert details["sum"] + answer["not_located"] == (answer["total"] or 0)  # RULES X9
    assert sum(answer["not_located_parts"].values()) == answer["not_located"]


def test_the_values_of_ten_thousand_cells_are_thirty_kilobytes_at_most() -> None:
    sent = pack({"floors": [1, 2, 3]}, {"code": np.zeros(10_000, np.uint8), "value": np.zeros(10_000, np.uint16)})
    assert len(sent) <= 30_500


@pytest.mark.parametrize("first", [date(2015, 1, 1), date(2019, 6, 1), date(2023, 11, 1)])
@pytest.mark.parametrize("days", [30, 364, 2000])
def test_any_window_counted_from_the_cube_is_the_apis(client: FlaskClient, first: date, days: int) -> None:
    last = first + timedelta(days=days)
    details, cube = got(client, "/cells/cube?resolution=3")
    ids = ids_of(client, details)
    inside = (cube["first"] >= (first - date(1970, 1, 1)).days) & (cube["last"] <= (last - date(1970, 1, 1)).days)
    inside &= (cube["first"] > 0) & (cube["last"] > 0)
    found: dict[str, int] = {}
    for place, value in zip(cube["cell"][inside], cube["dead_or_missing"][inside], strict=True):
        found[ids[place]] = found.get(ids[place], 0) + int(value)
    answer = client.get(f"/api/v1/cells?resolution=3&from={first}&to={last}").get_json()
    assert found == {cell["cell"]: cell["value"] for cell in answer["cells"]}
    days = [(day - date(1970, 1, 1)).days for day in (first, last)]
    apart = [toll for start, end, toll in details["not_placed"] if start >= days[0] and end <= days[1]]
    assert sum(apart) == answer["not_located"]
    assert answer["total"] == sum(found.values()) + sum(apart)


def test_the_words_of_a_cell_are_its_numbers(client: FlaskClient) -> None:
    largest = max(client.get("/api/v1/cells?resolution=3").get_json()["cells"], key=lambda cell: cell["value"] or 0)
    lines = client.get(f"/cells/words?resolution=3&cell={largest['cell']}").get_json()["lines"]
    assert lines[0] == f"At least {largest['value']:,} dead or missing"
    longitude, latitude = cell_centre(cell_from_text(largest["cell"]))
    assert lines[1] == nearest_place(longitude=longitude, latitude=latitude)
    assert f"{largest['incidents']:,} incidents" in lines[3]
    nothing = client.get(f"/cells/words?resolution=3&cell={largest['cell']}&to=1995-01-01").get_json()["lines"]
    assert nothing == ["No incident of this selection"]


@pytest.mark.parametrize(
    "address",
    ["values?nonsense=1", "values?resolution=15", "values?box=1,2,3", "values?box=nan,0,1,1", "values?box=9,9,1,1",
     "cube?from=99999-01-01", "words?cell=83194dffffffff0", "words", "values?measure=risk"],
)  # fmt: skip
def test_what_cannot_be_meant_gets_a_sentence(client: FlaskClient, address: str) -> None:
    response = client.get(f"/cells/{address}")
    assert response.status_code == 400
    assert response.get_json()["detail"]


@pytest.mark.parametrize("address", ["v999999/mmp/3.bin", "v000001/nobody/3.bin", "v000001/mmp/15.bin", "x"])
def test_cells_that_are_not_there_are_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(f"/cells/{address}").status_code == 404


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    caches = (cells_module._shown, cells_module.shapes_answer, cells_module.values_answer)
    for kept in caches:
        kept.cache_clear()
    monkeypatch.setattr(cells_module, "MOST_CELLS", 100)
    yield
    for kept in caches:
        kept.cache_clear()


def test_only_cells_in_view_travel_where_there_are_too_many(client: FlaskClient, few: None) -> None:
    details, columns = got(client, "/cells/values?resolution=3")
    assert details["needs_box"]
    assert not columns
    box = "11,33,16,37"
    details, columns = got(client, f"/cells/values?resolution=3&box={box}")
    shown = ids_of(client, details, f"?box={box}")
    assert len(shown) == columns["code"].size > 3
    for cell in shown:
        latitude, longitude = h3.cell_to_latlng(cell)
        assert 33 <= latitude <= 37
        assert 11 <= longitude <= 16
    api = {cell["cell"]: cell["value"] for cell in client.get("/api/v1/cells?resolution=3").get_json()["cells"]}
    assert {c: int(v) for c, v in zip(shown, columns["value"], strict=True) if v} == {
        c: api[c] for c in shown if api.get(c)
    }
    refused = client.get("/cells/values?resolution=3&box=-180,-80,180,80")
    assert refused.status_code == 400
    assert "Zoom in" in refused.get_json()["detail"]


@pytest.mark.rule("X3")
@pytest.mark.parametrize(("zoomed", "shown"), [(0, 2), (3, 3), (6, 4)])
def test_the_zoom_chooses_no_cells_finer_than_places_are_known(client: FlaskClient, zoomed: int, shown: int) -> None:
    assert f"/{shown}.bin" in got(client, f"/cells/values?zoomed={zoomed}")[0]["shapes"]


@pytest.mark.rule("X7")
def test_the_ranking_says_how_many_of_ten_remain(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    assert ranking_kept(vintage, Selection()) is None
    kept = ranking_kept(vintage, Selection(resolution_chosen=4))
    assert kept is not None
    assert 0 < kept[0] <= kept[1] == 10


def test_columns_come_back_as_they_were_sent() -> None:
    sent = {"a": np.array([1, 2, 3], np.uint8), "b": np.array([-5, 70_000], np.int32), "c": np.empty(0, np.uint64)}
    details, columns = unpack(pack({"name": "ä"}, sent))
    assert details == {"name": "ä"}
    for name, values in sent.items():
        assert columns[name].dtype == values.dtype
        assert columns[name].tolist() == values.tolist()
    with pytest.raises(OverflowError):
        narrowest(np.array([2**40]), kinds=("u2", "u4"))
    with pytest.raises(ValueError, match="cannot be sent"):
        pack({}, {"a": np.array([1.5])})


@pytest.mark.rule("X8")
def test_classes_do_not_change_with_filters_or_windows(client: FlaskClient) -> None:
    """RULES X8: a filter or a step of time never rescales the colours."""
    queries = ["", "from=2019-03-01&to=2019-03-31", "route=darien", "min_quality=5", "to=1995-01-01"]
    floors = {tuple(got(client, f"/cells/values?{query}")[0]["floors"]) for query in queries}
    assert len(floors) == 1


@pytest.mark.rule("C3")
def test_the_sum_of_the_cells_counts_adjustments_below_zero() -> None:
    """RULES C3: what is drawn begins at one person, but the sum of a window keeps every adjustment."""
    counts = {"incidents": [1, 1, 1, 0], "missing": [-13, 20, UNKNOWN, UNKNOWN], "dead_or_missing": [43, 20, 5, UNKNOWN],
              "largest_event": [43, 20, 5, UNKNOWN]}  # fmt: skip
    codes, values = coded({name: np.array(column) for name, column in counts.items()}, "missing",
                          CellClasses(floors=(1, 2, 3, 5, 10, 20), wider=(1, 10, 100)))  # fmt: skip
    assert (codes % 8).tolist() == [7, 5, 6, 7]
    assert values.tolist() == [-13, 20, 0, 0]
