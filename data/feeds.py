"""Feeds of released alerts: JSON and Atom. Ids never depend on where the feed was read."""

import re
import uuid
from typing import Any, Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

from data.changes import has_moved, has_other_day, has_other_split
from data.exports.about import BOUNDARIES, DEMONSTRATION
from data.sector_sheet import LATER, RECORDED
from data.sectors import Sector
from data.vintage import Vintage

ATOM: Final = "http://www.w3.org/2005/Atom"
SPACE: Final = uuid.uuid5(uuid.NAMESPACE_OID, "crossings")
MOST_TOLD: Final = 500
NEVER: Final = "1970-01-01T00:00:00.000+00:00"  # a feed must name a time; this one says that nothing was released yet
NO_XML: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CHANGE: Final = {"added": "Recorded", "changed": "Changed", "vanished": "No longer published"}


def urn(text: str) -> str:
    """Return a name for something of this project that is the same wherever it is read."""
    return f"urn:uuid:{uuid.uuid5(SPACE, text)}"


def changes_answer(vintage: Vintage, sector: Sector, alerts: list[dict[str, Any]], *, since: object) -> dict[str, Any]:
    """Return the JSON feed: released alerts, newest first, at most MOST_TOLD, and how many more there are."""
    return {
        "sector": {"query": sector.to_query(), "words": sector.words}, "since": since, "vintage": vintage.name,
        "is_demonstration": vintage.is_demonstration, "changes": alerts[:MOST_TOLD],
        "more": max(len(alerts) - MOST_TOLD, 0), "cautions": _cautions(vintage),
    }  # fmt: skip


def _cautions(vintage: Vintage) -> list[str]:
    return [*([DEMONSTRATION] if vintage.is_demonstration else []), RECORDED, LATER, BOUNDARIES]


def head(alert: dict[str, Any]) -> str:
    """Return what happened to a record, its day and its place as published."""
    when = alert["date_from"] or "not dated"
    until = f" to {alert['date_to']}" if alert["date_to"] and alert["date_to"] != alert["date_from"] else ""
    where = f", {alert['place']}" if alert["place"] else ""
    return f"{CHANGE[alert['change']]}: {when}{until}{where}"


def sentence(alert: dict[str, Any]) -> str:
    """Return one alert in words: its head, at least how many, and what was stated before."""
    return f"{head(alert).rstrip('.')}. {_toll(alert['dead_or_missing'])}{_was(alert)}"


def _was(alert: dict[str, Any]) -> str:
    if alert["change"] != "changed":
        return ""
    parts = []
    if alert["was_dead_or_missing"] != alert["dead_or_missing"]:
        parts.append(f"Before: {_toll(alert['was_dead_or_missing'])}")
    if has_other_split(alert):
        parts.append("Only the split into dead and missing is another.")
    if has_other_day(alert):
        parts.append(f"Dated before: {alert['was_date_from']}.")
    if has_moved(alert):
        parts.append("Its place was stated otherwise before.")
    return "".join(f" {part}" for part in parts)


def _toll(value: int | None) -> str:
    if value is None:
        return "Number of dead or missing not reported."
    return f"At least {value:,} {'person' if value == 1 else 'people'} dead or missing."


def atom(vintage: Vintage, sector: Sector, alerts: list[dict[str, Any]]) -> bytes:
    """Return the Atom 1.0 feed of a sector's released alerts, newest first."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    query = sector.to_query()
    mark = "Demonstration data. Invented. " if vintage.is_demonstration else ""
    _add(feed, "id", urn(f"sector:{query}"))
    _add(feed, "title", f"{mark}Crossings: released changes {sector.words}")
    _add(feed, "subtitle", " ".join(_cautions(vintage)))
    _add(feed, "updated", alerts[0]["released"] if alerts else NEVER)
    _add(_add(feed, "author"), "name", "Crossings")
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"/api/v1/sector/changes.atom?{query}")
    _add(feed, "link", rel="alternate", type="text/html", href=f"/sector?{query}")
    for alert in alerts[:MOST_TOLD]:
        _entry(feed, alert, mark)
    content: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return content


def _entry(feed: ET.Element, alert: dict[str, Any], mark: str) -> None:
    entry = _add(feed, "entry")
    words = sentence(alert)
    _add(entry, "id", urn(f"alert:{alert['id']}"))
    _add(entry, "title", mark + head(alert))
    _add(entry, "updated", alert["released"])
    _add(entry, "category", term=alert["change"])
    _add(entry, "content", f"{mark}{words} Source: {alert['source']}, record {alert['record_id']}.", type="text")
    if str(alert["url"] or "").startswith(("http://", "https://")):
        _add(entry, "link", rel="related", href=quote(alert["url"], safe="%/:=&?~#+!$,;'@()*[]"))


def _add(parent: ET.Element, name: str, words: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, f"{{{ATOM}}}{name}", {key: NO_XML.sub("", text) for key, text in attributes.items()})
    if words:
        child.text = NO_XML.sub("", words)
    return child
