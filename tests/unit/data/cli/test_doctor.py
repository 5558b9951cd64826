"""The doctor: each check says what is good and what is not, public mode refuses what is weak, and the exit code says so."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe
from threading import Thread

import pytest

from data.__main__ import main
from data.cli import doctor
from data.cli.running_server import Server, ask, policy_faults, server_of, tells_metrics, waits_for_half_a_request
from data.cli.weak_settings import refusals
from data.model.errors import SettingError
from data.model.settings import Settings, read_settings
from data.store.store import Store
from tests.harness.policy_probes import site
from tests.harness.serving import serving_here

STRONG = {
    "CROSSINGS_MODE": "public",
    "CROSSINGS_HOSTS": "crossings.example,localhost",
    "CROSSINGS_ADDRESS": "https://crossings.example",
}
WEAK = [
    ("debug", {"FLASK_DEBUG": "1"}), ("debug", {"PYTHONDEVMODE": "1"}), ("hosts", {"CROSSINGS_HOSTS": ""}),
    ("hosts", {"CROSSINGS_HOSTS": "other.example"}), ("address", {"CROSSINGS_ADDRESS": ""}),
    ("address", {"CROSSINGS_ADDRESS": "http://crossings.example"}), ("secret", {"CROSSINGS_X_SECRET": "changeme"}),
    ("secret", {"CROSSINGS_X_SECRET": "a" * 64}), ("secret", {"CROSSINGS_METRICS": "ab" * 20}),
    ("secret", {"CROSSINGS_OIDC_CLIENT_SECRET_FILE": "/nowhere/at/all"}),
]  # fmt: skip


@pytest.mark.parametrize(("check", "change"), WEAK)
def test_public_mode_refuses_each_weak_setting_and_local_mode_none(check: str, change: dict[str, str]) -> None:
    assert refusals(read_settings(STRONG), STRONG) == []
    given = STRONG | change
    (sentence,) = refusals(read_settings(given), given)
    assert sentence.endswith(".")
    assert "changeme" not in sentence
    local = given | {"CROSSINGS_MODE": "local"}
    assert refusals(read_settings(local), local) == []


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX")
def test_a_store_or_a_secret_that_others_may_change_is_weak(tmp_path: Path) -> None:
    secret, store = tmp_path / "secret", tmp_path / "store"
    secret.write_text(token_urlsafe(32))
    store.mkdir()
    given = STRONG | {"CROSSINGS_STORE": str(store), "CROSSINGS_SECRET_FILE": str(secret)}
    for mode, weak in ((0o600, 0), (0o640, 0), (0o644, 1), (0o620, 1)):
        secret.chmod(mode)
        assert len(refusals(read_settings(given), given)) == weak, oct(mode)
    secret.chmod(0o600)
    store.chmod(0o777)
    assert refusals(read_settings(given), given) == [
        "CROSSINGS_STORE may be changed by anybody on this machine. Close it: chmod o-w FOLDER."
    ]


def test_the_exit_code_is_1_where_something_is_wrong_or_weak_for_the_public(
    demonstration_store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSINGS_PORT", "1")  # where nothing answers
    monkeypatch.delenv("CROSSINGS_HOSTS", raising=False)
    store = ["--store", str(demonstration_store.folder)]
    assert main(["doctor", *store]) == 0
    said = capsys.readouterr().err
    assert "weak   hosts" in said
    assert "v000001 is whole" in said
    assert main(["doctor", "--public", "--json", *store]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["healthy"] is False
    assert {"secret", "debug", "hosts", "address", "store", "hashes", "clock", "disk", "policy"} <= {
        one["check"] for one in answer["findings"]
    }
    monkeypatch.setenv("CROSSINGS_WORKER", "4")
    assert main(["doctor", *store]) == 1
    assert "CROSSINGS_WORKER is no setting of this program." in capsys.readouterr().err


def test_a_store_that_is_empty_or_altered_is_wrong(tmp_path: Path, demonstration_store: Store) -> None:
    assert [one.level for one in doctor.of_store(Settings(store=tmp_path / "none"))] == ["wrong"]
    copy = tmp_path / "copy" / "v000001"
    copy.mkdir(parents=True)
    for file in (demonstration_store.folder / "v000001").iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    (copy / "counts.parquet").write_bytes((copy / "counts.parquet").read_bytes()[:-9] + bytes(9))
    (copy.parent / "CURRENT").symlink_to("v000001")
    assert {one.level for one in doctor.of_store(Settings(store=copy.parent))} == {"wrong"}


def test_a_clock_before_the_newest_vintage_is_wrong(demonstration_store: Store, tmp_path: Path) -> None:
    settings, now = Settings(store=demonstration_store.folder), datetime.now(UTC)
    assert doctor.of_clock(settings, now + timedelta(days=1))[0].level in ("good", "note")
    (found,) = doctor.of_clock(settings, now - timedelta(days=400))
    assert (found.level, found.check) == ("wrong", "clock")
    (found,) = doctor.of_clock(Settings(store=tmp_path / "none"), datetime(2001, 1, 1, tzinfo=UTC))
    assert "before this program was installed" in found.sentence


def test_a_disk_without_room_is_wrong(demonstration_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(store=demonstration_store.folder)
    assert [one.level for one in doctor.of_disk(settings)] == ["good"]
    monkeypatch.setattr(doctor, "LEAST_FREE", 1 << 62)
    (found,) = doctor.of_disk(settings)
    assert found.level == "wrong"


def server_at(address: str) -> Server:
    return server_of(Settings(), address)


def test_a_running_server_is_asked_for_its_policy(demonstration_store: Store) -> None:
    with serving_here(demonstration_store) as address:
        server = server_at(address)
        assert policy_faults(server) == []
        assert ask(server, "/healthz").status == 200  # type: ignore[union-attr]


def test_a_server_without_the_policy_is_told(demonstration_store: Store) -> None:
    with site() as other:
        server = server_at(other.address)
        faults = policy_faults(server)
        assert any("content policy is not the one" in one for one in faults)
        assert any("/embed may not be framed" in one for one in faults)
        assert tells_metrics(server)
        public = replace(Settings(), mode="public")
        found = {one.check: one.level for one in doctor.of_server(public, other.address, patience=0.3)}
    assert (found["metrics"], found["policy"], found["time-outs"]) == ("weak", "wrong", "weak")


@contextmanager
def listener(*, gives_up: bool) -> Iterator[Server]:
    """Listen, read what comes, and give up or wait on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        held: list[socket.socket] = []

        def answer() -> None:
            connection, _ = listening.accept()
            connection.recv(1000)
            held.append(connection)
            if gives_up:
                connection.close()

        thread = Thread(target=answer, daemon=True)
        thread.start()
        yield Server("127.0.0.1", listening.getsockname()[1], is_encrypted=False, asked_for="localhost")
        thread.join()
        for connection in held:
            connection.close()


@pytest.mark.parametrize("gives_up", [True, False])
def test_who_waits_for_half_a_request_is_found(gives_up: bool) -> None:
    with listener(gives_up=gives_up) as server:
        assert waits_for_half_a_request(server, patience=1) is not gives_up


def test_a_server_that_is_named_and_absent_is_wrong_and_one_that_is_not_named_a_note() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings = Settings(port=port)
    assert [one.level for one in doctor.of_server(settings, None)] == ["note"]
    assert [one.level for one in doctor.of_server(settings, f"http://127.0.0.1:{port}")] == ["wrong"]
    with pytest.raises(SettingError, match="--url is"):
        doctor.of_server(settings, "javascript:alert(1)")


def test_the_proxy_is_asked_by_its_own_name_and_the_server_by_a_name_it_answers_for() -> None:
    settings = read_settings(STRONG)
    assert server_of(settings).asked_for == "crossings.example"
    assert server_of(settings, "http://127.0.0.1:8050").asked_for == "crossings.example"
    assert server_of(settings, "https://crossings.example").asked_for == "crossings.example"
    assert server_of(Settings(host="::")).host == "::1"
