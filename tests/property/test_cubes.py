"""A vintage of cubes answers what its incidents would, to the person, and says what it cannot tell."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from msgspec.structs import replace
from polars.testing import assert_frame_equal

from callbacks.build import create_app
from data.__main__ import main
from data.counting.cells_answer import cells_answer
from data.counting.check import check_store
from data.counting.engine import cells, parts, people_parts
from data.counting.models import NotPlaced
from data.counting.series import series
from data.counting.tables import cells_table
from data.counting.totals import totals
from data.model.days import today
from data.model.errors import DataError, QueryError, StoreError
from data.model.roles import Role
from data.model.schema import TABLES, conform, empty
from data.pillars.causes import how_they_die
from data.pillars.models import Asked
from data.pillars.views import VIEWS, Kind, view_of
from data.query.address import open_address
from data.query.parameters import PLACES
from data.query.selection import Selection
from data.scale import publish_cubes as module
from data.scale.engines import PolarsEngine, collected
from data.scale.incident_files import find_files
from data.scale.incidents import conformed, on_map
from data.scale.publish_cubes import publish_cubes
from data.scale.sums import Frame
from data.store.cubes import CANNOT_FILTER
from data.store.diff import diff_of
from data.store.history import read_log
from data.store.ingest import How, ingest
from data.store.mending import roll_back
from data.store.reconcile import BESIDE
from data.store.store import Store
from data.store.vintage import Vintage
from data.trends.small_multiples import routes_by_period
from data.trends.year_to_date import year_to_date
from tests.harness.scale import hostile_incidents, write_partitions

QUERIES = [
    "", "measure=dead&resolution=5", "measure=missing&resolution=2&from=2014-01-01", "measure=incidents&route=us-mexico",
    "measure=events&resolution=1", "measure=events&cause=drowning&to=2014-03-31&step=year", "resolution=0&step=quarter",
    "resolution=4&from=2014-02-01&to=2014-02-28&route=us-mexico", "source=mmp-selection&resolution=3",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return partitioned files of incidents."""
    folder = tmp_path_factory.mktemp("files")
    write_partitions(hostile_incidents(), folder)
    return folder


@pytest.fixture(scope="module")
def summed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store(tmp_path_factory.mktemp("summed"))
    publish_cubes(folder, store, PolarsEngine())
    return store


@pytest.fixture(scope="module")
def singly(folder: Path, summed: Store, tmp_path_factory: pytest.TempPathFactory) -> Vintage:
    """Return a vintage that holds the same incidents one by one."""
    files = find_files(folder)
    rows = collected(on_map(PolarsEngine().with_cells(conformed(PolarsEngine().read(files), files))))
    edition = summed.current().sources.select("source", "edition")
    tables = {name: empty(name) for name in TABLES} | {
        "incidents": conform(rows.join(edition, on="source").with_columns(quality=pl.lit(4), flags=pl.lit([])), "incidents"),
        "sources": summed.current().sources,
    }  # fmt: skip
    return Store(tmp_path_factory.mktemp("singly")).publish(tables, {})


@pytest.mark.rule("C1", "C5", "E1", "E4", "X1", "X2", "X5", "Q2")
@pytest.mark.parametrize("query", QUERIES)
def test_cubes_answer_what_the_incidents_would(summed: Store, singly: Vintage, query: str) -> None:
    held, selection = summed.current(), Selection.from_query(query)
    assert_frame_equal(cells(held, selection), cells(singly, selection))
    assert people_parts(held, selection) == people_parts(singly, selection)
    assert parts(held, selection) == parts(singly, selection)
    assert_frame_equal(series(held, selection), series(singly, selection))
    for by in (None, "route", "cause", "month", "year"):
        found, expected = (totals(one, selection, measure=selection.measure, by=by) for one in (held, singly))
        assert found == expected
    known = cells_answer(singly, selection)
    untold = NotPlaced(cumulative=None, withheld=None, no_coordinates=None)  # sums do not tell why (RULES X9)
    assert cells_answer(held, selection) == replace(known, not_located_parts=untold)
    assert_frame_equal(routes_by_period(held, selection), routes_by_period(singly, selection))
    so_far = [year_to_date(one, selection, as_of=date(2014, 3, 31)) for one in (held, singly)]
    assert so_far[0] == so_far[1]
    unknown = ["exact", "place_known", "area_only"]
    assert_frame_equal(cells_table(held, selection).drop(unknown), cells_table(singly, selection).drop(unknown))


@pytest.mark.parametrize("route", [None, "us-mexico"])
def test_how_people_die_is_told_of_sums_as_of_incidents(summed: Store, singly: Vintage, route: str | None) -> None:
    found, expected = (
        [(row.part, row.what, row.value) for row in
         how_they_die(one, Asked(route, date(2014, 1, 1), date(2014, 12, 31))).rows if row.denominator is None]
        for one in (summed.current(), singly)
    )  # fmt: skip
    assert found == expected
    assert len(found) > 1


@pytest.mark.parametrize("kind", VIEWS.values(), ids=lambda one: one.id)
def test_every_view_answers_of_sums_or_says_why_not(summed: Store, kind: Kind) -> None:
    view = view_of(summed.current(), kind, Asked())
    assert view.is_computable or view.words.startswith("Not computable")


def test_nobody_is_lost(summed: Store, folder: Path) -> None:
    rows = hostile_incidents()
    for source in ("mmp", "mmp-selection"):
        mine = rows.filter(pl.col("source") == source)
        found = people_parts(summed.current(), Selection(source=source))
        assert (found["total"], found["incidents"]) == (mine["dead_or_missing"].sum(), mine.height)


@pytest.mark.parametrize("query", ["region=x", "origin=unknown", "country=LBY", "min_quality=3", "resolution=6"])
def test_what_cubes_cannot_tell_is_said_and_not_answered(summed: Store, query: str) -> None:
    name = query.partition("=")[0]
    app = create_app(summed.folder)
    refused = app.server.test_client().get(f"/cells/values?{query}")
    assert refused.status_code == 400
    assert refused.get_json()["parameter"] == name
    opened = open_address(summed, query)
    assert opened.selection == Selection(), "the page shows the rest"
    assert [one.parameter for one in opened.misread] == [name]


@pytest.mark.parametrize("name", sorted(CANNOT_FILTER.keys() & set(PLACES)))
def test_a_grouping_that_cubes_cannot_tell_is_refused(summed: Store, name: str) -> None:
    with pytest.raises(QueryError, match="tell nothing of"):
        totals(summed.current(), Selection(), measure="dead", by=name)


def test_single_incidents_are_not_invented(summed: Store) -> None:
    client = create_app(summed.folder).server.test_client()
    for address in ("/api/v1/incidents", "/api/v1/exports/incidents.csv", "/api/v1/hotspots", "/incidents/points"):
        found = client.get(address)
        assert found.status_code == 400, address
        assert "no single incident" in found.get_data(as_text=True), address


def test_the_cubes_are_sorted_as_the_store_sorts_and_every_number_is_signed(summed: Store) -> None:
    vintage = summed.current()
    found = pl.read_parquet(vintage.folder / "cubes.parquet")
    order = ["source", "cell", "date_from", "date_to", "finest_resolution", "route", "cause"]
    assert_frame_equal(found, found.sort(order, nulls_last=True))
    assert not [dtype for dtype in found.dtypes if dtype.is_unsigned_integer()], "Spark reads unsigned ones as decimals"
    assert found.select(order).is_duplicated().sum() == 0


def test_an_ingest_does_not_lose_what_is_summed(summed: Store, demonstration_files: list[Path]) -> None:
    before = summed.names()
    with pytest.raises(StoreError, match="an ingest would lose them"):
        ingest(demonstration_files[:1], summed)
    assert summed.names() == before


def test_cubes_take_the_place_of_cubes_and_can_be_undone(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    publish_cubes(folder, store, PolarsEngine())
    half = tmp_path / "half"
    write_partitions(hostile_incidents().head(2000), half)
    publish_cubes(half, store, PolarsEngine())
    assert people_parts(store.current(), Selection(source="mmp"))["incidents"] < 2000
    roll_back(store, None, reason=None)
    assert_frame_equal(cells(store.current(), Selection()), cells(store.open("v000001"), Selection()))
    assert not list(store.folder.glob(".adding-up*"))


@pytest.fixture
def beside(folder: Path, tmp_path: Path) -> Store:
    """Return a store of sums beside counts that are restricted, of which a newer file takes some back."""
    store = Store(tmp_path / "beside")
    for name, days in (("a", (1, 2, 3)), ("b", (1, 2))):
        path = tmp_path / f"{name}.csv"
        rows = [f"persons_arrived,,Harbour,Italy,,2024-0{month}-01,2024-0{month}-28,{month * 20}" for month in days]
        path.write_text("\n".join(["unit,route,place,country,nationality,date_from,date_to,value", *rows, ""]))
        ingest([path], store, how=How(sensitivity="restricted", edition="whole", approve="it was wrong"))
    publish_cubes(folder, store, PolarsEngine())
    return store


def test_what_the_store_held_stays_with_its_days_and_its_log(beside: Store, folder: Path) -> None:
    before, after = (beside.open(name) for name in ("v000002", "v000003"))
    assert_frame_equal(after.counts, before.counts)
    for name in BESIDE.values():
        assert_frame_equal(after.read_stored(name), before.read_stored(name))
    assert before.read_stored("replaced_counts").height > 0
    assert dict(before.publication.retrieved).items() <= dict(after.publication.retrieved).items()
    assert after.sources["retrieved"].null_count() == 0
    log = read_log(beside.folder, after.name)
    assert [(one.command, one.vintage, one.after) for one in log] == [
        ("ingest", "v000001", None), ("ingest", "v000002", "v000001"), ("cubes", "v000003", "v000002"),
    ]  # fmt: skip
    assert log[-1].said["files"] == [{"file": folder.name}]
    assert beside.published()[-1].vintage == after.name


@pytest.mark.parametrize("role", Role)
def test_sums_are_public_beside_what_is_restricted(beside: Store, role: Role) -> None:
    whole = beside.current()
    seen = whole.seen_by(role, today=today())
    assert seen.summary == whole.summary
    for query in ("", "measure=events&resolution=4"):
        selection = Selection.from_query(query)
        assert_frame_equal(cells(seen, selection), cells(whole, selection))
        assert totals(seen, selection, measure="dead", by="route") == totals(
            whole, selection, measure="dead", by="route"
        )


def test_sums_that_lose_a_record_are_found(summed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_store(summed).problems == []
    whole = Vintage.scan

    def lossy(vintage: Vintage, name: str) -> pl.LazyFrame:
        return whole(vintage, name).slice(1) if name == "cubes" else whole(vintage, name)

    monkeypatch.setattr(Vintage, "scan", lossy)
    assert "records, " in " ".join(check_store(summed).problems)


def test_sums_never_join_invented_data(folder: Path, tmp_path: Path, demonstration_files: list[Path]) -> None:
    store = Store(tmp_path / "store")
    ingest(demonstration_files, store)
    with pytest.raises(StoreError, match="never share a store"):
        publish_cubes(folder, store, PolarsEngine())
    assert store.names() == ["v000001"]


def test_an_engine_that_loses_rows_publishes_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As ``mapInArrow`` does where a function yields its first batch alone."""
    whole: Callable[[Frame], Frame] = module.alone

    def lossy(rows: Frame) -> Frame:
        return whole(rows).head(10)

    monkeypatch.setattr(module, "alone", lossy)
    with pytest.raises(DataError, match="Nothing was published"):
        publish_cubes(folder, Store(tmp_path / "store"), PolarsEngine())
    assert not Store(tmp_path / "store").has_vintage()


def test_a_source_that_is_unknown_or_held_singly_is_refused(folder: Path, tmp_path: Path, singly: Vintage) -> None:
    with pytest.raises(StoreError, match="holds single incidents of 'mmp'"):
        publish_cubes(folder, Store(singly.folder.parent), PolarsEngine())
    strange = tmp_path / "strange"
    write_partitions(hostile_incidents().with_columns(source=pl.lit("nobody")), strange)
    with pytest.raises(StoreError, match="'nobody' is no data set"):
        publish_cubes(strange, Store(tmp_path / "store"), PolarsEngine())


def test_the_command_says_what_it_did(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cubes", str(folder), "--store", str(tmp_path / "store")]) == 0
    told = capsys.readouterr().err
    assert "4,000 incidents" in told
    assert "not read: quality" in told
    assert main(["check", "--all", "--store", str(tmp_path / "store")]) == 0
    assert main(["cubes", str(tmp_path / "nothing"), "--store", str(tmp_path / "store")]) == 2
    assert "There are no Parquet files" in capsys.readouterr().err


def test_that_nothing_differs_is_never_said_of_sums(summed: Store, singly: Vintage) -> None:
    with pytest.raises(StoreError, match="record by record"):
        diff_of(singly, summed.current())
