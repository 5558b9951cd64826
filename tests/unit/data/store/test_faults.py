"""What a store does when its writer is killed, its disk is full or cannot be written, or its clock is wrong."""

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import date
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from data.__main__ import main
from data.counting.check import check_store
from data.model.errors import StoreError
from data.store.copies import back_up
from data.store.health import WARNING, state_of
from data.store.history import read_log
from data.store.ingest import ingest
from data.store.mending import restore, roll_back
from data.store.pointer import CURRENT
from data.store.store import Store
from tests.harness.killed_writer import (
    ingest_killed_before_current,
    ingest_until_killed,
    ingest_with_limit,
    leave_unpublished,
    numbered_file,
    poll,
)  # fmt: skip
from tests.harness.older_store import restate, write_as_of

MOMENTS = (12, pytest.param(200, marks=pytest.mark.long))


def value(store: Store) -> int:
    return int(store.current().counts["value"].sum())


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Processes that have the program in them from the start, so that they are there in no time."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.harness.killed_writer"])
    return context


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 400 KiB that is mounted for one test."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root can mount a small disk")
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=400k", "tmpfs", folder], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def acknowledged_in(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def kill_at(processes: ForkServerContext, store: Store, files: list[Path], told: Path, *, delay: float) -> set[str]:
    """Start a writer, kill it ``delay`` seconds after it began, and return the files it had acknowledged."""
    told.unlink(missing_ok=True)
    arguments = (str(store.folder), [str(path) for path in files], str(told))
    writer: BaseProcess = processes.Process(target=ingest_until_killed, args=arguments)
    writer.start()
    until = time.monotonic() + 120
    while "ready" not in acknowledged_in(told):
        assert time.monotonic() < until, "the writer never began"
        time.sleep(0.001)
    time.sleep(delay)
    writer.kill()
    writer.join(60)
    assert writer.exitcode in (-signal.SIGKILL, 0)
    return set(acknowledged_in(told)) - {"ready"}


@pytest.mark.parametrize("moments", MOMENTS)
def test_a_writer_killed_at_any_moment_loses_and_tears_nothing(
    tmp_path: Path, processes: ForkServerContext, moments: int
) -> None:
    store, out, stop = Store(tmp_path / "store"), tmp_path / "polled.json", tmp_path / "stop"
    files = [numbered_file(tmp_path, number) for number in range(29)]
    reader = processes.Process(target=poll, args=(str(store.folder), str(out), str(stop)))
    reader.start()
    drawn, acknowledged, cut = random.Random(moments), set[str](), 0  # noqa: S311 — no secret
    ingest([files[0]], store)
    started = time.monotonic()
    ingest([files[1]], store)
    usual = time.monotonic() - started
    acknowledged |= {files[0].name, files[1].name}
    for moment in range(moments):
        left = [path for path in files if path.name not in acknowledged] or files
        before = store.newest_name()
        acknowledged |= kill_at(processes, store, left, tmp_path / "told", delay=drawn.uniform(0, 1.5 * usual))
        found = Store(store.folder)
        held = set(found.current().sources["file"])
        assert acknowledged <= held, f"moment {moment}: {sorted(acknowledged - held)} were acknowledged and are lost"
        assert len(held - acknowledged) <= 1
        assert value(found) == sum(2 ** int(name[1:-4]) for name in held)
        published = {one.vintage for one in read_log(store.folder, found.newest_name()) if one.vintage}
        assert published == {one.vintage for one in found.published()}
        cut += bool(list(store.folder.glob(".tmp-*"))) or found.newest_name() == before
        acknowledged |= held
    stop.touch()
    reader.join(120)
    polled = json.loads(out.read_text())
    assert polled["wrong"] == []
    assert polled["reads"] > moments
    assert cut, "no writer was killed within an ingest"
    ingest([numbered_file(tmp_path, 29)], Store(store.folder))
    assert not list(store.folder.glob(".tmp-*")) + list(store.folder.glob(f".{CURRENT}-*"))
    never = store.unpublished()
    assert all(any(name in one for name in never) for one in check_store(Store(store.folder)).problems)


def names_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_a_writer_killed_between_the_renames_leaves_a_mark_and_the_next_one_goes_on(
    tmp_path: Path, processes: ForkServerContext
) -> None:
    store, file = Store(tmp_path / "store"), numbered_file(tmp_path, 1)
    ingest([numbered_file(tmp_path, 0)], store)
    shutil.copytree(store.folder, tmp_path / "beside", symlinks=True)
    writer: BaseProcess = processes.Process(target=ingest_killed_before_current, args=(str(store.folder), str(file)))
    writer.start()
    writer.join(120)
    assert writer.exitcode == -signal.SIGKILL
    assert leave_unpublished(Store(tmp_path / "beside"), file) == "v000002"
    assert names_in(store.folder) == names_in(tmp_path / "beside")
    assert (Store(store.folder).newest_name(), Store(store.folder).lost()) == ("v000001", None)
    assert Store(store.folder).unpublished() == {"v000002"}
    (store.folder / CURRENT).unlink()
    assert value(Store(store.folder)) == 1  # the mark tells it also where CURRENT is lost
    ingest([numbered_file(tmp_path, 2)], Store(store.folder))
    assert (Store(store.folder).newest_name(), value(Store(store.folder))) == ("v000003", 5)


def test_a_vintage_whose_writer_died_before_it_was_published_is_no_state_of_the_store(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([numbered_file(tmp_path, 0)], store)
    leave_unpublished(store, numbered_file(tmp_path, 1))
    day = store.published()[-1].published
    assert [one.vintage for one in Store(store.folder).published()] == ["v000001"]
    assert Store(store.folder).open(day).name == "v000001"
    ingest([numbered_file(tmp_path, 2)], store)
    assert (store.newest_name(), value(store)) == ("v000003", 5)
    assert [one.vintage for one in store.published()] == ["v000001", "v000003"]
    assert "never published" in "".join(check_store(store).problems)
    assert roll_back(store, None, reason=None).restored == "v000001"
    assert [one.vintage for one in read_log(store.folder, "v000004")] == ["v000001", "v000003", "v000004"]
    store.forget("v000002")
    assert check_store(store).problems == []
    leave_unpublished(store, numbered_file(tmp_path, 3))
    store.forget("v000005")
    ingest([numbered_file(tmp_path, 4)], store)
    assert store.newest_name() == "v000006"  # a name that was forgotten is not given again


def test_a_full_disk_publishes_nothing_and_says_so(small_disk: Path, tmp_path: Path) -> None:
    store = Store(small_disk / "store")
    ingest([numbered_file(tmp_path, 0)], store)
    filler = small_disk / "filler"
    free = os.statvfs(small_disk)
    refused = 0
    for spare in range(0, 200_000, 4096):  # from no room at all, until it suffices
        room = max(free.f_bavail * free.f_frsize - spare, 0)
        filler.write_bytes(b"0" * room)
        told = ""
        try:
            ingest([numbered_file(tmp_path, 1)], Store(store.folder))
        except StoreError as error:
            told = str(error)
        if not told:
            break
        refused += 1
        assert "cannot be written: No space left" in told
        assert (value(Store(store.folder)), store.names()) == (1, ["v000001"])
        assert not list(store.folder.glob(".tmp-*"))
        filler.unlink()
    assert refused > 3
    assert value(Store(store.folder)) == 3
    assert check_store(Store(store.folder)).problems == []


@pytest.mark.parametrize("command", ["ingest", "rollback", "restore"])
def test_a_full_disk_is_told_by_every_command_that_writes(
    small_disk: Path, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Store(small_disk / "store")
    for number in (0, 1):
        ingest([numbered_file(tmp_path, number)], store)
    shutil.copytree(store.folder, tmp_path / "copy", symlinks=True)
    if command == "restore":
        shutil.rmtree(store.folder / "v000001")
    free = os.statvfs(small_disk)
    (small_disk / "filler").write_bytes(b"0" * (free.f_bavail * free.f_frsize))
    given = {"ingest": [str(numbered_file(tmp_path, 2))], "rollback": [], "restore": [str(tmp_path / "copy")]}
    assert main([command, *given[command], "--store", str(store.folder)]) == 2
    assert "cannot be written: No space left on device" in capsys.readouterr().err
    (small_disk / "filler").unlink()
    assert value(Store(store.folder)) == 3
    assert main([command, *given[command], "--store", str(store.folder)]) == 0
    assert check_store(Store(store.folder)).problems == []


def test_a_limit_on_the_size_of_files_publishes_nothing_torn(tmp_path: Path, processes: ForkServerContext) -> None:
    store = Store(tmp_path / "store")
    ingest([numbered_file(tmp_path, 0)], store)
    for most in (0, 100, 1000, 3000):
        told = tmp_path / f"told{most}"
        arguments = (str(store.folder), str(numbered_file(tmp_path, 1)), most, str(told))
        writer = processes.Process(target=ingest_with_limit, args=arguments)
        writer.start()
        writer.join(120)
        assert writer.exitcode == 2
        assert "cannot be written: File too large" in str(told.readlink())
        assert (value(Store(store.folder)), store.names()) == (1, ["v000001"])
        assert not list(store.folder.glob(".tmp-*"))


@pytest.mark.parametrize("command", ["ingest", "rollback", "restore", "vintages --forget v000001"])
def test_a_store_on_a_read_only_disk_is_served_and_no_command_changes_it(
    small_disk: Path, tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Store(small_disk / "store")
    for number in (0, 1):
        ingest([numbered_file(tmp_path, number)], store)
    shutil.copytree(store.folder, tmp_path / "copy", symlinks=True)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    words = {"ingest": [str(numbered_file(tmp_path, 2))], "restore": [str(tmp_path / "copy")]}
    assert main([*command.split(), *words.get(command, []), "--store", str(store.folder)]) == 2
    assert "cannot be written: Read-only file system" in capsys.readouterr().err
    assert value(Store(store.folder)) == 3
    assert main(["check", "--all", "--store", str(store.folder)]) == 0
    (found,) = state_of(store.folder)
    assert (found.level, "Read-only file system" in found.sentence) == (WARNING, True)
    assert back_up(store, tmp_path / "backup").copied == ["v000001", "v000002"]  # that needs no writing here
    assert main(["totals", "--measure", "detections", "--store", str(store.folder)]) == 0


def test_a_clock_that_is_set_back_disorders_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "store")
    for number, day in enumerate((date(2026, 11, 29), date(2099, 1, 1), date(1999, 12, 31))):
        for module in ("vintage_files", "ingest"):
            monkeypatch.setattr(f"data.store.{module}.today", lambda day=day: day)
        ingest([numbered_file(tmp_path, number)], Store(store.folder))
        assert (store.newest_name(), value(Store(store.folder))) == (f"v00000{number + 1}", 2 ** (number + 1) - 1)
    assert [one.published for one in store.published()] == ["2026-11-29", "2099-01-01", "1999-12-31"]
    assert store.open("2026-11-29").name == "v000003"  # of what was published by that day the last that came
    assert roll_back(store, None, reason=None).restored == "v000002"
    assert [one.vintage for one in read_log(store.folder, store.newest_name())] == [
        "v000001", "v000002", "v000003", "v000004",
    ]  # fmt: skip


@pytest.mark.parametrize("left", [None, "v000009", "rubbish"])
def test_check_reports_a_lost_current_and_the_next_writer_states_it_again(tmp_path: Path, left: str | None) -> None:
    store = Store(tmp_path / "store")
    for number in (0, 1):
        ingest([numbered_file(tmp_path, number)], store)
    shutil.copytree(store.folder, tmp_path / "copy", symlinks=True)
    (store.folder / CURRENT).unlink()
    if left:
        (store.folder / CURRENT).write_text(left)
    found = check_store(Store(store.folder))
    assert found.vintage == "v000002"
    assert len(found.problems) == 1
    assert "CURRENT" in found.problems[0]
    assert main(["check", "--store", str(store.folder)]) == 2
    if left == "v000009":  # that vintage is lost: the copy has none of it either
        with pytest.raises(StoreError, match="rollback v000002"):
            restore(Store(store.folder), tmp_path / "copy")
        with pytest.raises(StoreError, match=r"v000009, the newest vintage, is not there.*rollback v000002"):
            ingest([numbered_file(tmp_path, 2)], Store(store.folder))
        assert main(["rollback", "v000002", "--store", str(store.folder)]) == 0
        ingest([numbered_file(tmp_path, 2)], Store(store.folder))
    else:
        restore(Store(store.folder), tmp_path / "copy")
    assert check_store(Store(store.folder)).problems == []


def test_nothing_is_published_over_a_lost_newest_vintage(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    for number in (0, 1):
        ingest([numbered_file(tmp_path, number)], store)
    (store.folder / "v000002" / "manifest.json").unlink()
    (store.folder / CURRENT).unlink()
    with pytest.raises(StoreError, match="v000002, the newest vintage"):
        ingest([numbered_file(tmp_path, 2)], Store(store.folder))
    assert main(["rollback", "v000001", "--store", str(store.folder)]) == 0
    ingest([numbered_file(tmp_path, 2)], Store(store.folder))
    assert value(Store(store.folder)) == 1 + 4


@pytest.mark.parametrize("history", ["x", [1, None], [{"vintage": 3}], [{"vintage": "../v1"}]])
@pytest.mark.parametrize(
    "command", ["log", "vintages", "check --all", "check", "rollback v000001", "diff v000001 v000002"]
)
def test_a_log_that_is_none_ends_in_a_sentence(
    tmp_path: Path, history: object, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Store(tmp_path / "store")
    for number in (0, 1):
        ingest([numbered_file(tmp_path, number)], store)
    write_as_of(4, store.folder / "v000002")  # where the log stood in the manifest
    path = store.folder / "v000002" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"history": history}))
    assert main([*command.split(), "--store", str(store.folder)]) in (0, 2)
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    if "check" in command:
        assert "v000002" in said.out + said.err


def test_check_all_names_each_vintage_that_is_damaged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(tmp_path / "store")
    for number in range(3):
        ingest([numbered_file(tmp_path, number)], store)
    (store.folder / "v000001" / "manifest.json").write_text("{")
    content = bytearray((store.folder / "v000002" / "counts.parquet").read_bytes())
    content[len(content) // 2] ^= 1
    (store.folder / "v000002" / "counts.parquet").write_bytes(content)
    capsys.readouterr()
    assert main(["check", "--store", str(store.folder)]) == 2
    told = capsys.readouterr().err
    assert "v000001 has no readable manifest" in told
    assert "v000002/counts.parquet does not match" in told
    assert "v000003" not in told.rpartition("is whole")[2]


def test_a_manifest_that_lacks_what_it_should_state_is_told(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([numbered_file(tmp_path, 0)], store)
    path = store.folder / "v000001" / "manifest.json"
    manifest = json.loads(path.read_text())
    restate(path.parent, {key: stated for key, stated in manifest.items() if key != "sums"})
    assert check_store(Store(store.folder)).problems == ["v000001: the manifest states no sums."]
    for stated in ({"rows": 1}, None, {}, "text"):
        restate(path.parent, manifest | {"files": manifest["files"] | {"counts.parquet": stated}})
        assert "v000001/counts.parquet" in "".join(check_store(Store(store.folder)).problems)
        with pytest.raises(StoreError, match="restore FOLDER"):
            Store(store.folder).current()
