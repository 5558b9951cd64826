"""Each table as a role may see it, row by row: what is restricted, for whom, and what is told in its place (RULES 9)."""

from datetime import date, timedelta
from io import BytesIO
from itertools import combinations_with_replacement
from typing import Any

import polars as pl
import pytest

from data.model.roles import LIMITS, Role
from data.model.schema import conform, polars_schema
from data.store.coarsening import Scope
from data.store.cubes import BESIDE_CUBES, CUBES, SCHEMA
from data.store.tiers import narrowed, restricted_sources, scope_of, told_of, with_cells, with_days

TODAY = date(2024, 6, 30)
TIERS = (Role.PUBLIC, Role.PARTNER, Role.BORDER)


def scope(role: Role = Role.PUBLIC) -> Scope:
    return Scope(frozenset({"own"}), LIMITS[role], TODAY, {})


def table(name: str, *rows: dict[str, Any]) -> pl.DataFrame:
    return conform(pl.DataFrame(list(rows), infer_schema_length=None), name)


def seen(name: str, *rows: dict[str, Any], role: Role = Role.PUBLIC) -> pl.DataFrame:
    return narrowed(name, table(name.removeprefix("replaced_"), *rows).lazy(), scope(role)).collect()


def count(value: int, days_ago: int = 60, **more: Any) -> dict[str, Any]:
    day = TODAY - timedelta(days=days_ago)
    plain = {"source": "own", "unit": "persons_arrived", "country": "ITA", "step": "day", "flags": [], "edition": "e"}
    return plain | {"date_from": day, "date_to": day, "value": value} | more


def edition(source: str, sensitivity: str | None, **more: Any) -> dict[str, Any]:
    plain = {"source": source, "kind": "counts", "edition": f"{source}-1", "is_demonstration": False}
    return plain | {"retrieved": date(2024, 1, 10), "sensitivity": sensitivity} | more


def test_a_source_is_public_only_where_every_edition_of_it_says_so() -> None:
    rows = [edition("a", "public"), edition("b", "public"), edition("b", "restricted"), edition("c", None)]
    assert restricted_sources(table("sources", *rows)) == {"b", "c"}


def test_a_scope_is_of_what_is_restricted_and_what_was_withheld_since() -> None:
    sources = table(
        "sources", edition("a", "public"), edition("b", "restricted", retrieved=None),
        edition("b", "restricted", retrieved=date(2024, 1, 12)), edition("b", "restricted"),
    )  # fmt: skip
    for role in TIERS:
        found = scope_of(sources, role, TODAY, withheld=frozenset({"a"}))
        assert found == Scope(
            frozenset({"a", "b"}), LIMITS[role], TODAY, {"a": date(2024, 1, 10), "b": date(2024, 1, 12)}
        )
    assert scope_of(sources, Role.OPERATOR, None, withheld=frozenset({"a"})) is None
    assert scope_of(sources.filter(source="a"), Role.PUBLIC, None) is None


def test_nothing_is_read_by_tier_without_the_day_of_reading() -> None:
    with pytest.raises(ValueError, match="needs the day of reading"):
        scope_of(table("sources", edition("b", "restricted")), Role.PARTNER, None)


@pytest.mark.parametrize("name", [CUBES, BESIDE_CUBES])
def test_sums_of_incidents_hold_no_source_that_is_not_public(name: str) -> None:
    rows = pl.DataFrame({"source": ["own", "mmp"], "route": ["a", None]}, schema_overrides={"route": pl.String})
    cubes = rows.select(*(pl.col(one) if one in rows.columns else pl.lit(None, dtype).alias(one)
                          for one, dtype in SCHEMA.items()))  # fmt: skip
    assert narrowed(name, cubes.lazy(), scope()).collect().rows() == cubes[1:].rows()


@pytest.mark.parametrize(
    ("role", "mode", "day"),
    [(Role.PUBLIC, "land", 8), (Role.PUBLIC, "sea", 31), (Role.PUBLIC, None, 31), (Role.PARTNER, "land", 4),
     (Role.PARTNER, "sea", 4), (Role.BORDER, "sea", 0)],
)  # fmt: skip
def test_a_count_is_shown_once_its_delay_has_passed_by_sea_where_the_way_is_not_known(
    role: Role, mode: str | None, day: int
) -> None:
    assert seen("counts", count(50, day, mode=mode), role=role).height == 1
    if day:
        assert seen("counts", count(50, day - 1, mode=mode), role=role).is_empty()
    assert seen("counts", count(50, 0, mode=mode, source="mmp"), role=role).height == 1


@pytest.mark.parametrize(("role", "smallest"), [(Role.PUBLIC, 10), (Role.PARTNER, 5), (Role.BORDER, 5)])
def test_small_groups_are_hidden_of_what_is_not_public_and_the_order_stays(role: Role, smallest: int) -> None:
    values = [("own", smallest), ("mmp", 1), ("own", smallest - 1), ("own", 40), ("mmp", 2)]
    rows = [count(value, 60 + at, source=source) for at, (source, value) in enumerate(values)]
    assert seen("counts", *rows, role=role)["value"].to_list() == [smallest, 1, 40, 2]


@pytest.mark.parametrize("name", ["counts", "replaced_counts"])
def test_of_a_count_that_is_not_public_only_ids_that_the_program_knows_are_told(name: str) -> None:
    plain = {"file": "f.csv", "sheet": "s", "row": 7}
    known = {"route": "central-mediterranean", "place": None, "country": "ITA", "nationality": "SYR"}
    texts = {"route": "route of mine", "place": None, "country": "my country", "nationality": "my people"}
    named = {"route": "route of mine", "place": "Harbour", "country": "ITA", "nationality": None}
    own = [count(50, 60 + at, **plain, **one) for at, one in enumerate((known, texts, named, named))]
    found = seen(name, *own, count(50, 90, source="mmp", **plain, **texts)).to_dicts()
    told = [{name: one[name] for name in ("file", "sheet", "row", *known)} for one in found]
    nothing = {"file": None, "sheet": None, "row": None}
    areas = [one["place"] for one in found]
    assert told == [
        nothing | known,
        nothing | {"route": None, "place": areas[1], "country": None, "nationality": None},
        nothing | {"route": None, "place": areas[2], "country": "ITA", "nationality": None},
        nothing | {"route": None, "place": areas[2], "country": "ITA", "nationality": None},
        plain | texts,
    ]
    assert [str(area).startswith("area-") for area in areas] == [False, True, True, True, False]
    assert areas[1] != areas[2], "a place is told from another"
    assert {one["edition"].startswith("edition-") for one in found[:4]} == {True}
    assert found[4]["edition"] == "e"


def test_of_an_edition_that_is_not_public_neither_file_nor_sum_nor_day_is_told() -> None:
    sums = {"rows_read": 9, "accepted": 8, "quarantined": 1, "duplicates": 0, "file": "f.csv", "sha256": "0a",
            "published": TODAY, "first_date": TODAY, "last_date": TODAY}  # fmt: skip
    words = ["restricted", "public", None, "secret"]  # public: it was said not to be since
    found = seen("sources", *(edition("own", word, **sums) for word in words), edition("mmp", "public", **sums))
    assert found["sensitivity"].to_list() == ["restricted", "restricted", "restricted", "secret", "public"]
    assert {found[name].null_count() for name in sums} == {4}
    assert found.select(sums.keys()).rows()[4] == tuple(sums.values())
    assert found["edition"].str.starts_with("edition-").to_list() == [True] * 4 + [False]
    assert (found["publisher"].null_count(), found["source"].to_list()) == (5, ["own"] * 4 + ["mmp"])


def test_an_edition_that_is_not_public_covers_the_days_of_what_is_shown_of_it() -> None:
    days = {"first_date": date(2020, 1, 1), "last_date": date(2020, 12, 31)}
    sources = table(
        "sources", edition("own", "restricted"), edition("mmp", "public", **days), edition("none", "public")
    )
    shown = [
        pl.LazyFrame({"source": ["own", "mmp"], "date_from": [date(2024, 2, 1)] * 2, "date_to": [date(2024, 2, 3)] * 2}),
        pl.LazyFrame({"source": ["own", "own"], "date_from": [date(2024, 1, 5), date(2024, 1, 9)],
                      "date_to": [date(2024, 1, 6), date(2024, 1, 20)]}),
    ]  # fmt: skip
    found = with_days(sources, shown, scope())
    assert found.columns == sources.columns
    assert found.select("source", "first_date", "last_date").rows() == [
        ("own", date(2024, 1, 5), date(2024, 2, 3)), ("mmp", *days.values()), ("none", None, None)
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["quarantine", "log"])
@pytest.mark.parametrize("role", TIERS)
def test_rows_as_they_were_found_are_told_of_public_sources_alone(name: str, role: Role) -> None:
    rows = ({"source": "own", "file": "f.csv"}, {"source": "mmp", "file": "m.csv"})
    assert seen(name, *rows, role=role)["file"].to_list() == ["m.csv"]


@pytest.mark.parametrize("role", TIERS)
def test_a_cell_of_a_line_is_told_where_the_line_is_shown_as_supplied(role: Role) -> None:
    points = [[12.0, 33.0], [12.1, 33.1]]
    lines = table("segments", *({"source": source, "segment_id": source, "points": points, "length_km": 14.0,
                                 "order": 0, "is_major": True} for source in ("own", "crossings-routes")))  # fmt: skip
    cells = table("segment_cells", *({"source": one, "segment_id": one, "cell": 1, "resolution": 2, "share": 1.0}
                                     for one in ("own", "crossings-routes")))  # fmt: skip
    kept = narrowed("segment_cells", cells.lazy(), scope(role)).collect()
    whole = with_cells(kept, lines, scope(role))
    if role is Role.BORDER:
        assert kept.equals(cells)
        assert whole.equals(cells)
    else:
        assert kept["source"].to_list() == ["crossings-routes"]
        made = whole.filter(source="own")
        assert made.height >= 3
        assert 1 not in made["cell"]
        assert whole.filter(source="crossings-routes").equals(kept)


@pytest.mark.parametrize("name", ["log", "incidents", CUBES])
def test_a_file_that_is_made_of_what_is_told_holds_no_byte_of_what_is_not(name: str) -> None:
    secret, told = "a secret name of a route of mine", "a name of a route that all may see"
    column = "file" if name == "log" else "route"
    rows = [{"source": source, column: text} for source, text in (("own", secret), ("mmp", told), ("mmp", None))]
    schema = SCHEMA if name == CUBES else polars_schema(name)
    file = BytesIO()
    found = narrowed(name, pl.DataFrame(rows, schema=schema).lazy(), scope()).collect().filter(source="mmp")
    found.write_ipc(file)
    assert secret.encode() not in file.getvalue()
    assert sorted(found[column].to_list(), key=str) == [None, told]


def test_of_a_manifest_neither_sum_nor_act_is_told_and_names_of_ids_that_are_public_or_known() -> None:
    stated = {"schema_version": 5, "vintage": "v000001", "published": "2024-01-10", "files": {"log.parquet": {}}}
    names = {"route": {"central-mediterranean": "Central", "mine": "Mine", "told": "Told"}, "region": {"mine": "Mine"}}
    secret = {"sums": {"a": 1}, "choices": {}, "approved": [], "history": [], "summary": {}}
    found = told_of(stated | secret | {"names": names}, {"route": ["told"], "country": ["mine"]})
    kept = {"route": {"central-mediterranean": "Central", "told": "Told"}, "region": {}}
    assert found == stated | {"names": kept}
    assert told_of({}, {}) == {"names": {}}


def test_a_role_that_may_see_more_sees_what_the_one_below_sees() -> None:
    rows = [count(value, days) for days, value in enumerate((9, 4, 5, 10, 1, 0, 9, 30, 4, 12, 5), start=0)]
    shown = [set(seen("counts", *rows, role=role)["date_from"]) for role in TIERS]
    assert all(less <= more for less, more in combinations_with_replacement(shown, 2))
