"""A bit that changes in any file of any vintage is found, nothing wrong is served, and the named ways back lead back."""

import random
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.__main__ import main
from data.counting.check import check_store
from data.model.errors import StoreError
from data.store.health import ERROR, state_of
from data.store.ingest import ingest
from data.store.pointer import CURRENT
from data.store.store import Store
from tests.harness.killed_writer import numbered_file
from tests.harness.shared import once_per_run

COMMAND = re.compile(r"'python -m data ([^']+)'")
PEOPLE = {"v000001": 1, "v000002": 3, "v000003": 7}
FLIPS = (2, pytest.param(60, marks=pytest.mark.long))


@dataclass(frozen=True)
class Place:
    """A store, a copy of it, and the folder of the files that were ingested."""

    store: Path
    copy: Path
    files: Path

    def run(self, command: str) -> int:
        """Run a command as a sentence names it: its FOLDER is the copy."""
        words = [str(self.copy) if word == "FOLDER" else word for word in command.split()]
        return main([*words, "--store", str(self.store)])


def made(folder: Path) -> None:
    for number in range(3):
        ingest([numbered_file(folder, number)], Store(folder / "store"))


@pytest.fixture
def place(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Place:
    source = once_per_run(tmp_path_factory, "flips", made)
    for name in ("store", "copy"):
        shutil.copytree(source / "store", tmp_path / name, symlinks=True)
    return Place(tmp_path / "store", tmp_path / "copy", source)


def files_of(store: Path) -> list[str]:
    return sorted(str(path.relative_to(store)) for path in store.glob("v*/*"))


@contextmanager
def flipped(path: Path, drawn: random.Random) -> Iterator[str]:
    whole = path.read_bytes()
    at, bit = drawn.randrange(len(whole)), drawn.randrange(8)
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
    yield f"{path.parent.name}/{path.name}, byte {at}, bit {bit}"
    path.write_bytes(whole)


def value(store: Store, name: str | None = None) -> int:
    return int(store.open(name).counts["value"].sum())


@pytest.mark.parametrize("flips", FLIPS)
def test_a_flipped_bit_is_found_by_check_and_nothing_of_it_is_served(place: Place, flips: int) -> None:
    drawn = random.Random(flips)  # noqa: S311 — no secret
    files = files_of(place.store)
    assert len(files) == 3 * 11
    for name in files * flips:
        vintage = name.partition("/")[0]
        with flipped(place.store / name, drawn) as where:
            problems = check_store(Store(place.store)).problems
            assert any(vintage in sentence for sentence in problems), where
            store = Store(place.store)
            served = "v000002" if vintage == "v000003" else "v000003"
            assert (store.current().name, value(store)) == (served, PEOPLE[served]), where
            assert (store.lost() is not None) == (vintage == "v000003"), where
            with pytest.raises(StoreError, match=vintage):
                store.open(vintage)
            if vintage == "v000003":
                with pytest.raises(StoreError, match="v000003, the newest vintage"):
                    ingest([numbered_file(place.files, 5)], store)
        assert value(store, vintage) == PEOPLE[vintage], where  # found whole again by the same reader
    assert check_store(Store(place.store)).problems == []
    assert Store(place.store).names() == list(PEOPLE)


def lose(name: str) -> Callable[[Path], object]:
    """Return what removes a file or a folder of a store, or overwrites it."""

    def act(store: Path) -> None:
        path = store / name
        path.unlink() if path.is_symlink() or path.is_file() else shutil.rmtree(path)

    return act


def point_nowhere(store: Path) -> None:
    (store / CURRENT).unlink()
    (store / CURRENT).symlink_to("v000009")


def tear(store: Path) -> None:
    path = store / "v000003" / "manifest.json"
    path.write_bytes(path.read_bytes()[:1000])


def flip_one(name: str) -> Callable[[Path], object]:
    def act(store: Path) -> None:
        content = bytearray((store / name).read_bytes())
        content[len(content) // 2] ^= 1
        (store / name).write_bytes(content)

    return act


HARMS: dict[str, Callable[[Path], object]] = {
    "CURRENT lost": lose(CURRENT),
    "CURRENT points nowhere": point_nowhere,
    "newest gone": lose("v000003"),
    "newest manifest torn": tear,
    "newest manifest flipped": flip_one("v000003/manifest.json"),
    "newest days gone": lose("v000003/publication.jsonl"),
    "newest table flipped": flip_one("v000003/counts.parquet"),
    "newest table gone": lose("v000003/sources.parquet"),
    "older table flipped": flip_one("v000002/counts.parquet"),
    "older manifest gone": lose("v000001/manifest.json"),
}


def named_ways(place: Place) -> list[str]:
    """Return the commands that the sentences on a store's faults name."""
    found = [one for one in state_of(place.store) if one.level in (ERROR, "warning")]
    return list(dict.fromkeys(command for one in found for command in COMMAND.findall(one.words)))


@pytest.mark.parametrize("harm", HARMS)
def test_each_way_back_that_a_sentence_names_leads_back(
    place: Place, tmp_path: Path, harm: str, capsys: pytest.CaptureFixture[str]
) -> None:
    HARMS[harm](place.store)
    broken = tmp_path / "broken"
    shutil.copytree(place.store, broken, symlinks=True)
    ways = named_ways(place)
    assert any(way.startswith("restore") for way in ways)
    is_newest_lost = "newest" in harm or "nowhere" in harm
    for way in ways:
        shutil.rmtree(place.store)
        shutil.copytree(broken, place.store, symlinks=True)
        store = Store(place.store)
        assert value(store) == (3 if is_newest_lost and "nowhere" not in harm else 7)
        if "nowhere" in harm and way == "restore FOLDER":
            assert place.run(way) == 2  # the copy has no v000009 either, and the sentence names the way on
            assert "'python -m data rollback v000003'" in capsys.readouterr().err
            continue
        assert place.run(way) == 0, way
        if way.startswith("rollback") and "nowhere" not in harm:
            assert value(store) == 3
            ingest([numbered_file(place.files, 2)], Store(place.store))  # what is gone comes from its file again
        assert value(store) == value(Store(place.store)) == 7
        assert store.lost() is None
        left = [one for one in check_store(Store(place.store)).problems if "v000003" not in one]
        assert left == [], way
        ingest([numbered_file(place.files, 6)], Store(place.store))
        assert value(store) == 7 + 64
