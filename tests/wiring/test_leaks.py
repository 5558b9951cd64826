"""Secrets planted in what is not public are told by no path, to no role, in no format and no language (RULES 9).

Every rule of the server is asked, every path of the description, and every callback of the page. That the walk finds
what it looks for is shown by switching off one check after the other: each time it finds a secret.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, Final

import polars as pl
import pytest
from werkzeug.test import TestResponse

from callbacks.server import response_cache
from data.model.roles import LIMITS, Reader, Role
from data.store import coarsening, line_cells, published, tiered, tiers, vintage
from data.store.store import Store
from tests.harness.leak_walk import DRAWN, OpenDoor, addresses, app_of, walk
from tests.harness.secrets_planted import WORD, leaks, plant, secrets_of

ROLES: Final = (Role.PUBLIC, Role.PARTNER, Role.BORDER)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return plant(tmp_path_factory.mktemp("leaks") / "store")


@pytest.mark.parametrize("role", ROLES)
def test_no_path_tells_a_role_what_it_may_not_know(planted: Store, role: Role) -> None:
    secrets = secrets_of(role)
    app, client, mark = app_of(planted, role)
    visited: set[str] = set()
    rules = app.server.url_map.bind("localhost")
    for asked, answer in walk(app, client, mark):
        assert leaks(answer, secrets) == [], asked
        assert answer.status_code < 500 or answer.status_code == 503, asked
        path = asked.split(" ", 1)[1].partition("?")[0]
        if path.startswith("/"):
            visited.add(str(rules.match(path, return_rule=True)[0]))
    asked_for = {str(rule) for rule in app.server.url_map.iter_rules() if "GET" in rule.methods}
    assert asked_for - visited == set()


def first_leak(store: Store, role: Role) -> str | None:
    """Return the first thing that the walk finds; None where it finds nothing."""
    secrets = secrets_of(role)
    app, client, mark = app_of(store, role)
    for asked, answer in walk(app, client, mark):
        if found := leaks(answer, secrets):
            return f"{asked}: {found}"
    return None


def with_limits(role: Role, **changed: Any) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setitem(LIMITS, role, replace(LIMITS[role], **changed))


def without(table: str) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setitem(tiers.CHANGES, table, lambda rows, _scope: rows)


def known_to_all(patch: pytest.MonkeyPatch) -> None:
    known = {name: [*ids, f"{WORD}-{name}", f"{WORD}-route-of-counts"] for name, ids in coarsening.known_ids().items()}
    for module in (coarsening, tiers, line_cells):
        patch.setattr(module, "known_ids", lambda: known)


def days_of_all(patch: pytest.MonkeyPatch) -> None:
    published._published.cache_clear()
    patch.setattr(published, "PUBLIC", "restricted")
    patch.setattr(published, "said_in", lambda _: SimpleNamespace(not_public={}))


@pytest.fixture(autouse=True)
def _days_are_read_anew() -> Iterator[None]:
    yield
    published._published.cache_clear()


def by_name(module: Any) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(module, "pseudonym", lambda text, **_: text)


def small_alone(counts: pl.DataFrame, smallest: int) -> pl.DataFrame:
    return counts.filter(~pl.col("value").is_between(1, smallest - 1))


SWITCHED_OFF: Final[dict[str, tuple[Role, Callable[[pytest.MonkeyPatch], None]]]] = {
    "finest place": (Role.PUBLIC, with_limits(Role.PUBLIC, finest=7)),
    "finest place of partners": (Role.PARTNER, with_limits(Role.PARTNER, finest=6)),
    "finest place of border teams": (Role.BORDER, with_limits(Role.BORDER, finest=7)),
    "delay": (Role.PUBLIC, with_limits(Role.PUBLIC, days=0)),
    "delay at sea": (Role.PUBLIC, with_limits(Role.PUBLIC, days_at_sea=7)),
    "delay of partners": (Role.PARTNER, with_limits(Role.PARTNER, days=0, days_at_sea=0)),
    "small groups": (Role.PUBLIC, with_limits(Role.PUBLIC, smallest_group=1)),
    "small groups of border teams": (Role.BORDER, with_limits(Role.BORDER, smallest_group=1)),
    "complementary suppression": (Role.PUBLIC, lambda patch: patch.setattr(tiers, "without_small_groups", small_alone)),
    "generalised lines": (Role.PARTNER, with_limits(Role.PARTNER, sees_lines=True)),
    "texts": (Role.PARTNER, lambda patch: patch.setattr(coarsening, "TEXTS", ())),
    "ids of records": (Role.PARTNER, by_name(coarsening)),
    "ids of counts and files": (Role.PUBLIC, by_name(tiers)),
    "ids that are texts of the file": (Role.PUBLIC, known_to_all),
    "account of files": (Role.PUBLIC, without("sources")),
    "days of vintages": (Role.PUBLIC, days_of_all),
    "who reads": (Role.PUBLIC, lambda patch: patch.setattr(tiered, "role_in_use", lambda: Role.OPERATOR)),
}  # fmt: skip


@pytest.mark.parametrize("check", SWITCHED_OFF)
def test_the_walk_finds_what_each_check_hides(planted: Store, monkeypatch: pytest.MonkeyPatch, check: str) -> None:
    role, switch_off = SWITCHED_OFF[check]
    switch_off(monkeypatch)
    assert first_leak(planted, role) is not None


def asked_in_turn(store: Store) -> Iterator[tuple[str, TestResponse]]:
    """Return what the public is answered by an app after a border team has asked the same."""
    app, client, mark = app_of(store, Role.BORDER)
    seen: Any = app.whole
    for address in [one for one in addresses(app, mark) if not one.partition("?")[0].endswith(DRAWN)]:
        seen.door = OpenDoor(Reader(Role.BORDER, account="someone"))
        client.get(address)
        seen.door = OpenDoor(Reader(Role.PUBLIC))
        yield address, client.get(address)


def test_no_reader_is_given_what_another_was_told(planted: Store) -> None:
    secrets = secrets_of(Role.PUBLIC)
    assert [asked for asked, answer in asked_in_turn(planted) if leaks(answer, secrets)] == []


def test_the_walk_finds_what_a_cache_without_the_reader_tells(planted: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(response_cache, "reader_in_use", lambda: None)
    monkeypatch.setattr(vintage.Vintage, "mark", "v000001-00000000")
    secrets = secrets_of(Role.PUBLIC)
    assert any(leaks(answer, secrets) for _, answer in asked_in_turn(planted))


def test_what_a_role_is_told_is_kept_by_no_shared_cache(planted: Store) -> None:
    for role in ROLES:
        _, client, mark = app_of(planted, role)
        for address in (
            "/",
            "/api/v1/totals",
            "/api/v1/totals?vintage=v000001",
            f"/cells/{mark}/mmp/4.bin",
            "/cells/values",
        ):
            headers = client.get(address).headers
            is_private = headers["Cache-Control"] == "private, no-store" if "Cache-Control" in headers else False
            assert is_private == (role is not Role.PUBLIC), address
            assert role is Role.PUBLIC or not {"Access-Control-Allow-Origin", "ETag"} & {*headers.keys()}
        assert "public" in client.get("/basemap/land.json").headers["Cache-Control"]
