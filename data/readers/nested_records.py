"""Replies of JSON whose records are nested in a known way, as flat records: one for each innermost value."""

from collections.abc import Iterator
from typing import Any, Final

Records = list[dict[str, Any]]
POLICY: Final = {  # of GAPs: our name and the publisher's
    "policy": "policyName", "themes": "policyTypeArea", "year": "year", "month": "month", "day": "day",
    "level": "levelOfLegislation", "instrument": "typeOfLegislation", "url": "urlEnglish",
}  # fmt: skip
AGREEMENT: Final = {
    "policy": "policyName", "instrument": "typeOfBiletralAgreement", "signatory": "signatoryState",
    "signed": "signatureDate", "in_force": "entryIntoForceDate", "url": "urlEnglish",
}  # fmt: skip
PERMITS: Final = ("dataset", "reason", "countries")


def flat_records(content: Any) -> Records | None:
    """Return the flat records of a reply that is nested in a known way; None where it is not."""
    if isinstance(content, dict) and all(name in content for name in PERMITS):
        return list(_permits(content))
    if isinstance(content, list) and content and all(_is_of_policies(one) for one in content):
        return list(_policies(content))
    return None


def _is_of_policies(one: Any) -> bool:
    return isinstance(one, dict) and one.keys() == {"countryName", "policies"} and isinstance(one["policies"], list)


def _policies(content: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one record per policy, or per agreement, of a country; descriptions and notes are left out."""
    for one in content:
        for policy in _dicts(one["policies"]):
            fields = AGREEMENT if "signatoryState" in policy else POLICY
            found = {name: policy.get(key) for name, key in fields.items()}
            if fields is POLICY:
                areas = policy.get("policyTypeArea")
                named = [key for key, is_so in areas.items() if is_so is True] if isinstance(areas, dict) else []
                found["themes"] = ";".join(named)
            yield {"country": one["countryName"], **found}


def _permits(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield one record per state, year and citizenship of first permits, as birthrate.io shapes Eurostat's table."""
    head: dict[str, Any] = {name: content[name] for name in ("dataset", "reason", "demonstration") if name in content}
    for country in _dicts(content["countries"]):
        for year in _dicts(country.get("years")):
            groups = year.get("groups")
            for citizenship, permits in groups.items() if isinstance(groups, dict) else ():
                yield {**head, "iso3": country.get("iso3"), "year": year.get("year"), "citizenship": citizenship,
                       "permits": permits}  # fmt: skip


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
