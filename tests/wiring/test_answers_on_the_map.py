"""What the map shows of an answer is what the interface says: the same cells, classes and numbers."""

import json
import re

import numpy as np
import pytest
from flask.testing import FlaskClient
from plotly.utils import PlotlyJSONEncoder

from callbacks.map_data.binary_columns import unpack
from callbacks.questions import year
from data.query.parameters import parse_query
from data.query.selection import Selection
from data.store.store import Store
from layouts import ids
from layouts.figures.around_marks import NEITHER, STEP_OF_SPOT, code_of

WINDOWS = "first=2023-01-01..2023-12-31&second=2024-01-01..2024-12-31"


def test_the_cells_of_a_comparison_are_those_of_the_interface(client: FlaskClient) -> None:
    details, columns = unpack(client.get(f"/cells/change?{WINDOWS}").data)
    found = client.get(f"/api/v1/compare?{WINDOWS}&by=cell").get_json()
    names = [f"{int(cell):x}" for cell in columns["id"]]
    at = {name: place for place, name in enumerate(names)}
    assert set(at) == {row["id"] for row in found["rows"]}
    assert sum(int(one) for one in columns["value"]) == sum(row["change"] or 0 for row in found["rows"])
    for row in found["rows"]:
        place = at[row["id"]]
        assert columns["code"][place] == code_of(row["class"])
        assert columns["value"][place] == (row["change"] or 0)
        assert str(abs(row["change"])) in details["says"][place][0].replace(",", "")
    assert f"{found['dropped']['second']:,}" in details["dropped"]
    assert list(columns["id"]) == sorted(columns["id"])
    assert details["wider"] == sum(int(name[1], 16) < found["resolution"] for name in names) > 0  # RULES X9
    assert sum(count for _, count, _ in details["sizes"]) == len(names)


@pytest.mark.rule("G6")
def test_the_cells_of_hot_spots_have_the_class_that_the_interface_states(client: FlaskClient) -> None:
    query = "study_area=mediterranean&resolution=3&measure=incidents"
    details, columns = unpack(client.get(f"/cells/spots?{query}").data)
    cells = {one["cell"]: one for one in client.get(f"/api/v1/hotspots?{query}").get_json()["cells"]}
    assert {f"{int(cell):x}" for cell in columns["id"]} == set(cells)
    for place, cell in enumerate(columns["id"]):
        one, code = cells[f"{int(cell):x}"], int(columns["code"][place])
        assert columns["value"][place] == one["counted"]
        step = STEP_OF_SPOT.get(one["class"])
        assert code == NEITHER if step is None else code % 8 == code_of(step)
    assert not any("danger" in line for lines in details["says"] for line in lines)


def test_what_lies_in_the_corridors_is_what_the_lines_count(client: FlaskClient) -> None:
    details, columns = unpack(client.get("/incidents/near?within_km=40").data)
    found = client.get("/api/v1/corridors?within_km=40").get_json()
    assert int(columns["people"].sum()) == sum(one["value"] or 0 for one in found["segments"])
    assert columns["people"].size == sum(one["incidents"] for one in found["segments"])
    assert details["bands"]
    wider = unpack(client.get("/incidents/near?within_km=80").data)[1]
    assert wider["people"].size > columns["people"].size
    assert np.all(np.abs(columns["latitude"]) <= 90 * details["degree"])


@pytest.mark.parametrize("question", ["risk", "hotspots", "corridors", "compare"])
@pytest.mark.parametrize("query", ["", "route=central-mediterranean", "quality=3&resolution=4"])
def test_every_address_that_an_answer_gives_to_the_map_answers(
    client: FlaskClient, demonstration_store: Store, question: str, query: str
) -> None:
    del demonstration_store
    body = {
        "output": f"{ids.ANSWER}.children",
        "outputs": {"id": ids.ANSWER, "property": "children"},
        "inputs": [{"id": ids.ANSWER_ASKS, "property": "data", "value": [query, question, {}]}],
        "changedPropIds": [f"{ids.ANSWER_ASKS}.data"],
    }
    text = client.post("/_dash-update-component", json=body).text
    stated = re.findall(r'"data-on-map": ?("(?:[^"\\]|\\.)*")', text)
    assert len(stated) == 1
    shown = json.loads(json.loads(stated[0]))
    for address in filter(None, (shown["cells"], shown["corridors"])):
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.data[:200])


@pytest.mark.parametrize(
    "address",
    ["/cells/change", "/cells/change?first=2023-01-01..2023-12-31", f"/cells/change?{WINDOWS}&nothing=1",
     "/cells/spots?study_area=nowhere", "/incidents/near?within_km=7", "/incidents/near?within_km=x"],
)  # fmt: skip
def test_what_cannot_be_meant_gets_a_sentence(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer.get_json()["detail"].endswith(".")


@pytest.mark.parametrize(("query", "stays"), [("", True), ("route=central-mediterranean", False)])
def test_this_year_leaves_the_map_where_it_is_until_a_place_is_chosen(
    demonstration_store: Store, query: str, stays: bool
) -> None:
    vintage = demonstration_store.current()
    selection = Selection.parse(parse_query(query))
    sent = PlotlyJSONEncoder().encode(year.answer_panel(demonstration_store, vintage, selection, {}))
    shown = json.loads(json.loads(re.findall(r'"data-on-map":\s*("(?:[^"\\]|\\.)*")', sent)[0]))
    assert shown["stays"] is stays
    assert (shown["box"] is None) is stays
