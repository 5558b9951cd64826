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
        "this says which visa each passport needs: rules, and the file states no day of which they are. ",
        BESIDE,
    ),
    _table(
        {"receiving (across) / sending (down)", "WORLD"},
        "this is a matrix of remittances between countries, estimated by a model, and its year stands in a title "
        "above it alone. Give one row per pair of countries, with its year.",
    ),
    _table(
        {"Technology", "Count", "Daily Tech Cost"},
        "this is a workbook of several tables in each sheet on detention in the United States, with street addresses "
        "of places. Give one table, by state at the finest, in a file of its own.",
    ),
    _table(
        {"country", "money_from_all_documented_projects(reg+single)"},
        "this sums up the money of projects by country, and states no year. ",
        BESIDE,
    ),
    _table(
        {"ProjectID", "ProjectTitle", "ProjectBudget", "ProjectLocation"},
        "this lists projects, many of them in several countries at once: no figure of one country and year. ",
        BESIDE,
    ),
    _table(
        {"distance", "risk", "value"},
        "these are scores of risk along one line, without a unit and without a day. ",
        BESIDE,
    ),
)


def reason_to_refuse(columns: Iterable[str]) -> str | None:
    """Return why a table with these headings is known and not read; None where it is not one of those."""
    here = set(columns)
    return next((reason for headers, reason in REFUSED if headers <= here), None)
