"""What is taken away from the page: addresses follow the choices and the view; one picture is copied; failures in words."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from data.query.parameters import ADDRESS_VERSION
from layouts.standalone.embed import embed_code
from tests.harness.serving import DRAWN, wait_until

pytestmark = pytest.mark.browser

QUERY = "?from=2018-01-01&view=15,36,3.5"
SHOWN = "from=2018-01-01&view=15,36,3.5"
IS_ON_TOP = """(link) => { const at = link.getBoundingClientRect();
  return link.contains(document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2)); }"""


def opened(open_page: Callable[..., Page], *, width: int = 1440, height: int = 900) -> Page:
    page = open_page(QUERY, width=width, height=height)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if width < 600:
        page.get_by_role("button", name="Menu", exact=True).click()
    page.locator("details.export summary").first.focus()
    page.keyboard.press("Enter")
    return page


def addresses(page: Page) -> dict[str, str]:
    """Return the address of every file by its name."""
    found = page.locator("a.export-file").evaluate_all(
        "(links) => links.map((a) => [a.ariaLabel, a.getAttribute('href')])"
    )
    return dict(found)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_every_address_states_what_is_shown(open_page: Callable[..., Page], width: int, height: int) -> None:
    page = opened(open_page, width=width, height=height)
    page.get_by_role("button", name="Square").click()
    page.get_by_role("button", name="3×").click()
    assert page.get_by_role("button", name="Square").get_attribute("aria-pressed") == "true"
    files = addresses(page)
    assert files["map as PNG"] == f"/api/v1/exports/map.png?{SHOWN}&size=square&scale=3"
    assert files["series as SVG"] == f"/api/v1/exports/series.svg?{SHOWN}&size=square"
    assert files["brief as PDF"] == f"/api/v1/exports/brief.pdf?{SHOWN}"
    assert files["view as HTML"] == f"/api/v1/exports/view.html?{SHOWN}"
    assert files["segments as GeoPackage"].split("?")[0] == "/api/v1/exports/segments.gpkg"
    assert files["cells as CSV alone"].startswith("/api/v1/exports/cells.csv?dictionary=no&from=2018-01-01")
    page.get_by_text("More formats").click()
    links = page.locator("a.export-file").all()
    assert len(links) == 8 + 8 + 14 + 4
    for link in links:
        link.scroll_into_view_if_needed()
        assert link.evaluate(IS_ON_TOP), link.get_attribute("aria-label")
    if width < 700:
        page.get_by_role("button", name="Close export").click()
        assert page.evaluate("document.activeElement.textContent") == "Export"


def test_a_picture_is_copied_and_so_is_the_servers_code_for_a_frame(
    open_page: Callable[..., Page], address: str
) -> None:
    page = opened(open_page)
    page.get_by_role("button", name="Copy the series as a PNG picture").click()
    page.locator("#export-said").filter(has_text="Picture copied.").wait_for()
    kinds = page.evaluate("navigator.clipboard.read().then((items) => items.flatMap((one) => one.types))")
    assert kinds == ["image/png"]
    page.keyboard.press("Escape")
    page.locator("details.share summary").click()
    page.get_by_role("button", name="Copy embed code").click()
    page.locator("#shared").filter(has_text="Copied.").wait_for()
    code = page.evaluate("navigator.clipboard.readText()")
    vintage = page.locator("details.share").get_attribute("data-vintage")
    assert code == embed_code(f"v={ADDRESS_VERSION}&{SHOWN}&vintage={vintage}", address=address)


def test_a_picture_that_cannot_be_made_is_said_in_words(open_page: Callable[..., Page]) -> None:
    page = opened(open_page)

    def refuse(route: Route) -> None:
        route.fulfill(status=200, content_type="text/plain", body="no picture")

    page.route("**/api/v1/exports/map.png*", refuse)
    page.get_by_role("button", name="Copy the map as a PNG picture").click()
    page.locator("#export-said").filter(has_text="The picture could not be copied").wait_for()


def test_a_route_opens_where_its_picture_is_and_the_map_stays_when_more_is_chosen(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("?route=central-mediterranean")
    stated = page.locator('meta[name="crossings:view"]').get_attribute("content") or ""
    longitude, latitude, zoom = map(float, stated.split(","))
    wait_until(page, f"{DRAWN} && Math.abs(crossings.innerMap().getZoom() - {zoom}) < 0.3")  # of a smaller room
    middle = page.evaluate(f"crossings.innerMap().project([{longitude}, {latitude}])")
    panel, key = page.locator(".map-panel").bounding_box(), page.locator(".key:not(.answer-key)").bounding_box()
    assert panel
    assert key
    assert abs(middle["x"] - panel["width"] / 2) < 12  # in the room that the key leaves free
    assert 0 < middle["y"] < key["y"] - panel["y"]
    assert "view=" not in page.url
    page.get_by_text("Quarter", exact=True).first.click()
    wait_until(page, "/view=[-\\d.]+,[-\\d.]+,[\\d.]+/.test(location.search)")
