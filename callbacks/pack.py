"""Compress what every page loads as far as it goes, and cut the towns, at set-up: ``python -m callbacks.pack``.

Each file is kept under the SHA-256 of its content, so a file that changes is never answered with an old one.
"""

import hashlib
import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

import brotli

from geo import basemap, towns

FOLDER: Final = Path(__file__).parent.parent / "var" / "packed"
LATER: Final = (  # what the page's scripts load by themselves
    "/_dash-component-suites/plotly/package_data/plotly.min.js",
    "/_dash-component-suites/dash/dcc/async-graph.js",
)
BEST: Final = 11


def place_of(content: bytes, folder: Path = FOLDER) -> Path:
    """Return where the packed form of ``content`` is kept."""
    return folder / f"{hashlib.sha256(content).hexdigest()}.br"


@lru_cache(maxsize=64)
def packed(content: bytes, folder: Path = FOLDER) -> bytes | None:
    """Return the packed form of a file; None where it has not been made."""
    path = place_of(content, folder)
    return path.read_bytes() if path.is_file() else None


def write_packed(contents: Iterable[bytes], folder: Path = FOLDER) -> int:
    """Pack every file that is not packed yet, and return how many were."""
    folder.mkdir(parents=True, exist_ok=True)
    made = 0
    for content in contents:
        path = place_of(content, folder)
        if not path.is_file():
            started = path.with_suffix(".part")
            started.write_bytes(brotli.compress(content, quality=BEST))
            started.replace(path)
            made += 1
    return made


def page_files() -> list[bytes]:
    """Return the content of every file that the page loads, as the server sends it."""
    from callbacks.register import build  # noqa: PLC0415 — the app itself reads packed files through this module
    from data.store import Store, default_store  # noqa: PLC0415

    client = build(Store(default_store())).server.test_client()
    scripts = re.findall(r'(?:src|href)="(/[^"]+)"', client.get("/").text)
    answers = [client.get(address) for address in (*scripts, *LATER)]
    return [answer.get_data() for answer in answers if answer.status_code == 200] + [
        basemap.content(name) for name in basemap.NAMES
    ]


if __name__ == "__main__":
    sys.stderr.write(f"{write_packed(page_files())} files packed for the browser\n")
    sys.stderr.write(f"{towns.written().height:,} towns at hand\n")
