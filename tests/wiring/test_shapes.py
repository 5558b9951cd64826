"""Answers hold what the description says they hold, whatever is asked: computable or not, found or not."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema_rs import validator_for

from callbacks.api.openapi.shapes import NAMED, SHAPES

ASKED = {
    "totals": ["", "by=year", "by=country&measure=missing", "measure=arrivals&by=route", "from=1990-01-01&to=1990-12-31"],
    "series": ["", "step=year&route=darien&flow=encounters", "from=1990-01-01&to=1990-12-31", "limit=2&offset=5"],
    "cells": ["", "measure=detections", "measure=events&resolution=1", "from=1990-01-01&to=1990-12-31"],
    "incidents": ["", "limit=10000", "from=1990-01-01&to=1990-12-31"],
    "segments": ["", "route=darien"], "sources": ["", "limit=1"], "vintages": [""], "exports": ["", "limit=2"],
    "risk": ["route=central-mediterranean&from=2018-01-01&to=2018-12-31", "route=darien&from=2018-01-01&to=2018-12-31",
             "route=central-mediterranean&from=2019-01-01&to=2019-12-31", "route=english-channel&from=1990-01-01&to=1990-12-31"],
    "quote": ["text=1 in 35", "text=1 in 250", "text=1:35&deaths=1314&attempts=45648", "text=2.9%&route=darien"],
    "trends": ["", "route=darien&step=year", "from=1990-01-01&to=1990-12-31", "measure=incidents"],
    "compare": ["first=2023-01-01..2023-12-31&second=2024-01-01..2024-12-31",
                "first=2013-07-01..2014-06-30&second=2024-07-01..2025-06-30&by=cell"],
    "corridors": ["", "measure=events&from=1990-01-01&to=1990-12-31"],
    "hotspots": ["study_area=mediterranean&emerging=yes", "from=1990-01-01&to=1990-12-31", "study_area=english-channel&resolution=1"],
    "sector": ["place=Lampedusa&radius_km=100&since=2025-01-01&incidents_above=3", "at=0,80&radius_km=1",
               "area=Libya&from=1990-01-01&to=1990-12-31"],
    "indicators": ["", "limit=1"], "policy_events": [""], "treaties": ["", "limit=1"],
    "figures": ["indicator=refugees", "indicator=protection_share&from=2024-01-01", "indicator=visas_refused_share&limit=1"],
    "views": ["view=protection", "view=unidentified&route=central-mediterranean", "view=unknown", "view=treaties"],
    "sector/changes": ["area=Libya", "place=Lampedusa&radius_km=100&since=2025-01-01"],
}  # fmt: skip


def test_every_answer_has_a_shape() -> None:
    assert ASKED.keys() == SHAPES.keys()


@pytest.mark.parametrize(("name", "query"), [(name, query) for name, queries in ASKED.items() for query in queries])
def test_an_answer_holds_what_is_described(client: FlaskClient, name: str, query: str) -> None:
    answer = client.get(f"/api/v1/{name}?{query}")
    assert answer.status_code == 200, answer.text
    found: Any = answer.get_json()
    assert [
        error.message for error in validator_for({**SHAPES[name], "components": {"schemas": NAMED}}).iter_errors(found)
    ] == []


def test_the_description_holds_the_shapes(client: FlaskClient) -> None:
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    for name, shape in SHAPES.items():
        content = paths[f"/api/v1/{name}"]["get"]["responses"]["200"]["content"]
        assert content["application/json"]["schema"] == shape
