"""The command line: JSON to standard output, words to standard error, 0 done, 2 refused."""

import json
from pathlib import Path

import pytest

from data.__main__ import main
from data.model.schema import dictionary
from data.store.store import Store

HERE = Path(__file__).parents[4]


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object], str]:
    code = main(words)
    said = capsys.readouterr()
    return code, json.loads(said.out or "{}"), said.err


def test_ingest_reports_every_row_and_exits_with_0(
    tmp_path: Path, demonstration_files: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    names = [str(path) for path in demonstration_files]
    code, report, said = run(capsys, "ingest", *names, "--store", str(tmp_path / "s"), "--json")
    assert code == 0
    for file in report["files"]:  # type: ignore[attr-defined]
        assert file["rows_read"] == file["accepted"] + file["quarantined"] + file["duplicates"]
    assert "rows read" in said


def test_a_refused_file_exits_with_2_and_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.csv"
    path.touch()
    code, answer, said = run(capsys, "ingest", str(path), "--store", str(tmp_path / "s"), "--json")
    assert code == 2
    assert "empty.csv" in said
    assert "Traceback" not in said
    assert answer["refused"]
    assert not Store(tmp_path / "s").has_vintage()


def test_totals_have_the_agreed_keys(demonstration_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    store = str(demonstration_store.folder)
    code, answer, _ = run(capsys, "totals", "--measure", "dead_or_missing", "--by", "year", "--store", store, "--json")
    assert code == 0
    assert {"measure", "unit", "total", "by", "groups", "not_dated", "not_located", "no_route"} <= answer.keys()
    groups = answer["groups"]
    assert sum(group["value"] for group in groups) + answer["not_dated"] == answer["total"]  # type: ignore[attr-defined,operator]


@pytest.mark.parametrize("measure", ["dead", "missing", "incidents", "events", "detections", "encounters",
                                     "interceptions", "arrivals"])  # fmt: skip
@pytest.mark.parametrize("by", ["year", "month", "route", "region", "cause", "country"])
def test_every_measure_has_every_grouping(
    demonstration_store: Store, capsys: pytest.CaptureFixture[str], measure: str, by: str
) -> None:
    code, answer, _ = run(
        capsys, "totals", "--measure", measure, "--by", by, "--store", str(demonstration_store.folder), "--json"
    )
    assert code == 0
    assert answer["total"]
    if measure != "events":  # an event may lie in several groups
        rest = answer["not_dated"] if by in ("year", "month") else answer["not_stated"]
        grouped = sum(group["value"] or 0 for group in answer["groups"])  # type: ignore[attr-defined]
        assert grouped + rest == answer["total"]


@pytest.mark.parametrize(
    "words",
    [
        ("--measure", "risk"), ("--by", "day"), ("--from", "99999-01-01"), ("--min-quality", "9"),
        ("--route", "nowhere-at-all"), ("--source", "nobody"),
    ],
)  # fmt: skip
def test_a_query_that_cannot_be_meant_exits_with_2(
    demonstration_store: Store, capsys: pytest.CaptureFixture[str], words: tuple[str, str]
) -> None:
    code, answer, said = run(capsys, "totals", *words, "--store", str(demonstration_store.folder), "--json")
    assert code == 2
    assert answer["refused"]
    assert said.startswith("Refused.")


def test_check_passes_on_what_ingest_made(demonstration_store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    code, report, _ = run(capsys, "check", "--store", str(demonstration_store.folder), "--json")
    assert (code, report["problems"]) == (0, [])


def test_the_dictionary_is_made_from_the_schema() -> None:
    assert (HERE / "data" / "DICTIONARY.md").read_text(encoding="utf-8") == dictionary()
