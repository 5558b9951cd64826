"""Serve Crossings: ``python app.py [--store DIR] [--host H] [--port N]``."""

import argparse
import os
import sys
from pathlib import Path
from threading import Thread

from dash import Dash
from gunicorn.app.base import BaseApplication

from callbacks.pictures import warm
from callbacks.register import build
from data.errors import StoreError
from data.store import Store, default_store


def create_app(store: Path) -> Dash:
    """Return the app on a store; every call makes one of its own."""
    return build(Store(store))


def arguments() -> argparse.Namespace:
    """Return the settings: from the command line, else the environment, else the defaults."""
    parser = argparse.ArgumentParser(description="Crossings: one map and one time axis.")
    parser.add_argument("--store", type=Path, default=default_store())
    parser.add_argument("--host", default=os.environ.get("CROSSINGS_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("CROSSINGS_PORT", "8050")))
    return parser.parse_args()


class Server(BaseApplication):
    """Gunicorn with threads. No preload: Polars must not be used before a worker is forked."""

    def __init__(self, store: Path, *, host: str, port: int) -> None:
        """Keep the settings; the app is built in each worker."""
        self.store, self.bind = store, f"{host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        """Set what gunicorn needs to know."""
        workers = int(os.environ.get("CROSSINGS_WORKERS", "2"))
        settings: dict[str, object] = {
            "bind": self.bind, "workers": workers, "threads": 4, "worker_class": "gthread", "timeout": 60,
            "graceful_timeout": 5, "loglevel": "warning", "preload_app": False, "control_socket_disable": True,
        }  # fmt: skip
        for name, value in settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> object:
        """Return the worker's app, after one query has warmed it; what pictures need is read beside."""
        app = create_app(self.store)
        app.server.test_client().get("/readyz")
        Thread(target=warm, daemon=True).start()
        return app.server


def main() -> int:
    """Serve until stopped; 2 where there is nothing to serve."""
    options = arguments()
    if not Store(options.store).has_vintage():
        try:
            Store(options.store).current()
        except StoreError as error:
            sys.stderr.write(f"{error}\n")
        return 2
    sys.stderr.write(f"Crossings: http://{options.host}:{options.port}  (stop with Ctrl-C)\n")
    Server(options.store, host=options.host, port=options.port).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
