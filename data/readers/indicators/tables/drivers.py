"""What drives people: conflict, displacement, hunger, work, risk; association, never cause."""

from datetime import date
from typing import Final

from data.model.sources import Publication
from data.readers.indicators.layout import AreaFrom, IndicatorLayout, Series, WordFrom
from data.readers.periods import Span, Year

_IDMC: Final = "Internal Displacement Monitoring Centre (IDMC)"
_GIDD: Final = "https://www.internal-displacement.org/database/displacement-data"
_CAUSES: Final = {"Flood": "flood", "Storm": "storm", "Earthquake": "earthquake", "Drought": "drought",
                  "Wildfire": "wildfire", "Mass Movement": "mass movement", "Erosion": "erosion",
                  "Extreme Temperature": "extreme temperature", "Volcanic activity": "volcanic activity",
                  "Wave action": "wave action"}  # fmt: skip
_BANK: Final = {
    "unem": "unemployment", "gdp": "gross_domestic_product", "remin": "remittances_received",
    "remout": "remittances_paid", "polstb": "political_stability", "pop": "population_mid_year",
    "nmig": "net_migration",
}  # fmt: skip

DRIVERS: Final = (
    IndicatorLayout(
        id="idmc-conflict", source="idmc-conflict",
        publication=Publication(_IDMC, "Internal displacement by conflict and violence",
                                "IDMC, Global Internal Displacement Database", "CC BY IGO", _GIDD),
        headers=frozenset({"iso3", "year", "new_displacement", "total_displacement"}),
        ignored=frozenset({"country_name", "new_displacement_rounded", "total_displacement_rounded"}), is_closed=True,
        period=Year("year"), area=AreaFrom("iso3", "iso3", is_needed=True),
        series=(Series("new_displacement", "new_displacements", parts={"cause": "conflict"}),
                Series("total_displacement", "internally_displaced", parts={"cause": "conflict"})),
    ),
    IndicatorLayout(
        id="idmc-disaster-events", source="idmc-disaster-events",
        publication=Publication(_IDMC, "Internal displacement by disasters, by event",
                                "IDMC, Global Internal Displacement Database", "CC BY IGO", _GIDD),
        headers=frozenset({"iso3", "year", "event_name", "hazard_type_name", "new_displacement"}),
        ignored=frozenset({
            "country_name", "start_date", "start_date_accuracy", "end_date", "end_date_accuracy", "hazard_category",
            "hazard_category_name", "hazard_sub_category", "hazard_sub_category_name", "hazard_type",
            "hazard_sub_type", "hazard_subtype_name", "new_displacement_rounded", "total_displacement",
            "total_displacement_rounded", "event_codes",
        }),
        period=Year("year"), area=AreaFrom("iso3", "iso3", is_needed=True), is_summed=True,
        parts={"cause": WordFrom("hazard_type_name", words=_CAUSES, is_open=True)},
        series=(Series("new_displacement", "new_displacements"),),
        assumes="Each row is an event; the events of a country, year and cause are its parts.",
    ),
    IndicatorLayout(
        id="idmc-by-cause", source="idmc-by-cause",
        publication=Publication("IDMC, by way of IOM's Global Data Institute", "New internal displacements by cause",
                                "IDMC, by way of iom/gdidata", "Not stated", "https://github.com/iom/gdidata"),
        headers=frozenset({"geo", "t", "cause", "n"}), is_closed=True, period=Year("t"),
        area=AreaFrom("geo", "iso3", is_needed=True), parts={"cause": WordFrom("cause")},
        series=(Series("n", "new_displacements"),),
    ),
    IndicatorLayout(
        id="inform-risk-index", source="inform-risk-index",
        publication=Publication("INFORM, European Commission Joint Research Centre", "INFORM Risk Index, trends",
                                "INFORM Risk Index", "CC BY", "https://drmkc.jrc.ec.europa.eu/inform-index"),
        headers=frozenset({"Iso3", "GNAYear", "IndicatorId", "IndicatorScore"}),
        ignored=frozenset({"CountryName"}), dropped=frozenset({"FullName"}), period=Year("GNAYear"),
        area=AreaFrom("Iso3", "iso3", is_needed=True),
        series=(Series("IndicatorScore", WordFrom("IndicatorId", words={
            "INFORM": "inform_risk", "HA": "inform_hazard", "VU": "inform_vulnerability", "CC": "inform_coping",
        })),),
    ),
    IndicatorLayout(
        id="ipc-national", source="ipc-national",
        publication=Publication("Integrated Food Security Phase Classification (IPC)", "Acute food insecurity",
                                "IPC, acute food insecurity", "Public domain", "https://www.ipcinfo.org"),
        headers=frozenset({"Date of analysis", "Country", "Validity period", "From", "To", "Phase", "Number",
                           "Percentage"}),
        ignored=frozenset({"Total country population"}), period=Span("From", "To"),
        area=AreaFrom("Country", "iso3", is_needed=True),
        parts={"phase": WordFrom("Phase", totals=("all",), overlaps=("3+",)), "validity": WordFrom("Validity period"),
               "analysis": WordFrom("Date of analysis")},
        series=(Series("Number", "food_insecure"), Series("Percentage", "food_insecure_share")),
        assumes="Shares are of the people who were analysed, which may be fewer than a country's population.",
    ),
    IndicatorLayout(
        id="ucdp-events", source="ucdp-events",
        publication=Publication("Uppsala Conflict Data Program (UCDP)", "Georeferenced Event Dataset",
                                "UCDP, Georeferenced Event Dataset", "CC BY 4.0", "https://ucdp.uu.se"),
        headers=frozenset({"id", "year", "type_of_violence", "country", "best"}),
        optional=frozenset({"where_prec", "date_prec"}),
        ignored=frozenset({
            "active_year", "conflict_new_id", "conflict_name", "dyad_new_id", "dyad_name", "side_a_new_id", "gwnoa",
            "side_a", "side_b_new_id", "gwnob", "side_b", "number_of_sources", "where_coordinates", "adm_1", "adm_2",
            "latitude", "longitude", "geom_wkt", "priogrid_gid", "country_id", "region", "event_clarity", "date_start",
            "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "low", "high",
        }),
        period=Year("year"), area=AreaFrom("country", "name", is_needed=True), is_summed=True, since=date(1946, 1, 1),
        parts={"violence": WordFrom("type_of_violence", words={"1": "state", "2": "non-state", "3": "one-sided"}),
               "place": WordFrom("where_prec"), "day": WordFrom("date_prec")},
        series=(Series("best", "conflict_deaths"),),
        assumes="Each row is an event; the best estimate of its deaths is read, the lowest and the highest are not.",
    ),
    IndicatorLayout(
        id="world-bank-indicators", source="world-bank-indicators",
        publication=Publication("World Bank, by way of IOM's Global Data Institute", "World Development Indicators",
                                "World Bank, World Development Indicators", "CC BY 4.0", "https://data.worldbank.org"),
        headers=frozenset({"geo", "var", "t", "v"}), is_closed=True, period=Year("t"),
        area=AreaFrom("geo", "iso3", is_needed=True), series=(Series("v", WordFrom("var", words=_BANK)),),
    ),
    IndicatorLayout(
        id="un-desa-migrant-stock", source="un-desa-migrant-stock",
        publication=Publication("UN DESA, by way of IOM's Global Data Institute", "International migrant stock 2024",
                                "UN DESA, International Migrant Stock 2024", "CC BY 3.0 IGO",
                                "https://www.un.org/development/desa/pd/content/international-migrant-stock"),
        headers=frozenset({"geo", "t", "from", "sex", "n"}),
        ignored=frozenset({"type_b", "type_c", "type_r", "type_i"}), is_closed=True, period=Year("t"),
        stock_day="middle", area=AreaFrom("geo", "iso3", is_needed=True),
        partner=AreaFrom("from", "iso3", is_needed=True),
        parts={"sex": WordFrom("sex", words={"female": "F", "male": "M"}, totals=("total", "both"))},
        series=(Series("n", "migrant_stock"),),
    ),
)  # fmt: skip
