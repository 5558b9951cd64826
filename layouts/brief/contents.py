"""What a brief states, as plain values: nothing here reads a store, nothing here knows how a page is set."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Row:
    """One of the highest cells; ``largest_share`` 0 to 1, ``stability`` 0 to 1; None: not known, never 0."""

    place: str
    people: int | None
    incidents: int
    largest_share: float | None
    stability: float | None = None


@dataclass(frozen=True)
class Figure:
    """A drawn figure: SVG from our own server, and the words for those who do not see it."""

    svg: bytes
    alt: str


@dataclass(frozen=True)
class SourceEntry:
    """One source as the brief prints it: title, who to cite and on what terms, days and address."""

    title: str
    citation: str
    licence: str
    dates: str
    url: str


@dataclass(frozen=True)
class Contents:
    """All that a brief states.

    ``method`` holds (heading, words); ``ranked_by`` is how the rows are ranked, in words; ``file_date`` goes into
    the file in place of a clock, so that equal contents give equal bytes.
    """

    title: str
    sentence: str
    notes: str
    map: Figure
    series: Figure
    rows: tuple[Row, ...]
    ranked_by: str
    not_in_rows: str
    method: tuple[tuple[str, str], ...]
    sources: tuple[SourceEntry, ...]
    vintage: str
    data_until: str
    address: str
    boundaries: str
    attribution: str
    demonstration: str
    file_date: date

    def words(self) -> dict[str, Any]:
        """Return everything but the drawings, as plain values."""
        return {name: value for name, value in asdict(self).items() if name not in ("map", "series", "file_date")} | {
            "map_alt": self.map.alt,
            "series_alt": self.series.alt,
        }
