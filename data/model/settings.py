"""The settings: all that this program reads from its environment, each with its default and its bounds.

``README.md`` lists them for those who run the program. They are read anew each time, so that a changed environment
counts; whoever asks often keeps what it was told.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Final

from data.model.errors import SettingError, shown
from data.model.limits import RATES, Rate, parse_rates
from data.model.provider import OWN_HOSTS, Provider, parse_provider

BESIDE: Final = Path(__file__).parents[2] / "var" / "store"
CACHE_BYTES: Final = 96_000_000  # two workers in 1 GiB, measured by tests/bench/cache_budget.py
LARGEST: Final = {
    "PORT": 65_535, "WORKERS": 64, "CACHE_BYTES": 1 << 40, "MAKERS": 64, "CONNECTIONS": 1 << 20,
    "CONNECTIONS_EACH": 1 << 20,
}  # fmt: skip
SMALLEST: Final = {
    "PORT": 0, "WORKERS": 1, "CACHE_BYTES": 1_000_000, "MAKERS": 1, "CONNECTIONS": 10, "CONNECTIONS_EACH": 1,
}  # fmt: skip
PREFIX: Final = "CROSSINGS_"
OF_TESTS: Final = f"{PREFIX}REAL_DATA"
LOCAL, PUBLIC = "local", "public"
OFF, LOOPBACK = "off", "loopback"
LEVELS: Final = ("debug", "info", "warning", "error")
SHORTEST_TOKEN: Final = 32  # characters
NAME: Final = re.compile(r"(?=.{1,253}$)(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*")
ADDRESS: Final = re.compile(r"https?://([^/:@?#\\]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?/?")
TOKEN: Final = re.compile(rf"[A-Za-z0-9._~+/=-]{{{SHORTEST_TOKEN},200}}")
DEBUG_SWITCHES: Final = ("FLASK_DEBUG", "DASH_DEBUG", "DASH_HOT_RELOAD", "PYTHONDEVMODE", "PYTHONASYNCIODEBUG")


@dataclass(frozen=True)
class Settings:
    """Where the store is, what is listened on, who may ask, how much is kept, and what is told of it."""

    store: Path = BESIDE
    host: str = "127.0.0.1"
    port: int = 8050
    workers: int = 2
    hosts: str | None = None  # the names that a request may have been sent to, joined by commas; None: any
    address: str = ""  # the address at which readers find the page, without a closing slash; blank: not told
    cache_bytes: int = CACHE_BYTES  # kept by one worker (``data.model.caches``)
    makers: int = 1  # processes of each worker that make pictures, briefs and workbooks
    connections: int = 2_000  # open at a time, of each worker
    connections_each: int = 256  # of one address
    proxies: str = ""  # networks whose X-Forwarded-For is believed, joined by commas
    limits: Mapping[str, Rate] = field(default_factory=lambda: RATES)  # of work for one reader
    run: Path | None = None  # where a running server keeps what its processes share; None: a new temporary folder
    mode: str = (
        ""  # local: all is shown to whoever reaches it; public: by tier (RULES 9), and weak settings are refused
    )
    metrics: str = ""  # who may read ``/metrics``: nobody, this machine, who sends the token; blank: by mode
    metrics_folder: Path | None = None  # where the workers of one server count; None: each by itself
    log: str = ""  # the least level that is logged; blank: by mode
    restricted_store: Path | None = None  # which partners and border teams read in its place; None: the store
    secret_file: Path | None = None  # random bytes for ids that tell nothing; None: each worker draws its own
    accounts: Path = BESIDE.parent / "accounts"  # sessions, and the log of restricted reads
    oidc: Provider | None = None  # who says who a reader is; None: nobody logs in

    @property
    def is_public(self) -> bool:
        """Return whether the page is said to be meant for everybody."""
        return self.mode == PUBLIC

    @property
    def is_by_tier(self) -> bool:
        """Return whether each reader sees what the tier allows: unless only this machine can ask, or it is stated."""
        if self.mode:
            return self.mode == PUBLIC
        return not (self.host in OWN_HOSTS and not self.address and not self.hosts)

    @property
    def metrics_for(self) -> str:
        """Return who may read ``/metrics``: ``off``, ``loopback`` or a token."""
        return self.metrics or (OFF if self.is_by_tier else LOOPBACK)

    @property
    def log_level(self) -> str:
        """Return the least level that is logged: every request where the page is public, else what went wrong."""
        return self.log or ("info" if self.is_public else "warning")


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment states, else their defaults.

    Raises
    ------
    SettingError
        A setting cannot be meant: a number that is none, or too small or too large, an address or a name that is not
        well formed, a store that is a file, a word that is not known; the sentence names the setting.
    """
    given = os.environ if environment is None else environment
    plain = Settings()
    return Settings(
        store=_folder(given, "STORE") or plain.store,
        host=_host(given, plain.host),
        port=_whole(given, "PORT", plain.port),
        workers=_whole(given, "WORKERS", plain.workers),
        hosts=_hosts(given),
        address=_address(given),
        cache_bytes=_whole(given, "CACHE_BYTES", plain.cache_bytes),
        makers=_whole(given, "MAKERS", plain.makers),
        connections=_whole(given, "CONNECTIONS", plain.connections),
        connections_each=_whole(given, "CONNECTIONS_EACH", plain.connections_each),
        proxies=_networks(_given(given, "PROXIES")),
        limits=parse_rates(_given(given, "LIMITS")),
        run=_folder(given, "RUN"),
        mode=_one_of(given, "MODE", (LOCAL, PUBLIC), plain.mode),
        restricted_store=_folder(given, "RESTRICTED_STORE"),
        secret_file=_file(given, "SECRET_FILE"),
        accounts=_folder(given, "ACCOUNTS") or plain.accounts,
        oidc=parse_provider(given),
        metrics=_metrics(given),
        metrics_folder=_metrics_folder(given),
        log=_one_of(given, "LOG", LEVELS, plain.log),
    )


def settings_with(**stated: object) -> Settings:
    """Return the settings of the environment, with what a command line states in their place; None states nothing.

    Raises
    ------
    SettingError
        As ``read_settings``, for either.
    """
    options = {f"{PREFIX}{name.upper()}": str(value) for name, value in stated.items() if value is not None}
    return read_settings({**os.environ, **options})


def hand_on(**stated: object) -> None:
    """State settings to this process and to those that start from it; None withdraws one."""
    for name, value in stated.items():
        if value is None:
            os.environ.pop(f"{PREFIX}{name.upper()}", None)
        else:
            os.environ[f"{PREFIX}{name.upper()}"] = str(value)


def unknown_settings(environment: Mapping[str, str] | None = None) -> list[str]:
    """Return the names that begin as a setting of this program and are none: a misspelt one has no effect."""
    given = os.environ if environment is None else environment
    known = {f"{PREFIX}{one.name.upper()}" for one in fields(Settings)} | {OF_TESTS}
    grouped = tuple(f"{name}_" for name in known)  # a setting of several parts is read by its own name and theirs
    return sorted(
        name for name in given if name.startswith(PREFIX) and name not in known and not name.startswith(grouped)
    )


def stated_secrets(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the settings that nobody else may know, by name: those called a secret, and a token for ``/metrics``."""
    given = os.environ if environment is None else environment
    named = {name: value for name, value in given.items() if name.startswith(PREFIX) and name.endswith("SECRET")}
    token = read_settings(given).metrics
    return named | ({f"{PREFIX}METRICS": token} if token not in ("", OFF, LOOPBACK) else {})


def secret_files(environment: Mapping[str, str] | None = None) -> dict[str, Path]:
    """Return the files that hold what nobody else may know, by the name of the setting."""
    given = os.environ if environment is None else environment
    named = {name: value for name, value in given.items() if name.startswith(PREFIX) and name.endswith("SECRET_FILE")}
    return {name: Path(value) for name, value in named.items() if value}


def debug_switches(environment: Mapping[str, str] | None = None) -> list[str]:
    """Return the switches of the environment that make Python, Flask or Dash tell more than readers need."""
    given = os.environ if environment is None else environment
    return [name for name in DEBUG_SWITCHES if given.get(name, "").strip().lower() not in ("", "0", "false", "no")]


def _file(given: Mapping[str, str], name: str) -> Path | None:
    text = _given(given, name)
    if text and ("\0" in text or not Path(text).is_file()):
        raise _refused(name, "a file that is there", text)
    return Path(text) if text else None


def _given(given: Mapping[str, str], name: str) -> str:
    return given.get(f"{PREFIX}{name}", "").strip()


def _refused(name: str, expected: str, found: str) -> SettingError:
    return SettingError(f"{PREFIX}{name} is {expected}; found '{shown(found)}'.")


def _whole(given: Mapping[str, str], name: str, default: int) -> int:
    text = _given(given, name)
    if not text:
        return default
    least, most = SMALLEST[name], LARGEST[name]
    if not (text.isascii() and text.isdecimal() and len(text) < 16 and least <= int(text) <= most):
        raise SettingError(f"{PREFIX}{name} is a whole number from {least} to {most}; found '{shown(text[:40])}'.")
    return int(text)


def _one_of(given: Mapping[str, str], name: str, known: tuple[str, ...], default: str) -> str:
    text = _given(given, name)
    if text and text not in known:
        raise _refused(name, f"one of {', '.join(known)}", text)
    return text or default


def _folder(given: Mapping[str, str], name: str) -> Path | None:
    text = given.get(f"{PREFIX}{name}") or ""
    if text and ("\0" in text or not _may_be_folder(Path(text))):
        raise _refused(name, "a folder, which may be absent yet", text)
    return Path(text) if text else None


def _may_be_folder(path: Path) -> bool:
    """Return whether a path is a folder, or could be made one below a folder that is there."""
    there = next((one for one in (path, *path.parents) if os.path.lexists(one)), None)
    return there is None or there.is_dir()


def _host(given: Mapping[str, str], default: str) -> str:
    text = _given(given, "HOST")
    if text and not (is_ip(text) or is_name(text)):
        raise _refused("HOST", "what is listened on, such as 127.0.0.1, 0.0.0.0, :: or localhost", text)
    return text or default


def _hosts(given: Mapping[str, str]) -> str | None:
    text = _given(given, "HOSTS")
    names = [name.strip() for name in text.split(",")] if text else []
    for name in names:
        if not (is_name(name.removeprefix(".")) or is_ip(_without_brackets(name))):
            expected = "a list of host names without ports, joined by commas, such as 'crossings.example, localhost'"
            raise _refused("HOSTS", expected, name or text)
    return ",".join(names) or None


def _address(given: Mapping[str, str]) -> str:
    text = _given(given, "ADDRESS")
    if not text:
        return ""
    found = ADDRESS.fullmatch(text)
    host, port = (found[1], found[2]) if found else ("", None)
    is_host = is_name(host) or is_ip(_without_brackets(host))
    if not is_host or (port is not None and not 0 < int(port) <= LARGEST["PORT"]):
        raise _refused("ADDRESS", "http:// or https:// and a host, such as https://crossings.example", text)
    return text.rstrip("/")


def plain_address(text: str) -> str:
    """Return an address of scheme, host and port as ``CROSSINGS_ADDRESS`` is stated; blank for any other text."""
    try:
        return _address({f"{PREFIX}ADDRESS": text})
    except SettingError:
        return ""


def _networks(text: str) -> str:
    for one in (part.strip() for part in text.split(",") if part.strip()):
        try:
            ip_network(one, strict=False)
        except ValueError as error:
            raise _refused("PROXIES", "a list of addresses or networks such as 10.0.0.0/8", one) from error
    return text


def _metrics(given: Mapping[str, str]) -> str:
    text = _given(given, "METRICS")
    if text and text not in (OFF, LOOPBACK) and not TOKEN.fullmatch(text):
        expected = f"'{OFF}', '{LOOPBACK}' or a token of at least {SHORTEST_TOKEN} letters and digits"
        raise SettingError(f"{PREFIX}METRICS is {expected}.")  # what was found may be most of a token
    return text


def _without_brackets(host: str) -> str:
    return host[1:-1] if host.startswith("[") and host.endswith("]") else host


def _metrics_folder(given: Mapping[str, str]) -> Path | None:
    text = _given(given, "METRICS_FOLDER")
    if text and ("\0" in text or not os.access(text, os.W_OK) or not Path(text).is_dir()):
        raise _refused("METRICS_FOLDER", "a folder that is there and may be written", text)
    return Path(text) if text else None


def is_name(text: str) -> bool:
    """Return whether a text is a host name; one whose last part is a number is a badly written IP address."""
    return NAME.fullmatch(text) is not None and not text.rpartition(".")[2].isdigit()


def is_ip(text: str) -> bool:
    """Return whether a text is an IP address, without brackets."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return "%" not in text
