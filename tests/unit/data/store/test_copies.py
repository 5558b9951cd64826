"""A backup of a store: whole, verified, made while a writer goes on, taken up where it stopped, and brought back."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from data.__main__ import main
from data.counting.check import check_store
from data.model.errors import StoreError
from data.store import copies
from data.store.copies import back_up
from data.store.history import JOURNAL, read_log
from data.store.ingest import ingest
from data.store.mending import restore, roll_back
from data.store.pointer import CURRENT
from data.store.publication import MANIFEST, PUBLICATION
from data.store.store import Store
from tests.harness.killed_writer import numbered_file
from tests.harness.older_store import write_as_of

KEEPERS = ("alerts/sectors.json", "alerts/log.jsonl", JOURNAL)


def value(store: Store) -> int:
    return int(store.current().counts["value"].sum())


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of everything that a store keeps: no lock, nothing put aside."""
    kept = [
        path for path in folder.rglob("*") if path.is_file() and not path.relative_to(folder).parts[0].startswith(".")
    ]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store of two vintages, a journal and a watched sector."""
    made = Store(tmp_path / "store")
    for number in range(3):
        ingest([numbered_file(tmp_path, number)], made)
    made.forget("v000001")
    (made.folder / "alerts").mkdir()
    (made.folder / "alerts" / "sectors.json").write_text("{}")
    (made.folder / "alerts" / "log.jsonl").write_text('{"act": "released"}\n')
    return made


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_backup_is_brought_back_to_another_path_with_the_same_hashes(store: Store, tmp_path: Path) -> None:
    assert main(["backup", str(tmp_path / "backup"), "--store", str(store.folder)]) == 0
    backup = tmp_path / "backup"
    assert hashes(backup) == hashes(store.folder)
    assert {*KEEPERS, CURRENT + "/" + MANIFEST} <= {*hashes(backup), CURRENT + "/" + MANIFEST}
    assert check_store(Store(backup)).problems == []
    assert value(Store(backup)) == 7  # it can be served as it is
    elsewhere = Store(tmp_path / "other" / "place")
    assert main(["restore", str(backup), "--store", str(elsewhere.folder)]) == 0
    found = hashes(elsewhere.folder)
    assert found | {JOURNAL: ""} == hashes(store.folder) | {JOURNAL: ""}
    lines = (elsewhere.folder / JOURNAL).read_text().splitlines()
    assert lines[:-1] == (store.folder / JOURNAL).read_text().splitlines()
    assert json.loads(lines[-1])["command"] == "restore"
    assert value(elsewhere) == 7
    assert (elsewhere.folder / CURRENT).readlink() == (store.folder / CURRENT).readlink()


def test_a_second_backup_copies_only_what_is_new_and_keeps_what_was_forgotten(store: Store, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    back_up(store, backup)
    places = {path: path.stat().st_ino for path in backup.glob("v*/*")}
    ingest([numbered_file(tmp_path, 3)], store)
    store.forget("v000002")
    done = back_up(store, backup)
    assert (done.copied, done.kept, done.damaged, done.newest) == (["v000004"], ["v000003"], [], "v000004")
    assert all(path.stat().st_ino == place for path, place in places.items())
    assert Store(backup).names() == ["v000002", "v000003", "v000004"]
    assert (backup / JOURNAL).read_bytes() == (store.folder / JOURNAL).read_bytes()


def test_no_file_of_a_backup_is_one_of_the_store(store: Store, tmp_path: Path) -> None:
    back_up(store, tmp_path / "backup")
    assert all(path.stat().st_nlink == 1 for path in (tmp_path / "backup").rglob("*.parquet"))


@pytest.mark.parametrize("stopped", ["no CURRENT", "a vintage half copied", "a table torn"])
def test_a_backup_that_was_stopped_goes_on(store: Store, tmp_path: Path, stopped: str) -> None:
    backup = tmp_path / "backup"
    back_up(store, backup)
    match stopped:
        case "no CURRENT":
            (backup / CURRENT).unlink()
        case "a vintage half copied":
            (backup / CURRENT).unlink()
            (backup / "v000003").rename(backup / ".tmp-v000003-1")
            (backup / ".tmp-v000003-1" / MANIFEST).unlink()
        case "a table torn":
            (backup / "v000003" / "counts.parquet").write_bytes(b"PAR1")
    done = back_up(store, backup)
    assert done.copied == ([] if stopped == "no CURRENT" else ["v000003"])
    assert hashes(backup) == hashes(store.folder)


def test_a_backup_is_whole_though_writers_publish_and_forget_meanwhile(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take, said = copies.take, []

    def with_a_writer(*given: object) -> None:
        if not said:
            said.append(ingest([numbered_file(tmp_path, 4)], Store(store.folder)))
            Store(store.folder).forget("v000003")
        take(*given)  # type: ignore[arg-type]

    names = store.names()
    monkeypatch.setattr(copies, "take", with_a_writer)
    with pytest.raises(StoreError, match="v000003, which was in use when the backup began, was removed"):
        back_up(Store(store.folder), tmp_path / "backup")
    monkeypatch.undo()
    assert names == ["v000002", "v000003"]
    done = back_up(Store(store.folder), tmp_path / "backup")
    assert (done.newest, done.copied) == ("v000004", ["v000004"])
    assert check_store(Store(tmp_path / "backup")).problems == []


def test_what_is_damaged_is_not_copied_and_its_older_copy_stays(store: Store, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    back_up(store, backup)
    flip(store.folder / "v000002" / "sources.parquet")
    assert main(["backup", str(backup), "--store", str(store.folder)]) == 0
    assert Store(backup).open("v000002").counts["value"].sum() == 3
    assert main(["backup", str(tmp_path / "new"), "--store", str(store.folder)]) == 3
    assert Store(tmp_path / "new").names() == ["v000003"]
    flip(store.folder / "v000003" / PUBLICATION)
    assert main(["backup", str(tmp_path / "another"), "--store", str(store.folder)]) == 2  # nothing here is whole
    assert main(["restore", str(backup), "--store", str(store.folder)]) == 0
    assert check_store(Store(store.folder)).problems == []


def test_a_backup_of_a_store_whose_newest_is_damaged_keeps_the_whole_one_it_has(store: Store, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    back_up(store, backup)
    flip(store.folder / "v000003" / "counts.parquet")
    assert main(["backup", str(backup), "--store", str(store.folder)]) == 0
    assert value(Store(backup)) == 7
    assert main(["backup", str(tmp_path / "new"), "--store", str(store.folder)]) == 3
    assert value(Store(tmp_path / "new")) == 3
    assert main(["restore", str(backup), "--store", str(store.folder)]) == 0
    assert value(Store(store.folder)) == 7


@pytest.mark.parametrize("where", ["store", "store/inside", "full of letters", "other store", "file"])
def test_a_folder_that_is_none_for_a_backup_is_refused_and_nothing_is_written(
    store: Store, tmp_path: Path, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / where
    match where:
        case "full of letters":
            folder.mkdir()
            (folder / "letter.txt").write_text("Dear")
        case "other store":
            ingest([numbered_file(tmp_path, 9)], Store(folder))
            ingest([numbered_file(tmp_path, 8)], Store(folder))
        case "file":
            folder.write_text("a file")
    before = hashes(tmp_path)
    assert main(["backup", str(folder), "--store", str(store.folder)]) == 2
    said = capsys.readouterr().err
    assert "Refused." in said
    assert str(folder) in said
    assert hashes(tmp_path) == before


def test_the_copy_of_another_store_is_no_copy_of_this(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "other")
    for number in (7, 8, 9):
        ingest([numbered_file(tmp_path, number)], other)
    with pytest.raises(StoreError, match="is no copy of this store: its v000002"):
        restore(store, other.folder)
    shutil.rmtree(store.folder / "v000002")
    shutil.rmtree(other.folder / "v000003")
    done = restore(store, other.folder)  # whole, but the log says that v000002 was another
    assert (done.taken, done.not_mended) == ([], ["v000001", "v000002"])
    assert value(Store(store.folder)) == 7


@pytest.mark.parametrize("version", [2, 3, 4])
def test_a_store_of_an_older_program_is_backed_up_and_brought_back(store: Store, tmp_path: Path, version: int) -> None:
    for name in store.names():
        write_as_of(version, store.folder / name)
    older = Store(store.folder)
    back_up(older, tmp_path / "backup")
    assert hashes(tmp_path / "backup") == hashes(store.folder)
    assert restore(Store(tmp_path / "new"), tmp_path / "backup").taken == ["v000002", "v000003"]
    assert value(Store(tmp_path / "new")) == 7
    notes = check_store(Store(tmp_path / "new")).notes
    assert [note.split()[0] for note in notes] == ["v000002", "v000003"]
    assert all("before the hash of a manifest was kept" in note for note in notes)
    assert roll_back(older, None, reason=None).restored == "v000002"
    assert check_store(older).problems == []
    days = [one.published for one in older.published()]
    assert len(days) == 3
    assert all(days)
    assert [one.vintage for one in read_log(store.folder, "v000004") if one.vintage][-1] == "v000004"
