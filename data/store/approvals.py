"""What waits for a person's word, source by source, and the reasons that people gave."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from data.model.errors import HeldError
from data.model.notices import say
from data.readers.result import ReadResult

IS_SOURCE: Final = re.compile(r"\s*([a-z][a-z0-9-]*)\s*=(.*)", re.DOTALL)  # SOURCE=REASON; else it is a reason


@dataclass(frozen=True)
class Held:
    """Why the files of one source wait."""

    source: str
    sentence: str


def far_outside(results: Iterable[ReadResult]) -> list[Held]:
    """Return what waits as a file is far outside what is expected of its layout, where its reader says so."""
    return [Held(one.source, f"{one.file}: {words}") for one in results for words in getattr(one, "far_outside", ())]


def check_approved(held: Sequence[Held], given: Sequence[str], sources: Iterable[str]) -> list[dict[str, Any]]:
    """Return for each source that waits the reason why it is right, and what it waited for.

    A reason without a source stands for the one source that waits. ``sources`` are those of the new vintage.

    Raises
    ------
    HeldError
        A source waits for which no reason is given, or a reason names a source that is not there.
    """
    waiting = sorted({one.source for one in held})
    known = sorted(sources)
    named, plain = _parsed(given)
    strange = sorted(named.keys() - set(known))
    if strange:
        raise HeldError(say("store.no_such_source", names=strange, known=known))
    rest = [source for source in waiting if source not in named]
    if len(rest) == 1 and plain:
        named[rest[0]] = "; ".join(plain)
        rest = []
    sentences = [one.sentence for one in held if one.source in rest]
    if len(rest) == 1:
        raise HeldError(" ".join([*sentences, say("store.held")]))
    if rest:
        raise HeldError(" ".join([*sentences, say("store.held_several", sources=rest)]))
    return [
        {"source": source, "reason": named[source], "held": [one.sentence for one in held if one.source == source]}
        for source in waiting
    ]


def _parsed(given: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return the reasons by source, and those that name none; a blank one is none."""
    named: dict[str, str] = {}
    plain = []
    for text in given:
        found = IS_SOURCE.fullmatch(text)
        reason = (found[2] if found else text).strip()
        if reason and found:
            named[found[1]] = reason
        elif reason:
            plain.append(reason)
    return named, plain
