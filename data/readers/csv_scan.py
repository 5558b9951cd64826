"""Where the records of a CSV file end and how many fields each has, told from its bytes before anything is parsed."""

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

QUOTE, LINE_FEED, RETURN = b'"'[0], b"\n"[0], b"\r"[0]
STEP: Final = 1 << 20
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Scan:
    """The records of a file: where each begins and ends, its number of fields and the line on which it ends.

    ``is_regular``: every quotation mark opens or closes a whole field, so that any reader finds the same records.
    """

    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    fields: npt.NDArray[np.int64]
    lines: npt.NDArray[np.int64]
    is_regular: bool


def scan(content: Any, delimiter: str) -> Scan:
    """Return the records of a buffer of UTF-8 text; the line break after the last one may lack."""
    data: Bytes = np.frombuffer(content, np.uint8)
    parts, before = [], Before()
    for start in range(0, data.size, STEP):
        part, before = _of_chunk(data, start, ord(delimiter), before)
        parts.append(part)
    ends, lines, between = (np.concatenate([_NONE, *columns]) for columns in zip(*parts, strict=True)) if parts else (
        _NONE, _NONE, _NONE)  # fmt: skip
    if data.size and (not ends.size or ends[-1] < data.size - 1):
        ends, lines = np.append(ends, data.size), np.append(lines, before.breaks + 1)
        between = np.append(between, before.delimiters)
    starts = np.concatenate([[0], ends[:-1] + 1]) if ends.size else ends
    is_regular = before.is_regular and not before.is_quoted
    return Scan(starts, ends, np.diff(between, prepend=0) + 1, lines, is_regular=is_regular)


_NONE: Final = np.empty(0, np.int64)
Part = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]


class Before(NamedTuple):
    """What a chunk has to know of those before it: whether a quotation mark is open, and what they held."""

    is_quoted: bool = False
    breaks: int = 0
    delimiters: int = 0  # outside of quotation marks
    is_regular: bool = True


def _of_chunk(data: Bytes, start: int, delimiter: int, before: Before) -> tuple[Part, Before]:
    """Return the ends of records in a chunk, their lines and the delimiters up to each; and what the next has to know.

    Marks are counted in a byte that runs over, as only whether their number is odd is asked.
    """
    chunk = data[start : start + STEP]
    places = np.flatnonzero((chunk == QUOTE) | (chunk == LINE_FEED) | (chunk == delimiter))
    kinds = chunk[places]
    is_quote, is_break = kinds == QUOTE, kinds == LINE_FEED
    is_inside = (np.cumsum(is_quote, dtype=np.uint8) + np.uint8(before.is_quoted)) & 1 == 1
    outside = np.flatnonzero(~(is_quote | is_inside))
    ending = np.flatnonzero(is_break[outside])
    ends = places[outside[ending]] + start
    lines = np.flatnonzero(~is_inside[is_break]) + 1 + before.breaks
    between = ending - np.arange(ending.size) + before.delimiters
    quotes = places[is_quote] + start
    first = int(before.is_quoted)
    after = Before(
        bool(is_inside[-1]) if places.size else before.is_quoted,
        before.breaks + int(np.count_nonzero(is_break)),
        before.delimiters + outside.size - ending.size,
        before.is_regular and _are_whole(data, quotes[first::2], quotes[1 - first :: 2], delimiter),
    )
    return (ends, lines, between), after


def _are_whole(data: Bytes, opening: npt.NDArray[np.int64], closing: npt.NDArray[np.int64], delimiter: int) -> bool:
    """Return whether each opening quotation mark begins a field and each closing one ends it."""
    begins = np.zeros(256, bool)
    begins[[delimiter, LINE_FEED, QUOTE]] = True
    ends = begins.copy()
    ends[RETURN] = True
    opening, closing = opening[opening > 0], closing[closing < data.size - 1]
    return bool(begins[data[opening - 1]].all() and ends[data[closing + 1]].all())


def is_blank(content: Any, found: Scan) -> npt.NDArray[np.bool_]:
    """Return which records hold nothing, not even a delimiter: empty lines."""
    data: Bytes = np.frombuffer(content, np.uint8)
    length = found.ends - found.starts
    first = data[np.minimum(found.starts, max(data.size - 1, 0))]
    return np.asarray((length == 0) | ((length == 1) & (first == RETURN)))
