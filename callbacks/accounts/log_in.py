"""``/login``, ``/login/callback`` and ``/logout``: off unless a provider is stated; a cookie holds a token."""

import secrets
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final

from dash import Dash
from flask import Flask, Response, redirect, request

from callbacks.accounts.openid import OpenId
from callbacks.server.address import own_address
from callbacks.server.reader import nobody_known
from callbacks.server.responses import problem_response
from data.accounts.reads import kind_of, note_read
from data.accounts.sessions import LONGEST, TO_LOG_IN, Sessions
from data.model.errors import CrossingsError, QueryError, SettingError
from data.model.notices import say
from data.model.roles import Reader
from data.model.settings import Settings

LOG_IN, BACK, LOG_OUT = "/login", "/login/callback", "/logout"
SESSION, LEAVING = "crossings", "crossings-login"
SECURE: Final = "__Host-"  # a browser takes such a cookie over https alone, and from no other host


def cookie_name(name: str, *, is_secure: bool) -> str:
    """Return the name of a cookie: bound to the host where the page is encrypted."""
    return f"{SECURE}{name}" if is_secure else name


class Door:
    """Who comes in: the provider, the sessions, and the cookies of one app."""

    def __init__(self, settings: Settings) -> None:
        """Raise SettingError where it is not said at which address readers come back."""
        base = own_address()
        if settings.oidc is None or not base:
            raise SettingError(say("accounts.no_address"))
        self.folder, self.sessions = settings.accounts, Sessions(settings.accounts)
        self.openid = OpenId(settings.oidc, f"{base}{BACK}")
        self.is_secure = base.startswith("https://")

    def find(self, environ: dict[str, Any]) -> Reader:
        """Return who asks: the public where there is no session."""
        token = self._cookie(environ, SESSION)
        return (token and self.sessions.find(token)) or nobody_known(environ)

    def note(self, reader: Reader, path: str) -> None:
        """Keep that an account has read; an answer that cannot be noted is not given."""
        note_read(self.folder, account=reader.account, kind=kind_of(path))

    def _cookie(self, environ: dict[str, Any], name: str) -> str:
        try:
            held = SimpleCookie(str(environ.get("HTTP_COOKIE", "")))
        except CookieError:
            return ""
        found = held.get(cookie_name(name, is_secure=self.is_secure))
        return found.value if found else ""

    def leave(self) -> Response:
        """Send a reader to the provider, with a token that only this browser brings back."""
        leaving, browser = self.openid.leave(), secrets.token_urlsafe(32)
        self.sessions.begin(leaving.state, browser, leaving.begun)
        return self._with_cookie(_to(leaving.address), LEAVING, browser, TO_LOG_IN)

    def come_back(self) -> Response:
        """Start a session, under a new token; raise QueryError where what came back does not fit what left."""
        state, code = request.args.get("state", ""), request.args.get("code", "")
        browser = self._cookie(request.environ, LEAVING)
        begun = self.sessions.take(state, browser) if state and browser else None
        if begun is None or not code:
            raise QueryError(say("accounts.not_begun"), parameter="login")
        token = self.sessions.start(self.openid.come_back(code, begun))
        response = self._with_cookie(_to("/"), SESSION, token, LONGEST)
        return self._with_cookie(response, LEAVING, "", 0)

    def log_out(self) -> Response:
        """End the session of this browser."""
        self.sessions.end(self._cookie(request.environ, SESSION))
        return self._with_cookie(_to("/"), SESSION, "", 0)

    def _with_cookie(self, response: Response, name: str, value: str, seconds: int) -> Response:
        response.set_cookie(
            cookie_name(name, is_secure=self.is_secure), value, max_age=seconds, path="/", secure=self.is_secure,
            httponly=True, samesite="Lax",
        )  # fmt: skip
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _to(address: str) -> Response:
    response = redirect(address, code=303)
    return Response(status=303, headers={"Location": response.headers["Location"]})


def register(app: Dash, door: Door) -> None:
    """Add the three routes."""
    server: Flask = app.server

    @server.get(LOG_IN)
    def log_in() -> Response:
        return _answered(door.leave)

    @server.get(BACK)
    def come_back() -> Response:
        return _answered(door.come_back)

    @server.post(LOG_OUT)
    def log_out() -> Response:
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            return problem_response(QueryError(say("accounts.other_site"), parameter="logout"))
        return _answered(door.log_out)


def _answered(make: Any) -> Response:
    try:
        found: Response = make()
    except CrossingsError as error:
        return problem_response(error)
    return found
