"""Each view as a picture and in the brief: the page's sentence, how it is counted, its caveat, its sources, its address."""

import io
import re
import xml.etree.ElementTree as ET

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from callbacks.build import create_app
from callbacks.sheets.brief import with_view
from callbacks.sheets.view_pictures import picture_of_view
from data.model.notices import say
from data.pillars.request import asked_of
from data.pillars.views import VIEWS, view_of
from data.query.selection import Selection
from data.store.store import Store
from layouts.brief import brief_pdf
from tests.harness.documents import contents as brief_of

TEXT = "{http://www.w3.org/2000/svg}text"
ROUTE = "route=central-mediterranean"


def words_of(content: bytes) -> str:
    root = ET.fromstring(content)  # noqa: S314 — drawn here
    return re.sub(r"\s+", " ", " ".join("".join(one.itertext()) for one in root.iter(TEXT)))


def squeezed(text: str) -> str:
    """Return a text without the places at which a line may break."""
    return re.sub(r"[\s-]", "", text)


@pytest.mark.rule("P1", "P8")
@pytest.mark.parametrize("view", list(VIEWS))
def test_a_picture_says_all_that_the_page_says_of_a_view(client: FlaskClient, view: str) -> None:
    found = client.get(f"/api/v1/views?view={view}&{ROUTE}").get_json()
    answer = client.get(f"/api/v1/exports/pillar.svg?pillar_view={view}&{ROUTE}")
    assert answer.status_code == 200
    written = squeezed(words_of(answer.data))
    said = [found["words"].removesuffix("."), found["formula"], found["denominator"], found["caveat"], *found["notes"],
            *(one["citation"] for one in found["sources"]), say("statement.demonstration"),
            f"ask=pillars&ask.view={view}", found["vintage"]]  # fmt: skip
    for part in said:
        assert squeezed(part) in written, part
    for line in found["series"]:
        assert all(str(one["year"]) in written for one in line["points"])


@pytest.mark.rule("R11")
def test_a_gap_is_hatched_and_has_no_number(demonstration_store: Store, client: FlaskClient) -> None:
    told = client.get(f"/api/v1/exports/pillar.txt?pillar_view=interceptions&{ROUTE}").text
    assert "No figure for 2019 and 2025." in told
    picture = picture_of_view(demonstration_store.current(), Selection.from_query(ROUTE), "interceptions")
    (line,) = picture.view.series
    assert [one.year for one in line.points if one.value is None] == [2019, 2025]


def test_without_a_figure_the_picture_says_why(client: FlaskClient) -> None:
    answer = client.get("/api/v1/exports/pillar.svg?pillar_view=protection")
    assert "Not computable: it is of one route." in words_of(answer.data)


def test_the_same_picture_has_the_same_bytes(demonstration_store: Store, client: FlaskClient) -> None:
    path = f"/api/v1/exports/pillar.png?pillar_view=visas&{ROUTE}"
    other = create_app(demonstration_store.folder).server.test_client()
    assert client.get(path).data == other.get(path).data
    assert client.get(path).headers["Content-Disposition"].startswith('attachment; filename="crossings-pillar-visas-')


def test_a_view_that_is_none_is_refused(client: FlaskClient) -> None:
    for file in ("pillar.svg", "brief.pdf"):
        answer = client.get(f"/api/v1/exports/{file}?pillar_view=magic")
        assert (answer.status_code, answer.get_json()["parameter"]) == (400, "pillar_view")


def test_a_brief_with_a_view_has_its_figure_how_it_is_counted_and_its_source(demonstration_store: Store) -> None:
    vintage, plain = demonstration_store.current(), brief_of()
    contents = with_view(plain, vintage, Selection.from_query(ROUTE), "visas")
    head, said = contents.method[-1]
    assert head == "Who is refused a visa?"
    assert "of Schengen visas decided in 2025 were refused" in said
    assert "refused ÷ (issued + refused)" in said
    assert "Demonstration: visa statistics for consulates, 2005 on" in [one.title for one in contents.sources]
    assert with_view(plain, vintage, Selection(), None) == plain
    first, second = PdfReader(io.BytesIO(brief_pdf(contents))).pages
    assert squeezed("Who is refused a visa?") in squeezed(second.extract_text())
    assert squeezed("Who is refused a visa?") not in squeezed(first.extract_text())


@pytest.mark.parametrize("view", list(VIEWS))
def test_the_brief_says_every_view_or_why_there_is_no_figure(demonstration_store: Store, view: str) -> None:
    vintage, selection = demonstration_store.current(), Selection.from_query(ROUTE)
    head, said = with_view(brief_of(), vintage, selection, view).method[-1]
    found = view_of(vintage, VIEWS[view], asked_of(selection))
    assert head == found.question
    assert found.words in said
