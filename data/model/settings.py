"""The settings: all that this program reads from its environment, each with its default and its bounds.

``README.md`` lists them for those who run the program. They are read anew each time, so that a changed environment
counts; whoever asks often keeps what it was told.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from data.model.errors import SettingError

BESIDE: Final = Path(__file__).parents[2] / "var" / "store"
CACHE_BYTES: Final = 96_000_000  # two workers in 1 GiB, measured by tests/bench/cache_budget.py
LARGEST: Final = {"PORT": 65_535, "WORKERS": 64, "CACHE_BYTES": 1 << 40}
LOCAL, PUBLIC = "local", "public"
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1", "[::1]")
SMALLEST: Final = {"PORT": 0, "WORKERS": 1, "CACHE_BYTES": 1_000_000}


@dataclass(frozen=True)
class Provider:
    """An OpenID Connect provider, this program's id and secret there, and the claims that it reads."""

    issuer: str
    client_id: str
    secret_file: Path | None = None  # None: a public client, with PKCE alone
    roles_claim: str = "roles"  # a path such as ``realm_access.roles``; its values: partner, border
    agreement_claim: str = "agreement"


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
    mode: str = ""  # local: all is shown to whoever reaches it; public: by tier (RULES 9); blank: ``mode_of`` decides
    restricted_store: Path | None = None  # which partners and border teams read in its place; None: the store
    secret_file: Path | None = None  # random bytes for ids that tell nothing; None: each worker draws its own
    accounts: Path = BESIDE.parent / "accounts"  # sessions, and the log of restricted reads
    oidc: Provider | None = None  # who says who a reader is; None: nobody logs in


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
        mode=_mode(given),
        restricted_store=_path(given, "RESTRICTED_STORE"),
        secret_file=_path(given, "SECRET_FILE"),
        accounts=_path(given, "ACCOUNTS") or plain.accounts,
        oidc=_provider(given),
    )


def mode_of(settings: Settings, host: str) -> str:
    """Return the mode as stated; else local only where this machine alone can ask and no public address is stated."""
    if settings.mode:
        return settings.mode
    is_own = host in LOOPBACK and not settings.address and not settings.hosts
    return LOCAL if is_own else PUBLIC


def _mode(given: Mapping[str, str]) -> str:
    text = given.get("CROSSINGS_MODE", "").strip()
    if text not in ("", LOCAL, PUBLIC):
        raise SettingError(f"CROSSINGS_MODE is {LOCAL} or {PUBLIC}; found '{text[:40]}'.")
    return text


def _path(given: Mapping[str, str], name: str) -> Path | None:
    text = given.get(f"CROSSINGS_{name}", "").strip()
    return Path(text) if text else None


def _provider(given: Mapping[str, str]) -> Provider | None:
    issuer = given.get("CROSSINGS_OIDC_ISSUER", "").strip()
    client_id = given.get("CROSSINGS_OIDC_CLIENT_ID", "").strip()
    if not issuer and not client_id:
        return None
    if not issuer or not client_id:
        raise SettingError("CROSSINGS_OIDC_ISSUER and CROSSINGS_OIDC_CLIENT_ID go together: state both, or neither.")
    parts = urlsplit(issuer)
    if not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise SettingError(f"CROSSINGS_OIDC_ISSUER is an address that begins with https://; found '{issuer[:80]}'.")
    return Provider(
        issuer.rstrip("/"), client_id, _path(given, "OIDC_CLIENT_SECRET_FILE"),
        given.get("CROSSINGS_OIDC_ROLES_CLAIM", "").strip() or "roles",
        given.get("CROSSINGS_OIDC_AGREEMENT_CLAIM", "").strip() or "agreement",
    )  # fmt: skip


def _whole(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(f"CROSSINGS_{name}", "").strip()
    if not text:
        return default
    least, most = SMALLEST[name], LARGEST[name]
    if not (text.isascii() and text.isdecimal() and len(text) < 16 and least <= int(text) <= most):
        raise SettingError(f"CROSSINGS_{name} is a whole number from {least} to {most}; found '{text[:40]}'.")
    return int(text)
