"""A vintage is opened, kept and built on only while every byte of it is as it was published."""

import os
import shutil
from pathlib import Path

import polars as pl
import pytest

from data.__main__ import main
from data.model.errors import StoreError
from data.model.schema import TABLES, empty
from data.store.disk import sha256_of
from data.store.history import JOURNAL, add_line, read_log
from data.store.ingest import ingest
from data.store.mending import restore
from data.store.opening import open_older, open_vintage
from data.store.pointer import CURRENT
from data.store.publication import MANIFEST, PUBLICATION
from data.store.store import MOST_OPEN, Store
from data.store.unfinished import mark, marked
from data.store.vintage_ref import vintage_folders
from tests.harness.killed_writer import leave_unpublished, numbered_file
from tests.harness.older_store import restate


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    for number in range(2):
        ingest([numbered_file(tmp_path, number)], made)
    return made


def test_a_manifest_that_was_edited_is_found_by_its_hash(store: Store) -> None:
    path = store.folder / "v000002" / MANIFEST
    path.write_text(path.read_text().replace('"detections": 3', '"detections": 4'))
    with pytest.raises(StoreError, match=r"v000002/manifest\.json does not match its SHA-256"):
        open_vintage(path.parent)
    path.write_text("{}")
    with pytest.raises(StoreError, match="v000002 has no readable manifest"):
        open_vintage(path.parent)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (None, "is missing"),
        (b"", "does not match"),
        (b"{}", "does not match"),
        (b'{}\n{"sha256": "0"}\n', "does not match"),
        ("folder", "does not match"),
    ],
)
def test_days_and_log_that_are_lost_or_torn_are_found(store: Store, left: bytes | str | None, words: str) -> None:
    path = store.folder / "v000002" / PUBLICATION
    path.unlink()
    if isinstance(left, bytes):
        path.write_bytes(left)
    elif left:
        path.mkdir()
    with pytest.raises(StoreError, match=rf"v000002/publication\.jsonl {words}"):
        open_vintage(path.parent)
    assert store.current().name == "v000001"


def test_a_file_that_cannot_be_read_is_told_with_the_reason_of_the_disk(store: Store) -> None:
    path = store.folder / "v000002" / "counts.parquet"
    path.unlink()
    path.symlink_to("/proc/self/mem")  # a file whose first byte the system refuses
    with pytest.raises(StoreError, match=r"v000002/counts\.parquet cannot be read: Input/output error"):
        open_vintage(path.parent)


def test_a_table_of_other_columns_is_told_though_its_hash_is_right(store: Store) -> None:
    folder = store.folder / "v000002"
    manifest = dict(store.open("v000002").manifest)
    pl.DataFrame({"a": [1]}).write_parquet(folder / "log.parquet")
    manifest["files"] |= {"log.parquet": {"rows": 1, "sha256": sha256_of(folder / "log.parquet")}}
    restate(folder, manifest)
    with pytest.raises(StoreError, match=r"v000002/log\.parquet has other columns than the schema"):
        open_vintage(folder)


def test_a_file_that_only_looks_changed_is_read(store: Store) -> None:
    opened = store.current()
    path = store.folder / "v000002" / "counts.parquet"
    shutil.copyfile(path, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)
    os.utime(path, (1, 1))
    assert opened.counts["value"].sum() == 3
    assert store.lost() is None


def test_an_older_vintage_that_was_damaged_after_it_was_opened_is_opened_again(store: Store) -> None:
    folder = store.folder / "v000001"
    whole = (folder / "counts.parquet").read_bytes()
    opened, pinned = open_older(folder, beside=store.current()), store.open("v000001")
    assert opened is not None
    assert open_older(folder, beside=store.current()) is opened
    (folder / "counts.parquet").write_bytes(whole[::-1])
    for vintage in (opened, pinned):
        with pytest.raises(StoreError, match=r"v000001/counts\.parquet does not match"):
            _ = vintage.counts
    assert open_older(folder, beside=store.current()) is None
    with pytest.raises(StoreError, match=r"v000001/counts\.parquet does not match"):
        store.open("v000001")
    (folder / "counts.parquet").write_bytes(whole)
    assert store.open("v000001").counts["value"].sum() == 1
    again = open_older(folder, beside=store.current())
    assert again is not None
    assert again.counts["value"].sum() == 1


def test_few_pinned_vintages_are_held_and_all_are_served(store: Store, tmp_path: Path) -> None:
    for number in range(2, MOST_OPEN + 3):
        ingest([numbered_file(tmp_path, number)], store)
    names = store.names()[:-1]
    assert len(names) > MOST_OPEN
    for name, value in zip(names * 2, [2**n - 1 for n in range(1, len(names) + 1)] * 2, strict=True):
        assert store.open(name).counts["value"].sum() == value


@pytest.mark.parametrize("first", [True, False])
def test_what_is_published_while_a_reader_looks_is_seen_at_its_next_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, first: bool
) -> None:
    store, late = Store(tmp_path / "store"), [numbered_file(tmp_path, 1)]
    if not first:
        ingest([numbered_file(tmp_path, 0)], Store(store.folder))
        (store.folder / CURRENT).unlink()

    def list_late(folder: Path) -> list[Path]:
        found = vintage_folders(folder)
        if late:
            ingest([late.pop()], Store(folder))  # after the list was made, before it is used
        return found

    monkeypatch.setattr("data.store.in_use.vintage_folders", list_late)
    if first:
        with pytest.raises(StoreError, match="holds no data yet"):
            store.current()
    else:
        assert store.current().name == "v000001"
    assert store.current().counts["value"].sum() == (2 if first else 3)
    assert store.lost() is None


def test_a_query_that_fails_verifies_all_files_once_in_a_while(store: Store) -> None:
    first = store.current()
    store.doubt()
    second = store.current()
    assert second is not first
    store.doubt()
    assert store.current() is second


def test_an_ingest_builds_on_nothing_that_was_damaged_after_it_was_opened(store: Store, tmp_path: Path) -> None:
    assert store.current().name == "v000002"
    path = store.folder / "v000002" / "counts.parquet"
    path.write_bytes(path.read_bytes()[::-1])
    with pytest.raises(StoreError, match=r"v000002, the newest vintage.*rollback v000001"):
        ingest([numbered_file(tmp_path, 2)], store)
    assert store.names() == ["v000001", "v000002"]


def test_tables_that_are_none_are_published_not_even_in_part(store: Store) -> None:
    tables = {name: empty(name) for name in TABLES if name != "log"}
    with pytest.raises(KeyError):
        store.publish(tables, {})
    assert (store.names(), store.newest_name()) == (["v000001", "v000002"], "v000002")
    assert not list(store.folder.glob(".tmp-*"))


def test_what_a_killed_writer_left_of_current_is_swept(store: Store, tmp_path: Path) -> None:
    (store.folder / f".{CURRENT}-1").symlink_to("v000009")
    ingest([numbered_file(tmp_path, 2)], store)
    assert not list(store.folder.glob(f".{CURRENT}-*"))


def test_a_line_of_the_journal_that_was_cut_stays_alone(store: Store) -> None:
    (store.folder / JOURNAL).write_text('{"command": "rest')
    assert add_line(store.folder, {"command": "forget", "after": "v000002"}) == ""
    assert [one.command for one in read_log(store.folder, "v000002")] == ["ingest", "ingest", "forget"]


def test_a_copy_that_is_none_or_holds_nothing_whole_changes_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "nowhere", store.folder):
        with pytest.raises(StoreError, match="holds no other copy"):
            restore(store, folder)
    (tmp_path / "torn" / "v000001").mkdir(parents=True)
    for name in store.names():
        (store.folder / name / MANIFEST).unlink()
    assert main(["restore", str(tmp_path / "torn"), "--store", str(store.folder)]) == 2
    with pytest.raises(StoreError, match="No vintage is whole"):
        restore(store, tmp_path / "torn")


def test_a_day_on_which_a_damaged_vintage_may_have_been_the_newest_is_refused(store: Store, tmp_path: Path) -> None:
    day = store.published()[-1].published
    (store.folder / "v000002" / PUBLICATION).unlink()
    opened = Store(store.folder)
    with pytest.raises(StoreError, match=f"What was known on {day} cannot be told: v000002 is damaged"):
        opened.open(day)
    assert opened.open("v000001").counts["value"].sum() == 1


def test_what_is_published_between_two_looks_at_current_is_in_use_and_no_fault(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late, told = [numbered_file(tmp_path, 2)], list[str]()

    def list_after_a_writer(folder: Path) -> list[Path]:
        if late:
            ingest([late.pop()], Store(folder))  # after CURRENT was read, before the names are
        return vintage_folders(folder)

    monkeypatch.setattr("data.store.in_use.vintage_folders", list_after_a_writer)
    reader = Store(store.folder, tell=told.append)
    assert (reader.current().name, reader.lost(), told) == ("v000003", None, [])


def test_a_mark_stays_only_on_what_was_never_published(store: Store, tmp_path: Path) -> None:
    left = leave_unpublished(store, numbered_file(tmp_path, 2))
    for name in ("v000002", "v000077"):  # the one in use, and one that is not there
        mark(store.folder, name)
    ingest([numbered_file(tmp_path, 3)], store)
    assert (left, marked(store.folder)) == ("v000003", {"v000003"})
