"""The answers about hot spots and corridors: the words that are said, and the numbers that go with them."""

import json
import re
from typing import Any

import msgspec
import plotly.graph_objects as go
import pytest

from callbacks.api.answers.hotspots import answer_of
from callbacks.questions.hotspots import area_of
from callbacks.questions.sheet import answer_question
from callbacks.questions.table import QUESTIONS
from data.hotspots.answer_model import HotSpotCell, HotSpotsAnswer, SpotClass, Variable
from data.hotspots.corridors import corridors
from data.hotspots.request import study_areas
from data.model.notices import Notice, say
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.figures.corridors import corridor_bars
from layouts.questions.hotspots import PATTERNS, first_sentence, left_over, remain


@pytest.fixture
def invented(demonstration_store: Store) -> Vintage:
    return demonstration_store.current()


KNOWN = {question.id: question for question in QUESTIONS}


def said(part: Any) -> str:
    if isinstance(part, (list, tuple)):
        return " ".join(said(one) for one in part)
    if isinstance(part, (str, int, float)):
        return str(part)
    return said(getattr(part, "children", None) or "")


def ask(store: Store, question: str, query: str = "", **options: str) -> str:
    return said(answer_question(store, KNOWN[question], query, options))


def a_cell(name: SpotClass, dominance: float | None = None, cell: str = "833f06fffffffff") -> HotSpotCell:
    return HotSpotCell(
        cell=cell, place="", value=0.0, counted=0, z=None, p=None, q=None, class_name=name, words=None, stability=0.0,
        rank=None, incidents=0, dead_or_missing=0, largest_event=None, dominance=dominance,
    )  # fmt: skip


def an_answer(
    vintage: Vintage, *cells: SpotClass, reason: Notice | None = None, measure: Variable = "incidents"
) -> HotSpotsAnswer:
    found = answer_of(vintage, {"study_area": ["mediterranean"]})
    return msgspec.structs.replace(
        found, cells=[a_cell(name) for name in cells], not_computable=reason, measure=measure
    )


def test_the_first_sentence_counts_the_cells_at_95_percent_or_more(invented: Vintage) -> None:
    found = an_answer(invented, "hot 99%", "hot 95%", "hot 90%", "cold 95%", "not significant")
    tests = found.cells_in_study_area
    assert first_sentence(found) == (
        f"In 2 of the {tests} cells of the Mediterranean (sea) more incidents were recorded than around; in 1, fewer were."
    )


@pytest.mark.rule("G3")
def test_how_sure_and_for_how_many_tests_is_said_in_how_it_is_worked_out(demonstration_store: Store) -> None:
    tests = answer_of(demonstration_store.current(), {"study_area": ["mediterranean"]}).cells_in_study_area
    words = ask(demonstration_store, "hotspots", study_area="mediterranean")
    assert f"corrected by Benjamini and Hochberg for {tests} tests" in words.split("How it is worked out")[1]
    assert "at 95% or over" in words


def test_where_none_stands_out_or_nothing_is_computable_it_says_so(invented: Vintage) -> None:
    none = first_sentence(an_answer(invented, "hot 90%"))
    assert none.startswith("In none of the ")
    assert none.endswith(" than around.")
    assert "people dead or missing" in first_sentence(an_answer(invented, measure="log_deaths"))
    few = Notice("hotspots.not_computable.few_cells", cells=9, fewest=30)
    assert first_sentence(an_answer(invented, reason=few)).startswith("Not computable. The area has 9 cells")


@pytest.mark.parametrize(
    ("unit", "count", "words"),
    [("people", 0, "0 people"), ("people", 1, "1 person"), ("people", 2, "2 people"), ("incidents", 0, "0 incidents"),
     ("incidents", 1, "1 incident"), ("incidents", 1234, "1,234 incidents")],
)  # fmt: skip
def test_what_lies_in_the_area_is_counted_in_its_unit(invented: Vintage, unit: str, count: int, words: str) -> None:
    found = msgspec.structs.replace(an_answer(invented), unit=unit, in_area=count)
    assert f"in cells of the study area, {words}; outside it" in left_over(found)


@pytest.mark.rule("X6")
def test_the_ranking_is_never_shown_without_how_firmly_it_holds(demonstration_store: Store) -> None:
    words = ask(demonstration_store, "hotspots", study_area="mediterranean")
    found = answer_of(demonstration_store.current(), {"study_area": ["mediterranean"]})
    ranked = [one for one in found.cells if one.rank]
    assert words.count("of 200 draws") == len(ranked) == 10
    assert all(f"{one.rank}. {one.place}" in words for one in ranked)


def test_all_that_is_counted_lies_in_the_area_outside_it_or_nowhere_known(demonstration_store: Store) -> None:
    words = ask(demonstration_store, "hotspots", study_area="sahara")
    total, = re.findall(r"([\d,]+) incidents were recorded on", words)  # fmt: skip
    parts = re.findall(r"study area, ([\d,]+) incidents?; outside it, ([\d,]+);.*?in no cell, ([\d,]+)\.", words)
    assert sum(int(one.replace(",", "")) for one in parts[0]) == int(total.replace(",", ""))


@pytest.mark.rule("G6")
@pytest.mark.parametrize("area", ["", *study_areas()])
def test_every_area_has_an_answer_that_calls_no_place_dangerous(demonstration_store: Store, area: str) -> None:
    words = ask(demonstration_store, "hotspots", study_area=area)
    assert "than around" in words or "Not computable" in words
    assert "danger" not in words.replace("not where it is more dangerous", "")


def test_people_as_they_are_come_with_a_warning_and_incidents_without(demonstration_store: Store) -> None:
    warning = "one large shipwreck can decide"
    assert warning in ask(demonstration_store, "hotspots", counted="dead_or_missing")
    assert warning not in ask(demonstration_store, "hotspots")


def test_patterns_name_all_eight_classes_in_words_and_rank_nothing(demonstration_store: Store) -> None:
    words = ask(demonstration_store, "hotspots", patterns="yes")
    assert len(PATTERNS) == 8
    assert all(say(f"hotspots.pattern_meaning.{name}") in words for name in PATTERNS)
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
        "Ranking changes with cell size: of the cells of Sahara with the most incidents at 120 km wide, 6 of 10 "
        "remain at 45 km wide."
    )
    assert remain({2: None}, "incidents", "Sahara") == ""


def test_corridors_say_what_is_near_none_and_what_is_not_located(demonstration_store: Store) -> None:
    view = answer_question(demonstration_store, KNOWN["corridors"], "", {"within_km": "50"})
    found = corridors(demonstration_store.current(), Selection(), within_km=50)
    assert str(found.sentence) in said(view)
    sent = json.dumps(view, default=lambda one: one.to_plotly_json(), ensure_ascii=False)
    rows = [json.loads(one) for one in re.findall(r'"data-table": ("(?:[^"\\]|\\.)*")', sent)]
    cells = [row for table in rows for row in json.loads(table)["rows"]]
    assert all(any(row[0] == name and f"{getattr(found, part):,}" in row for row in cells)
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
    assert question in KNOWN
    assert "<script>" not in ask(demonstration_store, question, **{name: value}).replace("found '<script>'", "")
