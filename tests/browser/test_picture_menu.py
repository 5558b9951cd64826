"""Pictures from the page: the addresses follow the choices and the view; one is copied; a failure is said in words."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser

QUERY = "?from=2018-01-01&view=15,36,4"


def opened(open_page: Callable[..., Page], *, width: int = 1440, height: int = 900) -> Page:
    page = open_page(QUERY, width=width, height=height)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("details.export summary").first.click()
    return page


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_a_pictures_address_states_what_is_shown(open_page: Callable[..., Page], width: int, height: int) -> None:
    page = opened(open_page, width=width, height=height)
    page.get_by_role("button", name="Square").click()
    page.get_by_role("button", name="3×").click()
    picture = page.locator('a.export-picture[data-path$="map.png"]')
    picture.hover()
    assert picture.get_attribute("href") == ("/api/v1/exports/map.png?from=2018-01-01&view=15,36,4&size=square&scale=3")
    drawing = page.locator('a.export-picture[data-path$="series.svg"]').get_attribute("href")
    assert drawing == "/api/v1/exports/series.svg?from=2018-01-01&view=15,36,4&size=square"
    assert page.get_by_role("button", name="Square").get_attribute("aria-pressed") == "true"


def test_a_picture_is_copied(open_page: Callable[..., Page]) -> None:
    page = opened(open_page)
    page.get_by_role("button", name="Copy the series as a PNG picture").click()
    page.locator("#export-said").filter(has_text="Picture copied.").wait_for()
    kinds = page.evaluate("navigator.clipboard.read().then((items) => items.flatMap((one) => one.types))")
    assert kinds == ["image/png"]


def test_a_picture_that_cannot_be_made_is_said_in_words(open_page: Callable[..., Page]) -> None:
    page = opened(open_page)

    def refuse(route: Route) -> None:
        route.fulfill(status=200, content_type="text/plain", body="no picture")

    page.route("**/api/v1/exports/map.png*", refuse)
    page.get_by_role("button", name="Copy the map as a PNG picture").click()
    page.locator("#export-said").filter(has_text="The picture could not be copied").wait_for()
