"""A group of few people in a source that is not public: nothing that is answered tells it, alone or by difference."""

import re
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from data.counting.totals import totals
from data.model.answers import as_json
from data.model.roles import Role
from data.pillars.models import Asked
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


def numbers(vintage: Vintage) -> set[int]:
    """Return every whole number in what views and totals answer of several windows."""
    windows = [(None, None), (date(2024, 1, 1), date(2024, 12, 31)), (date(2024, 1, 1), date(2024, 1, 31)),
               (date(2024, 2, 1), date(2024, 2, 29))]  # fmt: skip
    said = []
    for first, last in windows:
        for route in (None, ROUTE):
            said += [as_json(view_of(vintage, kind, Asked(route, first, last))).decode() for kind in VIEWS.values()]
            selection = Selection(start=first, end=last, routes=(route,) if route else ())
            said += [
                as_json(totals(vintage, selection, measure="arrivals", by=by)).decode() for by in ("month", "route")
            ]
    text = re.sub(r"\d{4}-\d\d-\d\d", "", " ".join(said)).replace(",", "")
    return {int(float(found)) for found in re.findall(r"(?<![\w.])\d+(?:\.0)?(?![\w.])", text)}


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
