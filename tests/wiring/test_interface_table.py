"""An answer of the interface stands in one table: it is served, let through, described and listed, or there is none."""

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks.api.collections import ANY_LIST
from callbacks.api.openapi.answers import answer_parameters
from callbacks.server.guard import is_interface
from callbacks.server.interface import ADDRESSES, ANSWERS, EVERY, EXPORTS, LISTS, ROOT
from data.query.described import selection_parameters
from data.store.store import Store


def test_every_answer_that_is_served_stands_in_the_table(app: Dash) -> None:
    rules = {rule.rule for rule in app.server.url_map.iter_rules() if rule.rule.startswith(ROOT)}
    single = {rule for rule in rules if "<" not in rule and not rule.startswith(EXPORTS)}
    assert single == set(ADDRESSES) - {one.path for one in LISTS.values()}
    assert {f"{ROOT}{ANY_LIST}", f"{ROOT}{ANY_LIST}.<kind>"} <= rules


def test_every_answer_of_the_table_is_described_with_its_parameters(
    client: FlaskClient, demonstration_store: Store
) -> None:
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    assert {one.path: one.summary for one in EVERY.values()}.items() <= {
        path: stated["get"]["summary"] for path, stated in paths.items()
    }.items()
    known = selection_parameters(demonstration_store, demonstration_store.current())
    assert answer_parameters(known).keys() == ANSWERS.keys()


@pytest.mark.parametrize(
    "path", ["/api/v1/ship", "/api/v1/risk.csv", "/api/v2/cells", "/cells.csv", "/api/v1/a/cells.csv"]
)
def test_what_stands_nowhere_is_not_let_through(path: str) -> None:
    assert not is_interface(path)


@pytest.mark.parametrize("path", [*ADDRESSES, *(f"{one.path}.csv" for one in LISTS.values()), f"{EXPORTS}x.y"])
def test_what_stands_in_the_table_is_let_through(path: str) -> None:
    assert is_interface(path)
