"""The first picture: the page's HTML holds sentence, map and series, and its every link leads to the page again."""

import gzip
import re
from html import unescape
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from callbacks.build import create_app
from callbacks.map_data.cell_codes import cell_key
from callbacks.page.map import map_legends
from callbacks.server.response_cache import PASSING
from callbacks.sheets.first_picture import PATH
from callbacks.sheets.first_words import still_view
from callbacks.view.view_model import view_model
from data.model.notices import say
from data.query.selection import Selection
from data.store.store import Store
from layouts.page.key import key_classes

QUERY = "route=central-mediterranean&from=2017-01-01&to=2017-12-31"
MOST_MAP, MOST_PAGE = 60_000, 150_000  # bytes as they are sent


def plain(page: str) -> str:
    """Return the words of the first picture's sentence."""
    found = re.search(r'<h1 class="first-sentence[^"]*">(.*?)</h1>', page)
    assert found
    return unescape(re.sub(r"</?b>", "", found[1]))


def picture_of(page: str) -> str:
    return page[page.index('<div id="first"') : page.index('id="react-entry-point"')]


def links_of(page: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'<a[^>]* href="(/[^"]*)"', picture_of(page))]


@pytest.fixture
def drawn(client: FlaskClient) -> str:
    """Return the page of a view whose map has been asked for."""
    image = re.search(rf'<img src="({PATH}[^"]*)"', client.get(f"/?{QUERY}").text)
    if image:
        client.get(unescape(image[1]))
    return client.get(f"/?{QUERY}").text


def test_no_page_waits_for_a_map_and_no_server_keeps_one_without(demonstration_store: Store) -> None:
    client = create_app(demonstration_store.folder).server.test_client()
    before = client.get(f"/?{QUERY}")
    image = re.search(rf'<img src="({PATH}[^"]*)"', before.text)
    assert image
    assert before.headers["Cache-Control"] == PASSING[1]
    answer = client.get(unescape(image[1]))
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    after = client.get(f"/?{QUERY}")
    assert answer.text in after.text
    assert after.headers["Cache-Control"] == "no-cache"
    assert PATH not in after.text
    assert after.headers["ETag"] == before.headers["ETag"]  # a browser that has the first has the map beside it


def test_the_html_holds_the_sentence_and_three_series(drawn: str, demonstration_store: Store) -> None:
    view = view_model(demonstration_store.current(), Selection.from_query(QUERY))
    assert plain(drawn) == view.sentence
    assert drawn.count('<div class="series-row ') == 3
    bars = "".join(re.findall(r'<path class="dead[^"]*" d="([^"]*)"', drawn))
    assert bars.count("M") == view.periods.filter(view.periods["dead"] > 0).height
    assert say("statement.demonstration") in drawn


def test_every_link_of_the_first_picture_opens_a_page(drawn: str, client: FlaskClient) -> None:
    links = dict.fromkeys(links_of(drawn))
    pages = [one for one in links if one == "/" or one.startswith("/?")]
    assert len(pages) > 20
    for address in (*pages[:8], *pages[-8:]):
        page = client.get(address).text
        assert plain(page).endswith("."), address
        assert "first-unclear" not in picture_of(page), address


def test_a_cell_says_its_number_and_its_link_shows_the_same(drawn: str, client: FlaskClient) -> None:
    people, address = max(
        (int(number.replace(",", "")), unescape(address))
        for address, number in re.findall(r'<a href="([^"]*cell=[^"]*)"><path[^>]*><title>At least ([\d,]+) pe', drawn)
    )
    chosen = client.get(address).text.split(say("still.chosen"))[1].split("</table>")[0]
    assert f"<td>{people:,}</td>" in chosen


def test_the_key_counts_the_cells_that_the_live_key_counts(drawn: str, demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    shown = still_view(vintage, Selection.from_query(QUERY))
    key, unit = cell_key(vintage, shown), map_legends(vintage, shown)[1]
    said = [one.title for one in key_classes(key.floors, key.counts)]
    assert [unescape(one) for one in re.findall(r'class="still-class" title="([^"]*)"', drawn)] == said
    assert f'<p class="key-unit">{unit}</p>' in unescape(drawn)


def test_as_an_image_the_still_map_has_a_dark_colour_for_every_token(client: FlaskClient) -> None:
    drawing = client.get(f"{PATH}?{QUERY}").text
    night = re.search(r"<style>@media \(prefers-color-scheme:dark\)\{:root\.still-drawing\{(.*?)\}", drawing)
    assert night
    named = set(re.findall(r"var\((--[\w-]+),", drawing))
    assert named == set(re.findall(r"(--[\w-]+):", night[1]))


def test_map_and_page_stay_light(drawn: str) -> None:
    drawing = re.search(r'<svg [^>]*class="still-drawing".*?</svg>', drawn, re.DOTALL)
    assert drawing
    assert len(gzip.compress(drawing[0].encode(), 6)) < MOST_MAP
    assert len(brotli.compress(drawn.encode(), quality=5)) < MOST_PAGE


def test_what_was_not_understood_is_said_first(client: FlaskClient) -> None:
    page = picture_of(client.get("/?route=nowhere-at-all").text)
    assert say("address.heading") in unescape(page)
    assert "nowhere-at-all" in page


def test_without_data_the_first_picture_says_what_to_do(tmp_path: Path) -> None:
    page = create_app(tmp_path / "none").server.test_client().get("/").text
    assert say("still.no_store") in page
    assert 'role="alert"' in page
