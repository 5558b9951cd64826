"""Search-and-rescue regions of the central Mediterranean, as four states declare them to IMO."""

from pathlib import Path

import pytest

from data.counting.totals import totals
from data.query.selection import Selection
from data.readers.registry import read_file
from data.sectors.sar import regions_at, sar_regions
from data.sectors.sector import Sector
from data.sectors.sheet import sector_sheet
from data.store.ingest import ingest
from data.store.store import Store
from data.store.vintage import Vintage
from geo.areas.areas import polygon
from geo.areas.regions import overlaps

pytestmark = pytest.mark.real
FOLDER = "context/boundaries/imo-sar"
VERTICES = {"ITA-RCCAreas-807": 39, "LBY-RCCAreas-2032": 7, "MLT-RCCAreas-150": 5, "TUN-RCCAreas-9294": 9}
ALL = ((0, 25), (30, 25), (30, 50), (0, 50))


@pytest.fixture(scope="module")
def vintage(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Vintage:
    store = Store(tmp_path_factory.mktemp("sar") / "store")
    ingest(
        [
            *(real_data / FOLDER).glob("*.gml"),
            real_data / "mmp/Missing_Migrants_Global_Figures_allData_2025-06-26.xlsx",
        ],
        store,
    )
    return store.current()


@pytest.mark.parametrize("name", VERTICES)
def test_every_vertex_is_read(real_data: Path, name: str) -> None:
    (result,) = read_file(real_data / FOLDER / f"{name}.gml")
    (rings,) = result.frame["rings"].to_list()
    assert [len(ring) for ring in rings] == [VERTICES[name]]
    assert str(result.frame["date_from"][0]) == "2026-04-07"


def test_each_centre_is_named_as_published(vintage: Vintage) -> None:
    assert {one.country: (one.rcc, one.names) for one in sar_regions(vintage)} == {
        "ITA": ("Rome", ("MRCC ROMA",)), "LBY": ("RCC-Libya", ("Maritime SAR Region of Libyan",)),
        "MLT": ("Malta", ("Malta SRR",)), "TUN": ("MRCC Tunis", ("Canal de Sicile",)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("longitude", "latitude", "states"),
    [(12.5, 34.0, {"LBY"}), (12.0, 34.9, {"MLT", "TUN"}), (14.0, 36.2, {"MLT"}), (2.0, 40.0, set())],
)
def test_a_point_lies_in_the_regions_that_states_declare(
    vintage: Vintage, longitude: float, latitude: float, states: set[str]
) -> None:
    assert {one.country for one in regions_at(vintage, longitude=longitude, latitude=latitude)} == states


def test_four_pairs_of_states_overlap(vintage: Vintage) -> None:
    regions = sar_regions(vintage)
    pairs = overlaps([one.shape.outline for one in regions], polygon(ALL).outline)
    found = {frozenset((regions[one].country, regions[other].country)) for one, other in pairs}
    assert found == {frozenset(pair) for pair in (("ITA", "MLT"), ("MLT", "TUN"), ("LBY", "TUN"), ("ITA", "TUN"))}


def test_the_one_outline_that_crosses_itself_is_told(vintage: Vintage) -> None:
    crossings = {one.country: one.crossings for one in sar_regions(vintage) if one.crossings}
    assert list(crossings) == ["ITA"]
    assert crossings["ITA"][0] == pytest.approx((13.2029, 45.4429), abs=1e-3)


@pytest.mark.rule("C5")
@pytest.mark.parametrize("query", ["place=Lampedusa&radius_km=300", "polygon=10,31;20,31;20,38;10,38", "area=Italy"])
def test_nobody_inside_is_lost_between_the_regions(vintage: Vintage, query: str) -> None:
    selection = Selection(routes=("central-mediterranean",))
    sheet = sector_sheet(vintage, selection, Sector.from_query(query))
    for unit in ("records", "people", "no_number"):
        counted = [getattr(one.inside, unit) for one in sheet.sar.counts]
        assert sum(counted) == getattr(sheet.places.inside, unit)
    assert sheet.total.people == totals(vintage, selection, measure="dead_or_missing").total
    assert all(len(one.regions) > 1 for one in sheet.sar.counts if one.part == "overlap")


def test_the_waters_around_lampedusa_are_of_four_regions_and_three_overlaps(vintage: Vintage) -> None:
    sheet = sector_sheet(vintage, Selection(), Sector.from_query("place=Lampedusa&radius_km=300"))
    assert [one.country for one in sheet.sar.regions] == ["ITA", "LBY", "MLT", "TUN"]
    assert sheet.sar.overlaps == [["ita-rome", "mlt-malta"], ["lby-rcc-libya", "tun-mrcc-tunis"],
                                  ["mlt-malta", "tun-mrcc-tunis"]]  # fmt: skip
    assert (sheet.sar.held, sheet.sar.licence) == (4, "Not stated")
