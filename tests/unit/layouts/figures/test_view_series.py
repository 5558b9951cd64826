"""A view's years as small bars: gaps are hatched and told, series of several units have a scale each."""

from datetime import date
from urllib.parse import unquote

import pytest

from data.pillars.models import View, ViewLine, ViewPoint, ViewRow
from layouts.figures.small_series import HEIGHT
from layouts.figures.view_series import DrawnLine, drawn_lines, drawn_panels


def row(part: str, year: int, value: float | None) -> ViewRow:
    return ViewRow(part=part, name="Nordland", what=part, date_from=date(year, 1, 1), date_to=date(year, 12, 31),
                   value=value, unit={"work": "percent", "prices": "percent"}.get(part, part))  # fmt: skip


def picture(line: DrawnLine) -> str:
    return unquote(line.picture)


def test_a_year_without_a_figure_is_hatched_and_told() -> None:
    rows = [
        row("work", 2020, 4),
        row("work", 2021, 8),
        row("work", 2022, None),
        row("work", 2023, 2.5),
        row("risk", 2020, 1),
    ]
    (panel,) = drawn_panels(rows)
    line = panel.lines[0]
    assert picture(line).count("url(#n)") == 1
    assert f"v-{HEIGHT}.0h" in picture(line)  # the highest of its own
    assert (line.first, line.last) == ("2020: 4", "2023: 2.5")
    assert line.words == "work: 2020: 4; 2023: 2.5; the highest 8 in 2021. No figure for 2022."


def test_each_series_has_its_own_scale_and_all_have_one_axis() -> None:
    rows = [row("work", 2020, 4), row("work", 2022, 8), row("people", 2021, 90_000)]
    work, people = drawn_panels(rows)[0].lines
    assert f"v-{HEIGHT}.0h" in picture(work)
    assert f"v-{HEIGHT}.0h" in picture(people)
    assert people.words.endswith("No figure for 2020 and 2022.")


def test_a_series_without_any_figure_is_drawn_as_none_and_not_as_0() -> None:
    rows = [row("work", 2020, 4), row("work", 2021, 8), row("hunger", 2020, None)]
    _, hunger = drawn_panels(rows)[0].lines
    assert (hunger.first, hunger.last) == ("no figure in these years", "")
    assert '<path d="" fill' in picture(hunger)
    assert "url(#n)" in picture(hunger)


def test_rows_of_one_period_or_of_one_unit_need_no_panels() -> None:
    one_scale = [row("work", 2020, 4), row("prices", 2021, 5)]
    assert drawn_panels(one_scale) == []
    of_two_days = [row("work", 2020, 4), row("risk", 2021, 5)]  # each is known once: no series
    assert drawn_panels(of_two_days) == []
    assert drawn_panels([row("work", 2020, 4), row("risk", 2020, 5)]) == []
    assert drawn_panels([]) == []


def view_of(*values: float | None) -> View:
    points = tuple(ViewPoint(year=2020 + at, value=value) for at, value in enumerate(values))
    line = ViewLine(part="whole", name="", what="refused", unit="percent", points=points)
    return View(view="visas", pillar=2, question="", words="", is_computable=True, value=1.0, unit="percent", formula="",
                denominator="", caveat="", notes=(), route=None, date_from=None, date_to=None, sources=(), rows=(),
                series=(line,), vintage="v000001", is_demonstration=False)  # fmt: skip


@pytest.mark.parametrize(("values", "drawn"), [((14.8,), 0), ((14.8, 16.0), 1), ((None, 16.0), 1)])
def test_a_figure_of_one_year_is_no_series(values: tuple[float | None, ...], drawn: int) -> None:
    assert len(drawn_lines(view_of(*values))) == drawn
