"""Tags: each thing that decides an answer changes its tag, and 304 is told before anything is computed."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from callbacks.build import create_app
from callbacks.server.entity_tag import WHOLE_PAGE, Asked, asked_of, entity_tag, is_unchanged
from callbacks.serving.wsgi import run
from data.store.pointer import CURRENT
from data.store.store import Store
from tests.harness.small_store import NEAR, publish

ASKED = Asked("v000001-0", "/api/v1/totals", "by=year&from=2020-01-01", "text/csv", "en", "public", ("v000001",))


@pytest.mark.parametrize("name", [one.name for one in fields(Asked)])
def test_each_thing_that_decides_an_answer_changes_its_tag(name: str) -> None:
    other = ("v000002",) if name == "beside" else "by=month"
    assert entity_tag(replace(ASKED, **{name: other})) != entity_tag(ASKED)


def test_the_order_of_parameters_changes_nothing_but_what_they_say_does() -> None:
    assert entity_tag(replace(ASKED, query="from=2020-01-01&by=year")) == entity_tag(ASKED)
    assert entity_tag(replace(ASKED, query="from=2020-01-01&by=")) != entity_tag(
        replace(ASKED, query="from=2020-01-01")
    )


@given(st.lists(st.text("abc0", min_size=1, max_size=4), max_size=5), st.booleans(), st.data())
def test_a_list_of_tags_holds_the_answer_if_one_of_them_is_its_own(
    others: list[str], is_weak: bool, data: st.DataObject
) -> None:
    tag = entity_tag(ASKED)
    stated = [f'"{one}"' for one in others]
    assert not is_unchanged(", ".join(stated), tag)
    place = data.draw(st.integers(0, len(stated)))
    stated.insert(place, f'W/"{tag}"' if is_weak else f'"{tag}"')
    assert is_unchanged(", ".join(stated), tag)


@pytest.mark.parametrize("header", [None, "", "*", '"', "W/", '"*"', entity_tag(ASKED)[:-1], '"' + "x" * 5000])
def test_what_states_no_such_tag_is_not_unchanged(header: str | None) -> None:
    assert not is_unchanged(header, entity_tag(ASKED))


@pytest.mark.parametrize("path", ["/api/v1/totals", "/api/v1/cells.csv", "/api/v1/exports/incidents.csv",
                                  "/api/v1/exports/map.svg", "/api/v1/trends", "/sector?area=Libya", "/embed.svg"])  # fmt: skip
def test_304_is_told_before_a_table_is_read(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    whole = client.get(path)
    assert whole.status_code == 200
    assert whole.headers["ETag"].startswith('W/"')

    def refuse(*_: object) -> None:
        raise AssertionError("something was computed")

    for view in client.application.view_functions:
        monkeypatch.setitem(client.application.view_functions, view, refuse)
    kept = client.get(path, headers={"If-None-Match": f'"a", {whole.headers["ETag"]}'})
    assert (kept.status_code, kept.data) == (304, b"")
    for name in ("ETag", "Cache-Control", "Access-Control-Allow-Origin", "Content-Security-Policy"):
        assert kept.headers[name] == whole.headers[name]
    assert set(kept.vary) >= {"Accept"}


@pytest.mark.parametrize("path", WHOLE_PAGE)
def test_a_reader_who_comes_again_is_sent_no_page_until_something_in_it_changes(tmp_path: Path, path: str) -> None:
    store = Store(tmp_path / "store")
    publish(store, NEAR | {"dead_or_missing": 2})
    client = create_app(store.folder).server.test_client()
    first = client.get(path, query_string="lang=en")
    stated = {"If-None-Match": first.headers["ETag"]}
    again = client.get(path, query_string="lang=en", headers=stated)
    assert (again.status_code, again.data, again.headers["Cache-Control"]) == (304, b"", "no-cache")
    assert "Access-Control-Allow-Origin" not in first.headers
    publish(store, NEAR | {"dead_or_missing": 5})
    assert client.get(path, query_string="lang=en", headers=stated).status_code == 200


def test_a_page_that_says_why_an_older_vintage_is_in_use_is_not_the_one_before(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    publish(store, NEAR | {"dead_or_missing": 2})
    publish(store, NEAR | {"dead_or_missing": 5})
    tag = create_app(store.folder).server.test_client().get("/_dash-layout").headers["ETag"]
    (store.folder / CURRENT).unlink()
    (store.folder / CURRENT).symlink_to("v000001")
    again = create_app(store.folder).server.test_client().get("/_dash-layout", headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert "holds newer data" in again.text or "is newer" in again.text


def test_any_tag_is_told_unchanged_where_there_is_an_answer_and_refused_where_there_is_none(
    client: FlaskClient,
) -> None:
    star = {"If-None-Match": "*"}
    assert client.get("/api/v1/totals", headers=star).status_code == 304
    assert client.get("/api/v1/totals?by=nothing", headers=star).status_code == 400


def test_a_new_vintage_changes_the_tag_of_the_newest_alone(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    publish(store, NEAR | {"dead_or_missing": 2})
    client = create_app(store.folder).server.test_client()
    paths = ("/api/v1/totals", "/api/v1/totals?vintage=v000001", "/api/v1/vintages?vintage=v000001")
    before = [client.get(path).headers["ETag"] for path in paths]
    publish(store, NEAR | {"dead_or_missing": 5})
    after = [
        client.get(path, headers={"If-None-Match": tag}).status_code for path, tag in zip(paths, before, strict=True)
    ]
    assert after == [200, 304, 200]
    assert asked_of(store, path="/api/v1/totals", query="vintage=v000009") is None


def test_a_release_of_a_sector_changes_the_tag_of_its_feed(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    publish(store, NEAR)
    path = {"path": "/api/v1/sector/changes", "query": "area=Italy"}
    before = asked_of(store, **path)
    (store.folder / "alerts").mkdir()
    (store.folder / "alerts" / "log.jsonl").write_text("{}\n", "utf-8")
    after = asked_of(store, **path)
    assert before is not None
    assert after is not None
    assert entity_tag(before) != entity_tag(after)


@pytest.mark.parametrize("path", ["/assets/questions.css", "/api/v1/totals"])
def test_what_has_not_changed_is_told_whole_and_never_waits_for_files_that_are_sent(
    demonstration_store: Store, path: str
) -> None:
    app = create_app(demonstration_store.folder)
    with app.server.test_client().get(path) as first:
        again = EnvironBuilder(path=path, headers={"If-None-Match": first.headers["ETag"]}).get_environ()
    told = run(app.whole, again)
    assert (told.status, told.content, told.rest) == ("304 NOT MODIFIED", b"", None)
