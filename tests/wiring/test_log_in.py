"""Logging in by OpenID Connect, against a real provider on loopback: code and PKCE, state, nonce, roles, sessions."""

import base64
import hashlib
import json
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from flask.testing import FlaskClient
from oidc_provider_mock import run_server_in_thread

from callbacks.accounts import openid
from callbacks.accounts.log_in import LEAVING, SESSION
from callbacks.accounts.openid import reader_of
from callbacks.build import create_app
from data.__main__ import main
from data.accounts.reads import LOG, kind_of
from data.accounts.sessions import IDLE, LONGEST, MOST_SESSIONS, TO_LOG_IN, Begun, Sessions
from data.model.errors import QueryError, SettingError
from data.model.roles import Reader, Role
from data.model.settings import Provider, read_settings
from data.store.store import Store
from tests.harness.secrets_planted import opened, plant
from tests.harness.tiers import stated

CLAIMS: Final = {
    "border": {"roles": ["border", "partner"]},
    "partner": {"roles": ["partner"], "agreement": "A-2026-7"},
    "nobody": {"roles": ["reader"]},
    "unbound": {"roles": "partner"},
}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return plant(tmp_path_factory.mktemp("log-in") / "store")


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with run_server_in_thread(require_nonce=True) as server:
        address = f"http://localhost:{server.server_port}"
        for account, claims in CLAIMS.items():
            httpx.put(f"{address}/users/{account}", json=claims).raise_for_status()
        yield address


@pytest.fixture
def settings(planted: Store, provider: str, tmp_path: Path) -> dict[str, str]:
    secret = tmp_path / "client-secret"
    secret.write_text("known to the provider and to us\n")
    return {"MODE": "public", "RESTRICTED_STORE": str(planted.folder), "ADDRESS": "http://localhost",
            "ACCOUNTS": str(tmp_path / "accounts"), "OIDC_ISSUER": provider, "OIDC_CLIENT_ID": "crossings",
            "OIDC_CLIENT_SECRET_FILE": str(secret)}  # fmt: skip


@pytest.fixture
def client(planted: Store, settings: dict[str, str]) -> Iterator[FlaskClient]:
    with stated(**settings):
        yield create_app(planted.folder).server.test_client()


def leave(client: FlaskClient) -> str:
    answer = client.get("/login")
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def confirmed(address: str, account: str) -> str:
    """Return where the provider sends somebody who has said there who they are, as a path of ours."""
    parts = urlsplit(httpx.post(address, data={"sub": account}).headers["Location"])
    return f"{parts.path}?{parts.query}"


def log_in(client: FlaskClient, account: str) -> Any:
    return client.get(confirmed(leave(client), account))


def incidents_seen(client: FlaskClient) -> int:
    return int(client.get("/api/v1/incidents?source=incidents-own").status_code)


@pytest.mark.parametrize(("account", "finest"), [("partner", 5), ("border", 6)])
def test_who_logs_in_sees_what_the_role_may_see_and_nobody_else_does(
    client: FlaskClient, planted: Store, account: str, finest: int
) -> None:
    assert incidents_seen(client) == 400
    answer = log_in(client, account)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    shown = client.get("/api/v1/incidents?source=incidents-own")
    assert {row["resolution_limit"] for row in shown.get_json()["incidents"]} == {finest}
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in shown.headers["Vary"]
    other = client.application.test_client()
    assert incidents_seen(other) == 400
    assert "Cookie" in other.get("/api/v1/totals").headers["Vary"]


def test_the_request_bears_code_challenge_state_and_nonce(client: FlaskClient) -> None:
    asked = [parse_qs(urlsplit(leave(client)).query) for _ in range(2)]
    for one in asked:
        assert (one["response_type"], one["code_challenge_method"], one["scope"]) == (["code"], ["S256"], ["openid"])
        assert one["redirect_uri"] == ["http://localhost/login/callback"]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]


def test_cookies_are_for_the_server_alone_and_bound_to_the_host_over_https(
    client: FlaskClient, planted: Store, settings: dict[str, str]
) -> None:
    plain = log_in(client, "border").headers.getlist("Set-Cookie")
    assert all("HttpOnly" in one and "SameSite=Lax" in one and "Path=/" in one for one in plain)
    with stated(**settings | {"ADDRESS": "https://crossings.example"}):
        safe = create_app(planted.folder).server.test_client().get("/login").headers["Set-Cookie"]
    assert safe.startswith(f"__Host-{LEAVING}=")
    assert "Secure" in safe
    assert "Domain" not in safe


def test_a_state_serves_once_and_in_the_browser_that_left(client: FlaskClient) -> None:
    path = confirmed(leave(client), "border")
    stranger = client.application.test_client()
    assert stranger.get(path).status_code == 400
    assert client.get(path).status_code == 303
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("change", [r"state=[^&]+", r"code=[^&]+"])
def test_another_state_or_code_is_refused(client: FlaskClient, change: str) -> None:
    path = re.sub(change, lambda found: found[0][:6] + "x" * 40, confirmed(leave(client), "border"))
    answer = client.get(path)
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "login")
    assert incidents_seen(client) == 400


def test_another_nonce_is_refused(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Sessions.take

    def taken(self: Sessions, state: str, browser: str) -> Begun | None:
        found = whole(self, state, browser)
        return found and replace(found, nonce="x" * 43)

    monkeypatch.setattr(Sessions, "take", taken)
    assert log_in(client, "border").status_code == 400
    assert incidents_seen(client) == 400


def test_the_code_is_redeemed_with_the_verifier_of_its_challenge(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, given = openid.OAuth2Session.fetch_token, []

    def fetched(self: Any, url: str, **more: Any) -> Any:
        given.append(more["code_verifier"])
        return whole(self, url, **more)

    monkeypatch.setattr(openid.OAuth2Session, "fetch_token", fetched)
    address = leave(client)
    client.get(confirmed(address, "border"))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(given[0].encode()).digest()).decode().rstrip("=")
    assert parse_qs(urlsplit(address).query)["code_challenge"] == [challenge]


def test_a_token_for_another_client_is_refused(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = openid.CodeIDToken
    monkeypatch.setattr(openid, "CodeIDToken", lambda claims, *more: kept({**claims, "aud": ["other"]}, *more))
    assert log_in(client, "border").status_code == 400


@pytest.mark.parametrize(("account", "said"), [("nobody", "has no role"), ("unbound", "id of an agreement")])
def test_an_account_without_role_or_agreement_is_told_so(client: FlaskClient, account: str, said: str) -> None:
    answer = log_in(client, account)
    assert answer.status_code == 400
    assert said in answer.get_json()["detail"]
    assert SESSION not in answer.headers.get("Set-Cookie", "").split("=")[0].split("-")


def test_logging_in_gives_another_token_and_logging_out_ends_it(client: FlaskClient) -> None:
    client.set_cookie(SESSION, "chosen-by-somebody-else")
    log_in(client, "border")
    found = client.get_cookie(SESSION)
    assert found is not None
    assert found.value != "chosen-by-somebody-else"
    assert client.post("/logout", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400
    assert incidents_seen(client) == 200
    assert client.get("/logout").status_code == 404
    assert client.post("/logout").status_code == 303
    client.set_cookie(SESSION, found.value)
    assert incidents_seen(client) == 400


def test_the_operator_lists_and_revokes_sessions(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    log_in(client, "border")
    assert main(["sessions", "--json"]) == 0
    assert [one["account"] for one in json.loads(capsys.readouterr().out)["sessions"]] == ["border"]
    assert main(["sessions", "--revoke", "border"]) == 0
    assert incidents_seen(client) == 400
    assert main(["sessions", "--revoke", "border"]) == 2


def test_sessions_are_looked_for_where_it_is_said_and_nowhere_else(
    client: FlaskClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log_in(client, "border")
    elsewhere, accounts = tmp_path / "elsewhere", tmp_path / "accounts"
    for folder in (elsewhere, tmp_path):
        for asked in ([], ["--revoke", "border"]):
            assert main(["sessions", *asked, "--accounts", str(folder)]) == 2
            said = capsys.readouterr().err
            assert f"{folder} holds no sessions" in said
            assert "--accounts FOLDER" in said
    assert not elsewhere.exists()
    assert incidents_seen(client) == 200
    assert main(["sessions", "--revoke", "nobody", "--accounts", str(accounts)]) == 2
    assert f"'nobody' has no session in {accounts}" in capsys.readouterr().err
    with stated(ACCOUNTS=str(elsewhere)):
        assert main(["sessions", "--revoke", "border", "--accounts", str(accounts)]) == 0
    assert f"1 of 'border' ended, in {accounts}." in capsys.readouterr().err
    assert incidents_seen(client) == 400


def test_a_restricted_read_is_logged_by_account_kind_and_time_alone(client: FlaskClient, tmp_path: Path) -> None:
    client.get("/api/v1/totals")
    log_in(client, "border")
    client.get("/api/v1/incidents.csv?source=incidents-own&from=2024-01-01", headers={"User-Agent": "Somebody's"})
    client.get("/basemap/land.json")
    path = tmp_path / "accounts" / LOG
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [(one["account"], one["kind"]) for one in lines] == [("border", "api incidents")]
    assert all(set(one) == {"time", "account", "kind"} for one in lines)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "page"), ("/api/v1/exports/map.png", "api exports"), ("/api/v1/totals.csv", "api totals"), ("/api/v1/", "api"),
     ("/cells/v000001-0/mmp/3.bin", "cells"), ("/_dash-update-component", "page"), ("/api/v1/J%C3%BC/x", "api")],
)  # fmt: skip
def test_a_kind_holds_nothing_of_what_was_asked(path: str, kind: str) -> None:
    assert kind_of(path) == kind


FILES: Final = [
    *(f"incidents.{kind}" for kind in ("csv", "zip", "xlsx", "parquet", "geojson", "gpkg")), "cells.zip", "series.xlsx",
    "hotspots.csv", "map.svg", "map.txt", "series.pdf", "brief.pdf", "view.html",
]  # fmt: skip


@pytest.mark.parametrize(
    ("account", "mark"),
    [("partner", b"agreement A-2026-7"), ("border", b"account border"), ("", b"Not to be passed on")],
)
def test_a_file_says_under_which_agreement_or_to_which_account_it_was_given(
    client: FlaskClient, account: str, mark: bytes
) -> None:
    if account:
        log_in(client, account)
    asked = "source=incidents-own&resolution=4&study_area=mediterranean"
    for file in FILES:
        query = asked if file.startswith("hotspots") else asked.rpartition("&")[0]
        answer = client.get(f"/api/v1/exports/{file}?{query}")
        if account:
            assert answer.status_code == 200, (file, answer.text[:200])
        written = b" ".join(b"\n".join(opened(answer)).split())
        assert (mark in written) == bool(account), file
    bare = client.get(f"/api/v1/exports/cells.csv?{asked.rpartition('&')[0]}&dictionary=no")
    assert bare.status_code == (400 if account else 200)


def test_without_a_provider_nobody_logs_in(planted: Store) -> None:
    with stated(MODE="public", RESTRICTED_STORE=str(planted.folder)):
        client = create_app(planted.folder).server.test_client()
    assert [client.get(path).status_code for path in ("/login", "/login/callback")] == [404, 404]
    client.set_cookie(SESSION, "x")
    assert incidents_seen(client) == 400


def test_a_provider_that_does_not_answer_is_told(planted: Store, settings: dict[str, str]) -> None:
    with stated(**settings | {"OIDC_ISSUER": "http://localhost:9"}):
        answer = create_app(planted.folder).server.test_client().get("/login")
    assert answer.status_code == 400
    assert "does not answer" in answer.get_json()["detail"]


def test_settings_of_the_provider_go_together(planted: Store, settings: dict[str, str]) -> None:
    for given in ({"CROSSINGS_OIDC_ISSUER": "https://id.example"}, {"CROSSINGS_OIDC_CLIENT_ID": "x"},
                  {"CROSSINGS_OIDC_CLIENT_ID": "x", "CROSSINGS_OIDC_ISSUER": "http://localhost.example"}):  # fmt: skip
        with pytest.raises(SettingError, match="CROSSINGS_OIDC_ISSUER"):
            read_settings(given)
    with stated(**settings | {"ADDRESS": ""}), pytest.raises(SettingError, match="CROSSINGS_ADDRESS"):
        create_app(planted.folder)


def test_roles_stand_where_the_claim_is_said_to_be() -> None:
    provider = Provider("https://id.example", "crossings", roles_claim="realm.roles", agreement_claim="org.agreement")
    claims = {"sub": "a", "realm": {"roles": ["partner"]}, "org": {"agreement": "A-1"}}
    assert reader_of(claims, provider) == Reader(Role.PARTNER, account="a", agreement="A-1")
    for wrong in ({}, {"sub": "a", "roles": ["border"]}, {"sub": "a", "realm": {"roles": ["operator", "public"]}}):
        with pytest.raises(QueryError, match="no role"):
            reader_of(wrong, provider)


def test_a_session_ends_by_itself_and_only_the_newest_are_kept(tmp_path: Path) -> None:
    now = [1_000_000.0]
    sessions, other = (Sessions(tmp_path / "own", clock=lambda: now[0]) for _ in range(2))
    border = Reader(Role.BORDER, account="a")
    token = sessions.start(border)
    for _ in range(LONGEST // (IDLE - 1)):
        now[0] += IDLE - 1
        assert other.find(token) == border
    now[0] += IDLE - 1
    assert sessions.find(token) is None
    token = sessions.start(border)
    now[0] += IDLE + 1
    assert sessions.find(token) is None
    sessions.begin("state", "browser", Begun("n", "v"))
    now[0] += TO_LOG_IN + 1
    assert sessions.take("state", "browser") is None
    tokens = []
    for _ in range(MOST_SESSIONS + 3):
        now[0] += 0.01
        tokens.append(sessions.start(border))
    assert [sessions.find(one) for one in tokens[:3]] == [None] * 3
    assert len(sessions.every()) == MOST_SESSIONS
    assert (stat.S_IMODE((tmp_path / "own").stat().st_mode), stat.S_IMODE(sessions.path.stat().st_mode)) == (
        0o700,
        0o600,
    )
    assert tokens[-1].encode() not in sessions.path.read_bytes()
