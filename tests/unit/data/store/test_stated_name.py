"""What CURRENT names: a link or a file with the name of a vintage, there or not; all else names nothing."""

from pathlib import Path

import pytest

from data.store.pointer import CURRENT, stated_name


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"v000007", "v000007"), (b"v000007\n", "v000007"), (b"v00007", None), (b"v0000007", None), (b"xv000007", None),
     (b"v000007 v000008", None), (b"v00000x", None), (b"V000007", None), (b"", None), (b"\xff\xfe", None)],
)  # fmt: skip
def test_a_file_where_links_are_not_allowed_names_a_vintage_by_its_whole_name(
    tmp_path: Path, content: bytes, name: str | None
) -> None:
    (tmp_path / CURRENT).write_bytes(content)
    assert stated_name(tmp_path) == name


@pytest.mark.parametrize(("target", "name"), [("v000007", "v000007"), ("../v000007", None), ("v000007/", None)])
def test_a_link_names_its_neighbour_be_it_there_or_not(tmp_path: Path, target: str, name: str | None) -> None:
    (tmp_path / CURRENT).symlink_to(target)
    assert stated_name(tmp_path) == name


def test_where_there_is_no_link_or_a_folder_nothing_is_named(tmp_path: Path) -> None:
    assert stated_name(tmp_path) is None
    assert stated_name(tmp_path / "nowhere") is None
    (tmp_path / "CURRENT").mkdir()
    assert stated_name(tmp_path) is None
