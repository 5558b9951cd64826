"""Hostile files through the real command: refused with a sentence, or every row told; no traceback, nothing in silence."""

import json
import re
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.__main__ import main
from data.store.store import Store
from tests.harness.hostile.books import BOOKS
from tests.harness.hostile.csv_shapes import CSV_SHAPES
from tests.harness.hostile.entry import Hostile
from tests.harness.hostile.line_files import LINE_FILES
from tests.harness.hostile.no_tables import NO_TABLES
from tests.harness.hostile.persons import PERSONS
from tests.harness.hostile.texts_of_json import TEXTS_OF_JSON
from tests.harness.hostile.values import VALUES

KINDS = (NO_TABLES, CSV_SHAPES, VALUES, BOOKS, TEXTS_OF_JSON, LINE_FILES, PERSONS)
ALL: dict[str, Hostile] = {name: one for kind in KINDS for name, one in kind.items()}
SECONDS = 5  # of the processor, for one file
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def test_there_are_at_least_400_and_each_has_a_name_of_its_own() -> None:
    assert len(ALL) == sum(map(len, KINDS))
    assert len(ALL) >= 400


@pytest.mark.parametrize("name", ALL)
def test_a_hostile_file_is_refused_with_a_sentence_or_told_row_by_row(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    one = ALL[name]
    (tmp_path / "files").mkdir()
    path = one.make(tmp_path / "files")
    store = Store(tmp_path / "store")
    began = time.process_time()
    code = main(["ingest", str(path), "--store", str(store.folder), "--json"])
    assert time.process_time() - began < SECONDS
    said = capfd.readouterr()
    told = json.loads(said.out)
    assert "Traceback" not in said.err
    assert str(tmp_path) not in said.err.replace(str(store.folder), "")
    assert not UNSEEN.search(said.err)
    for words in one.says:
        assert words in said.err
    for words in one.never:
        assert words not in said.err
    if one.code:
        _is_refused(one, path, store, code, told, said.err)
    else:
        _is_accounted_for(one, path, store, code, told)


def _is_refused(one: Hostile, path: Path, store: Store, code: int, told: dict[str, Any], words: str) -> None:
    assert (code, told["code"]) == (2, one.code)
    assert told["refused"] in words
    assert words.startswith("Refused. ")
    assert words.rstrip().endswith((".", "'.", "]."))
    if one.code != "NAME":
        assert path.name in words
    assert not store.has_vintage()
    assert not store.folder.exists()


def _is_accounted_for(one: Hostile, path: Path, store: Store, code: int, told: dict[str, Any]) -> None:
    assert code == 0, told
    (file,) = told["files"]
    assert file["file"] == path.name
    assert (file["accepted"], file["quarantined"], file["duplicates"]) == (
        one.accepted, one.quarantined, one.duplicates
    )  # fmt: skip
    assert file["rows_read"] == one.accepted + one.quarantined + one.duplicates
    if one.value is not None:
        assert file.get("value", file.get("dead_or_missing")) == one.value
    vintage = store.current()
    rows = vintage.quarantine.select("row", "column", "value", "reason")
    assert {row for row, *_ in one.set_aside} <= set(rows["row"])
    assert set(one.set_aside) <= set(rows.drop("reason").rows())
    if not file["layout"].startswith("segments"):  # of a line that counts an attribute may be unread
        assert rows["row"].n_unique() == one.quarantined
    assert rows.filter(pl.col("reason").str.len_chars() < len("found ., expected .")).is_empty()
    table = vintage.incidents if vintage.incidents.height else vintage.counts
    first = table.sort("row").select(pl.col(list(one.stored)).cast(pl.String)).to_dicts()[0] if one.stored else {}
    assert first == {name: None if value is None else str(value) for name, value in one.stored.items()}


def test_a_hostile_file_leaves_what_is_published_and_the_good_ones_are_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    good = CSV_SHAPES["tabs"].make(tmp_path)
    store = Store(tmp_path / "store")
    assert main(["ingest", str(good), "--store", str(store.folder)]) == 0
    before = _bytes_of(store.folder)
    for number, (name, one) in enumerate((name, one) for name, one in ALL.items() if one.code and one.code != "HELD"):
        folder = tmp_path / str(number)
        folder.mkdir()
        capfd.readouterr()
        assert main(["ingest", str(one.make(folder)), str(good), "--store", str(store.folder)]) == 2, name
        words = capfd.readouterr().err
        assert "Ready: hostile.tsv; --skip-refused takes these alone." in words, name
    assert _bytes_of(store.folder) == before


def _bytes_of(folder: Path) -> dict[str, bytes]:
    """Return the files of all vintages; the journal, which tells what was refused, is none of them."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name not in ("journal.jsonl", ".lock"))
    return {str(path): path.read_bytes() for path in paths}
