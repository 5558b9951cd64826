"""What a reader does in Firefox and in WebKit at a desk: a route, dates, a cell, a month, a question, a picture, the dark."""

import json
import re
import urllib.request
from collections.abc import Callable

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from geo.cells import cell_centre, cell_from_text
from layouts import ids
from tests.harness.engines import Reader
from tests.harness.serving import DRAWN

pytestmark = [pytest.mark.browser, pytest.mark.long]
Picture = Callable[[Reader, str], None]


def asked(address: str, path: str) -> dict[str, object]:
    with urllib.request.urlopen(f"{address}/api/v1/{path}", timeout=60) as answer:
        return dict(json.load(answer))


def opened(reader: Reader, address: str) -> None:
    reader.open(address)
    reader.until("!document.getElementById('first') && !!window.crossings")
    reader.until(DRAWN)


def test_a_route_is_chosen_and_back_undoes_it(reader: Reader, picture: Picture, address: str) -> None:
    opened(reader, f"{address}/")
    reader.click(".chip-name", "Route")
    reader.until(f"document.activeElement.id === '{ids.FIND_ROUTE}'")
    reader.types("central med", Keys.ENTER)
    total = asked(address, "totals?route=central-mediterranean")["total"]
    reader.says(f"#{ids.SENTENCE}", f"{total:,}")
    reader.says(f"#{ids.SENTENCE}", "Central Mediterranean")
    reader.until(DRAWN)
    picture(reader, "route-1440")
    reader.back()
    reader.says(f"#{ids.SENTENCE}", f"{asked(address, 'totals')['total']:,}")


def test_other_dates_change_the_sentence_and_the_address(reader: Reader, address: str) -> None:
    opened(reader, f"{address}/")
    reader.click(".chip-name", "Dates")
    reader.find(f"#{ids.START}").click()
    reader.run(f"document.getElementById('{ids.START}').select()")
    reader.types("2019-01-01", Keys.ENTER)
    reader.says(f"#{ids.SENTENCE}", f"{asked(address, 'totals?from=2019-01-01')['total']:,}")
    reader.until("location.search.includes('from=2019-01-01')")


def test_a_cell_that_is_pointed_at_says_its_number_and_a_click_opens_its_card(
    reader: Reader, picture: Picture, address: str
) -> None:
    cells = asked(address, "cells?resolution=3")["cells"]
    assert isinstance(cells, list)
    largest = max(cells, key=lambda cell: cell["value"] or 0)
    longitude, latitude = cell_centre(cell_from_text(largest["cell"]))
    opened(reader, f"{address}/?v=2&view={longitude:.3f},{latitude:.3f},6&layers=cells&resolution=3")
    reader.points("#map", (0.48, 0.5), (0.5, 0.5))
    reader.says(f"#{ids.CELL_TIP}", f"{largest['value']:,}")
    reader.points("#map", (0.5, 0.5), act=ActionChains.click)
    reader.until(f"location.search.includes('cell={largest['cell']}')")
    reader.says(f"#{ids.DRAWER}", f"{largest['value']:,}")
    reader.says(f"#{ids.DRAWER}", "Invented report")
    picture(reader, "cell-1440")


def test_the_time_axis_is_read_by_pointer_and_keys_and_brushed(reader: Reader, picture: Picture, address: str) -> None:
    opened(reader, f"{address}/")
    cursor, box = f"#{ids.SERIES_CURSOR}", f"#{ids.SERIES_BOX}"
    reader.points(cursor, (0.28, 0.5), (0.3, 0.5))
    reader.says(box, "dead or missing")
    picture(reader, "month-1440")
    reader.run(f"document.querySelector('{cursor}').focus()")
    reader.types(Keys.HOME, Keys.ARROW_RIGHT)
    reader.until(f"document.querySelector('{cursor}').ariaValueText?.startsWith('February 2014; ')")
    reader.points(cursor, (0.3, 0.5), (0.4, 0.5), (0.6, 0.5), act=ActionChains.click_and_hold)
    ActionChains(reader.driver).release().perform()
    query = reader.until("location.search.match(/from=[\\d-]+&to=[\\d-]+/)?.[0]")
    reader.says(f"#{ids.SENTENCE}", f"{asked(address, f'totals?{query}')['total']:,}")


def test_a_question_is_answered_beside_the_map(reader: Reader, picture: Picture, address: str) -> None:
    opened(reader, f"{address}/?v=2&route=central-mediterranean")
    reader.click(f"#{ids.SHOW_QUESTIONS}")
    reader.says(f"#{ids.ANSWER} h3", "at least")
    reader.click(f"#{ids.QUESTIONS} label", "More dangerous, or just busier?")
    reader.says(f"#{ids.ANSWER}", "deaths per attempt")
    reader.until(f"!document.querySelector('#{ids.ANSWER}[aria-busy]')")
    picture(reader, "question-1440")
    assert reader.run("document.querySelector('.map-panel').offsetWidth") > 400
    reader.types(Keys.ESCAPE)
    reader.sees(f"#{ids.QUESTIONS}", not_any=True)


def test_dark_is_chosen_and_remembered(reader: Reader, picture: Picture, address: str) -> None:
    opened(reader, f"{address}/")
    reader.click(".bar button", "Dark")
    paper = "getComputedStyle(document.querySelector('.bar')).backgroundColor"
    reader.until(f"{paper} === 'rgb(23, 29, 35)'")
    reader.until(DRAWN)
    picture(reader, "dark-1440")
    opened(reader, f"{address}/?v=2&from=2019-01-01")
    reader.until(f"{paper} === 'rgb(23, 29, 35)'")


def test_the_list_of_files_gives_pictures_of_what_is_shown(reader: Reader, picture: Picture, address: str) -> None:
    opened(reader, f"{address}/?v=2&from=2019-01-01&route=central-mediterranean")
    reader.click("details.export summary")
    reader.sees("a.export-file")
    picture(reader, "export-1440")
    middles = (
        "[...document.querySelector('.export-choices').children].map((one) => one.offsetTop + one.offsetHeight / 2)"
    )
    assert max(reader.run(middles)) - min(reader.run(middles)) < 2  # a choice and its name share a row
    links = reader.run("[...document.querySelectorAll('a.export-file')].map((one) => one.getAttribute('href'))")
    for ending, kind in (
        (r"map\.png", "image/png"),
        (r"map\.svg", "image/svg+xml"),
        (r"brief\.pdf", "application/pdf"),
    ):
        path = next(link for link in links if re.search(ending, link))
        assert "from=2019-01-01&route=central-mediterranean" in path
        answer = reader.driver.execute_async_script(
            "const done = arguments[1];"
            "fetch(arguments[0]).then(async (one) => done([one.status, one.headers.get('content-type'), (await one.blob()).size]))",
            path,
        )
        assert answer[0] == 200
        assert answer[1].split(";")[0] == kind
        assert answer[2] > 10_000
    reader.types(Keys.ESCAPE)
    reader.sees("a.export-file", not_any=True)
