"""How sensitive a data set is: declared, or as a person says; said once, it holds for all of the data set (RULES 9)."""

from pathlib import Path

import polars as pl
import pytest

from data.__main__ import main
from data.model.sources import SENSITIVITIES
from data.store.ingest import How, ingest
from data.store.report import words
from data.store.sensitivity import strictest
from data.store.store import Store

HEADER = "unit,route,place,country,nationality,date_from,date_to,value\n"


def counts(folder: Path, name: str, month: int) -> Path:
    path = folder / f"{name}.csv"
    path.write_text(f"{HEADER}persons_arrived,,Harbour,Italy,,2024-{month:02}-01,2024-{month:02}-28,120\n")
    return path


def sensitivities(store: Store) -> dict[str, set[str]]:
    found = store.current().sources.group_by("source").agg(pl.col("sensitivity").unique())
    return {source: set(said) for source, said in found.iter_rows()}


def test_what_no_publisher_declares_is_restricted_until_said_otherwise(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    report = ingest([counts(tmp_path, "a", 1)], store)
    assert sensitivities(store) == {"counts": {"restricted"}}
    assert report["files"][0]["sensitivity"] == "restricted"
    assert "restricted: in public mode shown by tier" in words(report)


def test_declared_sources_are_public(demonstration_store: Store) -> None:
    assert set().union(*sensitivities(demonstration_store).values()) == {"public"}


@pytest.mark.parametrize("first", SENSITIVITIES)
@pytest.mark.parametrize("second", [*SENSITIVITIES, None])
def test_what_is_said_of_a_file_holds_for_its_whole_data_set(tmp_path: Path, first: str, second: str | None) -> None:
    store = Store(tmp_path / "store")
    ingest([counts(tmp_path, "a", 1)], store, how=How(sensitivity=first))
    ingest([counts(tmp_path, "b", 2)], store, how=How(sensitivity=second))
    assert store.current().sources.height == 2
    assert sensitivities(store) == {"counts": {second or first}}


def test_the_command_takes_it_and_leaves_this_projects_lines_public(tmp_path: Path) -> None:
    given = ["ingest", str(counts(tmp_path, "a", 1)), "--sensitivity", "restricted", "--store", str(tmp_path / "store")]
    assert main(given) == 0
    assert sensitivities(Store(tmp_path / "store")) == {"counts": {"restricted"}, "crossings-routes": {"public"}}


def test_a_word_that_is_not_known_or_left_out_is_not_public() -> None:
    rows = [
        ("a", "public"),
        ("a", None),
        ("b", "public"),
        ("c", "secret"),
        ("c", "public"),
        ("d", "secret"),
        ("d", "x"),
    ]
    table = pl.DataFrame(rows, schema=["source", "sensitivity"], orient="row")
    assert strictest(table) == {"a": "restricted", "b": "public", "c": "secret", "d": "secret"}
    assert strictest(table.reverse()) == {"a": "restricted", "b": "public", "c": "secret", "d": "x"}
