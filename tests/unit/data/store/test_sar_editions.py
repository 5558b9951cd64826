"""Files of search-and-rescue regions: a newer one redraws its own centre's region, and no other."""

from datetime import date
from pathlib import Path

import pytest

from data.model.roles import Role
from data.sectors.sar import sar_regions
from data.store.ingest import How, ingest
from data.store.store import Store
from tests.harness.gml import EAST, SQUARE, gml, polygon, ring, written_gml


def older(folder: Path) -> list[Path]:
    return [
        written_gml(folder, gml(polygon(), rcc="Sand port", day="2024-01-01"), "NER-RCCAreas-1.gml"),
        written_gml(folder, gml(polygon("B", ring(EAST)), rcc="Dune", day="2024-01-01"), "NER-RCCAreas-2.gml"),
    ]


def newer(folder: Path, name: str = "NER-RCCAreas-1.gml") -> Path:
    return written_gml(folder / "newer", gml(polygon("A", ring(EAST)), rcc="SAND-PORT", day="2026-01-01"), name)


def west_ends(store: Store) -> dict[str, float]:
    return {one.rcc: one.shape.outline.bounds[0] for one in sar_regions(store.current())}


@pytest.mark.rule("E7")
@pytest.mark.parametrize("name", ["NER-RCCAreas-1.gml", "renamed.gml"])
@pytest.mark.parametrize("edition", [None, "whole", "part"])
def test_a_newer_file_redraws_its_own_region_and_the_others_stay(
    tmp_path: Path, name: str, edition: str | None
) -> None:
    store = Store(tmp_path / "store")
    ingest(older(tmp_path), store)
    report = ingest([newer(tmp_path, name)], store, how=How(edition=edition))  # type: ignore[arg-type]
    assert west_ends(store) == {"SAND-PORT": EAST[0][0], "Dune": EAST[0][0]}
    assert {(one["fate"], one["rows"], one["unit"]) for one in report["earlier"]} == {("replaced", 1, "sar_regions"),
                                                                                    ("kept", 1, "sar_regions")}  # fmt: skip
    assert store.current().read_stored("replaced_sar_regions")["rcc"].to_list() == ["Sand port"]


@pytest.mark.rule("E7")
def test_the_order_of_ingests_does_not_decide_which_is_newer(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest([newer(tmp_path)], store)
    ingest(older(tmp_path), store)
    assert west_ends(store) == {"SAND-PORT": EAST[0][0], "Dune": EAST[0][0]}


def test_centres_of_one_name_in_two_countries_are_two(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    texts = {"CAN-RCCAreas-1.gml": ring(SQUARE), "SYC-RCCAreas-2.gml": ring(EAST)}
    ingest([written_gml(tmp_path, gml(polygon("A", one), rcc="Victoria"), name) for name, one in texts.items()], store)
    assert [one.id for one in sar_regions(store.current())] == ["can-victoria", "syc-victoria"]


def test_a_published_region_is_public_and_a_restricted_one_is_not_shown_to_others(tmp_path: Path) -> None:
    for sensitivity, shown in ((None, 2), ("restricted", 0)):
        store = Store(tmp_path / f"store-{sensitivity}")
        ingest(older(tmp_path), store, how=How(sensitivity=sensitivity))
        vintage = store.current()
        assert len(sar_regions(vintage)) == 2
        assert len(sar_regions(vintage.seen_by(Role.PUBLIC, today=date(2026, 11, 30)))) == shown
        assert set(vintage.sources["licence"]) == {"Not stated"}


def test_centres_that_are_written_in_other_letters_are_told_apart(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    for day, (name, rcc) in enumerate((("NER-RCCAreas-1.gml", "Песок"), ("NER-RCCAreas-2.gml", "Дюна")), start=1):
        ingest([written_gml(tmp_path, gml(polygon(), rcc=rcc, day=f"2026-01-0{day}"), name)], store)
    assert set(west_ends(store)) == {"Песок", "Дюна"}
