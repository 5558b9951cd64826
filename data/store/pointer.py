"""``CURRENT``: the link in a store that names the vintage in use, be that there or not."""

import os
import re
from pathlib import Path
from typing import Final

from data.store.disk import pointed
from data.store.vintage_ref import NAME

CURRENT: Final = "CURRENT"


def stated_name(store: Path) -> str | None:
    """Return what CURRENT names, be it there or not; None where CURRENT is lost or names no vintage."""
    try:
        name = pointed(os.fspath(store / CURRENT))
    except (OSError, ValueError):
        return None
    return name if re.fullmatch(NAME, name) else None
