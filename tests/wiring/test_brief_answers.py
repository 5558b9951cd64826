"""The brief that is served: its numbers are those of the API, its words those of the page, its gate that of the files."""

import io
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from callbacks.build import build, create_app
from callbacks.sheets.brief import HIGHEST, brief_contents, units
from callbacks.sheets.pictures import Drawing
from callbacks.view.view_model import view_model
from data.counting.cells_answer import incident_cells_answer
from data.counting.totals import totals
from data.model.errors import QueryError
from data.model.notices import say
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.brief import brief_pdf
from tests.harness.documents import picture
from tests.harness.tiers import restricted_view

SELECTIONS = ["", "route=central-mediterranean&from=2017-01-01&to=2017-12-31", "resolution=5&step=year", "measure=events",
              "min_quality=4&resolution=2", "to=1995-01-01", "flow=arrivals&layers=none"]  # fmt: skip
SERVED = SELECTIONS[1]  # asked of the server with its drawings, which take seconds; the words of the others need none


@pytest.fixture(scope="module")
def client(demonstration_store: Store) -> FlaskClient:
    return build(demonstration_store).server.test_client()


def text_of(content: bytes) -> list[str]:
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]


def has(page: str, said: str) -> bool:
    return re.sub(r"\s", "", said) in page


@pytest.mark.parametrize("query", SELECTIONS)
def test_two_pages_say_what_the_page_says(client: FlaskClient, demonstration_store: Store, query: str) -> None:
    vintage, selection = demonstration_store.current(), Selection.from_query(query)
    if query == SERVED:
        answer = client.get(f"/api/v1/exports/brief.pdf?{query}")
        assert answer.status_code == 200
        assert answer.mimetype == "application/pdf"
        first, second = text_of(answer.data)
    else:
        first, second = text_of(brief_pdf(brief_contents(vintage, selection, picture)))
    view = view_model(vintage, selection)
    sentence, notes = view.sentence, view.notes
    assert has(first, sentence)
    assert has(first, notes)
    assert has(first, say("statement.boundaries"))
    assert all(has(page, say("statement.demonstration")) for page in (first, second))


@pytest.mark.parametrize("query", SELECTIONS)
def test_its_cells_are_the_highest_of_the_api_and_nobody_is_lost(demonstration_store: Store, query: str) -> None:
    vintage, selection = demonstration_store.current(), Selection.from_query(query)
    contents = brief_contents(vintage, selection, picture)
    listed = incident_cells_answer(vintage, selection).cells
    found = [cell for cell in listed if cell.resolution == selection.resolution]  # wider areas are told beside them
    highest = sorted((cell.value or 0 for cell in found), reverse=True)[:HIGHEST]
    by_measure = {"dead_or_missing": [row.people for row in contents.rows]}
    if selection.measure in by_measure:
        assert by_measure[selection.measure] == highest
        stated = [
            int(number.replace(",", "")) for number in re.findall(r"([\d,]+) (?:people|person)", contents.not_in_rows)
        ]
        everyone = totals(vintage, selection, measure=selection.measure).total or 0
        assert sum(highest) + sum(stated) == everyone
    assert len(contents.rows) == len(highest)


def test_its_three_series_are_named_by_what_each_counts() -> None:
    assert units(Selection()) == ["people dead or missing, at least", "detections, not persons", "people who arrived"]


@pytest.mark.rule("C4", "C6", "C7")
def test_its_total_is_that_of_the_api_on_real_data(real: Vintage) -> None:
    selection = Selection.from_query("route=central-mediterranean&from=2017-01-01&to=2017-12-31")
    total = totals(real, selection, measure="dead_or_missing").total
    first, second = text_of(brief_pdf(brief_contents(real, selection, picture)))
    assert total == 2853  # published by IOM, RULES C6
    assert has(first, f"At least {total:,} people")
    assert has(second, say("statement.scope"))
    assert has(second, "IOM, Missing Migrants Project")
    assert has(second, "CC BY 4.0")
    assert has(second, "Frontex copyright; permission needed beyond private use")
    assert has(second, "Detections, not persons")
    assert not has(second, say("statement.demonstration"))


@pytest.mark.rule("Q1", "P1")
def test_what_filters_leave_out_is_not_said_to_be_in_the_total(demonstration_store: Store) -> None:
    vintage, selection = demonstration_store.current(), Selection.from_query("min_quality=4&from=2016-01-01")
    hidden = totals(vintage, selection, measure="dead_or_missing").hidden_by_quality
    said = dict(brief_contents(vintage, selection, picture).method)["Left out"]
    inside, outside = said.split("Not in the total:")
    assert hidden > 0
    assert f"{hidden:,} left out by the chosen source quality" in outside
    assert "quality" not in inside


def test_only_sources_whose_numbers_are_shown_are_named(real: Vintage) -> None:
    def titles(query: str) -> set[str]:
        contents = brief_contents(real, Selection.from_query(query), picture)
        return {one.title for one in contents.sources}

    assert "Southwest land border encounters" not in titles("")
    assert "Southwest land border encounters" in titles("flow=encounters")


def test_equal_questions_get_equal_bytes_and_a_tag(client: FlaskClient) -> None:
    first = client.get("/api/v1/exports/brief.pdf?resolution=4")
    again = client.get("/api/v1/exports/brief.pdf?resolution=4", headers={"If-None-Match": first.headers["ETag"]})
    assert client.get("/api/v1/exports/brief.pdf?resolution=4").data == first.data
    assert again.status_code == 304
    assert first.headers["Content-Disposition"].startswith('attachment; filename="crossings-brief-v')


def test_its_pages_are_pictures_too(client: FlaskClient) -> None:
    png = [client.get(f"/api/v1/exports/brief.png{query}").data for query in ("", "?page=1", "?page=2")]
    svg = client.get("/api/v1/exports/brief.svg?page=2")
    assert png[0] == png[1] != png[2]
    assert all(one.startswith(b"\x89PNG") for one in png)
    assert svg.mimetype == "image/svg+xml"


@pytest.mark.parametrize(
    "path", ["brief.docx", "brief.png?page=3", "brief.png?page=1&page=2", "brief.pdf?page=1", "brief.pdf?route=nowhere",
             "brief.pdf?resolution=15", "brief.pdf?nonsense=1"]
)  # fmt: skip
def test_what_cannot_be_meant_gets_a_sentence(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/api/v1/exports/{path}")
    assert answer.status_code == (404 if path == "brief.docx" else 400)
    assert len(answer.get_json()["detail"]) > 10


def test_the_address_is_that_of_the_setting_else_of_the_host_that_was_asked(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CROSSINGS_ADDRESS", raising=False)
    path, headers = "/api/v1/exports/brief.pdf?resolution=4", {"Host": "other.example"}
    assert has(text_of(client.get(path, headers=headers).data)[1], "http://other.example/?v=2&resolution=4")
    monkeypatch.setenv("CROSSINGS_ADDRESS", "https://crossings.example/")
    path = path.replace("4", "3")  # what is kept was made under the settings that the server was started with
    page = text_of(client.get(path, headers=headers).data)[1]
    assert "https://crossings.example/?v=2&resolution=3" in page
    assert "other.example" not in page
    monkeypatch.setenv("CROSSINGS_ADDRESS", "javascript:alert(1)")
    assert client.get(path.replace("3", "2")).status_code == 400


def test_a_source_that_is_not_public_leaves_in_no_brief_of_small_cells(demonstration_store: Store) -> None:
    vintage = restricted_view(demonstration_store.current())
    assert brief_contents(vintage, Selection(resolution_chosen=4), picture).rows
    with pytest.raises(QueryError, match="not public"):
        brief_contents(vintage, Selection(resolution_chosen=5), picture)


def test_stability_is_shown_for_the_cells_it_is_given_for(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    top = incident_cells_answer(vintage, Selection()).cells
    best = max(top, key=lambda cell: cell.dead_or_missing or 0).cell
    contents = brief_contents(vintage, Selection(), picture, stability=lambda _vintage, _selection: {best: 0.85})
    assert [row.stability for row in contents.rows] == [0.85, *[None] * 9]


def test_without_a_store_it_is_503(tmp_path: Path) -> None:
    empty = Store(tmp_path / "nothing")
    assert create_app(empty.folder).server.test_client().get("/api/v1/exports/brief.pdf").status_code == 503


def test_a_brief_says_its_sentence_once_and_what_dashed_lines_are(
    client: FlaskClient, demonstration_store: Store
) -> None:
    first, _ = text_of(client.get("/api/v1/exports/brief.pdf").data)
    sentence = view_model(demonstration_store.current(), Selection()).sentence
    assert first.count(re.sub(r"\s", "", sentence)) == 1
    assert has(first, say("pictures.dashes"))


def test_the_route_lines_are_credited_where_they_are_drawn(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    for layers, is_drawn in (("cells,arrivals", True), ("cells", False)):
        shown = brief_contents(vintage, Selection.from_query(f"layers={layers}"), picture)
        assert any("route lines" in one.title for one in shown.sources) == is_drawn


def test_its_drawings_have_no_ground_of_their_own(demonstration_store: Store) -> None:
    drawing = Drawing()
    shown = brief_contents(demonstration_store.current(), Selection(), drawing)
    for figure in (shown.map, shown.series):
        assert "fill: none" in figure.svg.decode().split('<g id="patch_1">')[1][:200]
