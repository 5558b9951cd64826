"""A newer file replaces only what it states again: by id, by scope, between schemes of ids, by group (RULES E7)."""

from datetime import date

import polars as pl
import pytest

from data.model.errors import AmbiguousError
from data.model.schema import conform
from data.store.editions import Edition, judge_rows
from tests.harness.rows import incident_rows

pytestmark = pytest.mark.rule("E7")
MARCH = date(2020, 3, 1)


def records(edition: str, *rows: dict[str, object]) -> pl.DataFrame:
    plain = {"source": "mmp", "edition": edition, "date_from": MARCH, "date_to": MARCH, "region": "mediterranean"}
    made = [plain | {"event_id": row["record_id"]} | row for row in rows]
    return incident_rows(*made)


def fates(*files: pl.DataFrame, **choices: str) -> dict[str, list[str | None]]:
    """Return for each edition the fate of its rows; the files are given from the oldest to the newest."""
    table = pl.concat(files)
    ids = [file["edition"][0] for file in files]
    editions = [Edition(one, "mmp", date(2021, 1, 1 + at), choices.get(one)) for at, one in enumerate(ids)]  # type: ignore[arg-type]
    found = table.select("edition").with_columns(judge_rows(table, editions))
    return {one: found.filter(pl.col("edition") == one)["fate"].to_list() for one in ids}


def ids(*numbers: int, **more: object) -> list[dict[str, object]]:
    return [{"record_id": f"2020.MMP{number:05}"} | more for number in numbers]


def test_two_parts_of_one_edition_both_count() -> None:
    assert fates(records("a", *ids(1, 2)), records("b", *ids(3, 4))) == {"a": [None, None], "b": [None, None]}


def test_a_record_that_is_stated_again_is_replaced_and_others_stay() -> None:
    assert fates(records("a", *ids(1, 2, 3)), records("b", *ids(2))) == {"a": [None, "replaced", None], "b": [None]}


def test_a_year_of_which_nine_tenths_are_stated_again_is_restated() -> None:
    older = records("a", *ids(*range(10)))
    assert fates(older, records("b", *ids(*range(9))))["a"] == ["replaced"] * 9 + ["withdrawn"]
    assert fates(older, records("b", *ids(*range(8))))["a"] == ["replaced"] * 8 + [None] * 2


def test_a_year_beyond_the_newer_files_days_stays() -> None:
    later = {"date_from": date(2020, 9, 1), "date_to": date(2020, 9, 1)}
    older = records("a", *ids(*range(10)), *ids(77, **later))
    newer = records("b", *ids(*range(10)))
    assert fates(older, newer)["a"] == ["replaced"] * 10 + [None]


def test_a_region_that_is_restated_withdraws_its_own_and_no_other() -> None:
    older = records("a", *ids(*range(11)), *ids(*range(20, 40), region="africa"))
    newer = records("b", *ids(*range(10)), *ids(50))
    found = fates(older, newer)["a"]
    assert found == ["replaced"] * 10 + ["withdrawn"] + [None] * 20


def test_an_undated_record_goes_with_the_years_if_all_are_restated() -> None:
    undated = ids(99, date_from=None, date_to=None)
    other = {"date_from": date(2019, 3, 1), "date_to": date(2019, 3, 1)}
    assert fates(records("a", *ids(1), *undated), records("b", *ids(1)))["a"] == ["replaced", "withdrawn"]
    older = records("a", *ids(1), *ids(2, 3, **other), *undated)
    newer = records("b", *ids(1), *ids(8, **other))
    assert fates(older, newer)["a"] == ["replaced", None, None, None]


def test_an_id_that_is_spelt_with_other_zeros_is_the_same() -> None:
    def spelt(edition: str, name: str, place: str) -> pl.DataFrame:
        return records(edition, *({"record_id": one, "place": place} for one in (name, "2022.MMP00044", "2022.MMP044")))

    older, newer = spelt("a", "2022.MMP391", "Off Sfax"), spelt("b", "2022.MMP0391", "Off Sfax")
    assert fates(older, newer)["a"] == ["replaced"] * 3


def test_two_ids_that_differ_by_zeros_may_be_two_events_of_two_downloads() -> None:
    one = records("a", {"record_id": "2021.MMP0843", "place": "Off Sfax"})
    other = records("b", {"record_id": "2021.MMP00843", "place": "Near Eagle Pass"})
    assert fates(one, other) == {"a": [None], "b": [None]}


def test_records_of_one_event_may_be_parted_between_two_downloads() -> None:
    def event(edition: str, *numbers: int) -> pl.DataFrame:
        rows = [{"record_id": f"2026.MMP0007{number}", "event_id": "2026.MMP0007"} for number in numbers]
        return records(edition, *rows)

    assert fates(event("a", 501, 502), event("b", 503)) == {"a": [None, None], "b": [None]}
    assert fates(event("a", 501, 502), event("b", 502, 503))["a"] == ["replaced"] * 2  # a later state of the event


def numbered(edition: str, *events: int, at: int = 0, **more: object) -> pl.DataFrame:
    """Return records under the publisher's event ids, which have no ids of their own."""
    rows = [{"record_id": f"row {at + n}", "event_id": str(5_000 + event)} | more for n, event in enumerate(events)]
    return records(edition, *rows)


def test_events_stated_again_in_other_words_are_replaced_where_records_have_no_ids() -> None:
    older = numbered("a", *range(6), place="Off Sfax")
    newer = numbered("b", *range(5), 99, at=1, place="Near Sfax")
    assert fates(older, newer)["a"] == ["replaced"] * 5 + [None]
    one = numbered("c", 5, *range(200, 230), at=1, place="Near Sfax")
    assert fates(older, one)["a"] == [None] * 5 + ["replaced"]


def test_records_without_ids_may_be_parted_between_two_downloads() -> None:
    first = numbered("a", *range(40), place="Off Sfax")
    second = numbered("b", 0, 1, 2, *range(100, 137), place="Near Sfax")
    assert fates(first, second)["a"] == [None] * 40


@pytest.mark.parametrize("has_ids", [True, False])
def test_a_region_that_is_stated_again_leaves_an_events_records_elsewhere(has_ids: bool) -> None:
    def record(number: int, region: str, toll: int) -> dict[str, object]:
        record_id = f"2020.MMP7-{number}" if has_ids else f"row {number}"
        return {"record_id": record_id, "event_id": "2020.MMP7", "region": region, "dead_or_missing": toll}

    here, there = record(901, "mediterranean", 3), record(902, "africa", 5)
    others = ids(*range(20), region="africa") if has_ids else []
    older = records("a", here, there, *others)
    if has_ids:
        assert fates(older, records("b", here))["a"] == ["replaced", None] + [None] * 20
    corrected = here | {"dead_or_missing": 8}
    assert fates(older, records("b", corrected))["a"][:2] == ["replaced", "replaced"]  # a later state of the event


def test_an_event_whose_records_were_merged_is_replaced() -> None:
    older = records("a", *({"record_id": f"2026.MMP0007{one}", "event_id": "2026.MMP0007"} for one in (1, 2)))
    newer = records("b", {"record_id": "2026.MMP00071,2026.MMP00072", "event_id": "2026.MMP0007"})
    assert fates(older, newer)["a"] == ["replaced"] * 2


def test_letters_before_a_number_are_of_a_region_and_not_another_scheme() -> None:
    """Two downloads that name their events by other letters are never compared by day and place."""
    here, there = (
        records(one, *({"record_id": f"{one.upper()}{n}", "dead_or_missing": 3} for n in range(4))) for one in "ab"
    )
    assert fates(here, there) == {"a": [None] * 4, "b": [None] * 4}


def placed(edition: str, scheme: str, *events: tuple[int, float, int]) -> pl.DataFrame:
    """Return events of March 2020 (day, longitude, toll) under ids of a scheme."""
    rows = [
        {"record_id": scheme.format(number), "date_from": date(2020, 3, day), "date_to": date(2020, 3, day),
         "longitude": longitude, "latitude": 35.0, "dead_or_missing": toll}
        for number, (day, longitude, toll) in enumerate(events)
    ]  # fmt: skip
    return records(edition, *rows)


EVENTS = tuple((1 + number, 2.0 * number, 3 + number) for number in range(10))


def test_between_two_schemes_of_ids_events_are_known_by_day_place_and_toll() -> None:
    moved = tuple((day + day % 2, longitude + (2.5 if day < 4 else 0.4), toll) for day, longitude, toll in EVENTS)
    assert fates(placed("a", "row {}", *EVENTS), placed("b", "2020.MMP{:05}", *moved))["a"] == ["replaced"] * 10


def test_a_year_of_which_nothing_is_matched_stays() -> None:
    elsewhere = tuple((day, longitude + 90, toll + 50) for day, longitude, toll in EVENTS)
    found = fates(placed("a", "row {}", *EVENTS), placed("b", "2020.MMP{:05}", *elsewhere))
    assert found["a"] == [None] * 10


def test_where_it_is_not_evident_nothing_is_guessed() -> None:
    older, half = placed("a", "5{:04}", *EVENTS), placed("b", "2020.MMP{:05}", *EVENTS[:4], EVENTS[-1])
    with pytest.raises(AmbiguousError, match=r"2020 50%.*--edition whole.*--edition part"):
        fates(older, half)
    assert fates(older, half, b="part")["a"] == [None] * 10
    assert fates(older, half, b="whole")["a"] == ["withdrawn"] * 10


def test_what_newer_editions_say_does_not_depend_on_the_order_of_rows() -> None:
    first, second, third = records("a", *ids(*range(10))), records("b", *ids(*range(9))), records("c", *ids(3))
    editions = [Edition("a", "mmp", date(2021, 1, 1)), Edition("b", "mmp", date(2021, 2, 1)), Edition("c", "mmp", None)]
    for order in ((first, second, third), (third, first, second)):
        table = pl.concat(order)
        found = (
            table.select("edition", "record_id").with_columns(judge_rows(table, editions)).sort("edition", "record_id")
        )
        assert found["fate"].to_list() == ["replaced"] * 9 + ["withdrawn"] + [None] * 9 + ["replaced"]
        assert found["by"].to_list() == ["b"] * 10 + [None] * 9 + ["b"]


def counts(edition: str, *rows: dict[str, object]) -> pl.DataFrame:
    plain = {"source": "own", "edition": edition, "unit": "persons_arrived", "date_from": MARCH,
             "date_to": date(2020, 3, 31), "flags": []}  # fmt: skip
    return conform(pl.DataFrame([plain | row for row in rows], infer_schema_length=None), "counts")


def test_all_rows_of_a_group_of_counts_are_replaced_and_other_groups_stay() -> None:
    older = counts("a", *({"place": "Spain", "nationality": one, "value": 5} for one in ("MAR", "DZA")),
                   {"place": "Greece", "nationality": "SYR", "value": 7})  # fmt: skip
    newer = counts("b", {"place": "Spain", "nationality": "MAR", "value": 6})
    table = pl.concat([older, newer])
    editions = [Edition("a", "own", date(2021, 1, 1)), Edition("b", "own", date(2021, 2, 1))]
    assert judge_rows(table, editions)["fate"].to_list() == ["replaced", "replaced", None, None]


def test_a_count_to_date_is_replaced_by_one_that_reaches_further_and_by_no_other() -> None:
    year = {"place": "Italy", "step": "year", "date_from": date(2025, 1, 1)}
    older = counts(
        "a",
        year | {"date_to": date(2025, 6, 30), "value": 5, "nationality": "TUN"},
        year | {"date_to": date(2025, 6, 30), "value": 4, "nationality": "SYR"},
        year | {"date_to": date(2025, 6, 30), "value": 3, "place": "Malta"},
        {"place": "Italy", "step": "month", "date_from": date(2025, 1, 1), "date_to": date(2025, 1, 31)},
    )
    newer = counts("b", year | {"date_to": date(2025, 9, 15), "value": 9, "nationality": "TUN"})
    table = pl.concat([older, newer])
    editions = [Edition("a", "own", date(2025, 7, 1)), Edition("b", "own", date(2025, 10, 1))]
    assert judge_rows(table, editions)["fate"].to_list() == ["replaced", "replaced", None, None, None]


def test_two_databases_are_never_compared() -> None:
    table = pl.concat([records("a", *ids(1)), records("b", *ids(1)).with_columns(source=pl.lit("united"))])
    editions = [Edition("a", "mmp", date(2021, 1, 1)), Edition("b", "united", date(2021, 2, 1))]
    assert judge_rows(table, editions)["fate"].to_list() == [None, None]


def test_a_day_that_is_stated_again_tells_nothing_of_undated_records() -> None:
    other = {"date_from": date(2019, 3, 1), "date_to": date(2019, 3, 1)}
    older = records("a", *ids(1), *ids(2, 3, **other), *ids(99, date_from=None, date_to=None))
    assert fates(older, records("b", *ids(1)))["a"] == ["replaced", None, None, None]


def event(number: int, *records: tuple[str, int]) -> list[dict[str, object]]:
    name = f"2020.MMP{number:05}"
    return [{"record_id": name + part, "event_id": name, "dead_or_missing": toll} for part, toll in records]


def test_records_that_a_later_part_lacks_of_a_corrected_event_are_bounded_where_people_go() -> None:
    older = records("a", *event(1, ("-a", 30), ("-b", 70)), *event(2, ("-a", 5)))
    assert fates(older, records("b", *event(1, ("-a", 30))))["a"] == ["replaced", None, None]
    assert fates(older, records("b", *event(1, ("-a", 31))))["a"] == ["replaced", "withdrawn", None]
    assert fates(older, records("b", *event(1, ("-a", 100))))["a"] == ["replaced", "replaced", None]


def test_a_few_days_do_not_speak_of_the_days_beside_them() -> None:
    older = placed("a", "row {}", (1, 10.0, 3), (5, 11.0, 4), (6, 12.0, 5), (7, 13.0, 6))
    newer = placed("b", "2020.MMP{:05}", (5, 11.0, 4), (6, 12.0, 5))
    assert fates(older, newer)["a"] == [None, "replaced", "replaced", None]
    moved = placed("b", "2020.MMP{:05}", (5, 11.0, 4), (6, 12.0, 5), (6, 13.0, 6))
    assert fates(older, moved)["a"] == [None, "replaced", "replaced", "replaced"], "one event, a day apart"


def test_a_newer_file_without_any_record_or_any_day_withdraws_nothing() -> None:
    older = records("a", *ids(1, 2))
    editions = [Edition("a", "mmp", MARCH), Edition("empty", "mmp", date(2021, 1, 1), "whole")]
    assert judge_rows(older, editions)["fate"].to_list() == [None, None]
    undated = records("b", *ids(8, date_from=None, date_to=None))
    assert fates(older, undated, b="whole")["a"] == [None, None]
