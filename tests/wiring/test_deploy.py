"""What is given to operators works: the proxy before two real servers, the unit, what the container holds, ``make serve``."""

import getpass
import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from data.cli.running_server import Server, policy_faults
from data.store.store import Store
from tests.harness.serving import free_port, serving

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "docs" / "deploy"
CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8")
PUBLIC = {"CROSSINGS_MODE": "public", "CROSSINGS_ADDRESS": "https://crossings.example",
          "CROSSINGS_HOSTS": "crossings.example,127.0.0.1"}  # fmt: skip
AROUND = """
daemon off; pid {folder}/pid; error_log stderr warn; user {user};
events {{ worker_connections 256; }}
http {{ access_log off; {paths} {site} }}
"""


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not on this machine")


@contextmanager
def proxy(folder: Path, ports: list[int]) -> Iterator[int]:
    """Start nginx on the example's configuration, with this machine's ports and a certificate of its own."""
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=crossings.example",
            "-addext", "subjectAltName=DNS:crossings.example,IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"]  # fmt: skip
    subprocess.run(make, cwd=folder, check=True, capture_output=True)
    site, listened = (DEPLOY / "nginx.conf").read_text(encoding="utf-8"), free_port()
    for old, new in (("127.0.0.1:8050", f"127.0.0.1:{ports[0]}"), ("127.0.0.1:8051", f"127.0.0.1:{ports[1]}"),
                     ("listen 80;", f"listen 127.0.0.1:{free_port()};"), ("listen 443", f"listen 127.0.0.1:{listened}"),
                     ("/etc/ssl/crossings/fullchain.pem", f"{folder}/cert.pem"), ("/etc/ssl/crossings/key.pem", f"{folder}/key.pem")):  # fmt: skip
        assert old in site
        site = site.replace(old, new)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    config = folder / "nginx.conf"
    config.write_text(AROUND.format(folder=folder, user=getpass.getuser(), paths=paths, site=site), encoding="utf-8")
    command = ["nginx", "-p", str(folder), "-c", str(config)]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    with subprocess.Popen(command) as running:
        try:
            yield listened
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(20)


def ask(port: int, path: str, context: ssl.SSLContext) -> tuple[int, dict[str, str]]:
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=60, context=context)
    try:
        connection.request("GET", path, headers={"Host": "crossings.example", "X-Request-ID": "given-by-a-reader"})
        answer = connection.getresponse()
        answer.read()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


@needs("nginx")
@needs("openssl")
def test_the_proxy_serves_two_servers_and_goes_on_with_one(
    demonstration_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in PUBLIC.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    with ExitStack() as both:
        second = ExitStack()
        bases = [both.enter_context(serving(demonstration_store.folder, workers=1)),
                 second.enter_context(serving(demonstration_store.folder, workers=1))]  # fmt: skip
        port = both.enter_context(proxy(tmp_path, [int(base.rpartition(":")[2]) for base in bases]))
        context = ssl.create_default_context(cafile=str(tmp_path / "cert.pem"))
        wait_for(port)
        status, headers = ask(port, "/", context)
        assert status == 200
        assert re.fullmatch("[0-9a-f]{32}", headers["x-request-id"])  # the proxy's own, which its log holds too
        assert headers["strict-transport-security"].startswith("max-age=")
        assert policy_faults(Server("127.0.0.1", port, is_encrypted=True, asked_for="crossings.example")) == []
        assert ask(port, "/metrics", context)[0] == 404
        assert [ask(port, "/healthz", context)[0] for _ in range(8)] == [200] * 8
        second.close()
        assert [ask(port, "/api/v1/totals", context)[0] for _ in range(8)] == [200] * 8


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)


@needs("systemd-analyze")
def test_the_unit_is_whole_and_hardened(tmp_path: Path) -> None:
    text = (DEPLOY / "crossings.service").read_text(encoding="utf-8")
    unit = tmp_path / "crossings.service"
    unit.write_text(
        text.replace("/opt/crossings/.venv/bin/python", sys.executable).replace("/opt/crossings", str(ROOT)),
        encoding="utf-8",
    )
    found = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
    assert "crossings.service" not in found.stderr
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", "--no-pager", str(unit)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert rated.returncode == 0, rated.stdout[-400:]


def copied() -> list[str]:
    return re.findall(r"^COPY (?!--from)(\S+) ", CONTAINER, re.MULTILINE)


def test_the_container_is_pinned_unprivileged_and_holds_what_is_named() -> None:
    bases = re.findall(r"^FROM (\S+)", CONTAINER, re.MULTILINE)
    assert len(set(bases)) == 1
    assert re.fullmatch(r"docker\.io/library/python:3\.\d+\.\d+-slim-\w+", bases[0])
    assert re.findall(r"^USER (\S+)", CONTAINER, re.MULTILINE) == ["10001:10001"]
    assert "--require-hashes" in CONTAINER
    assert {"HEALTHCHECK", "VOLUME", "STOPSIGNAL"} <= set(re.findall(r"^[A-Z]+", CONTAINER, re.MULTILINE))
    let_in = {line[1:] for line in (ROOT / ".containerignore").read_text().splitlines() if line.startswith("!")}
    assert {name for name in copied() if (ROOT / name).exists()} == set(copied()) == let_in


def test_what_the_container_holds_is_enough_and_nothing_is_written_beside_the_store(
    demonstration_store: Store, tmp_path: Path
) -> None:
    """Run its own commands on a copy of what it copies: no engine here builds the image itself."""
    source, port = tmp_path / "src", free_port()
    for name in copied():
        origin, target = ROOT / name, source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if origin.is_dir():
            shutil.copytree(origin, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(origin, target)
    environment = os.environ | PUBLIC | {"CROSSINGS_STORE": str(demonstration_store.folder), "CROSSINGS_PORT": str(port),
                                         "CROSSINGS_WORKERS": "1", "HOME": str(tmp_path), "PYTHONPATH": ""}  # fmt: skip
    health = re.search(r'CMD \["python", "-c", "(.+)"\]', CONTAINER)
    assert health is not None
    with subprocess.Popen([sys.executable, "app.py"], cwd=source, env=environment) as server:
        try:
            wait_for(port)
            check = health[1].replace("8050", str(port)).replace("timeout=4", "timeout=60")
            assert subprocess.run([sys.executable, "-c", check], check=False, timeout=90).returncode == 0
        finally:
            server.terminate()
            server.wait(30)
    assert {path.name for path in source.iterdir()} == set(copied())


def test_make_serve_refuses_weak_settings_before_it_serves() -> None:
    shown = subprocess.run(["make", "-n", "serve"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    commands = [line for line in shown.splitlines() if "python" in line and "CROSSINGS_MODE=public" in line]
    assert [("doctor" in commands[0], "app.py" in commands[1])] == [(True, True)]
    assert '--host "127.0.0.1"' in commands[1]
