"""The words of the header: the number and its noun are strong, the chips say what is chosen."""

from datetime import date

from dash import html

from data.query.selection import Selection
from layouts.text.header import (
    dates_words,
    more_words,
    place_words,
    route_words,
    short_notes,
    short_notes_words,
    strong_number,
)

NAMES = {"route": {"a": "Route A"}, "region": {"x": "Region X"}, "country": {"MLT": "Malta"}, "cause": {}}
COVERED = (date(2014, 1, 4), date(2025, 4, 29))


def test_the_number_and_its_noun_are_strong_and_no_word_of_the_sentence_is_lost() -> None:
    sentence = "At least 74,376 people died or went missing."
    before, strong, after = strong_number(sentence, 74_376)
    assert isinstance(strong, html.Strong)
    assert strong.children == "74,376 people"
    assert before + strong.children + after == sentence


def test_a_sentence_without_its_number_stays_as_it_is() -> None:
    assert strong_number("No one is recorded.", 0) == ["No one is recorded."]
    assert strong_number("Not counted.", None) == ["Not counted."]


def test_chips_say_what_is_chosen_and_what_is_meant_where_nothing_is() -> None:
    nothing = Selection()
    assert route_words(NAMES["route"], (), 33) == "All 33"
    assert route_words(NAMES["route"], ("a",), 33) == "Route A"
    assert route_words(NAMES["route"], ("a", "b"), 33) == "2 chosen"
    assert dates_words(nothing, COVERED) == "Jan 2014 – Apr 2025"
    assert dates_words(nothing.replace(start=date(2025, 4, 1)), COVERED) == "Apr 2025"
    july = nothing.replace(start=date(2023, 7, 10), end=date(2023, 7, 20))
    assert dates_words(july, COVERED) == "10–20 Jul 2023"
    assert dates_words(july.replace(start=date(2023, 6, 1)), COVERED) == "1 Jun 2023 – 20 Jul 2023"
    assert dates_words(july.replace(start=date(2023, 7, 20)), COVERED) == "20 Jul 2023"
    assert dates_words(july.replace(start=date(2023, 7, 1), end=date(2023, 7, 31)), COVERED) == "Jul 2023"
    assert dates_words(nothing, (None, None)) == ""
    assert place_words(nothing, NAMES) == "Worldwide"
    assert place_words(nothing.replace(countries=("MLT",)), NAMES) == "Malta"
    assert more_words(nothing) == ""
    assert more_words(nothing.replace(causes=("drowning",), origins=("mali",), min_quality=3)) == "3 chosen"


def test_the_short_note_names_only_what_is_left_out() -> None:
    assert short_notes({"not_located": 0, "wider_area": 0, "not_dated": None}) == ""
    route = {"not_located": 442, "wider_area": 7470, "not_dated": 0}
    assert short_notes(route) == "442 of them not placed on the map · 7,470 only to a wider area"
    assert (
        short_notes({"not_located": 4882, "not_dated": 13}) == "4,882 of them not placed on the map · 13 without a date"
    )


def test_the_note_has_a_shorter_form_for_narrow_windows() -> None:
    shorter = short_notes_words({"not_located": 4882, "not_dated": 13})[1]
    parts = [one if isinstance(one, str) else one.children for one in shorter.children]
    assert (shorter.className, parts) == ("short", ["4,882 not on the map ·", " ", "13 undated"])
    assert short_notes_words({"not_located": 0, "not_dated": None}) == []
