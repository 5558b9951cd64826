"""The store: atomic, verified, and never disturbing a reader."""

import multiprocessing
import os
import time
from datetime import date
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path

import polars as pl
import pytest
from filelock import FileLock, Timeout
from polars.testing import assert_frame_equal

from data.__main__ import main
from data.counting.check import check_store
from data.model.errors import AbsentError, CrossingsError, DataError, StoreError
from data.store import disk
from data.store.ingest import ingest
from data.store.opening import IN_MEMORY
from data.store.pointer import CURRENT
from data.store.store import Store
from tests.harness.older_store import restate

FRONTEX = "route,type,nat,t,n\nBlack Sea Route,Sea,BGD,2009-02,{}\nBlack Sea Route,Sea,BGD,{}-01,0\n"
PLAIN = 1000  # a count large enough that one more is no large change


def counts_file(folder: Path, value: int, name: str = "frontex.csv") -> Path:
    path = folder / name
    path.write_text(FRONTEX.format(PLAIN + value, 2010 + value))  # what is larger is newer: it reaches a later year
    return path


def value(store: Store) -> int:
    return int(store.current().counts["value"].sum()) - PLAIN


def test_an_ingest_makes_a_new_vintage_and_keeps_the_old(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([counts_file(tmp_path, 4)], store)
    before = store.current()
    ingest([counts_file(tmp_path, 5)], store)
    assert (before.counts["value"].sum() - PLAIN, value(store)) == (4, 5)
    assert store.names() == ["v000001", "v000002"]


def test_ingesting_the_same_file_twice_counts_it_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    for _ in range(2):
        ingest([counts_file(tmp_path, 4)], store)
    assert value(store) == 4


def test_a_refused_file_leaves_the_published_vintage(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([counts_file(tmp_path, 4)], store)
    bad = tmp_path / "bad.csv"
    bad.write_text("<!doctype html><html><body>Error 503</body></html>")
    with pytest.raises(DataError):
        ingest([counts_file(tmp_path, 9, "new.csv"), bad], store)
    assert (store.names(), value(store)) == (["v000001"], 4)


def test_an_altered_file_is_found_at_start_and_by_check(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([counts_file(tmp_path, 4)], store)
    path = store.current().folder / "counts.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"counts\.parquet does not match its SHA-256"):
        Store(tmp_path / "store").current()
    assert check_store(Store(tmp_path / "store")).problems


def test_check_finds_a_count_that_is_off_by_one(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([counts_file(tmp_path, 4)], store)
    assert check_store(Store(store.folder)).problems == []
    manifest = dict(store.current().manifest)
    manifest["sums"]["counts"]["detections"] += 1
    restate(store.folder / "v000001", manifest)
    assert check_store(Store(store.folder)).problems == [
        "v000001: counts: detections sum to 1004, the manifest says 1005."
    ]


def test_a_newer_schema_is_refused_with_a_hint(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([counts_file(tmp_path, 4)], store)
    restate(store.folder / "v000001", store.current().manifest | {"schema_version": 99})
    with pytest.raises(StoreError, match="99"):
        Store(store.folder).current()


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="ingest"):
        Store(tmp_path).current()


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file")
    with pytest.raises(CrossingsError, match="cannot be written"):
        ingest([counts_file(tmp_path, 4)], Store(tmp_path / "store"))


def _killed_while_writing(folder: str, source: str) -> None:
    def die(*_args: object, **_options: object) -> None:
        os._exit(9)

    pl.DataFrame.write_parquet = die  # type: ignore[method-assign]
    ingest([Path(source)], Store(Path(folder)))


def test_a_writer_killed_half_way_leaves_the_old_vintage_and_no_rubbish(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([counts_file(tmp_path, 4)], store)
    context = multiprocessing.get_context("spawn")
    writer = context.Process(target=_killed_while_writing, args=(str(store.folder), str(counts_file(tmp_path, 5))))
    writer.start()
    writer.join(60)
    assert writer.exitcode == 9
    assert value(Store(store.folder)) == 4
    ingest([counts_file(tmp_path, 6)], store)
    assert value(store) == 6
    assert not list(store.folder.glob(".tmp-*"))


def _ingest_one(folder: str, source: str) -> None:
    ingest([Path(source)], Store(Path(folder)))


def test_three_writers_at_once_make_three_whole_vintages(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    context = multiprocessing.get_context("spawn")
    files = [counts_file(tmp_path, number, f"f{number}.csv") for number in (1, 2, 3)]
    writers = [context.Process(target=_ingest_one, args=(str(store.folder), str(path))) for path in files]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert store.names() == ["v000001", "v000002", "v000003"]
    assert check_store(Store(store.folder)).problems == []


def test_the_store_sorts_what_it_publishes(demonstration_store: Store) -> None:
    incidents = demonstration_store.current().incidents
    assert_frame_equal(incidents, incidents.sort("source", "cell", "record_id", nulls_last=True, maintain_order=True))


def test_a_vintage_is_found_by_name_and_by_the_day_as_known_on(tmp_path: Path, demonstration_files: list[Path]) -> None:
    store = Store(tmp_path)
    ingest(demonstration_files[:1], store)
    ingest(demonstration_files, store)
    today = store.published()[-1].published
    assert date.fromisoformat(today)
    assert [store.open(name).name for name in (None, "v000001", "v000002", today)] == [
        "v000002",
        "v000001",
        "v000002",
        "v000002",
    ]
    assert store.open("v000001") is store.open("v000001")
    assert [one.published for one in store.published()] == [today, today]
    for absent in ("v000009", "1999-01-01"):
        with pytest.raises(AbsentError, match="vintage"):
            store.open(absent)


def test_only_an_older_vintage_can_be_forgotten(tmp_path: Path, demonstration_files: list[Path]) -> None:
    store = Store(tmp_path)
    for _ in range(3):
        ingest(demonstration_files[:1], store)
    for kept in ("v000003", "v000007", "../v000001"):
        with pytest.raises(StoreError, match="not an older vintage"):
            store.forget(kept)
    store.forget("v000001")
    assert store.names() == ["v000002", "v000003"]
    assert main(["vintages", "--store", str(tmp_path), "--forget", "v000003"]) == 2
    assert main(["vintages", "--store", str(tmp_path), "--json"]) == 0


def _ingested_with_others(folder: str, source: str, started: Barrier) -> None:
    started.wait(60)
    ingest([Path(source)], Store(Path(folder)))


def test_two_processes_that_ingest_at_once_each_publish_a_vintage(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    context = multiprocessing.get_context("spawn")
    started = context.Barrier(2)
    files = [counts_file(tmp_path, number, f"{number}.csv") for number in (4, 5)]
    writers = [
        context.Process(target=_ingested_with_others, args=(str(store.folder), str(file), started)) for file in files
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert store.names() == ["v000001", "v000002"]
    assert check_store(store).problems == []


def _holds_the_lock(folder: str, has_it: Event) -> None:
    with Store(Path(folder)).locked():
        has_it.set()
        time.sleep(600)


def test_a_writer_waits_for_another_process_and_a_killed_one_leaves_no_lock(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    context = multiprocessing.get_context("spawn")
    has_it = context.Event()
    holder = context.Process(target=_holds_the_lock, args=(str(store.folder), has_it))
    holder.start()
    try:
        assert has_it.wait(60)
        with pytest.raises(Timeout):
            FileLock(store.folder / ".lock").acquire(timeout=0.2)
    finally:
        holder.kill()
        holder.join(60)
    ingest([counts_file(tmp_path, 4)], store)
    assert value(store) == 4


def test_a_store_works_where_links_and_flushed_folders_do_not_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_allowed(*_args: object, **_options: object) -> None:
        raise OSError(1314, "A required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", not_allowed)
    monkeypatch.setattr(disk, "HAS_FOLDER_FLUSH", False)
    store = Store(tmp_path / "store")
    for number in (4, 5):
        ingest([counts_file(tmp_path, number)], store)
    assert store.has_vintage()
    assert (value(Store(store.folder)), store.current().name) == (5, "v000002")
    assert not (store.folder / CURRENT).is_symlink()


def test_what_an_older_vintage_is_taken_to_hold_is_what_its_tables_take(demonstration_store: Store) -> None:
    folder = demonstration_store.current().folder
    read_as_needed = {"indicators", "treaties", "policy_events"}  # tables that are never held
    files = [path for path in folder.glob("*.parquet") if path.stem not in read_as_needed]
    in_memory = sum(pl.read_parquet(path).estimated_size() for path in files)
    on_disk = sum(path.stat().st_size for path in files)
    assert IN_MEMORY / 1.5 < in_memory / on_disk <= IN_MEMORY
