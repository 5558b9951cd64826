"""How an invented file is written: each row says that it is invented (RULES P8)."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from data.model.sources import INVENTED


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """Write a table whose last heading is ``demonstration``, and return its path."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([*row, INVENTED] for row in rows)
    return path
