"""What a reader does in Firefox and in WebKit on a phone: the tabs, the sheet, a question, Back; and a view kept offline."""

from collections.abc import Callable

import pytest
from selenium.webdriver.common.keys import Keys

from data.store.store import Store
from layouts import ids
from tests.harness.engines import Reader
from tests.harness.listening import listening
from tests.harness.serving import DRAWN, serving_here

pytestmark = [pytest.mark.browser, pytest.mark.long]
Picture = Callable[[Reader, str], None]


def opened(reader: Reader, address: str) -> None:
    reader.open(address, 390, 844)
    reader.until("!document.getElementById('first') && !!window.crossings")
    reader.until(DRAWN)


def test_a_tab_replaces_what_is_open_and_back_closes_it(reader: Reader, picture: Picture, address: str) -> None:
    opened(reader, f"{address}/?v=2&cell=83194dfffffffff")
    reader.sees(f"#{ids.DRAWER}")
    picture(reader, "cell-390")
    reader.click(f"#{ids.TAB_TIME}")
    reader.sees(f"#{ids.DRAWER}", not_any=True)
    inside = "(({ top, bottom }) => top < innerHeight - 100 && bottom > 100)"
    reader.until(f"{inside}(document.getElementById('{ids.SERIES}').getBoundingClientRect())")
    picture(reader, "time-390")
    reader.click(f"#{ids.TAB_TABLE}")
    reader.says(f"#{ids.TABLE_BODY}", "Place of the cell's centre")
    picture(reader, "table-390")
    reader.back()
    reader.sees(f"#{ids.TABLE_BODY}", not_any=True)
    reader.click(f"#{ids.TAB_QUESTIONS}")
    reader.says(f"#{ids.ANSWER} h3", "at least")
    picture(reader, "question-390")


def test_the_sheet_is_pulled_up_and_back_lets_it_down(reader: Reader, picture: Picture, address: str) -> None:
    opened(reader, f"{address}/")
    middle = reader.run("document.querySelector('.sheets').scrollTop")
    reader.run("document.querySelector('.sheets').scrollTop = 2000")
    reader.until("(history.state.open || []).includes('whole')")
    picture(reader, "sheet-390")
    reader.back()
    reader.until(f"Math.abs(document.querySelector('.sheets').scrollTop - {middle}) < 2")


def test_the_menu_has_the_dark(reader: Reader, picture: Picture, address: str) -> None:
    opened(reader, f"{address}/")
    reader.click(".bar-menu")
    picture(reader, "menu-390")
    reader.click("button", "Dark")
    reader.until("getComputedStyle(document.querySelector('.bar')).backgroundColor === 'rgb(23, 29, 35)'")
    reader.types(Keys.ESCAPE)
    reader.until("document.querySelector('.bar-menu').ariaExpanded === 'false'")
    reader.until(DRAWN)
    picture(reader, "dark-390")


def test_a_kept_view_opens_without_a_network(reader: Reader, picture: Picture, demonstration_store: Store) -> None:
    with serving_here(demonstration_store, listening) as address:
        reader.open(f"{address}/?v=2&route=central-mediterranean")
        reader.until("!document.getElementById('first') && !!window.crossings")
        sentence = reader.run(f"document.getElementById('{ids.SENTENCE}').innerText")
        reader.click(".share > summary")
        reader.click(f"#{ids.KEEP_VIEW}")
        reader.says(f"#{ids.KEPT_VIEWS}", "Kept.")
        kept = reader.run("document.querySelector('.kept-list a').href")
        reader.driver.execute_async_script("navigator.serviceWorker.ready.then(arguments[0])")
    reader.driver.get(kept)
    reader.says("body", "A kept copy, as of")
    reader.sees(".first-unwired", not_any=True)  # the browser could draw the moving map
    reader.says(".first-sentence", sentence)
    reader.until("document.querySelectorAll('.still-drawing a').length > 5")
    picture(reader, "kept-1440")
