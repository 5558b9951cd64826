"""What a file of incidents usually holds: outside it the report warns, far outside it the ingest waits for a person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from data.readers.result import ReadResult

FAR: Final = 3  # times more
FEWEST: Final = 100  # rows; a filtered download of fewer may be of anything
COMPARE: Final = "Compare the file with its publisher's page."


@dataclass(frozen=True)
class Expected:
    """The most rows and people that a file of a data set holds, and the least share of its rows that state a column."""

    rows: int
    people: int
    fill: Mapping[str, float]


DATED: Final = {"date_from": 0.9}
PLACED: Final = {**DATED, "latitude": 0.8}
WHOLE: Final = {**PLACED, "cause": 0.8}
OF_SOURCE: Final = {  # measured on the editions at hand, with room to grow
    "mmp": Expected(100_000, 300_000, WHOLE),
    "mmp-selection": Expected(100_000, 300_000, WHOLE),
    "mmp-points": Expected(100_000, 300_000, PLACED),
    "mmp-grid": Expected(20_000, 300_000, PLACED),
    "united": Expected(20_000, 200_000, DATED),
    "the-migrants-files": Expected(20_000, 200_000, PLACED),
}
WORDS: Final = {"date_from": "a day", "latitude": "a place", "cause": "a cause"}


def with_checks(result: ReadResult) -> ReadResult:
    """Return a result that says what lies outside of what its data set usually holds; nothing is refused for it."""
    expected = OF_SOURCE.get(result.source)
    found = list(_outside(result, expected)) if expected else []
    if not found:
        return result
    said = (*result.notes, *(sentence for sentence, _ in found), COMPARE)
    return replace(result, notes=said, far_outside=tuple(sentence for sentence, is_far in found if is_far))


def _outside(result: ReadResult, expected: Expected) -> Iterator[tuple[str, bool]]:
    people = int(result.frame["dead_or_missing"].sum() or 0)
    for number, most, what in ((result.rows_read, expected.rows, "rows"), (people, expected.people, "people")):
        if number > most:
            yield (
                f"{number:,} {what} are more than the {most:,} that are expected of a file of it.",
                number > FAR * most,
            )
    if result.frame.height < FEWEST:
        return
    for column, least in expected.fill.items():
        filled = result.frame.select(pl.col(column).is_not_null().mean()).item()
        if filled < least:
            words = f"{filled:.0%} of the rows have {WORDS[column]}, where at least {least:.0%} is expected."
            yield words, filled < least / 2
