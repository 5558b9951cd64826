"""CURRENT that names an older vintage, or became a folder: it is said, nothing is lost, and each way back is walked."""

import json
import shutil
from pathlib import Path

import pytest

from callbacks.build import create_app
from data.__main__ import main
from data.model.errors import StoreError
from data.store.copies import back_up
from data.store.health import ERROR, NOTE, state_of
from data.store.history import read_log
from data.store.ingest import ingest
from data.store.mending import restore
from data.store.pointer import CURRENT
from data.store.store import Store
from data.store.unfinished import unmark
from tests.harness.killed_writer import leave_unpublished, move_current, numbered_file

TOTALS = ["totals", "--measure", "detections", "--json"]


@pytest.fixture
def four(tmp_path: Path) -> Store:
    """A store of four vintages, which count 1, 3, 7 and 15."""
    store = Store(tmp_path / "store")
    for number in range(4):
        ingest([numbered_file(tmp_path, number)], store)
    return store


def value(store: Store) -> int:
    return int(Store(store.folder).current().counts["value"].sum())


def is_well(store: Store) -> bool:
    return state_of(store.folder) == [] and Store(store.folder).lost() is None


@pytest.mark.parametrize("named", ["v000001", "v000003"])
def test_a_current_that_names_an_older_vintage_is_said_everywhere_and_nothing_is_built_on_it(
    four: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], named: str
) -> None:
    opened = Store(four.folder)
    assert opened.newest_name() == "v000004"
    move_current(four.folder, named)
    where = ["--store", str(four.folder)]
    assert (opened.newest_name(), value(four), four.unpublished()) == ("v000004", 15, set())
    found = state_of(four.folder)
    assert [one.level for one in found] == [ERROR]
    assert f"CURRENT names {named}, though v000004 is newer" in found[0].words
    assert "python -m data restore'" in found[0].way_back
    assert "--forget" not in found[0].words
    assert main(["check", *where]) != 0
    capsys.readouterr()
    assert main([*TOTALS, *where]) == 3
    told = capsys.readouterr()
    assert json.loads(told.out)["vintage"] == "v000004"
    assert "CURRENT names" in told.err
    assert main(["ingest", str(numbered_file(tmp_path, 4)), *where]) == 2
    assert "no ingest is let in" in capsys.readouterr().err
    assert four.names()[-1] == "v000004"
    client = create_app(four.folder).server.test_client()
    assert client.get("/readyz").get_json()["degraded"]["behind"] == named
    assert f"the store names {named}, and holds newer data" in str(client.get("/_dash-layout").get_json())


def test_restore_without_a_copy_lets_current_name_the_newest_again(four: Store, tmp_path: Path) -> None:
    move_current(four.folder, "v000001")
    client = create_app(four.folder).server.test_client()
    assert main(["restore", "--store", str(four.folder)]) == 0
    assert is_well(four)
    assert "degraded" not in client.get("/readyz").get_json()
    log = read_log(four.folder, "v000004")[-1]
    assert (log.command, log.after, log.said["current_was"]) == ("restore", "v000004", "v000001")
    ingest([numbered_file(tmp_path, 4)], Store(four.folder))
    assert value(four) == 31


def test_a_rollback_goes_back_on_purpose_and_keeps_the_log_of_what_it_undoes(four: Store) -> None:
    move_current(four.folder, "v000001")
    assert main(["rollback", "v000001", "--store", str(four.folder)]) == 0
    assert (value(four), is_well(four)) == (1, True)
    assert [one.vintage for one in read_log(four.folder, "v000005")] == four.names()


def test_a_copy_that_was_taken_while_the_store_was_written_is_made_whole(four: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(four.folder, copy, symlinks=True)
    move_current(copy, "v000002")
    (copy / "v000004" / "counts.parquet").unlink()  # cut off within the last
    assert (value(Store(copy)), Store(copy).lost() is None) == (7, False)
    assert main(["restore", "--store", str(copy)]) == 2  # nothing to take it from: it is said, and nothing changed
    assert (copy / CURRENT).readlink().name == "v000002"
    with pytest.raises(StoreError, match=r"v000004.*rollback v000003"):
        Store(copy).base()
    again = tmp_path / "again"
    shutil.copytree(copy, again, symlinks=True)
    assert main(["rollback", "v000003", "--store", str(again)]) == 0
    assert value(Store(again)) == 7
    assert main(["restore", str(four.folder), "--store", str(copy)]) == 0
    assert (value(Store(copy)), Store(copy).lost()) == (15, None)


def test_a_backup_of_a_store_whose_current_is_behind_holds_the_newest(four: Store, tmp_path: Path) -> None:
    move_current(four.folder, "v000001")
    done = back_up(Store(four.folder), tmp_path / "backup")
    assert (done.newest, value(Store(tmp_path / "backup")), is_well(Store(tmp_path / "backup"))) == (
        "v000004",
        15,
        True,
    )


def test_what_a_killed_writer_left_is_not_pointed_to_and_may_be_published(four: Store, tmp_path: Path) -> None:
    died = leave_unpublished(four, numbered_file(tmp_path, 4))
    assert (value(four), Store(four.folder).lost()) == (15, None)
    move_current(four.folder, "v000002")
    assert main(["restore", "--store", str(four.folder)]) == 0
    assert (value(four), Store(four.folder).unpublished()) == (15, {died})
    assert "rollback v000005" in state_of(four.folder)[0].words
    assert main(["rollback", died, "--store", str(four.folder)]) == 0
    assert value(four) == 31


def test_what_no_log_names_and_no_mark_tells_is_looked_at_before_it_is_forgotten(four: Store, tmp_path: Path) -> None:
    left = leave_unpublished(four, numbered_file(tmp_path, 4))
    ingest([numbered_file(tmp_path, 5)], Store(four.folder))
    unmark(four.folder, left)  # as of a program that kept no marks, or of a CURRENT that was moved under it
    told = " ".join(one.words for one in state_of(four.folder))
    assert "diff v000005 newest" in told
    assert "never published" not in told
    assert main(["diff", left, "newest", "--store", str(four.folder)]) == 0


@pytest.mark.parametrize("held", [None, "a note"])
@pytest.mark.parametrize("way", ["restore", "restore FOLDER", "rollback", "ingest"])
def test_a_current_that_became_a_folder_is_put_aside_and_named_again(
    four: Store, tmp_path: Path, way: str, held: str | None
) -> None:
    shutil.copytree(four.folder, tmp_path / "copy", symlinks=True)
    for _ in range(2):
        (four.folder / CURRENT).unlink()
        (four.folder / CURRENT).mkdir()
        if held:
            (four.folder / CURRENT / "note.txt").write_text(held)
        given = {"restore FOLDER": [str(tmp_path / "copy")], "ingest": [str(numbered_file(tmp_path, 5))]}.get(way, [])
        assert main([way.split(maxsplit=1)[0], *given, "--store", str(four.folder)]) == 0
    assert (four.folder / CURRENT).readlink().name == Store(four.folder).newest_name()
    assert not list(four.folder.glob(f".{CURRENT}-*"))
    aside = sorted(four.folder.glob(f".damaged-{CURRENT}*"))
    assert len(aside) == 2
    assert all([path.read_text() for path in one.iterdir()] == ([held] if held else []) for one in aside)
    assert {one.level for one in state_of(four.folder)} == {NOTE}


def test_what_a_copy_holds_unpublished_comes_back_unpublished(four: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(four.folder, copy, symlinks=True)
    died = leave_unpublished(Store(copy), numbered_file(tmp_path, 4))
    done = restore(Store(four.folder), copy)
    assert (done.taken, done.newest) == ([died], "v000004")
    assert (value(four), Store(four.folder).unpublished(), Store(four.folder).lost()) == (15, {died}, None)
