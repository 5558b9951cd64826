"""Which places a flow counts in which periods, in words (RULES R10): as the data have it, not as a picture marks it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from data.counting.count_coverage import Covering, names_of
from data.counting.flow_series import FlowSeries
from data.model.days import MOST_NAMED
from data.model.notices import Notice
from data.model.wording import period_notice
from data.store.vintage import Vintage

MOST_PLACES: Final = 6  # of one stretch that are named


class Stretch(NamedTuple):
    """The periods of a series that some places are counted in, by number: first, last, and whether all between are."""

    first: int
    last: int
    is_unbroken: bool


def places_words(vintage: Vintage, found: FlowSeries) -> list[Notice]:
    """Return ``Italy and Spain until November 2019``, ``Malta in some months from …``; nothing where no place changes.

    Places of one stretch are told together, the first to begin first; of more stretches than three the rest are
    counted. A place that several sources count is one, unless nothing else changes.
    """
    if not found.breaks:
        return []
    stretches = _stretches(found, _by_name(vintage, found))
    if len(set(stretches.values())) == 1:
        stretches = _stretches(found, [([one], [name]) for one in _every(found) for name in names_of(vintage, [one])])
    groups: dict[Stretch | bool, list[tuple[str, Stretch]]] = {}
    for (name, _), stretch in stretches.items():
        groups.setdefault(stretch if stretch.is_unbroken else False, []).append((name, stretch))
    told = [_words(found, names) for names in list(groups.values())[:MOST_NAMED]]
    if rest := sum(len(names) for names in list(groups.values())[MOST_NAMED:]):
        told.append(Notice("absence.places.more", number=rest, step=found.step))
    return told


def _every(found: FlowSeries) -> list[Covering]:
    return list(dict.fromkeys(place for one in found.periods for place in one.places))


def _by_name(vintage: Vintage, found: FlowSeries) -> list[tuple[list[Covering], list[str]]]:
    named: dict[str, list[Covering]] = {}
    for place in _every(found):
        named.setdefault(place.name(vintage), []).append(place)
    return [(places, [name]) for name, places in named.items()]


def _stretches(
    found: FlowSeries, named: Iterable[tuple[Sequence[Covering], Sequence[str]]]
) -> Mapping[tuple[str, int], Stretch]:
    """Return the stretch of each place: the first to begin first, then that of most periods, those with gaps last."""
    counted = [at for at, one in enumerate(found.periods) if one.places]
    rows = []
    for number, (places, names) in enumerate(named):
        own = [at for at in counted if not set(places).isdisjoint(found.periods[at].places)]
        between = sum(own[0] <= at <= own[-1] for at in counted)
        stretch = Stretch(own[0], own[-1], len(own) == between)
        rows.append((not stretch.is_unbroken, own[0], -len(own), number, names[0], stretch))
    return {(name, number): stretch for *_, number, name, stretch in sorted(rows)}


def _words(found: FlowSeries, names: Sequence[tuple[str, Stretch]]) -> Notice:
    """Return the places of one stretch, or all that are counted in some periods only, in words."""
    first, last = min(one.first for _, one in names), max(one.last for _, one in names)
    ends = (first == 0, last == len(found.periods) - 1)
    kind = {(True, True): "whole", (True, False): "until", (False, True): "since", (False, False): "between"}[ends]
    if not names[0][1].is_unbroken:
        kind = "some"
    since, until = (period_notice(found.periods[at].period, found.step) for at in (first, last))
    places: list[str | Notice] = [name for name, _ in names]
    if len(places) > MOST_PLACES:
        places[MOST_PLACES - 1 :] = [Notice("absence.places.others", number=len(places) - MOST_PLACES + 1)]
    return Notice(f"absence.places.{kind}", places=places, since=since, until=until,
                  is_one=first == last, step=found.step)  # fmt: skip
