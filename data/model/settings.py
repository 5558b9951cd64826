"""The settings: all that this program reads from its environment, each with its default and its bounds.

``README.md`` lists them for those who run the program. They are read anew each time, so that a changed environment
counts; whoever asks often keeps what it was told.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.model.errors import SettingError

BESIDE: Final = Path(__file__).parents[2] / "var" / "store"
CACHE_BYTES: Final = 96_000_000  # two workers in 1 GiB, measured by tests/bench/cache_budget.py
LARGEST: Final = {"PORT": 65_535, "WORKERS": 64, "CACHE_BYTES": 1 << 40}
SMALLEST: Final = {"PORT": 0, "WORKERS": 1, "CACHE_BYTES": 1_000_000}


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
    )


def _whole(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(f"CROSSINGS_{name}", "").strip()
    if not text:
        return default
    least, most = SMALLEST[name], LARGEST[name]
    if not (text.isascii() and text.isdecimal() and len(text) < 16 and least <= int(text) <= most):
        raise SettingError(f"CROSSINGS_{name} is a whole number from {least} to {most}; found '{text[:40]}'.")
    return int(text)
