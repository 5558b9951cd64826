"""Serve Crossings: ``python app.py [--store DIR] [--host H] [--port N]``."""

import argparse
import json
import socket
import sys
from pathlib import Path
from threading import Thread
from typing import Any, Final

from dash import Dash
from gunicorn.app.base import BaseApplication
from gunicorn.http.errors import LimitRequestLine
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from callbacks.accounts.log_in import Door
from callbacks.build import build
from callbacks.questions import warming
from callbacks.server.guard import too_long
from callbacks.server.responses import TITLES
from callbacks.sheets import pictures
from data.model.caches import CACHES
from data.model.errors import SettingError, StoreError
from data.model.settings import LOCAL, mode_of, read_settings
from data.store.store import Store
from data.store.tiered import open_for_public

LONGEST_LINE: Final = 8190  # gunicorn's most, and more than the guard lets pass: its sentence is said for both


def create_app(store: Path, *, host: str | None = None) -> Dash:
    """Return the app on a store; every call makes one of its own. What is kept is bounded as the settings say.

    Raises
    ------
    StoreError
        It is to be read by tier (public mode), and holds what is not public without being said to (RULES 9).
    """
    settings = read_settings()
    CACHES.limit(settings.cache_bytes)
    read = open_store(store, host=settings.host if host is None else host)
    return build(read, door=Door(settings) if read.by_tier and settings.oidc else None)


def open_store(folder: Path, *, host: str) -> Store:
    """Return the store that a server on ``host`` reads: whole where it serves this machine alone, else by tier."""
    settings = read_settings()
    if mode_of(settings, host) == LOCAL:
        return Store(folder)
    return open_for_public(folder, settings.restricted_store)


def arguments() -> argparse.Namespace:
    """Return the settings: from the command line, else the environment, else the defaults."""
    parser = argparse.ArgumentParser(description="Crossings: one map and one time axis.")
    stated = read_settings()
    parser.add_argument("--store", type=Path, default=stated.store)
    parser.add_argument("--host", default=stated.host)
    parser.add_argument("--port", type=_port, default=stated.port)
    return parser.parse_args()


def _port(text: str) -> int:
    """Return a port as the settings would read it."""
    return read_settings({"CROSSINGS_PORT": text}).port


def warm() -> None:
    """Read what pictures and answers need, so that a reader's first one does not wait for it."""
    pictures.warm()
    warming.warm()


class Worker(ThreadWorker):
    """A worker that refuses an address too long to be read with a sentence, as the app refuses everything else."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer a request that could not be read."""
        if not isinstance(exc, LimitRequestLine):
            super().handle_error(req, client, addr, exc)
            return
        body = json.dumps({"type": "about:blank", "title": TITLES[414], "status": 414, "detail": too_long()})
        head = f"HTTP/1.1 414 URI Too Long\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
        kind = "Content-Type: application/problem+json\r\nX-Content-Type-Options: nosniff\r\n\r\n"
        try:
            write_nonblock(client, f"{head}{kind}{body}".encode())
        except OSError:
            self.log.debug("The reader has gone.")


class Server(BaseApplication):
    """Gunicorn with threads. No preload: Polars must not be used before a worker is forked."""

    def __init__(self, store: Path, *, host: str, port: int) -> None:
        """Keep the settings; the app is built in each worker."""
        self.store, self.host, self.bind = store, host, f"{host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        """Set what gunicorn needs to know."""
        workers = read_settings().workers
        settings: dict[str, object] = {
            "bind": self.bind, "workers": workers, "threads": 4, "worker_class": Worker, "timeout": 60,
            "graceful_timeout": 5, "loglevel": "warning", "preload_app": False, "control_socket_disable": True,
            "limit_request_line": LONGEST_LINE,
        }  # fmt: skip
        for name, value in settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> object:
        """Return the worker's app, after one query has warmed it; what pictures and answers need is read beside."""
        app = create_app(self.store, host=self.host)
        app.server.test_client().get("/readyz")
        Thread(target=warm, daemon=True).start()
        return app.server


def main() -> int:
    """Serve until stopped; 2 where there is nothing to serve."""
    try:
        options = arguments()
    except SettingError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    try:
        store = open_store(options.store, host=options.host)
        if not store.has_vintage():
            store.current()
    except (SettingError, StoreError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stderr.write(f"Crossings: http://{options.host}:{options.port}  (stop with Ctrl-C)\n")
    Server(options.store, host=options.host, port=options.port).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
