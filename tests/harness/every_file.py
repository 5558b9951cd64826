"""Every file of the folder of publishers' files: what is read of it, to the person, or with which words it is refused.

The figures are those that the folder's own descriptions state. Where RULES say otherwise, a comment says which rule.
"""

from typing import Final, NamedTuple


class Read(NamedTuple):
    """What is read of one table of a file; ``sums``: people of incidents, counts by unit, lines."""

    name: str
    layout: str
    rows: int
    accepted: int
    quarantined: int
    duplicates: int
    sums: dict[str, int]


class ReadIndicators(NamedTuple):
    """What is read of one file of indicators; ``withheld``: accepted rows without any value."""

    name: str
    layout: str
    rows: int
    accepted: int
    withheld: int
    quarantined: int
    duplicates: int


class Refused(NamedTuple):
    """A file, or a pattern of names, that is rightly refused, and the telling words of the sentence."""

    name: str
    code: str
    words: str


class ReadActs(NamedTuple):
    """What is read of one list of acts; ``said``: its headings are those of several, and a person says which."""

    name: str
    layout: str
    rows: int
    accepted: int
    quarantined: int
    said: bool


SAR: Final = tuple(ReadActs(f"context/boundaries/imo-sar/{name}.gml", "imo-sar-regions", 1, 1, 0, said=False) for name in (
    "ITA-RCCAreas-807", "LBY-RCCAreas-2032", "MLT-RCCAreas-150", "TUN-RCCAreas-9294",
))  # fmt: skip
ACTS: Final = SAR + tuple(ReadActs(f"context/law/{name}", *rest) for name, *rest in (
    ("untreaties_2015_18-12.csv", "un-treaty-convention", 185, 185, 0, True),
    ("untreaties_2015_18-12-a.csv", "un-treaty-trafficking-protocol", 167, 167, 0, True),
    ("untreaties_2015_18-12-b.csv", "un-treaty-smuggling-protocol", 152, 152, 0, True),
    ("gaps_return_policies_14countries.json", "gaps-return-policies", 161, 161, 0, False),
    ("gaps_international_cooperation_13countries.json", "gaps-cooperation", 237, 233, 4, False),
))  # fmt: skip
INDICATORS: Final = tuple(ReadIndicators(f"context/{name}", *rest) for name, *rest in (
    ("detention/uk_asylum_outcomes_cohort.csv", "uk-asylum-cohorts", 2_811, 2_810, 0, 1, 0),
    ("detention/uk_asylum_support_by_region_2014-2024.csv", "uk-asylum-support", 1_935, 1_935, 0, 0, 0),
    ("detention/uk_detention_summary_flow.csv", "uk-detention-summary", 13, 13, 0, 0, 0),
    ("detention/uk_people_in_detention_by_region_and_length_2018-2023.csv", "uk-people-in-detention", 2_536, 2_536, 0, 0, 0),
    ("detention/uk_returns_asylum_longitudinal.csv", "uk-returns-by-claim", 28, 28, 0, 0, 0),
    ("detention/uk_returns_by_destination_2018-2023.csv", "uk-returns", 11_308, 11_308, 0, 0, 0),
    ("detention/us_ice_FY24_detentionStats.xlsx", "us-ice-detention", 128, 128, 0, 0, 0),
    ("drivers/idmc_gidd_disaster_events_AFG.csv", "idmc-disaster-events", 390, 390, 0, 0, 0),
    ("drivers/idmc_gidd_internal_displacements_IDPs.csv", "idmc-conflict", 961, 961, 2, 0, 0),
    ("drivers/idmc_new_displacements_by_cause.csv", "idmc-by-cause", 4_071, 4_071, 0, 0, 0),
    ("drivers/inform_risk_index_trends.csv", "inform-risk-index", 7_640, 7_640, 0, 0, 0),
    ("drivers/ipc/ipc_afg_national_long.csv", "ipc-national", 147, 147, 0, 0, 0),
    ("drivers/ipc/ipc_ago_national_long.csv", "ipc-national", 28, 28, 0, 0, 0),
    ("drivers/ipc/ipc_caf_national_long.csv", "ipc-national", 133, 133, 0, 0, 0),
    ("drivers/ucdp_ged191_myanmar.csv", "ucdp-events", 2_593, 2_593, 0, 0, 0),
    ("drivers/wdi_selected_2000-2023.csv", "world-bank-indicators", 33_723, 33_723, 0, 0, 0),
    ("eurostat/demo_pjan_2012-2016.csv", "eurostat-population", 580, 570, 45, 0, 10),
    ("eurostat/migr_asyappctzm_eu_by_citizenship_monthly.csv", "eurostat-asylum-applicants-monthly", 55, 55, 0, 0, 0),
    ("eurostat/migr_asydcfsta_2008-2016_extra-eu.csv", "eurostat-first-decisions", 1_836, 1_836, 26, 0, 0),
    ("eurostat/migr_asydcfsta_FR_2015-2019_sdmx.csv", "eurostat-first-decisions-sdmx", 23_100, 23_100, 0, 0, 0),
    ("eurostat/migr_asyresa_FR_2015-2019_sdmx.csv", "eurostat-resettled-sdmx", 9_472, 9_472, 0, 0, 0),
    ("eurostat/migr_eiord_2012-2016_allcitizens.csv", "eurostat-ordered-to-leave", 28_545, 28_545, 2_310, 0, 0),
    ("eurostat/migr_eipre_2012-2016_allcitizens.csv", "eurostat-found-present", 29_580, 29_580, 2_308, 0, 0),
    ("eurostat/migr_eirfs_2012-2016_allcitizens.csv", "eurostat-refused-entry", 28_710, 28_710, 1_253, 0, 0),
    ("eurostat/migr_eirtn_2012-2016_allcitizens.csv", "eurostat-returned", 28_545, 28_545, 2_826, 0, 0),
    ("eurostat/migr_resfirst_employment_by_citizenship_2026-08.json", "eurostat-employment-permits", 3_987, 3_987, 0, 0, 0),
    ("eurostat/migr_resvalid_FR_by_reason_2015-2019.csv", "eurostat-valid-permits", 4_500, 4_500, 590, 0, 0),
    ("iom/undesa_migrant_stock_2020_2024.csv", "un-desa-migrant-stock", 38_324, 38_324, 0, 0, 0),
    ("money/the-migrants-files-money-trail_fees.csv", "migrants-files-fees", 2_410, 2_408, 87, 2, 0),
    ("survey/wfp-mpi-mit_central-america_2021_cost_by_channel.csv", "wfp-mpi-mit-costs", 12, 12, 0, 0, 0),
    ("survey/wfp-mpi-mit_central-america_2021_motives.csv", "wfp-mpi-mit-motives", 24, 24, 0, 0, 0),
    ("trafficking/ctdc_k-anonymised_2012-2018_grouped.csv", "ctdc-grouped", 73, 73, 6, 0, 0),
    ("trafficking/data_glotip_2023-05-30.xlsx", "unodc-trafficking", 46_556, 45_739, 22_657, 637, 180),
    ("trafficking/uk_small_boat_NRM_referrals.csv", "uk-small-boats-referrals", 3_334, 3_334, 0, 0, 0),
    ("unhcr/unhcr_asylum_applications_2020-2025.csv", "unhcr-asylum-applications", 34_568, 34_568, 0, 0, 0),
    ("unhcr/unhcr_asylum_decisions_2018-2025.csv", "unhcr-asylum-decisions", 41_567, 41_567, 0, 0, 0),
    ("unhcr/unhcr_population_2021-2025.csv", "unhcr-population", 30_074, 30_074, 0, 0, 0),
    ("unhcr/unhcr_solutions_1959-2025.csv", "unhcr-solutions", 21_258, 21_258, 0, 0, 0),
    ("visa/2024-schengen-visa-statistics-consulates_en.xlsx", "schengen-visas-consulates", 2_038, 2_035, 0, 3, 0),
    ("visa/schengen-visa-consulates_2005-2022.csv", "schengen-visas-cleaned", 37_553, 37_553, 0, 0, 0),
    ("visa/uk_family_reunion_visas.csv", "uk-family-reunion-visas", 8_628, 8_628, 0, 0, 0),
))  # fmt: skip
READ: Final = tuple(Read(*one) for one in (
    ("basemap/ne_110m_coastline.json", "segments-geojson", 134, 134, 0, 0, {"lines": 134}),
    # Three lines of two files are cut in two where they cross ±180°, or have two parts.
    ("basemap/ne_50m_admin_0_boundary_lines_land.json", "segments-geojson", 361, 361, 0, 0, {"lines": 363}),
    ("basemap/ne_50m_coastline.json", "segments-geojson", 1_428, 1_428, 0, 0, {"lines": 1_429}),
    ("cases/01-european-thousands.csv", "crossings-counts", 5, 4, 1, 0, {"persons_arrived": 21_750}),
    ("cases/02-countries.csv", "crossings-counts", 4, 4, 0, 0, {"persons_arrived": 100}),
    ("cases/04-pandas-index.csv", "crossings-counts", 1, 1, 0, 0, {"persons_arrived": 10}),
    ("cases/06-odd-numbers.csv", "crossings-counts", 16, 4, 12, 0, {"persons_arrived": 1_041}),
    ("cases/10-sheet-per-year.xlsx", "crossings-counts", 3, 3, 0, 0, {"persons_arrived": 60}),
    ("cases/12-readme-sheet-first.xlsx", "crossings-counts", 1, 1, 0, 0, {"persons_arrived": 7}),
    ("cases/13-title-rows.xlsx", "crossings-counts", 1, 1, 0, 0, {"persons_arrived": 7}),
    ("cases/20-lines-a.geojson", "segments-geojson", 1, 1, 0, 0, {"lines": 1}),
    ("cases/20-lines-b.geojson", "segments-geojson", 1, 1, 0, 0, {"lines": 1}),
    ("cases/21-text-attributes.geojson", "segments-geojson", 2, 2, 0, 0, {"lines": 2}),
    ("cases/22-order-text.geojson", "segments-geojson", 1, 1, 0, 0, {"lines": 1}),
    ("cases/24-beyond-180.geojson", "segments-geojson", 1, 1, 0, 0, {"lines": 1}),
    ("cases/40-two-layers.gpkg", "segments-gpkg", 2, 2, 0, 0, {"lines": 2}),
    ("cases/50-own-greece.csv", "crossings-counts", 2, 2, 0, 0, {"persons_arrived": 140}),
    ("cases/50-own-spain.csv", "crossings-counts", 2, 2, 0, 0, {"persons_arrived": 200}),
    ("cases/51-date-typo.csv", "crossings-counts", 3, 1, 2, 0, {"persons_arrived": 10}),
    ("cases/53-mmp-region-a.csv", "mmp-2025", 2, 2, 0, 0, {"dead": 7, "missing": 0, "dead_or_missing": 7}),
    ("cases/53-mmp-region-b.csv", "mmp-2025", 2, 2, 0, 0, {"dead": 11, "missing": 0, "dead_or_missing": 11}),
    ("cases/54-mmp-2026-swapped.csv", "mmp-2026", 2, 2, 0, 0, {"dead": 11, "missing": 0, "dead_or_missing": 11}),
    ("cases/56-name-column.csv", "mmp-2025", 1, 1, 0, 0, {"dead": 3, "missing": 0, "dead_or_missing": 3}),
    ("cases/60-antimeridian-counts.csv", "crossings-counts", 1, 1, 0, 0, {"detections": 500}),
    ("cases/60-antimeridian-route.geojson", "segments-geojson", 2, 2, 0, 0, {"lines": 3}),
    ("cases/70-one-region-later.csv", "mmp-2026", 2, 2, 0, 0, {"dead": 4, "missing": 0, "dead_or_missing": 4}),
    ("cases/70-whole-two-regions.csv", "mmp-2026", 2, 2, 0, 0, {"dead": 2, "missing": 0, "dead_or_missing": 2}),
    ("cases/71-newer-part-unreadable.csv", "mmp-2019", 7, 7, 0, 0, {"dead": 8, "missing": 4, "dead_or_missing": 12}),
    ("cases/71-older-whole.csv", "mmp-2019", 6, 6, 0, 0, {"dead": 8, "missing": 2, "dead_or_missing": 10}),
    ("cases/72-short-month-dates.csv", "mmp-2019", 2, 2, 0, 0, {"dead": 2, "missing": 0, "dead_or_missing": 2}),
    ("cases/73-edition-2016-with-2013-row.csv", "mmp-2016",
     3, 3, 0, 0, {"dead": 144, "missing": 3, "dead_or_missing": 147}),
    ("context/boundaries/ne_50m_admin_0_boundary_lines_maritime_indicator.json", "segments-geojson",
     206, 206, 0, 0, {"lines": 206}),
    ("context/interceptions/iom_mediterranean_crossings_monthly_2014-2025.csv", "iom-mediterranean-monthly",
     144, 144, 0, 0, {"persons_arrived": 3_094_786, "persons_intercepted": 834_624}),
    # 3,270 recoveries, of which six are dated before 1990 (RULES Q8).
    ("context/remains/pima-humane-borders_recovered-remains_by-year-corridor.csv", "recovered-remains-by-year",
     1_521, 1_515, 6, 0, {"dead": 3_264, "missing": 0, "dead_or_missing": 3_264}),
    ("context/unhcr/unhcr_daily_arrivals_italy.csv", "unhcr-daily-italy",
     3_601, 3_601, 0, 0, {"persons_arrived": 856_054}),
    ("flows/australia_boat_arrivals.csv", "australia-boats", 50, 50, 0, 0, {"persons_arrived": 70_840}),
    ("flows/darien_transits_by_demographics.csv", "darien-demographics", 160, 160, 0, 0, {"transits": 1_207_202}),
    ("flows/darien_transits_by_nationality.csv", "darien-nationality", 2_387, 2_387, 0, 0, {"transits": 1_322_960}),
    ("flows/data_small_boats_time_series.ods", "uk-small-boats-workbook",
     3_154, 3_154, 0, 0, {"persons_arrived": 208_507}),
    ("flows/data_small_boats_time_series.ods", "uk-small-boats-prevented",
     450, 450, 0, 0, {"persons_prevented": 52_024}),
    ("flows/honduras_irregular_arrivals_by_nationality.csv", "honduras-irregular",
     4_198, 4_198, 0, 0, {"irregular_entries": 1_191_581}),
    ("flows/italy-accoglienza.csv", "italy-reception",
     2_800, 2_800, 0, 0, {"persons_in_hotspots": 95_966, "persons_in_integration_centres": 4_312_927, "persons_in_reception_centres": 10_656_511}),
    ("flows/italy-nazionalita.csv", "italy-nationalities", 1_619, 82, 0, 1_537, {"persons_arrived": 489_992}),
    # Days after the day of their report were not counted yet; of a day in several reports the newest counts.
    ("flows/italy-sbarchi-per-giorno.csv", "italy-landings",
     4_352, 2_207, 1_095, 1_050, {"persons_arrived": 474_167}),
    ("flows/long_uk_small_boats_daily.csv", "uk-small-boats-daily", 3_154, 3_154, 0, 0, {"persons_arrived": 208_507}),
    ("flows/unhcr-arrivals-by-disembarkation-place.csv", "unhcr-disembarkation",
     211, 211, 0, 0, {"persons_arrived": 2_331_193}),
    ("flows/unhcr-mediterranean-timeseries.json", "unhcr-mediterranean-monthly",
     55, 55, 0, 0, {"persons_arrived": 1_766_478}),
    ("flows/unhcr-sea-and-land-arrivals-monthly.csv", "unhcr-mediterranean-monthly",
     55, 55, 0, 0, {"persons_arrived": 1_766_478}),
    ("flows/unhcr_arrivals_12_31.csv", "unhcr-monthly-wide", 71, 71, 0, 0, {"persons_arrived": 2_045_770}),
    ("flows/unhcr_forced_displacement_flows.csv", "unhcr-displacement",
     105_868, 105_868, 0, 0, {"newly_displaced_asylum_seekers": 44_416_741, "newly_displaced_in_need_of_protection": 6_448_331, "newly_displaced_refugee_like": 7_256_521, "newly_displaced_refugees": 57_951_565}),
    # Thirteen rows say nothing at all.
    ("incidents-other/the-migrants-files-events_2016-06-24.csv", "the-migrants-files",
     3_206, 3_193, 13, 0, {"dead": 4_217, "missing": 6_265, "dead_or_missing": 34_861}),
    ("incidents-other/united-list-refugeesAndMigrants_2018.csv", "united-list",
     3_932, 3_931, 1, 0, {"dead_or_missing": 34_361}),
    ("interceptions/cbp-nationwide-encounters-fy20-fy23-state.csv", "cbp-nationwide-state",
     42_532, 42_532, 0, 0, {"encounters": 8_571_067}),
    ("interceptions/cbp_southwest_border_encounters_2017-10_2025-05.csv", "cbp-southwest",
     36_676, 36_676, 0, 0, {"encounters": 11_086_194}),
    ("interceptions/frontex_detections_2009-01_2025-04.csv", "frontex-monthly",
     34_273, 34_273, 0, 0, {"detections": 4_966_869}),
    ("interceptions/mexico_expulsions_by_nationality.csv", "mexico-returns",
     5_251, 5_251, 0, 0, {"persons_assisted_return": 1_050_349, "persons_deported": 30_502}),
    ("interceptions/mexico_irregular_by_nationality.csv", "mexico-irregular",
     5_759, 5_759, 0, 0, {"irregular_migration_events": 3_266_581}),
    # Four rows of each sum up others.
    ("interceptions/usbp_monthly_encounters_fy2000.csv", "usbp-printed", 25, 21, 4, 0, {"apprehensions": 1_676_438}),
    ("interceptions/usbp_monthly_encounters_fy2010.csv", "usbp-printed", 25, 21, 4, 0, {"apprehensions": 463_382}),
    ("interceptions/usbp_monthly_encounters_fy2019.csv", "usbp-printed", 24, 20, 4, 0, {"apprehensions": 859_501}),
    ("interceptions/usbp_monthly_encounters_fy2020.csv", "usbp-printed", 24, 20, 4, 0, {"encounters": 405_036}),
    ("mmp/IOM-MMP_all_data_2016-12-22.csv", "mmp-2016",
     1_733, 1_733, 0, 0, {"dead": 9_256, "missing": 9_227, "dead_or_missing": 18_483}),
    ("mmp/MissingMigrants-Global-2019-03-29T18-36-07.csv", "mmp-2019",
     5_333, 5_333, 0, 0, {"dead": 16_905, "missing": 14_647, "dead_or_missing": 31_552}),
    ("mmp/MissingMigrants-Global-2026-05-06--19_42_11.csv", "mmp-2026",
     238, 238, 0, 0, {"dead": 642, "missing": 1_258, "dead_or_missing": 1_900}),
    ("mmp/Missing_Migrants_Global_Figures_allData_2022-05-20.xlsx", "mmp-2022",
     10_606, 10_606, 0, 0, {"dead": 26_619, "missing": 21_804, "dead_or_missing": 48_423}),
    ("mmp/Missing_Migrants_Global_Figures_allData_2025-06-26.xlsx", "mmp-2025",
     19_255, 19_255, 0, 0, {"dead": 43_977, "missing": 30_399, "dead_or_missing": 74_376}),
    ("mmp/api-json/2014-json.json", "mmp-json",
     535, 535, 0, 0, {"dead": 1_981, "missing": 3_567, "dead_or_missing": 5_548}),
    ("mmp/api-json/2019-json.json", "mmp-json",
     1_832, 1_832, 0, 0, {"dead": 3_637, "missing": 1_783, "dead_or_missing": 5_420}),
    ("mmp/api-json/2024-json.json", "mmp-json",
     1_034, 1_034, 0, 0, {"dead": 2_079, "missing": 2_028, "dead_or_missing": 4_107}),
    ("mmp/api-json/2025-json.json", "mmp-json",
     975, 975, 0, 0, {"dead": 2_502, "missing": 1_278, "dead_or_missing": 3_780}),
    ("mmp/iom_europe_2026-05.csv", "mmp-selection",
     6_802, 6_802, 0, 0, {"dead": 22_362, "missing": 27_627, "dead_or_missing": 49_989}),
    ("mmp/missing-migrants-points_2014_2026-08.csv", "mmp-points", 22_259, 22_259, 0, 0, {"dead_or_missing": 84_804}),
    ("mmp/mmp-2025-03-10.csv", "mmp-grid", 1_391, 1_391, 0, 0, {"dead_or_missing": 53_320}),
    ("routes/border_fence_map.geojson", "segments-geojson", 743, 743, 0, 0, {"lines": 743}),
    ("routes/routes.json", "segments-route-lines", 62, 62, 0, 0, {"lines": 62}),
))  # fmt: skip
SEGMENT: Final = "never read as lines"
STOCK: Final = "not people who came: adding days up means nothing"
NEAREST: Final = "no known layout has these columns: {}"
REFUSED: Final = tuple(Refused(*one) for one in (
    ("README.md", "TEXT", "a text to read"),
    ("cases/README.md", "TEXT", "a text to read"),
    ("context/README.md", "TEXT", "a text to read"),
    ("basemap/ne_110m_admin_0_countries.json", "NO_LINES", "none of its 177 features is one"),
    ("basemap/ne_110m_land.json", "NO_LINES", "none of its 127 features is one"),
    ("basemap/ne_50m_land.json", "NO_LINES", "none of its 1,420 features is one"),
    ("basemap/ne_50m_populated_places_simple.json", "POINTS", "no line in it, but 1,249 points"),
    ("cases/28-points.geojson", "POINTS", "there is no line in it"),
    ("cases/30b-3857-no-crs.geojson", "CRS", "metres without a coordinate system; name it"),
    ("context/boundaries/limits_IT_regions.topo.json", "TOPOJSON", SEGMENT),
    ("context/codes/iom_countrynames.csv", "KNOWN_NOT_READ", "a list of country codes"),
    ("context/codes/unhcr_country_codes.csv", "KNOWN_NOT_READ", "UNHCR's are not ISO's"),
    ("context/drivers/acled_*.xlsx", "KNOWN_NOT_READ", "died in a conflict, not on the way"),
    ("context/interceptions/frontex_themis_*.csv", "KNOWN_NOT_READ", "incidents of a Frontex operation"),
    ("context/interceptions/libya_tunisia_*.csv", "KNOWN_NOT_READ", "this is a model"),
    ("context/iom/dtm-api/displacement-admin*.json", "KNOWN_NOT_READ", STOCK),
    ("context/iom/dtm-api/displacement-*-list.json", "KNOWN_NOT_READ", "counts nobody"),
    ("context/iom/dtm_data_for_quickcharts.csv", "KNOWN_NOT_READ", STOCK),
    ("context/iom/hdx_hapi_idps_global.csv", "KNOWN_NOT_READ", STOCK),
    ("context/money/EUTF-Projects-Database-2022-01.csv", "KNOWN_NOT_READ", "in several countries at once"),
    ("context/money/EUTF-country-budget.csv", "KNOWN_NOT_READ", "states no year"),
    ("context/money/WB_Bilateral_Remittance_*.xlsx", "KNOWN_NOT_READ", "one row per pair of countries"),
    ("context/money/the-migrants-files-deportation-costs.csv", "LAYOUT", NEAREST.format("Country, Year, Estimate")),
    ("context/survey/mit-wfp_sahel_*.json", "KNOWN_NOT_READ", "scores of risk along one line"),
    ("context/visa/passport-index-*.csv", "KNOWN_NOT_READ", "states no day of which they are"),
))  # fmt: skip
