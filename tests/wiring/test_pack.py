"""Files for the browser: packed once, under the hash of their content, and the same after unpacking."""

from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from app import create_app
from callbacks import pack, static
from data.store import Store


@pytest.fixture
def client(demonstration_store: Store) -> FlaskClient:
    return create_app(demonstration_store.folder).server.test_client()


def test_a_packed_file_is_the_file(tmp_path: Path) -> None:
    content = b"people " * 1000
    assert pack.packed(content, tmp_path) is None
    pack.packed.cache_clear()
    assert pack.write_packed([content], tmp_path) == 1
    assert pack.write_packed([content], tmp_path) == 0
    assert brotli.decompress(pack.packed(content, tmp_path) or b"") == content


@pytest.mark.parametrize("path", ["/basemap/places.json", "/_dash-component-suites/dash/dcc/async-graph.js"])
def test_what_is_sent_is_the_same_packed_or_not(
    client: FlaskClient, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = client.get(path).get_data()
    pack.write_packed([plain], tmp_path)
    pack.packed.cache_clear()
    monkeypatch.setattr(static, "packed", lambda content: pack.packed(content, tmp_path))
    static._packed_file.cache_clear()
    sent = client.get(path, headers={"Accept-Encoding": "br"}).get_data()
    static._packed_file.cache_clear()
    assert sent == pack.place_of(plain, tmp_path).read_bytes()
    assert brotli.decompress(sent) == plain
