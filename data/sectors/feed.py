"""Feeds of released alerts: JSON and Atom. Ids never depend on where the feed was read."""

import re
import uuid
from datetime import date
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

from data.model.notices import Notice, language_in_use, say
from data.sectors.answer_model import RecordChange, ReleasedAlert, SectorChanges, SectorName
from data.sectors.sector import Sector
from data.sectors.vintage_diff import has_moved, has_other_day, has_other_split
from data.store.vintage import Vintage

ATOM: Final = "http://www.w3.org/2005/Atom"
SPACE: Final = uuid.uuid5(uuid.NAMESPACE_OID, "crossings")
MOST_TOLD: Final = 500
NEVER: Final = "1970-01-01T00:00:00.000+00:00"  # a feed must name a time; this one says that nothing was released yet
NO_XML: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def urn(text: str) -> str:
    """Return a name for something of this project that is the same wherever it is read."""
    return f"urn:uuid:{uuid.uuid5(SPACE, text)}"


def changes_answer(
    vintage: Vintage, sector: Sector, alerts: list[ReleasedAlert], *, since: date | None
) -> SectorChanges:
    """Return the JSON feed: released alerts, newest first, at most MOST_TOLD, and how many more there are."""
    return SectorChanges(
        sector=SectorName(query=sector.to_query(), words=sector.words),
        since=since,
        vintage=vintage.name,
        is_demonstration=vintage.is_demonstration,
        changes=alerts[:MOST_TOLD],
        more=max(len(alerts) - MOST_TOLD, 0),
        cautions=_cautions(vintage),
    )


def _cautions(vintage: Vintage) -> list[Notice]:
    invented = [Notice("statement.demonstration")] if vintage.is_demonstration else []
    return [*invented, Notice("sectors.recorded"), Notice("sectors.later"), Notice("statement.boundaries")]


def head(alert: RecordChange) -> str:
    """Return what happened to a record, its day and its place as published."""
    last = alert.date_to if alert.date_to != alert.date_from else None
    return say("sectors.alert.head", change=alert.change, first=alert.date_from, last=last, place=alert.place or None)


def sentence(alert: RecordChange) -> str:
    """Return one alert in words: its head, at least how many, and what was stated before."""
    words = say("sectors.alert.words", head=head(alert).rstrip("."), people=alert.dead_or_missing)
    return " ".join([words, *map(str, _was(alert))])


def _was(alert: RecordChange) -> list[Notice]:
    if alert.change != "changed":
        return []
    is_other_toll = alert.was_dead_or_missing != alert.dead_or_missing
    return [
        *([Notice("sectors.alert.before", people=alert.was_dead_or_missing)] if is_other_toll else []),
        *([Notice("sectors.alert.other_split")] if has_other_split(alert) else []),
        *([Notice("sectors.alert.other_day", day=alert.was_date_from)] if has_other_day(alert) else []),
        *([Notice("sectors.alert.other_place")] if has_moved(alert) else []),
    ]


def atom(vintage: Vintage, sector: Sector, alerts: list[ReleasedAlert]) -> bytes:
    """Return the Atom 1.0 feed of a sector's released alerts, newest first."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language_in_use()})
    query = sector.to_query()
    invented = vintage.is_demonstration
    _add(feed, "id", urn(f"sector:{query}"))
    _add(feed, "title", say("sectors.feed.title", is_demonstration=invented, sector=sector.words))
    _add(feed, "subtitle", " ".join(map(str, _cautions(vintage))))
    _add(feed, "updated", alerts[0].released if alerts else NEVER)
    _add(_add(feed, "author"), "name", "Crossings")
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"/api/v1/sector/changes.atom?{query}")
    _add(feed, "link", rel="alternate", type="text/html", href=f"/sector?{query}")
    for alert in alerts[:MOST_TOLD]:
        _entry(feed, alert, is_demonstration=invented)
    content: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def _entry(feed: ET.Element, alert: ReleasedAlert, *, is_demonstration: bool) -> None:
    entry = _add(feed, "entry")
    content = say("sectors.feed.content", is_demonstration=is_demonstration, words=sentence(alert), source=alert.source,
                  record=alert.record_id)  # fmt: skip
    _add(entry, "id", urn(f"alert:{alert.id}"))
    _add(entry, "title", say("sectors.feed.entry", is_demonstration=is_demonstration, head=head(alert)))
    _add(entry, "updated", alert.released)
    _add(entry, "category", term=alert.change)
    _add(entry, "content", content, type="text")
    if str(alert.url or "").startswith(("http://", "https://")):
        _add(entry, "link", rel="related", href=quote(str(alert.url), safe="%/:=&?~#+!$,;'@()*[]"))


def _add(parent: ET.Element, name: str, words: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{ATOM}}}{name}", {key: NO_XML.sub("", text) for key, text in attributes.items()})
    if words:
        child.text = NO_XML.sub("", words)
    return child
