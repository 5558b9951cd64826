"""The same files give the same bytes on any day; the days stand in what no hash covers, and are read from there."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from data.model.vocabulary import FILES
from data.sectors.vintage_diff import day_retrieved
from data.store.ingest import How, ingest
from data.store.mending import roll_back
from data.store.publication import PUBLICATION
from data.store.store import Store
from tests.conftest import REAL_FILES

DAYS = (date(2026, 11, 1), date(2027, 2, 28))
WHO_DATES = ("data.store.ingest.today", "data.store.vintage_files.today")


def ingested_on(days: tuple[date, ...], files: list[list[Path]], folder: Path, patch: pytest.MonkeyPatch) -> Store:
    """Return a store to which each list of files came on its day; the last day goes on."""
    store = Store(folder)
    for at, some in enumerate(files):
        for who in WHO_DATES:
            patch.setattr(who, lambda at=at: days[min(at, len(days) - 1)])
        patch.setattr("data.store.history.now_in_words", lambda at=at: f"{days[min(at, len(days) - 1)]}T00:00:00+00:00")
        ingest(some, store, how=How(approve="a test"))
    roll_back(store, "v000001", reason=None)
    return store


def hashes(store: Store) -> dict[str, str]:
    files = [path for name in store.names() for path in (store.folder / name).iterdir() if path.name != PUBLICATION]
    return {str(path.relative_to(store.folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def check_equal(one: Store, other: Store) -> None:
    assert len(hashes(one)) >= 10 * len(one.names()) > 10  # seven tables, two of what was replaced, a manifest
    assert hashes(one) == hashes(other)
    assert [store.current().mark for store in (one, other)] == [one.current().mark] * 2


def test_the_demonstration_ingested_on_two_days_is_equal_to_the_byte(
    tmp_path: Path, demonstration_files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [demonstration_files[:1], [*demonstration_files, FILES / "routes.geojson"]]
    one = ingested_on(DAYS[:1], files, tmp_path / "one", monkeypatch)
    other = ingested_on(DAYS, files, tmp_path / "other", monkeypatch)
    check_equal(one, other)
    assert [found.published for found in one.published()] == ["2026-11-01"] * 3
    assert [found.published for found in other.published()] == ["2026-11-01", "2027-02-28", "2027-02-28"]
    assert (other.open("2026-11-01").name, other.open("2027-02-28").name) == ("v000001", "v000003")
    assert [day_retrieved(store.open("v000002")) for store in (one, other)] == list(DAYS)
    assert {str(day) for day in other.open("v000002").sources["retrieved"]} == {str(DAYS[1])}
    assert day_retrieved(other.open("v000003")) == DAYS[0]  # a vintage that is stated again keeps the days of its files
    kept = [(entry["vintage"], entry["published"]) for entry in other.current().publication.history]
    assert kept == [("v000001", "2026-11-01"), ("v000002", "2027-02-28"), ("v000003", "2027-02-28")]


def test_publishers_files_ingested_on_two_days_are_equal_to_the_byte(
    tmp_path: Path, real_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [[real_data / name for name in REAL_FILES[1:3]], [real_data / name for name in REAL_FILES[3:]]]
    one, other = (ingested_on(days, files, tmp_path / str(len(days)), monkeypatch) for days in (DAYS[:1], DAYS))
    check_equal(one, other)
