"""JavaScript modules: all at one version, kept for good, announced at once, and run before Dash starts."""

import hashlib
import re
from urllib.parse import urljoin

import brotli
import pytest
from flask.testing import FlaskClient

from callbacks.build import create_app
from callbacks.server import browser_modules as modules
from callbacks.server import stylesheets
from data.store.store import Store


@pytest.fixture
def client(demonstration_store: Store) -> FlaskClient:
    return create_app(demonstration_store.folder).server.test_client()


def test_the_page_announces_every_module_once_and_runs_the_entry_before_dash(client: FlaskClient) -> None:
    page = client.get("/").text
    announced = re.findall(r'<link rel="modulepreload" href="([^"]+)">', page)
    assert announced == [
        f"/assets/{modules.version()}/{name}" for name in modules.contents() if name not in modules.LATER
    ]
    assert len(announced) > 20
    run = re.findall(r'<script[^>]* type="module"[^>]*>', page)
    assert [modules.ENTRY in tag for tag in run] == [True, False]
    assert 'id="_dash-renderer"' in run[1]
    assert not re.findall(r'<script src="/assets/', page), "a script that is no module"


def test_a_module_is_kept_for_good_and_compressed(client: FlaskClient) -> None:
    for name, content in modules.contents().items():
        answer = client.get(f"/assets/{modules.version()}/{name}", headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200, name
        assert answer.mimetype == "text/javascript"
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Encoding"] == "br"
        assert brotli.decompress(answer.data) == content


def test_what_a_module_imports_is_there(client: FlaskClient) -> None:
    for name, content in modules.contents().items():
        for path in re.findall(r'from "(\.[^"]+)"', content.decode()):
            address = urljoin(f"/assets/{modules.version()}/{name}", path)
            assert client.get(address).status_code == 200, (name, path)


def test_a_page_read_before_an_upgrade_gets_the_new_modules_and_keeps_none(client: FlaskClient) -> None:
    answer = client.get(f"/assets/0123456789ab/{modules.ENTRY}")
    assert answer.data == modules.contents()[modules.ENTRY]
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["page.css", "map/none.mjs", "../page.py", "map"])
def test_only_modules_are_under_the_version(client: FlaskClient, name: str) -> None:
    assert client.get(f"/assets/{modules.version()}/{name}").status_code == 404


def test_the_stylesheets_are_one_file_named_by_what_is_in_it_so_the_page_is_the_same_on_every_machine(
    client: FlaskClient,
) -> None:
    named = re.findall(r'<link rel="stylesheet" href="([^"]+)"', client.get("/").text)
    assert named == [stylesheets.address()]
    answer = client.get(named[0])
    assert hashlib.sha256(answer.data).hexdigest()[:12] in named[0]
    assert (answer.mimetype, "immutable" in answer.headers["Cache-Control"]) == ("text/css", True)
    for path in modules.FOLDER.glob("*.css"):
        assert (path.read_bytes() in answer.data) == (path.name not in stylesheets.LATER), path.name


def test_a_page_read_before_an_upgrade_gets_the_new_stylesheet_and_keeps_none(client: FlaskClient) -> None:
    answer = client.get("/assets/page-0123456789ab.css")
    assert (answer.data, answer.headers["Cache-Control"]) == (stylesheets.content(), "no-cache")
    assert client.get("/assets/page-1.css").status_code == 404
