"""Files for the browser: packed once, under the hash of their content, and the same after unpacking."""

from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from callbacks.build import build
from callbacks.server import precompress as pack
from callbacks.server import static_files as static
from data.store.store import Store


@pytest.fixture(scope="module")
def client(demonstration_store: Store) -> FlaskClient:
    return build(demonstration_store).server.test_client()


def test_a_packed_file_is_the_file(tmp_path: Path) -> None:
    content = b"people " * 1000
    assert pack.read_packed(content, tmp_path) is None
    pack.read_packed.cache_clear()
    assert pack.write_packed([content], tmp_path) == 1
    assert pack.write_packed([content], tmp_path) == 0
    assert brotli.decompress(pack.read_packed(content, tmp_path) or b"") == content


@pytest.mark.parametrize("path", ["/basemap/places.json", "/_dash-component-suites/dash/dcc/async-graph.js"])
def test_what_is_sent_is_the_same_packed_or_not(
    client: FlaskClient, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = client.get(path).get_data()
    pack.write_packed([plain], tmp_path)
    pack.read_packed.cache_clear()
    monkeypatch.setattr(static, "read_packed", lambda content: pack.read_packed(content, tmp_path))
    static._packed_file.cache_clear()
    sent = client.get(path, headers={"Accept-Encoding": "br"}).get_data()
    static._packed_file.cache_clear()
    assert sent == pack.place_of(plain, tmp_path).read_bytes()
    assert brotli.decompress(sent) == plain
