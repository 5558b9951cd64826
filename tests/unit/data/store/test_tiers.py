"""A vintage as each role sees it: place, delay, lines, texts, ids, days; the operator sees all (RULES 9)."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from data.model.days import today
from data.model.errors import SettingError, StoreError
from data.model.roles import LIMITS, Reader, Role, reading_as
from data.store import pseudonyms
from data.store.opening import open_older
from data.store.pseudonyms import pseudonym
from data.store.store import Store
from data.store.tiered import TieredStore, open_for_public
from data.store.vintage import Vintage
from geo.cells import cell_centre, cell_of_point, parent
from geo.sphere.great_circle import length_km
from tests.harness.secrets_planted import LAND, LINE, MONTH_SEA, SEA, YOUNG_LAND, plant
from tests.harness.small_store import NEAR, publish
from tests.harness.tiers import stated

TIERS = (Role.PUBLIC, Role.PARTNER, Role.BORDER)
ON_LAND, AT_SEA = YOUNG_LAND, MONTH_SEA  # of yesterday, of 15 days ago
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
    both = open_for_public(open_store.folder, store.folder)
    assert both.current().sources["source"].to_list() == ["mmp"]
    with reading_as(Reader(Role.PARTNER)):
        assert both.folder == store.folder
        assert "incidents-own" in both.current().sources["source"]


def test_a_public_store_that_holds_what_is_not_is_refused_unless_it_is_named_twice(store: Store) -> None:
    with pytest.raises(StoreError, match="holds what is not public: counts, incidents-own and segments"):
        open_for_public(store.folder, None)
    assert open_for_public(store.folder, store.folder).current().role is Role.PUBLIC


def test_ids_are_the_same_for_all_who_have_the_secret_and_need_a_long_one(tmp_path: Path) -> None:
    secret = tmp_path / "secret"

    def made(content: bytes) -> str:
        secret.write_bytes(content)
        with stated(SECRET_FILE=str(secret)):
            pseudonyms._seed.cache_clear()
            return str(pl.select(pseudonym(pl.lit("Jane"), prefix="record")).item())

    try:
        assert made(b"a" * 32) == made(b"a" * 32) != made(b"b" * 32)
        assert made(b"a" * 32).startswith("record-")
        with pytest.raises(SettingError, match="holds 3 bytes"):
            made(b"abc")
    finally:
        pseudonyms._seed.cache_clear()


def test_the_table_of_limits_is_that_of_the_rules() -> None:
    assert [(one.finest, one.days, one.days_at_sea, one.smallest_group) for one in LIMITS.values()] == [
        (4, 7, 30, 10), (5, 3, 3, 5), (6, 0, 0, 5)
    ]  # fmt: skip
