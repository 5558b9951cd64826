"""Hot spots of small tables: nobody falls out of the study area, and no word says more than was recorded."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from data.hotspots.answer import class_of_level, class_words, hot_spots_answer, rank_cells
from data.hotspots.answer_model import HotSpotsAnswer
from data.hotspots.emerging import monthly, months_of
from data.hotspots.request import Question, gather, parse_hot_spots, place_in, variable
from data.model.errors import QueryError
from data.model.notices import FIRST, messages
from data.model.schema import conform, empty
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from geo.areas.study_areas import area_cells, is_in_boxes, study_areas
from geo.cells import cell_at, cell_centres, cell_corners, cell_from_text
from tests.harness.rows import incident_rows

SEA, SICILY, OCEAN = (35.5, 18.0), (37.5, 14.1), (20.0, -40.0)


def incident(place: tuple[float, float], toll: int | None, day: str = "2020-05-05", **more: Any) -> dict[str, Any]:
    latitude, longitude = place
    when = date.fromisoformat(day)
    return {
        "latitude": latitude, "longitude": longitude, "location_precision": "place", "finest_resolution": 4,
        "date_from": when, "date_to": when, "dead": toll, "dead_or_missing": toll,
    } | more  # fmt: skip


def small(*rows: dict[str, Any]) -> Vintage:
    """Return a vintage of a few incidents, held in memory."""
    table = incident_rows(*rows)
    table = table.with_columns(
        pl.when(pl.col("finest_resolution").is_not_null())
        .then(cell_at(latitude=pl.col("latitude"), longitude=pl.col("longitude")))
        .alias("cell")
    )
    source = {"source": "demonstration", "sensitivity": "public", "is_demonstration": False}
    vintage = Vintage("v000001", Path(), {})
    vars(vintage).update(
        incidents=table.with_columns(pl.lit("demonstration").alias("source")), counts=empty("counts"),
        sources=conform(pl.DataFrame([source]), "sources"),
    )  # fmt: skip
    return vintage


def ask(vintage: Any, query: str = "", **more: Any) -> HotSpotsAnswer:
    question = Question(Selection.from_query(query or "resolution=3"), **{"area": "mediterranean", **more})
    return hot_spots_answer(vintage, question)


def test_every_study_area_has_a_name_and_one_to_stand_within_a_sentence() -> None:
    for table in ("study_areas.name", "study_areas.within"):
        found = {key.removeprefix(f"{table}.") for key in messages(FIRST) if key.startswith(table)}
        assert found == set(study_areas())


@pytest.mark.rule("G2")
def test_every_cell_of_the_area_is_in_the_statistic_zeros_included() -> None:
    """RULES G2."""
    vintage = small(incident(SEA, 5), incident(SEA, 7))
    found = gather(vintage, Question(Selection(resolution_chosen=3), "mediterranean"))
    assert found.values.size == area_cells("mediterranean", 3).cells.size
    assert found.values.sum() == 2
    assert (found.values == 0).sum() == found.values.size - 1


def test_the_area_is_the_same_whatever_is_asked() -> None:
    """RULES G2: a cell is in the area for what the area touches, not for what was recorded there."""
    asked = [small(incident(SICILY, 3), incident(SEA, 4)), small(incident(SEA, 4)), small(incident(OCEAN, 4))]
    answers = [ask(vintage, "resolution=4") for vintage in asked]
    assert len({answer.cells_in_study_area for answer in answers}) == 1
    assert [(answer.in_area, answer.outside_area) for answer in answers] == [(1, 1), (1, 0), (0, 1)]


def test_a_record_a_little_inland_is_in_the_cell_that_the_sea_touches() -> None:
    answer = ask(small(incident((37.5, 15.0), 3)), "resolution=4")  # Catania, its coordinates 9 km inland
    assert (answer.in_area, answer.outside_area) == (1, 0)


def test_a_record_whose_cell_reaches_into_the_box_is_in_the_area_with_its_cell() -> None:
    """The centre of the cell lies outside, the record within: it must not fall out."""
    box = study_areas()["sahara"].boxes[0]
    cells = area_cells("sahara", 3).cells
    centres = cell_centres(cells)
    counts, corners = cell_corners(cells)
    of = np.repeat(np.arange(cells.size), counts)
    found = np.flatnonzero(is_in_boxes([box], corners) & ~is_in_boxes([box], centres)[of])
    assert found.size > 20
    longitude, latitude = corners[found[0]] + (centres[of[found[0]]] - corners[found[0]]) / 1000
    place = (float(latitude), float(longitude))
    answer = ask(small(incident(place, 3)), area="sahara")
    assert (answer.in_area, answer.outside_area) == (1, 0)


@pytest.mark.rule("C5")
@pytest.mark.parametrize("measure", ["incidents", "log_deaths", "dead_or_missing"])
def test_inside_outside_and_not_located_are_the_total(measure: str) -> None:
    """RULES C5."""
    rows = [
        incident(SEA, 5), incident(SEA, -2), incident(SICILY, None), incident(OCEAN, 11),
        incident(SEA, 13, finest_resolution=2, location_precision="area"), incident(SEA, 17, finest_resolution=None),
    ]  # fmt: skip
    answer = ask(small(*rows), measure=measure)
    expected = {"incidents": (3, 1, 2, 6)}.get(measure, (3, 11, 30, 44))
    assert tuple(getattr(answer, name) for name in ("in_area", "outside_area", "not_located", "total")) == expected
    assert sum(cell.counted for cell in answer.cells) == answer.in_area


@pytest.mark.rule("G1")
def test_the_variables_are_those_of_the_rule() -> None:
    """RULES G1; bodies found later can leave a cell with less than nobody, whose logarithm does not exist."""
    counted = np.array([0, 1, 9, -3])
    assert variable(counted, "incidents").tolist() == [0, 1, 9, -3]
    assert variable(counted, "log_deaths") == pytest.approx([0, np.log(2), np.log(10), 0])
    assert variable(counted, "dead_or_missing").tolist() == [0, 1, 9, -3]


def test_a_selection_without_records_is_not_computable_and_says_why() -> None:
    answer = ask(small(incident(SEA, 5)), "from=2021-01-01&resolution=3")
    assert answer.cells == []
    assert "same value" in str(answer.not_computable)
    assert answer.cells_in_study_area > 30


def test_a_small_area_is_not_computable_and_still_lists_its_records() -> None:
    answer = ask(small(incident((50.9, 1.5), 5)), area="english-channel")
    (cell,) = answer.cells
    assert "at least 30" in str(answer.not_computable)
    assert cell.class_name == "not computable"
    assert (cell.z, cell.p, cell.q, cell.words, cell.value) == (None, None, None, None, 1)


def test_a_cluster_is_listed_as_hot_with_its_place_stability_and_dominance() -> None:
    rows = [incident(SEA, 1, event_id="one") for _ in range(4)] + [incident(SEA, 96, event_id="two")]
    answer = ask(small(*rows))
    first = answer.cells[0]
    assert first.class_name == "hot 99%"
    assert str(first.words) == "More incidents were recorded here than around."
    assert first.value == first.incidents == 5
    assert first.rank == 1
    assert 0 < first.stability <= 1
    assert first.dominance == pytest.approx(0.96)
    assert " of " in first.place
    around = [cell for cell in answer.cells if cell.value == 0]
    assert len(around) >= 4  # hot though nothing was recorded in themselves: their ring was
    assert all(cell.class_name.startswith("hot") and cell.rank is None for cell in around)


def test_records_are_moved_by_their_own_precision() -> None:
    latitude, longitude = SEA
    rows = [incident((latitude, longitude + step / 10), 1, finest_resolution=6, location_precision="exact")
            for step in range(0, 30, 3)]  # fmt: skip
    question = Question(Selection(resolution_chosen=4), "mediterranean")
    sure = rank_cells(small(*rows), question, area_cells("mediterranean", 4))
    loose = [row | {"location_precision": "place", "finest_resolution": 4} for row in rows]
    unsure = rank_cells(small(*loose), question, area_cells("mediterranean", 4))
    assert sure.stability.mean() > unsure.stability.mean()


@pytest.mark.rule("G6")
def test_words_speak_of_what_was_recorded() -> None:
    """RULES G6."""
    for level in (99, 95, 90, 0, -90, -95, -99):
        for measure in ("incidents", "log_deaths", "dead_or_missing"):
            said = str(class_words(level, measure))
            assert "recorded" in said
            assert "danger" not in said
    names = [class_of_level(level) for level in (99, 95, 90, 0, -90, -95, -99)]
    assert names == ["hot 99%", "hot 95%", "hot 90%", "not significant", "cold 90%", "cold 95%", "cold 99%"]


def test_a_cell_is_found_in_the_area_or_not_at_all() -> None:
    cells = np.array([3, 5, 9])
    assert place_in(cells, np.array([9, 4, 3, 10, 0])).tolist() == [2, -1, 0, -1, -1]
    assert place_in(np.empty(0, np.int64), np.array([1])).tolist() == [-1]


def test_months_are_those_that_the_source_and_the_window_cover_whole() -> None:
    """Outside coverage is no data, not zero; a part of a month is no step of time (RULES T4)."""
    vintage = small(incident(SEA, 1, "2020-01-20"), incident(SEA, 1, "2021-03-02"))

    def asked(query: str) -> tuple[list[date], list[date]]:
        return months_of(vintage, Question(Selection.from_query(query)))

    whole, part = asked("")
    assert (whole[0], whole[-1], len(whole), part) == (date(2020, 1, 1), date(2021, 2, 1), 14, [date(2021, 3, 1)])
    assert asked("from=1999-01-01&to=2020-02-10") == ([date(2020, 1, 1)], [date(2020, 2, 1)])
    assert asked("from=2020-02-02&to=2020-04-30") == ([date(2020, 3, 1), date(2020, 4, 1)], [date(2020, 2, 1)])
    assert asked("from=2020-02-02&to=2020-02-28") == ([], [date(2020, 2, 1)])
    assert asked("from=2020-02-01&to=2020-02-29") == ([date(2020, 2, 1)], [])
    assert asked("from=2022-01-01") == ([], [])
    assert months_of(small(), Question(Selection())) == ([], [])


def test_each_record_is_in_one_whole_month_in_a_part_of_one_or_not_dated() -> None:
    long = incident(SEA, 4, "2020-01-01") | {"date_to": date(2020, 3, 1)}
    vintage = small(
        incident(SEA, 1, "2020-01-31"), incident(SEA, 2, "2020-02-01"), incident(SICILY, 9, "2021-03-02"), long
    )
    question = Question(Selection(resolution_chosen=3), "mediterranean", "dead_or_missing")
    area = gather(vintage, question).area
    counted, in_part_months, not_dated = monthly(vintage, question, area, months_of(vintage, question)[0])
    assert counted.sum(axis=0).tolist() == [1, 2, *[0] * 12]
    assert (in_part_months, not_dated) == (9, 4)
    answer = ask(vintage, measure="dead_or_missing", is_emerging=True)
    about = answer.emerging
    assert (about.last_month, about.part_months, about.in_part_months) == ("2021-02", ["2021-03"], 9)


def test_a_burst_at_the_end_is_a_new_hot_spot() -> None:
    rows = [incident(SEA, 1, "2020-12-31") for _ in range(9)] + [incident((42.0, 5.0), 1, "2020-01-01")]
    answer = ask(small(*rows), is_emerging=True)
    assert answer.emerging.months == 12
    assert answer.cells[0].emerging == "new"


def test_too_few_months_are_not_computable() -> None:
    answer = ask(small(incident(SEA, 1, "2020-12-01"), incident(SEA, 1, "2020-11-01")), is_emerging=True)
    assert "at least 10" in str(answer.emerging.not_computable)
    assert answer.cells[0].emerging == "no pattern"


def test_too_many_cells_and_months_are_refused() -> None:
    vintage = small(incident(SEA, 1, "2014-01-01"), incident(SEA, 1, "2024-01-01"))
    with pytest.raises(QueryError, match="too many"):
        ask(vintage, "resolution=4", area="world", is_emerging=True)


@pytest.fixture
def demonstration(demonstration_store: Store) -> Vintage:
    return demonstration_store.current()


def test_a_query_is_a_question_with_its_defaults(demonstration: Vintage) -> None:
    assert parse_hot_spots({}, demonstration) == Question(
        Selection(resolution_chosen=3), "world", "incidents", is_emerging=False
    )
    query = {"study_area": "sahara", "measure": "log_deaths", "resolution": "4", "from": "2020-01-01", "emerging": "yes",
             "layers": "cells", "step": "year"}  # fmt: skip
    expected = Question(
        Selection(resolution_chosen=4, start=date(2020, 1, 1)), "sahara", "log_deaths", is_emerging=True
    )
    assert parse_hot_spots(query, demonstration) == expected


@pytest.mark.parametrize(
    ("query", "parameter", "said"),
    [
        ({"study_area": "narnia"}, "study_area", "mediterranean, western-mediterranean"),
        ({"study_area": ["sahara", "world"]}, "study_area", "2 times"),
        ({"study_area": []}, "study_area", "0 times"),
        ({"measure": "events"}, "measure", "incidents, log_deaths, dead_or_missing"),
        ({"emerging": "perhaps"}, "emerging", "no, yes"),
        ({"resolution": "0"}, "resolution", "from 1 to 6"),
        ({"resolution": "7"}, "resolution", "from 1 to 6"),
        ({"resolution": "5"}, "resolution", "coarser"),
        ({"resolution": "6", "study_area": "mediterranean"}, "resolution", "20,000"),
        ({"resolution": "6", "study_area": "sahara"}, "resolution", "20,000"),
        ({"route": "narnia"}, "route", "no route"),
        ({"narnia": "1"}, "narnia", "no parameter"),
    ],
)
def test_what_cannot_be_meant_gets_a_sentence(
    demonstration: Vintage, query: dict[str, Any], parameter: str, said: str
) -> None:
    with pytest.raises(QueryError, match=said) as found:
        parse_hot_spots(query, demonstration)
    assert found.value.parameter == parameter


def test_the_finest_resolution_is_for_small_areas(demonstration: Vintage) -> None:
    assert (
        parse_hot_spots({"study_area": "english-channel", "resolution": "6"}, demonstration).selection.resolution_chosen
        == 6
    )


def test_the_answer_is_kept_for_the_same_vintage_and_question(demonstration: Vintage) -> None:
    question = parse_hot_spots({"study_area": "mediterranean"}, demonstration)
    answer = hot_spots_answer(demonstration, question)
    assert hot_spots_answer(demonstration, question) is answer
    assert answer.is_demonstration
    assert all(cell_from_text(cell.cell) for cell in answer.cells)
