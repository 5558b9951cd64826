"""Statuses by what is wrong: 400 cannot be read, 404 is not here, 409 contradicts; each with a sentence."""

import pytest
from flask.testing import FlaskClient

YEARS = "first=2019-01-01..2019-12-31&second=2020-01-01..2020-12-31"


@pytest.mark.parametrize(
    ("address", "status", "parameter"),
    [
        ("compare?first=2019-01-01..2019-12-31&second=2090-01-01..2090-12-31", 409, "second"),
        ("compare?first=2019-01-01..2019-12-31&second=2020-01-01..2020-06-30&by=month", 409, "by"),
        ("compare?first=2019-12-31..2019-01-01&second=2020-01-01..2020-12-31", 409, "first"),
        (f"compare?{YEARS}&by=cause", 400, "by"),
        ("trends?as_of=2090-01-01", 409, "as_of"),
        ("trends?as_of=2020-02-30", 400, "as_of"),
        ("quote?text=1 in 35&route=central-mediterranean&deaths=3", 409, "route"),
        ("quote?text=1 in 35&deaths=10&attempts=5", 409, "attempts"),
        ("quote?text=1 in 35&deaths=1&arrivals=1&interceptions=1&attempts=5", 409, "attempts"),
        ("quote?text=perhaps", 400, "text"),
        ("risk?route=central-mediterranean&from=2019-01-01&to=2019-12-31&source=demonstration-frontex", 409, "source"),
        ("risk?route=central-mediterranean", 400, "from"),
        ("hotspots?resolution=6", 409, "resolution"),
        ("hotspots?resolution=9", 400, "resolution"),
        ("sector?area=Italy&place=Lampedusa&radius_km=100", 409, "place"),
        ("sector?area=Italy&radius_km=100", 409, "radius_km"),
        ("sector?place=Lampedusa", 400, "radius_km"),
        ("sector", 400, "area"),
        ("sector?place=Lampedussa&radius_km=100", 404, "place"),
        ("sector?area=Itly", 404, "area"),
        ("sector?area=Italy&vintage=v000099", 404, "vintage"),
        ("sector/changes?sector=nobody", 404, "sector"),
        ("sector/changes.atom?sector=nobody", 404, "sector"),
        ("sector/changes?sector=nobody&area=Italy", 409, "sector"),
        ("exports/nothing.csv", 404, "figure"),
        ("exports/cells.exe", 404, "format"),
        ("exports/series.gpkg", 404, "format"),
        ("exports/map.gif", 404, "format"),
        ("exports/brief.gif", 404, "format"),
    ],
)
def test_a_refusal_has_the_status_of_what_is_wrong(
    client: FlaskClient, address: str, status: int, parameter: str
) -> None:
    answer = client.get(f"/api/v1/{address}")
    found = answer.get_json()
    assert (answer.status_code, found["status"], found["parameter"]) == (status, status, parameter)
    assert len(found["detail"]) > 15
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("area=Itly", 404), ("place=Lampedussa&radius_km=100", 404), ("area=Italy&vintage=v000099", 404),
        ("area=Italy&radius_km=5", 409), ("place=Lampedusa", 400), ("area=Italy&nonsense=1", 400),
        ("area=Italy&from=2020-01-02&to=2020-01-01", 409), ("area=Italy", 200), ("", 200),
    ],
)  # fmt: skip
def test_the_page_of_a_sector_has_the_statuses_of_its_answer(client: FlaskClient, query: str, status: int) -> None:
    assert client.get(f"/sector?{query}").status_code == status


def test_an_incident_that_is_not_here_is_404(client: FlaskClient) -> None:
    answer = client.get("/incidents/words?row=99999999")
    assert (answer.status_code, answer.get_json()["parameter"]) == (404, "row")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("polygon=0,0;1,1;1,0;0,1", 409), ("polygon=0,0;1,1", 400), ("polygon=0,0;1,1;999,0", 400),
        ("polygon=0,0;1,1;x,0", 400), ("polygon=12,35;13,35;13,36", 200),
    ],
)  # fmt: skip
def test_corners_that_make_no_ring_are_told_from_those_that_are_none(
    client: FlaskClient, query: str, status: int
) -> None:
    assert client.get(f"/api/v1/sector?{query}").status_code == status
