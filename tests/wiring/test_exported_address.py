"""A file that leaves states an address that opens the view again: the stated one, else the host that was asked."""

import io
import zipfile

import pytest
from flask.testing import FlaskClient

from callbacks.build import build
from data.store.store import Store

FIGURES = ["cells", "series", "risk"]


@pytest.fixture(scope="module")
def client(demonstration_store: Store) -> FlaskClient:
    return build(demonstration_store).server.test_client()


@pytest.mark.parametrize("figure", FIGURES)
def test_it_names_the_host_that_was_asked(client: FlaskClient, figure: str) -> None:
    for host in ("crossings.example", "localhost:8050"):
        assert f"http://{host}/?" in _about(client, figure, host)


def test_a_stated_address_goes_before_the_host(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSINGS_ADDRESS", "https://stated.example")
    assert "https://stated.example/?" in _about(client, "cells", "other.example")


def test_a_host_that_is_none_is_not_printed(client: FlaskClient) -> None:
    assert "<script>" not in _about(client, "cells", "a.example<script>")


def _about(client: FlaskClient, figure: str, host: str) -> str:
    where = (
        "risk.csv?route=central-mediterranean&dictionary=yes" if figure == "risk" else f"{figure}.csv?dictionary=yes"
    )
    answer = client.get(f"/api/v1/exports/{where}&to=2020-12-31", headers={"Host": host})
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".md"))
