"""Trafficking in persons: who is detected, suspected, prosecuted and convicted; links with arrivals by boat."""

from typing import Final

from data.model.sources import RESTRICTED, Publication
from data.readers.indicators.layout import AreaFrom, IndicatorLayout, Series, WordFrom
from data.readers.indicators.tables.visas import home_office
from data.readers.periods import Quarter, Year

_UNODC: Final = {
    "Detected trafficking victims": "trafficking_victims",
    "Persons brought into formal contact": "trafficking_suspected",
    "Persons prosecuted": "trafficking_prosecuted", "Persons convicted": "trafficking_convicted",
    "Offences of trafficking in persons": "trafficking_offences",
}  # fmt: skip


def _category(dimension: str) -> WordFrom:
    return WordFrom("Category", totals=("Total",), only=("Dimension", dimension), is_needed=True)


TRAFFICKING: Final = (
    IndicatorLayout(
        id="unodc-trafficking", source="unodc-trafficking",
        publication=Publication("UNODC", "Trafficking in persons (GLOTIP)", "UNODC, data on trafficking in persons",
                                "UN terms of use", "https://dataunodc.un.org"),
        headers=frozenset({"Iso3_code", "Indicator", "Dimension", "Category", "Sex", "Age", "Year", "txtVALUE"}),
        optional=frozenset({"Unit of measurement"}),
        ignored=frozenset({"Country", "Region", "Subregion", "Source"}),
        period=Year("Year"), area=AreaFrom("Iso3_code", "unodc", is_needed=True),
        partner=AreaFrom("Category", "name", is_open=True, only=("Dimension", "by citizenship")),
        parts={"form": _category("by form of exploitation"), "citizenship": _category("by citizenship"),
               "repatriation": _category("by country of repatriation"),
               "sex": WordFrom("Sex", words={"Female": "F", "Male": "M"}, totals=("Total",), is_open=True),
               "age": WordFrom("Age", totals=("Total",))},
        others={"Unit of measurement": ("Counts",),
                "Dimension": ("Total", "by form of exploitation", "by citizenship", "by country of repatriation")},
        series=(Series("txtVALUE", WordFrom("Indicator", words=_UNODC)),),
        assumes="A citizenship that no table knows as it is written has its word alone, in the part 'citizenship'.",
    ),
    IndicatorLayout(
        id="ctdc-grouped", source="ctdc-grouped",
        publication=Publication("Counter Trafficking Data Collaborative (CTDC)", "k-anonymised data set, grouped",
                                "CTDC, k-anonymised global data set", "CTDC terms of use",
                                "https://www.ctdatacollaborative.org", sensitivity=RESTRICTED),
        headers=frozenset({"yearOfRegistration", "citizenship", "gender", "ExploitType", "n"}), is_closed=True,
        period=Year("yearOfRegistration"),
        partner=AreaFrom("citizenship", "iso2", words={"0": "unknown"}, is_needed=True),
        parts={"sex": WordFrom("gender", words={"Female": "F", "Male": "M"}, is_open=True),
               "form": WordFrom("ExploitType")},
        series=(Series("n", "trafficking_registered"),),
        assumes="Citizenship 0 is one that was hidden, as few have it: it is not known here.",
    ),
    IndicatorLayout(
        id="uk-small-boats-referrals", source="uk-small-boats-referrals",
        publication=home_office("People who arrived by small boat, by referral as victims of trafficking"),
        headers=frozenset({"Date", "NRM referral", "Nationality", "Sex", "Age Group", "Referrals"}),
        ignored=frozenset({"Year", "Quarter", "Region"}), period=Quarter("Date"), area="GBR",
        partner=AreaFrom("Nationality", "name", is_needed=True),
        parts={"referral": WordFrom("NRM referral", words={"NRM referral raised": "raised",
                                                           "No NRM referral raised": "none"}),
               "sex": WordFrom("Sex", words={"Female": "F", "Male": "M", "Unknown": "unknown"}, is_open=True),
               "age": WordFrom("Age Group")},
        series=(Series("Referrals", "small_boat_people"),),
        assumes="The column 'Referrals' counts people who arrived, most of them with no referral.",
    ),
)  # fmt: skip
