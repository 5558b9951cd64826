"""What somebody who publishes does with the page: nothing that leaves it may differ from what it says."""

import csv
import io
import re
import urllib.request
import zipfile
from html import unescape

from playwright.sync_api import expect

from layouts import ids
from tests.browser.tasks.reader import Reader

EXPORT = "details.export:not(.share) > summary"


def check_a_quote(reader: Reader) -> None:
    found = reader.ask("quote?text=1%20in%2035")
    reader.question("quote")
    reader.type(reader.find('.question-form [data-ask="text"] input'), "1 in 35")
    reader.says("1 in 35")
    for one in (*found["matches"], *found["nearest"])[:1]:
        reader.says(one["sentence"])
        deaths = reader.total(f"route={one['route']}&from={one['from']}&to={one['to']}")
        assert deaths == one["deaths"]


def a_chart_of_deaths_alone(reader: Reader) -> None:
    reader.click(reader.find(".row-dead .series-name"))
    expect(reader.page.locator(".series-row:visible")).to_have_count(1)
    reader.click(reader.find(EXPORT))
    with reader.page.expect_download() as saved:
        reader.click(reader.find('a[data-path$="series.svg"]'))
    drawn = saved.value.path().read_text()
    words = re.sub(r"<[^>]+>", " ", drawn)
    assert "dead or missing" in words
    assert not re.search("etections|arrived|arrivals", words), words


def the_numbers_behind_exactly_it(reader: Reader) -> None:
    reader.click(reader.find("summary.chip-button", "Dates"))
    reader.click(reader.find(f"#{ids.LATEST_YEAR}"))
    expect(reader.page).to_have_url(re.compile(r"from=\d{4}-01-01"))
    days = re.search(r"from=[\d-]+&to=[\d-]+", reader.page.url)
    assert days
    people = reader.total(days.group())
    expect(reader.find(f"#{ids.SENTENCE}")).to_contain_text(f"{people:,}")
    reader.click(reader.find(EXPORT))
    with reader.page.expect_download() as saved:
        reader.click(reader.find('a[data-path$="incidents.csv"]'))
    with zipfile.ZipFile(saved.value.path()) as files:
        name = next(one for one in files.namelist() if one.endswith(".csv"))
        rows = list(csv.DictReader(io.StringIO(files.read(name).decode("utf-8-sig"))))
    assert sum(int(row["dead_or_missing"] or 0) for row in rows) == people > 0


def a_link_and_an_embed_that_do_not_change(reader: Reader) -> None:
    reader.click(reader.find("details.share > summary"))
    reader.click(reader.find(f"#{ids.SHARE_PINNED}"))
    link = copied(reader)
    reader.click(reader.find(f"#{ids.SHARE_EMBED}"))
    code = copied(reader, unlike=link)
    frame = unescape(re.search(r'src="([^"]+)"', code).group(1))  # type: ignore[union-attr]
    vintage = reader.ask("totals")["vintage"]
    assert all(f"vintage={vintage}" in one for one in (link, frame))
    people = f"{reader.total(f'vintage={vintage}'):,}"
    for page in (content(link), content(frame)):
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
        assert heading
        assert people in heading.group(1)
    drawing = unescape(re.search(r'<img src="([^"]+)"', content(frame)).group(1))  # type: ignore[union-attr]
    assert f"vintage={vintage}" in drawing
    assert content(reader.address + drawing) == content(reader.address + drawing)


def copied(reader: Reader, unlike: str = "") -> str:
    """Return what was copied last."""
    for _ in range(50):
        words = str(reader.page.evaluate("navigator.clipboard.readText()"))
        if words and words != unlike:
            return words
        reader.page.wait_for_timeout(50)
    raise AssertionError("nothing was copied")


def content(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.read().decode())
