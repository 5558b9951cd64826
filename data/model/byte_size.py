"""How many bytes a value holds in memory, near enough to keep a budget.

Arrays and tables tell their own size; containers, answers and components are walked, each object once. What is shared
between two values is counted in both, so that a budget errs on the side of less memory.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

import msgspec
import numpy as np
import polars as pl
import shapely

COORDINATE: Final = 48  # of a geometry, with what GEOS keeps beside two doubles
FLAT: Final = (str, bytes, bytearray, int, float, complex, date)


def byte_size(value: object) -> int:
    """Return the bytes that ``value`` and all that it refers to hold.

    An object that states ``kept_bytes`` is taken at its word: a vintage, which is held by its store, states 0.
    """
    seen: set[int] = set()
    waiting = [value]
    total = 0
    while waiting:
        one = waiting.pop()
        if one is None or isinstance(one, bool | type) or callable(one) or id(one) in seen:
            continue
        seen.add(id(one))
        total += _own_size(one)
        waiting.extend(_parts(one))
    return total


def _own_size(one: Any) -> int:
    stated = getattr(type(one), "kept_bytes", None)
    if isinstance(stated, int):
        return stated
    if isinstance(one, np.ndarray):
        return sys.getsizeof(one) if one.base is None else sys.getsizeof(one) + one.nbytes
    if isinstance(one, pl.DataFrame | pl.Series):
        return int(one.estimated_size()) + sys.getsizeof(one)
    if isinstance(one, shapely.Geometry):
        return sys.getsizeof(one) + COORDINATE * int(shapely.get_num_coordinates(one))
    return sys.getsizeof(one)


def _parts(one: Any) -> Iterable[Any]:
    if isinstance(one, FLAT) or isinstance(getattr(type(one), "kept_bytes", None), int):
        return ()
    if isinstance(one, np.ndarray):
        return one.tolist() if one.dtype == object else ()
    if isinstance(one, pl.DataFrame | pl.Series | shapely.Geometry):
        return ()
    if isinstance(one, Mapping):
        return [*one.keys(), *one.values()]
    if isinstance(one, list | tuple | set | frozenset):
        return one
    return _attributes(one)


def _attributes(one: Any) -> Iterator[Any]:
    if isinstance(one, msgspec.Struct):
        yield from (getattr(one, name) for name in one.__struct_fields__)
        return
    yield from getattr(one, "__dict__", {}).values()
    for kind in type(one).__mro__:
        slots = getattr(kind, "__slots__", ())
        yield from (getattr(one, name, None) for name in ((slots,) if isinstance(slots, str) else slots))
