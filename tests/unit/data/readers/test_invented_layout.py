"""A file that is invented is read as its name says, where headings alone do not tell."""

from pathlib import Path

import pytest

from data.model.errors import DataError
from data.readers.acts.tables import ACT
from data.readers.registry import read_file

ROW = f'Participant,Signature,"{ACT}",demonstration\nAlbania,12 Dec 2000,21 Aug 2002,Invented\n'


def test_an_invented_file_has_the_layout_that_it_is_named_after(tmp_path: Path) -> None:
    path = tmp_path / "demonstration-un-treaty-smuggling-protocol.csv"
    path.write_text(ROW, encoding="utf-8")
    found = read_file(path)[0]
    assert (found.layout, found.about.is_demonstration) == ("un-treaty-smuggling-protocol", True)
    assert found.frame["treaty"].unique().to_list() == ["smuggling-protocol"]


@pytest.mark.parametrize(
    ("name", "text"),
    [("demonstration-un-treaty-smuggling-protocol.csv", ROW.replace(",demonstration", "").replace(",Invented", "")),
     ("treaty.csv", ROW)],
)  # fmt: skip
def test_a_file_that_is_published_or_is_named_otherwise_is_not_guessed(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read_file(path)
    assert refused.value.code == "AMBIGUOUS"
