"""Which settings are too weak for a page that everybody may ask: each is a sentence; ``app.py`` refuses them too."""

import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from data.model.settings import Settings, debug_switches, secret_files, stated_secrets

SHORTEST_SECRET: Final = 32  # bytes, as long as the key of the digest that is made with it
FEWEST_KINDS: Final = 8  # of characters, in a secret that somebody drew and did not type
Check = Callable[[Settings, Mapping[str, str] | None], list[str]]


def refusals(settings: Settings, environment: Mapping[str, str] | None = None) -> list[str]:
    """Return a sentence for each setting that public mode refuses; none where the mode is not public."""
    if not settings.is_public:
        return []
    return [sentence for check in WEAK.values() for sentence in check(settings, environment)]


def weak_secrets(_settings: Settings, environment: Mapping[str, str] | None = None) -> list[str]:
    """Tell of secrets that can be guessed, or be read by others of the machine."""
    given = {name: value.encode() for name, value in stated_secrets(environment).items()}
    found = [_guessable(name, value) for name, value in given.items()]
    for name, path in secret_files(environment).items():
        found += _of_secret_file(name, path)
    return [sentence for sentence in found if sentence]


def _of_secret_file(name: str, path: Path) -> list[str]:
    try:
        secret, mode = path.read_bytes().strip(), path.stat().st_mode
    except OSError as error:
        return [f"{name}: the file cannot be read ({error.strerror})."]
    is_open = bool(mode & (stat.S_IRWXG | stat.S_IRWXO) & ~stat.S_IRGRP)
    opened = f"{name}: others of this machine may read or change the file. Close it: chmod 640 FILE." if is_open else ""
    return [_guessable(name, secret), opened]


def _guessable(name: str, secret: bytes) -> str:
    if len(secret) >= SHORTEST_SECRET and len(set(secret)) >= FEWEST_KINDS:
        return ""
    draw = "python -c 'import secrets; print(secrets.token_urlsafe(32))'"
    return f"{name} can be guessed: it is shorter than {SHORTEST_SECRET} bytes, or repeats itself. Draw one: {draw}."


def debugging(_settings: Settings, environment: Mapping[str, str] | None = None) -> list[str]:
    """Tell of switches that make errors and tools visible."""
    return [
        f"{name} is on, which shows readers what only developers need. Unset it."
        for name in debug_switches(environment)
    ]


def open_hosts(settings: Settings, _environment: Mapping[str, str] | None = None) -> list[str]:
    """Tell of host names that are not stated, or do not hold the one that readers use."""
    if not settings.hosts:
        return ["CROSSINGS_HOSTS states no host names, so that any is answered for. State those of the page."]
    own = urlsplit(settings.address).hostname or ""
    names = settings.hosts.lower().split(",")
    is_held = own in names or f"[{own}]" in names or any(one[0] == "." and own.endswith(one) for one in names)
    return (
        [] if is_held or not own else [f"CROSSINGS_HOSTS does not hold {own}, the host of CROSSINGS_ADDRESS. Add it."]
    )


def plain_address(settings: Settings, _environment: Mapping[str, str] | None = None) -> list[str]:
    """Tell of an address that is not stated, or not encrypted."""
    if not settings.address:
        return ["CROSSINGS_ADDRESS is not stated: shared links would lead nowhere. State https:// and the page's host."]
    is_encrypted = settings.address.startswith("https://")
    return [] if is_encrypted else ["CROSSINGS_ADDRESS is not encrypted. Serve the page by https, and state that."]


def open_store(settings: Settings, _environment: Mapping[str, str] | None = None) -> list[str]:
    """Tell of a store that anybody on the machine may change."""
    try:
        mode = settings.store.stat().st_mode
    except OSError:
        return []
    is_open = bool(mode & stat.S_IWOTH)
    return ["CROSSINGS_STORE may be changed by anybody on this machine. Close it: chmod o-w FOLDER."] if is_open else []


WEAK: Final[Mapping[str, Check]] = {
    "secret": weak_secrets,
    "debug": debugging,
    "hosts": open_hosts,
    "address": plain_address,
    "store": open_store,
}
