"""Few people, hidden by their publisher or by us: nothing that is answered or exported tells them, alone or by difference.

Every view is asked of every route and several windows, as its answer and as its file, and so is every indicator: a
number that tells a hidden one, or two whose difference does, is looked for among all that they say.
"""

import re
from datetime import date
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest

from data.counting.totals import totals
from data.indicators.figures import Asked as Figures
from data.indicators.figures import figures
from data.indicators.sums import parts_only
from data.model.answers import as_json
from data.model.indicators import INDICATORS
from data.model.roles import Role
from data.pillars.law import STEPS as LAW
from data.pillars.law import WHOLE
from data.pillars.models import Asked
from data.pillars.request import rows_of_view
from data.pillars.views import VIEWS, view_of
from data.query.selection import Selection
from data.store.ingest import How, ingest
from data.store.store import Store
from data.store.vintage import Vintage

ROUTE = "central-mediterranean"
SECRET = 7
HEAD = "unit,route,place,country,nationality,date_from,date_to,value\n"
DECISIONS = "year,coo,coo_iso,coa,coa_iso,procedure_type,dec_level,dec_pc,dec_recognized,dec_other,dec_rejected,dec_closed,dec_total\n"


def counts(small: int) -> str:
    months = [("2024-01-01", "2024-01-31", {"SYR": 4_100, "TUN": 2_050, "": 1_003}),
              ("2024-02-01", "2024-02-29", {"SYR": 5_300, "TUN": 3_170, "GUY": small, "": 2_011})]  # fmt: skip
    return HEAD + "".join(f"persons_arrived,{ROUTE},Italy,ITA,{one},{first},{last},{value}\n"
                          for first, last, values in months for one, value in values.items())  # fmt: skip


@pytest.fixture
def seen(tmp_path: Path) -> Vintage:
    """Return what the public sees of a store in which seven people of one nationality arrived."""
    store = Store(tmp_path / "store")
    own, others = tmp_path / "own.csv", tmp_path / "decisions.csv"
    own.write_text(counts(SECRET), encoding="utf-8")
    rows = [f"2024,{one},{one},ITA,ITA,G,FI,P,{yes},0,{no},0,{yes + no}\n"
            for one, yes, no in (("SYR", 900, 100), ("TUN", 100, 900), ("GUY", 300, 700))]  # fmt: skip
    others.write_text(DECISIONS + "".join(rows), encoding="utf-8")
    ingest([others], store)
    ingest([own], store, how=How(sensitivity="restricted"))
    return store.current().seen_by(Role.PUBLIC, today=date(2026, 1, 1))


WINDOWS = ((None, None), (date(2024, 1, 1), date(2024, 12, 31)), (date(2024, 1, 1), date(2024, 1, 31)),
           (date(2024, 2, 1), date(2024, 2, 29)), (date(2023, 1, 1), date(2023, 12, 31)),
           (date(2023, 1, 1), date(2024, 12, 31)))  # fmt: skip
PLAIN = r"(?<![\w.])\d+(?:\.0)?(?![\w.])"


def numbers(vintage: Vintage) -> set[int]:
    """Return every whole number in what views, their files, indicators and totals say, of several windows."""
    said = []
    for first, last in WINDOWS:
        for route in (None, ROUTE):
            views = [view_of(vintage, kind, Asked(route, first, last)) for kind in VIEWS.values()]
            said += [as_json(view).decode() for view in views]
            said += [rows_of_view(view).write_csv() for view in views]
            selection = Selection(start=first, end=last, routes=(route,) if route else ())
            said += [
                as_json(totals(vintage, selection, measure="arrivals", by=by)).decode() for by in ("month", "route")
            ]
        said += [figures(vintage, Figures(one, start=first, end=last)).write_csv() for one in INDICATORS.values()]
    text = re.sub(r"\d{4}-\d\d-\d\d", "", "\n".join(said))
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text).replace(",", " , ")
    return {int(float(found)) for found in re.findall(PLAIN, text)}


def test_no_number_and_no_difference_of_two_tells_a_small_group(seen: Vintage) -> None:
    large = {number for number in numbers(seen) if number > 1_000}
    assert "Guyana" not in as_json(view_of(seen, VIEWS["protection"], Asked(ROUTE))).decode()
    assert not [pair for pair in combinations(sorted(large), 2) if pair[1] - pair[0] == SECRET]


def test_the_search_finds_the_group_where_nothing_is_held_back(tmp_path: Path) -> None:
    """Without narrowing the total with and the total without the group differ by it: the search is not blind."""
    for name, small in (("with", SECRET), ("without", 0)):
        path = tmp_path / f"{name}.csv"
        path.write_text(counts(small), encoding="utf-8")
        ingest([path], Store(tmp_path / name))
    large = numbers(Store(tmp_path / "with").current()) | numbers(Store(tmp_path / "without").current())
    assert [pair for pair in combinations(sorted(n for n in large if n > 1_000), 2) if pair[1] - pair[0] == SECRET]


STEPS = ("Persons brought into formal contact", "Persons prosecuted", "Persons convicted")
UNODC = "Iso3_code,Indicator,Dimension,Category,Sex,Age,Year,txtVALUE\n"
OTHER_PARTS = (("by form of exploitation", "Forced labour", "Total"), ("by citizenship", "Syrian Arab Republic", "Total"),
               ("by country of repatriation", "Syrian Arab Republic", "Total"), ("Total", "Total", "0 to 17 years"))  # fmt: skip
HIDDEN = (4, 4)  # women and men of each of two states: their total can only be eight


def trafficking(path: Path, year: int) -> Path:
    """Write a table in the layout of UNODC in which two states have few people, and three have many."""
    rows = []
    for step, base in zip(STEPS, (11_000, 23_000, 47_000), strict=True):
        for at, area in enumerate(("ITA", "DEU", "ESP")):
            parts = (base + 100 * year % 977 + 1_301 * at, base + 211 * at + 17)
            rows += lines(area, step, year, parts)
        rows += [line for area in ("FRA", "PRT") for line in lines(area, step, year, HIDDEN)]
        rows += [f"ITA,{step},{dimension},{category},Total,{age},{year},{base // 2}\n"
                 for dimension, category, age in OTHER_PARTS]  # fmt: skip
    path.write_text(UNODC + "".join(rows), encoding="utf-8")
    return path


def lines(area: str, step: str, year: int, parts: tuple[int, int]) -> list[str]:
    shown = ["<5" if 0 < value < 5 else str(value) for value in (*parts, sum(parts))]
    return [f"{area},{step},Total,Total,{sex},Total,{year},{value}\n"
            for sex, value in zip(("Female", "Male", "Total"), shown, strict=True)]  # fmt: skip


def sums_of_shown(vintage: Vintage) -> set[int]:
    """Return what a reader adds up of the totals that are shown, by step and year."""
    every = pl.concat(figures(vintage, Figures(INDICATORS[one])) for one in LAW)
    totals = parts_only(every, WHOLE).drop_nulls("value")
    return {int(one) for one in totals.group_by("indicator", "date_from").agg(pl.col("value").sum())["value"]}


def differences(every: set[int]) -> set[int]:
    """Return the small differences of two large numbers."""
    large = sorted(number for number in every if number > 1_000)
    return {two - one for one, two in combinations(large, 2) if two - one < 50}


def test_what_a_publisher_hides_is_told_by_no_view_no_file_and_no_figure(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([trafficking(tmp_path / f"{year}.csv", year) for year in (2023, 2024)], store)
    vintage = store.current()
    view = view_of(vintage, VIEWS["prosecution"], Asked(None, date(2024, 1, 1), date(2024, 12, 31)))
    assert view.is_computable
    assert "2 left out" in str(view.rows[0].note)
    said, shown = numbers(vintage), sums_of_shown(vintage)
    assert shown <= said
    assert not differences(said | shown) & {8, 16, 24, 32}


def test_the_search_finds_what_is_hidden_where_sums_hold_all_that_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the guard of sums the two states are in them, and the difference to what is shown tells both."""
    monkeypatch.setattr("data.indicators.told_sums.are_safe", lambda _: True)
    store = Store(tmp_path / "store")
    ingest([trafficking(tmp_path / "2024.csv", 2024)], store)
    vintage = store.current()
    assert 2 * sum(HIDDEN) in differences(numbers(vintage) | sums_of_shown(vintage))
