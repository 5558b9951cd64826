"""Serve Crossings: ``python app.py [--store DIR] [--host H] [--port N]``."""

import argparse
import sys
from pathlib import Path

from callbacks.build import create_app
from callbacks.serving.serve import serve
from data.model.errors import SettingError, StoreError
from data.model.settings import read_settings
from data.store.store import Store

__all__ = ["create_app", "main"]


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


def main() -> int:
    """Serve until stopped; 2 where there is nothing to serve."""
    try:
        options = arguments()
    except SettingError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if not Store(options.store).has_vintage():
        try:
            Store(options.store).current()
        except StoreError as error:
            sys.stderr.write(f"{error}\n")
        return 2
    return serve(options.store, host=options.host, port=options.port)


if __name__ == "__main__":
    sys.exit(main())
