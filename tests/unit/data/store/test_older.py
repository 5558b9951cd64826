"""A vintage that an older program wrote is read in today's words; its published files stay as they are."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data.counting.check import check_store
from data.counting.totals import parse_totals, totals
from data.model.errors import StoreError
from data.model.schema import SCHEMA_VERSION
from data.store.ingest import ingest
from data.store.opening import open_vintage
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness.older_store import write_as_of

Publish = Callable[..., Vintage]
NAMES = {"libya": "Libya", "turkiye": "Türkiye", "unknown": "Unknown", "atlantis": "Atlantis"}
DAY = {"date_from": date(2020, 5, 1), "latitude": 35.5, "longitude": 12.6}


def written_by(version: int, folder: Path) -> None:
    write_as_of(version, folder)
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | {"names": {"country": NAMES}}), encoding="utf-8")


@pytest.fixture
def older(publish: Publish) -> Vintage:
    """A vintage of schema version 2, its countries slugs of names."""
    countries = ["libya", "libya", "turkiye", "unknown", "atlantis", None]
    folder = publish(
        *({**DAY, "country": country, "dead_or_missing": 1} for country in countries),
        first=date(2020, 1, 1), last=date(2020, 12, 31),
    ).folder  # fmt: skip
    written_by(2, folder)
    return open_vintage(folder)


@pytest.mark.rule("C5")
def test_countries_of_an_older_vintage_have_their_codes_and_nobody_is_lost(older: Vintage) -> None:
    found = totals(older, *parse_totals({"by": ["country"]}, older)[:1], measure="dead_or_missing", by="country")
    assert {group.id: group.value for group in found.groups} == {"LBY": 2, "TUR": 1, "atlantis": 1}
    assert {group.key for group in found.groups} == {"Libya", "Türkiye", "Atlantis"}
    assert found.not_stated == 2
    assert found.total == 6


@pytest.mark.parametrize("text", ["libya", "Libya", "LBY", "lby"])
def test_old_and_new_words_name_the_same_country(older: Vintage, text: str) -> None:
    selection, measure, _ = parse_totals({"country": [text]}, older)
    assert selection.countries == ("LBY",)
    assert totals(older, selection, measure=measure).total == 2


def test_another_version_is_refused_with_the_command_that_helps(older: Vintage) -> None:
    written_by(1, older.folder)
    with pytest.raises(StoreError, match="python -m data ingest"):
        open_vintage(older.folder)


def test_a_newer_version_is_refused_with_the_remedy_that_helps(older: Vintage) -> None:
    written_by(SCHEMA_VERSION + 1, older.folder)
    with pytest.raises(StoreError, match=r"newer program.*the others can be served by name"):
        open_vintage(older.folder)


@pytest.mark.parametrize("version", [2, 3, 4])
def test_a_store_of_an_older_program_is_read_checked_and_added_to(tmp_path: Path, version: int) -> None:
    store = Store(tmp_path / "store")
    head = "route,type,nat,t,n\n"
    for name, lines in {"a": "Black Sea Route,Sea,BGD,2009-02,1000\nBlack Sea Route,Sea,BGD,2009-03,many",
                        "b": "Western Mediterranean Route,Sea,BGD,2009-02,7\n"}.items():  # fmt: skip
        (tmp_path / f"{name}.csv").write_text(head + lines)
    edition = ingest([tmp_path / "a.csv"], store)["files"][0]
    assert edition["quarantined"] == 1
    write_as_of(version, store.folder / "v000001")
    store = Store(store.folder)
    assert store.current().counts["value"].sum() == 1000
    assert store.current().counts["sheet"].null_count() == store.current().counts.height
    held = store.current().quarantine
    assert held["edition"].to_list() == store.current().sources["edition"].to_list()
    assert check_store(store).problems == []
    ingest([tmp_path / "b.csv"], store)
    assert store.current().counts["value"].sum() == 1007
    assert store.current().quarantine.drop("sheet").equals(held.drop("sheet"))
    assert check_store(Store(store.folder)).problems == []
