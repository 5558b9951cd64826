"""What makes large files quick says the same as reading row by row."""

import sys
from pathlib import Path

import polars as pl
import pytest

from data.model.vocabulary import clean
from data.readers import csv_scan, csv_text
from data.readers.clean_texts import cleaned
from data.readers.incident_values import each_once
from data.readers.raw_rows import RAW, RawRows
from data.readers.registry import read_file
from data.readers.result import ROW
from data.readers.text_table import make_table
from data.store.ingest import ingest
from data.store.store import Store
from tests.bench.mmp_like import write_mmp_like

TEXT = b'a,b\n"x ""y""",2\n"several\nlines",3\n\n4,5\nlacks\n6,"7"'


def test_every_character_is_cleaned_as_the_vocabulary_does() -> None:
    letters = [chr(n) for n in range(sys.maxunicode + 1) if not 0xD800 <= n < 0xE000]
    texts = [*letters, *(f"a{letter}b" for letter in letters), "", " a", "a  b", "a&amp;b", "<p>a</p>"]
    assert cleaned(pl.Series(texts)).to_list() == [clean(text) or None for text in texts]


def test_records_are_the_same_however_small_the_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = csv_scan.scan(TEXT, ",")
    for step in range(1, len(TEXT)):
        monkeypatch.setattr(csv_scan, "STEP", step)
        found = csv_scan.scan(TEXT, ",")
        assert found.is_regular == whole.is_regular
        for name in ("starts", "ends", "fields", "lines"):
            assert getattr(found, name).tolist() == getattr(whole, name).tolist(), (step, name)


def test_a_quotation_mark_inside_a_text_is_told_in_any_step(monkeypatch: pytest.MonkeyPatch) -> None:
    for step in (1, 3, 1 << 20):
        monkeypatch.setattr(csv_scan, "STEP", step)
        assert not csv_scan.scan(b'a,b\nx "y",2\n', ",").is_regular
        assert not csv_scan.scan(b'a,b\n"x,2\n', ",").is_regular


def test_a_file_read_in_parts_is_the_file_read_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = write_mmp_like(tmp_path / "mmp.csv", 5_000)
    whole = read_file(path)[0]
    monkeypatch.setattr(csv_text, "AT_ONCE", 700)
    parts = read_file(path)[0]
    assert parts.frame.equals(whole.frame)
    assert parts.quarantine.equals(whole.quarantine)
    assert parts.log.equals(whole.log)


def test_equal_texts_are_read_once_and_stand_in_every_row() -> None:
    texts = pl.DataFrame({"text": ["2", None, "1", "2"]})
    assert each_once(texts, pl.col("text").cast(pl.Int64).alias("n"))["n"].to_list() == [2, None, 1, 2]


def test_only_rows_that_are_asked_for_are_written_out() -> None:
    table = make_table(pl.DataFrame({"a": ["1", "2"], "b": ["x", None]}), [2, 3], file="f.csv")
    lines = pl.DataFrame({ROW: [3, 3]}, schema={ROW: pl.UInt32})
    assert RawRows(table, frozenset({"a"})).beside(lines)[RAW].to_list() == ['{"a":"2"}'] * 2


def test_made_up_rows_end_accepted_quarantined_or_repeated(tmp_path: Path) -> None:
    report = ingest([write_mmp_like(tmp_path / "mmp.csv", 20_000)], Store(tmp_path / "store"))["files"][0]
    assert report["layout"] == "mmp-2025"
    assert report["rows_read"] == 20_004  # and four with too few fields
    assert report["rows_read"] == report["accepted"] + report["quarantined"] + report["duplicates"]
    assert report["duplicates"] == 10
    assert report["flags"]["Q4"] > 300
