"""Visas: Schengen by consulate, and family reunion in the United Kingdom."""

from typing import Final

from data.model.sources import Publication
from data.readers.indicators.layout import YEAR, AreaFrom, IndicatorLayout, Series, WordFrom
from data.readers.periods import Quarter, Year

_CONSULATES: Final = Publication(
    publisher="European Commission, DG Migration and Home Affairs",
    title="Visa statistics for consulates",
    citation="European Commission, DG HOME, visa statistics for consulates",
    licence="Reuse with acknowledgement of the source (Commission decision 2011/833/EU)",
    url="https://home-affairs.ec.europa.eu/policies/schengen/visa-policy_en",
)
_SHAPED: Final = Publication(
    publisher="European Commission, DG HOME; cleaned by Mogens Hobolth",
    title="Visa statistics for consulates, 2005 on",
    citation="European Commission, DG HOME, visa statistics for consulates, cleaned by M. Hobolth",
    licence="Not stated",
    url="https://github.com/mogenshobolth/eu-visa-policy",
)
HOME_OFFICE: Final = "UK Home Office, by way of the British Red Cross"


def home_office(title: str) -> Publication:
    """Return a table of the UK Home Office's immigration statistics."""
    return Publication(
        publisher=HOME_OFFICE,
        title=title,
        citation=f"UK Home Office, immigration statistics: {title[:1].lower()}{title[1:]}",
        licence="Open Government Licence v3.0",
        url="https://www.gov.uk/government/collections/migration-statistics",
    )


VISAS: Final = (
    IndicatorLayout(
        id="schengen-visas-consulates",
        source="schengen-visas",
        publication=_CONSULATES,
        headers=frozenset({"Schengen State", "Country where consulate is located", "Consulate",
                           "Uniform visas applied for", "Uniform visas not issued"}),
        optional=frozenset({"Total uniform visas issued (including MEV)", "Total uniform visas isued (including MEV)"}),
        ignored=frozenset({
            "Airport transit visas (ATVs) applied for", "ATVs issued (including multiple)", "Multiple ATVs issued",
            "ATVs not issued", "Not issued rate for ATVs", "Multiple entry uniform visas (MEVs) issued",
            "Share of MEVs on total number of uniform visas issued", "Total LTVs issued",
            "Not issued rate for uniform visas", "Total ATVs and uniform visas applied for",
            "Total ATVs and uniform visas issued (including multiple ATVs, MEVs and LTVs)",
            "Total ATVs and uniform visas not issued", "Not issued rate for ATVs and uniform visas",
        }),
        year_in=("Consulate", r"(?i)total.*\b((?:19|20)\d\d)\b"),
        sums={"Consulate": r"(?i)\btotal\b"},
        period=Year(YEAR),
        area=AreaFrom("Schengen State", "name", is_needed=True),
        partner=AreaFrom("Country where consulate is located", "name", is_needed=True),
        parts={"consulate": WordFrom("Consulate")},
        series=(
            Series("Uniform visas applied for", "visas_applied"),
            Series("Total uniform visas issued (including MEV)", "visas_issued"),
            Series("Total uniform visas isued (including MEV)", "visas_issued"),
            Series("Uniform visas not issued", "visas_refused"),
        ),
        assumes="Uniform (short-stay) visas are read; airport transit visas and those of limited validity are not.",
    ),
    IndicatorLayout(
        id="schengen-visas-cleaned",
        source="schengen-visas-cleaned",
        publication=_SHAPED,
        headers=frozenset({"schengen_state", "origin_country", "origin_consulate", "visas_applied", "visas_issued",
                           "visas_not_issued", "year"}),
        ignored=frozenset({"visa_refusal_rate"}),
        period=Year("year"),
        area=AreaFrom("schengen_state", "name", is_needed=True),
        partner=AreaFrom("origin_country", "name", is_needed=True),
        parts={"consulate": WordFrom("origin_consulate")},
        series=(
            Series("visas_applied", "visas_applied"),
            Series("visas_issued", "visas_issued"),
            Series("visas_not_issued", "visas_refused"),
        ),
    ),
    IndicatorLayout(
        id="uk-family-reunion-visas",
        source="uk-family-reunion-visas",
        publication=home_office("Family reunion visas granted"),
        headers=frozenset({"Date", "Nationality", "Sex", "Age", "Visas granted"}),
        ignored=frozenset({"Year", "Quarter", "Region"}),
        period=Quarter("Date"),
        area="GBR",
        partner=AreaFrom("Nationality", "name", is_needed=True),
        parts={"sex": WordFrom("Sex", words={"Female": "F", "Male": "M", "Unknown Sex": "unknown"}, is_open=True),
               "age": WordFrom("Age")},
        is_summed=True,
        series=(Series("Visas granted", "family_reunion_visas"),),
    ),
)  # fmt: skip
