"""How much work one reader may ask for: token buckets by address and kind, shared by the processes of one server.

Only work that is not kept already counts, so that many readers behind one address do not notice each other.
"""

import mmap
import struct
import time
from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Final, cast

from data.model.limits import Rate

SLOTS: Final = 16_384
SLOT: Final = struct.Struct("<dd")  # tokens spent, and when that was


class Limiter:
    """Buckets in a file that every process maps; what two processes write at once costs a token at most."""

    def __init__(self, file: Path, rates: Mapping[str, Rate], *, now: Callable[[], float] = time.monotonic) -> None:
        """Map the buckets, made where they are absent."""
        self._rates, self._now = dict(rates), now
        self._first = {kind: at * SLOTS for at, kind in enumerate(sorted(rates))}
        size = len(rates) * SLOTS * SLOT.size
        with file.open("a+b") as handle:
            handle.truncate(size)
            self._buckets = mmap.mmap(handle.fileno(), size)
        self._salt = file.stat().st_ino.to_bytes(8, "little")

    def wait(self, kind: str, address: str, *, cost: float = 1.0) -> float:
        """Take from the bucket of an address; return 0, or the seconds until there is enough again."""
        rate = self._rates.get(kind)
        if rate is None or not rate.each_second:
            return 0.0
        at = (self._first[kind] + self._slot(address)) * SLOT.size
        spent, since = cast("tuple[float, float]", SLOT.unpack_from(self._buckets, at))
        now = self._now()
        left = max(spent - max(now - since, 0.0) * rate.each_second, 0.0)
        if left + cost > rate.burst:
            return (left + cost - rate.burst) / rate.each_second
        SLOT.pack_into(self._buckets, at, left + cost, now)
        return 0.0

    def _slot(self, address: str) -> int:
        digest = blake2b(address.encode(), digest_size=4, key=self._salt).digest()
        return int.from_bytes(digest, "little") % SLOTS
