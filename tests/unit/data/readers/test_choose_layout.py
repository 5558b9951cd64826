"""Which of several layouts a table has: told by its headings, by what it holds, by a person; never guessed."""

from pathlib import Path

import pytest

from data.cli.ingest import layouts_of
from data.model.errors import DataError
from data.readers.registry import read_file
from data.store.ingest import How, ingest
from data.store.store import Store
from tests.harness.reading import read_one

SHARED = "t,nat,n\n2024-01,GTM,3\n"


def written(folder: Path, text: str, name: str = "counts.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_whose_headings_two_publishers_have_is_refused_with_both(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"mexico-irregular .*honduras-irregular .*--layout") as refused:
        read_one(written(tmp_path, SHARED))
    assert refused.value.code == "AMBIGUOUS"


def test_a_files_name_does_not_tell_whose_it_is(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="Nothing in it tells"):
        read_one(written(tmp_path, SHARED, "honduras.csv"))


@pytest.mark.parametrize(
    ("nationality", "layout"),
    [("HND", "mexico-irregular"), ("MEX", "honduras-irregular"), (" HND ", "mexico-irregular")],
)
def test_what_a_state_never_counts_tells_its_table_from_anothers_and_is_said(
    tmp_path: Path, nationality: str, layout: str
) -> None:
    result = read_one(written(tmp_path, f"{SHARED}2024-01,{nationality},4\n"))
    assert (result.layout, result.frame["value"].sum()) == (layout, 7)
    assert f"read as {layout}" in result.notes[0]
    assert f"holds {nationality.strip()} (1 rows)" in result.notes[0]


def test_a_table_that_holds_what_neither_does_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="but column 'nat' holds"):
        read_one(written(tmp_path, f"{SHARED}2024-01,HND,4\n2024-01,MEX,4\n"))


def test_a_person_says_which_and_the_report_keeps_it(tmp_path: Path) -> None:
    (result,) = read_file(written(tmp_path, SHARED), layout_id="honduras-irregular")
    assert (result.source, result.frame["unit"].to_list()) == ("honduras-irregular", ["irregular_entries"])
    assert result.notes[0] == "Read as honduras-irregular, as --layout says."


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("honduras", "there is no layout 'honduras'"),
        ("frontex-monthly", "it lacks route, type"),
        ("frontex-workbook", "it lacks BorderLocation"),
    ],
)
def test_what_a_person_says_is_refused_where_it_cannot_be(tmp_path: Path, said: str, sentence: str) -> None:
    with pytest.raises(DataError, match=sentence):
        read_file(written(tmp_path, SHARED), layout_id=said)


def test_what_a_person_says_is_refused_where_the_rows_contradict_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds HND"):
        read_file(written(tmp_path, f"{SHARED}2024-01,HND,4\n"), layout_id="honduras-irregular")


def test_more_headings_tell_more_whatever_their_order(tmp_path: Path) -> None:
    text = "n,type,nat,route,t\n5,Sea,SYR,Black Sea Route,2024-01\n"
    assert read_one(written(tmp_path, text)).layout == "frontex-monthly"
    assert read_one(written(tmp_path, "n,type,nat,t\n5,deportation,SYR,2024-01\n")).layout == "mexico-returns"


def test_of_several_files_it_must_be_said_of_which(tmp_path: Path) -> None:
    files = [written(tmp_path, SHARED, "a.csv"), written(tmp_path, f"{SHARED}2024-02,GTM,1\n", "b.csv")]
    with pytest.raises(DataError, match=r"said of 2 of the files given .*--layout FILE=ID"):
        layouts_of(files, ["mexico-irregular"])
    with pytest.raises(DataError, match="said of 0 of the files"):
        layouts_of(files, ["c.csv=mexico-irregular"])
    assert layouts_of(files[:1], ["mexico-irregular"]) == {files[0]: "mexico-irregular"}
    chosen = layouts_of(files, ["a.csv=mexico-irregular", f"{files[1]}=honduras-irregular"])
    report = ingest(files, Store(tmp_path / "store"), how=How(layouts=chosen))
    assert [one["layout"] for one in report["files"]] == ["mexico-irregular", "honduras-irregular"]


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("date,lcg_pushbacks,tcg_pushbacks,lcg_tcg_pushbacks,disagg_method_lcg,disagg_method_tcg", "this is a model"),
        ("month,country_of_departure,interceptor_type,sar_ops,incidents,persons,migrants", "neither arrivals nor"),
    ],
)
def test_a_known_table_that_is_no_count_of_people_is_refused_with_what_it_is(
    tmp_path: Path, header: str, sentence: str
) -> None:
    row = ",".join("1" for _ in header.split(","))
    with pytest.raises(DataError, match=sentence) as refused:
        read_one(written(tmp_path, f"{header}\n{row}\n"))
    assert refused.value.code == "KNOWN_NOT_READ"
