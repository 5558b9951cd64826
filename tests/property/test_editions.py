"""However a data set comes, in parts, in any order, in one command or many, the same people are counted (RULES E7)."""

import csv
import random
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from zlib import crc32

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.store.ingest import How, ingest
from data.store.store import Store

pytestmark = pytest.mark.rule("E7")
Rows = list[dict[str, str]]
FEW = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
WAYS: dict[str, Callable[[dict[str, str]], object]] = {
    "region": lambda row: row["Region of Incident"],
    "year": lambda row: row["Incident Year"],
    "route": lambda row: row["Migration Route"],
    "rows": lambda row: crc32(row["Incident ID"].encode()) % 5,
}
WHAT = (
    "record_id",
    "event_id",
    "date_from",
    "date_to",
    "dead",
    "missing",
    "dead_or_missing",
    "route",
    "region",
    "cell",
)


@pytest.fixture(scope="module")
def edition(demonstration_files: Sequence[Path]) -> Rows:
    """Return some rows of an edition, all records of an event among them."""
    with demonstration_files[0].open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    events = sorted({row["Main ID"] for row in rows})
    kept = set(random.Random(3).sample(events, 250))  # noqa: S311 — no secret
    return [row for row in rows if row["Main ID"] in kept]


def written(folder: Path, name: str, rows: Rows) -> Path:
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def counted(store: Store) -> pl.DataFrame:
    return store.current().incidents.select(WHAT).sort("record_id")


@given(way=st.sampled_from(sorted(WAYS)), seed=st.integers(0, 10_000), commands=st.integers(1, 4))
@FEW
def test_any_parts_of_an_edition_are_the_edition(
    edition: Rows, tmp_path_factory: pytest.TempPathFactory, way: str, seed: int, commands: int
) -> None:
    folder = tmp_path_factory.mktemp("parts")
    whole, parted = Store(folder / "whole"), Store(folder / "parted")
    ingest([written(folder, "whole", edition)], whole)
    parts: dict[object, Rows] = {}
    for row in edition:
        parts.setdefault(WAYS[way](row), []).append(row)
    files = [written(folder, f"part{number}", rows) for number, rows in enumerate(parts.values())]
    random.Random(seed).shuffle(files)  # noqa: S311 — no secret
    for number in range(commands):
        if some := files[number::commands]:
            ingest(some, parted)
    assert counted(parted).equals(counted(whole))
    assert parted.current().read_stored("replaced_incidents").is_empty()


@given(
    years=st.sets(st.sampled_from(["2016", "2018", "2021", "2023"]), min_size=1), seed=st.integers(0, 10_000),
    share=st.sampled_from([1.0, 0.95]),
)  # fmt: skip
@FEW
def test_a_later_part_corrects_what_it_states_whenever_it_comes(
    edition: Rows, tmp_path_factory: pytest.TempPathFactory, years: set[str], seed: int, share: float
) -> None:
    folder = tmp_path_factory.mktemp("later")
    drawn = random.Random(seed)  # noqa: S311 — no secret
    later = [row | {"Location of Incident": "corrected"} for row in edition if row["Incident Year"] in years]
    later = [row for row in later if drawn.random() < share]
    newest = [row for row in edition if row["Incident Year"] not in years][:1]
    last = max(row["Incident Date"] for row in edition)
    later = [*later, *(row | {"Main ID": "9", "Incident ID": "9", "Incident Date": last} for row in newest)]
    files = [written(folder, "edition", edition), written(folder, "later", later)]
    found = []
    for number, order in enumerate((files, files[::-1])):
        store = Store(folder / f"store{number}")
        for path in order:
            day = None if path == files[0] else date(2030, 1, 1)
            ingest([path], store, how=How(published=day, approve="a test of large changes"))
        found.append(counted(store))
    assert found[0].equals(found[1])
    restated = {row["Incident ID"] for row in later}
    kept = {row["Incident ID"] for row in edition if row["Incident Year"] not in years} | restated
    assert kept <= set(found[0]["record_id"])
    assert found[0]["record_id"].is_unique().all()


@given(seed=st.integers(0, 10_000), share=st.sampled_from([0.4, 0.6, 0.8]), together=st.booleans())
@FEW
def test_overlapping_downloads_of_an_edition_add_up_to_what_they_state_together(
    edition: Rows, tmp_path_factory: pytest.TempPathFactory, seed: int, share: float, together: bool
) -> None:
    """Downloads by region and then by route share records; none is lost and none is there twice."""
    folder, drawn = tmp_path_factory.mktemp("overlapping"), random.Random(seed)  # noqa: S311 — no secret
    split = [row | {"Main ID": f"e{number // 3}"} for number, row in enumerate(edition)]  # events of three records
    samples = [[row for row in split if drawn.random() < share] for _ in range(2)]
    files = [written(folder, f"part{number}", rows) for number, rows in enumerate(samples)]
    union = {row["Incident ID"]: row for rows in samples for row in rows}
    whole, parted = Store(folder / "whole"), Store(folder / "parted")
    ingest([written(folder, "union", list(union.values()))], whole)
    for some in [files] if together else [[path] for path in files[:: drawn.choice([1, -1])]]:
        ingest(some, parted, how=How(edition="part"))
    assert counted(parted).equals(counted(whole))


@given(seed=st.integers(0, 10_000), parts=st.integers(2, 4), together=st.booleans())
@FEW
def test_any_parts_of_a_table_of_counts_are_the_table(
    tmp_path_factory: pytest.TempPathFactory, seed: int, parts: int, together: bool
) -> None:
    folder, drawn = tmp_path_factory.mktemp("counts"), random.Random(seed)  # noqa: S311 — no secret
    rows = [f"{route} Route,{way},{nationality},2010-{month:02},{drawn.randrange(500, 900)}"
            for route in ("Black Sea", "Western Balkan") for way in ("Land", "Sea") for month in range(1, 13)
            for nationality in ("SYR", "AFG", "ERI", "BGD")]  # fmt: skip
    drawn.shuffle(rows)
    files = [folder / f"part{number}.csv" for number in range(parts)]
    for number, path in enumerate(files):
        path.write_text("\n".join(["route,type,nat,t,n", *rows[number::parts]]) + "\n")
    store = Store(folder / "store")
    for some in [files] if together else [[path] for path in files]:
        ingest(some, store)
    assert store.current().counts["value"].sum() == sum(int(row.rsplit(",", 1)[1]) for row in rows)
