"""The policy is on everything: every path, file, refusal and kept answer; what each path gets is written out here."""

import re

import pytest
from dash import Dash
from flask import Flask
from flask.testing import FlaskClient

from callbacks.build import build, create_app
from callbacks.server.guard import ENDPOINT
from callbacks.server.headers import KINDS, directives, policy_headers
from data.store.store import Store
from tests.harness.description import paths

PAGE = {
    "default-src": "'none'", "script-src": r"'self' 'sha256-[A-Za-z0-9+/=]{44}'", "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:", "font-src": "'self'", "connect-src": "'self'", "worker-src": "'self' blob:", "manifest-src": "'self'", "base-uri": "'none'",
    "form-action": "'self'", "frame-ancestors": "'none'",
}  # fmt: skip
DOCUMENT = {
    "default-src": "'none'", "style-src": "'self' 'unsafe-inline'", "img-src": "data:", "font-src": "'self'", "base-uri": "'none'",
    "form-action": "'self'", "frame-ancestors": "'none'",
}  # fmt: skip
FRAME = {"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'", "font-src": "'self'",
         "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": r"\*"}  # fmt: skip
FILE = {
    "default-src": "'none'",
    "style-src": "'unsafe-inline'",
    "font-src": "data:",
    "sandbox": "",
    "frame-ancestors": "'none'",
}
WORKER = {"default-src": "'none'", "connect-src": "'self'", "frame-ancestors": "'none'"}
EXPECTED = {"/": PAGE, "/keep.js": WORKER, "/sector": DOCUMENT, "/api/v1/": DOCUMENT, "/embed": FRAME,
            "/pillars": DOCUMENT, "/pillars/1": DOCUMENT, "/pillars/1/relatives": DOCUMENT}  # fmt: skip
OTHERS = (  # beside what has a rule: what is refused, at each of the doors
    ("GET", "/nothing/here"), ("GET", "/api/v1/nothing"), ("GET", "/api/v1/exports/map.gif"), ("GET", "/assets/../app.py"),
    ("GET", "/embed?figure=nonsense"), ("GET", "/?" + "x" * 9000), ("GET", "/sector?area=Itly"), ("PUT", "/"), ("DELETE", "/healthz"),
    ("GET", "/_dash-component-suites/dash/nothing.js"), ("POST", ENDPOINT), ("OPTIONS", "/embed"), ("HEAD", "/"), ("GET", "/embed.svg"),
    ("GET", "/embed.svg?width=huge"), ("GET", "/cells/values"), ("GET", "/cells/values"), ("GET", "/incidents/words?row=99999999"),
    ("GET", "/embed/"), ("GET", "/EMBED"), ("GET", "/_favicon.ico"),
)  # fmt: skip


def expected(path: str, answer: dict[str, str], *, is_told: bool = False) -> None:
    """Assert that an answer has exactly the policy of its path, once; ``is_told``: a page says why there is no other."""
    plain = path.partition("?")[0]
    wanted, stated = EXPECTED.get(plain, DOCUMENT if is_told else FILE), directives(answer["Content-Security-Policy"])
    assert stated.keys() == wanted.keys(), path
    for name, value in wanted.items():
        assert re.fullmatch(f"{name} ?{value}", stated[name]), (path, stated[name])
    is_frame = plain == "/embed"
    is_for_others = plain in ("/embed", "/embed.svg", "/embed.css", "/embed.js") or plain.startswith(
        ("/api/", "/assets/type/")
    )
    assert answer["Cross-Origin-Resource-Policy"] == ("cross-origin" if is_for_others else "same-origin"), path
    assert answer.get("Cross-Origin-Opener-Policy") == (None if is_frame else "same-origin"), path
    assert answer.get("Cross-Origin-Embedder-Policy") == ("require-corp" if is_frame else None), path
    assert answer.get("X-Frame-Options") == (None if is_frame else "DENY"), path
    assert (answer["X-Content-Type-Options"], answer["Referrer-Policy"]) == ("nosniff", "no-referrer"), path
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(answer["Permissions-Policy"].split(", ")), path
    assert "Strict-Transport-Security" not in answer


def every_path(server: Flask) -> list[tuple[str, str]]:
    """Return a path for every rule of the server, with its method."""
    known = {"figure": "cells", "kind": "csv", "name": "totals", "mark": "x", "source": "x", "asked": "x", "package_name": "dash",
             "filename": "page.css", "fingerprinted_path": "deps/x.js", "other": "x", "path": "x", "resolution": "3",
             "number": "1", "version": "0123456789ab"}  # fmt: skip
    found = []
    for rule in server.url_map.iter_rules():
        path = re.sub(r"<(?:[^<>:]+:)?(\w+)>", lambda part: known[part[1]], rule.rule)
        found += [(method, path) for method in sorted(rule.methods or ())]
    return found


def test_every_path_has_the_policy_of_its_kind(app: Dash, client: FlaskClient) -> None:
    asked = [*every_path(app.server), *OTHERS, *(("GET", path) for path in paths()[::12])]
    assert len(asked) > 100
    for method, path in asked:
        answer = client.open(path, method=method)
        is_page = answer.mimetype == "text/html"
        expected(path, one_of_each(answer.headers.items()), is_told=is_page and answer.status_code >= 400)
        is_file = method != "GET" or "attachment" in answer.headers.get("Content-Disposition", "")
        is_shown = is_page and answer.status_code < 400 and not is_file
        answer.close()
        assert not is_shown or path.partition("?")[0] in KINDS, f"{path} is a document: name its kind"


def one_of_each(headers: object) -> dict[str, str]:
    """Return headers by name; a policy that is stated twice is the stricter of both, which nobody reads in the code."""
    listed = [(str(name), str(value)) for name, value in headers]  # type: ignore[attr-defined]
    twice = {name for name, _ in listed if sum(name == other for other, _ in listed) > 1} - {"Vary", "Set-Cookie"}
    assert not twice
    return dict(listed)


def test_an_answer_that_is_not_modified_or_kept_says_the_same(client: FlaskClient) -> None:
    for path in ("/embed", "/embed.css", "/api/v1/totals", "/embed.svg"):
        tag = client.get(path).headers["ETag"]
        again = client.get(path, headers={"If-None-Match": tag})
        assert again.status_code == 304
        expected(path, one_of_each(again.headers.items()))
    kept = [client.get("/cells/values?resolution=3", headers={"Accept-Encoding": "br"}) for _ in range(2)]
    first, again_kept = ({**one_of_each(one.headers.items()), "X-Request-ID": ""} for one in kept)
    assert first == again_kept


def test_what_fails_inside_and_a_store_without_data_have_the_policy_too(
    demonstration_store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    app = build(demonstration_store)

    @app.server.get("/healthz/failing")
    def failing() -> str:
        raise RuntimeError("a test")

    answer = app.server.test_client().get("/healthz/failing")
    assert answer.status_code == 500
    expected("/healthz/failing", dict(answer.headers.items()))
    empty = create_app(tmp_path_factory.mktemp("empty")).server.test_client()
    for path in ("/", "/embed", "/readyz", "/api/v1/totals"):
        expected(path, dict(empty.get(path).headers.items()))


@pytest.mark.parametrize(("address", "stated"), [("https://crossings.example", True), ("http://127.0.0.1:8050", False)])
def test_only_an_encrypted_address_is_told_to_stay_encrypted(
    demonstration_store: Store, monkeypatch: pytest.MonkeyPatch, address: str, stated: bool
) -> None:
    monkeypatch.setenv("CROSSINGS_ADDRESS", address)
    answer = build(demonstration_store).server.test_client().get("/healthz")
    assert ("Strict-Transport-Security" in answer.headers) == stated


def test_who_answers_before_the_app_can_say_the_same(client: FlaskClient) -> None:
    assert set(policy_headers("/healthz")) <= set(client.get("/healthz").headers.items())
