"""What an ingest does with editions: tells what it replaces, waits where it would lose much, asks where it is unclear."""

from datetime import date
from pathlib import Path

import pytest

from data.model.errors import AmbiguousError, DataError, HeldError
from data.store.history import read_log
from data.store.ingest import How, ingest
from data.store.report import words
from data.store.store import Store

pytestmark = pytest.mark.rule("E7")
HEADS = ("Main ID,Incident ID,Region of Incident,Incident Date,Number of Dead,Minimum Estimated Number of Missing,"
         "Total Number of Dead and Missing,Cause of Death,Migration route,Location of death,Country of Incident,"
         "Coordinates,Source Quality")  # fmt: skip


def mmp(path: Path, *records: tuple[str, str, int]) -> Path:
    """Write a download with these records: id, day, people."""
    lines = [f'{one},{one},Mediterranean,{day},{people},,{people},Drowning,Central Mediterranean,Off a coast,Libya,'
             f'"33.5, 14.1{one[-2:]}",4' for one, day, people in records]  # fmt: skip
    path.write_text("\n".join([HEADS, *lines, ""]), encoding="utf-8")
    return path


def year(first: int, last: int, *, people: int = 10) -> list[tuple[str, str, int]]:
    return [(f"2024.MMP000{number}", f"2024-03-{number:02}", people) for number in range(first, last)]


def people(store: Store) -> int:
    return int(store.current().incidents["dead_or_missing"].sum())


def test_the_report_says_what_became_of_every_earlier_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([mmp(tmp_path / "march.csv", *year(10, 30))], store)
    report = ingest([mmp(tmp_path / "later.csv", *year(10, 12), ("2024.MMP00077", "2024-04-02", 5))], store)
    moves = {(one["file"], one["fate"]): (one["rows"], one["number"], one["by"]) for one in report["earlier"]}
    assert moves == {("march.csv", "replaced"): (2, 20, "later.csv"), ("march.csv", "kept"): (18, 180, None)}
    assert "march.csv: 2 rows, 20 people, replaced by later.csv" in words(report)
    assert people(store) == 205


def test_what_was_replaced_is_kept_and_comes_back_with_its_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([mmp(tmp_path / "march.csv", *year(10, 30))], store)
    ingest([mmp(tmp_path / "later.csv", *year(10, 12), ("2024.MMP00077", "2024-04-02", 5))], store)
    assert store.current().read_stored("replaced_incidents")["fate"].to_list() == ["replaced"] * 2
    row = store.current().sources.filter(file="march.csv").to_dicts()[0]
    assert (row["rows_read"], row["accepted"], row["duplicates"]) == (20, 18, 2)


def test_a_file_that_would_withdraw_many_waits_for_a_reason(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([mmp(tmp_path / "march.csv", *year(10, 30))], store)
    newer = mmp(tmp_path / "newer.csv", *year(10, 29), ("2024.MMP00077", "2024-04-02", 5))
    with pytest.raises(HeldError, match=r"newer\.csv restates years .* lacks 10 of the 200 .* --approve"):
        ingest([newer], store)
    assert (people(store), store.names()) == (200, ["v000001"])
    ingest([newer], store, how=How(approve="the publisher withdrew a record"))
    assert people(store) == 195
    (approved,) = store.current().manifest["approved"]
    assert (approved["source"], approved["reason"]) == ("mmp", "the publisher withdrew a record")
    assert "lacks 10 of the 200" in approved["held"][0]
    assert read_log(store.folder, store.newest_name())[-1].said["approved"] == [approved]


def test_records_that_change_by_more_than_a_tenth_wait_and_additions_never_do(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([mmp(tmp_path / "march.csv", *year(10, 30))], store)
    with pytest.raises(HeldError, match=r"would change from 200 to 240"):
        ingest([mmp(tmp_path / "newer.csv", *year(10, 30, people=12), ("2024.MMP00077", "2024-04-02", 5))], store)
    ingest([mmp(tmp_path / "more.csv", *year(10, 30), ("2024.MMP00077", "2024-04-02", 5_000))], store)
    assert people(store) == 5_200


def test_a_person_says_that_a_file_is_whole_and_that_holds(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([mmp(tmp_path / "march.csv", *year(10, 30))], store)
    how = How(edition="whole", published=date(2025, 1, 1), approve="a smaller list, and complete")
    ingest([mmp(tmp_path / "whole.csv", *year(10, 11), *year(28, 30))], store, how=how)
    assert people(store) == 30
    ingest([mmp(tmp_path / "other.csv", ("2024.MMP00099", "2024-05-01", 1))], store)  # what was said is not forgotten
    assert people(store) == 31


def test_a_later_day_of_the_publisher_wins_whatever_the_days_in_the_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([mmp(tmp_path / "march.csv", *year(10, 30))], store)
    ingest([mmp(tmp_path / "earlier.csv", *year(10, 13, people=11))], store, how=How(published=date(2026, 1, 1)))
    assert people(store) == 203


def test_an_unclear_file_names_both_and_publishes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    rows = [(f"{51500 + n}", f"2024-03-{n:02}", 10) for n in range(10, 30)]
    ingest([mmp(tmp_path / "web.csv", *rows)], store)
    half = mmp(tmp_path / "half.csv", *year(10, 20), ("2024.MMP00029", "2024-03-29", 10))
    with pytest.raises(AmbiguousError, match=r"half\.csv over web\.csv: .*2024 \d\d%"):
        ingest([half], store)
    assert (people(store), store.names()) == (200, ["v000001"])
    ingest([half], store, how=How(edition="part"))
    assert people(store) == 310


def test_a_file_of_which_no_row_is_accepted_publishes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    with pytest.raises(DataError, match=r"none of its 2 rows can be accepted.*The first: "):
        ingest([mmp(tmp_path / "bad.csv", ("A1", "no day", 3), ("A2", "2924-01-01", 4))], store)
    assert not store.has_vintage()


def test_the_same_content_under_two_names_counts_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    files = [mmp(tmp_path / name, *year(10, 20)) for name in ("a.csv", "b.csv")]
    ingest(files, store)
    ingest(files[::-1], store)
    assert people(store) == 100


def test_a_row_that_could_not_be_read_takes_nothing_away(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([mmp(tmp_path / "old.csv", *year(10, 30))], store)
    newer = mmp(tmp_path / "new.csv", *year(10, 30), ("2024.MMP00077", "2024-04-02", 5))
    newer.write_text(newer.read_text(encoding="utf-8").replace("2024-03-29,10,,10", "2024-03-29,~10,,~10"), "utf-8")
    ingest([newer], store)
    assert people(store) == 205


def test_a_row_number_is_no_id(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    for name, first, day in (("a.csv", 10, "2024-05-01"), ("b.csv", 20, "2024-06-01")):
        path = mmp(tmp_path / name, *year(first, first + 5), ("X11", day, 7), ("X11", day, 8))
        path.write_text(path.read_text(encoding="utf-8").replace("X11,X11,", ",,"), "utf-8")
        ingest([path], store)
    assert people(store) == 130


def test_ids_are_known_without_marks_that_nobody_sees(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([mmp(tmp_path / "plain.csv", *year(10, 20))], store)
    marked = mmp(tmp_path / "marked.csv", *year(10, 12), ("2024.MMP00077", "2024-04-02", 5))
    marked.write_text(marked.read_text(encoding="utf-8").replace("2024.MMP00010", "\ufeff2024.MMP00010"), "utf-8")
    ingest([marked], store)
    assert people(store) == 105


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_blank_reason_approves_nothing(tmp_path: Path, reason: str) -> None:
    store = Store(tmp_path / "store")
    ingest([mmp(tmp_path / "march.csv", *year(10, 30))], store)
    with pytest.raises(HeldError):
        ingest(
            [mmp(tmp_path / "n.csv", *year(10, 29), ("2024.MMP00077", "2024-04-02", 5))], store, how=How(approve=reason)
        )


def test_what_was_said_of_a_file_holds_when_it_comes_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    march, other = mmp(tmp_path / "march.csv", *year(10, 30)), mmp(tmp_path / "other.csv", *year(10, 12, people=11))
    ingest([march], store, how=How(published=date(2020, 1, 1)))
    ingest([other], store, how=How(published=date(2019, 12, 1)))
    for again in (other, march):
        ingest([again], store)
        assert people(store) == 200


def test_between_schemes_of_ids_only_the_days_that_both_span_are_restated(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    web = [(f"{51500 + n}", f"2024-{1 + n % 12:02}-{1 + n:02}", 10) for n in range(24)]
    late = [(f"2024.MMP{n:05}", day, 10) for n, (_, day, _) in enumerate(web) if day >= "2024-07-01"]
    ingest([mmp(tmp_path / "web.csv", *web)], store)
    ingest([mmp(tmp_path / "late.csv", *late)], store)
    assert people(store) == 240


def test_a_year_that_a_newer_file_begins_in_january_is_restated_from_its_first_day(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    web = [(f"{51500 + n}", f"2024-{1 + n % 12:02}-{2 + n:02}", 10) for n in range(24)]
    newer = [(f"2024.MMP{n:05}", day, 10) for n, (_, day, _) in enumerate(web) if day > "2024-01-09"]
    ingest([mmp(tmp_path / "web.csv", *web)], store)
    ingest([mmp(tmp_path / "newer.csv", *newer)], store, how=How(published=date(2025, 1, 1)))
    assert people(store) == 10 * len(newer) == 230


def test_a_large_loss_between_schemes_of_ids_waits(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([mmp(tmp_path / "web.csv", *((f"{51500 + n}", f"2024-03-{n:02}", 10) for n in range(1, 25)))], store)
    small = [(f"2024.MMP{n:05}", f"2024-03-{n:02}", 1) for n in range(1, 25)]
    with pytest.raises(HeldError, match="would change from 240 to 24"):
        ingest([mmp(tmp_path / "small.csv", *small)], store, how=How(published=date(2025, 1, 1)))


def test_units_are_never_added_up_to_pass_a_bound(tmp_path: Path) -> None:
    heads = "unit,route,place,country,nationality,date_from,date_to,value"
    rows = (
        "persons_arrived,Darien,,,,2024-01-01,2024-01-31,1000000\npersons_intercepted,Darien,,,,2024-01-01,2024-01-31,"
    )
    store = Store(tmp_path / "store")
    for value, name in ((500, "a.csv"), (5, "b.csv")):
        (tmp_path / name).write_text(f"{heads}\n{rows}{value}\n", encoding="utf-8")
    ingest([tmp_path / "a.csv"], store)
    with pytest.raises(HeldError, match="would change from 500 to 5"):
        ingest([tmp_path / "b.csv"], store, how=How(published=date(2025, 1, 1)))
    ingest([tmp_path / "b.csv"], store, how=How(edition="whole", published=date(2025, 1, 1), approve="corrected"))
    assert dict(store.current().counts.select("unit", "value").iter_rows()) == {
        "persons_arrived": 1_000_000, "persons_intercepted": 5
    }  # fmt: skip


def two_that_wait(folder: Path) -> tuple[Store, list[Path]]:
    """Return a store and two files, of two sources, that each change what is held by more than a tenth."""
    store = Store(folder / "store")
    ingest([mmp(folder / "march.csv", *year(10, 30)), counts(folder / "before.csv", 1000)], store)
    later = [mmp(folder / "newer.csv", *year(10, 30, people=12), ("2024.MMP00077", "2024-04-02", 5))]
    return store, [*later, counts(folder / "after.csv", 500)]


def counts(path: Path, number: int) -> Path:
    lines = f"Black Sea Route,Sea,BGD,2009-02,{number}\nBlack Sea Route,Sea,BGD,{2010 + (number < 1000)}-02,1\n"
    path.write_text(f"route,type,nat,t,n\n{lines}")
    return path


@pytest.mark.parametrize(
    "given",
    ["a reason for all", ("mmp=right",), ("frontex=right",), ("mmp=", "frontex=right"), None, ()],
)
def test_where_several_sources_wait_each_has_its_own_reason(
    tmp_path: Path, given: str | tuple[str, ...] | None
) -> None:
    store, later = two_that_wait(tmp_path)
    with pytest.raises(HeldError, match="--approve") as told:
        ingest(later, store, how=How(approve=given))
    both = given in ("a reason for all", None, ())
    assert ("Waiting: frontex and mmp" in str(told.value)) == both
    assert ("from 1,000 to 500" in str(told.value)) == (both or given == ("mmp=right",))
    assert ("from 200 to 240" in str(told.value)) == (both or given != ("mmp=right",))
    assert (store.names(), people(store)) == (["v000001"], 200)


@pytest.mark.parametrize(
    "given", [("mmp=corrected", "frontex=counted again"), (" frontex = counted again ", "corrected")]
)
def test_reasons_are_kept_by_source(tmp_path: Path, given: tuple[str, ...]) -> None:
    store, later = two_that_wait(tmp_path)
    ingest(later, store, how=How(approve=given))
    kept = {one["source"]: one["reason"] for one in store.current().manifest["approved"]}
    assert kept == {"mmp": "corrected", "frontex": "counted again"}


def test_a_reason_for_a_source_that_is_not_there_is_asked_about(tmp_path: Path) -> None:
    store, later = two_that_wait(tmp_path)
    with pytest.raises(HeldError, match="names frontx, which is no source"):
        ingest(later, store, how=How(approve=("mmp=right", "frontx=right")))


def test_a_file_that_its_reader_finds_far_outside_waits(tmp_path: Path) -> None:
    store, path = Store(tmp_path / "store"), tmp_path / "frontex.csv"
    path.write_text("route,type,nat,t,n\nBlack Sea Route,Sea,BGD,2009-02,3000000\n")
    with pytest.raises(HeldError, match=r"frontex\.csv: The month from 2009-02-01 has 3,000,000 detections"):
        ingest([path], store)
    assert not store.has_vintage()
    ingest([path], store, how=How(approve="a month of a new kind"))
    assert store.current().counts["value"].sum() == 3_000_000
