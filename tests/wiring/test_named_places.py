"""The search field's answers: few points, small, kept, and none of what is no name."""

import pytest
from flask.testing import FlaskClient


def test_a_town_that_labels_no_map_is_found_with_its_country(client: FlaskClient) -> None:
    answer = client.get("/places?named=Lampedusa")
    assert "max-age" in answer.headers["Cache-Control"]
    assert len(answer.data) < 400
    (town,) = answer.get_json()["features"]
    assert town["properties"] == {"name": "Lampedusa", "kind": "Italy", "zoom": 9.0}
    assert town["geometry"]["coordinates"] == pytest.approx([12.6, 35.5], abs=0.1)


@pytest.mark.parametrize("query", ["", "?named=", "?named=zzzzz", "?named=%00", f"?named={'x' * 3000}", "?other=Malta"])
def test_what_begins_no_name_has_no_places(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/places{query}")
    assert answer.status_code == 200
    assert answer.get_json() == {"type": "FeatureCollection", "features": []}
