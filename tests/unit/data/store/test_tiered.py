"""A store that is read by tier says of itself what the store beneath says, of the folder that the role reads."""

import os
import shutil
from pathlib import Path

import pytest

from data.model.errors import StoreError
from data.model.roles import Reader, Role, reading_as
from data.model.settings import Settings
from data.store.ingest import ingest
from data.store.sensitivity import said_in
from data.store.store import Store
from data.store.tiered import TieredStore, check_for_public, open_as_stated
from tests.harness.killed_writer import numbered_file
from tests.harness.small_store import NEAR, publish

PARTNER = Reader(Role.PARTNER)


@pytest.fixture
def both(tmp_path: Path) -> TieredStore:
    """A public store of one vintage, and a restricted one of two."""
    publish(Store(tmp_path / "public"), NEAR)
    for _ in range(2):
        publish(Store(tmp_path / "restricted"), NEAR, sensitivity="restricted")
    return TieredStore(tmp_path / "public", restricted=tmp_path / "restricted")


def damage_unseen(folder: Path) -> None:
    """Change a byte of a table while its file looks as before: to be found only by reading all."""
    path = folder / "incidents.parquet"
    look = path.stat()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(look.st_atime_ns, look.st_mtime_ns))


@pytest.mark.parametrize("ask", [TieredStore.verify_again, TieredStore.doubt])
def test_files_are_verified_anew_where_a_query_failed(both: TieredStore, ask: object) -> None:
    with reading_as(PARTNER):
        before = both.current()
        assert before.name == "v000002"
        assert both.lost() is None
        damage_unseen(both.folder / "v000002")
        ask(both)  # type: ignore[operator]
        assert both.current().name == "v000001"
        lost = both.lost()
        assert lost is not None
        assert (lost.vintage, lost.served) == ("v000002", "v000001")
    assert (both.current().name, both.lost()) == ("v000001", None), "the public's store is another, and whole"


def test_a_state_is_at_hand_once_the_vintage_was_opened_and_is_that_of_the_role(both: TieredStore) -> None:
    assert both.state_at_hand() is None
    assert both.state() == both.state_at_hand() == "v000001"
    with reading_as(PARTNER):
        assert both.state_at_hand() is None
        assert both.state() == both.state_at_hand() == "v000002"
        assert both.may_tell_again() is False
    assert both.may_tell_again() is True


def test_one_folder_named_twice_is_one_store(tmp_path: Path) -> None:
    publish(Store(tmp_path / "one"), NEAR)
    store = TieredStore(tmp_path / "one", restricted=tmp_path / "one")
    assert store.state() == "v000001"
    with reading_as(PARTNER):
        assert store.state_at_hand() == "v000001"


def test_a_server_begins_on_an_empty_store_and_says_so_to_who_asks(tmp_path: Path) -> None:
    settings = Settings(store=tmp_path / "store", mode="public")
    check_for_public(settings)
    store = open_as_stated(settings)
    assert store.by_tier
    with pytest.raises(StoreError, match="holds no data yet"):
        store.current()
    assert not open_as_stated(Settings(store=tmp_path / "store")).by_tier


def test_of_a_folder_that_is_gone_nothing_was_said(both: TieredStore, tmp_path: Path) -> None:
    with reading_as(PARTNER):
        assert both.may_tell_again() is False
    shutil.rmtree(tmp_path / "restricted")
    said = said_in(tmp_path / "restricted")
    assert (said.last, said.has_restricted, said.withheld(["mmp"])) == ({}, False, frozenset())


def test_what_lies_about_in_a_store_is_no_vintage_of_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([numbered_file(tmp_path, 1)], store)
    (store.folder / "v-notes").write_text("a note")
    assert said_in(store.folder).not_public.keys() == {"v000001"}
