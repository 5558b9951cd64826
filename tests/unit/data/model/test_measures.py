"""Measures: each declared once, with its words; and the page that says how to add one, followed."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from data.model.measures import MEASURES, Measure
from data.model.notices import FIRST, FOLDER, messages
from data.model.schema import TABLES
from data.model.units import FLOW_MEASURES, INCIDENT_MEASURES, PEOPLE
from data.store import summary
from data.store.store import Store

ROOT = Path(__file__).parents[4]
PAGE = ROOT / "docs" / "how-to" / "add-a-measure.md"
FOLLOWED = """
import json, sys
from pathlib import Path
from data.model import measures, notices
from data.model.measures import Measure

folder = Path(sys.argv[1])
measures.MEASURES = (*measures.MEASURES, {entry})
notices.FOLDER = folder / "messages"

from callbacks.build import build
from data.__main__ import main
from data.store.ingest import ingest
from data.store.store import Store
from layouts.page.filters import flows_of
from layouts.page.legends import flow_legend

store = Store(folder / "store")
report = ingest([folder / "rescues.csv"], store)
client = build(store).server.test_client()
description = client.get("/api/v1/openapi.json").get_json()
print(json.dumps({{
    "quarantined": report["files"][0]["quarantined"],
    "totals": client.get("/api/v1/totals?measure=rescues&by=month").get_json(),
    "description": json.dumps(description).count('"rescues"'),
    "flows": flows_of(store.current()),
    "legend": str(flow_legend("rescues", 0)),
    "series": client.get("/api/v1/series?flow=rescues").get_json(),
}}))
sys.exit(main(["totals", "--measure", "rescues", "--store", str(store.folder)]))
"""


OF_INCIDENTS = """
import json, sys
from pathlib import Path
from data.model import measures, notices
from data.model.measures import Measure

folder, store = Path(sys.argv[1]), Path(sys.argv[2])
measures.MEASURES = (*measures.MEASURES, {entry})
notices.FOLDER = folder / "messages"

from callbacks.build import build
from data.store import summary
from data.store.store import Store

if len(sys.argv) > 3:
    summary.MOST_KEPT = 100  # the store was made before the measure, and its source is counted on disk
client = build(Store(store)).server.test_client()
found = {{path: client.get(path) for path in json.loads(sys.stdin.read())}}
print(json.dumps({{path: [answer.status_code, answer.get_data().decode("utf-8", "replace")] for path, answer in found.items()}}))
"""
PATHS = ("/", "/?measure=children", "/cells/values?measure=children", "/api/v1/cells?measure=children", "/api/v1/cells",
         "/api/v1/totals?measure=children&by=year", "/api/v1/series?measure=children&step=year",
         "/api/v1/trends?measure=children", "/api/v1/exports/series.csv?measure=children&dictionary=no",
         "/api/v1/exports/cells.csv?measure=children", "/api/v1/openapi.json")  # fmt: skip


def block(language: str, nth: int = 0) -> str:
    """Return one of the page's pieces of code in a language, without the indent of a list."""
    pieces = re.finditer(
        rf"^( *)```{language}\n(.*?)^ *```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    found = list(pieces)[nth]
    return re.sub(rf"^{found[1]}", "", found[2], flags=re.MULTILINE)


def messages_with(folder: Path, words: str) -> None:
    """Write the messages with further words for a measure."""
    (folder / "messages" / "en").mkdir(parents=True)
    for path in (FOLDER / "en").glob("*.toml"):
        more = f"\n{words}" if path.stem == "measure" else ""
        (folder / "messages" / "en" / path.name).write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str]:
    """Do what the page says in a program of its own; return what it shows, and what the command prints."""
    folder = tmp_path_factory.mktemp("measure")
    (folder / "rescues.csv").write_text(block("csv"), encoding="utf-8")
    messages_with(folder, block("toml"))
    program = FOLLOWED.format(entry=block("python").strip())
    ran = subprocess.run(
        [sys.executable, "-c", program, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.partition("\n")[0]), ran.stderr


def test_the_page_on_measures_can_be_followed(followed: tuple[dict[str, Any], str]) -> None:
    shows, printed = followed
    assert shows["quarantined"] == 0
    totals = shows["totals"]
    assert (totals["total"], totals["unit"]) == (812 + 455, "persons_rescued")
    assert [(one["key"], one["value"]) for one in totals["groups"]] == [("2024-01", 812), ("2024-02", 455)]
    assert "rescues: 1,267 persons rescued" in printed


def test_a_declared_measure_is_described_offered_and_explained(followed: tuple[dict[str, Any], str]) -> None:
    shows, _ = followed
    assert shows["flows"] == ["rescues"]
    assert shows["description"] >= 2
    assert "people rescued at sea" in shows["legend"]
    assert "People brought ashore after a rescue" in shows["legend"]
    periods = [(one["period"], one["flow"], one["flow_unit"], one["arrivals"]) for one in shows["series"]["series"]]
    assert periods == [("2024-01-01", 812, "persons_rescued", 2300), ("2024-02-01", 455, "persons_rescued", None)]


@pytest.mark.parametrize("is_large", [False, True], ids=["kept in memory", "on disk, made before"])
def test_a_measure_of_incidents_is_counted_wherever_others_are(
    demonstration_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_large: bool
) -> None:
    store, vintage = demonstration_store, demonstration_store.current()
    if is_large:
        monkeypatch.setattr(summary, "MOST_KEPT", 100)
        store = Store(tmp_path / "store")
        vintage = store.publish({name: getattr(vintage, name) for name in TABLES}, {"names": vintage.manifest["names"]})
    messages_with(tmp_path, block("toml", 1))
    program = OF_INCIDENTS.format(entry=block("python", 1).strip())
    command = [sys.executable, "-c", program, str(tmp_path), str(store.folder), *(["large"] if is_large else [])]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, input=json.dumps(PATHS))
    assert ran.returncode == 0, ran.stderr
    answers = json.loads(ran.stdout)
    assert {path: status for path, (status, _) in answers.items()} == dict.fromkeys(PATHS, 200)
    total = int(vintage.incidents_of(vintage.primary_source).collect()["children"].sum())
    assert json.loads(answers["/api/v1/totals?measure=children&by=year"][1])["total"] == total > 0
    cells = json.loads(answers["/api/v1/cells?measure=children"][1])
    assert sum(cell["value"] or 0 for cell in cells["cells"]) + cells["not_located"] == total
    periods = json.loads(answers["/api/v1/series?measure=children&step=year"][1])
    assert sum(one["children"] or 0 for one in periods["series"]) + periods["not_dated"] == total
    assert ",children," in answers["/api/v1/exports/series.csv?measure=children&dictionary=no"][1]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.id)
def test_each_measure_has_its_words_no_more_and_no_fewer(measure: Measure) -> None:
    start = f"measure.{measure.id}."
    found = {key.removeprefix(start) for key in messages(FIRST) if key.startswith(start)}
    assert found == set(measure.words)


def test_no_words_are_of_a_measure_that_does_not_exist() -> None:
    known = {measure.id for measure in MEASURES}
    assert {key.split(".")[1] for key in messages(FIRST) if key.startswith("measure.")} == known


def test_ids_are_distinct_and_each_unit_of_a_flow_is_of_one_measure() -> None:
    assert len(INCIDENT_MEASURES) + len(FLOW_MEASURES) == len(MEASURES)
    assert len({measure.unit for measure in FLOW_MEASURES.values()}) == len(FLOW_MEASURES)


def test_what_holds_measures_together_comes_after_its_parts() -> None:
    for place, name in enumerate(PEOPLE):
        assert set(INCIDENT_MEASURES[name].parts) <= set(PEOPLE[:place])
