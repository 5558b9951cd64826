"""What a reader is told of an address that was not understood in every part."""

from collections.abc import Sequence
from typing import Final

from data.model.notices import Notice, joined, say
from data.query.address import (
    ABSENT,
    ASK,
    CONTRADICTION,
    SUMMED,
    TOO_LONG,
    UNKNOWN,
    UNREADABLE,
    WINDOW,
    Misreading,
)
from data.query.parameters import LONGEST_ADDRESS

MOST_TOLD: Final = 5
TABLES: Final = {  # of the messages, by the kind of misreading
    UNKNOWN: "address.unknown",
    UNREADABLE: "address.unreadable",
    ABSENT: "address.absent",
    CONTRADICTION: "address.contradiction",
    TOO_LONG: "address.too_long",
    SUMMED: "address.summed",
}
LISTED: Final = ("route", "region", "cause", "origin")
OWN_WORDS: Final = {  # the message in it, where a parameter has one of its own
    (UNKNOWN, ASK): "question",
    **{(code, name): "days" for code in (UNREADABLE, CONTRADICTION) for name in WINDOW},
    (UNREADABLE, "view"): "view",
    (UNREADABLE, "v"): "version",
    (ABSENT, "vintage"): "vintage",
}


def misreading(one: Misreading) -> Notice:
    """Return what is said of one part: what it was, and what is shown instead."""
    own = OWN_WORDS.get((one.code, one.parameter), "part")
    return Notice(f"{TABLES[one.code]}.{own}", name=one.parameter, value=one.value, most=LONGEST_ADDRESS)


def near_words(one: Misreading) -> str:
    """Return the names that were perhaps meant, else where the list of them is; blank where there is no list."""
    if one.near:
        return say("address.near", names=joined([name for _, name in one.near]))
    return say(f"address.listed.{one.parameter}") if one.code == ABSENT and one.parameter in LISTED else ""


def misreadings(found: Sequence[Misreading]) -> list[str]:
    """Return a sentence for each part that was not understood, the first few, then how many more there are."""
    told = [" ".join(filter(None, (str(misreading(one)), near_words(one)))) for one in found[:MOST_TOLD]]
    rest = len(found) - MOST_TOLD
    return [*told, *([say("address.more", count=rest)] if rest > 0 else [])]
