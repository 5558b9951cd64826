"""What is said of a store's state: each fault once, with its level and a way back, and nothing of a whole one."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from data.__main__ import main
from data.counting.check import check_store
from data.store.health import ERROR, NOTE, WARNING, Finding, state_of
from data.store.history import JOURNAL
from data.store.ingest import ingest
from data.store.pointer import CURRENT
from data.store.store import Store
from tests.harness.killed_writer import numbered_file
from tests.harness.older_store import restate, write_as_of


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    for number in range(2):
        ingest([numbered_file(tmp_path, number)], made)
    return made


def one_finding(store: Store) -> Finding:
    found = state_of(store.folder)
    assert len(found) == 1, found
    return found[0]


def test_nothing_is_said_of_a_whole_store_and_nothing_is_left_in_it(store: Store) -> None:
    before = sorted(store.folder.rglob("*"))
    assert state_of(store.folder) == []
    assert sorted(store.folder.rglob("*")) == before


def test_a_store_that_is_not_there_or_empty_says_how_to_begin(tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path):
        found = state_of(folder)
        assert [one.level for one in found] == [ERROR]
        assert "python -m data ingest FILE" in found[0].words


def test_a_store_of_which_nothing_is_whole_is_told_with_each_vintage(store: Store) -> None:
    for name in store.names():
        (store.folder / name / "manifest.json").unlink()
    found = state_of(store.folder)
    assert [one.level for one in found] == [ERROR] * 3
    assert "no vintage in it can be read" in found[0].words
    assert all(name in "".join(one.words for one in found) for name in store.names())
    assert main(["log", "--store", str(store.folder)]) == 0  # the log beside a lost manifest is read all the same


def test_a_vintage_of_another_program_is_told_with_what_to_do(store: Store) -> None:
    restate(store.folder / "v000001", store.open("v000001").manifest | {"schema_version": 99})
    found = one_finding(store)
    assert (found.level, "Update this program" in found.words) == (ERROR, True)
    restate(store.folder / "v000001", {"schema_version": 1, "files": {}})
    assert "Ingest the files again" in one_finding(store).words


def test_a_damaged_older_vintage_may_be_mended_or_forgotten(store: Store) -> None:
    shutil.copytree(store.folder, store.folder.parent / "copy", symlinks=True)
    (store.folder / "v000001" / "counts.parquet").write_bytes(b"PAR1")
    found = one_finding(store)
    assert found.level == ERROR
    assert found.sentence == "v000001/counts.parquet does not match its SHA-256: it was altered or damaged."
    assert "restore FOLDER" in found.way_back
    assert "vintages --forget v000001" in found.way_back
    assert main(["vintages", "--forget", "v000001", "--store", str(store.folder)]) == 0
    assert state_of(store.folder) == []


def test_vintages_without_a_hash_of_their_manifest_are_noted_and_whole(store: Store) -> None:
    write_as_of(4, store.folder / "v000001")
    found = one_finding(store)
    assert (found.level, found.way_back) == (NOTE, "")
    assert "v000001 was published before the hash of a manifest was kept" in found.words
    report = check_store(Store(store.folder))
    assert (report.problems, report.notes) == ([], [found.words])
    assert main(["check", "--store", str(store.folder)]) == 0


@pytest.mark.parametrize(
    ("days", "level", "words"),
    [
        ((date(2026, 11, 1), date(2026, 10, 1)), NOTE, "v000002 is dated 2026-10-01, before 2026-11-01"),
        ((date(2026, 11, 1), date(2999, 1, 1)), NOTE, "v000002 is dated 2999-01-01, which is to come"),
    ],
)
def test_a_clock_that_was_wrong_is_noted_and_everything_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: tuple[date, ...], level: str, words: str
) -> None:
    store = Store(tmp_path / "dated")
    for number, day in enumerate(days):
        with monkeypatch.context() as clock:
            for who in ("data.store.ingest.today", "data.store.vintage_files.today"):
                clock.setattr(who, lambda day=day: day)
            ingest([numbered_file(tmp_path, number)], store)
    found = one_finding(store)
    assert (found.level, words in found.words) == (level, True)
    assert check_store(store).problems == []
    assert [store.open(name).counts["value"].sum() for name in (None, "v000001")] == [3, 1]


def test_lines_of_the_journal_that_cannot_be_read_are_named(store: Store) -> None:
    (store.folder / JOURNAL).write_text('{"command": "forget"}\n\n{"command": "resto\n[]\n')
    found = one_finding(store)
    assert (found.level, "3 and 4" in found.words) == (WARNING, True)
    (store.folder / JOURNAL).unlink()
    (store.folder / JOURNAL).mkdir()
    assert "journal.jsonl cannot be read" in one_finding(store).words


def test_what_was_put_aside_is_noted(store: Store) -> None:
    (store.folder / ".damaged-v000001").mkdir()
    (store.folder / ".tmp-v000003-9").mkdir()
    found = one_finding(store)
    assert found.level == NOTE
    assert ".damaged-v000001 and .tmp-v000003-9" in found.words


def test_a_lost_current_is_told(store: Store) -> None:
    (store.folder / CURRENT).unlink()
    assert (one_finding(store).level, CURRENT in one_finding(store).words) == (WARNING, True)
