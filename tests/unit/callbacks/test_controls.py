"""What no control of the page holds stays as it came, and goes when the reader clears."""

from datetime import date

from callbacks.filters import CONTROLS, LAYERS, after, cleared, held_by, without_control
from data.selection import Selection
from layouts import ids, text


def test_cell_countries_and_vintage_stay_through_a_change_of_a_control() -> None:
    chosen = Selection(cell="83194dfffffffff", countries=("libya",), vintage="v000002", start=date(2020, 1, 1))
    values = [None] * (len(CONTROLS) + len(LAYERS))
    held = held_by(values, chosen=without_control(chosen), zoomed=4)
    assert (held.cell, held.countries, held.vintage, held.start, held.zoomed) == (
        chosen.cell,
        ("libya",),
        "v000002",
        None,
        4,
    )


def test_clearing_takes_every_filter_and_the_pin_and_keeps_the_layers() -> None:
    chosen = Selection(countries=("libya",), vintage="v000002", layers=("cells",))
    assert cleared(chosen) == Selection(layers=("cells",))
    assert after(chosen, ids.EMPTY_ALL, brushed=None, clicked=None) == Selection(layers=("cells",))


def test_a_pinned_page_says_which_vintage_it_shows_and_where_it_is_gone() -> None:
    day = date(2026, 5, 6)
    assert text.pinned(None, "v000003", day) == ""
    assert text.pinned("v000003", "v000003", day) == "Pinned to vintage v000003 of 6 May 2026; Clear shows the newest."
    assert text.pinned("2026-06-01", "v000003", day).startswith("Pinned")
    assert "not here" in text.pinned("v000002", "v000003", day)
    assert "not here" in text.pinned("2026-05-05", "v000003", day)
