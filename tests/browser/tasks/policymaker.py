"""What somebody who prepares a decision does with the page; each answer is compared with totals of the same store."""

import io
import re
from datetime import date

from playwright.sync_api import expect
from pypdf import PdfReader

from data.model.route_names import plain_name
from layouts import ids
from tests.browser.tasks.reader import Reader

ROUTE = "central-mediterranean"


def this_year_against_the_last(reader: Reader) -> None:
    last = date.fromisoformat(reader.ask("trends")["as_of"])
    spans = (f"from={year}-01-01&to={last.replace(year=year)}" for year in (last.year, last.year - 1))
    now, before = map(reader.total, spans)
    reader.question("year")
    answer = reader.answer()
    assert f"{now:,}" in answer, answer
    assert f"{before:,}" in answer, answer


def more_dangerous_or_busier(reader: Reader) -> None:
    reader.question("risk")
    said = compared_years(reader)
    rates = [risk["value"] for _, risk in said]
    assert ("rose" if rates[1] > rates[0] else "fell") in reader.answer().rpartition(";")[2]


def how_sure(reader: Reader) -> None:
    reader.question("risk")
    (_, before), (_, after) = compared_years(reader)
    overlap = before["low"] <= after["high"] and after["low"] <= before["high"]
    reader.says("overlap")
    words = reader.page.locator(f"#{ids.ANSWER}").inner_text()
    for one in (before, after):
        low, high = 100 * one["low"], 100 * one["high"]
        digits = 2 if high < 1 else 1  # of a percentage: two that count
        assert f"{low:.{digits}f}–{high:.{digits}f}%" in words
    assert ("do not overlap" in words) is not overlap


def compared_years(reader: Reader) -> list[tuple[int, dict[str, float]]]:
    """Return (deaths, the risk) of the two years that the answer compares, once its sentence states both.

    Deaths are totals of the store; the risk is computed anew from deaths and denominator.
    """
    answer = reader.answer()
    years = re.search(r" in (\d{4}) (?:to .+? in|and) (\d{4})\.", answer)
    label = re.search(r", (deaths per [a-z ]+?) (?:rose|fell|stayed)", answer)
    route = next(one for one in reader.ask("totals?by=route")["groups"] if one["key"] in answer)
    assert years
    assert label
    words = reader.page.locator(f"#{ids.ANSWER}").inner_text()
    found = []
    for year in years.groups():
        days = f"route={route['id']}&from={year}-01-01&to={year}-12-31"
        risk = next(one for one in reader.ask(f"risk?{days}")["variants"] if one["label"] == label.group(1))
        deaths = reader.total(days)
        assert f"{deaths:,}" in words, words
        assert f"{100 * deaths / risk['denominator']:.2f}%" in words, words
        found.append((deaths, risk))
    return found


def which_rose_when_this_fell(reader: Reader) -> None:
    reader.question("compare")
    years = re.search(r"In (\d{4}).* in (\d{4}),", reader.answer())
    assert years
    later, earlier = (by_route(reader, year) for year in years.groups())
    change = {name: people - earlier.get(name, 0) for name, people in later.items()}
    change |= {name: -people for name, people in earlier.items() if name not in later}
    for name in (min(change, key=change.__getitem__), max(change, key=change.__getitem__)):
        row = reader.page.locator(f"#{ids.ANSWER} tr", has=reader.page.get_by_role("rowheader", name=name, exact=True))
        numbers = [f"{earlier.get(name, 0):,}", f"{later.get(name, 0):,}", f"{change[name]:,}".replace("-", "−")]
        expect(row.locator("td")).to_contain_text(["", *numbers])


def by_route(reader: Reader, year: str) -> dict[str, int]:
    found = reader.ask(f"totals?by=route&from={year}-01-01&to={year}-12-31")["groups"]
    return {plain_name(one["id"], one["key"]) if one.get("id") else one["key"]: one["value"] for one in found}


def a_hand_over_of_two_pages(reader: Reader) -> None:
    reader.click(reader.find("summary.chip-button", "Route"))
    reader.type(reader.find(f"#{ids.FIND_ROUTE}"), "Central Med")
    people = reader.total(f"route={ROUTE}")
    expect(reader.find(f"#{ids.SENTENCE}")).to_contain_text(f"{people:,}")
    reader.click(reader.find("details.export:not(.share) > summary"))
    with reader.page.expect_download() as saved:
        reader.click(reader.find('a[data-path$="brief.pdf"]'))
    brief = PdfReader(io.BytesIO(saved.value.path().read_bytes()))
    assert len(brief.pages) == 2
    assert f"{people:,}" in brief.pages[0].extract_text()
