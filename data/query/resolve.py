"""Names as people spell them into ids; what a selection names must be here; which database it speaks of."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

from data.model import vocabulary
from data.model.caches import kept_numbers
from data.model.countries import SEVERAL as SEVERAL_COUNTRIES
from data.model.errors import ContradictionError, QueryError
from data.model.notices import say
from data.model.units import FLOW_MEASURES
from data.query.parameters import LONGEST_ADDRESS, NAMED, Query
from data.query.selection import Selection
from data.store.summary import IDS
from data.store.vintage import Vintage

MOST_COMMAS: Final = 4  # within one name
SEVERAL: Final = (vocabulary.SEVERAL_ROUTES, vocabulary.SEVERAL_REGIONS, SEVERAL_COUNTRIES.id)  # lists, no names


def incident_source(vintage: Vintage, selection: Selection) -> str | None:
    """Return the one incident database that a selection speaks of; two are never added up (RULES E6)."""
    return selection.source if selection.source in vintage.incident_sources else vintage.primary_source


def known_ids(vintage: Vintage) -> dict[str, list[str]]:
    """Return the ids that each filter may take in this vintage, sorted."""
    found = {name: sorted({one for part in vintage.summary.values() for one in part.ids[name]}) for name in IDS}
    routes = vintage.counts["route"].drop_nulls().unique().to_list()
    found["route"] = sorted({*found["route"], *routes})
    found["origin"] = sorted({one for part in vintage.summary.values() for one in part.origins})
    return found


@kept_numbers
def ids_of(vintage: Vintage) -> dict[str, list[str]]:
    """Return ``known_ids`` of a vintage, made once: every change of the page asks for them."""
    return known_ids(vintage)


def resolve_names(query: Query, vintage: Vintage) -> dict[str, Iterable[str]]:
    """Return a query in which names, as publishers and people spell them, are replaced by ids.

    A comma joins two choices, and may stand within a name ("China, Hong Kong Special Administrative Region"): the
    longest run of parts that is a name is one choice.
    """
    known = dict(query)
    here = ids_of(vintage)
    for key in NAMED:
        given = known.get(key)
        texts = [given] if isinstance(given, str) else list(given or [])
        if len(texts) == 1 and isinstance(texts[0], str) and len(texts[0]) <= LONGEST_ADDRESS:
            known[key] = [",".join(_resolved(texts[0].split(","), key, vintage, here[key]))]
    return known


def _resolved(parts: list[str], key: str, vintage: Vintage, here: Sequence[str]) -> list[str]:
    """Return the ids that the parts of a list name; a part that is no name stays as it is."""
    found, at = [], 0
    while at < len(parts):
        for end in range(min(len(parts), at + MOST_COMMAS + 1), at, -1):
            text = ",".join(parts[at:end]).strip()
            value = vintage.id_of(key, text)
            is_name = value not in SEVERAL and (value in here or value in vintage.names[key])
            if is_name or end == at + 1:
                found.append(value)
                at = end
                break
    return found


def nearest(vintage: Vintage, kind: str, value: str) -> tuple[tuple[str, str], ...]:
    """Return id and name of up to three things of this data whose id or name is written most like ``value``."""
    here = ids_of(vintage)[kind]
    spelled = {one.casefold(): one for one in here} | {vintage.name_of(kind, one).casefold(): one for one in here}
    found = dict.fromkeys(spelled[one] for one in get_close_matches(value.casefold(), spelled, n=6))
    return tuple((one, vintage.name_of(kind, one)) for one in list(found)[:3])


def require_known_ids(vintage: Vintage, selection: Selection) -> Selection:
    """Return ``selection``; raise QueryError where it names a route, region, … or source that is not here."""
    known = known_ids(vintage)
    known["route"] = sorted({*known["route"], *vocabulary.route_names()})
    known["cause"] = sorted(vocabulary.cause_names())
    chosen = (("route", selection.routes), ("region", selection.regions), ("cause", selection.causes),
              ("origin", selection.origins), ("country", selection.countries))  # fmt: skip
    for key, ids in chosen:
        for value in ids:
            _known(value, known[key], key)
    if selection.source is not None:
        _known(selection.source, vintage.sources["source"].unique().sort().to_list(), "source")
    return selection


def _known(value: str, options: list[str], key: str) -> None:
    if value in options:
        return
    near = next(iter(get_close_matches(value, options, n=1, cutoff=0)), None)
    sentence = (
        say("query.unknown_near", kind=key, value=value, near=near)
        if near
        else say("query.unknown", kind=key, value=value)
    )
    raise QueryError(sentence, parameter=key, near=near)


def require_source_counts(vintage: Vintage, selection: Selection, measure: str) -> None:
    """Raise QueryError where the named source does not count this measure."""
    if selection.source is None:
        return
    counts_incidents = selection.source in vintage.incident_sources
    if counts_incidents == (measure in FLOW_MEASURES):
        sentence = say("query.not_counted", source=selection.source, measure=measure)
        raise ContradictionError(sentence, parameter="source")
