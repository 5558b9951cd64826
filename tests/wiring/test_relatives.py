"""The page on how to search for a relative: its services are the operator's, and without a list there is no address."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from callbacks.build import build
from data.store.ingest import How, ingest
from data.store.store import Store

PATH = "/pillars/1/relatives"
LIST = (
    "service,country,web,languages,checked\n"
    "Tracing <of> Nordland,Italy,https://tracing.example.org/it,Italian; French,2026-11-01\n"
)
ADDRESS = re.compile(r'href="https?://')


def test_without_a_list_the_page_says_that_services_exist_and_shows_no_address(client: FlaskClient) -> None:
    page = client.get(PATH)
    assert page.status_code == 200
    assert "tracing services of the Red Cross and Red Crescent" in page.text
    assert "no address is made up" in page.text
    assert not ADDRESS.search(page.text)
    assert "<input" not in page.text


def test_the_view_of_those_without_a_name_and_its_pillar_lead_there(client: FlaskClient) -> None:
    page = client.get("/pillars/1?route=central-mediterranean").text
    article = re.search(r'<article[^>]* id="unidentified">.*?</article>', page, re.DOTALL)
    assert article
    for part in (article[0], page.replace(article[0], "")):
        assert f'href="{PATH}?route=central-mediterranean"' in part


def test_a_list_fills_the_page_and_its_texts_are_written_as_texts(tmp_path: Path) -> None:
    path, store = tmp_path / "tracing.csv", Store(tmp_path / "store")
    path.write_text(LIST, encoding="utf-8")
    ingest([path], store, how=How(sensitivity="public"))
    page = build(store).server.test_client().get(PATH).text
    for what in (
        'href="https://tracing.example.org/it"',
        "Tracing &lt;of&gt; Nordland",
        "Italian, French",
        "1 November 2026",
    ):
        assert what in page


@pytest.mark.parametrize("path", ["/pillars/2/relatives", "/pillars/1/relatives/x", "/pillars/relatives"])
def test_there_is_one_such_page(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
