"""What a running server answers, asked as a reader asks it: its policy, its health, and whom it waits for."""

import http.client
import re
import socket
import ssl
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from data.model.errors import SettingError
from data.model.settings import ADDRESS, Settings

PATIENCE: Final = 30.0  # seconds, for half a request
ANSWERING: Final = 10.0  # seconds, for a whole one
ONCE: Final = ("content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy")
HALF: Final = "GET /healthz HTTP/1.1\r\nHost: {host}\r\nX-Half:"


@dataclass(frozen=True)
class Server:
    """Where a server listens, and the host that it is asked for."""

    host: str
    port: int
    is_encrypted: bool
    asked_for: str

    @property
    def address(self) -> str:
        """Return its address in words."""
        return f"{'https' if self.is_encrypted else 'http'}://{self.host}:{self.port}"


@dataclass(frozen=True)
class Answer:
    """A status, and the headers as they came."""

    status: int
    headers: tuple[tuple[str, str], ...]

    def stated(self, name: str) -> list[str]:
        """Return every value of a header, which is named in small letters."""
        return [value for key, value in self.headers if key.lower() == name]


def server_of(settings: Settings, url: str | None = None) -> Server:
    """Return the server at an address, else the one that the settings tell to listen.

    Raises
    ------
    SettingError
        The address is none.
    """
    names = (settings.hosts or "").split(",")
    if url is None:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 — it is asked, not bound
        return Server(host, settings.port, is_encrypted=False, asked_for=names[0].lstrip(".") or host)
    if not ADDRESS.fullmatch(url):
        raise SettingError("--url is http:// or https:// and a host, such as http://127.0.0.1:8050.")
    parts = urlsplit(url)
    is_encrypted, host = parts.scheme == "https", parts.hostname or ""
    is_proxy = is_encrypted or host == urlsplit(settings.address).hostname
    port = parts.port or (443 if is_encrypted else 80)
    return Server(host, port, is_encrypted, asked_for=host if is_proxy else names[0].lstrip(".") or host)


def ask(server: Server, path: str) -> Answer | None:
    """Return what a server answers; None where nothing answers."""
    kind = http.client.HTTPSConnection if server.is_encrypted else http.client.HTTPConnection
    connection = kind(server.host, server.port, timeout=ANSWERING)
    try:
        connection.request("GET", path, headers={"Host": server.asked_for})
        found = connection.getresponse()
        return Answer(found.status, tuple(found.getheaders()))
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def policy_faults(server: Server) -> list[str]:
    """Return what is wrong with the headers of the page, of the frame and of a file, as they arrive."""
    page, frame, file = (ask(server, path) for path in ("/", "/embed", "/healthz"))
    if page is None or frame is None or file is None:
        return ["The server did not answer the page, the frame or its health within 10 s."]
    found = [_of_page(" ".join(page.stated("content-security-policy")))]
    for path, answer in (("/", page), ("/embed", frame), ("/healthz", file)):
        found += [
            f"{path} states {name} {len(answer.stated(name))} times, not once: see what the proxy adds or takes away."
            for name in ONCE
            if len(answer.stated(name)) != 1
        ]
        if server.is_encrypted and not answer.stated("strict-transport-security"):
            found.append(f"{path} does not tell browsers to stay encrypted. State CROSSINGS_ADDRESS with https://.")
    if "frame-ancestors *" not in " ".join(frame.stated("content-security-policy")):
        found.append("/embed may not be framed by other sites: something has changed its policy.")
    return [sentence for sentence in found if sentence]


def _of_page(policy: str) -> str:
    scripts = re.search(r"script-src [^;]*", policy)
    is_tight = scripts and not re.search(r"unsafe|\*|https?:", scripts[0])
    if is_tight and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy:
        return ""
    return "The page's content policy is not the one of this program, or lets scripts of others run."


def tells_metrics(server: Server) -> bool:
    """Return whether ``/metrics`` is told to whoever asks as a reader does."""
    found = ask(server, "/metrics")
    return found is not None and found.status == http.client.OK


def waits_for_half_a_request(server: Server, *, patience: float = PATIENCE) -> bool:
    """Return whether a reader who sends half a request is still waited for after ``patience`` seconds."""
    with socket.create_connection((server.host, server.port), timeout=ANSWERING) as plain:
        connection = _encrypted(plain, server) if server.is_encrypted else plain
        connection.sendall(HALF.format(host=server.asked_for).encode())
        connection.settimeout(patience)
        try:
            while connection.recv(4096):
                pass
        except TimeoutError:
            return True
        except OSError:
            return False
    return False


def _encrypted(plain: socket.socket, server: Server) -> socket.socket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=server.host)
