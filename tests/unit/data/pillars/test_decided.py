"""Acts beside the deaths of all routes: the same twelve months before and after, on its routes and on all others."""

from datetime import date

import pytest

from data.pillars.decided import decided
from data.pillars.models import ACT, Asked, Finding
from data.pillars.views import VIEWS, view_of
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.figures.view_series import drawn_lines

CENTRAL, EASTERN = "central-mediterranean", "eastern-mediterranean"


def day(of: date, route: str, people: int) -> dict[str, object]:
    return {"date_from": of, "date_to": of, "route": route, "dead_or_missing": people,
            "record_id": f"{of} {route}", "event_id": f"{of} {route}"}  # fmt: skip


@pytest.fixture
def vintage(publish: object) -> Vintage:
    """Return records of 2014 to 2018 around the statement of 18 March 2016 on the Eastern Mediterranean."""
    assert callable(publish)
    found = publish(
        day(date(2014, 1, 1), CENTRAL, 1), day(date(2015, 3, 17), EASTERN, 100), day(date(2015, 3, 18), EASTERN, 9),
        day(date(2016, 3, 17), EASTERN, 30), day(date(2016, 3, 18), EASTERN, 4), day(date(2017, 3, 17), EASTERN, 6),
        day(date(2017, 3, 18), EASTERN, 200), day(date(2015, 6, 1), CENTRAL, 50), day(date(2016, 6, 1), CENTRAL, 80),
        day(date(2016, 7, 1), "darien", 10), day(date(2018, 12, 31), CENTRAL, 2), first=date(2014, 1, 1),
        last=date(2018, 12, 31),
    )  # fmt: skip
    assert isinstance(found, Vintage)
    return found


def act(found: Finding, route: str, first: str) -> dict[str, object]:
    row = next(one for one in found.rows if one.part == f"{ACT}/{route}/{first}")
    return {"value": row.value, "note": row.note, "status": row.status}


def test_the_twelve_months_from_an_act_stand_beside_those_before_it_and_the_rise_elsewhere(vintage: Vintage) -> None:
    row = act(decided(vintage, Asked()), EASTERN, "2016-03-18")
    assert row["value"] == 4 + 6
    assert "In the twelve months before: 39." in str(row["note"])
    assert "The largest rise elsewhere: Central Mediterranean 50, then 80." in str(row["note"])


@pytest.mark.rule("R10")
def test_an_act_whose_months_are_not_covered_on_both_sides_has_no_figure(vintage: Vintage) -> None:
    found = decided(vintage, Asked())
    assert act(found, CENTRAL, "2014-11-01")["status"] == "not_applicable"  # ten months before are covered
    assert act(found, CENTRAL, "2018-02-01")["value"] is None  # eleven months after are
    assert "2017" in str(found.sentence)


def test_a_route_chooses_the_acts_and_no_other_route_is_left_out(vintage: Vintage) -> None:
    found = decided(vintage, Asked(EASTERN))
    assert {one.part.split("/")[1] for one in found.rows if one.part.startswith(ACT)} == {EASTERN}
    years = [one for one in found.rows if not one.part.startswith(ACT)]
    assert list(dict.fromkeys(one.part for one in years)) == [EASTERN, CENTRAL, "darien"]
    assert {one.date_from.year: one.value for one in years if one.part == EASTERN and one.date_from} == {
        2014: 0, 2015: 109, 2016: 34, 2017: 206, 2018: 0,
    }  # fmt: skip


def test_days_without_an_act_say_so(vintage: Vintage) -> None:
    found = decided(vintage, Asked("darien"))
    assert found.sentence is None
    assert str(found.why).startswith("the list of acts has none")


def test_all_routes_are_drawn_on_one_scale_with_a_mark_where_an_act_begins(demonstration_store: Store) -> None:
    view = view_of(demonstration_store.current(), VIEWS["decided"], Asked())
    assert len(view.series) == 8
    lines = drawn_lines(view)
    assert len(view.acts_on(view.series[0])) > 1
    is_marked = [bool(view.acts_on(line)) for line in view.series]
    assert ["l3 5h-6z" in one.picture for one in lines] == is_marked
    assert True in is_marked
    assert False in is_marked


def test_no_word_says_that_an_act_caused_a_number(demonstration_store: Store) -> None:
    view = view_of(demonstration_store.current(), VIEWS["decided"], Asked())
    told = " ".join([view.question, view.words, view.formula, *(row.note or "" for row in view.rows)]).lower()
    assert not {"because", "caused", "effect", "impact"} & set(told.split())
