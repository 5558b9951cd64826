"""Compress what every page loads, and cut the towns, once, after install: ``python -m callbacks.set_up``."""

import re
import sys
from typing import Final

from callbacks.build import build
from callbacks.server.precompress import write_packed
from data.model.errors import CrossingsError
from data.model.settings import read_settings
from data.store.store import Store
from geo.map import basemap
from geo.map import gazetteer as towns

LATER: Final = (  # what the page's scripts load by themselves
    "/_dash-component-suites/plotly/package_data/plotly.min.js",
    "/_dash-component-suites/dash/dcc/async-graph.js",
)


def page_files() -> list[bytes]:
    """Return the content of every file that the page loads, as the server sends it."""
    client = build(Store(read_settings().store)).server.test_client()
    scripts = re.findall(r'(?:src|href)="(/[^"]+)"', client.get("/").text)
    answers = [client.get(address) for address in (*scripts, *LATER)]
    return [answer.get_data() for answer in answers if answer.status_code == 200] + [
        basemap.content(name) for name in basemap.NAMES
    ]


def main() -> int:
    """Pack and cut; 2 where a setting cannot be meant."""
    try:
        packed = write_packed(page_files())
    except CrossingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stderr.write(f"{packed} files packed for the browser\n")
    sys.stderr.write(f"{towns.read_towns().height:,} towns at hand\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
