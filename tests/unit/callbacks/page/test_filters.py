"""What no control of the page holds stays as it came, and goes when the reader clears."""

from datetime import date

import pytest

from callbacks.page.filters import CONTROLS, LAYERS, after, cleared, held_by, without_control
from data.query.selection import Selection
from layouts import ids
from layouts.page.chips import CLEARS
from layouts.text import page as text


def test_cell_countries_and_vintage_stay_through_a_change_of_a_control() -> None:
    chosen = Selection(cell="83194dfffffffff", countries=("LBY",), vintage="v000002", start=date(2020, 1, 1))
    values = [None] * (len(CONTROLS) + len(LAYERS))
    held, _ = held_by(values, chosen=without_control(chosen), zoomed=4)
    assert (held.cell, held.countries, held.vintage, held.start, held.resolution_by_zoom) == (
        chosen.cell,
        ("LBY",),
        "v000002",
        None,
        4,
    )


def test_classes_pressed_in_the_key_are_in_the_address_until_all_are_shown() -> None:
    def pressed(present: Selection, classes: object) -> Selection:
        return after(present, ids.CLASSES, brushed=None, clicked=None, classes={"classes": classes})

    chosen = pressed(Selection(), [3, 0])
    assert chosen.to_query() == "classes=0,3"
    held, misread = held_by([None] * (len(CONTROLS) + len(LAYERS)), chosen=without_control(chosen), zoomed=3)
    assert (held.classes, misread) == (("0", "3"), [])
    assert pressed(chosen, []) == Selection()
    assert pressed(chosen, [9]) == pressed(chosen, "0") == chosen


def test_clearing_takes_every_filter_and_the_pin_and_keeps_the_layers() -> None:
    chosen = Selection(countries=("LBY",), vintage="v000002", layers=("cells",))
    assert cleared(chosen) == Selection(layers=("cells",))
    assert after(chosen, ids.EMPTY_ALL, brushed=None, clicked=None) == Selection(layers=("cells",))


def test_a_pinned_page_says_which_vintage_it_shows_and_where_it_is_gone() -> None:
    day = date(2026, 5, 6)
    assert text.pinned_words(None, "v000003", day) == ""
    assert (
        text.pinned_words("v000003", "v000003", day)
        == "Pinned to vintage v000003 of 6 May 2026; Clear all shows the newest."
    )
    assert text.pinned_words("2026-06-01", "v000003", day).startswith("Pinned")
    assert "not here" in text.pinned_words("v000002", "v000003", day)
    assert "not here" in text.pinned_words("2026-05-05", "v000003", day)


def test_dates_that_cannot_be_read_or_end_before_they_begin_are_told_and_not_used() -> None:
    keys = (*CONTROLS, *LAYERS)
    for days in ({"from": "2023-02-30", "to": "2023-03-31"}, {"from": "2024-01-01", "to": "2023-01-01"}):
        held, misread = held_by([days.get(key) for key in keys], chosen=None, zoomed=3)
        assert (held.start, held.end) == (None, None)
        assert [one.parameter for one in misread] == ["from"]


def test_a_preset_of_dates_ends_on_the_last_day_that_has_data() -> None:
    def chosen(trigger: str, last: date) -> tuple[date | None, date | None]:
        found = after(Selection(), trigger, brushed=None, clicked=None, last=last)
        return found.start, found.end

    assert chosen(ids.LAST_TWELVE_MONTHS, date(2025, 4, 29)) == (date(2024, 5, 1), date(2025, 4, 29))
    assert chosen(ids.LAST_TWELVE_MONTHS, date(2024, 12, 31)) == (date(2024, 1, 1), date(2024, 12, 31))
    assert chosen(ids.LATEST_YEAR, date(2025, 4, 29)) == (date(2025, 1, 1), date(2025, 4, 29))


def test_the_cross_of_a_chip_clears_what_the_chip_says_and_nothing_else() -> None:
    full = Selection(
        routes=("a",),
        regions=("x",),
        countries=("MLT",),
        causes=("c",),
        origins=("o",),
        min_quality=3,
        start=date(2020, 1, 1),
    )
    left = {one: after(full, one, brushed=None, clicked=None) for one in CLEARS}
    assert left[ids.CLEAR_ROUTE] == full.replace(routes=())
    assert left[ids.CLEAR_DATES] == full.replace(start=None)
    assert left[ids.CLEAR_PLACE] == full.replace(regions=(), countries=())
    assert left[ids.CLEAR_MORE] == full.replace(causes=(), origins=(), min_quality=None)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2023", "2023", (date(2023, 1, 1), date(2023, 12, 31))),
        ("2024-02", "2024-2", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2023-07-10", "2023", (date(2023, 7, 10), date(2023, 12, 31))),
        ("2023-13", "2023", (None, None)),
        ("1023", "", (None, None)),
    ],
)
def test_a_month_or_a_year_may_be_typed_for_its_days(
    start: str, end: str, days: tuple[date | None, date | None]
) -> None:
    typed = {"from": start, "to": end}
    values = [typed.get(name, "") for name in CONTROLS] + [[] for _ in LAYERS]
    held, misread = held_by(values, chosen="", zoomed=None)
    assert (held.start, held.end) == days
    assert bool(misread) == (days == (None, None))
