"""Writes a small file, and reads one that has one layout, as most have."""

from collections.abc import Sequence
from pathlib import Path

from data.readers.count_layout import CountLayout
from data.readers.layouts import COUNT_LAYOUTS
from data.readers.registry import read_file
from data.readers.result import ReadResult


def written(folder: Path, content: bytes, name: str = "counts.csv") -> Path:
    """Return the path of a file with this content."""
    path = folder / name
    path.write_bytes(content)
    return path


def read_one(path: Path, layouts: Sequence[CountLayout] = COUNT_LAYOUTS) -> ReadResult:
    """Return the one result of a file."""
    (result,) = read_file(path, layouts)
    return result
