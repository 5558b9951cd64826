"""The settings: all that this program reads from its environment, each with its default and its bounds.

``README.md`` lists them for those who run the program. They are read anew each time, so that a changed environment
counts; whoever asks often keeps what it was told.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Final

from data.model.errors import SettingError
from data.model.limits import RATES, Rate, parse_rates

BESIDE: Final = Path(__file__).parents[2] / "var" / "store"
CACHE_BYTES: Final = 96_000_000  # two workers in 1 GiB, measured by tests/bench/cache_budget.py
LARGEST: Final = {
    "PORT": 65_535, "WORKERS": 64, "CACHE_BYTES": 1 << 40, "MAKERS": 64, "CONNECTIONS": 1 << 20,
    "CONNECTIONS_EACH": 1 << 20,
}  # fmt: skip
SMALLEST: Final = {
    "PORT": 0, "WORKERS": 1, "CACHE_BYTES": 1_000_000, "MAKERS": 1, "CONNECTIONS": 10, "CONNECTIONS_EACH": 1,
}  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """Where the store is, what is listened on, who may ask, and how much is kept."""

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


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment states, else their defaults.

    Raises
    ------
    SettingError
        A number is no whole number, or too small or too large; the sentence names the setting.
    """
    given = os.environ if environment is None else environment
    plain = Settings()
    return Settings(
        store=Path(given.get("CROSSINGS_STORE") or plain.store),
        host=given.get("CROSSINGS_HOST") or plain.host,
        port=_whole(given, "PORT", plain.port),
        workers=_whole(given, "WORKERS", plain.workers),
        hosts=given.get("CROSSINGS_HOSTS"),
        address=given.get("CROSSINGS_ADDRESS", "").strip(),
        cache_bytes=_whole(given, "CACHE_BYTES", plain.cache_bytes),
        makers=_whole(given, "MAKERS", plain.makers),
        connections=_whole(given, "CONNECTIONS", plain.connections),
        connections_each=_whole(given, "CONNECTIONS_EACH", plain.connections_each),
        proxies=_networks(given.get("CROSSINGS_PROXIES", "")),
        limits=parse_rates(given.get("CROSSINGS_LIMITS", "")),
        run=Path(given["CROSSINGS_RUN"]) if given.get("CROSSINGS_RUN") else None,
    )


def _networks(text: str) -> str:
    for one in (part.strip() for part in text.split(",") if part.strip()):
        try:
            ip_network(one, strict=False)
        except ValueError as error:
            sentence = f"CROSSINGS_PROXIES lists addresses or networks such as 10.0.0.0/8; found '{one[:40]}'."
            raise SettingError(sentence) from error
    return text


def _whole(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(f"CROSSINGS_{name}", "").strip()
    if not text:
        return default
    least, most = SMALLEST[name], LARGEST[name]
    if not (text.isascii() and text.isdecimal() and len(text) < 16 and least <= int(text) <= most):
        raise SettingError(f"CROSSINGS_{name} is a whole number from {least} to {most}; found '{text[:40]}'.")
    return int(text)
