"""Eurostat: decisions on asylum, enforcement, permits, resettlement, population, by reporting state and citizenship."""

from typing import Final

from data.model.absence import NOT_APPLICABLE, UNKNOWN, WITHHELD
from data.model.sources import Publication
from data.readers.indicators.layout import AreaFrom, IndicatorLayout, Series, WordFrom
from data.readers.periods import CELL, HEADING, InColumns, Month, Year

_GEO: Final = AreaFrom("GEO", "eurostat-label", is_needed=True)
_CITIZEN: Final = AreaFrom("CITIZEN", "eurostat-label", is_needed=True)
_PLAIN: Final = frozenset({"TIME", "GEO", "CITIZEN", "UNIT", "Value"})
_FLAG: Final = "Flag and Footnotes"
_FLAGS: Final = {"c": WITHHELD, "z": NOT_APPLICABLE}
_ABSENT: Final = {":": UNKNOWN, ": ": UNKNOWN, ":c": WITHHELD, ": c": WITHHELD, ":z": NOT_APPLICABLE,
                  ": z": NOT_APPLICABLE}  # fmt: skip
_SEX: Final = WordFrom("SEX", words={"Males": "M", "Females": "F"}, totals=("Total",))
_AGE: Final = WordFrom("AGE", totals=("Total",))
_PERSON: Final = {"UNIT": ("Person",)}
_DECISIONS: Final = {
    "Total": "first_decisions", "Total positive decisions": "first_decisions_positive",
    "Rejected": "first_decisions_rejected",
}  # fmt: skip
_REASONS: Final = {
    "Family reasons": "family", "Education reasons": "education", "Remunerated activities reasons": "employment",
    "Refugee status": "refugee", "Subsidiary protection": "subsidiary", "Other": "other",
    "Other reasons": "other",
}  # fmt: skip


def _published(title: str, code: str) -> Publication:
    return Publication(
        publisher="Eurostat",
        title=title,
        citation=f"Eurostat, {code}",
        licence="Reuse with acknowledgement of the source",
        url=f"https://ec.europa.eu/eurostat/databrowser/view/{code}",
    )


_ORDERED: Final = _published("Third-country nationals ordered to leave", "migr_eiord")
_RETURNED: Final = _published("Third-country nationals returned following an order to leave", "migr_eirtn")
_PRESENT: Final = _published("Third-country nationals found to be illegally present", "migr_eipre")
_REFUSED: Final = _published("Third-country nationals refused entry at the external borders", "migr_eirfs")
_FIRST: Final = _published("First instance decisions on applications, by citizenship", "migr_asydcfsta")
_SDMX: Final = frozenset({"DATAFLOW", "freq", "unit", "citizen", "sex", "age", "geo", "TIME_PERIOD", "OBS_VALUE"})
_UNREAD: Final = frozenset({"LAST UPDATE", "CONF_STATUS"})
_SDMX_PARTS: Final = {
    "sex": WordFrom("sex", words={"M": "M", "F": "F", "UNK": "unknown"}, totals=("T",)),
    "age": WordFrom("age", totals=("TOTAL",)),
}


EUROSTAT: Final = (
    IndicatorLayout(
        id="eurostat-first-decisions", source="eurostat-first-decisions", publication=_FIRST,
        headers=_PLAIN | {"SEX", "AGE", "DECISION"}, optional=frozenset({_FLAG}), is_closed=True,
        period=Year("TIME"), area=_GEO, partner=_CITIZEN, parts={"sex": _SEX, "age": _AGE}, others=_PERSON,
        series=(Series("Value", WordFrom("DECISION", words=_DECISIONS)),), flag=_FLAG, flags=_FLAGS, absent=_ABSENT,
    ),
    IndicatorLayout(
        id="eurostat-first-decisions-sdmx", source="eurostat-first-decisions-by-citizenship", publication=_FIRST,
        headers=_SDMX | {"decision"}, optional=frozenset({"OBS_FLAG"}), ignored=_UNREAD,
        is_closed=True, period=Year("TIME_PERIOD"), area=AreaFrom("geo", "eurostat", is_needed=True),
        partner=AreaFrom("citizen", "eurostat", is_needed=True), parts=_SDMX_PARTS,
        others={"freq": ("A",), "unit": ("PER",), "DATAFLOW": ("ESTAT:MIGR_ASYDCFSTA(1.0)",)},
        series=(Series("OBS_VALUE", WordFrom("decision", words={
            "TOTAL": "first_decisions", "TOTAL_POS": "first_decisions_positive", "REJECTED": "first_decisions_rejected",
        })),),
        flag="OBS_FLAG", flags=_FLAGS, absent=_ABSENT,
    ),
    IndicatorLayout(
        id="eurostat-resettled-sdmx", source="eurostat-resettled",
        publication=_published("Resettled persons by citizenship", "migr_asyresa"),
        headers=_SDMX, optional=frozenset({"OBS_FLAG"}), ignored=_UNREAD, is_closed=True,
        period=Year("TIME_PERIOD"), area=AreaFrom("geo", "eurostat", is_needed=True),
        partner=AreaFrom("citizen", "eurostat", is_needed=True), parts=_SDMX_PARTS,
        others={"freq": ("A",), "unit": ("PER",), "DATAFLOW": ("ESTAT:MIGR_ASYRESA(1.0)",)},
        series=(Series("OBS_VALUE", "resettled_to_europe"),), flag="OBS_FLAG", flags=_FLAGS, absent=_ABSENT,
    ),
    IndicatorLayout(
        id="eurostat-valid-permits", source="eurostat-valid-permits",
        publication=_published("Valid permits by reason, on 31 December", "migr_resvalid"),
        headers=_PLAIN | {"DURATION", "REASON"}, optional=frozenset({_FLAG}), is_closed=True, period=Year("TIME"),
        area=_GEO, partner=_CITIZEN, others={**_PERSON, "DURATION": ("Total",)},
        parts={"reason": WordFrom("REASON", words=_REASONS, totals=("Total",))},
        series=(Series("Value", "valid_permits"),), flag=_FLAG, flags=_FLAGS, absent=_ABSENT,
    ),
    IndicatorLayout(
        id="eurostat-ordered-to-leave", source="eurostat-ordered-to-leave", publication=_ORDERED, headers=_PLAIN,
        optional=frozenset({_FLAG}), is_closed=True, period=Year("TIME"), area=_GEO, partner=_CITIZEN, others=_PERSON,
        series=(Series("Value", "ordered_to_leave"),), flag=_FLAG, flags=_FLAGS, absent=_ABSENT,
        assumes="Of Eurostat's tables the one without any dimension but state, citizenship and year is that of people "
                "ordered to leave (migr_eiord): the file names none.",
    ),
    IndicatorLayout(
        id="eurostat-returned", source="eurostat-returned", publication=_RETURNED, headers=_PLAIN | {"INDIC_MG"},
        optional=frozenset({_FLAG}), is_closed=True, period=Year("TIME"), area=_GEO, partner=_CITIZEN,
        others={**_PERSON, "INDIC_MG": ("Total number of persons returned",)},
        series=(Series("Value", "returned_after_order"),), flag=_FLAG, flags=_FLAGS, absent=_ABSENT,
    ),
    IndicatorLayout(
        id="eurostat-found-present", source="eurostat-found-present", publication=_PRESENT,
        headers=_PLAIN | {"SEX", "AGE"}, optional=frozenset({_FLAG}), is_closed=True, period=Year("TIME"), area=_GEO,
        partner=_CITIZEN, parts={"sex": _SEX, "age": _AGE}, others=_PERSON,
        series=(Series("Value", "found_present"),), flag=_FLAG, flags=_FLAGS, absent=_ABSENT,
        assumes="Of Eurostat's tables by citizenship, sex and age alone the one read is that of people found to be "
                "illegally present (migr_eipre): the file names none.",
    ),
    IndicatorLayout(
        id="eurostat-refused-entry", source="eurostat-refused-entry", publication=_REFUSED,
        headers=_PLAIN | {"REASON", "INDIC_MG"}, optional=frozenset({_FLAG}), is_closed=True, period=Year("TIME"),
        area=_GEO, partner=_CITIZEN, parts={"reason": WordFrom("REASON", totals=("Total",))},
        others={**_PERSON, "INDIC_MG": ("Persons refused entry",)},
        series=(Series("Value", "refused_entry"),), flag=_FLAG, flags=_FLAGS, absent=_ABSENT,
    ),
    IndicatorLayout(
        id="eurostat-asylum-applicants-monthly", source="eurostat-asylum-applicants",
        publication=_published("Asylum applicants in the European Union by citizenship, monthly; shaped by DW",
                               "migr_asyappctzm"),
        headers=frozenset({"Citizenship_of_Applicant"}), period=InColumns(Month(HEADING)), area="eu",
        partner=AreaFrom("Citizenship_of_Applicant", "eurostat-label", is_needed=True),
        series=(Series(CELL, "asylum_applicants"),), absent=_ABSENT,
        assumes="Which countries the European Union is of, and whether repeated applications are in, the file does not "
                "say.",
    ),
    IndicatorLayout(
        id="eurostat-population", source="eurostat-population",
        publication=_published("Population on 1 January", "demo_pjan"),
        headers=frozenset({"TIME", "GEO", "AGE", "SEX", "UNIT", "Value"}), optional=frozenset({_FLAG}), is_closed=True,
        period=Year("TIME"), area=_GEO, parts={"sex": _SEX, "age": _AGE}, others={"UNIT": ("Number",)},
        series=(Series("Value", "population"),), flag=_FLAG, flags=_FLAGS, absent=_ABSENT, stock_day="first",
    ),
    IndicatorLayout(
        id="eurostat-employment-permits", source="eurostat-first-permits",
        publication=_published("First permits by reason and citizenship; shaped by birthrate.io", "migr_resfirst"),
        headers=frozenset({"dataset", "reason", "iso3", "year", "citizenship", "permits"}),
        period=Year("year"), area=AreaFrom("iso3", "iso3", is_needed=True),
        partner=AreaFrom("citizenship", "eurostat-label", is_needed=True),
        others={"dataset": ("migr_resfirst",), "reason": ("EMP",)},
        series=(Series("permits", "first_permits", parts={"reason": "employment"}),),
        assumes="The eight citizenships that are named differ by state: one that is not named is in Other, and not 0.",
    ),
)  # fmt: skip
