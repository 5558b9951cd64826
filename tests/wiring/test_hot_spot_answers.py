"""Hot spots over HTTP: their shape, their headers, and a sentence for what cannot be meant."""

import pytest
from flask.testing import FlaskClient

PATH = "/api/v1/hotspots"
CELL = {"cell", "value", "z", "p", "q", "class", "stability", "rank", "place", "words", "counted", "incidents",
        "dead_or_missing", "largest_event", "dominance"}  # fmt: skip


def test_an_answer_has_its_area_its_cells_and_all_that_is_not_in_them(client: FlaskClient) -> None:
    reply = client.get(f"{PATH}?study_area=mediterranean&from=2018-01-01&to=2022-12-31")
    answer = reply.get_json()
    assert reply.status_code == 200
    assert answer["study_area"]["id"] == "mediterranean"
    assert f"{answer['cells_in_study_area']:,} cells" in answer["study_area"]["words"]
    assert answer["not_computable"] is None
    assert all(set(cell) == CELL for cell in answer["cells"])
    inside = sum(cell["counted"] for cell in answer["cells"])
    total = client.get("/api/v1/totals?measure=incidents&from=2018-01-01&to=2022-12-31").get_json()["total"]
    assert inside + answer["outside_area"] + answer["not_located"] == answer["total"] == total
    assert answer["is_demonstration"]
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert reply.headers["Cache-Control"] == "no-cache"
    again = client.get(f"{PATH}?study_area=mediterranean&from=2018-01-01&to=2022-12-31",
                       headers={"If-None-Match": reply.headers["ETag"]})  # fmt: skip
    assert again.status_code == 304


def test_cells_are_those_of_the_cells_answer_and_their_tolls_too(client: FlaskClient) -> None:
    answer = client.get(f"{PATH}?measure=dead_or_missing").get_json()
    listed = client.get("/api/v1/cells?resolution=3").get_json()["cells"]
    cells = {cell["cell"]: cell["value"] for cell in listed if cell["resolution"] == 3}  # no wider areas
    assert {cell["cell"]: cell["counted"] for cell in answer["cells"] if cell["incidents"]} == {
        cell: value or 0 for cell, value in cells.items()
    }


def test_emerging_adds_a_pattern_to_every_cell(client: FlaskClient) -> None:
    answer = client.get(f"{PATH}?study_area=mediterranean&emerging=yes").get_json()
    assert answer["emerging"]["months"] > 10
    assert all(set(cell) == CELL | {"emerging"} for cell in answer["cells"])


@pytest.mark.rule("X7")
def test_another_size_says_how_far_the_ranking_changes(client: FlaskClient) -> None:
    """RULES X7."""
    assert client.get(f"{PATH}?study_area=mediterranean").get_json()["ranking_kept"] is None
    kept = client.get(f"{PATH}?study_area=mediterranean&resolution=4").get_json()["ranking_kept"]
    assert kept["of"] == 10
    assert 0 <= kept["kept"] <= 10


@pytest.mark.parametrize(
    "query",
    ["study_area=narnia", "study_area=", "region=narnia", "resolution=0", "resolution=7", "resolution=5", "resolution=x", "measure=risk", "emerging=1",
     "source=demonstration-counts", "from=2020-13-01", "from=2021-01-01&to=2020-01-01", "route=narnia", "x=1", "bad=" + "y" * 7_000],
)  # fmt: skip
def test_what_cannot_be_meant_is_400_with_a_sentence(client: FlaskClient, query: str) -> None:
    reply = client.get(f"{PATH}?{query}")
    assert reply.status_code in (400, 409)
    assert reply.get_json()["detail"].endswith(".")


def test_an_unknown_study_area_lists_the_known(client: FlaskClient) -> None:
    said = client.get(f"{PATH}?study_area=narnia").get_json()
    assert "us-mexico-border" in said["detail"]
    assert said["parameter"] == "study_area"
