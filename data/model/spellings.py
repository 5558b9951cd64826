"""Ids by what people and publishers write, where a name stands in no table of a vintage."""

from data.model.countries import known_country
from data.model.origins import origins_in
from data.model.vocabulary import normal, route_of


def id_by_spelling(kind: str, text: str) -> str | None:
    """Return the id of the one country, route or origin that a text means; None where it means none, or several."""
    if kind == "country":
        country = known_country(text)
        return country.id if country else None
    if kind == "route":
        route, is_known = route_of(text)
        return route.id if is_known else None
    if kind == "origin" and normal(text) and len(found := origins_in(text)) == 1:
        return found[0].id
    return None
