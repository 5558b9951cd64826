"""OpenID Connect with one provider: the authorization code flow with PKCE, state and nonce, by Authlib."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, cast
from urllib.parse import urlsplit

import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from joserfc.jws import JWSRegistry

from data.accounts.sessions import Begun
from data.model.errors import QueryError, SettingError
from data.model.notices import say
from data.model.provider import OWN_HOSTS, Provider
from data.model.roles import Reader, Role

SETTING: Final = "CROSSINGS_OIDC_CLIENT_SECRET_FILE"
SECONDS: Final = 10  # for each answer of the provider
LEEWAY: Final = 60  # seconds by which two clocks may differ
SIGNED: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
ROLES: Final = (Role.BORDER, Role.PARTNER)  # of several the one that may see most


@dataclass(frozen=True)
class Leaving:
    """A log-in that leaves: the address at the provider, and what is kept of it here."""

    address: str
    state: str
    begun: Begun


class OpenId:
    """A client of a provider; ``back`` is the address at which the provider sends readers back."""

    def __init__(self, provider: Provider, back: str) -> None:
        """Keep who the provider is; it is asked when somebody logs in first."""
        self.provider, self.back = provider, back

    @cached_property
    def metadata(self) -> dict[str, Any]:
        """Return what the provider says of itself; kept once it has answered."""
        found = _read(f"{self.provider.issuer}/.well-known/openid-configuration")
        if str(found.get("issuer", "")).rstrip("/") != self.provider.issuer:
            raise QueryError(say("accounts.other_issuer"), parameter="login")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not is_safe(str(found.get(name, ""))):
                raise QueryError(say("accounts.no_provider"), parameter="login")
        return found

    @cached_property
    def _secret(self) -> str | None:
        path = self.provider.secret_file
        try:
            return path.read_text(encoding="utf-8").strip() if path else None
        except OSError as error:
            raise SettingError(say("accounts.no_secret", setting=SETTING, why=error.strerror)) from None

    def _client(self) -> OAuth2Session:
        how = "client_secret_basic" if self._secret else "none"
        return OAuth2Session(
            self.provider.client_id, self._secret, scope="openid", redirect_uri=self.back,
            token_endpoint_auth_method=how, code_challenge_method="S256", default_timeout=SECONDS,
        )  # fmt: skip

    def leave(self) -> Leaving:
        """Return where a reader who logs in is sent; raise QueryError where the provider does not answer."""
        begun, state = Begun(secrets.token_urlsafe(32), secrets.token_urlsafe(48)), secrets.token_urlsafe(32)
        with self._client() as client:
            address, _ = client.create_authorization_url(
                self.metadata["authorization_endpoint"], state=state, nonce=begun.nonce, code_verifier=begun.verifier
            )
        return Leaving(str(address), state, begun)

    def come_back(self, code: str, begun: Begun) -> Reader:
        """Return who has logged in.

        Raises
        ------
        QueryError
            The code is not the provider's, its token is not for us or not of this log-in, or the account has no role.
        """
        try:
            with self._client() as client:
                token = client.fetch_token(
                    self.metadata["token_endpoint"], code=code, code_verifier=begun.verifier, timeout=SECONDS
                )
            claims = self._claims(token, begun)
        except QueryError:
            raise
        except Exception as error:  # the provider's answer is anything: what is wrong with it is nobody's to read
            raise QueryError(say("accounts.refused"), parameter="login") from error
        return reader_of(claims, self.provider)

    def _claims(self, token: Mapping[str, Any], begun: Begun) -> dict[str, Any]:
        keys = KeySet.import_key_set(cast("KeySetSerialization", _read(str(self.metadata["jwks_uri"]))))
        signed = jwt.decode(
            token["id_token"], keys, registry=JWSRegistry(algorithms=list(SIGNED), strict_check_header=False)
        )
        options = {"iss": {"essential": True, "values": [self.metadata["issuer"]]}}
        given = {"nonce": begun.nonce, "client_id": self.provider.client_id, "access_token": token.get("access_token")}
        claims = CodeIDToken(signed.claims, signed.header, options, given)
        claims.validate(leeway=LEEWAY)
        if claims.get("nonce") != begun.nonce:
            raise JoseError("the nonce is another")
        return dict(claims)


def is_safe(address: str) -> bool:
    """Return whether an address is encrypted, or of this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and (parts.hostname or "") in OWN_HOSTS)


def _read(address: str) -> dict[str, Any]:
    try:
        answer = requests.get(address, timeout=SECONDS, allow_redirects=False)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise QueryError(say("accounts.no_provider"), parameter="login") from error
    if not isinstance(found, dict):
        raise QueryError(say("accounts.no_provider"), parameter="login")
    return found


def reader_of(claims: Mapping[str, Any], provider: Provider) -> Reader:
    """Return who reads by the claims of an account; raise QueryError where it has no role, or no agreement it needs."""
    said = _claim(claims, provider.roles_claim)
    named = {str(one) for one in said} if isinstance(said, list | tuple) else {str(said)}
    role = next((one for one in ROLES if one.value in named), None)
    account = str(claims.get("sub", ""))
    if role is None or not account:
        raise QueryError(say("accounts.no_role"), parameter="login")
    agreement = str(_claim(claims, provider.agreement_claim) or "")
    if role is Role.PARTNER and not agreement:
        raise QueryError(say("accounts.no_agreement"), parameter="login")
    return Reader(role, account=account, agreement=agreement)


def _claim(claims: Mapping[str, Any], path: str) -> Any:
    found: Any = claims
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found
