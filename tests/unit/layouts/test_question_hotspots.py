"""The answers about hot spots and corridors: the words that are said, and the numbers that go with them."""

import json
import re
from typing import Any

import plotly.graph_objects as go
import pytest

from callbacks.hotspots import answer_of
from callbacks.questions import VIEWS, answered
from callbacks.questions.hotspots import area_of
from data.corridors import corridors
from data.selection import Selection
from data.store import Store
from data.study import study_areas
from layouts.figures.corridors import corridor_bars
from layouts.figures.hotspots import COLORS, hot_spot_map
from layouts.questions.hotspots import PATTERN_WORDS, first_sentence, remain


def said(part: Any) -> str:
    if isinstance(part, (list, tuple)):
        return " ".join(said(one) for one in part)
    if isinstance(part, (str, int, float)):
        return str(part)
    return said(getattr(part, "children", None) or "")


def ask(store: Store, question: str, query: str = "", **options: str) -> str:
    return said(answered(store, query, question, options))


def a_cell(name: str, dominance: float | None = None, cell: str = "833f06fffffffff") -> dict[str, Any]:
    return {"cell": cell, "class": name, "dominance": dominance}


def an_answer(*cells: str, reason: str | None = None, measure: str = "incidents") -> dict[str, Any]:
    area = {"id": "mediterranean", "name": "Mediterranean", "surface": "sea"}
    return {"not_computable": reason, "cells": [a_cell(name) for name in cells], "cells_in_study_area": 275,
            "measure": measure, "study_area": area}  # fmt: skip


def test_the_first_sentence_counts_the_cells_at_95_percent_or_more_and_names_the_tests() -> None:
    found = an_answer("hot 99%", "hot 95%", "hot 90%", "cold 95%", "not significant")
    assert first_sentence(found) == (
        "In 2 of the 275 cells of the Mediterranean (sea) more incidents were recorded than around, at 95% after "
        "correction for 275 tests; in 1, fewer were."
    )


def test_where_none_stands_out_or_nothing_is_computable_it_says_so() -> None:
    assert first_sentence(an_answer("hot 90%")).startswith("In none of the 275 cells")
    assert "people dead or missing" in first_sentence(an_answer(measure="log_deaths"))
    assert first_sentence(an_answer(reason="The area has 9 cells.")) == "Not computable. The area has 9 cells."


def test_the_ranking_is_never_shown_without_how_firmly_it_holds(demonstration_store: Store) -> None:
    words = ask(demonstration_store, "hotspots", area="mediterranean")
    found = answer_of(demonstration_store.current(), {"region": ["mediterranean"]})
    ranked = [one for one in found["cells"] if one["rank"]]
    assert words.count("of 200 draws") == len(ranked) == 10
    assert all(f"{one['rank']}. {one['place']}" in words for one in ranked)


def test_all_that_is_counted_lies_in_the_area_outside_it_or_nowhere_known(demonstration_store: Store) -> None:
    words = ask(demonstration_store, "hotspots", area="sahara")
    total, = re.findall(r"([\d,]+) incidents were recorded on", words)  # fmt: skip
    parts = re.findall(r"study area, ([\d,]+) incidents?; outside it, ([\d,]+);.*?in no cell, ([\d,]+)\.", words)
    assert sum(int(one.replace(",", "")) for one in parts[0]) == int(total.replace(",", ""))


@pytest.mark.parametrize("area", ["", *study_areas()])
def test_every_area_has_an_answer_that_calls_no_place_dangerous(demonstration_store: Store, area: str) -> None:
    words = ask(demonstration_store, "hotspots", area=area)
    assert "than around" in words or "Not computable" in words
    assert "danger" not in words.replace("not where it is more dangerous", "")


def test_people_as_they_are_come_with_a_warning_and_incidents_without(demonstration_store: Store) -> None:
    warning = "one large shipwreck can decide"
    assert warning in ask(demonstration_store, "hotspots", counted="dead_or_missing")
    assert warning not in ask(demonstration_store, "hotspots")


def test_patterns_name_all_eight_classes_in_words_and_rank_nothing(demonstration_store: Store) -> None:
    words = ask(demonstration_store, "hotspots", patterns="yes")
    assert len(PATTERN_WORDS) == 8
    assert all(one in words for one in PATTERN_WORDS.values())
    assert "200 draws" not in words


@pytest.mark.parametrize(
    ("query", "area"),
    [
        ("", "mediterranean"),
        ("route=central-mediterranean", "central-mediterranean"),
        ("route=sahara-desert-crossing", "sahara"),
        ("route=sahara-desert-crossing,central-mediterranean", "mediterranean"),
        ("region=caribbean", "caribbean"),
        ("region=south-eastern-asia", "south-east-asia"),
        ("route=drc-to-uganda", "mediterranean"),
    ],
)
def test_the_study_area_is_the_one_that_the_selection_is_about(query: str, area: str) -> None:
    assert area_of(Selection.from_query(query)) == area


def test_the_ranking_says_how_it_changes_with_the_size_of_cells() -> None:
    assert remain({2: None, 4: (6, 10)}, "incidents", "Sahara") == (
        "Ranking changes with cell size: of the cells of Sahara with the most incidents at edges of 69 km, 6 of 10 "
        "remain at edges of 26 km."
    )
    assert remain({2: None}, "incidents", "Sahara") == ""


def test_the_map_colours_a_cell_by_its_class_and_hatches_what_one_event_decides() -> None:
    boxes = [(-6.0, 30.0, 37.0, 46.0)]
    hot = hot_spot_map(boxes, [a_cell("hot 99%", 0.2)], label="<a & b>")
    assert COLORS["hot 99%"] in hot
    assert 'fill="url(#hatch)"' not in hot
    assert "&lt;a &amp; b&gt;" in hot
    assert 'fill="url(#hatch)"' in hot_spot_map(boxes, [a_cell("not significant", 0.51)], label="")


def test_a_cell_over_the_edge_of_the_world_is_drawn_once_and_not_across_it() -> None:
    svg = hot_spot_map([(-180.0, -90.0, 180.0, 90.0)], [a_cell("hot 95%", cell="820d97fffffffff")], label="")
    path = next(one for one in svg.split("<path ") if COLORS["hot 95%"] in one)
    across = [float(x) for x in re.findall(r"[ML]([\d.-]+) ", path)]
    assert max(across) - min(across) < 40


def test_corridors_say_what_is_near_none_and_what_is_not_located(demonstration_store: Store) -> None:
    view = answered(demonstration_store, "", "corridors", {"within_km": "50"})
    found = corridors(demonstration_store.current(), Selection(), within_km=50)
    assert found["sentence"] in said(view)
    sent = json.dumps(view, default=lambda one: one.to_plotly_json(), ensure_ascii=False)
    rows = [json.loads(one) for one in re.findall(r'"data-table": ("(?:[^"\\]|\\.)*")', sent)]
    cells = [row for table in rows for row in json.loads(table)["rows"]]
    assert all(any(row[0] == name and f"{found[part]:,}" in row for row in cells)
               for name, part in (("Near no line", "off"), ("Not located", "not_located"), ("Total", "total")))  # fmt: skip


@pytest.mark.parametrize("within", ["9", "501", "x", "-5", "1e2", "٣٠", "10.5"])
def test_a_width_that_cannot_be_meant_gets_a_sentence(demonstration_store: Store, within: str) -> None:
    assert "whole number from 10 to 500" in ask(demonstration_store, "corridors", within_km=within)


def test_bars_are_what_plotly_draws_and_carry_the_mark_of_invented_data() -> None:
    bars = corridor_bars(["A – B", "C – D"], [7, 3], unit="people, at least", is_demonstration=True)
    assert list(go.Figure(bars).data[0].x) == [3, 7]
    assert bars["layout"]["annotations"]
    go.Figure(corridor_bars([], [], unit="", is_demonstration=False))


@pytest.mark.parametrize("question", ["hotspots", "corridors"])
@pytest.mark.parametrize("name", ["area", "size", "counted", "patterns", "within_km", "x"])
@pytest.mark.parametrize("value", ["<script>", "x" * 4000, "\0", "7", "-1", "NaN", "4" * 500, "mediterranean; drop"])
def test_no_option_breaks_an_answer(demonstration_store: Store, question: str, name: str, value: str) -> None:
    assert question in VIEWS
    assert "<script>" not in ask(demonstration_store, question, **{name: value}).replace("found '<script>'", "")
