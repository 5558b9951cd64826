"""Places that a source counts as one in some periods and by their parts in others: no place is lost (RULES R10)."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.counting.count_coverage import Covering, counts_by_parts
from data.store.vintage import Vintage

Key = tuple[str | None, ...]


@dataclass(frozen=True)
class Whole:
    """A place that a source counts as one, and its parts, which it counts at other times."""

    whole: Covering
    parts: frozenset[Covering]


def wholes_of(vintage: Vintage, found: Sequence[Covering]) -> tuple[Whole, ...]:
    """Return the places of sources that say that their parts are all of them."""
    by_parts = {source for source in {one.source for one in found} if counts_by_parts(vintage, source)}
    return tuple(
        Whole(one, frozenset(part for part in found if part.days and part != one and _whole_key(part.key) == one.key))
        for one in found
        if one.place is None and one.source in by_parts
    )


def gathered(places: Sequence[Covering], wholes: Sequence[Whole]) -> tuple[Covering, ...]:
    """Return places where all parts of one stand for it: who counts by sector from a day on has lost no place (R10)."""
    seen = set(places)
    for one in wholes:
        if one.parts and one.parts <= seen:
            seen = {*seen - one.parts, one.whole}
            places = [one.whole, *(place for place in places if place in seen and place != one.whole)]
    return tuple(places)


def keys_of(places: Sequence[Covering], wholes: Sequence[Whole]) -> set[Key]:
    """Return what tells the counts of some places: their own keys, and those of the parts of a whole among them."""
    parts = {part.key for one in wholes if one.whole in places for part in one.parts}
    return {one.key for one in places} | parts


def _whole_key(key: Key) -> Key:
    source, route, _, country = key
    return source, route, None, country
