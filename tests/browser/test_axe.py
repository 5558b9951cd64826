"""axe finds nothing, at any level, on any page: the page with what opens on it, sheets, frames, files, refusals."""

from collections.abc import Callable, Iterator
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route

from callbacks.questions.table import QUESTIONS
from layouts import ids
from tests.harness.serving import wait_until

pytestmark = pytest.mark.browser
Size = tuple[int, int]
WIDE, NARROW = (1440, 900), (390, 844)
LOOKS: Final = [(size, theme) for theme in ("light", "dark") for size in (WIDE, NARROW)]
NAMES: Final = [f"{theme}-{size[0]}" for size, theme in LOOKS]
PLAIN: Final = (
    "/sector", "/sector?place=Lampedusa&radius_km=100&since=2025-01-01&incidents_above=5", "/sector?area=Itly",
    "/pillars", "/pillars/1?route=central-mediterranean", "/pillars/2", "/pillars/3?route=central-mediterranean", "/pillars/4",
    "/embed?figure=map", "/embed?figure=series", "/embed?figure=nonsense", "/api/v1/", "/no-such-page",
    "/api/v1/cells?measure=none", "/login", "/login/callback", "/api/v1/exports/view.html",
)  # fmt: skip
ASKED: Final = {
    "pillars": "&route=central-mediterranean&ask.view=visas",
    "quote": "&ask.text=1 in 250",
    "sector": "&ask.place=Lampedusa&ask.incidents_above=5",
}
OPENS: Final = ("details.opens > summary", "details.export > summary", f"#{ids.SHOW_TABLE}", f"#{ids.SHOW_SOURCES}")


@pytest.fixture(scope="module", params=LOOKS, ids=NAMES)
def looked_at(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[BrowserContext, Size]]:
    """Return a browser of one size and theme, which all pages share."""
    size, theme = request.param
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=theme,
                                  device_scale_factor=0.5)  # fmt: skip
    context.set_default_timeout(60_000)
    yield context, size
    context.close()


def violations(page: Page) -> list[tuple[str, str | None, str]]:
    """Return what axe finds: the rule, how grave, and the first element that breaks it."""
    found = Axe().run(page).response["violations"]
    return [(rule["id"], rule["impact"], rule["nodes"][0]["html"][:200]) for rule in found]


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def live(context: BrowserContext, address: str) -> Page:
    """Return the page once it is live."""
    page = opened(context, address)
    page.locator("#first").wait_for(state="detached")
    return page


@pytest.mark.parametrize("path", PLAIN)
def test_nothing_on_a_page_without_the_live_map(
    looked_at: tuple[BrowserContext, Size], address: str, path: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    context, _ = looked_at
    if path.endswith("view.html"):
        body = context.request.get(f"{address}{path}").body()
        file = tmp_path_factory.mktemp("view") / "view.html"
        file.write_bytes(body)
        page = opened(context, file.as_uri())
    else:
        page = opened(context, f"{address}{path}")
    assert violations(page) == []
    page.close()


def without_scripts(route: Route) -> None:
    """Load all but scripts, so that what stands before the live page stays."""
    if route.request.resource_type == "script":
        route.abort()
    else:
        route.continue_()


@pytest.mark.long
def test_nothing_on_the_first_picture_without_scripts(browser: Browser, address: str) -> None:
    for (width, height), theme in LOOKS:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, device_scale_factor=0.5
        )
        context.route("**/*", without_scripts)
        page = opened(context, f"{address}/?route=central-mediterranean")
        page.locator("#first").wait_for()
        page.add_style_tag(content="#react-entry-point { display: none; }")  # as for whoever has no scripts
        assert violations(page) == [], (width, theme)
        context.close()


@pytest.mark.long
def test_nothing_on_the_page_with_anything_open(looked_at: tuple[BrowserContext, Size], address: str) -> None:
    """Open each word's list, the table, the sources, the dock of a phone; look at each."""
    context, _ = looked_at
    page = live(context, f"{address}/")
    wrong = {"nothing open": violations(page)}
    for name, opening in acts(page).items():
        opening()
        wrong[name] = violations(page)
        page.keyboard.press("Escape")
    assert {name: found for name, found in wrong.items() if found} == {}
    page.close()


def acts(page: Page) -> dict[str, Callable[[], None]]:
    """Return what opens something that this size shows, by its words."""
    found = {}
    for selector in OPENS:
        for one in page.locator(selector).all():
            if one.is_visible():
                found[one.inner_text() or selector] = one.click
    return found


@pytest.mark.long
@pytest.mark.parametrize("name", [question.id for question in QUESTIONS])
def test_nothing_in_an_answer(looked_at: tuple[BrowserContext, Size], address: str, name: str) -> None:
    context, _ = looked_at
    page = live(context, f"{address}/?ask={name}{ASKED.get(name, '')}")
    page.locator(f"#{ids.ANSWER} h3").first.wait_for()
    wait_until(page, f"!document.querySelector('#{ids.ANSWER}[aria-busy]')")
    assert violations(page) == []
    page.close()


@pytest.mark.long
def test_nothing_in_the_cards_of_a_cell_and_a_route(looked_at: tuple[BrowserContext, Size], address: str) -> None:
    context, _ = looked_at
    cells = context.request.get(f"{address}/api/v1/cells?resolution=3").json()["cells"]
    largest = max(cells, key=lambda cell: cell["value"] or 0)["cell"]
    page = live(context, f"{address}/?cell={largest}")
    page.locator(f"#{ids.DRAWER}").get_by_role("heading").first.wait_for()
    assert violations(page) == []
    page.close()
