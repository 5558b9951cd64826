"""Secrets planted in what is not public are told by no path, to no role, in no format and no language (RULES 9).

Every rule of the server is asked, every path of the description, and every callback of the page. That the walk finds
what it looks for is shown by switching off one check after the other: each time it finds a secret.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final, NamedTuple

import polars as pl
import pytest
from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from callbacks.server import reader as readers
from callbacks.server import response_cache
from data.model import roles
from data.model.notices import LOCALES, speaking
from data.model.roles import LIMITS, Reader, Role
from data.store import coarsening, line_cells, published, tiered, tiers, vintage
from data.store.store import Store
from geo.cells import cell_of_point, cell_text
from tests.harness.description import paths
from tests.harness.secrets_planted import LAND, SEA, WORD, leaks, plant, secrets_of
from tests.harness.tiers import public_app

ROLES: Final = (Role.PUBLIC, Role.PARTNER, Role.BORDER)
ENDPOINT: Final = "/_dash-update-component"
SOURCES: Final = ("", "source=incidents-own", "source=counts", "source=nonsense", "route=nonsense")
WINDOWS: Final = "first=2024-01-01..2024-03-31&second=2024-04-01..2024-06-30"
AREA: Final = f"at={SEA[1]:.1f},{SEA[0]:.1f}&radius_km=200"
NEEDED: Final = {  # what an answer cannot do without
    "/api/v1/risk": "route=central-mediterranean&from=2024-01-01&to=2024-12-31",
    "/api/v1/quote": "quote=1%20in%2035",
    "/api/v1/compare": f"{WINDOWS}&by=cell&resolution=4",
    "/api/v1/sector": AREA, "/api/v1/sector/changes": AREA, "/api/v1/sector/changes.atom": AREA, "/sector": AREA,
    "/api/v1/hotspots": "study_area=mediterranean&resolution=4", "/embed": "figure=map", "/embed.svg": "figure=map&width=low",
    "/incidents/words": "row=0", "/cells/ring": "cell=831f8dfffffffff", "/cells/words": "cell=831f8dfffffffff&resolution=3",
}  # fmt: skip
OWN: Final = "source=incidents-own"
VARIED: Final = (f"{OWN}&from=2024-01-01&to=2024-12-31", f"{OWN}&resolution=6&measure=dead", "step=year&flow=arrivals")
DRAWN: Final = (".png", ".pdf", ".svg", "view.html")  # what takes long to make: asked last, and less
FEW: Final = ("resolution=4&flow=arrivals", f"{OWN}&resolution=4")
GROUPED: Final = [f"/api/v1/totals?{source}&by={by}&measure={measure}" for source in SOURCES[:3]
                  for by in ("cause", "country", "route", "region", "month", "year")
                  for measure in ("dead_or_missing", "arrivals")]  # fmt: skip


def addresses(app: Dash, mark: str) -> list[str]:
    """Return every path of the server and of the description, with the questions that they take; drawings last."""
    plain = [str(rule) for rule in app.server.url_map.iter_rules() if not rule.arguments and "GET" in rule.methods]
    filled = [
        *(f"/cells/{mark}/{source}/{size}.bin" for source in ("mmp", "incidents-own") for size in range(7)),
        f"/routes/{mark}.json", "/cells/other", "/api/v1/exports/other", "/other", "/basemap/land.json",
        "/assets/main.mjs", "/assets/x/main.mjs", "/static/x", "/_dash-component-suites/dash/x.js",
        *(f"/api/v1/{path}" for path in ("exports/risk.csv?route=central-mediterranean", "totals.csv", "vintages.json")),
    ]  # fmt: skip
    every = sorted({*plain, *paths()}, key=lambda path: path.endswith(DRAWN))
    asked = [_with(path, NEEDED.get(path, ""), more) for path in every
             for more in (FEW if path.endswith(DRAWN) else (*SOURCES, *VARIED))]  # fmt: skip
    near = [f"/cells/words?resolution=6&cell={cell_text(cell)}" for cell in _cells()]
    rows = [f"/incidents/words?row={row}&source=incidents-own&resolution=6" for row in range(4)]
    return [*dict.fromkeys([*GROUPED, *near, *rows, *filled, *asked])]


def _with(path: str, *parts: str) -> str:
    query = "&".join(part for part in parts if part)
    return f"{path}?{query}" if query else path


def _cells() -> list[int]:
    return [cell_of_point(latitude=y, longitude=x, resolution=6) for y, x in (SEA, LAND)]


def posted(app: Dash) -> Iterator[dict[str, Any]]:
    """Return a body for every callback of the page, asking about what is not public."""
    for output, declared in app.callback_map.items():
        if "callback" not in declared:
            continue  # the browser's own
        names = output.strip(".").split("...") if output.startswith("..") else [output]
        outputs = [dict(zip(("id", "property"), name.split("@")[0].rsplit(".", 1), strict=True)) for name in names]
        for query in ("", "source=incidents-own", "source=incidents-own&ask=sector&ask.place=Lampedusa"):
            yield {
                "output": output, "outputs": outputs if output.startswith("..") else outputs[0], "changedPropIds": [],
                **{part: [{**one, "value": query if one["property"] == "data" else None} for one in declared[part]]
                   for part in ("inputs", "state")},
            }  # fmt: skip


def walk(app: Dash, client: FlaskClient, mark: str) -> Iterator[tuple[str, TestResponse]]:
    """Return every answer to one reader, in every language."""
    for language in LOCALES:
        with speaking(language):
            for address in addresses(app, mark):
                yield f"{language} {address}", client.get(address, headers={"Accept-Language": language})
            for body in posted(app):
                yield f"{language} {body['output']}", client.post(ENDPOINT, json=body)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return plant(tmp_path_factory.mktemp("leaks") / "store")


class OpenDoor(NamedTuple):
    """A door through which everybody comes in as one reader."""

    reader: Reader

    def find(self, _environ: dict[str, Any]) -> Reader:
        return self.reader

    def note(self, reader: Reader, path: str) -> None:
        assert reader.role is not Role.PUBLIC
        assert path.startswith("/")


def app_of(store: Store, role: Role) -> tuple[Dash, FlaskClient, str]:
    """Return an app in public mode that takes every request for one of a role's, its client and its vintage's mark."""
    app = public_app(store.folder)
    seen: Any = app.whole
    assert isinstance(seen, readers.KnownReader)
    seen.door = OpenDoor(Reader(role, account="someone", agreement="A-1"))
    with roles.reading_as(Reader(role, account="someone", agreement="A-1")):
        mark = tiered.TieredStore(store.folder).current().mark
    return app, app.server.test_client(), mark


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
