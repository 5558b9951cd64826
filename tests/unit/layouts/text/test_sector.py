"""The sentences of a sector: one, several and none are written as they are counted."""

from datetime import date

import pytest

from data.model.notices import Notice, say
from data.sectors.answer_model import RecordChange
from data.sectors.feed import sentence
from data.sectors.season_model import Season
from layouts.text.sector import change_line, class_labels, incident_line, season_words


def change(**more: object) -> RecordChange:
    plain = {"change": "added", "record_id": "a", "nth": 1, "date_from": date(2024, 2, 1), "date_to": date(2024, 2, 1)}
    return RecordChange(**plain | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("people", "words"),
    [(None, "1 February 2024: number not reported"), (0, "1 February 2024: at least 0 people"),
     (1, "1 February 2024: at least 1 person"), (1200, "1 February 2024: at least 1,200 people")],
)  # fmt: skip
def test_an_incident_says_at_least_how_many(people: int | None, words: str) -> None:
    assert incident_line(change(dead_or_missing=people)) == words


def test_a_change_says_what_was_stated_before_and_only_where_it_changed() -> None:
    assert change_line(change(place="Off {Zarzis}")) == "Added: 1 February 2024, Off {Zarzis}: number not reported"
    was = {"was_dead_or_missing": 1, "was_date_from": date(2024, 1, 5), "was_date_to": date(2024, 1, 5)}
    now = change(change="changed", dead_or_missing=2, latitude=1.0, longitude=1.0, **was)
    assert change_line(now) == (
        "Changed: 1 February 2024: at least 2 people (before: at least 1 person) (dated before: 5 January 2024) (its "
        "place was stated otherwise)"
    )


def test_a_feed_says_when_where_and_how_many() -> None:
    assert sentence(change(date_to=date(2024, 2, 3), place="Off Zarzis.", dead_or_missing=1)) == (
        "Recorded: 2024-02-01 to 2024-02-03, Off Zarzis. At least 1 person dead or missing."
    )
    nothing = change(change="vanished", date_from=None, date_to=None)
    assert sentence(nothing) == "No longer published: not dated. Number of dead or missing not reported."


@pytest.mark.parametrize(
    ("incidents", "no_number", "words"),
    [(0, 0, "0 recorded incidents."), (1, 1, "1 recorded incident. 1 of them states no number."),
     (2, 2, "2 recorded incidents. 2 of them state no number.")],
)  # fmt: skip
def test_records_without_a_number_are_counted(incidents: int, no_number: int, words: str) -> None:
    assert say("sectors.sheet.under_heading", incidents=incidents, no_number=no_number, others=None) == words


@pytest.mark.parametrize(
    ("hot", "untested", "begin", "end"),
    [(0, 0, "No cell of the sector is statistically hot", "included)."),
     (1, 1, "One cell of the sector is", "so nothing is said of it."),
     (2, 2, "2 cells of the sector are", "so nothing is said of them.")],
)  # fmt: skip
def test_hot_cells_are_counted(hot: int, untested: int, begin: str, end: str) -> None:
    words = str(Notice("sectors.hot.words", hot=hot, untested=untested, tests=300, area="Sahara"))
    assert words.startswith(begin)
    assert words.endswith(end)


def test_the_cells_that_are_not_shown_are_counted() -> None:
    values = {"edge": "69", "missing": 1, "people": 2, "how": "Stays."}
    one, more = (say("sectors.cells.note", hidden=hidden, **values) for hidden in (1, 2))
    assert "And 1 more cell. 1 incident is in no cell of this size (2 people). Stays. The order" in one
    assert "And 2 more cells. 1 incident" in more


def test_a_month_that_no_past_year_covers_is_named() -> None:
    empty = Season(month=2, to_day=29, years=[], people=None, incidents=None, same_days=None, last_year=None,
                   this_year=None)  # fmt: skip
    assert season_words(empty) == ["No past February is wholly covered."]


def test_the_last_class_is_open() -> None:
    assert class_labels((1, 3, 10, 30, 100, 3000)) == ["1–2", "3–9", "10–29", "30–99", "100–2,999", "3,000+"]
