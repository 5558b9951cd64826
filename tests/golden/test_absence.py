"""What nobody counted never looks like nobody died, in anything that leaves (RULES R10, R11).

Two editions of the Missing Migrants Project with eight months between them, UNHCR's arrivals until November 2019 and
the Home Office's of the English Channel since 2018, as their publishers made them.
"""

import csv
import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import polars as pl
import pytest
from flask.testing import FlaskClient
from PIL import Image

from callbacks.build import build
from callbacks.map_data.lines import lines_of, sums_by_route
from callbacks.map_data.route_lines import flow_words, shortened
from callbacks.page.page import page_words
from callbacks.page.tables import route_rows
from callbacks.page.time_series import row_words
from callbacks.sheets.link_preview import preview
from callbacks.sheets.picture_data import picture_of
from callbacks.sheets.single_file import period_table
from callbacks.view.series import drawn_periods, periods_table
from callbacks.view.view_model import view_model
from data.compare.answer import compare
from data.counting.count_coverage import names_of
from data.counting.coverage import covered, not_covered
from data.counting.flow_series import flow_series
from data.counting.tables import table_of
from data.counting.windows import Window
from data.query.selection import Selection
from data.risk.answer import risk_answer
from data.risk.models import variant_of
from data.sectors.sector import Sector
from data.sectors.sheet import sector_sheet
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage
from data.trends.answer import trends
from layouts.figures import theme
from layouts.figures.coverage_marks import runs
from layouts.pictures.write import write
from layouts.text import sector as sector_text

pytestmark = [pytest.mark.real, pytest.mark.rule("R10", "R11")]
FILES = (
    "mmp/Missing_Migrants_Global_Figures_allData_2025-06-26.xlsx",
    "mmp/MissingMigrants-Global-2026-05-06--19_42_11.csv",
    "flows/unhcr_arrivals_12_31.csv",
    "flows/long_uk_small_boats_daily.csv",
    "interceptions/frontex_detections_2009-01_2025-04.csv",
)
GAP = (date(2025, 4, 30), date(2025, 12, 31))
IN_2025 = Selection(start=date(2025, 1, 1), end=date(2025, 12, 31))
UNCOUNTED = Selection(start=date(2025, 6, 1), end=date(2025, 9, 30))
AROUND = Selection(start=date(2019, 9, 1), end=date(2020, 2, 29))
PLACES = (
    "Arrivals: Italy, Greece and Spain until November 2019; United Kingdom from January 2018 on; "
    "Malta and Cyprus in some months from January 2014 to September 2019"
)
NOTHING = "with nothing collected from 30 April 2025 to 31 December 2025"


@pytest.fixture(scope="module")
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    real: Path = request.getfixturevalue("real_data")
    made = Store(tmp_path_factory.mktemp("absence"))
    ingest([real / name for name in FILES], made)
    return made


@pytest.fixture(scope="module")
def vintage(store: Store) -> Vintage:
    return store.current()


@pytest.fixture(scope="module")
def client(store: Store) -> FlaskClient:
    return build(store).server.test_client()


def answer(client: FlaskClient, path: str) -> Any:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.text
    return orjson.loads(response.data)


def test_the_days_between_two_editions_are_not_collected(vintage: Vintage) -> None:
    assert covered(vintage, Selection()) == (
        Window(date(2014, 1, 1), date(2025, 4, 29)), Window(date(2026, 1, 1), date(2026, 5, 3))
    )  # fmt: skip
    assert [(one.first, one.last, one.kind) for one in not_covered(vintage, Selection())] == [(*GAP, "not_collected")]


def test_the_set_of_places_of_arrivals_changes_in_december_2019(vintage: Vintage) -> None:
    series = flow_series(vintage, AROUND, "arrivals")
    heavy = [(one.period, names_of(vintage, one.ended), one.change) for one in series.heavy_breaks]
    assert heavy == [(date(2019, 12, 1), ["Italy", "Greece", "Spain"], "fall")]
    places = {one.period: sorted({place.country for place in one.places}) for one in series.periods}
    assert places[date(2019, 11, 1)] == ["ESP", "GBR", "GRC", "ITA"]
    assert places[date(2019, 12, 1)] == ["GBR"]
    assert [(one.value, one.code) for one in series.periods] == [
        (19_851, "A"), (17_094, "B"), (6_675, "A"), (278, "B"), (94, "A"), (183, "A")
    ]  # fmt: skip


def test_the_headline_claims_no_month_that_nobody_counted(vintage: Vintage) -> None:
    view = view_model(vintage, Selection())
    assert NOTHING in view.sentence
    assert NOTHING in view.title
    assert PLACES in view.notes
    assert "Detections: May 2025 to May 2026: not yet published." in view.notes
    of_2025 = view_model(vintage, IN_2025).sentence
    assert of_2025.startswith("At least 1,322 people")
    assert NOTHING in of_2025


def test_a_window_without_any_figure_has_no_number_and_no_zero(vintage: Vintage) -> None:
    sentence = view_model(vintage, UNCOUNTED).sentence
    assert sentence.startswith("There are no figures of dead or missing")
    assert sentence.endswith("(not collected).")
    assert "No one" not in sentence


def test_the_notice_over_an_uncounted_window_claims_no_search_without_a_find(vintage: Vintage) -> None:
    assert page_words(vintage, UNCOUNTED)[-1].startswith("Nobody counted in these days")
    picture = picture_of(vintage, UNCOUNTED, "map")
    assert "No incidents match" not in f"{picture.notice} {picture.words.alternative}"
    later = Selection(start=date(2026, 5, 4), end=date(2026, 12, 31))
    assert page_words(vintage, later)[-1].startswith("No figures of deaths yet after 3 May 2026.")
    counted = Selection(start=date(2024, 1, 1), end=date(2024, 1, 31), causes=("no-such-cause",))
    assert page_words(vintage, counted)[-1].startswith("No incidents match")


def test_the_link_says_it_where_it_is_shared(vintage: Vintage) -> None:
    tags = dict(preview(vintage, IN_2025, "").tags)
    assert NOTHING in tags["description"]
    assert NOTHING in tags["og:title"]


def test_totals_by_month_have_no_zero_where_nobody_counted(client: FlaskClient) -> None:
    found = answer(client, "totals?by=month&from=2025-01-01&to=2026-12-31")
    groups = {group["key"]: (group["value"], group["status"], group["obs_status"]) for group in found["groups"]}
    assert groups["2025-03"] == (534, "published", "A")
    assert groups["2025-04"] == (151, "in_part", "U")
    assert {groups[f"2025-{month:02}"] for month in range(5, 13)} == {(None, "not_collected", "L")}
    assert groups["2026-12"] == (None, "not_yet_published", "O")
    assert [(one["from"], one["to"], one["kind"], one["obs_status"]) for one in found["not_covered"]] == [
        ("2025-04-30", "2025-12-31", "not_collected", "L"), ("2026-05-04", "2026-12-31", "not_yet_published", "O")
    ]  # fmt: skip
    assert found["total"] == sum(value or 0 for value, *_ in groups.values())


def test_totals_of_arrivals_say_whose_they_are_and_what_a_window_cuts(client: FlaskClient) -> None:
    found = answer(client, "totals?measure=arrivals&by=month&from=2019-06-15&to=2020-02-29")
    groups = {group["key"]: group for group in found["groups"]}
    assert found["partly_in_window"] == 8_731  # UNHCR's June 2019
    assert groups["2019-06"]["places"] == ["United Kingdom"]
    assert (groups["2019-12"]["value"], groups["2019-12"]["obs_status"]) == (278, "B")
    assert groups["2019-12"]["places"] == ["United Kingdom"]
    ended = [one for one in found["not_covered"] if "Italy" in one["places"]]
    assert [(one["source"], one["from"], one["kind"]) for one in ended] == [
        ("unhcr-arrivals", "2019-12-01", "not_collected")  # others have counted on: nothing more of it is to come
    ]


def test_a_flow_that_has_ended_is_not_collected_wherever_it_is_told(client: FlaskClient) -> None:
    for step in ("month", "year"):
        found = answer(client, f"series?route=central-mediterranean&step={step}&from=2023-01-01&to=2023-12-31")
        assert {row["arrivals_status"] for row in found["series"]} == {"not_collected"}
    told = client.get("/?route=central-mediterranean&from=2023-01-01&to=2023-12-31&step=year").text
    picture = client.get("/api/v1/exports/series.txt?route=central-mediterranean&from=2023-01-01&to=2023-12-31").text
    for words in (told, picture):
        assert "not yet published" not in words


def test_the_list_of_the_series_and_its_csv_have_words_and_codes(client: FlaskClient) -> None:
    found = answer(client, "series?from=2025-03-01&to=2026-01-31")
    periods = {row["period"]: row for row in found["series"]}
    may = periods["2025-05-01"]
    assert (may["dead_or_missing"], may["incidents"], may["status"], may["obs_status"]) == (
        None,
        None,
        "not_collected",
        "L",
    )
    assert (may["flow"], may["flow_status"], may["flow_obs_status"]) == (None, "not_yet_published", "O")
    text = client.get("/api/v1/series.csv?from=2019-09-01&to=2020-02-29").text
    rows = {row["period"]: row for row in csv.DictReader(io.StringIO(text))}
    assert (rows["2019-11-01"]["arrivals"], rows["2019-11-01"]["arrivals_obs_status"]) == ("6675", "A")
    december = rows["2019-12-01"]
    assert (december["arrivals"], december["arrivals_obs_status"]) == ("278", "B")
    assert december["arrivals_places"] == "United Kingdom"


def test_the_lines_and_the_table_of_routes_have_the_window_of_the_sentence(
    vintage: Vintage, client: FlaskClient
) -> None:
    lines = sums_by_route(vintage, lines_of(Selection()), "detections")
    found = answer(client, "totals?measure=detections&by=route&from=2014-01-01&to=2026-05-31")
    stated = {group["id"]: group["value"] for group in found["groups"]}
    assert lines == stated
    _, _, rows, *_ = route_rows(vintage, Selection())
    names = {vintage.name_of("route", route): value for route, value in stated.items()}
    assert {name: value for name, *_, value, _ in rows if value is not None} == names
    whole = answer(client, "totals?measure=detections&by=route")
    assert whole["total"] > found["total"]  # Frontex begins in 2009, before the sentence does


@pytest.mark.rule("P6")
def test_the_sheet_of_a_sector_says_which_days_are_not_counted(vintage: Vintage) -> None:
    sector = Sector.from_query("place=Lampedusa&radius_km=200")
    sheet = sector_sheet(vintage, IN_2025, sector, thresholds={"incidents": 100}, today=date(2026, 5, 2))
    assert NOTHING in sector_text.heading(IN_2025, sheet, vintage.names)
    assert [(one.first, one.last, one.kind) for one in sheet.not_covered] == [(*GAP, "not_collected")]
    (limit,) = sheet.thresholds
    assert limit.state == "not computable"
    assert "30 April 2025 to 31 December 2025" in str(limit.why)
    none = sector_sheet(vintage, UNCOUNTED, sector)
    assert sector_text.heading(UNCOUNTED, none, vintage.names).startswith("There are no figures of dead or missing")
    assert 2025 not in [
        year.year for year in sector_sheet(vintage, Selection(), sector, today=date(2026, 5, 2)).season.years
    ]


@pytest.mark.rule("R6")
def test_no_risk_runs_over_days_that_a_part_does_not_cover(vintage: Vintage) -> None:
    route = ("english-channel",)
    asked = Selection(routes=route, start=date(2025, 1, 1), end=date(2025, 12, 31))
    kappa = variant_of(risk_answer(vintage, asked).variants, "kappa")
    assert kappa.computed is None
    assert "30 April 2025 to 31 December 2025" in str(kappa.why_not)


def test_no_trend_reads_the_gap_as_zero_or_as_a_fall(vintage: Vintage) -> None:
    found = trends(vintage, Selection())
    rows = {row.period: row for row in found.series}
    assert {rows[date(2025, month, 1)].value for month in range(5, 13)} == {None}
    assert {rows[date(2025, month, 1)].status for month in range(5, 13)} == {"not_collected"}
    assert rows[date(2026, 3, 1)].average is None  # no average over months that nobody counted (T4)
    assert found.change_points is not None
    assert not found.change_points.is_computable  # four months since the gap
    assert found.year_to_date is not None
    of_2025 = next(year for year in found.year_to_date.years if year.year == 2025)
    assert (of_2025.is_covered, of_2025.value) == (False, None)
    two = compare(vintage, Selection(), first=Window(date(2024, 1, 1), date(2024, 12, 31)),
                  second=Window(date(2025, 1, 1), date(2025, 12, 31)), by="month")  # fmt: skip
    assert two.change.percent is None
    assert [row.second for row in two.rows][4:] == [None] * 8


def test_the_page_series_say_it_in_words_of_each_period(vintage: Vintage) -> None:
    words = dict(periods_table(vintage, Selection()).select("period", "words").iter_rows())
    assert "no figure for dead or missing (not collected)" in words[date(2025, 8, 1)]
    assert "nobody recorded" not in words[date(2025, 8, 1)]
    assert "278 arrivals (United Kingdom only)" in words[date(2019, 12, 1)]


def drawn(vintage: Vintage, selection: Selection) -> np.ndarray:
    content = write(picture_of(vintage, selection, "series"), size="article", kind="png")
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)


def is_near(pixels: np.ndarray, color: str) -> np.ndarray:
    wanted = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)])
    return np.abs(pixels - wanted).sum(axis=2) < 40


def longest_run(is_so: np.ndarray) -> tuple[int, int]:
    """Return where the longest run of true values begins and ends."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], is_so.astype(np.int8), [0]))))
    return max(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True), key=lambda run: run[1] - run[0])


def test_the_picture_draws_no_fall_in_december_2019(vintage: Vintage) -> None:
    pixels = drawn(vintage, Selection())
    ink, arrived = is_near(pixels, theme.INK), is_near(pixels, theme.ARRIVED)
    strip = int(arrived.sum(axis=1).argmax()) + 2  # inside the outline
    panel = slice(strip - 80, strip - 8)
    (edge, *others) = np.flatnonzero(ink[panel].sum(axis=0) > 60)
    assert all(other <= edge + 2 for other in others), "one line where the places change"
    begin, end = longest_run(arrived[strip])
    month = (end - begin) / 14  # every place is counted from August 2018 to September 2019
    assert abs(edge - end - 2 * month) <= 2, "the solid strip ends where Malta and Cyprus do"
    assert arrived[strip, edge + 6 :].mean() < 0.05, "after it the strip is an outline"
    assert arrived[panel, :edge].sum() > 1000, "arrivals of five countries are solid"
    assert arrived[panel, edge + 4 :].sum() == 0, "those of one country alone are of another colour"


@pytest.mark.rule("P6")
def test_the_picture_draws_no_zero_where_nobody_counted_deaths(vintage: Vintage) -> None:
    pixels = drawn(vintage, Selection())
    dead = is_near(pixels, theme.DEAD)
    strip = int(dead.sum(axis=1).argmax())
    first, last = np.flatnonzero(dead[strip])[[0, -1]]
    begin, end = (int(side) for side in longest_run(~dead[strip, first:last]))
    gap = slice(first + begin + 8, first + end - 1)  # past April 2025, which is counted in part
    assert 0.04 < (end - begin) / (last - first) < 0.07, "eight of 149 months"
    panel = slice(strip - 78, strip - 8)
    assert dead[panel, gap].sum() == 0, "no bar"
    assert (~is_near(pixels, theme.PAPER))[panel, gap].mean() > 0.05, "hatched, neither white nor zero"
    assert is_near(pixels, theme.MUTED)[strip - 3 : strip + 4, gap].any(), "dots in the strip"


@pytest.mark.rule("R10", "R11")
def test_a_source_that_ends_is_no_fall_and_the_latest_periods_are_still_being_added_to(vintage: Vintage) -> None:
    table = drawn_periods(vintage, Selection(), date(2026, 11, 29))
    broken = table.filter(pl.col("arrivals_break").is_not_null()).select("period", "arrivals_break")
    assert broken.rows() == [(date(2019, 12, 1), "Not a fall: UNHCR’s figures end in November 2019.")]
    assert table.filter("flow_grows")["period"].to_list() == [date(2025, 4, 1)]
    after = table.filter(pl.col("period") == date(2025, 5, 1)).row(0, named=True)
    assert after["flow_said"] == "no figures yet after April 2025"
    route = drawn_periods(vintage, Selection(routes=("central-mediterranean",)), date(2026, 11, 29))
    ended = route.filter(pl.col("period") == date(2019, 12, 1)).row(0, named=True)
    assert ended["arrivals_break"] == "Not a fall: UNHCR’s figures end in November 2019."
    assert not route["arrivals_grows"].any(), "nothing is added to a series that has ended"


@pytest.mark.rule("R10")
def test_a_place_that_holds_under_a_hundredth_of_a_row_has_no_break_but_its_months_are_told_apart(
    vintage: Vintage,
) -> None:
    asked = Selection(routes=("central-mediterranean",))
    table = drawn_periods(vintage, asked, date(2026, 11, 29))
    broken = table.drop_nulls("arrivals_break").select("period", "arrivals_break").rows()
    assert broken == [(date(2019, 12, 1), "Not a fall: UNHCR’s figures end in November 2019.")]
    strip = {(one.first, one.end): one.mark for one in runs(table, "arrivals")}
    assert strip[(date(2014, 1, 1), date(2016, 7, 1))] == "whole"
    assert strip[(date(2016, 7, 1), date(2018, 1, 1))] == "fewer", "Malta is missing"
    assert strip[(date(2018, 5, 1), date(2019, 10, 1))] == "whole"
    counted = table.filter(pl.col("arrivals") > 0)
    assert counted["period"][-1] == date(2019, 11, 1)
    assert not counted["arrivals_beside"].any(), "one source, one colour"
    notes = view_model(vintage, asked).notes
    assert "Italy until November 2019; Malta in some months from January 2014 to September 2019" in notes


@pytest.mark.rule("R10")
def test_the_strip_of_arrivals_worldwide_is_solid_where_every_place_is_counted_alone(vintage: Vintage) -> None:
    table = drawn_periods(vintage, Selection(), date(2026, 11, 29))
    solid = table.filter(pl.col("arrivals_mark") == "whole")["period"].to_list()
    every = {"Italy", "Malta", "Cyprus", "Greece", "Spain", "United Kingdom"}
    series = flow_series(vintage, Selection(), "arrivals")
    months = [one.period for one in series.periods if {place.name(vintage) for place in one.places} == every]
    assert solid == months
    assert date(2018, 2, 1) not in solid
    assert date(2018, 8, 1) in solid


@pytest.mark.rule("R11")
def test_deaths_that_are_not_yet_published_are_told_beside_the_arrivals_that_are(
    real_data: Path, tmp_path: Path
) -> None:
    store = Store(tmp_path)
    ingest([real_data / name for name in (FILES[0], FILES[3])], store)
    asked = Selection(start=date(2025, 5, 1), end=date(2025, 12, 31))
    assert view_model(store.current(), asked).nothing_words == (
        "No figures of deaths yet after 29 April 2025. In these days there are figures of arrivals. Choose earlier dates."
    )


@pytest.mark.rule("R10")
def test_a_route_says_at_every_zoom_with_which_month_its_arrivals_end(vintage: Vintage) -> None:
    counts = shortened(663_538), "663,538"
    said = [flow_words(vintage, Selection(), "central-mediterranean", "arrivals", count) for count in counts]
    assert said == ["664,000 arrivals to November 2019", "663,538 arrivals to November 2019"]


@pytest.mark.rule("X9")
def test_what_is_counted_tells_why_who_is_not_placed_is_not(vintage: Vintage) -> None:
    view = view_model(vintage, Selection(routes=("central-mediterranean",)))
    (told,) = re.findall(r"Not placed: (.+?)\.", view.notes)
    numbers = [int(one.replace(",", "")) for one in re.findall(r"\d[\d,]*", told)]
    assert sum(numbers) == view.parts["not_located"] > 0
    assert "records that cover many events" in told


@pytest.mark.rule("R10")
def test_dates_as_far_as_the_data_go_leave_the_last_month_of_a_flow_in(real_data: Path, tmp_path: Path) -> None:
    store = Store(tmp_path)
    ingest([real_data / name for name in (FILES[0], FILES[4])], store)
    vintage = store.current()
    so_far = Selection(start=date(2025, 1, 1), end=date(2025, 4, 29))  # the preset "2025 so far"
    total = row_words(vintage, so_far)["flow"]["total"]
    assert total == row_words(vintage, so_far.replace(end=date(2025, 4, 30)))["flow"]["total"]
    table = drawn_periods(vintage, so_far, date(2026, 1, 1)).filter(pl.col("period") >= date(2025, 1, 1))
    assert total == f"{table['flow'].sum():,}"
    april = table_of(vintage, so_far, "series").row(-1, named=True)
    assert (april["period"], april["status"], april["flow_status"]) == (date(2025, 4, 1), "published", "published")
    assert "dates cut" not in view_model(vintage, so_far).notes
    assert "dates cut" in view_model(vintage, so_far.replace(end=date(2025, 4, 20))).notes


@pytest.mark.rule("R10")
def test_the_tables_say_whose_the_arrivals_are_in_every_year_after_the_break(vintage: Vintage) -> None:
    only = "Arrivals: United Kingdom only"
    shown = periods_table(vintage, Selection(step="year"))
    file = period_table(vintage, Selection(step="year"))
    for told in (dict(shown.select(pl.col("period").dt.year(), "left_out").iter_rows()),
                 {int(row[0]): row[1] for row in file.rows if row[0].isdigit()}):  # fmt: skip
        assert {year for year, words in told.items() if only in words} - {2026} == set(range(2020, 2026))
        assert told[2018] == "Arrivals: other places than before"
    assert [one.period.year for one in flow_series(vintage, Selection(step="year"), "arrivals").heavy_breaks] == [2020]
