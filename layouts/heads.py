"""How a sentence begins: a number with its people, or that nothing is recorded or stated (RULES C1, C4)."""

from typing import Final

from data.words import number

_HEADS: Final = {
    "dead_or_missing": "At least {n} {people} died or went missing",
    "dead": "At least {n} {people} died, their bodies recovered,",
    "missing": "At least {n} {people} went missing, presumed dead,",
    "incidents": "{n} {incidents} recorded",
    "events": "{n} {events} recorded",
}


_NONE: Final = {
    "dead_or_missing": "No one is recorded as dead or missing",
    "dead": "No one is recorded as dead",
    "missing": "No one is recorded as missing",
    "incidents": "No incidents were recorded",
    "events": "No events were recorded",
}
_SILENT: Final = {
    "dead_or_missing": "Incidents without a stated number of dead or missing: {}",
    "dead": "Incidents without a stated number of dead: {}",
    "missing": "Incidents without a stated number of missing: {}",
}


def said_head(measure: str, total: int | None, incidents: int | None) -> str:
    """Return the head of a sentence for any total; ``incidents`` that match is None where it is not known."""
    if total is not None and incidents != 0:
        return counted_head(measure, total)
    return _SILENT[measure].format(number(incidents)) if incidents else _NONE[measure]


def counted_head(measure: str, count: int) -> str:
    """Return ``At least 2,853 people died or went missing``, ``12 incidents were recorded`` (RULES C4)."""
    if count == 0:
        return _NONE[measure]
    one = count == 1
    return _HEADS[measure].format(
        n=number(count),
        people="person" if one else "people",
        incidents="incident was" if one else "incidents were",
        events="event was" if one else "events were",
    )
