"""The settings of log-in: who says who a reader is, by OpenID Connect."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from data.model.errors import SettingError, shown

PREFIX: Final = "CROSSINGS_OIDC_"
OWN_HOSTS: Final = ("127.0.0.1", "localhost", "::1", "[::1]")  # this machine alone


@dataclass(frozen=True)
class Provider:
    """An OpenID Connect provider, this program's id and secret there, and the claims that it reads."""

    issuer: str
    client_id: str
    secret_file: Path | None = None  # None: a public client, with PKCE alone
    roles_claim: str = "roles"  # a path such as ``realm_access.roles``; its values: partner, border
    agreement_claim: str = "agreement"


def parse_provider(given: Mapping[str, str]) -> Provider | None:
    """Return the provider that the environment states; None where it states none.

    Raises
    ------
    SettingError
        Half of it is stated, or its address is not encrypted.
    """
    issuer, client_id = _given(given, "ISSUER"), _given(given, "CLIENT_ID")
    if not issuer and not client_id:
        return None
    if not issuer or not client_id:
        raise SettingError("CROSSINGS_OIDC_ISSUER and CROSSINGS_OIDC_CLIENT_ID go together: state both, or neither.")
    if not _is_encrypted(issuer):
        sentence = f"CROSSINGS_OIDC_ISSUER is an address that begins with https://; found '{shown(issuer[:80])}'."
        raise SettingError(sentence)
    secret = _given(given, "CLIENT_SECRET_FILE")
    return Provider(
        issuer.rstrip("/"),
        client_id,
        Path(secret) if secret else None,
        _given(given, "ROLES_CLAIM") or "roles",
        _given(given, "AGREEMENT_CLAIM") or "agreement",
    )


def _given(given: Mapping[str, str], name: str) -> str:
    return given.get(f"{PREFIX}{name}", "").strip()


def _is_encrypted(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in OWN_HOSTS)
    )
