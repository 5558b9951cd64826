"""Acts of policy and operations, as annotations beside a series: what was decided when, never why a number changed."""

import csv
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from data.counting.windows import Window
from data.model.caches import kept
from data.model.errors import DataError, shown
from data.model.notices import Notice
from data.model.vocabulary import FILES, route_names
from data.query.kinds import ID_PATTERN
from data.trends.models import PolicyEvent

FILE: Final = FILES / "events.csv"
COLUMNS: Final = ("date_from", "date_to", "routes", "title", "words", "publication", "publisher", "source_date", "url")
NEEDED: Final = ("title", "words", "publication", "publisher")
LONGEST: Final = 300
SOURCE_DATE: Final = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
NOT_CAUSES: Final = Notice("trends.not_causes")


class Event(NamedTuple):
    """One act or operation. ``date_to`` null: no end is known here; a single day: an act of that day."""

    date_from: date
    date_to: date | None
    routes: tuple[str, ...]
    title: str
    words: str
    publication: str
    publisher: str
    source_date: str
    url: str | None

    @property
    def citation(self) -> str:
        """Return publisher, publication, date."""
        return f"{self.publisher}, {self.publication}, {self.source_date}."


@kept
def read_events(path: Path = FILE) -> tuple[Event, ...]:
    """Return the events of a file by first day; raise DataError at the first row that is not as it should be."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle, strict=True)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise DataError(f"expected the columns {', '.join(COLUMNS)}.", file=path.name, code="COLUMNS", row=1)
        return check_events(list(reader), file=path.name)


def check_events(rows: Sequence[dict[str, Any]], *, file: str) -> tuple[Event, ...]:
    """Return the events that text rows state, by first day; raise DataError, naming row, column and value."""
    return tuple(sorted((_event(row, file=file, row_number=place) for place, row in enumerate(rows, start=2)),
                        key=lambda one: (one.date_from, one.title)))  # fmt: skip


def _event(row: dict[str, Any], *, file: str, row_number: int) -> Event:
    def wrong(column: str, expected: str) -> DataError:
        found = shown(row.get(column) or "nothing")
        return DataError(f"found {found}, expected {expected}.", file=file, code="EVENT", row=row_number, column=column,
                         value=row.get(column))  # fmt: skip

    def to_day(column: str) -> date:
        try:
            return date.fromisoformat(row[column])
        except (TypeError, ValueError):
            raise wrong(column, "a day such as 2016-03-18") from None

    for column in NEEDED:
        if not isinstance(row.get(column), str) or not 0 < len(row[column].strip()) <= LONGEST:
            raise wrong(column, f"1 to {LONGEST} characters")
    first, last = to_day("date_from"), to_day("date_to") if row.get("date_to") else None
    if last and last < first:
        raise wrong("date_to", "a day not before date_from")
    routes = tuple(item for item in (row.get("routes") or "").split("|") if item)
    if not routes or not all(ID_PATTERN.fullmatch(route) and route in route_names() for route in routes):
        raise wrong("routes", "ids of routes.csv joined by |")
    if not SOURCE_DATE.fullmatch(row.get("source_date") or ""):
        raise wrong("source_date", "a year, a month or a day")
    if row.get("url") and not row["url"].startswith(("https://", "http://")):
        raise wrong("url", "an address, or nothing")
    title, words, publication, publisher = (row[column].strip() for column in NEEDED)
    return Event(first, last, routes, title, words, publication, publisher, row["source_date"], row.get("url") or None)


def overlapping(events: Sequence[Event], window: Window, routes: Sequence[str]) -> list[Event]:
    """Return the events on some of ``routes`` (any where none is chosen) that share a day with the window."""
    return [
        event
        for event in events
        if event.date_from <= window.last
        and (event.date_to is None or event.date_to >= window.first)
        and (not routes or set(routes) & set(event.routes))
    ]


def describe_event(event: Event) -> PolicyEvent:
    """Return an event as an answer gives it, with its citation and its days in words."""
    return PolicyEvent(**event._asdict(), citation=event.citation, when=_when(event))


def _when(event: Event) -> Notice:
    if event.date_to is None:
        return Notice("trends.event.since", day=event.date_from)
    if event.date_to == event.date_from:
        return Notice("days.span.day", day=event.date_from)
    return Notice("days.span.days", first=event.date_from, last=event.date_to)
