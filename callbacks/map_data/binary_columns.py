"""Columns of numbers for the browser: a length, a line of JSON, then each column as it lies in memory."""

from collections.abc import Mapping
from typing import Any, Final

import brotli
import numpy as np
import orjson

MIMETYPE: Final = "application/octet-stream"
KINDS: Final = {"u1", "i2", "u2", "i4", "u4", "u8"}


def pack(details: Mapping[str, Any], columns: Mapping[str, np.ndarray]) -> bytes:
    """Return ``details`` and ``columns`` as bytes; ``assets/map/binary_columns.mjs`` reads them.

    4 bytes: the length of the JSON (little-endian). The JSON: ``details`` and ``columns``, a list of
    [name, kind, count]. Then each column from the next multiple of 8 bytes on.
    """
    arrays = {name: np.ascontiguousarray(values) for name, values in columns.items()}
    kinds = {name: values.dtype.newbyteorder("<").str[1:] for name, values in arrays.items()}
    if unknown := set(kinds.values()) - KINDS:
        raise ValueError(f"columns of kind {sorted(unknown)} cannot be sent")
    listed = [[name, kinds[name], values.size] for name, values in arrays.items()]
    head = orjson.dumps({**details, "columns": listed})
    parts = [len(head).to_bytes(4, "little") + head]
    parts[0] += bytes(-len(parts[0]) % 8)
    for values in arrays.values():
        content = values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes()
        parts.append(content + bytes(-len(content) % 8))
    return b"".join(parts)


def packed(details: Mapping[str, Any], columns: Mapping[str, np.ndarray], *, quality: int) -> bytes:
    """Return ``pack`` of the same, compressed by brotli as far as ``quality`` says."""
    compressed: bytes = brotli.compress(pack(details, columns), quality=quality)
    return compressed


def unpack(content: bytes) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """Return the details and the columns of what ``pack`` made, for readers in Python."""
    length = int.from_bytes(content[:4], "little")
    details = orjson.loads(content[4 : 4 + length])
    columns, start = {}, 4 + length
    for name, kind, count in details.pop("columns"):
        start += -start % 8
        columns[name] = np.frombuffer(content, dtype=f"<{kind}", count=count, offset=start)
        start += columns[name].nbytes
    return details, columns


def narrowest(values: np.ndarray, *, kinds: tuple[str, ...]) -> np.ndarray:
    """Return ``values`` in the first of ``kinds`` that holds them all."""
    low, high = (int(values.min()), int(values.max())) if values.size else (0, 0)
    for kind in kinds:
        limits = np.iinfo(kind)
        if limits.min <= low and high <= limits.max:
            return values.astype(kind)
    raise OverflowError(f"values from {low} to {high} do not fit {kinds[-1]}")
