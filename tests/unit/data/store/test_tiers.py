"""A vintage as each role sees it: place, delay, lines, texts, ids, days; the operator sees all (RULES 9)."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.counting.measures import select_incidents
from data.model.days import today
from data.model.errors import StoreError
from data.model.origins import NOT_STATED
from data.model.roles import Reader, Role, reading_as
from data.model.settings import Settings
from data.query.address import without_unknown_ids
from data.query.resolve import ids_of
from data.query.selection import Selection
from data.store.ingest import How, ingest
from data.store.mending import roll_back
from data.store.opening import open_older
from data.store.sensitivity import said_in
from data.store.store import Store
from data.store.tiered import TieredStore, check_for_public, open_as_stated
from data.store.vintage import Vintage
from geo.cells import cell_centre, cell_of_point, parent
from geo.sphere.great_circle import length_km
from tests.harness.secrets_planted import LAND, LINE, MONTH_SEA, SEA, WORD, YOUNG_LAND, plant
from tests.harness.small_store import NEAR, publish

TIERS = (Role.PUBLIC, Role.PARTNER, Role.BORDER)
ON_LAND, AT_SEA = YOUNG_LAND, MONTH_SEA  # of yesterday, of 15 days ago
EXACT = NEAR | {"location_precision": "exact", "finest_resolution": 7}
OTHERS = ("incidents-own", "counts", "segments")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return plant(tmp_path_factory.mktemp("tiers") / "store")


def seen(store: Store, role: Role, *, later: int = 0) -> Vintage:
    return store.current().seen_by(role, today=today() + timedelta(days=later))


def restricted(vintage: Vintage) -> pl.DataFrame:
    return vintage.incidents.filter(pl.col("source") == "incidents-own")


@pytest.mark.parametrize(("role", "finest"), [(Role.PUBLIC, 4), (Role.PARTNER, 5), (Role.BORDER, 6)])
def test_a_place_is_the_centre_of_a_cell_that_the_role_may_see(store: Store, role: Role, finest: int) -> None:
    rows = restricted(seen(store, role, later=60))
    assert rows["survivors"].to_list() == [None] * 4
    assert rows["finest_resolution"].unique().to_list() == [finest]
    assert set(rows["location_precision"]) == {"place"}
    for latitude, longitude in (SEA, LAND):
        cell = cell_of_point(latitude=latitude, longitude=longitude, resolution=finest)
        here = rows.filter(parent(pl.col("cell"), resolution=finest) == cell)
        assert here.height == 2
        assert [(x, y) for x, y in here.select("longitude", "latitude").unique().iter_rows()] == [
            pytest.approx(cell_centre(cell))
        ]


@pytest.mark.parametrize(
    ("role", "days", "expected"),
    [(Role.PUBLIC, 0, [5, 6]), (Role.PUBLIC, 6, [5, 6]), (Role.PUBLIC, 7, [5, 6, ON_LAND]),
     (Role.PUBLIC, 15, [5, 6, ON_LAND]), (Role.PUBLIC, 16, [5, 6, ON_LAND, AT_SEA]), (Role.PARTNER, 2, [5, 6, AT_SEA]),
     (Role.PARTNER, 3, [5, 6, ON_LAND, AT_SEA]), (Role.BORDER, 0, [5, 6, ON_LAND, AT_SEA])],
)  # fmt: skip
def test_an_event_is_shown_once_whole_days_have_passed(
    store: Store, role: Role, days: int, expected: list[int]
) -> None:
    assert sorted(restricted(seen(store, role, later=days))["dead_or_missing"]) == expected


def test_what_has_no_day_waits_from_the_day_on_which_it_was_read(tmp_path: Path) -> None:
    vintage = publish(
        Store(tmp_path), NEAR | {"dead_or_missing": 3}, retrieved=date(2024, 1, 10), sensitivity="restricted"
    )
    counted = [
        vintage.seen_by(Role.PUBLIC, today=date(2024, 1, 10) + timedelta(days=n)).incidents.height for n in (30, 31)
    ]
    assert counted == [0, 1]


def test_the_operator_sees_all_and_the_public_sources_are_the_same_for_everybody(store: Store) -> None:
    whole = seen(store, Role.OPERATOR)
    assert whole is store.current()
    assert restricted(whole).height == 4
    told = [
        view.incidents.filter(pl.col("source") == "mmp") for view in (whole, *(seen(store, role) for role in TIERS))
    ]
    assert all(one.equals(told[0]) for one in told)


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.PARTNER])
def test_lines_bend_where_nobody_drew_them_and_a_hub_is_none(store: Store, role: Role) -> None:
    lines = seen(store, role).segments.filter(pl.col("source") == "segments")
    assert lines.height == 1
    points = [tuple(point) for point in lines["points"][0]]
    assert not {*points} & {*LINE}
    assert all(length_km(pair) >= 10 for pair in pairwise(points))
    assert lines["name"].to_list() == [None]
    cells = seen(store, role).segment_cells.filter(pl.col("source") == "segments")
    assert set(cells["segment_id"]) == set(lines["segment_id"])


def test_a_border_team_sees_lines_as_they_were_supplied(store: Store) -> None:
    lines = seen(store, Role.BORDER).segments.filter(pl.col("source") == "segments")
    assert lines.height == 2
    assert [tuple(point) for point in lines["points"][0]] == [*LINE]


@pytest.mark.parametrize("role", TIERS)
def test_the_account_of_files_tells_neither_names_nor_sums_nor_last_days(store: Store, role: Role) -> None:
    view = seen(store, role)
    rows = view.sources.filter(pl.col("source").is_in(OTHERS))
    for name in ("file", "sha256", "rows_read", "accepted", "quarantined", "duplicates", "published"):
        assert rows[name].null_count() == rows.height
    assert view.quarantine.is_empty()
    assert view.log.is_empty()
    assert set(rows["edition"]) <= {
        *view.incidents["edition"],
        *view.counts["edition"],
        *view.segments["edition"],
        *rows["edition"],
    }
    last = rows.filter(pl.col("source") == "incidents-own")["last_date"].item()
    assert last == restricted(view)["date_to"].max()


def test_an_older_vintage_is_seen_as_the_newer_one_is(tmp_path: Path) -> None:
    store = Store(tmp_path)
    day = {"date_from": today(), "date_to": today(), "dead_or_missing": 3}
    publish(store, NEAR | day, sensitivity="restricted")
    newer = publish(store, NEAR | day, sensitivity="public").seen_by(Role.PARTNER, today=today())
    older = open_older(store.folder / "v000001", beside=newer)
    assert older is not None
    assert (newer.incidents.height, older.incidents.height) == (1, 0)


def test_where_nobody_said_who_reads_it_is_the_public(store: Store) -> None:
    tiered = TieredStore(store.folder)
    assert tiered.current().role is Role.PUBLIC
    for role in TIERS:
        with reading_as(Reader(role)):
            assert (tiered.current().role, tiered.open("v000001").role) == (role, role)
    assert [one.data_until for one in tiered.published()] == ["2024-12-31"]


def test_what_is_restricted_may_lie_in_a_store_of_its_own(store: Store, tmp_path: Path) -> None:
    open_store = Store(tmp_path / "open")
    publish(open_store, NEAR | {"dead_or_missing": 3, "date_from": date(2024, 1, 1)})
    both = TieredStore(open_store.folder, restricted=store.folder)
    assert both.current().sources["source"].to_list() == ["mmp"]
    with reading_as(Reader(Role.PARTNER)):
        assert both.folder == store.folder
        assert "incidents-own" in both.current().sources["source"]


def test_a_public_store_that_holds_what_is_not_is_refused_unless_it_is_named_twice(store: Store) -> None:
    with pytest.raises(StoreError, match="holds what is not public: counts, incidents-own and segments"):
        check_for_public(in_public(store))
    named_twice = in_public(store, restricted_store=store.folder)
    check_for_public(named_twice)
    assert open_as_stated(named_twice).current().role is Role.PUBLIC


def in_public(store: Store, **more: Any) -> Settings:
    return Settings(store=store.folder, mode="public", **more)


SAID_SINCE = [("public", "restricted"), ("public", "restricted", "restricted"), ("public", "restricted", "")]


def said_in_turn(folder: Path, words: tuple[str, ...]) -> Store:
    """Return a store of one exact record in each vintage, of a source of which each word was said; "": rolled back."""
    store = Store(folder)
    for word in words:
        if word:
            publish(store, EXACT | {"dead_or_missing": 3, "date_from": date(2024, 1, 1)}, sensitivity=word)
        else:
            roll_back(store, "v000001", reason=None)
    return store


@pytest.mark.parametrize("words", SAID_SINCE)
def test_what_is_restricted_now_is_so_in_every_vintage(tmp_path: Path, words: tuple[str, ...]) -> None:
    tiered = TieredStore(said_in_turn(tmp_path / "store", words).folder)
    for name in (None, *tiered.names(), today().isoformat()):
        view = tiered.open(name)
        assert view.restricted == {"mmp"}, name
        assert view.incidents["finest_resolution"].to_list() == [4], name
        assert view.sources["sensitivity"].to_list() == ["restricted"], name
    assert {one.data_until for one in tiered.published()} == {""}
    beside = open_older(tiered.folder / "v000001", beside=tiered.current())
    assert beside is not None
    assert beside.restricted == {"mmp"}


@pytest.mark.parametrize("words", SAID_SINCE)
def test_a_running_store_coarsens_at_once_what_it_had_opened_before(tmp_path: Path, words: tuple[str, ...]) -> None:
    store = said_in_turn(tmp_path / "store", words[:1])
    tiered = TieredStore(store.folder)
    before = tiered.open("v000001")
    assert before.incidents["finest_resolution"].to_list() == [7]
    publish(store, NEAR, sensitivity="restricted")
    after = tiered.open("v000001")
    assert after.incidents["finest_resolution"].to_list() == [4]
    assert after.mark != before.mark
    assert tiered.may_tell_again() is False


def test_what_one_says_of_a_source_holds_while_the_newest_is_damaged_or_has_not_got_it(tmp_path: Path) -> None:
    store = said_in_turn(tmp_path / "store", ("public", "restricted"))
    (store.folder / "v000002" / "incidents.parquet").write_bytes(b"")
    tiered = TieredStore(store.folder)
    assert (tiered.current().name, tiered.current().restricted) == ("v000001", {"mmp"})
    roll_back(Store(store.folder), "v000001", reason="the newest is lost")
    assert Store(store.folder).current().sources["sensitivity"].to_list() == ["restricted"]


@pytest.mark.parametrize("lost", ["incidents.parquet", "sources.parquet", "manifest.json"])
def test_the_newest_has_its_say_whichever_of_its_files_is_lost(tmp_path: Path, lost: str) -> None:
    store, file = Store(tmp_path / "store"), tmp_path / "counts.csv"
    file.write_text("route,type,nat,t,n\nBlack Sea Route,Sea,BGD,2009-02,1000\n")
    ingest([file], store, how=How(sensitivity="public"))
    ingest([file], store, how=How(sensitivity="restricted"))
    (store.folder / "v000002" / lost).unlink()
    seen_now = TieredStore(store.folder).current()
    assert seen_now.name == "v000001"
    assert len(seen_now.restricted) == 1


def test_a_rollback_keeps_the_last_word_and_another_ingest_may_say_otherwise(tmp_path: Path) -> None:
    store = said_in_turn(tmp_path / "store", ("public", "restricted", "", "public"))
    last = [Store(store.folder).open(name).stored_sources["sensitivity"].item() for name in store.names()]
    assert last == ["public", "restricted", "restricted", "public"]
    tiered = TieredStore(store.folder)
    assert [len(tiered.open(name).restricted) for name in store.names()] == [0, 1, 1, 0]


def test_a_store_is_refused_for_what_an_older_vintage_holds_until_that_is_forgotten(tmp_path: Path) -> None:
    store = said_in_turn(tmp_path / "store", ("restricted", "restricted", "public"))
    with pytest.raises(
        StoreError, match=r"older vintages v000001 and v000002 .* hold what is not public: mmp.*--forget"
    ):
        check_for_public(in_public(store))
    check_for_public(in_public(store, restricted_store=store.folder))
    store.forget("v000001")
    store.forget("v000002")
    check_for_public(in_public(store))


def test_what_was_restricted_and_went_comes_back_restricted(tmp_path: Path) -> None:
    store = said_in_turn(tmp_path / "store", ("public",))
    file = tmp_path / "counts.csv"
    file.write_text("route,type,nat,t,n\nBlack Sea Route,Sea,BGD,2009-02,1000\n")
    ingest([file], store, how=How(sensitivity="restricted"))
    roll_back(store, "v000001", reason=None)
    assert store.current().sources["source"].to_list() == ["mmp"]
    ingest([file], store)
    said = dict(store.current().sources.select("source", "sensitivity").iter_rows())
    assert sorted(said.values()) == ["public", "restricted"]
    assert said["mmp"] == "public"


def test_what_a_killed_writer_left_restricts_and_frees_nothing(tmp_path: Path) -> None:
    store = said_in_turn(tmp_path / "store", ("public", "restricted", "public"))
    store.point_to(store.folder / "v000002")
    assert said_in(store.folder).last == {"mmp": "restricted"}
    store.point_to(store.folder / "v000001")
    assert said_in(store.folder).last == {"mmp": "restricted"}


@pytest.mark.rule("Q5")
@pytest.mark.parametrize("role", TIERS)
def test_an_origin_that_may_not_be_told_can_neither_be_chosen_nor_guessed(store: Store, role: Role) -> None:
    assert f"{WORD}-origin" in ids_of(store.current())["origin"]
    vintage = seen(store, role, later=60)
    assert ids_of(vintage)["origin"] == [NOT_STATED]
    assert vintage.names["origin"] == {NOT_STATED: "Not stated or withheld"}
    asked = f"source=incidents-own&origin={WORD}-origin"
    selection, misread = without_unknown_ids(vintage, Selection.from_query(asked))
    assert [(one.code, one.near) for one in misread] == [("absent", ())]
    assert selection.origins == ()
    own = Selection(source="incidents-own")
    found = [select_incidents(vintage, one).collect().height for one in (own, own.replace(origins=(NOT_STATED,)))]
    assert found == [4, 4]
    assert select_incidents(vintage, own.replace(origins=(f"{WORD}-origin",))).collect().is_empty()
