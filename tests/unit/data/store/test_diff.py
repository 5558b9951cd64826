"""What differs between two vintages: explained to the person, whatever files came between them."""

import json
from datetime import date
from itertools import permutations
from pathlib import Path

import polars as pl
import pytest

from data.__main__ import main
from data.cli.diff import diff_in_words
from data.store.diff import SourceDiff, VintageDiff, diff_of, vintage_asked
from data.store.ingest import How, ingest
from data.store.mending import roll_back
from data.store.store import Store
from data.store.vintage import Vintage

HEAD = "route,type,nat,t,n\n"


def counts_file(folder: Path, name: str, **values: int) -> Path:
    path = folder / f"{name}.csv"
    lines = [f"{route} Route,Sea,BGD,2009-0{month},{n}" for month, (route, n) in enumerate(values.items(), 1)]
    path.write_text(HEAD + "\n".join(lines) + "\n")
    return path


def check_sum(one: SourceDiff) -> None:
    parts = (one.added, one.withdrawn, one.removed, one.restated_before, one.restated_after)
    added, withdrawn, removed, was, now = ((part.number or 0) for part in parts)
    assert (one.after.number or 0) == (one.before.number or 0) + added - withdrawn - removed - was + now
    added, withdrawn, removed, was, now = (part.rows for part in parts)
    assert one.after.rows == one.before.rows + added - withdrawn - removed - was + now
    for changes in (one.years, one.routes, one.files):
        moved = sum((change.after.number or 0) - (change.before.number or 0) for change in changes)
        assert moved == (one.after.number or 0) - (one.before.number or 0)


def totals_of(vintage: Vintage) -> dict[tuple[str, str], int]:
    counted = vintage.counts.group_by("source", "unit").agg(pl.col("value").sum()).iter_rows()
    people = vintage.incidents.group_by("source").agg(pl.col("dead_or_missing").sum()).iter_rows()
    return {(source, unit): total for source, unit, total in counted} | {(one, "people"): n for one, n in people}


def check_diff(found: VintageDiff, before: Vintage, after: Vintage) -> None:
    was, now = totals_of(before), totals_of(after)
    told = {(one.source, one.unit): one for one in found.sources}
    for key in was.keys() | now.keys():
        if key in told:
            check_sum(told[key])
            assert (told[key].before.number or 0, told[key].after.number or 0) == (was.get(key, 0), now.get(key, 0))
        else:
            assert was.get(key) == now.get(key)


def test_what_is_added_restated_and_gone_is_told_apart(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([counts_file(tmp_path, "a", Black=1000, White=50)], store)
    how = How(published=date(2025, 1, 1), approve="corrected")
    ingest([counts_file(tmp_path, "b", Black=900, White=50, Red=7)], store, how=how)
    found = diff_of(store.open("v000001"), store.open("v000002"))
    (one,) = found.sources
    assert (found.came, found.went) == (["b.csv"], [])
    assert (one.before.number, one.after.number, one.added.number) == (1050, 957, 7)
    assert (one.restated_before.number, one.restated_after.number) == (1050, 950)
    assert (one.withdrawn.rows, one.removed.rows) == (0, 0)
    assert [(c.before.number, c.after.number) for c in one.routes] == [(1000, 900), (0, 7)]
    check_diff(found, store.open("v000001"), store.open("v000002"))
    back = diff_of(store.open("v000002"), store.open("v000001"))
    assert (back.went, back.sources[0].removed.number, back.sources[0].added.rows) == (["b.csv"], 7, 0)
    check_diff(back, store.open("v000002"), store.open("v000001"))
    assert diff_of(store.current(), store.current()).sources == []
    assert "no change" in diff_in_words(diff_of(store.current(), store.current()))


def test_withdrawn_people_are_told(tmp_path: Path, demonstration_files: list[Path]) -> None:
    store = Store(tmp_path / "store")
    ingest(demonstration_files, store)
    rows = pl.read_csv(demonstration_files[0], infer_schema=False)
    toll = "Total Number of Dead and Missing"
    assert toll in rows.columns
    fewer = rows.filter(pl.int_range(pl.len()) % 50 != 0).with_columns(
        pl.when(pl.int_range(pl.len()) == 3).then(pl.lit("12.5, 20.25")).otherwise("Coordinates").alias("Coordinates")
    )
    fewer.write_csv(tmp_path / "later.csv")
    how = How(edition="whole", published=date(2030, 1, 1), approve="a list without some")
    ingest([tmp_path / "later.csv"], store, how=how)
    vintages = store.open("v000001"), store.open("v000002")
    found = diff_of(*vintages)
    (one,) = found.sources
    assert one.withdrawn.rows > 0
    assert one.moved.rows == 1
    check_diff(found, *vintages)
    check_diff(diff_of(*vintages[::-1]), *vintages[::-1])


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_every_step_of_a_store_is_explained_to_the_person(tmp_path: Path, order: tuple[int, ...]) -> None:
    store = Store(tmp_path / "store")
    files = [counts_file(tmp_path, "a", Black=10, White=4), counts_file(tmp_path, "b", Black=12, Red=1),
             counts_file(tmp_path, "c", Black=0, White=5, Green=3)]  # fmt: skip
    for at in order:
        ingest([files[at]], store, how=How(approve="a test"))
    roll_back(store, "v000001", reason=None)
    vintages = [store.open(name) for name in store.names()]
    for before in vintages:
        for after in vintages:
            check_diff(diff_of(before, after), before, after)


def test_the_command_tells_it_in_words_and_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store(tmp_path / "store")
    place = ["--store", str(store.folder)]
    ingest([counts_file(tmp_path, "a", Black=1000)], store)
    assert main(["diff", *place]) == 2
    assert "no vintage 'previous'" in capsys.readouterr().err
    ingest([counts_file(tmp_path, "b", White=7)], store)
    assert main(["diff", *place, "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["sources"][0]["added"] == {"rows": 1, "number": 7}
    assert "frontex, detections: 1,000 → 1,007" in told.err
    assert main(["diff", "v000001", "v000009", *place]) == 2
    assert main(["rollback", *place, "--json"]) == 0
    told = capsys.readouterr()
    assert "1,007 → 1,000" in told.err
    assert json.loads(told.out)["changes"]["went"] == ["b.csv"]
    assert vintage_asked(store, "previous").name == "v000002"
