"""Tables that are known and are not read, each with the reason: none counts people on a route, or at a border."""

from collections.abc import Iterable
from typing import Final

BESIDE: Final = (
    "It is context for counts on routes and is not read. A table of such counts has the header that "
    "`python -m data template counts` writes."
)
STOCK: Final = f"people who are somewhere on a day, not people who came: adding days up means nothing. {BESIDE}"
Known = tuple[frozenset[str], str]


def _table(headings: set[str], reason: str, then: str = "") -> Known:
    return frozenset(headings), reason + then


REFUSED: Final[tuple[Known, ...]] = (
    _table(
        {"lcg_pushbacks", "tcg_pushbacks", "disagg_method_lcg", "disagg_method_tcg"},
        "this is a model: monthly totals of interceptions, spread over the days by a method that the columns "
        "'disagg_method_lcg' and 'disagg_method_tcg' name. Nobody counted these days, so they are not read as "
        "counts (RULES R12). Give the monthly table that it was made from: IOM's months of Mediterranean "
        "crossings.",
    ),
    _table(
        {"country_of_departure", "interceptor_type", "sar_ops", "incidents", "persons"},
        "this counts incidents of a Frontex operation at sea, by country of departure and by who met the "
        "boat. People who were met are neither arrivals nor interceptions (rescues and hand-overs are among "
        "them), and no unit of this project is theirs, so they are not read. Detections by route are in "
        "Frontex's monthly table.",
    ),
    _table(
        {"TIME", "GEO", "UNIT", "Value", "Flag and Footnotes"},
        "this is a table of Eurostat's statistics on population, asylum, permits or enforcement: decisions "
        "and orders by the state that reports them, with totals among its rows and ':' for what is not known. ",
        BESIDE,
    ),
    _table(
        {"DATAFLOW", "LAST UPDATE", "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG"},
        "this is an SDMX table of official statistics, such as Eurostat's decisions on asylum: totals stand "
        "among its rows, so that a plain sum counts people several times. ",
        BESIDE,
    ),
    _table(
        {"Citizenship_of_Applicant"},
        "this counts applications for asylum by citizenship and month: applications, not crossings. ",
        BESIDE,
    ),
    _table(
        {"coo_iso", "coa_iso", "app_type", "applied"},
        "this counts applications for asylum from UNHCR's Refugee Data Finder. ",
        BESIDE,
    ),
    _table(
        {"coo_iso", "coa_iso", "resettlement", "naturalisation"},
        "this counts resettlement, returns and naturalisation by year, from UNHCR's Refugee Data Finder: ends "
        "of flight, on no route. ",
        BESIDE,
    ),
    _table(
        {"coo_iso", "coa_iso", "refugees", "idps", "stateless"},
        "this is UNHCR's population at the end of each year: ",
        STOCK,
    ),
    _table(
        {"operation", "admin0Pcode", "numPresentIdpInd", "roundNumber"},
        "these are rounds of IOM's Displacement Tracking Matrix: ",
        STOCK,
    ),
    _table(
        {"admin0Name", "admin0Pcode"},
        "this is a list of countries or operations of IOM's Displacement Tracking Matrix, and counts nobody. ",
        BESIDE,
    ),
    _table(
        {"location_code", "reporting_round", "assessment_type", "population"},
        "these are rounds of displaced people from HDX HAPI: ",
        STOCK,
    ),
    _table(
        {"geo", "t", "from", "sex", "n"},
        "this is UN DESA's estimate of the people born elsewhere, by year: ",
        STOCK,
    ),
    _table(
        {"iso3", "year", "new_displacement", "total_displacement"},
        "this counts displacement inside a country (IDMC): no border is crossed. ",
        BESIDE,
    ),
    _table(
        {"iso3", "event_name", "hazard_category", "new_displacement"},
        "this counts displacement by disasters inside a country (IDMC): no border is crossed. ",
        BESIDE,
    ),
    _table(
        {"geo", "t", "cause", "n"},
        "this counts displacement by cause inside a country (IDMC): no border is crossed. ",
        BESIDE,
    ),
    _table(
        {"geo", "var", "t", "v"},
        "these are indicators of countries (World Bank), not counts of people. ",
        BESIDE,
    ),
    _table(
        {"Iso3", "IndicatorId", "IndicatorScore"},
        "these are scores of countries (INFORM Risk Index), not counts of people. ",
        BESIDE,
    ),
    _table(
        {"Phase", "Number", "Percentage", "Validity period"},
        "this classifies a population by how much it has to eat (IPC): ",
        STOCK,
    ),
    _table(
        {"type_of_violence", "conflict_name", "dyad_name", "best"},
        "these are events of armed conflict (UCDP) and the deaths in them: people who died in a war, not on "
        "the way. They belong in no count of deaths on routes (RULES C7, E6). ",
        BESIDE,
    ),
    _table(
        {"Country", "Month", "Year", "Events", "Fatalities"},
        "this counts events of political violence and the deaths in them by country (ACLED): people who died "
        "in a conflict, not on the way. They belong in no count of deaths on routes (RULES C7, E6). ",
        BESIDE,
    ),
    _table(
        {"iso2", "iso3", "m49", "name"},
        "this is a list of country codes, and counts nobody. ",
        BESIDE,
    ),
    _table(
        {"iso_code", "unhcr_code", "name"},
        "this is a list of country codes (UNHCR's are not ISO's), and counts nobody. ",
        BESIDE,
    ),
    _table(
        {"Passport", "Destination", "Requirement"},
        "this says which visa each passport needs: rules, not counts of people. ",
        BESIDE,
    ),
    _table(
        {"schengen_state", "visas_applied", "visas_issued"},
        "this counts visas at consulates. ",
        BESIDE,
    ),
    _table(
        {"Schengen State", "Consulate", "Uniform visas applied for"},
        "this counts visas at consulates. ",
        BESIDE,
    ),
    _table(
        {"Date", "Nationality", "Visas granted"},
        "this counts visas that were granted. ",
        BESIDE,
    ),
    _table(
        {"Date", "Entering detention", "Leaving detention"},
        "this counts people who enter and leave detention, and those in it: no crossings. ",
        BESIDE,
    ),
    _table(
        {"Date", "Length of detention", "People"},
        "this counts people in detention: ",
        STOCK,
    ),
    _table(
        {"Date", "Support Type", "Accommodation Type", "People"},
        "this counts people in support for asylum seekers: ",
        STOCK,
    ),
    _table(
        {"Return type group", "Return type", "Number of returns"},
        "this counts returns from inside a country, enforced and voluntary: no interceptions on the way. ",
        BESIDE,
    ),
    _table(
        {"Date of return", "Enforced returns", "Voluntary returns"},
        "this counts returns from inside a country, enforced and voluntary: no interceptions on the way. ",
        BESIDE,
    ),
    _table(
        {"Year of Application", "Applications", "Initial Decisions"},
        "this follows applications for asylum to their outcome. ",
        BESIDE,
    ),
    _table(
        {"NRM referral", "Nationality", "Referrals"},
        "this tells of people who arrived by small boat whether they were referred as victims of trafficking: "
        "it counts the arrivals of the daily table once more, by quarter. Give the daily table of small "
        "boats.",
    ),
    _table(
        {"Participant", "Signature"},
        "this lists who signed a treaty, and counts nobody. ",
        BESIDE,
    ),
    _table(
        {"yearOfRegistration", "citizenship", "ExploitType", "n"},
        "this counts registered victims of trafficking, on no route and without a day. ",
        BESIDE,
    ),
    _table(
        {"Iso3_code", "Indicator", "Dimension", "Category", "txtVALUE"},
        "this is UNODC's table on trafficking in persons: victims, suspects and convictions by country and "
        "year, totals among its rows. ",
        BESIDE,
    ),
)


def reason_to_refuse(columns: Iterable[str]) -> str | None:
    """Return why a table with these headings is known and not read; None where it is not one of those."""
    here = set(columns)
    return next((reason for headers, reason in REFUSED if headers <= here), None)
