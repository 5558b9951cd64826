"""What was restricted after it had been published is told by no vintage, no process and no shared cache (RULES 9)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from callbacks.build import create_app
from callbacks.server import reader as readers
from data.model.errors import StoreError
from data.model.roles import Role
from data.model.settings import settings_with
from data.store import tiered, vintage
from data.store.mending import roll_back
from data.store.sensitivity import Said
from data.store.store import Store
from tests.harness.leak_walk import DRAWN, OWN, addresses, app_of, with_query
from tests.harness.secrets_planted import WORD, leaks, plant, secrets_of
from tests.harness.small_store import NEAR, publish
from tests.harness.tiers import public_app, stated


@pytest.fixture(scope="module")
def since(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return a store whose secrets were public in v000001, restricted in v000002; v000003 goes back to the first."""
    folder = tmp_path_factory.mktemp("since") / "store"
    for sensitivity in ("public", "restricted"):
        store = plant(folder, sensitivity=sensitivity)
    roll_back(store, "v000001", reason=None)
    return Store(folder)


def of_older(store: Store) -> Iterator[tuple[str, TestResponse]]:
    """Return what the public is answered about vintages whose own files say that all is public."""
    app, client, mark = app_of(store, Role.PUBLIC)
    asked = [one for one in addresses(app, mark) if not one.partition("?")[0].endswith(DRAWN)]
    pinned = [
        with_query(*one.split("?", 1), "vintage=v000001") if "?" in one else f"{one}?vintage=v000001" for one in asked
    ]
    for address in (*pinned, f"/api/v1/vintages?{OWN}", "/api/v1/vintages"):
        yield address, client.get(address)


def test_an_older_vintage_tells_nothing_that_was_restricted_since(since: Store) -> None:
    secrets, answered = secrets_of(Role.PUBLIC), 0
    for asked, answer in of_older(since):
        assert leaks(answer, secrets) == [], asked
        answered += answer.status_code == 200
        if not asked.startswith(readers.STATIC):
            assert not {"public", "immutable"} & {*re.split("[, ]+", answer.headers.get("Cache-Control", ""))}, asked
    assert answered > 100


def test_the_walk_finds_what_an_older_vintage_would_tell(since: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vintage, "said_in", lambda _: Said({}, {}))
    secrets = secrets_of(Role.PUBLIC)
    assert any(leaks(answer, secrets) for _, answer in of_older(since))


def test_a_store_that_is_all_public_is_kept_by_shared_caches(tmp_path: Path) -> None:
    publish(Store(tmp_path), NEAR)
    client = public_app(tmp_path).server.test_client()
    assert "public" in client.get("/api/v1/totals?vintage=v000001").headers["Cache-Control"]


def test_an_app_that_is_built_while_something_is_restricted_tells_it_by_tier(tmp_path: Path) -> None:
    store = plant(tmp_path / "store", sensitivity="public")
    with stated(MODE="public"):
        running = create_app(store.folder).server.test_client()
        assert WORD in running.get(f"/api/v1/incidents.csv?{OWN}&from=2024-01-01").text
        plant(store.folder)
        renewed = create_app(store.folder).server.test_client()
        with pytest.raises(StoreError, match="holds what is not public"):
            tiered.check_for_public(settings_with(store=store.folder))
    secrets = secrets_of(Role.PUBLIC)
    for client in (running, renewed):
        for pinned in ("", "&vintage=v000001"):
            for path in ("totals", "cells.csv", "sources"):
                answer = client.get(
                    f"/api/v1/{path}?{OWN}&resolution=4{pinned}" if path != "sources" else "/api/v1/sources"
                )
                assert answer.status_code == 200, answer.text
                assert leaks(answer, secrets) == []
