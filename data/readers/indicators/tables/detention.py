"""Detention, reception and return in the United Kingdom; prices of passage."""

from typing import Final

from data.model.sources import Publication
from data.readers.indicators.layout import AreaFrom, IndicatorLayout, Series, WordFrom
from data.readers.indicators.tables.visas import home_office
from data.readers.periods import Day, Quarter, Year

_FILES: Final = "https://www.themigrantsfiles.com"
_TYPES: Final = {"Non-detained Enforced removals": "Non-detained enforced removals"}
_FEE_ROUTES: Final = {
    "Central Med": "central-mediterranean", "West African": "western-africa-atlantic",
    "East Med Sea": "eastern-mediterranean", "East Med Land": "turkiye-europe-land-route",
    "West Med": "western-mediterranean", "West Balkans": "western-balkans", "East Borders": "eastern-borders",
}  # fmt: skip
_RETURNS: Final = {
    "Enforced return": "returns_enforced", "Voluntary return": "returns_voluntary",
    "Refused entry at port and subsequently departed": "refused_at_port_departed",
}  # fmt: skip
_PARTS: Final = {"Asylum": {"claim": "asylum"}, "Non-asylum": {"claim": "none"}}

DETENTION: Final = (
    IndicatorLayout(
        id="uk-detention-summary", source="uk-detention-summary",
        publication=home_office("Immigration detention, summary"),
        headers=frozenset({"Date", "Entering detention", "Leaving detention", "In detention (at end of period)"}),
        optional=frozenset({f"{what} {claim}" for what in ("Entering detention", "Leaving detention", "In detention")
                            for claim in _PARTS}),
        is_closed=True, period=Year("Date"), area="GBR",
        series=(
            Series("Entering detention", "detention_entered"), Series("Leaving detention", "detention_left"),
            Series("In detention (at end of period)", "people_in_detention"),
            *(Series(f"{what} {claim}", indicator, parts=part)
              for what, indicator in (("Entering detention", "detention_entered"),
                                      ("Leaving detention", "detention_left"), ("In detention", "people_in_detention"))
              for claim, part in _PARTS.items()),
        ),
    ),
    IndicatorLayout(
        id="uk-people-in-detention", source="uk-people-in-detention",
        publication=home_office("People in detention, by region of nationality and length"),
        headers=frozenset({"Date", "Region", "Length of detention", "People"}), is_closed=True, period=Day("Date"),
        area="GBR", parts={"region": WordFrom("Region"), "length": WordFrom("Length of detention")},
        series=(Series("People", "people_in_detention"),),
    ),
    IndicatorLayout(
        id="uk-returns", source="uk-returns", publication=home_office("Returns, by destination and type"),
        headers=frozenset({"Date", "Return type group", "Return type", "Return destination", "Number of returns"}),
        ignored=frozenset({"Year", "Quarter", "Return destination region"}), period=Quarter("Date"), area="GBR",
        partner=AreaFrom("Return destination", "name", is_needed=True), is_summed=True,
        parts={"type": WordFrom("Return type", words=_TYPES, is_open=True)},
        series=(Series("Number of returns", WordFrom("Return type group", words=_RETURNS)),),
    ),
    IndicatorLayout(
        id="uk-returns-by-claim", source="uk-returns-by-claim",
        publication=home_office("Returns of people who had claimed asylum, and of others"),
        headers=frozenset({"Date of return", "Category", "Enforced returns", "Voluntary returns",
                           "Refused entry at port and subsequently departed"}),
        is_closed=True, period=Year("Date of return"), area="GBR",
        parts={"claim": WordFrom("Category", words={"Asylum": "asylum", "Non-asylum": "none"})},
        series=(Series("Enforced returns", "returns_enforced"), Series("Voluntary returns", "returns_voluntary"),
                Series("Refused entry at port and subsequently departed", "refused_at_port_departed")),
    ),
    IndicatorLayout(
        id="uk-asylum-support", source="uk-asylum-support",
        publication=home_office("People in receipt of asylum support, by region"),
        headers=frozenset({"Date", "UK Region", "Support Type", "Accommodation Type", "People"}), is_closed=True,
        period=Day("Date"), area="GBR", is_summed=True,
        parts={"region": WordFrom("UK Region", is_open=True, words={
                   "East Of England": "East of England", "Yorkshire And The Humber": "Yorkshire and The Humber"}),
               "support": WordFrom("Support Type"),
               "accommodation": WordFrom("Accommodation Type", is_open=True,
                                         words={"Subsistence only": "Subsistence Only"})},
        series=(Series("People", "people_in_asylum_support"),),
        assumes="Some regions are notes of the publisher (N/A - Section 98), kept as published.",
    ),
    IndicatorLayout(
        id="uk-asylum-cohorts", source="uk-asylum-cohorts",
        publication=home_office("Outcomes of applications for asylum, by year of application"),
        headers=frozenset({"Year of Application", "Nationality", "Applications", "Initial Decisions",
                           "Latest: Grants of Protection", "Latest: Grants of Other Leave", "Latest: Refusals",
                           "Enforced Returns", "Voluntary Returns"}),
        ignored=frozenset({
            "Geographical Region", "Initial: Grants of Protection", "Initial: Grants of Other Leave",
            "Initial: Refusals", "Initial: Withdrawn Applications", "Initial: Administrative Outcomes",
            "Initial: Not Yet Known", "Assisted Returns (Subset of Voluntary returns)",
            "Controlled Returns (Subset of Voluntary returns)", "Other Verified Returns (Subset of Voluntary returns)",
            "Latest: Withdrawn Applications", "Latest: Administrative Outcomes", "Latest: Not Yet Known",
        }),
        period=Year("Year of Application"), area="GBR",
        partner=AreaFrom("Nationality", "name", words={"NA": "unknown"}, is_needed=True), is_summed=True,
        series=(
            Series("Applications", "cohort_applications"), Series("Initial Decisions", "cohort_decided"),
            Series("Latest: Grants of Protection", "cohort_protected"),
            Series("Latest: Grants of Other Leave", "cohort_other_leave"),
            Series("Latest: Refusals", "cohort_refused"), Series("Enforced Returns", "cohort_returned_enforced"),
            Series("Voluntary Returns", "cohort_returned_voluntary"),
        ),
    ),
    IndicatorLayout(
        id="migrants-files-fees", source="migrants-files-fees",
        publication=Publication("The Migrants' Files", "The money trail: what people paid",
                                "The Migrants' Files, the money trail", "Not stated", _FILES),
        headers=frozenset({"Start", "End", "route", "Currency", "Price EUR 2014", "Service", "Year"}),
        ignored=frozenset({"Price", "lower bound", "upper bound"}),
        period=Year("Year"), is_summed=True,
        parts={"route": WordFrom("route", words=_FEE_ROUTES, is_open=True), "service": WordFrom("Service")},
        series=(Series("Price EUR 2014", "passage_price"),),
        assumes="Each row is one report of a price, in euros of 2014: never added up, nor pooled over routes.",
    ),
)  # fmt: skip
