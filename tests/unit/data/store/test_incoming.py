"""The files of one command: demonstration data stays apart, and a name that the disk does not know stops no other."""

from pathlib import Path

import pytest

from data.model.errors import DataError
from data.store.ingest import How, ingest
from data.store.store import Store
from tests.harness.killed_writer import numbered_file


@pytest.fixture
def invented(demonstration_files: list[Path]) -> Path:
    """The smallest file of the demonstration."""
    return min(demonstration_files, key=lambda path: path.stat().st_size)


@pytest.mark.rule("P8")
@pytest.mark.parametrize("is_first", [True, False])
def test_demonstration_and_published_data_in_one_command_are_refused(
    tmp_path: Path, invented: Path, is_first: bool
) -> None:
    store, files = Store(tmp_path / "store"), [invented, numbered_file(tmp_path, 1)]
    with pytest.raises(DataError, match=r"RULES P8.*Ingest them apart") as refused:
        ingest(files if is_first else files[::-1], store)
    assert (refused.value.file, refused.value.code) == (invented.name, "DEMONSTRATION")
    assert not store.has_vintage()


@pytest.mark.rule("P8")
def test_demonstration_data_joins_no_published_data_and_gives_way_to_it(tmp_path: Path, invented: Path) -> None:
    store = Store(tmp_path / "published")
    ingest([numbered_file(tmp_path, 1)], store)
    with pytest.raises(DataError, match=r"published data.*RULES P8.*Choose another --store") as refused:
        ingest([invented], store)
    assert (refused.value.file, refused.value.code) == (invented.name, "DEMONSTRATION")
    assert (store.names(), store.current().is_demonstration) == (["v000001"], False)
    other = Store(tmp_path / "other")
    ingest([invented], other)
    assert other.current().is_demonstration
    ingest([numbered_file(tmp_path, 1)], other)
    assert (other.current().is_demonstration, other.current().sources["file"].to_list()) == (False, ["n1.csv"])


@pytest.mark.parametrize("name", ["loop.csv", "a\0b.csv"])
def test_a_name_that_leads_nowhere_is_refused_and_the_others_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    store = Store(tmp_path / "store")
    report = ingest([tmp_path / name, numbered_file(tmp_path, 3)], store, how=How(skip_refused=True))
    (refused,) = report["refused"]
    assert refused.startswith(repr(name)[1:-1])  # a mark that cannot be seen is spelt out
    assert store.current().counts["value"].sum() == 8
