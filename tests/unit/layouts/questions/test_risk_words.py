"""The question of risk in plain words: no sign of a formula in a heading, marks and names where the picture has them."""

import dataclasses
from datetime import date

import pytest

from data.query.selection import Selection
from data.risk.by_period import risk_over_time
from data.store.store import Store
from layouts.figures.risk import risk_figure
from tests.unit.layouts.questions.test_answers import ask, of_kind, parts, said

HEADS = ("H3", "H4", "Th", "Caption", "Summary", "Option", "Button")
SIGNS = ("ρ", "κ")


@pytest.mark.rule("R4")
@pytest.mark.parametrize(
    ("question", "options"),
    [
        *(("risk", {"variant": name}) for name in ("rho", "rho_arr", "kappa")),
        ("quote", {"text": "1 in 40"}),
        ("quote", {"text": "5.6%", "deaths": "1314", "arrivals": "23370"}),
    ],
)
def test_no_sign_of_a_formula_stands_in_a_heading(
    demonstration_store: Store, question: str, options: dict[str, str]
) -> None:
    answer = ask(demonstration_store, question, "route=central-mediterranean", **options)
    heads = [said(head) for kind in HEADS for head in of_kind(answer, kind)]
    figures = [one["text"] for graph in of_kind(answer, "Graph") for one in graph.figure["layout"]["annotations"]]
    named = [getattr(part, "aria-label", "") or "" for part in parts(answer)]
    assert heads
    assert [words for words in [*heads, *figures, *named] if any(sign in words for sign in SIGNS)] == []


@pytest.mark.parametrize("step", ["year", "half-year"])
def test_a_year_is_named_under_the_middle_of_its_bars(demonstration_store: Store, step: str) -> None:
    found = risk_over_time(demonstration_store.current(), Selection(routes=("central-mediterranean",)), step)
    few = dataclasses.replace(found, periods=found.periods[:6])
    axis = risk_figure(few, "rho")["layout"]["xaxis"]
    for day, year in zip(axis["tickvals"], axis["ticktext"], strict=True):
        inside = [one.span for one in few.periods if one.span[0].year == int(year)]
        first, last = inside[0][0], inside[-1][1]
        assert abs((date.fromisoformat(day[:10]) - first) - (last - date.fromisoformat(day[:10]))).days <= 1
    assert len(axis["tickvals"]) == len({one.span[0].year for one in few.periods})
    many = risk_figure(found, "rho")["layout"]["xaxis"]["ticktext"]
    years = sorted({str(one.span[0].year) for one in found.periods})
    assert many == (years[::2] if len(years) > 8 else years)


def test_the_legend_has_the_hatch_of_the_picture_and_the_table_is_folded(demonstration_store: Store) -> None:
    answer = ask(demonstration_store, "risk", "route=central-mediterranean")
    marks = [one.className for one in of_kind(answer, "Span") if "mark" in (getattr(one, "className", None) or "")]
    assert "mark no-figure" in marks
    assert "mark absent" not in marks
    assert [one.open for one in of_kind(answer, "Details") if getattr(one, "open", None)] == []
