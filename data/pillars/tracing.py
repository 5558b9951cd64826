"""How to search for a relative: the services that the operator lists. No address is made up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.model.area_codes import area_name
from data.store.vintage import Vintage


@dataclass(frozen=True)
class Service:
    """One service: its name, the country where it works (None: all), its address, its languages, when that was seen."""

    name: str
    country: str | None
    url: str
    languages: tuple[str, ...]
    checked: date | None


def tracing_services(vintage: Vintage) -> Sequence[Service]:
    """Return the services of the list, those of all countries first, then by the name of the country."""
    rows = vintage.scan_where_needed("tracing_services").sort("service", "row").collect()
    found = [
        Service(one["service"], area_name(one["country"]) if one["country"] else None, one["url"],
                tuple(word.strip() for word in (one["languages"] or "").split(";") if word.strip()), one["date_from"])
        for one in rows.iter_rows(named=True)
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.country or "", one.name))
