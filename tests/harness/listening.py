"""A server whose pages listen to their own errors from before the first script: WebKit's driver does not tell them."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from werkzeug.wrappers import Response

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PATH = "/listening-in-test.js"
LISTEN = """{
  const wrong = (window.wrongInTest = []);
  addEventListener("error", ({ message, target }) => wrong.push(message ?? `not loaded: ${target.outerHTML}`), true);
  addEventListener("unhandledrejection", ({ reason }) => wrong.push(`not handled: ${reason}`));
  addEventListener("securitypolicyviolation", ({ blockedURI }) => wrong.push(`refused by the policy: ${blockedURI}`));
  const say = console.error;
  console.error = (...words) => { wrong.push(words.join(" ")); say.apply(console, words); };
  addEventListener("DOMContentLoaded", () => {
    window.firstInTest = document.querySelector(".first-sentence")?.innerText;
  });
}"""
NO_WEBGL2 = """{
  const given = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return kind === "webgl2" ? null : given.call(this, kind, ...rest);
  };
}"""


def listening(app: Wsgi, script: str = LISTEN) -> Wsgi:
    """Return an app that answers as ``app`` does, with one more script, of its own origin, at the head of each page."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == PATH:
            return Response(script, content_type="text/javascript")(environ, start)
        if "text/html" not in environ.get("HTTP_ACCEPT", ""):
            return app(environ, start)
        given = Response.from_app(app, {name: one for name, one in environ.items() if name != "HTTP_ACCEPT_ENCODING"})
        if given.mimetype == "text/html":
            given.set_data(given.get_data().replace(b"<head>", f'<head><script src="{PATH}"></script>'.encode(), 1))
        return given(environ, start)

    return answer


listening_without_webgl2 = partial(listening, script=NO_WEBGL2 + LISTEN)
