"""Search-and-rescue regions on a sector's sheet: nobody inside is lost, and no overlap is decided."""

from pathlib import Path

import polars as pl
import pytest

from data.query.selection import Selection
from data.sectors.answer_model import SectorSheet
from data.sectors.sar import regions_at, regions_met, sector_sar
from data.sectors.sar_model import SectorSar
from data.sectors.sector import Sector
from data.sectors.sheet import sector_sheet
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.text.sar import sar_notes, sar_rows
from tests.harness.gml import EAST, gml, polygon, ring, written_gml
from tests.harness.small_store import NEAR, publish

HERE = Sector.from_query("polygon=5,22;9,22;9,26;5,26")
AWAY = Sector.from_query("polygon=20,22;22,22;22,24;20,24")
POINTS = {  # where in the invented desert a record lies, and how many people died there
    "alone": (5.5, 24.5, "exact", 1), "both": (6.5, 24.5, "exact", 2), "other": (8.9, 24.9, "place", 4),
    "none": (7.0, 25.9, "exact", 8), "vague": (6.5, 24.0, "area", 16), "unnumbered": (6.5, 24.2, "exact", None),
}  # fmt: skip
COLUMNS = ("longitude", "latitude", "location_precision", "dead_or_missing")


@pytest.fixture
def vintage(tmp_path: Path) -> Vintage:
    store = Store(tmp_path / "store")
    texts = {"NER-RCCAreas-1.gml": gml(polygon()), "DZA-RCCAreas-2.gml": gml(polygon("B", ring(EAST)), rcc="Dune")}
    ingest([written_gml(tmp_path, text, name) for name, text in texts.items()], store)
    return store.current()


def inside(*names: str) -> pl.DataFrame:
    rows = [POINTS[name] for name in names or POINTS]
    schema = {
        "longitude": pl.Float64,
        "latitude": pl.Float64,
        "location_precision": pl.String,
        "dead_or_missing": pl.Int64,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def counts(found: SectorSar) -> dict[str, tuple[int, int, int]]:
    return {" ".join([one.part, *one.regions]): (one.inside.records, one.inside.people, one.inside.no_number)
            for one in found.counts}  # fmt: skip


@pytest.mark.rule("C5")
def test_each_record_is_in_one_count_and_an_overlap_is_named_and_not_decided(vintage: Vintage) -> None:
    found = sector_sar(vintage, HERE, inside())
    assert counts(found) == {
        "one dza-dune": (1, 4, 0), "one ner-sandport": (1, 1, 0), "overlap dza-dune ner-sandport": (2, 2, 1),
        "none": (1, 8, 0), "area": (1, 16, 0),
    }  # fmt: skip
    assert found.overlaps == [["dza-dune", "ner-sandport"]]


@pytest.mark.rule("C5")
@pytest.mark.parametrize("names", [("alone",), ("vague",), ("none", "none"), tuple(POINTS)])
def test_the_counts_add_up_to_what_is_inside(vintage: Vintage, names: tuple[str, ...]) -> None:
    rows = inside(*names)
    found = sector_sar(vintage, HERE, rows)
    assert sum(one.inside.records for one in found.counts) == rows.height
    assert sum(one.inside.people for one in found.counts) == rows["dead_or_missing"].sum()


@pytest.mark.rule("Q3")
def test_who_lies_nearer_to_an_outline_than_the_place_is_known_is_said(vintage: Vintage) -> None:
    found = sector_sar(vintage, HERE, inside())
    assert found.near is not None
    assert (found.near.records, found.near.people) == (1, 4)  # 25 km from a place that is 10 km from an edge
    assert "1 record (4 people) of those counted by point lies nearer" in " ".join(sar_notes(found, has_map=True))


@pytest.mark.parametrize(("at", "ids"), [((5.5, 24), ["ner-sandport"]), ((6.5, 24), ["dza-dune", "ner-sandport"]),
                                         ((6, 24), ["dza-dune", "ner-sandport"]), ((8, 24), ["dza-dune"]), ((8, 22.5), [])])  # fmt: skip
def test_a_point_is_in_every_region_that_holds_it_edges_included(
    vintage: Vintage, at: tuple[float, float], ids: list[str]
) -> None:
    assert [one.id for one in regions_at(vintage, longitude=at[0], latitude=at[1])] == ids


def test_regions_whose_edges_meet_do_not_overlap(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    beside = ((7, 23), (9, 23), (9, 25), (7, 25), (7, 23))
    texts = [gml(polygon()), gml(polygon("B", ring(beside)), rcc="Dune")]
    ingest([written_gml(tmp_path, text, f"{n}.gml") for n, text in enumerate(texts)], store)
    assert sector_sar(store.current(), HERE, inside()).overlaps == []


def test_a_region_over_the_date_line_is_met_on_either_side_of_it(tmp_path: Path) -> None:
    drawn = ((178, 66), (-178, 66), (-178, 69), (178, 69), (178, 66))  # the land of Chukotka
    store = Store(tmp_path / "store")
    ingest([written_gml(tmp_path, gml(polygon("A", ring(drawn))))], store)
    for query in ("at=179,67.5&radius_km=30", "at=-179,67.5&radius_km=30", "polygon=179,67;-179,67;-179,68;179,68"):
        assert [one.rcc for one in regions_met(store.current(), Sector.from_query(query))] == ["Sandport"]
    assert regions_met(store.current(), Sector.from_query("at=170,67.5&radius_km=30")) == []
    assert regions_at(store.current(), longitude=0, latitude=67) == []


def test_the_sheet_says_what_the_regions_are_and_that_they_tell_of_no_answer(vintage: Vintage) -> None:
    said = str(sector_sar(vintage, HERE, inside()).words)
    assert "As published by IMO GISIS, as of 7 April 2026." in said
    assert "overlap as declared" in said
    assert "nothing of who was called, or who answered" in said


def test_where_none_meets_the_sector_nothing_is_counted(vintage: Vintage) -> None:
    found = sector_sar(vintage, AWAY, inside())
    assert (found.held, found.regions, found.counts, found.near) == (2, [], [], None)
    assert str(found.words) == "None of the 2 search-and-rescue regions held here meets this sector."


def sheet_without(tmp_path: Path) -> SectorSheet:
    store = Store(tmp_path / "store")
    here = Sector.from_query("at=12.6,35.5&radius_km=100")
    return sector_sheet(publish(store, NEAR | {"record_id": "1", "dead_or_missing": 3}), Selection(), here)


def test_without_a_file_one_sentence_says_so_and_what_would_fill_it(tmp_path: Path) -> None:
    found = sheet_without(tmp_path).sar
    assert (found.held, found.regions, found.counts, found.licence) == (0, [], [], None)
    assert "never invented on a real sea" in str(found.words)
    assert "GML" in str(found.words)
    assert sar_notes(found, has_map=True) == []


def test_the_rows_name_every_state_of_an_overlap_and_end_with_all_inside(vintage: Vintage, tmp_path: Path) -> None:
    plain = sheet_without(tmp_path / "other")
    rows = inside()
    whole = plain.places.inside.__class__(records=rows.height, people=int(rows["dead_or_missing"].sum()), no_number=1)
    places = plain.places.__class__(inside=whole, could=whole, outside=whole, not_located=whole)
    sheet = plain.__class__(**{name: getattr(plain, name) for name in plain.__struct_fields__}
                            | {"sar": sector_sar(vintage, HERE, rows), "places": places})  # fmt: skip
    told = sar_rows(sheet)
    assert [row[0] for row in told] == [
        "Dune (Algeria) alone", "Sandport (Niger) alone", "Overlap of Dune (Algeria) and Sandport (Niger)",
        "In none of the regions held", "Known only as an area", "Inside the sector",
    ]  # fmt: skip
    for column in (1, 2):
        assert sum(int(row[column]) for row in told[:-1]) == told[-1][column]
