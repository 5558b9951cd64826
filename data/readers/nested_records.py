"""Replies of JSON whose records are nested in a known way, as flat records: one for each innermost value."""

from collections.abc import Iterator
from typing import Any, Final

Records = list[dict[str, Any]]
PERMITS: Final = ("dataset", "reason", "countries")


def flat_records(content: Any) -> Records | None:
    """Return the flat records of a reply that is nested in a known way; None where it is not."""
    if isinstance(content, dict) and all(name in content for name in PERMITS):
        return list(_permits(content))
    return None


def _permits(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield one record per state, year and citizenship of first permits, as birthrate.io shapes Eurostat's table."""
    head = {name: content[name] for name in ("dataset", "reason")}
    for country in _dicts(content["countries"]):
        for year in _dicts(country.get("years")):
            groups = year.get("groups")
            for citizenship, permits in groups.items() if isinstance(groups, dict) else ():
                yield {**head, "iso3": country.get("iso3"), "year": year.get("year"), "citizenship": citizenship,
                       "permits": permits}  # fmt: skip


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
