"""UNHCR, Refugee Data Finder: decisions on asylum, applications, solutions and populations, by origin and asylum."""

from datetime import date
from typing import Final

from data.model.sources import Publication
from data.readers.indicators.layout import AreaFrom, IndicatorLayout, Series, WordFrom
from data.readers.periods import Year

_ASYLUM: Final = AreaFrom("coa_iso", "unhcr-iso", is_needed=True)
_ORIGIN: Final = AreaFrom("coo_iso", "unhcr-iso", is_needed=True)
_CODES: Final = frozenset({"coo", "coa", "coo_name", "coa_name", "coo_id", "coa_id"})
_LEVEL: Final = WordFrom("dec_level")
_PROCEDURE: Final = WordFrom("procedure_type")


def _finder(title: str) -> Publication:
    return Publication(
        publisher="UNHCR, the UN Refugee Agency",
        title=title,
        citation="UNHCR, Refugee Data Finder",
        licence="CC BY 4.0",
        url="https://www.unhcr.org/refugee-statistics",
    )


def _counted(column: str) -> WordFrom:
    return WordFrom(column, words={"P": "persons", "C": "cases"})


UNHCR: Final = (
    IndicatorLayout(
        id="unhcr-asylum-decisions",
        source="unhcr-asylum-decisions",
        publication=_finder("Asylum decisions, by country of asylum and origin"),
        headers=frozenset({"year", "coo_iso", "coa_iso", "procedure_type", "dec_level", "dec_pc", "dec_recognized",
                           "dec_other", "dec_rejected", "dec_closed", "dec_total"}),
        ignored=_CODES,
        period=Year("year"),
        area=_ASYLUM,
        partner=_ORIGIN,
        parts={"level": _LEVEL, "procedure": _PROCEDURE},
        series=(
            Series("dec_recognized", "asylum_recognised", _counted("dec_pc")),
            Series("dec_other", "asylum_other_protection", _counted("dec_pc")),
            Series("dec_rejected", "asylum_rejected", _counted("dec_pc")),
            Series("dec_closed", "asylum_closed", _counted("dec_pc")),
            Series("dec_total", "asylum_decisions", _counted("dec_pc")),
        ),
    ),
    IndicatorLayout(
        id="unhcr-asylum-applications",
        source="unhcr-asylum-applications",
        publication=_finder("Asylum applications, by country of asylum and origin"),
        headers=frozenset({"year", "coo_iso", "coa_iso", "procedure_type", "app_type", "dec_level", "app_pc",
                           "applied"}),
        ignored=_CODES,
        period=Year("year"),
        area=_ASYLUM,
        partner=_ORIGIN,
        parts={"application": WordFrom("app_type"), "level": _LEVEL, "procedure": _PROCEDURE},
        series=(Series("applied", "asylum_applications", _counted("app_pc")),),
    ),
    IndicatorLayout(
        id="unhcr-solutions",
        source="unhcr-solutions",
        publication=_finder("Resettlement arrivals, returns and naturalisation"),
        headers=frozenset({"year", "coo_iso", "coa_iso", "returned_refugees", "resettlement", "naturalisation"}),
        optional=frozenset({"returned_idps"}),
        ignored=_CODES,
        period=Year("year"),
        since=date(1951, 1, 1),
        area=_ASYLUM,
        partner=_ORIGIN,
        blank="nothing",
        series=(
            Series("resettlement", "resettlement_arrivals"),
            Series("returned_refugees", "returned_refugees"),
            Series("returned_idps", "returned_idps"),
            Series("naturalisation", "naturalised_refugees"),
        ),
    ),
    IndicatorLayout(
        id="unhcr-population",
        source="unhcr-population",
        publication=_finder("People of concern at the end of the year"),
        headers=frozenset({"year", "coo_iso", "coa_iso", "refugees", "asylum_seekers", "idps", "stateless"}),
        optional=frozenset({"returned_refugees", "returned_idps", "ooc", "oip", "hst"}),
        ignored=_CODES,
        period=Year("year"),
        since=date(1951, 1, 1),
        area=_ASYLUM,
        partner=_ORIGIN,
        blank="nothing",
        series=(
            Series("refugees", "refugees"),
            Series("asylum_seekers", "asylum_seekers"),
            Series("idps", "idps_of_concern"),
            Series("stateless", "stateless_people"),
            Series("oip", "others_in_need_of_protection"),
            Series("ooc", "others_of_concern"),
            Series("hst", "host_community"),
            Series("returned_refugees", "returned_refugees"),
            Series("returned_idps", "returned_idps"),
        ),
    ),
)  # fmt: skip
