"""What a content policy lets a page do, tried in a real browser: a page of one site, and another site that it may not ask."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
BLANK = b"<!DOCTYPE html><link rel=icon href='data:,'><title>Probe</title>"
BODIES = {"svg": ("image/svg+xml", PICTURE), "js": ("text/javascript", b""), "css": ("text/css", b"")}
ASKED = ("image.svg", "style.css", "script.js", "frame.html", "fetch.js", "font.woff2")
MARKUP = """
<img src="{site}/{name}-image.svg"><link rel="stylesheet" href="{site}/{name}-style.css">
<script src="{site}/{name}-script.js"></script><iframe src="{site}/{name}-frame.html"></iframe>
"""
INLINE = """
<img id="data" src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/%3E">
<style>@font-face { font-family: probe; src: url(data:font/woff2;base64,AAAA) } body { margin: 41px; font-family: probe }</style>text<script>window.ran = true</script>
"""
SEEN = """
(own) => ({
  'data image': document.querySelector('#data').naturalWidth > 0,
  'inline style': getComputedStyle(document.body).marginTop === '41px',
  'inline script': window.ran === true,
  'origin of its own': self.origin === own,
})
"""
TRIED = """
async ([own, other]) => {
  const made = (name, parts) => Object.assign(document.createElement(name), parts);
  const quietly = (promise) => promise.catch(() => false);
  for (const [site, name] of [[own, 'own'], [other, 'other']]) {
    await quietly(fetch(`${site}/${name}-fetch.js`));
    await quietly(new FontFace('probe', `url(${site}/${name}-font.woff2)`).load());
  }
  const blob = (text, type) => URL.createObjectURL(new Blob([text], {type}));
  const found = {};
  found['blob image'] = await new Promise((done) => {
    const picture = made('img', {src: blob('<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml')});
    picture.onload = () => done(true);
    picture.onerror = () => done(false);
  });
  found['blob worker'] = await new Promise((done) => {
    try {
      const worker = new Worker(blob('postMessage(1)', 'text/javascript'));
      worker.onmessage = () => done(true);
      worker.onerror = () => done(false);
    } catch { done(false); }
  });
  setTimeout('window.evaluated = true');
  await new Promise((done) => setTimeout(done, 20));
  found['text as script'] = window.evaluated === true;
  document.head.append(made('base', {href: `${other}/`}));
  found['base of another site'] = document.baseURI.startsWith(other);
  return found;
}
"""
SUBMIT = """
(target) => {
  document.addEventListener('securitypolicyviolation', () => console.warn('form refused'));
  const form = Object.assign(document.createElement('form'), {action: target});
  document.body.append(form);
  form.submit();
}
"""
LONGEST = 1000  # looks, of 20 ms each


@dataclass
class Site:
    """One origin: its pages carry ``headers``; ``asked`` is every path that was asked of it."""

    address: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)


@contextmanager
def site() -> Iterator[Site]:
    """Serve one origin on loopback."""
    one = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            one.asked.add(path)
            kind, body = BODIES.get(path.rpartition(".")[2], ("text/html", one.pages.get(path, BLANK)))
            self.send_response(200)
            headers = one.headers if kind == "text/html" else {}
            for name, value in {"Content-Type": kind, "Access-Control-Allow-Origin": "*", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        one.address = f"http://127.0.0.1:{server.server_port}"
        yield one
        server.shutdown()
        thread.join()


def what_is_let(browser: Browser, policy: str, *, beside: dict[str, str] | None = None) -> dict[str, bool]:
    """Return which probes a page with this policy gets through; ``beside`` are headers that a proxy may add."""
    context = browser.new_context()
    try:
        with site() as own, site() as other:
            own.headers = {"Content-Security-Policy": policy, **(beside or {})}
            markup = INLINE + "".join(
                MARKUP.format(site=one.address, name=name) for one, name in ((own, "own"), (other, "other"))
            )
            own.pages["/probe"] = BLANK + markup.encode()
            page, heard = context.new_page(), list[str]()
            page.on("console", lambda said: heard.append(said.text))
            page.goto(f"{own.address}/probe")
            found: dict[str, bool] = page.evaluate(SEEN, own.address)
            is_shut = any("Loading the font 'data:" in one for one in heard)
            found["data font"] = found["inline style"] and not is_shut  # the style asks for it
            if not re.search(r"\bsandbox\b", policy):  # nothing runs in a sandbox
                found |= page.evaluate(TRIED, [own.address, other.address])
                found["form to itself"] = _submits(context, f"{own.address}/blank", own)
                found["form to another site"] = _submits(context, f"{own.address}/blank", other)
            asked = own.asked | other.asked
            found |= {
                f"{whose} {name.partition('.')[0]}": f"/{whose}-{name}" in asked
                for name in ASKED
                for whose in ("own", "other")
            }
            other.pages["/framing"] = BLANK + f'<iframe src="{own.address}/blank"></iframe>'.encode()
            page.goto(f"{other.address}/framing")
            found["in a frame of another site"] = page.frames[1].url.startswith(own.address)
            return found
    finally:
        context.close()


def _submits(context: BrowserContext, start: str, target: Site) -> bool:
    """Return whether a form is sent: either it is asked for, or its refusal is heard."""
    page, heard = context.new_page(), list[str]()  # a page of its own, as it leaves where the form is sent
    page.on("console", lambda said: heard.append(said.text))
    page.goto(start)
    page.evaluate(SUBMIT, f"{target.address}/form")
    for _ in range(LONGEST):
        if "/form" in target.asked or "form refused" in heard:
            return "/form" in target.asked
        page.wait_for_timeout(20)
    raise TimeoutError("The form was neither sent nor refused.")
