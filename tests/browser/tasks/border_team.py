"""What a team that looks after a stretch of border or sea does with the page."""

import json
import urllib.request
from datetime import date, timedelta

from playwright.sync_api import expect

from layouts import ids
from tests.browser.tasks.reader import Reader
from tests.harness.serving import wait_until

TOWN, CITY = "Lampedusa", "Istanbul"
SECTOR = f"place={TOWN}&radius_km=100"
SHEET = ".sheet-link"


def state_sector(reader: Reader) -> None:
    reader.question("sector")
    reader.type(reader.find('.question-form [data-ask="place"] input'), TOWN)
    expect(reader.find(".sector-answer h3")).to_contain_text(TOWN)


def a_sheet_of_my_sector(reader: Reader) -> None:
    state_sector(reader)
    people = reader.ask(f"sector?{SECTOR}")["places"]["inside"]["people"]
    with reader.context.expect_page() as opened:
        reader.click(reader.find(SHEET))
    expect(opened.value.locator("h1")).to_contain_text(f"{people:,}")
    expect(opened.value.locator("h1")).to_contain_text(f"within 100 km of {TOWN}")


def where_to_look_this_month(reader: Reader) -> None:
    reader.question("hotspots")
    menu = reader.find('[data-ask="patterns"] select')
    reader.click(reader.find("details.question-options:has([data-ask='patterns']) > summary"))
    reader.choose(menu, "yes")
    found = reader.ask("hotspots?study_area=mediterranean&emerging=yes")
    reader.says(f"{found['cells_in_study_area']:,}")
    now = [one for one in found["cells"] if one.get("emerging") in ("new", "consecutive", "intensifying")]
    for one in now[:3]:
        reader.says(one["place"])


def what_is_new_since_my_last_visit(reader: Reader) -> None:
    """Watch the sector on a day before the newest records; come back now, on a page that was never opened."""
    latest = date.fromisoformat(reader.ask("trends")["as_of"])
    visit = latest - timedelta(days=90)
    reader.page.clock.set_fixed_time(f"{visit}T09:00:00Z")
    state_sector(reader)
    reader.click(reader.find("details.watch > summary"))
    reader.click(reader.find('[data-list="keep"]'))
    expect(reader.find(f"#{ids.WATCH_LIST} li")).to_contain_text(TOWN)
    reader.come_back()
    reader.question("sector")
    reader.click(reader.find('[data-list="open"]'))
    found = reader.ask(f"sector?{SECTOR}&since={visit}")["new"]["recorded"]
    reader.says(f"New since {visit.day} {visit:%B %Y}")
    reader.says(f"{found['records']} incident" if found["records"] else "No incident is dated")
    if found["records"]:
        reader.says(f"at least {found['people']:,}")


def a_threshold_with_a_test_alert(reader: Reader) -> None:
    state_sector(reader)
    reader.click(reader.find("details.sector-more > summary", "Planning thresholds"))
    reader.type(reader.find('[data-ask="incidents_above"] input'), "1")
    reader.click(reader.find('[data-list="try-alert"]'))
    found = reader.ask(f"sector?{(reader.find(SHEET).get_attribute('href') or '').partition('?')[2]}")["thresholds"][0]
    alert = reader.find(f"#{ids.ALERTS}")
    expect(alert).to_be_visible()
    expect(alert).to_contain_text("Test alert")
    expect(alert).to_contain_text(TOWN)
    expect(alert).to_contain_text(f"{found['value']:,}")
    expect(alert).to_contain_text(found["state"])


def a_place_is_found(reader: Reader) -> None:
    reader.click(reader.find("summary.chip-button", "Place"))
    reader.type(reader.find(f"#{ids.FIND_PLACE}"), CITY)
    with urllib.request.urlopen(f"{reader.address}/basemap/places.json", timeout=60) as answer:
        places = json.load(answer)["features"]
    longitude, latitude = next(one["geometry"]["coordinates"] for one in places if one["properties"]["name"] == CITY)
    centre = "window.crossings.innerMap().getCenter()"
    wait_until(reader.page, f"Math.hypot({centre}.lng - {longitude}, {centre}.lat - {latitude}) < 0.5")


def a_view_is_kept_offline(reader: Reader) -> None:
    sentence = reader.find(f"#{ids.SENTENCE}").inner_text()
    reader.click(reader.find("details.share > summary"))
    reader.click(reader.find(f"#{ids.KEEP_VIEW}"))
    expect(reader.find(f"#{ids.KEPT_VIEWS} [role=status]")).to_contain_text("Kept.")
    kept = reader.find(".kept-list a").get_attribute("href") or ""
    reader.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    reader.context.set_offline(offline=True)
    later = reader.context.new_page()
    later.goto(kept)
    later.get_by_text("A kept copy, as of").wait_for()
    assert later.locator(".first-sentence").inner_text() == sentence
