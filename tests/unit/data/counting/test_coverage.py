"""Which days are covered, for which places: editions cut to a region, ways of one place, publishers that omit zeros."""

from datetime import date

import polars as pl
import pytest

from data.counting.count_coverage import coverings
from data.counting.coverage import absent_days, covered, covered_somewhere, not_covered
from data.counting.flow_series import flow_series
from data.counting.not_covered import not_covered_rows
from data.counting.series import series
from data.counting.totals import totals
from data.counting.windows import Window, outside, shared
from data.model.absence import KINDS, Absence, ending_words, why_words
from data.model.schema import conform, empty
from data.query.selection import Selection
from data.risk.route_counts import count_on_route
from data.store.store import Store
from data.store.vintage import Vintage
from tests.harness.rows import incident_rows

pytestmark = pytest.mark.rule("R10", "R11")
YEAR = Window(date(2020, 1, 1), date(2020, 12, 31))


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("coverage"))


def publish(store: Store, *, editions: list[dict[str, object]], incidents: list[dict[str, object]] | None = None,
            counts: list[dict[str, object]] | None = None) -> Vintage:  # fmt: skip
    plain = {"source": "mmp", "kind": "incidents", "sensitivity": "public", "is_demonstration": False}
    tables = {name: empty(name) for name in ("segments", "segment_cells", "quarantine", "log")}
    rows = [{"source": "mmp", "date_to": row["date_from"], "dead_or_missing": 1} | row for row in incidents or []]
    sources = conform(pl.DataFrame([plain | one for one in editions]), "sources")
    counted = conform(pl.DataFrame(counts), "counts") if counts else empty("counts")
    held = incident_rows(*rows) if rows else empty("incidents")
    return store.publish({**tables, "incidents": held, "counts": counted, "sources": sources}, {})


def of_year(year: int, edition: str) -> dict[str, object]:
    return {"edition": edition, "first_date": date(year, 1, 1), "last_date": date(year, 12, 31)}


def two_regions(store: Store) -> Vintage:
    """Return a store of all regions in 2019, and of one region in 2020."""
    rows = [
        *({"edition": "all", "region": region, "date_from": date(2019, 3, 1)} for region in ("europe", "western-asia")),
        {"edition": "one", "region": "europe", "date_from": date(2020, 3, 1)},
    ]
    return publish(store, editions=[of_year(2019, "all"), of_year(2020, "one")], incidents=rows)


def test_a_download_of_one_region_covers_that_region_alone(store: Store) -> None:
    vintage = two_regions(store)
    both = (Window(date(2019, 1, 1), date(2020, 12, 31)),)
    assert covered(vintage, Selection()) == (Window(date(2019, 1, 1), date(2019, 12, 31)),)
    assert covered(vintage, Selection(regions=("europe",))) == both
    assert covered(vintage, Selection(regions=("western-asia",))) == (Window(date(2019, 1, 1), date(2019, 12, 31)),)
    assert covered_somewhere(vintage, Selection()) == both


def test_downloads_of_every_region_cover_them_together(store: Store) -> None:
    rows = [{"edition": region, "region": region, "date_from": date(2020, 3, 1)} for region in ("europe", "asia")]
    vintage = publish(store, editions=[of_year(2020, region) for region in ("europe", "asia")], incidents=rows)
    assert covered(vintage, Selection()) == (YEAR,)


def test_an_edition_that_lacks_a_rare_region_by_chance_covers_it(store: Store) -> None:
    many = [{"edition": "old", "region": "europe", "date_from": date(2019, 3, 1)} for _ in range(40)]
    rare = {"edition": "old", "region": "central-asia", "date_from": date(2019, 3, 1)}
    new = {"edition": "new", "region": "europe", "date_from": date(2020, 3, 1)}
    vintage = publish(store, editions=[of_year(2019, "old"), of_year(2020, "new")], incidents=[*many, rare, new])
    assert covered(vintage, Selection()) == (Window(date(2019, 1, 1), date(2020, 12, 31)),)


def test_a_region_that_was_renamed_is_not_lacking(store: Store) -> None:
    """Editions before 2020 speak of the Middle East and Sub-Saharan Africa (RULES E7)."""
    before = [{"edition": "old", "region": one, "date_from": date(2018, 3, number + 1)}
              for number, one in enumerate(("middle-east", "sub-saharan-africa", "us-mexico-border"))]  # fmt: skip
    after = [{"edition": "new", "region": one, "date_from": date(2019, 3, number + 1)}
             for number, one in enumerate(("western-asia", "eastern-africa", "western-africa", "central-america"))]  # fmt: skip
    vintage = publish(store, editions=[of_year(2018, "old"), of_year(2019, "new")], incidents=[*before, *after])
    assert covered(vintage, Selection()) == (Window(date(2018, 1, 1), date(2019, 12, 31)),)


def test_a_download_of_one_route_has_no_record_on_no_route(store: Store) -> None:
    rows = [{"edition": "all", "route": route, "date_from": date(2019, 3, 1)} for route in ("darien", None, "sahara")]
    one = {"edition": "one", "route": "darien", "date_from": date(2020, 3, 1)}
    vintage = publish(store, editions=[of_year(2019, "all"), of_year(2020, "one")], incidents=[*rows, one])
    assert covered(vintage, Selection(routes=("darien",)))[-1].last == date(2020, 12, 31)
    assert covered(vintage, Selection())[-1].last == date(2019, 12, 31)
    assert covered(vintage, Selection(routes=("sahara",)))[-1].last == date(2019, 12, 31)


def test_a_month_that_only_one_region_covers_is_a_part_and_never_zero(store: Store) -> None:
    rows = {row["period"]: row for row in series(two_regions(store), Selection()).to_dicts()}
    assert (rows[date(2020, 3, 1)]["value"], rows[date(2020, 3, 1)]["status"]) == (1, "in_part")
    assert rows[date(2020, 4, 1)]["value"] is None
    assert (rows[date(2019, 4, 1)]["value"], rows[date(2019, 4, 1)]["status"]) == (0, "published")


def test_before_between_and_after_editions_each_have_their_kind(store: Store) -> None:
    editions = [of_year(2018, "first"), of_year(2020, "second")]
    rows = [{"edition": "first", "date_from": date(2018, 5, 1)}, {"edition": "second", "date_from": date(2020, 5, 1)}]
    vintage = publish(store, editions=editions, incidents=rows)
    found = not_covered(vintage, Selection(start=date(2017, 7, 1), end=date(2021, 6, 30)))
    assert [(one.first.year, one.kind) for one in found] == [
        (2017, "not_collected"), (2019, "not_collected"), (2021, "not_yet_published")
    ]  # fmt: skip
    assert [one.code for one in found] == ["L", "L", "O"]


def test_a_file_of_two_years_has_nothing_of_the_years_between(store: Store) -> None:
    """A filtered download: its first and last day say nothing of what lies between (RULES R10)."""
    days = [date(year, month, 3) for year in (2019, 2022) for month in range(1, 13)]
    ends: dict[str, object] = {"edition": "a", "first_date": days[0], "last_date": days[-1]}
    vintage = publish(store, editions=[ends], incidents=[{"edition": "a", "date_from": day} for day in days])
    whole, rest = Window(date(2019, 1, 1), date(2019, 12, 31)), Window(date(2022, 1, 1), date(2022, 12, 3))
    assert covered(vintage, Selection()) == (whole, rest)
    found = series(vintage, Selection(start=date(2019, 1, 1), end=date(2022, 12, 31), step="year"))
    assert found.select("value", "status").rows()[1:3] == [(None, "not_collected")] * 2


@pytest.mark.parametrize(("gap", "is_covered"), [(date(2019, 12, 24), True), (date(2022, 12, 1), False)])
def test_a_stretch_without_a_record_is_nobody_where_such_stretches_are_usual(
    store: Store, gap: date, is_covered: bool
) -> None:
    days = [date(2019, 1, 10), date(2019, 1, 20), date(2019, 2, 4), date(2019, 6, 10), gap]
    ends: dict[str, object] = {"edition": "a", "first_date": days[0], "last_date": days[-1]}
    vintage = publish(store, editions=[ends], incidents=[{"edition": "a", "date_from": day} for day in days])
    assert (len(covered(vintage, Selection())) == 1) is is_covered


def counted(*rows: tuple[str, str | None, int, int | None]) -> list[dict[str, object]]:
    """Return monthly arrivals of 2020: place, mode, month and value."""
    months = [date(2020, month, 1) for *_, month, _ in rows]
    ends = pl.Series(months).dt.month_end().to_list()
    return [
        {"source": "coast", "unit": "persons_arrived", "route": "darien", "place": place, "mode": mode,
         "date_from": first, "date_to": last, "value": value}
        for (place, mode, _, value), first, last in zip(rows, months, ends, strict=True)
    ]  # fmt: skip


COAST = {"source": "coast", "kind": "counts", "layout": "coast-monthly"}


def test_a_place_that_is_counted_by_ways_is_covered_where_all_are(store: Store) -> None:
    rows = counted(("Spain", None, 1, 9), ("Spain", "sea", 2, 4), ("Spain", "land", 2, 5), ("Spain", "sea", 3, 4))
    (spain,) = coverings(publish(store, editions=[COAST], counts=rows), Selection(), "arrivals")
    assert spain.days == (Window(date(2020, 1, 1), date(2020, 2, 29)),)


def test_a_count_without_a_number_is_unknown_and_a_missing_month_not_collected(store: Store) -> None:
    rows = counted(("Spain", None, 1, 9), ("Spain", None, 2, None), ("Spain", None, 4, 0))
    vintage = publish(store, editions=[COAST], counts=rows)
    chosen = Selection(start=date(2020, 1, 1), end=date(2020, 5, 31))
    found = flow_series(vintage, chosen, "arrivals").periods
    assert [(one.value, one.status) for one in found] == [
        (9, "published"), (None, "unknown"), (None, "not_collected"), (0, "published"), (None, "not_yet_published")
    ]  # fmt: skip
    told = [(one.kind, one.first.month) for one in not_covered_rows(vintage, chosen, "arrivals")]
    assert told == [("unknown", 2), ("not_collected", 3), ("not_yet_published", 5)]


def test_a_publisher_that_leaves_out_zeros_covers_its_gaps(store: Store) -> None:
    rows = counted(("Spain", None, 1, 9), ("Spain", None, 4, 3))
    omits = COAST | {"layout": "frontex-monthly", "first_date": date(2020, 1, 1), "last_date": date(2020, 4, 30)}
    vintage = publish(store, editions=[omits], counts=rows)
    found = flow_series(vintage, Selection(), "arrivals")
    assert [(one.value, one.code) for one in found.periods] == [(9, "A"), (0, "A"), (0, "A"), (3, "A")]
    window = Selection(routes=("darien",), start=date(2020, 1, 1), end=date(2020, 4, 30))
    assert count_on_route(vintage, window, "arrivals").value == 12
    usual = publish(store, editions=[COAST], counts=rows)
    assert count_on_route(usual, window, "arrivals").value is None


def test_a_window_that_cuts_a_month_says_how_many_it_leaves_out(store: Store) -> None:
    rows = counted(("Spain", None, 1, 9), ("Spain", None, 2, 4))
    vintage = publish(store, editions=[COAST], counts=rows)
    found = totals(vintage, Selection(start=date(2020, 1, 15), end=date(2020, 2, 29)), measure="arrivals", by="month")
    assert (found.total, found.partly_in_window) == (4, 9)
    assert [(one.key, one.value, one.status) for one in found.groups] == [
        ("2020-01", None, "unknown"), ("2020-02", 4, "published")
    ]  # fmt: skip


def test_every_kind_has_one_word_one_code_and_an_ending() -> None:
    for kind, code in KINDS.items():
        one = Absence(date(2020, 1, 1), date(2020, 12, 31), kind)
        assert one.code == code
        assert str(one.words).startswith("2020: ")
        assert str(ending_words([one])).endswith("in 2020")
        assert str(why_words([one, one])) == f" ({str(one.words).removeprefix('2020: ')})"
    assert str(ending_words([])) == str(why_words([])) == ""


def test_at_most_three_stretches_are_named_and_the_others_counted() -> None:
    gaps = [Absence(date(year, 1, 1), date(year, 12, 31), "not_collected") for year in range(2015, 2020)]
    assert str(ending_words(gaps)).endswith("and 2 more stretches without figures")


def test_days_outside_and_days_in_both() -> None:
    spans = (Window(date(2020, 2, 1), date(2020, 3, 31)), Window(date(2020, 6, 1), date(2020, 12, 31)))
    assert outside(spans, YEAR) == (
        Window(date(2020, 1, 1), date(2020, 1, 31)), Window(date(2020, 4, 1), date(2020, 5, 31))
    )  # fmt: skip
    assert shared(spans, (YEAR,)) == spans
    assert absent_days((), YEAR, last=None) == (Absence(*YEAR, "not_collected"),)
