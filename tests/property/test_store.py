"""Whatever is done to a store, in whatever order, it stays whole and counts what its files say."""

import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.counting.check import check_store
from data.model.errors import CrossingsError
from data.store.diff import diff_of
from data.store.history import read_log
from data.store.ingest import How, ingest
from data.store.mending import restore, roll_back
from data.store.pointer import CURRENT
from data.store.store import Store
from tests.harness.killed_writer import leave_unpublished

HEAD = "route,type,nat,t,n\n"
MOST_FILES = 12
ACTS = ("ingest", "ingest again", "refused", "rollback", "forget", "copy", "restore", "damage", "lose current", "die")


@dataclass
class Model:
    """What a store should hold: the files of each vintage, told by their numbers, and the one in use."""

    vintages: dict[str, frozenset[int]] = field(default_factory=dict)
    in_use: str = ""
    next: int = 1
    died: set[str] = field(default_factory=set)  # whole, but their writers were killed before CURRENT named them

    @property
    def never(self) -> set[str]:
        """Return the vintages that are there and were never published."""
        return self.died & self.vintages.keys()

    def publish(self, files: frozenset[int]) -> None:
        self.in_use = f"v{self.next:06d}"
        self.vintages[self.in_use] = files
        self.next += 1


def numbered(folder: Path, number: int) -> Path:
    path = folder / f"n{number}.csv"
    path.write_text(f"{HEAD}Route {number},Sea,BGD,2009-02,{2**number}\n")
    return path


def content(files: frozenset[int]) -> int:
    return sum(2**number for number in files)


def value(store: Store, name: str | None = None) -> int:
    return int(store.open(name).counts["value"].sum())


def do_one(act: str, drawn: random.Random, folder: Path, model: Model) -> None:
    """Do one thing to the store and to the model; what is asked in vain changes neither."""
    store, copy = Store(folder / "store"), folder / "copy"
    held = model.vintages.get(model.in_use, frozenset())
    older = sorted(name for name in model.vintages if name != model.in_use)
    match act:
        case "ingest" | "ingest again":
            choices = sorted(held) if act == "ingest again" and held else range(MOST_FILES)
            some = frozenset(drawn.sample(list(choices), min(len(choices), drawn.randint(1, 2))))
            ingest([numbered(folder, one) for one in some], store, how=How(approve="a test"))
            model.publish(held | some)
        case "refused":
            (folder / "bad.csv").write_text("<!doctype html><html><body>Error 503</body></html>")
            with pytest.raises(CrossingsError):
                ingest([numbered(folder, 0), folder / "bad.csv"], store)
        case "rollback" if older:
            name = drawn.choice(older)
            roll_back(store, name, reason="a test")
            model.publish(model.vintages[name])
        case "forget" if older:
            name = drawn.choice(older)
            store.forget(name)
            del model.vintages[name]
        case "copy" if held:
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(store.folder, copy, symlinks=True)
        case "damage" | "lose current" | "restore" if held:
            mend(act, drawn, folder, model)
        case "die" if held:
            died = leave_unpublished(store, numbered(folder, drawn.randrange(MOST_FILES)))
            model.vintages[died] = restored_files(store, died)
            model.next += 1
            model.died.add(died)


def mend(act: str, drawn: random.Random, folder: Path, model: Model) -> None:
    """Harm the store and mend it from a copy of a moment ago; or take from an older copy what was forgotten since."""
    store, copy, spare = Store(folder / "store"), folder / "copy", folder / "spare"
    shutil.rmtree(spare, ignore_errors=True)
    shutil.copytree(store.folder, spare, symlinks=True)
    if act == "damage":
        damage(store.folder / drawn.choice(sorted(model.vintages)), drawn)
    if act == "lose current":
        (store.folder / CURRENT).unlink()
    is_older = act == "restore" and copy.exists()
    restore(Store(store.folder), copy if is_older else spare)
    for name in Store(copy).names() if is_older else []:
        model.vintages.setdefault(name, restored_files(store, name))


def restored_files(store: Store, name: str) -> frozenset[int]:
    return frozenset(int(file[1:-4]) for file in store.open(name).sources["file"])


def damage(vintage: Path, drawn: random.Random) -> None:
    path = drawn.choice(sorted(vintage.iterdir()))
    bytes_there = bytearray(path.read_bytes())
    bytes_there[drawn.randrange(len(bytes_there))] ^= 1
    path.write_bytes(bytes_there) if drawn.random() < 0.7 else path.unlink()


@given(acts=st.lists(st.sampled_from(ACTS), min_size=3, max_size=8), seed=st.integers(0, 10_000))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_is_done_a_store_is_whole_and_counts_what_its_files_say(
    tmp_path_factory: pytest.TempPathFactory, acts: list[str], seed: int
) -> None:
    folder, model, drawn = tmp_path_factory.mktemp("acts"), Model(), random.Random(seed)  # noqa: S311 — no secret
    for act in ["ingest", *acts]:
        do_one(act, drawn, folder, model)
        store = Store(folder / "store")
        assert store.newest_name() == model.in_use
        assert value(store) == content(model.vintages[model.in_use])
        assert store.names() == sorted(model.vintages)
        problems = check_store(store).problems
        assert len(problems) == len(model.never)
        assert all("never published" in sentence for sentence in problems)
        logged = [one.vintage for one in read_log(store.folder, store.newest_name()) if one.vintage]
        assert logged == sorted(set(logged))
        assert {*model.vintages} - model.never <= set(logged)
        assert not model.never & set(logged)
    for name, files in model.vintages.items():
        assert value(store, name) == content(files)
        for one in diff_of(store.open(name), store.current()).sources:
            added, gone = (one.added.number or 0), (one.removed.number or 0) + (one.withdrawn.number or 0)
            changed = (one.restated_after.number or 0) - (one.restated_before.number or 0)
            assert content(files) + added - gone + changed == value(store)
