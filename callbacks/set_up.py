"""Compress what every page loads, and cut the towns, once, after install: ``python -m callbacks.set_up``."""

import re
import sys
from typing import Final

from callbacks.build import build
from callbacks.server import plotly_file
from callbacks.server.plotly_bundle import UnknownFormError, cut
from callbacks.server.precompress import write_packed
from data.model.errors import CrossingsError
from data.model.settings import read_settings
from data.store.store import Store
from geo.map import basemap
from geo.map import gazetteer as towns

LATER: Final = (  # what the page's scripts load by themselves
    plotly_file.ADDRESS,
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


def cut_plotly() -> str:
    """Cut Plotly's bundle to what the page draws, where that is not done yet, and say so."""
    whole = plotly_file.WHOLE.read_bytes()
    if not plotly_file.place_of(whole).is_file():
        try:
            plotly_file.write_cut(whole, cut(whole))
        except UnknownFormError as error:
            return f"Plotly's script is served whole: {error}"
        plotly_file.served.cache_clear()
    return f"{len(plotly_file.served()) / 1e6:.1f} of {len(whole) / 1e6:.1f} MB of Plotly are for the page"


def main() -> int:
    """Pack and cut; 2 where a setting cannot be meant."""
    sent = cut_plotly()
    try:
        packed = write_packed(page_files())
    except CrossingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stderr.write(f"{sent}\n")
    sys.stderr.write(f"{packed} files packed for the browser\n")
    sys.stderr.write(f"{towns.read_towns().height:,} towns at hand\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
