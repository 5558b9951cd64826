"""What the filter of origins chooses of a publisher's workbook, beside a count of its rows without any reader."""

from pathlib import Path

import polars as pl
import pytest

from data.counting.engine import parts
from data.counting.origin_tolls import origin_tolls
from data.counting.totals import totals
from data.query.resolve import ids_of
from data.query.selection import Selection
from data.store.vintage import Vintage
from tests.conftest import MMP_2025

pytestmark = pytest.mark.real
CHOICES = {
    ("afghanistan",): {"Afghanistan"},
    ("afghanistan", "pakistan"): {"Afghanistan", "Pakistan"},
    ("unknown",): {"Unknown"},
    ("latin-america-caribbean",): {"Latin America / Caribbean"},
    ("cote-d-ivoire", "mixed-unknown", "turkiye", "venezuela-bolivarian-republic-of"): {
        "Côte d'Ivoire", "Mixed/Unknown", "Türkiye", "Venezuela (Bolivarian Republic of)"
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def raw(real_data: Path) -> list[tuple[set[str], int]]:
    """Return of each row of the workbook the names of its origins and its people: the region where no country is."""
    rows = pl.read_excel(real_data / MMP_2025, infer_schema_length=0)
    stated = rows.select("Country of Origin", "Region of Origin", "Total Number of Dead and Missing").iter_rows()
    return [
        ({name.replace("(P)", "").strip() for name in (country or region or "").split(",")}, int(people))
        for country, region, people in stated
    ]


@pytest.mark.rule("Q5", "C1")
@pytest.mark.parametrize(("ids", "names"), CHOICES.items())
def test_a_choice_of_origins_is_the_rows_that_name_any_of_them(
    real: Vintage, raw: list[tuple[set[str], int]], ids: tuple[str, ...], names: set[str]
) -> None:
    rows = [people for origins, people in raw if origins & names]
    selection = Selection(origins=ids)
    found = parts(real, selection)
    assert (found["total"], found["incidents"]) == (sum(rows), len(rows))
    for measure, expected in (("dead_or_missing", sum(rows)), ("incidents", len(rows))):
        assert totals(real, selection, measure=measure).total == expected
    assert totals(real, selection, measure="dead_or_missing", by="year").total == sum(rows)


@pytest.mark.rule("Q5")
def test_every_origin_of_the_workbook_is_listed_with_its_people(real: Vintage, raw: list[tuple[set[str], int]]) -> None:
    named = {name for origins, _ in raw for name in origins}
    people = {name: sum(toll for origins, toll in raw if name in origins) for name in named}
    tolls = origin_tolls(real)
    assert {real.name_of("origin", one): toll for one, toll in tolls.items()} == people
    assert sorted(tolls) == ids_of(real)["origin"]
    assert len(tolls) == 109
    every = Selection(origins=tuple(tolls))
    assert totals(real, every, measure="dead_or_missing").total == sum(toll for _, toll in raw) == 74_376
