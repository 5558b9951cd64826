"""The answers about the year, risk, two windows, a quote and a sector: what is said is what the data functions found."""

import dataclasses
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from msgspec.structs import replace

from callbacks.questions.compare import choose_area
from callbacks.questions.sheet import answer_question
from callbacks.questions.table import QUESTIONS
from data.compare.answer import compare
from data.counting.windows import Window
from data.model.notices import say
from data.query.selection import Selection
from data.risk.answer import parse_risk, risk_answer
from data.risk.by_period import RiskPeriod, risk_over_time
from data.risk.quote_check import quote_answer
from data.sectors.sector import Sector
from data.sectors.sheet import sector_sheet
from data.store.ingest import ingest
from data.store.store import Store
from data.trends.answer import trends
from data.trends.models import YearSoFar
from layouts.figures.risk import risk_figure
from layouts.figures.year import apart, years_figure
from layouts.parts.tables import packed_table
from layouts.questions.quote import quote_view
from layouts.questions.year import year_sentence
from tests.harness.gml import EAST, gml, polygon, ring, written_gml
from tests.harness.hostile.entry import incidents

YEARS = {"first": "2023-01-01..2023-12-31", "second": "2024-01-01..2024-12-31"}
CELL = "833f06fffffffff"


def parts(node: Any) -> list[Any]:
    """Return a component and all that lies in it."""
    if isinstance(node, list | tuple):
        return [part for one in node for part in parts(one)]
    children = getattr(node, "children", None)  # a component without children is false
    return [node, *parts([] if children is None else children)]


def said(node: Any) -> str:
    return " ".join(str(part) for part in parts(node) if isinstance(part, str | int | float))


def of_kind(node: Any, kind: str) -> list[Any]:
    return [part for part in parts(node) if type(part).__name__ == kind]


def ask(store: Store, question: str, query: str = "", **options: str) -> list[Any]:
    return answer_question(store, next(one for one in QUESTIONS if one.id == question), query, options)


def test_the_year_so_far_stands_beside_the_same_days_of_the_last(demonstration_store: Store) -> None:
    now, before, *_ = trends(demonstration_store.current(), Selection(step="month")).year_to_date.years
    head = said(of_kind(ask(demonstration_store, "year"), "H3"))
    assert f"{now.value:,}" in head
    assert f"{before.value:,}" in head
    assert "at least" in head


@pytest.mark.rule("T1", "T2")
def test_no_percentage_is_given_of_months_that_are_still_being_added_to(demonstration_store: Store) -> None:
    so_far = trends(demonstration_store.current(), Selection(step="month")).year_to_date
    assert so_far is not None
    now, before, *_ = so_far.years
    names: dict[str, dict[str, str]] = {}
    growing = replace(so_far, growing_since=now.first)
    said = year_sentence(growing, Selection(), names)
    size = abs((now.value or 0) - (before.value or 0))
    assert f"{size:,} " in said
    assert "%" not in said
    assert "still being added to" in said
    complete = year_sentence(replace(so_far, growing_since=None), Selection(), names)
    assert "still being added to" not in complete
    assert str(before.change_then.brief if before.change_then else "") in complete


def test_every_picture_of_the_year_says_that_its_data_are_invented(demonstration_store: Store) -> None:
    figures = [graph.figure for graph in of_kind(ask(demonstration_store, "year"), "Graph")]
    assert len(figures) == 3
    for figure in figures:
        go.Figure(figure)
        assert any("Invented" in one["text"] for one in figure["layout"]["annotations"])


def test_acts_of_policy_are_annotations_with_a_source_and_never_causes(demonstration_store: Store) -> None:
    answer = ask(demonstration_store, "year", "route=central-mediterranean")
    words = said(answer)
    assert "annotations, not causes" in words
    assert "it does not say why they changed" in words
    links = [one for one in of_kind(answer, "A") if one.children == "Source"]
    assert links
    assert all(one.href.startswith("http") for one in links)


def test_a_year_that_is_not_covered_is_hatched_and_has_no_number() -> None:
    rows = [
        YearSoFar(year=year, first=date(year, 1, 1), last=date(year, 3, 1), days=60, is_covered=value is not None,
                  value=value, events=value, overlapping=value)
        for year, value in ((2020, 12), (2019, None))
    ]  # fmt: skip
    bars, absent, _ = years_figure(rows, mark=None)["data"]
    assert bars["y"] == ["2020", "2019"]
    assert bars["text"] == ["12", ""]
    assert absent["x"] == [None, 12]


def test_the_word_suggestion_stands_only_where_it_has_room() -> None:
    days = [date(2014, 2, 1), date(2016, 6, 1), date(2017, 6, 1), date(2020, 1, 1), date(2025, 11, 1)]
    assert apart(days, first=date(2014, 1, 1), last=date(2025, 12, 1)) == [date(2016, 6, 1), date(2020, 1, 1)]


def test_risk_is_said_with_its_formula_and_its_denominator(demonstration_store: Store) -> None:
    words = said(ask(demonstration_store, "risk", "route=central-mediterranean"))
    vintage = demonstration_store.current()
    query = {"route": ["central-mediterranean"], "from": ["2024-01-01"], "to": ["2024-12-31"]}
    rho = risk_answer(vintage, parse_risk(query, vintage)).variants[0].computed
    assert rho is not None
    assert f"1 in {rho.one_in:,}" in words
    assert "ρ = D / A, with A = Arr + Int + D" in words
    assert "spread if events had fallen differently" in words
    assert "A cell has no denominator" in words


def test_risk_names_why_it_is_not_computable_where_it_is_not(demonstration_store: Store) -> None:
    words = said(ask(demonstration_store, "risk", "route=central-mediterranean"))
    assert re.search(r"Not computable: arrivals are missing for November to December 2019 in Italy\.", words)


def test_a_panel_without_a_figure_has_no_scale(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    asked = Selection(routes=("afghanistan-to-iran",), start=date(2019, 1, 1), end=date(2019, 12, 31))
    found = risk_over_time(vintage, asked, "year")
    risk = replace(found.periods[0].risk, deaths=5, arrivals=10)
    layout = risk_figure(dataclasses.replace(found, periods=(RiskPeriod(found.periods[0].span, risk),)), "rho")[
        "layout"
    ]
    axes = ("yaxis", "yaxis2", "yaxis3", "yaxis4")
    assert [layout[axis]["showticklabels"] for axis in axes] == [True, False, True, False]


def test_a_year_that_is_not_over_is_hatched_and_says_to_which_month(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    found = risk_over_time(vintage, Selection(routes=("central-mediterranean",)), "year")
    last = found.periods[-1].span[0]
    figure = risk_figure(found, "rho_arr", counted_to=last.replace(month=4, day=29))
    shapes = figure["data"][0]["marker"]["pattern"]["shape"]
    assert shapes == [*[""] * (len(found.periods) - 1), "/"]
    assert "to April" in [one["text"] for one in figure["layout"]["annotations"]]
    go.Figure(figure)
    whole = risk_figure(found, "rho_arr", counted_to=last.replace(month=12, day=31))
    assert not any(whole["data"][0]["marker"]["pattern"]["shape"])


def test_a_count_that_nobody_made_says_so_on_its_hatch(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    found = risk_over_time(vintage, Selection(routes=("central-mediterranean",)), "year")
    risk = found.periods[0].risk
    nobody = replace(risk.sources, interceptions=replace(risk.sources.interceptions, source=None))
    none = replace(risk, interceptions=None, sources=nobody)
    bare = dataclasses.replace(found, periods=tuple(dataclasses.replace(one, risk=none) for one in found.periods))
    words = [one["text"] for one in risk_figure(bare, "rho_arr")["layout"]["annotations"]]
    assert say("risk.picture.no_figure") in words


def test_the_files_of_risk_are_of_the_route_and_step_on_screen(demonstration_store: Store) -> None:
    answer = ask(demonstration_store, "risk", "from=2018-01-01&to=2020-12-31", route="darien", step="half-year")
    hrefs = [one.href for one in of_kind(answer, "A") if "/exports/" in (one.href or "")]
    assert len(hrefs) == 3 or "Not computable" in said(answer)
    answer = ask(
        demonstration_store, "risk", "from=2018-01-01&to=2020-12-31", route="central-mediterranean", step="half-year"
    )
    hrefs = [one.href for one in of_kind(answer, "A") if "/exports/" in (one.href or "")]
    assert (
        hrefs[0] == "/api/v1/exports/risk.csv?from=2018-01-01&to=2020-12-31&route=central-mediterranean&step=half-year"
    )


@pytest.mark.parametrize("by", ["route", "month", "cell"])
def test_two_windows_show_both_totals_their_dates_and_the_change(demonstration_store: Store, by: str) -> None:
    answer = ask(demonstration_store, "compare", by=by, **YEARS)
    windows = [Window(date(year, 1, 1), date(year, 12, 31)) for year in (2023, 2024)]
    found = compare(demonstration_store.current(), Selection(), first=windows[0], second=windows[1], by=by)
    words = said(answer)
    assert f"{found.first.value:,}" in words
    assert f"{found.second.value:,}" in words
    heads = [said(one) for one in of_kind(answer, "Thead")]
    assert all("2023" in head and "2024" in head for head in heads[:2])
    assert "First" not in words.split()


@pytest.mark.rule("P6")
@pytest.mark.parametrize(
    ("question", "cells"), [("compare", "/cells/change?"), ("risk", "/cells/change?"), ("hotspots", "/cells/spots?")]
)
def test_an_answer_says_what_the_map_shows_and_its_key_names_both_sides(
    demonstration_store: Store, question: str, cells: str
) -> None:
    shown = on_the_map(ask(demonstration_store, question, "route=central-mediterranean"))
    assert json.loads(shown.to_plotly_json()["props"]["data-on-map"])["cells"].startswith(cells)
    words = said(shown)
    assert say("on_map.fewer") in words
    assert say("on_map.more") in words
    assert say("on_map.all_years") in words or say("on_map.back") in words


def test_the_routes_that_changed_most_are_named_with_the_sign_of_their_change(demonstration_store: Store) -> None:
    shown = json.loads(
        on_the_map(ask(demonstration_store, "compare", **YEARS)).to_plotly_json()["props"]["data-on-map"]
    )
    windows = [Window(date(year, 1, 1), date(year, 12, 31)) for year in (2023, 2024)]
    found = compare(demonstration_store.current(), Selection(), first=windows[0], second=windows[1], by="route")
    changes = {str(row.id): row.change for row in found.rows if row.place}
    assert shown["routes"]
    assert len(shown["routes"]) == min(8, len(changes))
    for one in shown["routes"]:
        change = changes[one["route"]]
        assert one["words"][1] == f"{'+' if change > 0 else '−'}{abs(change):,}"
        assert one["tone"] == ("more" if change > 0 else "fewer")


def on_the_map(answer: list[Any]) -> Any:
    return next(one for one in parts(answer) if getattr(one, "className", None) == "on-map")


def test_the_map_follows_the_filters_unless_an_area_is_chosen() -> None:
    assert choose_area(Selection(), None) == "world"
    assert choose_area(Selection(routes=("darien",)), None) == "central-america-darien"
    assert choose_area(Selection(routes=("darien",)), "sahara") == "sahara"


def test_a_quote_that_fits_has_a_sentence_that_is_safe_to_print(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    query = {"route": ["central-mediterranean"], "from": ["2018-01-01"], "to": ["2018-12-31"]}
    quoted = f"1 in {risk_answer(vintage, parse_risk(query, vintage)).variants[0].one_in}"
    answer = ask(demonstration_store, "quote", text=quoted)
    safe = [said(one) for one in of_kind(answer, "P") if getattr(one, "className", "") == "safe"]
    assert safe
    assert all(re.search(r"At least [\d,]+ people died or went missing for [\d,]+ ", one) for one in safe)
    assert "It does not show where the quote comes from" in said(answer)
    assert say("statement.demonstration") in said(answer)


def test_typed_figures_are_not_called_demonstration_data(demonstration_store: Store) -> None:
    answer = quote_answer(
        {"text": ["1 in 35"], "deaths": ["1314"], "attempts": ["45648"]}, demonstration_store.current()
    )
    words = said(quote_view(answer))
    assert "1 in 35 attempts" in words
    assert "Demonstration" not in words
    assert "Only the figures given" in words


def test_a_sector_counts_what_lies_inside_and_what_could_apart(demonstration_store: Store) -> None:
    answer = ask(demonstration_store, "sector", by="place", place="Lampedusa", radius_km="100", incidents_above="3")
    words = said(answer)
    sector = Sector.parse({"place": ["Lampedusa"], "radius_km": ["100"]})
    sheet = sector_sheet(demonstration_store.current(), Selection(), sector, since=None, thresholds={})
    assert f"At least {sheet.places.inside.people:,} people" in said(of_kind(answer, "H3"))
    assert f"{sheet.places.could.records:,} record" in words
    assert "They are never added to the count inside" in words
    assert "How often: the share of 200 draws" in words  # RULES X6
    assert str(sheet.hot_spots.words) in words
    assert "Bar: fewest to most" in words
    assert re.search(r"\b([Bb]elow|[Nn]ear|[Aa]bove)\b", words.partition("Planning thresholds")[2])


def test_a_folded_table_is_sent_as_one_component_with_every_cell_as_text() -> None:
    sent = packed_table("A caption", ["Place", "Number"], [["<b>A</b>", 1234], ["B", None]]).to_plotly_json()["props"]
    content = json.loads(sent["data-table"])
    assert content["rows"] == [["<b>A</b>", "1,234"], ["B", "–"]]
    assert content["kinds"] == ["text", "number"]


@pytest.mark.parametrize("question", ["year", "corridors", "compare"])
def test_no_answer_sends_more_cells_than_a_browser_draws_at_once(demonstration_store: Store, question: str) -> None:
    answer = [part for part in parts(ask(demonstration_store, question)) if not isinstance(part, str | int | float)]
    assert len(answer) < 400


def test_a_sector_tells_of_the_regions_that_meet_it_and_names_every_state_of_an_overlap(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    died = {"Country of Incident": "Algeria", "Region of Incident": "Northern Africa", "Coordinates": "24.5, 6.5",
            "Location of Incident": "Tamanrasset", "Number of Dead": "1234", "Minimum Estimated Number of Missing": "0",
            "Total Number of Dead and Missing": "1234"}  # fmt: skip
    texts = {"died.csv": incidents(died)} | {
        "NER-RCCAreas-1.gml": gml(polygon()),
        "DZA-RCCAreas-2.gml": gml(polygon("B", ring(EAST)), rcc="Dune"),
    }
    ingest([written_gml(tmp_path, text, name) for name, text in texts.items()], store)
    answer = said(ask(store, "sector", by="polygon", polygon="5,22;9,22;9,26;5,26"))
    assert "Overlap of Dune (Algeria) and Sandport (Niger)" in answer
    assert "1,234" in answer
    assert "overlap as declared" in answer


def test_without_an_area_the_sector_invites_to_draw_one(demonstration_store: Store) -> None:
    assert "Draw the area" in said(ask(demonstration_store, "sector"))
