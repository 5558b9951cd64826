"""The page opens in Firefox and in WebKit: the first picture, then the live map, or the still map where it must stay."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data.store.store import Store
from tests.harness.engines import Reader, engine_on
from tests.harness.listening import listening_without_webgl2
from tests.harness.serving import DRAWN, serving_here

pytestmark = [pytest.mark.browser, pytest.mark.long]
SIZES = [(1440, 900), (390, 844)]
Picture = Callable[[Reader, str], None]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_live_map_takes_the_place_of_the_first_picture(
    reader: Reader, picture: Picture, address: str, width: int, height: int
) -> None:
    reader.open(f"{address}/", width, height)
    sentence = reader.run("window.firstInTest")
    reader.until("!document.getElementById('first') && !!window.crossings")
    reader.until(DRAWN)
    reader.says("#sentence", sentence)
    picture(reader, f"page-{width}")
    assert reader.run("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_without_webgl2_the_still_map_stays_and_its_cells_lead_on(
    display: str, engine: str, tmp_path: Path, picture: Picture, demonstration_store: Store, width: int, height: int
) -> None:
    with (
        serving_here(demonstration_store, listening_without_webgl2) as address,
        engine_on(display, engine, tmp_path, has_webgl=False) as reader,
    ):
        reader.open(f"{address}/", width, height)
        reader.says("body", "This browser cannot draw the moving map")
        picture(reader, f"still-{width}")
        assert reader.errors() == []
        reader.until("document.querySelectorAll('.still-drawing a').length > 5")
        reader.run("document.querySelectorAll('.still-drawing a')[3].focus()")
        reader.types("\ue007")
        reader.says("body", "The chosen cell")
        reader.until("location.search.includes('cell=')")
