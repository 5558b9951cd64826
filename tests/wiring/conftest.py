"""One app on the demonstration data, and one client, for all wiring tests of a process."""

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks.build import build
from data.store.store import Store


@pytest.fixture(scope="session")
def app(demonstration_store: Store) -> Dash:
    """Return the app on the demonstration data; a test that changes an app builds its own."""
    return build(demonstration_store)


@pytest.fixture(scope="session")
def client(app: Dash) -> FlaskClient:
    """Return a client of that app."""
    return app.server.test_client()
