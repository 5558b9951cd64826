"""A process of its own that reads one Shapefile with GDAL: without a network where the system allows it, within limits.

It is run as a script, isolated, by ``shapefile_lines``; it sees a folder with copies of fixed names, and writes there
``lines.arrow`` (a column ``geometry`` of WKB last, the attributes before it) or ``fault.txt``. Whatever GDAL does with
a damaged file, an abort among it, ends this process and no other.
"""

import ctypes
import resource
import sys
import warnings
from pathlib import Path
from typing import Final

NEW_NETWORK: Final = 0x40000000  # CLONE_NEWNET: a network of its own, in which there is nothing
NEW_USER: Final = 0x10000000  # CLONE_NEWUSER: what makes that possible for any user
MOST_SECONDS: Final = 120
MOST_BYTES: Final = 8_000_000_000
GEOMETRY: Final = "\N{WHITE SQUARE}geometry"  # no attribute is called so


def leave_the_network() -> bool:
    """Return whether this process has no network any more; where the system refuses that, it goes on with one."""
    try:
        unshare = ctypes.CDLL(None).unshare
    except (OSError, AttributeError):
        return False
    return bool(unshare(NEW_NETWORK) == 0 or unshare(NEW_USER | NEW_NETWORK) == 0)


def set_limits() -> None:
    """Let the system end this process where it takes too long or too much."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(folder: Path) -> None:
    """Write what GDAL reads of ``lines.shp``, or why it cannot."""
    import polars as pl  # noqa: PLC0415  # GDAL loads where there is no network any more
    import pyogrio  # noqa: PLC0415

    try:
        warnings.simplefilter("ignore")  # repeated ids, rings: we number and judge them ourselves
        meta, _, shapes, values = pyogrio.raw.read(folder / "lines.shp")
        columns = {str(name): list(cells) for name, cells in zip(meta["fields"], values, strict=True)}
        rows = len(shapes) if shapes is not None else len(next(iter(columns.values()), []))
        made = [pl.Series(name, [_plain(cell) for cell in cells], strict=False) for name, cells in columns.items()]
        geometry = pl.Series(GEOMETRY, [None] * rows if shapes is None else list(shapes), dtype=pl.Binary)
        pl.DataFrame([*made, geometry]).write_ipc(folder / "lines.arrow")
    except Exception as error:  # noqa: BLE001  # told to whoever asked
        (folder / "fault.txt").write_text(str(error), encoding="utf-8", errors="replace")


def _plain(cell: object) -> object:
    import numpy as np  # noqa: PLC0415

    if isinstance(cell, np.datetime64):
        return None if np.isnat(cell) else str(cell)
    found = cell.item() if isinstance(cell, np.generic) else cell
    return None if isinstance(found, float) and found != found else found  # noqa: PLR0124  # NaN


if __name__ == "__main__":
    leave_the_network()
    set_limits()
    read(Path(sys.argv[1]))
