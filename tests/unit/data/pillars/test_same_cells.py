"""What one answer of a view holds back no other answer shows, whatever route and days are asked for: a test that tries."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest

from data.model.absence import BELOW_THRESHOLD, WITHHELD
from data.pillars.models import Asked
from data.pillars.request import rows_of_view
from data.pillars.small_parts import SMALLEST
from data.pillars.views import VIEWS, view_of
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage

ROUTES = {"central-mediterranean": ("SYR", "TUN", "GIN"), "western-mediterranean": ("TUN", "MLI"),
          "darien": ("MLI", "GIN", "SDN")}  # fmt: skip
COUNTS = "unit,route,place,country,nationality,date_from,date_to,value\n"
SOLUTIONS = "year,coo_id,coo_name,coo,coo_iso,coa_id,coa_name,coa,coa_iso,returned_refugees,resettlement,naturalisation,returned_idps\n"
UNODC = "Iso3_code,Indicator,Dimension,Category,Sex,Age,Year,txtVALUE\n"
BOATS = "Date,Year,Quarter,NRM referral,Nationality,Region,Sex,Age Group,Referrals\n"
NAMES = {"SYR": "Syria", "TUN": "Tunisia", "GIN": "Guinea", "MLI": "Mali", "SDN": "Sudan"}
PEOPLE = {2022: {"SYR": 900, "TUN": 31, "GIN": 7, "MLI": 22, "SDN": 410},
          2023: {"SYR": 800, "TUN": 4, "GIN": 40, "MLI": 25, "SDN": 6}}  # fmt: skip
UNITS = ("persons", "returns")


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Vintage:
    """Return a store of three routes with other nationalities each, and of few people of some in each year."""
    folder = tmp_path_factory.mktemp("cells")
    texts = {
        "counts": COUNTS + "".join(
            f"persons_arrived,{route},Italy,ITA,{one},{year}-01-01,{year}-12-31,5000\n"
            for route, every in ROUTES.items() for one in every for year in PEOPLE),
        "solutions": SOLUTIONS + "".join(
            f"{year},,,{one},{one},,,USA,USA,0,{people},0,0\n" for year, every in PEOPLE.items() for one, people in every.items()),
        "victims": UNODC + "".join(
            f"ITA,Detected trafficking victims,by citizenship,{NAMES[one]},{sex},{age},{year},{people}\n"
            for year, every in PEOPLE.items() for one, number in every.items()
            for sex, age, people in (("Total", "Total", "<5" if number < 5 else number), ("Female", "Total", 0),
                                     ("Total", "0 to 17 years", 0))),
        "boats": BOATS + "".join(
            f"{year}-03-31,{year},1,{what},{NAMES[one]},Somewhere,Male,18 to 24,{people}\n"
            for year, every in PEOPLE.items() for one, number in every.items()
            for what, people in (("NRM referral raised", number), ("No NRM referral raised", 3 * number))),
    }  # fmt: skip
    paths = []
    for name, text in texts.items():
        paths.append(folder / f"{name}.csv")
        paths[-1].write_text(text, encoding="utf-8")
    store = Store(folder / "store")
    ingest(paths, store)
    return store.current()


def answers(vintage: Vintage) -> Iterator[tuple[tuple[object, ...], float | None, str]]:
    """Yield each cell that counts people, of every view, route and window, as its answer and as its file have it."""
    days = (None, *(date(year, 1, 1) for year in PEOPLE)), (None, *(date(year, 12, 31) for year in PEOPLE))
    for kind, route, first, last in product(VIEWS.values(), (None, *ROUTES), *days):
        if first and last and last < first:
            continue
        view = view_of(vintage, kind, Asked(route, first, last))
        for row in rows_of_view(view).iter_rows(named=True):
            if row["unit"] in UNITS or row["part"].startswith("referred/"):
                count = row["value"] if row["unit"] in UNITS else row["numerator"]
                yield (kind.id, row["part"], row["what"], row["date_from"], row["date_to"]), count, row["status"]


def test_a_cell_that_one_answer_holds_back_is_shown_by_no_other(held: Vintage) -> None:
    found: dict[tuple[object, ...], set[tuple[float | None, str]]] = {}
    for cell, value, status in answers(held):
        found.setdefault(cell, set()).add((value, status))
    hidden = [cell for cell, every in found.items() if {status for _, status in every} & {BELOW_THRESHOLD, WITHHELD}]
    assert {cell[0] for cell in hidden} == {"resettlement", "trafficking"}
    assert [cell for cell in hidden if any(value is not None for value, _ in found[cell])] == []


def test_no_cell_of_few_people_is_shown_and_no_difference_of_windows_is_one(held: Vintage) -> None:
    cells = {cell: value for cell, value, _ in answers(held) if value}
    assert cells
    assert all(value >= SMALLEST for value in cells.values())
    spans = {(cell[3], cell[4]) for cell in cells if "all" not in str(cell[1])}
    assert {(first, last) for first, last in spans if first.year == last.year} == spans, "parts are of one year each"
