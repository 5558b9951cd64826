"""What every answer says to the browser: nothing from elsewhere, nothing guessed, only ``/embed`` to be framed.

They are set around Flask, so that no answer leaves without them: pages, files, refusals, and
answers that were made before. By path alone, since an answer of "not modified" must say what the first one said.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from dash import Dash

from callbacks.server.guard import PILLAR_PAGES
from data.model.settings import read_settings

PAGE, DOCUMENT, FRAME, FILE, WORKER = "page", "document", "frame", "file", "worker"
KINDS: Final = {
    "/": PAGE,
    "/keep.js": WORKER,
    "/sector": DOCUMENT,
    **dict.fromkeys(PILLAR_PAGES, DOCUMENT),
    "/api/v1/": DOCUMENT,
    "/embed": FRAME,
}  # any other path: a file
FOR_OTHER_SITES: Final = (
    "/embed",
    "/embed.svg",
    "/embed.css",
    "/embed.js",
)  # with all of the interface, which any page may read, and the face of frames
POLICIES: Final = {
    PAGE: (
        "default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    DOCUMENT: (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data:; font-src 'self'; base-uri 'none'; "
        "form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    FRAME: (  # all may frame it, in words: the X-Frame-Options that many proxies add would shut it otherwise
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors *"
    ),
    WORKER: "default-src 'none'; connect-src 'self'; frame-ancestors 'none'",
    FILE: "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox; frame-ancestors 'none'",
}
DEVICES: Final = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid",
                  "magnetometer", "microphone", "midi", "payment", "serial", "usb")  # fmt: skip
ALWAYS: Final = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", ", ".join(f"{name}=()" for name in DEVICES)),
)
ONLY_ENCRYPTED: Final = ("Strict-Transport-Security", "max-age=31536000")  # a year; other names of the domain not meant

Headers = Sequence[tuple[str, str]]
Environ = dict[str, Any]


def kind_of(path: str) -> str:
    """Return what is at a path: the page, a document without script, the frame for other sites, or a file."""
    return KINDS.get(path, FILE)


def is_told(status: str, headers: Iterable[tuple[str, str]]) -> bool:
    """Return whether an answer is a page that says why there is no other (``problem_pages``)."""
    is_page = any(name.lower() == "content-type" and value.startswith("text/html") for name, value in headers)
    return is_page and status[:1] in "45"


def is_for_other_sites(path: str) -> bool:
    """Return whether pages of other sites may load what is at a path."""
    return path in FOR_OTHER_SITES or path.startswith(("/api/", "/assets/type/"))


def policy_headers(
    path: str, *, kind: str | None = None, hashes: Iterable[str] = (), is_https: bool = False
) -> Headers:
    """Return the headers of whatever is answered at a path; ``hashes`` are of the page's own inline scripts."""
    kind = kind or kind_of(path)
    is_for_others = is_for_other_sites(path)
    quoted = " ".join(f"'{one.strip(chr(39))}'" for one in hashes)
    frame = (("Cross-Origin-Embedder-Policy", "require-corp"),)  # so that pages that are isolated may frame it
    alone = (("Cross-Origin-Opener-Policy", "same-origin"), ("X-Frame-Options", "DENY"))
    return (
        ("Content-Security-Policy", POLICIES[kind].format(hashes=quoted)),
        ("Cross-Origin-Resource-Policy", "cross-origin" if is_for_others else "same-origin"),
        *(frame if kind == FRAME else alone),
        *ALWAYS,
        *((ONLY_ENCRYPTED,) if is_https else ()),
    )


def register(app: Dash) -> None:
    """Put the headers around the server; what is kept is kept with them."""
    server: Any = app.server
    server.wsgi_app = WithPolicy(server.wsgi_app, app.csp_hashes)


class WithPolicy:
    """A WSGI application whose every answer has the headers of its path."""

    def __init__(self, behind: Callable[..., Iterable[bytes]], hashes: Callable[[], Iterable[str]]) -> None:
        """Answer with ``behind``; ``hashes`` is asked once, at the first request, when the app is whole."""
        self._behind, self._hashes = behind, hashes
        self._is_https = read_settings().address.startswith("https://")
        self._kept: dict[tuple[str, bool], Headers] = {}

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")

        def start(status: str, headers: list[tuple[str, str]], *failed: Any) -> Any:
            return start_response(status, [*headers, *self._headers(path, is_told=is_told(status, headers))], *failed)

        return self._behind(environ, start)

    def _headers(self, path: str, *, is_told: bool) -> Headers:
        """Return the headers of a path; those of one kind are the same, and made once."""
        kind = DOCUMENT if is_told and kind_of(path) == FILE else kind_of(path)
        key = (kind, is_for_other_sites(path))
        found = self._kept.get(key)
        if found is None:
            found = policy_headers(path, kind=kind, hashes=self._hashes(), is_https=self._is_https)
            self._kept[key] = found
        return found


def directives(policy: str) -> Mapping[str, str]:
    """Return the directives of a content policy by name, each as it is written."""
    return {one.split()[0]: one for one in (part.strip() for part in policy.split(";")) if one}
