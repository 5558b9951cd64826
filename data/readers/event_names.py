"""Whether a column ``name`` holds names of events and places, and not of persons: when in doubt, it does not."""

import re
from typing import Final

import polars as pl

from data.model.countries import known_country
from data.model.regions import regions
from data.model.vocabulary import region_of

EVENT: Final = frozenset({
    "accident", "attack", "boat", "boats", "bodies", "body", "camp", "capsizing", "collision", "crash", "crossing",
    "dinghy", "disaster", "drowning", "drownings", "event", "explosion", "fire", "grave", "incident",
    "interception", "landing", "landings", "massacre", "migrants", "mishap", "people", "pushback", "raft", "rescue",
    "ship", "shipwreck", "shooting", "sinking", "stowaways", "tragedy", "truck", "vehicle", "vessel", "wreck",
    "wreckage",
})  # fmt: skip
PLACE: Final = frozenset({
    "airport", "bay", "beach", "border", "canal", "cape", "channel", "city", "coast", "crossing", "delta", "desert",
    "gulf", "harbour", "hospital", "island", "islands", "lake", "mountain", "mountains", "north", "ocean", "port",
    "province", "ranch", "region", "river", "sea", "shore", "south", "east", "west", "strait", "town", "village",
})  # fmt: skip
CALENDAR: Final = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
})  # fmt: skip
BEFORE_PLACE: Final = frozenset({"at", "in", "off", "near", "between", "outside"})  # not "on": "attack on …"
PERSON: Final = re.compile(
    r"\b(N\.? ?N\.?|unknown (man|woman|boy|girl)|mr|mrs|ms|son of|daughter of|wife of|brother of|sister of|father of|"
    r"mother of|aged|years? old|born|named|called)\b|\((f?e?male|m|f|man|woman|boy|girl)?,? ?\d{1,2}\b|, ?\d{1,2}$",
    re.IGNORECASE,
)
WORD: Final = re.compile(r"[^\W\d_][\w'’-]*|\d+")


def holds_events(cells: pl.Series) -> bool:
    """Return whether every text of a column names an event or a place, and none could name a person."""
    texts = cells.drop_nulls().unique().to_list()
    return bool(texts) and all(is_event_name(text) for text in texts)


def is_event_name(text: str) -> bool:
    """Return whether a text certainly names an event or a place."""
    if known_country(text) or region_of(text).id in regions():
        return True
    words = WORD.findall(text)
    low = [word.lower() for word in words]
    if PERSON.search(text) or not (set(low) & (EVENT | PLACE)):
        return False
    return not any(_may_be_person(words, low, place) for place in range(len(words)))


def _may_be_person(words: list[str], low: list[str], place: int) -> bool:
    """Return whether a capitalised word here may be a person's name: none of an event, a place or a month."""
    word = words[place]
    if not word[0].isupper() or low[place] in EVENT | PLACE | CALENDAR | BEFORE_PLACE or known_country(word):
        return False
    start = place
    while start > 0 and words[start - 1][0].isupper() and low[start - 1] not in EVENT | PLACE:
        start -= 1
    before = low[start - 1] if start else ""
    if before in BEFORE_PLACE or before in PLACE:
        return False
    if before in ("of", "de") and start > 1 and low[start - 2] in PLACE:  # "coast of Sidi Ifni"
        return False
    if before == "the" and start > 1 and low[start - 2] in (*BEFORE_PLACE, "of"):
        return False
    end = place
    while end + 1 < len(words) and words[end + 1][0].isupper():
        end += 1
    after = low[end + 1] if end + 1 < len(words) else ""
    is_one_word = start == end
    return not (is_one_word and after in (EVENT | PLACE) - {"drowning", "shooting", "body"})
