"""What the demonstration's context is invented from: tables, places, rough sizes. No real figure."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from data.demonstration.tables import NATIONALITIES
from data.model.countries import countries


class Kind(NamedTuple):
    """Rows with certain words in other columns, and the share of the values that they have.

    ``of``: the kind of the same table that it is a part of; its values are drawn out of that one's.
    """

    words: Mapping[str, str] = {}
    share: float = 1.0
    of: int | None = None


class Invented(NamedTuple):
    """One invented table in the layout of a publisher.

    Parameters
    ----------
    layout : the id of its layout, which is the end of its file's name
    when : the column of the period; ``steps`` a year: 1 writes the year, others the last day of the period
    places : by column, the places as the publisher writes them; each has a row with each of the others
    values : by column, its rough size in one row; ``decimals`` for what is no count
    kinds : the kinds of rows that each place and period has
    sums : by column, the columns that it is the sum of
    totals : by column of ``places``, the publisher's word for all of them together
    fewest : below it a number is written as ``<5``
    """

    layout: str
    when: str
    values: Mapping[str, float]
    places: Mapping[str, Sequence[str]] = {}
    kinds: Sequence[Kind] = (Kind(),)
    sums: Mapping[str, Sequence[str]] = {}
    totals: Mapping[str, str] = {}
    steps: int = 1
    decimals: int = 0
    fewest: int = 0


YEARS: Final = range(2014, 2026)
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STATES: Final = ("ITA", "GRC", "ESP", "DEU", "FRA", "AUT")
STATE_NAMES: Final = tuple(countries()[one].name for one in STATES)
ORIGIN_NAMES: Final = tuple(countries()[one].name for one in NATIONALITIES)
ORIGINS: Final = {"coo_iso": NATIONALITIES, "coa_iso": (*STATES, "GBR", "USA")}
FEE_ROUTES: Final = ("Central Med", "East Med Sea")
TREATIES: Final = {"convention": 0.95, "trafficking-protocol": 0.9, "smuggling-protocol": 0.8}
NOT_LISTED: Final = ("SPM",)  # its name reads like a person's, which are set aside at the door (RULES 9)
_LEAVING: Final = {"GEO": STATE_NAMES, "CITIZEN": ORIGIN_NAMES}
_EUROPE: Final = {"GEO": "European Union (28 countries)", "CITIZEN": "Total"}
_PERSON: Final = {"UNIT": "Person"}
_RETURNS: Final = (
    Kind({"Return type group": "Enforced return", "Return type": "Enforced removals from detention"}, 0.3),
    Kind({"Return type group": "Voluntary return", "Return type": "Assisted returns"}, 0.25),
    Kind({"Return type group": "Voluntary return", "Return type": "Other verified returns"}, 0.45),
)
_STEPS: Final = {"Detected trafficking victims": 1.0, "Persons brought into formal contact": 0.6,
                 "Persons prosecuted": 0.35, "Persons convicted": 0.15}  # fmt: skip
_WHOLE: Final = {"Dimension": "Total", "Category": "Total", "Sex": "Total", "Age": "Total"}
_VICTIMS: Final[tuple[tuple[Mapping[str, str], float], ...]] = (
    ({"Sex": "Female"}, 0.6),
    ({"Age": "0 to 17 years"}, 0.3),
    ({"Dimension": "by form of exploitation", "Category": "Forced labour"}, 0.4),
    ({"Dimension": "by citizenship", "Category": "Pakistan"}, 0.2),
    ({"Dimension": "by country of repatriation", "Category": "Pakistan"}, 0.1),
)
_TRAFFICKING: Final = (
    *(Kind({"Indicator": name, **_WHOLE}, share) for name, share in _STEPS.items()),
    *(Kind({"Indicator": next(iter(_STEPS)), **_WHOLE, **words}, share, of=0) for words, share in _VICTIMS),
)

INVENTED_TABLES: Final = (
    Invented(
        "unhcr-asylum-decisions", "year", {"dec_recognized": 260, "dec_other": 140, "dec_rejected": 420,
                                           "dec_closed": 90}, ORIGINS,
        (Kind({"procedure_type": "G", "dec_level": "FI", "dec_pc": "P"}),),
        sums={"dec_total": ("dec_recognized", "dec_other", "dec_rejected", "dec_closed")},
    ),
    Invented(
        "unhcr-asylum-applications", "year", {"applied": 1200}, ORIGINS,
        (Kind({"procedure_type": "G", "app_type": "N", "dec_level": "FI", "app_pc": "P"}),),
    ),
    Invented("unhcr-solutions", "year", {"returned_refugees": 20, "resettlement": 60, "naturalisation": 40}, ORIGINS),
    Invented("unhcr-population", "year", {"refugees": 9000, "asylum_seekers": 1500, "idps": 0, "stateless": 20},
             ORIGINS),
    Invented("eurostat-ordered-to-leave", "TIME", {"Value": 650}, _LEAVING, (Kind(_PERSON),), totals=_EUROPE),
    Invented(
        "eurostat-returned", "TIME", {"Value": 260}, _LEAVING,
        (Kind({**_PERSON, "INDIC_MG": "Total number of persons returned"}),),
        totals=_EUROPE,
    ),
    Invented("uk-returns", "Date", {"Number of returns": 120}, {"Return destination": ORIGIN_NAMES}, _RETURNS, steps=4),
    Invented(
        "schengen-visas-cleaned", "year", {"visas_issued": 5200, "visas_not_issued": 1300},
        {"schengen_state": STATE_NAMES, "origin_country": ORIGIN_NAMES}, (Kind({"origin_consulate": "CAPITAL"}),),
        sums={"visas_applied": ("visas_issued", "visas_not_issued")},
    ),
    Invented(
        "unodc-trafficking", "Year", {"txtVALUE": 90}, {"Iso3_code": (*STATES, *NATIONALITIES, "GBR", "USA")},
        _TRAFFICKING, fewest=5,
    ),
    Invented("idmc-by-cause", "t", {"n": 40_000}, {"geo": NATIONALITIES},
             (Kind({"cause": "conflict"}, 0.6), Kind({"cause": "disaster"}, 0.4))),
    Invented("world-bank-indicators", "t", {"v": 6}, {"geo": NATIONALITIES}, (Kind({"var": "unem"}),), decimals=2),
    Invented("inform-risk-index", "GNAYear", {"IndicatorScore": 2.5}, {"Iso3": NATIONALITIES},
             (Kind({"IndicatorId": "INFORM"}),), decimals=1),
    Invented(
        "uk-family-reunion-visas", "Date", {"Visas granted": 60}, {"Nationality": ORIGIN_NAMES},
        (Kind({"Sex": "Female", "Age": "Adult"}, 0.5), Kind({"Sex": "Male", "Age": "Under 18"}, 0.3)), steps=4,
    ),
    Invented("uk-people-in-detention", "Date", {"People": 150}, {"Region": ("North", "South")},
             tuple(Kind({"Length of detention": one}, 0.5) for one in ("3 days or less", "29 days or more")),
             steps=4),
    Invented("uk-asylum-support", "Date", {"People": 9_000}, {"UK Region": ("London", "Scotland", "Wales")},
             (Kind({"Support Type": "Section 95", "Accommodation Type": "Dispersed Accommodation"}),), steps=4),
    Invented("migrants-files-fees", "Year", {"Price EUR 2014": 1_800}, {"Start": ORIGIN_NAMES[:8], "route": FEE_ROUTES},
             (Kind({"End": "Coast", "Currency": "EUR", "Service": "Passage"}),)),
)  # fmt: skip
