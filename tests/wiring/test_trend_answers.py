"""Trends, comparisons and corridors over HTTP: their shape, their words, and a sentence for what cannot be meant."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from data.model.notices import say

YEARS = "first=2019-01-01..2019-12-31&second=2020-01-01..2020-12-31"
ANSWERS = ("trends?step=quarter", f"compare?{YEARS}", f"compare?{YEARS}&by=cell&resolution=2", f"compare?{YEARS}&by=month",
           "corridors?within_km=50", "trends?measure=events", f"compare?{YEARS}&measure=events", "trends?to=1995-01-01")  # fmt: skip
CAUSES = re.compile(r"\b(because|led to|caused|resulted|thanks to|impact|effect of|deterred)\b", re.IGNORECASE)


def sentences(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [words for one in value.values() for words in sentences(one)]
    if isinstance(value, list):
        return [words for one in value for words in sentences(one)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_says_what_it_is_and_how_to_read_it(client: FlaskClient, address: str) -> None:
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-cache"
    found = answer.get_json()
    assert {"measure", "unit", "source", "query", "vintage", "is_demonstration", "caution"} <= found.keys()
    assert found["is_demonstration"]
    assert say("statement.demonstration") in found["caution"]
    assert all(words.endswith((".", "”.")) for words in found["caution"])
    assert not [words for words in sentences(found) if CAUSES.search(words)]
    again = client.get(f"/api/v1/{address}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_trends_hold_their_parts_and_conserve(client: FlaskClient) -> None:
    found = client.get("/api/v1/trends?step=month").get_json()
    total = client.get("/api/v1/totals").get_json()["total"]
    assert sum(one["value"] or 0 for one in found["series"]) + found["not_dated"] + found["undated"] == total
    by_route = sum(sum(one["values"]) for one in found["routes"]["routes"])
    assert by_route + found["not_dated"] + found["undated"] == total
    assert {len(one["values"]) for one in found["routes"]["routes"]} == {len(found["series"])}
    assert len(found["seasons"]["profile"]) == 12
    assert found["change_points"]["is_computable"]
    assert not found["provisional"]["is_measurable"]
    assert all(one["is_provisional"] for one in found["flow"])
    assert found["events"][0]["citation"].startswith("Ministry of Defence of Italy")


def test_as_of_is_the_last_day_counted(client: FlaskClient) -> None:
    found = client.get("/api/v1/trends?as_of=2020-02-29").get_json()
    assert found["as_of"] == found["year_to_date"]["years"][0]["last"] == "2020-02-29"
    assert found["year_to_date"]["years"][1]["last"] == "2019-02-28"
    assert found["series"][-1] == found["series"][-1] | {"period": "2020-02-01", "is_complete": True}


@pytest.mark.parametrize(
    ("address", "parameter", "words"),
    [
        ("trends?as_of=2090-01-01", "as_of", "is not covered here"),
        ("trends?as_of=nan", "as_of", "'as_of' is a date"),
        ("trends?as_of=2020-01-01&as_of=2020-01-02", "as_of", "Give it once"),
        ("trends?by=route", "by", "no parameter 'by'"),
        ("trends?route=nowhere", "route", "no route 'nowhere'"),
        ("compare?second=2020-01-01..2020-12-31", "first", "'first' is missing"),
        (f"compare?{YEARS}&from=2019-01-01", "from", "two windows"),
        (f"compare?{YEARS}&by=cause", "by", "one of route, cell, month"),
        ("compare?first=2019-01-01..2019-12-31&second=2090-01-01..2090-12-31", "second", "No day of 'second'"),
        ("compare?first=2019-01-01&second=2020-01-01..2020-12-31", "first", "found '2019-01-01'"),
        ("corridors?within_km=9", "within_km", "from 10 to 500"),
        ("corridors?within_km=501", "within_km", "from 10 to 500"),
        ("corridors?within_km=NaN", "within_km", "found 'NaN'"),
        ("corridors?first=2019-01-01..2019-12-31", "first", "no parameter 'first'"),
    ],
)
def test_what_cannot_be_meant_gets_a_sentence(client: FlaskClient, address: str, parameter: str, words: str) -> None:
    answer = client.get(f"/api/v1/{address}")
    found = answer.get_json()
    is_contradiction = "covered" in words or words.startswith("No day")
    assert (answer.status_code, found["parameter"]) == (409 if is_contradiction else 400, parameter)
    assert words in found["detail"]


@pytest.mark.parametrize("path", ["trends", "compare", "corridors"])
def test_only_get_is_answered(client: FlaskClient, path: str) -> None:
    assert client.post(f"/api/v1/{path}").status_code == 405
    assert client.get(f"/api/v1/{path}/x").status_code == 404
