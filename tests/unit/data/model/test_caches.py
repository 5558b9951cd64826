"""What is kept in memory: within its budget, by language, and dropped with what it is about."""

import ast
import gc
import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from callbacks.map_data.cells import values_answer
from callbacks.view.view_model import view_model
from data.counting.engine import cell_counts, cells, people_parts
from data.model import caches, notices
from data.model.byte_size import byte_size
from data.model.caches import CACHES, OVERHEAD, Caches, kept, kept_numbers, kept_small
from data.query.selection import Selection
from data.store.store import Store

ROOT = Path(__file__).parents[4]
MEASURES = ("dead_or_missing", "dead", "missing", "incidents")
# The owner itself; what stands below it (messages by language, dates in words, coordinate systems by name); the three
# vintages that a store opens.
OF_THE_PROGRAM = {
    "data/model/area_codes.py",
    "data/model/caches.py",
    "data/model/notices.py",
    "data/readers/coordinates.py",
    "data/store/store.py",
}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Caches:
    """Return an owner of 8 MB that all functions use."""
    one = Caches(8_000_000)
    monkeypatch.setattr(caches, "CACHES", one)
    return one


def selections(count: int) -> Iterator[Selection]:
    for number in range(count):
        start = date(2014, 1, 1) + timedelta(days=number % 3000)
        yield Selection(start=start, measure=MEASURES[number % 4], resolution_chosen=number // 4 % 4 + 1)


def test_the_budget_holds_under_5000_different_selections(small: Caches, demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    largest = 0
    for number, one in enumerate(selections(5000)):
        assert cell_counts(vintage, one)
        if number % 20 == 0:
            assert values_answer(vintage, one, None)
            assert view_model(vintage, one).sentence
        largest = max(largest, small.usage().bytes)
    assert 4_000_000 < largest <= small.budget


def test_what_is_kept_is_what_memory_holds(small: Caches, demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    cells(vintage, Selection())
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    held = small.usage().bytes
    for one in selections(300):
        people_parts(vintage, one)
        values_answer(vintage, one, None)
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown <= 1.15 * (small.usage().bytes - held)


def test_the_same_question_is_answered_once_and_another_language_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(notices.LOCALES, "fr", "fr_FR")
    asked = []

    @kept
    def answered(number: int) -> str:
        asked.append(number)
        return notices.language_in_use()

    assert [answered(1), answered(1)] == ["en", "en"]
    with notices.speaking("fr"):
        assert answered(1) == "fr"
    assert (asked, answered.kept_values()) == ([1, 1], 2)
    answered.cache_clear()
    assert answered.kept_values() == 0


def test_nothing_is_an_answer_too() -> None:
    asked = []

    @kept_numbers
    def answered(number: int) -> None:
        asked.append(number)

    assert [answered(1), answered(1)] == [None, None]
    assert asked == [1]


def test_a_little_one_is_kept_in_each_language_and_takes_its_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(notices.LOCALES, "fr", "fr_FR")

    @kept_small(2, each=1000)
    def written(value: int) -> str:
        return f"{notices.language_in_use()} {value}"

    with notices.speaking("fr"):
        assert written(1) == "fr 1"
    assert (written(1), written.kept_values()) == ("en 1", 2)


def test_what_is_reserved_leaves_less_room() -> None:
    one = Caches(100_000)
    for key in range(9):
        one.keep(key, bytes(10_000))
    one.reserve(50_000)
    assert one.usage().bytes <= 50_000
    assert one.get(8) == bytes(10_000)


def test_a_value_larger_than_its_share_is_not_kept() -> None:
    one = Caches(100_000)
    one.keep("large", bytes(30_000))
    one.keep("small", bytes(20_000))
    assert (one.get("large"), one.get("small")) == (None, bytes(20_000))


def test_what_is_about_a_vintage_goes_with_it() -> None:
    one, vintage, other = Caches(100_000), object(), object()
    one.keep((len, vintage, 1), "a")
    one.keep((len, other, 1), "b")
    one.drop(about=vintage)
    assert (one.get((len, vintage, 1)), one.get((len, other, 1))) == (None, "b")


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        (bytes(1000), 1000, 1100),
        (np.zeros(1000), 8000, 8200),
        (np.zeros(1000)[10:510], 4000, 4200),
        (pl.DataFrame({"a": np.arange(1000)}), 8000, 8300),
        ([np.zeros(100)] * 50, 800, 1600),  # one array, fifty times
        ({"a": bytes(500), "b": (bytes(500),)}, 1000, 1700),
        (Selection(routes=("x" * 1000,)), 1000, 6000),
        (None, 0, 0),
    ],
)
def test_a_value_is_measured(value: object, least: int, most: int) -> None:
    assert least <= byte_size(value) <= most


def test_an_entry_costs_no_more_than_its_overhead() -> None:
    one = Caches(10_000_000)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(5000):
        one.keep((len, number), None)
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown / 5000 <= OVERHEAD + 120


def test_nobody_but_the_owner_keeps_what_depends_on_data() -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in ("data", "layouts", "callbacks")
        for path in (ROOT / folder).rglob("*.py")
        if _keeps_alone(path.read_text(encoding="utf-8"))
    }
    assert found == OF_THE_PROGRAM


def _keeps_alone(text: str) -> bool:
    """Return whether a module has a cache of its own: lru_cache, or ``cache`` on a function with parameters."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name) and node.id in {"lru_cache", "OrderedDict", "LRUCache", "WeakKeyDictionary"}:
            return True
        if isinstance(node, ast.FunctionDef) and any(ast.unparse(one) == "cache" for one in node.decorator_list):
            given = node.args
            if given.args or given.kwonlyargs or given.vararg:
                return True
    return False


def test_a_cache_of_its_own_is_found() -> None:
    assert _keeps_alone("@lru_cache(maxsize=3)\ndef found(vintage): ...")
    assert _keeps_alone("@cache\ndef found(vintage): ...")
    assert not _keeps_alone("@cache\ndef table(): ...")


def test_the_budget_of_the_process_leaves_room_for_answers() -> None:
    assert CACHES.usage().budget / 2 < CACHES._kept.maxsize
