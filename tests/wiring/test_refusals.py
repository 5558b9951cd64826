"""A refused command stands in the log with its reason; good files beside a bad one are named, and can go on alone."""

import json
from pathlib import Path
from typing import Any

import pytest

from data.__main__ import main
from data.store import incoming
from data.store.history import JOURNAL
from data.store.store import Store
from tests.harness.hostile.entry import counts, incidents, put

BAD = put("<html>404</html>", "page.csv")
GOOD = put(counts(), "good.csv")
EMPTY_OF_GOOD = {
    "counts": put(counts({"value": "many"}), "none.csv"),
    "incidents": put(incidents({"Number of Dead": "many"}), "none.csv"),
    "a table whose rows are all too short": put(counts() .splitlines()[0] + "\r\ndetections,Darien\r\n", "none.csv"),
    "totals alone": put(counts({"route": "Total"}), "none.csv"),
    "points": put('{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"dead": "many", "date": "2024-03-05"}, "geometry": {"type": "Point", "coordinates": [13.1, 33.2]}}]}', "none.geojson"),
    "lines": put('{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": [[1, 95], [2, 96]]}}]}', "none.geojson"),
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    assert ingested(made, GOOD(tmp_path)) == 0
    return made


def ingested(store: Store, *files: Path, more: tuple[str, ...] = ()) -> int:
    return main(["ingest", *map(str, files), "--store", str(store.folder), *more])


def log_of(store: Store, capfd: pytest.CaptureFixture[str]) -> tuple[list[dict[str, Any]], str]:
    capfd.readouterr()
    assert main(["log", "--store", str(store.folder), "--json"]) == 0
    said = capfd.readouterr()
    entries: list[dict[str, Any]] = json.loads(said.out)["entries"]
    return entries, said.err


def test_a_refused_command_stands_in_the_log_with_its_files_and_its_reason(
    tmp_path: Path, store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ingested(store, BAD(tmp_path), GOOD(tmp_path)) == 2
    entries, words = log_of(store, capfd)
    last = entries[-1]
    assert (last["command"], last["vintage"], last["after"]) == ("ingest", None, "v000001")
    assert last["said"]["files"] == [{"file": "page.csv"}, {"file": "good.csv"}]
    assert last["said"]["code"] == "HTML"
    assert last["when"][:10] in words
    assert "ingest nothing published page.csv, good.csv" in words
    assert "    refused: page.csv: the file is an HTML page" in words


def test_a_command_that_is_held_for_approval_stands_in_the_log(
    tmp_path: Path, store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    held = put(counts({}, {}), "held.csv")(tmp_path)
    assert ingested(store, held) == 2
    assert ingested(store, held, more=("--approve", "the publisher says so")) == 0
    entries, words = log_of(store, capfd)
    assert [(one["vintage"], one["said"].get("code")) for one in entries] == [
        ("v000001", None), (None, "HELD"), ("v000002", None)
    ]  # fmt: skip
    assert "refused: held.csv: 1 row differs" in words
    assert "approved for counts: the publisher says so" in words


def test_files_that_were_left_out_of_what_was_published_are_shown_too(
    tmp_path: Path, store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ingested(store, BAD(tmp_path), GOOD(tmp_path), more=("--skip-refused",)) == 3
    _, words = log_of(store, capfd)
    assert "ingest v000002 good.csv" in words
    assert "refused: page.csv" in words


def test_a_refusal_makes_no_store(tmp_path: Path) -> None:
    nowhere, empty = Store(tmp_path / "nowhere"), Store(tmp_path / "empty")
    empty.folder.mkdir()
    for one in (nowhere, empty):
        assert ingested(one, BAD(tmp_path)) == 2
    assert not nowhere.folder.exists()
    assert list(empty.folder.iterdir()) == []


def test_a_log_that_cannot_be_written_hides_no_refusal_and_is_told(
    tmp_path: Path, store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    (store.folder / JOURNAL).mkdir()
    capfd.readouterr()
    assert ingested(store, BAD(tmp_path)) == 2
    words = capfd.readouterr().err
    assert "The log of the store cannot be written (Is a directory)" in words
    assert "Refused. page.csv: the file is an HTML page" in words
    assert "Traceback" not in words


def test_names_that_are_no_text_stand_in_the_log_as_what_can_be_shown(
    tmp_path: Path, store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    assert ingested(store, tmp_path / "a\udce9\x1b[2J\u2028b.csv") == 2
    entries, words = log_of(store, capfd)
    assert entries[-1]["said"]["files"] == [{"file": "a\\udce9\\x1b[2J\\u2028b.csv"}]
    assert "\x1b" not in words


def test_the_log_of_a_store_that_lost_what_is_in_use_tells_of_a_refusal(
    tmp_path: Path, store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    (store.folder / "v000001" / "manifest.json").unlink()
    assert ingested(store, GOOD(tmp_path)) == 2
    entries, _ = log_of(store, capfd)
    assert entries[-1]["said"]["code"] == "STORE"


@pytest.mark.parametrize("name", EMPTY_OF_GOOD)
def test_a_file_of_which_no_row_is_accepted_publishes_nothing(
    tmp_path: Path, store: Store, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    none = EMPTY_OF_GOOD[name](tmp_path)
    capfd.readouterr()
    assert ingested(store, none) == 2
    words = capfd.readouterr().err
    assert f"{none.name}: none of its 1 rows can be accepted, so nothing was published. The first: found" in words
    assert ingested(store, none, GOOD(tmp_path), more=("--skip-refused",)) == 3
    assert ingested(store, none, more=("--skip-refused",)) == 2
    assert store.names() == ["v000001", "v000002"]


def test_the_good_files_beside_several_bad_ones_are_named_and_go_on_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    files = [put(b"", "a.csv")(tmp_path), GOOD(tmp_path), put(b"%PDF", "b.csv")(tmp_path),
             put(incidents({}), "c.csv")(tmp_path), tmp_path / "d.csv"]  # fmt: skip
    fresh = Store(tmp_path / "fresh")
    assert ingested(fresh, *files) == 2
    words = capfd.readouterr().err
    for said in ("a.csv: the file is empty", "b.csv: the file is a PDF", "d.csv: there is no such regular file",
                 "Nothing was published. Ready: good.csv, c.csv; --skip-refused takes these alone."):  # fmt: skip
        assert said in words
    assert not fresh.folder.exists()
    assert ingested(fresh, *files, more=("--skip-refused",)) == 3
    assert set(fresh.current().sources["file"]) >= {"good.csv", "c.csv"}


@pytest.mark.parametrize(
    "fault", [ValueError("odd \x1b[2J"), PermissionError(13, "Permission denied"), KeyError("x"), MemoryError()]
)
def test_a_reader_that_fails_refuses_its_file_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    read = incoming.read_file

    def failing(path: Path, *given: Any, **named: Any) -> Any:
        if path.name == "page.csv":
            raise fault
        return read(path, *given, **named)

    monkeypatch.setattr(incoming, "read_file", failing)
    assert ingested(Store(tmp_path / "s"), BAD(tmp_path), GOOD(tmp_path)) == 2
    words = capfd.readouterr().err
    assert "Refused. page.csv: it" in words
    assert "Ready: good.csv" in words
    assert "\x1b" not in words
