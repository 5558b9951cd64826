"""Static files compressed as far as it goes, once: ``python -m callbacks.set_up`` does it for all that a page loads.

Each file is kept under the SHA-256 of its content, so a file that changes is never answered with an old one.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import brotli

from data.model.caches import kept

FOLDER: Final = Path(__file__).parents[2] / "var" / "packed"
BEST: Final = 11


def place_of(content: bytes, folder: Path = FOLDER) -> Path:
    """Return where the packed form of ``content`` is kept."""
    return folder / f"{hashlib.sha256(content).hexdigest()}.br"


@kept
def read_packed(content: bytes, folder: Path = FOLDER) -> bytes | None:
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
