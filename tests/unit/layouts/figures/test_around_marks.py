"""Fewer and more are told from each other, from land and sea, in three colour deficiencies, by one table (RULES P6)."""

import re
from itertools import pairwise

import numpy as np
import pytest

from data.hotspots.answer_model import HotSpotCell, SpotClass
from layouts.figures import around_marks as marks
from tests.unit.layouts.figures.test_cell_marks import ASSETS, EYES, LEAST_CONTRAST, contrast, linear, oklab, tokens_of

LEAST_STEP = 8.0  # OKLab × 100
CONED = [name for name in EYES if name != "greyscale"]  # in grey the sign is written: on large cells, at the pointer


@pytest.fixture(params=[":root", ':root[data-theme="dark"]'], ids=["light", "dark"])
def tokens(request: pytest.FixtureRequest) -> dict[str, str]:
    return tokens_of(request.param)


def seen(tokens: dict[str, str], eye: str) -> list[np.ndarray]:
    return [oklab(np.clip(np.array(EYES[eye]) @ linear(tokens[name]), 0, 1)) for name in marks.TOKENS]


@pytest.mark.rule("P6")
@pytest.mark.parametrize("ground", ["land", "sea"])
@pytest.mark.parametrize("edge", ["fewer-edge", "more-edge"])
def test_both_outlines_are_told_from_land_and_sea(tokens: dict[str, str], edge: str, ground: str) -> None:
    assert contrast(tokens[edge], tokens[ground]) >= LEAST_CONTRAST


@pytest.mark.rule("P6")
@pytest.mark.parametrize("eye", CONED)
def test_fewer_is_told_from_more_and_each_step_from_the_next_by_every_eye(tokens: dict[str, str], eye: str) -> None:
    found = seen(tokens, eye)
    steps = [100 * float(np.linalg.norm(one - other)) for one, other in pairwise(found)]
    opposite = [100 * float(np.linalg.norm(found[at] - found[-1 - at])) for at in range(3)]
    assert min(*steps, *opposite) >= LEAST_STEP, (steps, opposite)


@pytest.mark.rule("P6")
def test_on_either_side_a_larger_change_is_further_from_the_ground_and_larger(tokens: dict[str, str]) -> None:
    paper = oklab(linear(tokens["paper"]))[0]
    away = [abs(one[0] - paper) for one in seen(tokens, "every cone")]
    assert away[:3] == sorted(away[:3], reverse=True)
    assert away[3:] == sorted(away[3:])
    assert list(marks.SHARES[3:6]) == sorted(marks.SHARES[3:6]) == list(reversed(marks.SHARES[:3]))


@pytest.mark.rule("X5", "P6")
@pytest.mark.parametrize("place", range(6))
def test_a_hatch_is_told_from_the_class_that_it_lies_on(tokens: dict[str, str], place: int) -> None:
    assert contrast(tokens[marks.TOKENS[place]], tokens[marks.HATCHES[place]]) >= LEAST_CONTRAST


def test_the_page_draws_by_the_same_table() -> None:
    script = (ASSETS / "map" / "marks.mjs").read_text(encoding="utf-8")
    listed = {name: re.search(rf"{name} = \[(.*?)\]", script) for name in ("AROUND_SHARES", "AROUND", "AROUND_HATCHES")}
    found = {name: [one.strip(' "') for one in match[1].split(",")] for name, match in listed.items() if match}
    assert list(map(float, found["AROUND_SHARES"])) == list(marks.SHARES)
    assert found["AROUND"] == list(marks.TOKENS)
    assert found["AROUND_HATCHES"] == list(marks.HATCHES)


@pytest.mark.parametrize(
    ("name", "dominance", "people", "code"),
    [("hot 99%", 0.2, 50, 5), ("hot 99%", 0.6, 50, 13), ("hot 90%", 0.6, 12, 3), ("cold 99%", None, 0, 0),
     ("not significant", 0.9, 50, marks.NEITHER), ("not computable", None, None, marks.UNKNOWN)],
)  # fmt: skip
def test_a_spot_is_coded_by_its_class_and_hatched_where_one_event_decides(
    name: SpotClass, dominance: float | None, people: int | None, code: int
) -> None:
    one = HotSpotCell(
        cell="833f06fffffffff", place="", value=0.0, counted=0, z=None, p=None, q=None, class_name=name, words=None,
        stability=0.0, rank=None, incidents=0, dead_or_missing=people, largest_event=None, dominance=dominance,
    )  # fmt: skip
    assert marks.code_of_spot(one) == code


def test_what_is_not_to_be_compared_is_no_class_and_no_change_is_neither() -> None:
    assert [marks.code_of(step) for step in marks.STEPS] == list(range(6))
    assert marks.code_of(None) == marks.UNKNOWN
    assert marks.code_of(0) == marks.NEITHER
