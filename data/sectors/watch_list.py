"""The watch list of one reader, kept in the browser and as a file.

``{"format": "crossings-watch-list", "version": 1, "sectors": [{"query": "place=Lampedusa&radius_km=100"}, …]}``: each
sector as an address states it, with a ``name`` that the reader may give it (at most 80 characters).
"""

import json
from typing import Any, Final, NamedTuple

from data.model.errors import QueryError
from data.model.notices import say
from data.sectors.sector import Sector

FORMAT, VERSION = "crossings-watch-list", 1
MOST_SECTORS: Final = 100
LONGEST: Final = 512_000
LONGEST_NAME: Final = 80
ENTRY: Final = {"query", "name"}


class Watched(NamedTuple):
    """A sector of a watch list and the name that the reader gave it: its words where there is none."""

    name: str
    sector: Sector


def read_watched(text: str) -> list[Watched]:
    """Return the named sectors of a watch list, each once, in their order; raise QueryError where it is none."""
    found: dict[str, Watched] = {}
    for number, entry in enumerate(_entries(text), start=1):
        sector = _sector(entry, number)
        name = " ".join(entry.get("name", "").split()) or str(sector.words)[:LONGEST_NAME]
        found.setdefault(sector.to_query(), Watched(name, sector))
    return list(found.values())


def read_watch_list(text: str) -> list[Sector]:
    """Return the sectors of a watch list, each once, in their order; raise QueryError where it is none."""
    return [one.sector for one in read_watched(text)]


def write_watch_list(sectors: list[Sector]) -> str:
    """Return the text of a watch list."""
    rows = [{"query": sector.to_query(), "name": str(sector.words)} for sector in sectors]
    return json.dumps({"format": FORMAT, "version": VERSION, "sectors": rows}, ensure_ascii=False, indent=1)


def _entries(text: str) -> list[Any]:
    if len(text) > LONGEST:
        raise _wrong(say("sectors.wrong.list_long", longest=LONGEST))
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise _wrong(say("sectors.wrong.list_not_json")) from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise _wrong(say("sectors.wrong.list_other_format", format=FORMAT))
    if content.get("version") != VERSION or isinstance(content["version"], bool):
        raise _wrong(say("sectors.wrong.list_other_version", version=VERSION))
    entries = content.get("sectors")
    if not isinstance(entries, list) or len(entries) > MOST_SECTORS:
        raise _wrong(say("sectors.wrong.list_of_sectors", most=MOST_SECTORS))
    return entries


def _sector(entry: Any, number: int) -> Sector:
    if not isinstance(entry, dict) or not set(entry) <= ENTRY or not isinstance(entry.get("query"), str):
        raise _wrong(say("sectors.wrong.list_entry", number=number))
    name = entry.get("name", "")
    if not isinstance(name, str) or len(name) > LONGEST_NAME:
        raise _wrong(say("sectors.wrong.list_name", number=number, longest=LONGEST_NAME))
    try:
        return Sector.from_query(entry["query"])
    except QueryError as error:
        raise _wrong(say("sectors.wrong.list_sector", number=number, reason=str(error))) from None


def _wrong(sentence: str) -> QueryError:
    return QueryError(sentence, parameter="watch_list")
