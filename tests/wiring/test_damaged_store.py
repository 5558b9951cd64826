"""A store that is damaged before or while it is served: readers get the newest whole vintage, and are told so."""

import shutil
from pathlib import Path

import polars as pl
import pytest
from flask.testing import FlaskClient

from callbacks.api import collections
from callbacks.build import create_app
from data.__main__ import main
from data.model.errors import StoreError
from data.store.ingest import ingest
from data.store.pointer import CURRENT
from data.store.publication import MANIFEST, PUBLICATION
from data.store.store import Store
from tests.harness.killed_writer import numbered_file

TOTALS = "/api/v1/totals?measure=detections"


@pytest.fixture
def three(tmp_path: Path) -> Path:
    """A store of three vintages, which count 1, 3 and 7, and a copy of it beside."""
    folder = tmp_path / "store"
    for number in range(3):
        ingest([numbered_file(tmp_path, number)], Store(folder))
    shutil.copytree(folder, tmp_path / "copy", symlinks=True)
    return folder


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def served(client: FlaskClient) -> tuple[str, int]:
    found = client.get(TOTALS).get_json()
    return found["vintage"], found["total"]


def banner_of(client: FlaskClient) -> str:
    found = str(client.get("/_dash-layout").get_json())
    return found if "is-older" in found else ""


@pytest.mark.parametrize("lost", ["counts.parquet", MANIFEST, PUBLICATION, "all of it"])
@pytest.mark.parametrize("way", ["restore", "rollback"])
def test_the_newest_whole_vintage_is_served_and_said_to_be_so(
    three: Path, caplog: pytest.LogCaptureFixture, lost: str, way: str
) -> None:
    shutil.rmtree(three / "v000003") if lost == "all of it" else flip(three / "v000003" / lost)
    client = create_app(three).server.test_client()
    for _ in range(3):
        assert served(client) == ("v000002", 3)
    ready = client.get("/readyz")
    assert (ready.status_code, ready.get_json()["vintage"]) == (200, "v000002")
    degraded = ready.get_json()["degraded"]
    assert (degraded["vintage"], degraded["served"]) == ("v000003", "v000002")
    assert "v000003" in degraded["problem"]
    assert degraded["since"]
    assert "The newest data (v000003) is damaged and not shown. Shown instead is v000002" in banner_of(client)
    assert len([one for one in caplog.records if "v000002, the newest whole vintage, is served" in one.message]) == 1
    assert main([way, *([str(three.parent / "copy")] if way == "restore" else []), "--store", str(three)]) == 0
    assert served(client) == (("v000003", 7) if way == "restore" else ("v000004", 3))
    assert "degraded" not in client.get("/readyz").get_json()
    assert not banner_of(client)


@pytest.mark.parametrize("left", [None, "rubbish"])
def test_a_store_without_current_is_served_and_said_to_be_so(three: Path, left: str | None) -> None:
    (three / CURRENT).unlink()
    if left:
        (three / CURRENT).write_text(left)
    client = create_app(three).server.test_client()
    assert served(client) == ("v000003", 7)
    assert client.get("/readyz").get_json()["degraded"]["vintage"] is None
    assert "the store has lost its mark" in banner_of(client)


def test_what_is_pinned_to_a_damaged_vintage_is_never_answered_from_another(three: Path) -> None:
    day = Store(three).published()[-1].published
    flip(three / "v000003" / "sources.parquet")
    flip(three / "v000003" / MANIFEST)
    client = create_app(three).server.test_client()
    for pinned in ("v000003", day):
        for _ in range(2):
            answer = client.get(f"{TOTALS}&vintage={pinned}")
            assert answer.status_code == 503
            assert "v000003" in answer.get_json()["detail"]
            assert "immutable" not in answer.headers.get("Cache-Control", "")
    assert client.get(f"{TOTALS}&vintage=v000001").get_json()["total"] == 1
    assert main(["restore", str(three.parent / "copy"), "--store", str(three)]) == 0
    for pinned in ("v000003", day):
        assert client.get(f"{TOTALS}&vintage={pinned}").get_json()["total"] == 7


def test_a_query_that_fails_on_a_damaged_file_ends_in_a_sentence_and_the_next_is_answered(
    three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(three).server.test_client()
    assert served(client) == ("v000003", 7)
    flip(three / "v000003" / "incidents.parquet")

    def fails(*_given: object, **_named: object) -> object:
        raise pl.exceptions.ComputeError("a page of the file cannot be read")

    with monkeypatch.context() as failing:
        failing.setattr(collections, "totals_list", fails)
        answer = client.get(f"{TOTALS}&from=2001-01-01")
    assert answer.status_code == 503
    assert "v000003/incidents.parquet does not match its SHA-256" in answer.get_json()["detail"]
    assert served(client) == ("v000002", 3)


def test_a_table_that_is_damaged_before_it_is_read_is_not_read(three: Path) -> None:
    told: list[str] = []
    store = Store(three, tell=told.append)
    opened = store.current()
    flip(three / "v000003" / "counts.parquet")
    with pytest.raises(StoreError, match=r"v000003/counts\.parquet does not match its SHA-256"):
        _ = opened.counts
    assert store.current().counts["value"].sum() == 3
    assert len(told) == 1
    shutil.copyfile(three.parent / "copy" / "v000003" / "counts.parquet", three / "v000003" / "counts.parquet")
    assert store.current().counts["value"].sum() == 7
    assert store.lost() is None
