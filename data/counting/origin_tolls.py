"""People dead or missing by origin of a whole vintage: what the list of origins shows beside each name."""

from data.counting.measures import people
from data.model.caches import kept_numbers
from data.model.origins import origins_in
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage


@kept_numbers
def origin_tolls(vintage: Vintage) -> dict[str, int]:
    """Return the people dead or missing of the first incident database by id of an origin (RULES C1, Q5).

    A record of several origins is in each of their numbers, so these do not add up to the whole. An origin of which no
    record states a number is absent; so is all of a database that is held in sums, which tell no origin.
    """
    source = incident_source(vintage, Selection())
    if source is None or vintage.is_summed(source):
        return {}
    rows = vintage.incidents_of(source).group_by("origin").agg(people("dead_or_missing")).collect(engine="streaming")
    found: dict[str, int] = {}
    for text, number in rows.drop_nulls("dead_or_missing").iter_rows():
        for origin in origins_in(text or ""):
            found[origin.id] = found.get(origin.id, 0) + int(number)
    return found
