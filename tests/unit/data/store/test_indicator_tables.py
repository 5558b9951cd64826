"""Indicators in the store: a table where there are any, editions, what is not public, and vintages without one."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.counting.check import check_store
from data.model.errors import HeldError
from data.model.roles import Role
from data.model.schema import TABLES, conform
from data.store.diff import diff_of
from data.store.ingest import How, ingest
from data.store.small_figures import without_small_figures
from data.store.store import Store
from data.store.vintage import Vintage

HEAD = "year,coo,coo_iso,coa,coa_iso,procedure_type,dec_level,dec_pc,dec_recognized,dec_other,dec_rejected,dec_closed,dec_total"
COUNTS = "unit,route,place,country,nationality,date_from,date_to,value\npersons_arrived,,Italy,ITA,,2024-01-01,2024-01-31,100\n"


def row(year: int, origin: str, area: str, total: int, rejected: str = "0") -> str:
    return f"{year},{origin},{origin},{area},{area},G,FI,P,{total},0,{rejected},0,{total}"


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def written(name: str, *rows: str) -> Path:
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
        return path

    return written


def held(vintage: Vintage) -> pl.DataFrame:
    return vintage.scan_where_needed("indicators").collect()


def decisions(store: Store) -> dict[tuple[str, str, int], float]:
    rows = held(store.current()).filter(pl.col("indicator") == "asylum_decisions")
    return {(one["partner"], one["area"], one["date_from"].year): one["value"] for one in rows.to_dicts()}


def test_a_vintage_has_the_table_only_where_there_is_something_in_it(tmp_path: Path, write: Any) -> None:
    store = Store(tmp_path / "store")
    counts = tmp_path / "counts.csv"
    counts.write_text(COUNTS, encoding="utf-8")
    ingest([counts], store)
    assert "indicators.parquet" not in store.current().manifest["files"]
    assert held(store.current()).is_empty()
    ingest([write("decisions", row(2024, "SYR", "ITA", 50))], store)
    files = store.current().manifest["files"]
    assert "indicators.parquet" in files
    assert "replaced_indicators.parquet" not in files
    assert decisions(Store(store.folder)) == {("SYR", "ITA", 2024): 50}
    assert store.current().counts.height == 1
    assert store.current().manifest["sums"]["indicators"]["asylum_decisions"] == 1


def test_a_newer_file_replaces_only_the_groups_that_it_states_again(tmp_path: Path, write: Any) -> None:
    store = Store(tmp_path / "store")
    older = write("older", row(2023, "SYR", "ITA", 100), row(2023, "AFG", "ITA", 10), row(2023, "SYR", "DEU", 7))
    newer = write("newer", row(2023, "SYR", "ITA", 105), row(2024, "SYR", "ITA", 60))
    ingest([older], store)
    report = ingest([newer], store)
    after = {("SYR", "DEU", 2023): 7, ("SYR", "ITA", 2023): 105, ("SYR", "ITA", 2024): 60}
    assert decisions(store) == after
    other = Store(tmp_path / "other")
    ingest([newer], other)
    ingest([older], other)
    assert decisions(other) == after
    told = {(one["unit"], one["fate"], one["rows"]) for one in report["earlier"]}
    assert {("asylum_decisions", "replaced", 2), ("asylum_decisions", "kept", 1)} <= told


def test_parts_of_one_edition_by_origin_stand_beside_one_another(tmp_path: Path, write: Any) -> None:
    origins = ["SYR", "AFG", "ERI", "TUN", "GIN", "BGD", "EGY", "PAK", "MLI", "SEN"]
    halves = [write(name, *(row(2023, one, "ITA", 20) for one in some))
              for name, some in (("a", origins), ("b", [*["IRQ", "IRN", "NGA", "CIV", "SDN", "SOM", "ETH", "MAR", "DZA", "CMR"]]))]  # fmt: skip
    store = Store(tmp_path / "store")
    ingest(halves, store)
    assert len(decisions(store)) == 20


def test_what_would_change_too_much_waits_for_a_reason(tmp_path: Path, write: Any) -> None:
    store = Store(tmp_path / "store")
    ingest([write("older", row(2023, "SYR", "ITA", 100), row(2024, "SYR", "ITA", 100))], store)
    newer = write("newer", row(2023, "SYR", "ITA", 1000), row(2024, "SYR", "ITA", 1000), row(2025, "SYR", "ITA", 1))
    with pytest.raises(HeldError):
        ingest([newer], store)
    ingest([newer], store, how=How(approve="corrected by the publisher"))
    assert decisions(store)["SYR", "ITA", 2023] == 1000


def figures(*given: dict[str, Any]) -> pl.DataFrame:
    plain = {"source": "s", "indicator": "asylum_decisions", "unit": "persons", "date_from": date(2024, 1, 1),
             "date_to": date(2024, 12, 31)}  # fmt: skip
    return conform(pl.DataFrame([plain | one for one in given], infer_schema_length=None), "indicators")


def test_a_small_figure_hides_every_figure_of_its_years_that_it_could_be_worked_out_from() -> None:
    year = {"date_from": date(2023, 1, 1), "date_to": date(2023, 12, 31)}
    both = {"date_from": date(2023, 1, 1), "date_to": date(2024, 12, 31)}
    given = figures({"value": 3.0, "partner": "SYR"}, {"value": 90.0, "partner": "AFG"}, {"value": 93.0, "totals": "partner"},
                    {"value": 80.0, **year}, {"value": 173.0, **both}, {"value": 5.0, "source": "t", **year},
                    {"value": 80.0, "indicator": "asylum_rejected"},
                    {"value": 0.0, **year})  # fmt: skip
    assert without_small_figures(given, 10)["value"].to_list() == [80.0, 0.0]


def test_what_is_not_public_is_seen_by_tier_without_any_text_of_its_file(tmp_path: Path, write: Any) -> None:
    store = Store(tmp_path / "store")
    ingest([write("decisions", row(2022, "SYR", "ITA", 50), row(2023, "SYR", "ITA", 4))], store,
           how=How(sensitivity="restricted"))  # fmt: skip
    seen = held(store.current().seen_by(Role.PUBLIC, today=date(2026, 1, 1)))
    assert seen["date_from"].dt.year().unique().to_list() == [2022]
    assert set(seen.filter(pl.col("indicator") == "asylum_decisions")["value"]) == {50.0}
    assert seen.select(pl.col("file", "row", "flag").is_null().all()).row(0) == (True, True, True)
    assert not seen["breakdown"].str.contains("FI").any()
    assert held(store.current().seen_by(Role.PUBLIC, today=date(2022, 12, 31))).is_empty()


def test_a_difference_of_two_vintages_tells_the_files_and_adds_up_no_figures(tmp_path: Path, write: Any) -> None:
    store = Store(tmp_path / "store")
    ingest([write("older", row(2023, "SYR", "ITA", 100))], store)
    before = store.current()
    ingest([write("newer", row(2024, "SYR", "ITA", 60))], store)
    found = diff_of(before, store.current())
    assert (found.came, found.went, found.sources) == (["newer.csv"], [], [])


def test_the_check_of_a_store_compares_the_figures_with_the_manifest(tmp_path: Path, write: Any) -> None:
    store = Store(tmp_path / "store")
    ingest([write("decisions", row(2024, "SYR", "ITA", 50))], store)
    assert check_store(store).problems == []
    vintage = store.current()
    tables = {name: vintage.read_stored(name) for name in TABLES} | {"indicators": held(vintage).head(1)}
    store.publish(tables, {key: vintage.manifest[key] for key in ("sums", "names")})
    assert any("indicators: 0 of asylum_rejected" in one or "of asylum_" in one for one in check_store(store).problems)
