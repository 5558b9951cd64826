"""The project's JavaScript modules, served on loopback to a page under test that may import them."""

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
IMPORTS = {
    name: f"/tests/js/browser/{file}"
    for name, file in (("node:test", "test.mjs"), ("node:assert/strict", "assert.mjs"))
}
PAGE = f'<!doctype html><title>Tests</title><script type="importmap">{json.dumps({"imports": IMPORTS})}</script>'


class Modules(http.server.SimpleHTTPRequestHandler):
    """Serves the project's modules to the page under test, and the page itself."""

    extensions_map = {".mjs": "text/javascript"}  # noqa: RUF012 — as the base class has it

    def do_GET(self) -> None:
        if self.path != "/":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving_modules() -> Iterator[str]:
    """Serve the modules, and yield the address of the page that may import them."""
    handler = functools.partial(Modules, directory=str(ROOT))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
