"""The content policy in a real browser: each directive forbids or lets something that is tried, and nothing else does."""

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from callbacks.build import build
from callbacks.server.headers import directives
from data.store.store import Store
from tests.harness.policy_probes import what_is_let

pytestmark = pytest.mark.browser
LET = {  # by what is asked for, all that its policy lets a browser do; what is not named here is forbidden
    "/": {"own image", "own style", "own script", "own fetch", "own font", "data image", "blob image", "inline style",
          "blob worker", "form to itself", "origin of its own"},
    "/sector": {"own style", "own font", "data image", "inline style", "form to itself", "origin of its own"},
    "/embed": {"own style", "own image", "own script", "own font", "origin of its own", "in a frame of another site"},
    "/embed.svg": {"inline style", "data font"},
}  # fmt: skip
OF_OFFLINE = {"manifest-src", "worker-src 'self'"}  # tried in test_offline
OF_A_PROXY = {"/embed": {"X-Frame-Options": "DENY"}}  # added by many to all that passes


@pytest.fixture(scope="module")
def policies(demonstration_store: Store) -> dict[str, str]:
    client: FlaskClient = build(demonstration_store).server.test_client()
    return {path: client.get(path).headers["Content-Security-Policy"] for path in LET}


@pytest.mark.parametrize("path", LET)
def test_a_policy_lets_what_is_needed_and_nothing_else(browser: Browser, policies: dict[str, str], path: str) -> None:
    assert let(browser, path, policies[path]) == LET[path]


@pytest.mark.long
@pytest.mark.parametrize("path", LET)
def test_without_any_one_directive_something_else_is_let(browser: Browser, policies: dict[str, str], path: str) -> None:
    """Remove each directive in turn: a browser must tell the difference, or the directive does nothing."""
    stated = directives(policies[path])
    idle = [
        name for name in stated if name not in OF_OFFLINE and let(browser, path, without(stated, name)) == LET[path]
    ]
    assert idle == []


@pytest.mark.long
@pytest.mark.parametrize("path", LET)
def test_without_any_one_source_something_else_is_let(browser: Browser, policies: dict[str, str], path: str) -> None:
    stated = directives(policies[path])
    idle = [
        f"{name} {source}"
        for name, directive in stated.items()
        for source in directive.split()[1:]
        if len(directive.split()) > 2 and not source.startswith("'sha256-")  # the page itself shows whether that is needed
        if f"{name} {source}" not in OF_OFFLINE
        if let(browser, path, "; ".join(stated.values()).replace(directive, directive.replace(f" {source}", "", 1))) == LET[path]
    ]  # fmt: skip
    assert idle == []


def without(stated: object, name: str) -> str:
    return "; ".join(directive for key, directive in dict(stated).items() if key != name)  # type: ignore[call-overload]


def let(browser: Browser, path: str, policy: str) -> set[str]:
    found = what_is_let(browser, policy, beside=OF_A_PROXY.get(path))
    return {name for name, is_let in found.items() if is_let}
