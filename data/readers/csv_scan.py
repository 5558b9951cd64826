"""Where the records of a CSV file end and how many fields each has, told from its bytes before anything is parsed."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

QUOTE, LINE_FEED, RETURN = b'"'[0], b"\n"[0], b"\r"[0]
STEP: Final = 1 << 23
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
    marks = np.zeros(256, bool)
    marks[[QUOTE, LINE_FEED, ord(delimiter)]] = True
    found = [_of_chunk(data, start, marks) for start in range(0, data.size, STEP)]
    places = np.concatenate(found) if found else np.empty(0, np.int64)
    kinds = data[places]
    is_quote = kinds == QUOTE
    quotes = np.cumsum(is_quote)
    outside = quotes % 2 == 0
    is_break = kinds == LINE_FEED
    ends_here = is_break & outside
    ends, lines = places[ends_here], np.cumsum(is_break)[ends_here]
    between = np.cumsum((kinds == ord(delimiter)) & outside)[ends_here]
    if data.size and (not ends.size or ends[-1] < data.size - 1):
        ends, lines = np.append(ends, data.size), np.append(lines, is_break.sum() + 1)
        between = np.append(between, ((kinds == ord(delimiter)) & outside).sum())
    starts = np.concatenate([[0], ends[:-1] + 1]) if ends.size else ends
    regular = quotes.size == 0 or (bool(outside[-1]) and _are_whole(data, places[is_quote], delimiter))
    return Scan(starts, ends, np.diff(between, prepend=0) + 1, lines, is_regular=regular)


def _of_chunk(data: Bytes, start: int, marks: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    return np.flatnonzero(marks[data[start : start + STEP]]) + start


def _are_whole(data: Bytes, quotes: npt.NDArray[np.int64], delimiter: str) -> bool:
    """Return whether each opening quotation mark begins a field and each closing one ends it."""
    if not quotes.size:
        return True
    opening, closing = quotes[::2], quotes[1::2]
    before = np.where(opening > 0, data[np.maximum(opening - 1, 0)], LINE_FEED)
    after = np.where(closing < data.size - 1, data[np.minimum(closing + 1, data.size - 1)], LINE_FEED)
    begins = np.isin(before, [ord(delimiter), LINE_FEED, QUOTE])
    ends = np.isin(after, [ord(delimiter), LINE_FEED, RETURN, QUOTE])
    return bool(begins.all() and ends.all())


def is_blank(content: Any, found: Scan) -> npt.NDArray[np.bool_]:
    """Return which records hold nothing, not even a delimiter: empty lines."""
    data: Bytes = np.frombuffer(content, np.uint8)
    length = found.ends - found.starts
    first = data[np.minimum(found.starts, max(data.size - 1, 0))]
    return np.asarray((length == 0) | ((length == 1) & (first == RETURN)))
