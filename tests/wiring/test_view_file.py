"""A view as one file: everything that the page says, nothing from elsewhere, nothing that runs."""

import base64
import re

import pytest
from flask.testing import FlaskClient

from callbacks.sheets import single_file as view_file
from callbacks.sheets.single_file import MOST_ROWS, cell_table, period_table
from callbacks.view.view_model import view_model
from data.counting.totals import totals
from data.model.notices import say
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.standalone.single_file import Table, view_page
from tests.harness.documents import HOSTILE, SVG, contents, parsed, picture

SELECTIONS = ["", "route=central-mediterranean&from=2017-01-01&to=2017-12-31", "resolution=5&step=year", "resolution=6",
              "measure=incidents&min_quality=4", "to=1995-01-01",
              "from=2016-03-14&to=2019-08-17", "flow=arrivals&step=quarter"]  # fmt: skip
SERVED = SELECTIONS[1]  # asked of the server with its drawings, which take seconds; the words of the others need none


@pytest.mark.parametrize("query", SELECTIONS)
def test_it_says_what_the_page_says_and_asks_for_nothing(
    client: FlaskClient, demonstration_store: Store, query: str
) -> None:
    vintage, selection = demonstration_store.current(), Selection.from_query(query)
    if query == SERVED:
        answer = client.get(f"/api/v1/exports/view.html?{query}")
        assert answer.status_code == 200
        page = answer.text
    else:
        page = view_page(view_file.view_file(vintage, selection, picture))
    parts = parsed(page)
    view = view_model(vintage, selection)
    for said in (
        view.sentence,
        view.notes,
        say("statement.boundaries"),
        say("statement.demonstration"),
        "CC0 1.0",
        vintage.name,
    ):
        assert said in parts.words
    assert not {"script", "link", "iframe", "form", "object", "base"} & {tag for tag, _ in parts.tags}
    for tag, attributes in parts.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("src", "href", "srcset", "data", "poster", "background"):
            value = attributes.get(name) or ""
            assert not value or value.startswith("data:image/svg+xml;base64,") or (tag, name) == ("a", "href")
    style = page.split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_its_drawings_are_those_of_the_frame_and_say_nothing_twice(client: FlaskClient) -> None:
    page = client.get("/api/v1/exports/view.html").text
    parts = parsed(page)
    drawn = [str(one.get("srcset") or one.get("src")) for name in ("source", "img") for one in parts.of(name)]
    asked = [(figure, width) for width in ("narrow", "wide") for figure in ("map", "series")]
    served = [client.get(f"/embed.svg?figure={figure}&width={width}").data for figure, width in asked]
    assert [base64.b64decode(one.split("base64,")[1]) for one in drawn] == served
    assert parts.words.count(say("statement.boundaries")) == 1
    assert page.count("<h1>") == 1


def people(shown: str) -> int:
    return 0 if shown == "–" else int(shown.replace(",", "").replace("−", "-"))


def everyone(table: Table) -> int:
    listed = sum(people(row[table.texts]) for row in table.rows)  # the first number
    more = re.search(r"with ([\d,]+) pe", table.rest)
    return listed + (people(more[1]) if more else 0)


@pytest.mark.parametrize("query", SELECTIONS)
def test_its_tables_add_up_to_the_total(demonstration_store: Store, query: str) -> None:
    vintage, selection = demonstration_store.current(), Selection.from_query(query)
    total = totals(vintage, selection, measure="dead_or_missing").total or 0
    cells, periods = cell_table(vintage, selection), period_table(vintage, selection)
    assert everyone(cells) == everyone(periods) == total
    assert len(cells.rows) <= MOST_ROWS + 1


def test_rows_beyond_the_first_two_hundred_are_stated(demonstration_store: Store) -> None:
    table = cell_table(demonstration_store.current(), Selection(resolution_chosen=6))
    assert re.fullmatch(r"[\d,]+ rows more, with [\d,]+ people dead or missing, are not listed here\.", table.rest)


@pytest.mark.rule("C7")
def test_it_names_scope_and_citation_of_real_data(real: Vintage) -> None:
    selection = Selection.from_query("route=central-mediterranean&from=2017-01-01&to=2017-12-31")
    page = parsed(view_page(view_file.view_file(real, selection, picture)))
    assert "At least 2,853 people" in page.words
    assert say("statement.scope") in page.words
    assert f"Via Crossings, vintage {real.name}" in page.words
    assert say("statement.demonstration") not in page.words
    assert "https://missingmigrants.iom.int" in [one["href"] for one in page.of("a")]


def test_no_text_leaves_its_place() -> None:
    table = Table(HOSTILE, HOSTILE, (HOSTILE,), ((HOSTILE, HOSTILE),), HOSTILE)
    hostile = contents(title=HOSTILE, sentence=HOSTILE, notes=HOSTILE, method=((HOSTILE, HOSTILE),), vintage=HOSTILE,
                       address=HOSTILE, boundaries=HOSTILE, attribution=HOSTILE, demonstration=HOSTILE)  # fmt: skip
    inside = f"data:image/svg+xml;base64,{base64.b64encode(SVG).decode()}"
    page = view_page(view_file.ViewFile(hostile, inside, inside, (table,), (HOSTILE,), (inside, inside), 440))
    parts = parsed(page)
    assert not parts.of("script")
    assert len(parts.of("img")) == 2
    assert parts.words.count(HOSTILE) >= 15


def test_an_address_that_is_none_is_no_link() -> None:
    source = contents().sources[0]
    odd = contents(sources=(type(source)("T", "C", "L", "D", "javascript:alert(1)"),))
    parts = parsed(view_page(view_file.ViewFile(odd, "data:,", "data:,", (), (), ("data:,", "data:,"), 440)))
    assert not parts.of("a")
    assert "javascript:alert(1)" in parts.words


def test_equal_questions_get_equal_bytes(client: FlaskClient) -> None:
    first, again = (client.get("/api/v1/exports/view.html?resolution=4") for _ in range(2))
    assert first.data == again.data
    assert first.headers["Content-Disposition"].endswith('.html"')


@pytest.mark.parametrize("query", ["route=nowhere", "nonsense=1", "resolution=15"])
def test_what_cannot_be_meant_is_400_with_a_sentence(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/v1/exports/view.html?{query}")
    assert answer.status_code == 400
    assert len(answer.get_json()["detail"]) > 10
