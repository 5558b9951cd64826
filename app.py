"""Serve Crossings: ``python app.py [--store DIR] [--host H] [--port N]``."""

import argparse
import sys

from callbacks.serving.serve import serve
from data.cli.weak_settings import refusals
from data.model.errors import SettingError, StoreError
from data.model.settings import Settings, settings_with
from data.store.tiered import check_for_public, open_as_stated


def arguments() -> Settings:
    """Return the settings: from the command line, else the environment, else the defaults."""
    parser = argparse.ArgumentParser(description="Crossings: one map and one time axis.")
    for name in ("store", "host", "port"):
        parser.add_argument(f"--{name}")
    given = parser.parse_args()
    return settings_with(store=given.store, host=given.host, port=given.port)


def main() -> int:
    """Serve until stopped; 2 where there is nothing to serve."""
    try:
        options = arguments()
    except SettingError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if weak := refusals(options):
        sys.stderr.write("\n".join([*weak, ""]))
        return 2
    try:
        store = open_as_stated(options)
        if not store.has_vintage():
            store.current()
            return 2
        check_for_public(options)
    except (SettingError, StoreError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return serve(options.store, host=options.host, port=options.port)


if __name__ == "__main__":
    sys.exit(main())
