"""A store that was damaged: it never takes itself for empty, serves what is whole, and can be mended."""

import shutil
from pathlib import Path

import pytest

from data.__main__ import main
from data.counting.check import check_store
from data.model.errors import StoreError
from data.store.history import JOURNAL, read_log
from data.store.ingest import ingest
from data.store.mending import restore, roll_back
from data.store.pointer import CURRENT
from data.store.store import Store

HEAD = "route,type,nat,t,n\n"


def counts_file(folder: Path, route: str, value: int) -> Path:
    path = folder / f"{route.split(maxsplit=1)[0]}.csv"
    path.write_text(f"{HEAD}{route},Sea,BGD,2009-02,{value}\n")
    return path


def value(store: Store) -> int:
    return int(store.current().counts["value"].sum())


@pytest.fixture
def two(tmp_path: Path) -> Store:
    store = Store(tmp_path / "store")
    ingest([counts_file(tmp_path, "Black Sea Route", 1000)], store)
    ingest([counts_file(tmp_path, "Western Mediterranean Route", 7)], store)
    return store


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("left", [None, "v000009", "rubbish", ""])
def test_a_store_whose_current_is_lost_or_wrong_is_not_empty(two: Store, tmp_path: Path, left: str | None) -> None:
    (two.folder / CURRENT).unlink()
    if left is not None:
        (two.folder / CURRENT).write_text(left)
    assert value(Store(two.folder)) == 1007
    if left == "v000009":  # a later one is lost: a person goes on without it
        roll_back(Store(two.folder), "v000002", reason="there is no copy")
    ingest([counts_file(tmp_path, "Eastern Mediterranean Route", 50)], Store(two.folder))
    assert value(Store(two.folder)) == 1057
    assert Store(two.folder).names()[-1] == ("v000011" if left == "v000009" else "v000003")


def test_a_flipped_byte_in_the_newest_leaves_the_older_ones_served(two: Store) -> None:
    for path in sorted((two.folder / "v000002").glob("*.parquet")):
        whole = path.read_bytes()
        flip(path)
        store = Store(two.folder)
        assert (store.current().name, value(store)) == ("v000001", 1000)
        with pytest.raises(StoreError, match="restore FOLDER"):
            store.open("v000002")
        assert int(store.open("v000001").counts["value"].sum()) == 1000
        assert main(["vintages", "--store", str(two.folder)]) == 0
        assert main(["totals", "--measure", "detections", "--vintage", "v000001", "--store", str(two.folder)]) == 0
        assert main(["totals", "--measure", "detections", "--store", str(two.folder)]) == 3
        path.write_bytes(whole)


def test_a_rollback_is_a_new_vintage_that_the_next_ingest_builds_on(two: Store, tmp_path: Path) -> None:
    done = roll_back(two, None, reason="the file was wrong")
    assert (done.vintage, done.restored, done.undone, value(two)) == ("v000003", "v000001", "v000002", 1000)
    assert int(two.open("v000002").counts["value"].sum()) == 1007
    ingest([counts_file(tmp_path, "Eastern Mediterranean Route", 50)], two)
    assert value(two) == 1050
    assert check_store(Store(two.folder)).problems == []
    for name in ("v000004", "v000099", "../v000001"):
        with pytest.raises(StoreError, match="nothing to go back to"):
            roll_back(two, name, reason=None)


def test_a_rollback_mends_a_store_whose_newest_vintage_is_damaged(two: Store) -> None:
    (two.folder / "v000002" / "manifest.json").write_text('{"torn": ')
    with pytest.raises(StoreError, match="no readable manifest"):
        Store(two.folder).open("v000002")
    assert roll_back(Store(two.folder), None, reason=None).restored == "v000001"
    assert value(Store(two.folder)) == 1000


@pytest.mark.parametrize("lost", ["byte", "manifest", "current", "table", "everything"])
def test_a_copy_mends_a_store_and_overwrites_nothing_good(two: Store, tmp_path: Path, lost: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(two.folder, copy, symlinks=True)
    flip(copy / "v000001" / "counts.parquet")  # whole in the store: not taken
    newest = two.folder / "v000002"
    match lost:
        case "byte":
            flip(newest / "counts.parquet")
        case "manifest":
            (newest / "manifest.json").unlink()
        case "table":
            (newest / "sources.parquet").unlink()
        case "everything":
            shutil.rmtree(newest)
    if lost in ("current", "everything"):
        (two.folder / CURRENT).unlink()
    done = restore(Store(two.folder), copy)
    assert done.kept == (["v000001", "v000002"] if lost == "current" else ["v000001"])
    assert (done.newest, value(Store(two.folder)), done.not_mended) == ("v000002", 1007, [])
    assert int(Store(two.folder).open("v000001").counts["value"].sum()) == 1000
    assert check_store(Store(two.folder)).problems == []


def test_the_log_is_in_order_of_what_happened_whatever_the_clock_says(
    two: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.store.history.now_in_words", lambda: "1999-01-01T00:00:00+00:00")
    roll_back(two, None, reason="wrong")
    two.forget("v000001")
    ingest([counts_file(tmp_path, "Eastern Mediterranean Route", 50)], two)
    with (two.folder / JOURNAL).open("a") as handle:
        handle.write('{"command": "resto')  # cut by a crash
    found = read_log(two.folder, two.newest_name())
    assert [(one.sequence, one.command, one.vintage) for one in found] == [
        (1, "ingest", "v000001"), (2, "ingest", "v000002"), (3, "rollback", "v000003"),
        (4, "forget", None), (5, "ingest", "v000004"),
    ]  # fmt: skip
    assert found[2].said["reason"] == "wrong"
    assert [one["file"] for one in found[4].said["files"]] == ["Eastern.csv"]
    assert main(["log", "--store", str(two.folder), "--json"]) == 0


def test_one_bad_file_among_good_ones_is_named_and_may_be_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("<!doctype html><html><body>Error 503</body></html>")
    good = [str(counts_file(tmp_path, f"{sea} Sea Route", number)) for sea, number in (("Black", 4), ("White", 5))]
    store = ["--store", str(tmp_path / "store")]
    assert main(["ingest", good[0], str(bad), good[1], *store]) == 2
    told = capsys.readouterr().err
    assert "bad.csv" in told
    assert "Ready: Black.csv, White.csv; --skip-refused takes these alone." in told
    assert not Store(tmp_path / "store").has_vintage()
    assert main(["ingest", str(bad), *store, "--skip-refused"]) == 2
    assert not Store(tmp_path / "store").has_vintage()
    assert main(["ingest", good[0], str(bad), good[1], *store, "--skip-refused"]) == 3
    assert "Refused and left out: bad.csv" in capsys.readouterr().err
    kept = Store(tmp_path / "store")
    assert value(kept) == 9
    assert "bad.csv" in read_log(kept.folder, kept.newest_name())[0].said["refused"][0]
