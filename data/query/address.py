"""What an address of the page states, and which parts of it could not be understood: it opens all the same.

A part that cannot be read, is not known, or contradicts another is left out and returned as a ``Misreading``, so that
whoever shows the view can say so. A window is one thing: where one of its ends cannot be meant, neither is used.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from data.model.errors import QueryError
from data.model.notices import FIRST, messages
from data.query.parameters import (
    ADDRESS_VERSION,
    BY_NAME,
    FROM,
    LONGEST_ADDRESS,
    NAMED,
    TO,
    VERSION,
    VINTAGE,
    parse_query,
)
from data.query.questions import SHEETS_OF, words_of_today
from data.query.resolve import ids_of, incident_source, nearest, resolve_names
from data.query.selection import Selection
from data.store.cubes import beyond_cubes
from data.store.store import Store
from data.store.vintage import Vintage

UNKNOWN, UNREADABLE, ABSENT, CONTRADICTION, TOO_LONG = "unknown", "unreadable", "absent", "contradiction", "too_long"
SUMMED = "summed"
ASK, OPTION = "ask", "ask."
WINDOW: Final = (FROM.name, TO.name)
MOST_MISREAD: Final = 20  # parts that are told one by one
LONGEST_TOLD: Final = 60

Parts = dict[str, list[str]]


@dataclass(frozen=True)
class Misreading:
    """A part of an address that was not understood: why (a code), which parameter, and what it said."""

    code: str
    parameter: str
    value: str = ""
    near: tuple[tuple[str, str], ...] = field(
        default=(), compare=False
    )  # id and name of what this data has that is written most alike


def versioned(query: str) -> str:
    """Return a query of this program as an address of the page states it: with the version of its words."""
    return f"{VERSION.name}={ADDRESS_VERSION}&{query}" if query else ""


@dataclass(frozen=True)
class Address:
    """What an address states of a vintage, and what of it was not understood."""

    vintage: Vintage
    selection: Selection
    misread: tuple[Misreading, ...]


def open_address(store: Store, text: object) -> Address:
    """Return what an address of the page states; raise StoreError where there is no data at all."""
    newest = store.current()
    if not isinstance(text, str) or len(text) > LONGEST_ADDRESS:
        return Address(newest, Selection(), (Misreading(TOO_LONG, ""),) if text else ())
    parts = parse_query(text)
    vintage, gone = _vintage(store, parts)
    kept = {key: given for key, given in parts.items() if key in BY_NAME}
    stated, unread = read_parts(resolve_names(kept, vintage))
    selection, absent = without_unknown_ids(vintage, stated)
    every = (*gone, *unread, *absent, *_misread_questions(parts), *_unknown(parts))  # what changes a number first
    return Address(vintage, selection, every[:MOST_MISREAD])


def _told(given: Iterable[str]) -> str:
    return ", ".join(given)[:LONGEST_TOLD]


def _vintage(store: Store, parts: Parts) -> tuple[Vintage, list[Misreading]]:
    """Return the vintage that is named, taking the name out where it cannot be had; the newest then."""
    try:
        return store.open(Selection.pinned_in(parts)), []
    except QueryError:
        return store.current(), [Misreading(ABSENT, VINTAGE.name, _told(parts.pop(VINTAGE.name)))]


def _unknown(parts: Parts) -> Iterator[Misreading]:
    for key, given in parts.items():
        if key == VERSION.name:
            try:
                VERSION.read(given)
            except QueryError:
                yield Misreading(UNREADABLE, key, _told(given))
        elif key not in BY_NAME and key != ASK and not key.startswith(OPTION):
            yield Misreading(UNKNOWN, key[:LONGEST_TOLD], _told(given))


def _misread_questions(parts: Parts) -> Iterator[Misreading]:
    """Return what of a question and its options is not known or cannot be meant."""
    options = {key: given for key, given in parts.items() if key.startswith(OPTION)}
    question = parts.get(ASK, [""])[-1]
    is_known = question in SHEETS_OF or f"questions.name.{question}" in messages(FIRST)
    if ASK in parts and (len(parts[ASK]) > 1 or not is_known):
        yield Misreading(UNKNOWN, ASK, _told(parts[ASK]))
    if is_known and question not in SHEETS_OF:
        return  # a question that declares none of its options judges them when it answers
    known = SHEETS_OF.get(question, {})
    for key, given in options.items():
        one = known.get(words_of_today(question, key.removeprefix(OPTION)))
        if one is None:
            yield Misreading(UNKNOWN, key[:LONGEST_TOLD], _told(given))
        elif given != [""]:
            try:
                one.read(given)
            except QueryError:
                yield Misreading(UNREADABLE, key, _told(given))


def read_parts(parts: Mapping[str, Iterable[str]]) -> tuple[Selection, list[Misreading]]:
    """Return the selection that parts of an address state, each a parameter of a selection, and what is unreadable."""
    values: dict[str, Any] = {}
    unread: list[Misreading] = []
    for key, given in parts.items():
        one = BY_NAME.get(key)
        if one is None:
            continue  # told by its own name; see ``_unknown``
        try:
            values[one.field] = one.read(given)
        except QueryError:
            unread.append(Misreading(UNREADABLE, key, _told(given)))
    start, end = values.get("start"), values.get("end")
    if start and end and start > end:
        unread.append(Misreading(CONTRADICTION, FROM.name, f"{start} – {end}"))
    if any(one.parameter in WINDOW for one in unread):
        values |= {"start": None, "end": None}
    return Selection().replace(**values), unread


def without_unknown_ids(vintage: Vintage, selection: Selection) -> tuple[Selection, list[Misreading]]:
    """Return the selection without ids that this vintage does not have, and which they were."""
    known, absent = ids_of(vintage), []
    changes: dict[str, Any] = {}
    for key in NAMED:
        field = BY_NAME[key].field
        ids = getattr(selection, field)
        if gone := [one for one in ids if one not in known[key]]:
            absent.append(Misreading(ABSENT, key, _told(gone), nearest(vintage, key, gone[0])))
            changes[field] = tuple(one for one in ids if one in known[key])
    sources = set(vintage.sources["source"].to_list())
    if selection.source is not None and selection.source not in sources:
        absent.append(Misreading(ABSENT, "source", selection.source[:LONGEST_TOLD]))
        changes["source"] = None
    known_here = selection.replace(**changes) if changes else selection
    return _without_what_sums_lack(vintage, known_here, absent)


def _without_what_sums_lack(
    vintage: Vintage, selection: Selection, absent: list[Misreading]
) -> tuple[Selection, list[Misreading]]:
    """Return the selection without what a source that is held in sums cannot be asked, and what else was left out."""
    if not vintage.is_summed(incident_source(vintage, selection)):
        return selection, absent
    fields = {name: BY_NAME[name].field for name in beyond_cubes(selection)}
    told = [Misreading(SUMMED, name, BY_NAME[name].kind.write(getattr(selection, one))) for name, one in fields.items()]
    return selection.replace(**{one: BY_NAME[name].default for name, one in fields.items()}), [*absent, *told]
