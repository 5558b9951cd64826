"""Pictures at their addresses: the API's numbers, the page's words, refusals with a sentence, the same bytes."""

import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest
from flask.testing import FlaskClient

from callbacks.build import build, create_app
from callbacks.sheets.picture_data import map_of, series_of
from callbacks.sheets.pictures import warm
from data.counting.classes import class_names
from data.counting.engine import classes_of
from data.model.notices import say
from data.query.address import versioned
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from geo.map.projection import labels

BASE = "/api/v1/exports/"
TEXT = "{http://www.w3.org/2000/svg}text"


@pytest.fixture(scope="module")
def client(demonstration_store: Store) -> FlaskClient:
    return build(demonstration_store).server.test_client()


@pytest.fixture(scope="module")
def invented(demonstration_store: Store) -> Vintage:
    return demonstration_store.current()


def words_of(content: bytes) -> str:
    root = ET.fromstring(content)  # noqa: S314 — drawn here
    found = " ".join("".join(one.itertext()) for one in root.iter(TEXT))
    return re.sub(r"\s+", " ", found)


@pytest.mark.rule("P1", "P7", "P8")
@pytest.mark.parametrize("figure", ["map", "series"])
@pytest.mark.parametrize("query", ["", "route=central-mediterranean&from=2017-01-01&to=2017-12-31", "min_quality=4"])
def test_a_picture_says_the_apis_total_and_what_travels(client: FlaskClient, figure: str, query: str) -> None:
    total = client.get(f"/api/v1/totals?{query}").get_json()["total"]
    response = client.get(f"{BASE}{figure}.svg?{query}")
    assert response.status_code == 200
    said = words_of(response.data)
    assert f"At least {total:,} people died or went missing" in said
    assert say("statement.demonstration") in said
    assert "vintage v000001" in said
    assert f"/?{versioned(Selection.from_query(query).to_query())}".removesuffix("?") in said.replace(
        "& ", "&"
    ).replace("- ", "-")
    if figure == "map":
        assert say("statement.boundaries") in said
        assert say("page.words.demonstration_mark") in said


@pytest.mark.rule("C7")
def test_a_picture_of_published_data_says_its_scope_and_no_mark(real: Vintage) -> None:
    for picture in (map_of(real, Selection()), series_of(real, Selection())):
        told = picture.words
        assert say("statement.scope") in told.terms
        assert not told.banner
        assert not told.mark
        assert "CC BY 4.0" in told.sources[0]
        assert "29 April 2025" in told.sources[0]
        assert "Frontex" in told.sources[0]
        assert (
            "Missing Migrants Project" in told.notes
        )  # the source is in the subtitle (RULES P1), its terms in the foot
        assert "29 April 2025" in told.notes
        assert "CC BY 4.0" not in told.notes
        assert not told.title.endswith(".")


def test_cells_classes_and_flows_are_the_pages(real: Vintage, real_store: Store) -> None:
    client = create_app(real_store.folder).server.test_client()
    query = "from=2015-01-01&to=2018-12-31"
    picture = map_of(real, Selection.from_query(query))
    stated = client.get(f"/api/v1/cells?{query}").get_json()["cells"]
    floors = classes_of(real, "mmp", "dead_or_missing", 3).floors
    drawn = [cell for cell in stated if cell["value"] is None or cell["value"] > 0]
    assert len(picture.cells) == len(drawn)
    fine = [cell for cell in drawn if cell["resolution"] == 3]
    assert picture.wider == len(drawn) - len(fine) > 0  # RULES X9
    classes = [sum(floor <= cell["value"] for floor in floors) - 1 for cell in fine if cell["value"] is not None]
    codes = picture.codes[picture.wider :]
    assert sorted(int(code) % 8 for code in codes if code % 8 < 6) == sorted(classes)
    hatched = sum((cell["value"] or 0) >= 20 and (cell["dominance"] or 0) > 0.5 for cell in fine)
    assert int((picture.codes >= 8).sum()) == hatched
    assert [row.words for row in picture.blocks[0].rows[:6]] == class_names(floors)
    assert {route.is_arrival for route in picture.routes} == {True, False}


@pytest.mark.rule("P2")
def test_flows_alone_are_named_by_their_own_units(invented: Vintage, client: FlaskClient) -> None:
    picture = map_of(invented, Selection(layers=("interceptions", "arrivals")))
    detections = client.get("/api/v1/totals?measure=detections").get_json()["total"]
    arrivals = client.get("/api/v1/totals?measure=arrivals").get_json()["total"]
    assert picture.words.title.startswith(
        f"{detections:,} detections, not persons, and {arrivals:,} people who arrived"
    )
    assert "died" not in picture.words.title
    assert "Sources: Demonstration: " in picture.words.sources[0]
    assert picture.codes.size == 0


def test_an_empty_result_is_a_picture_that_says_so(client: FlaskClient) -> None:
    for figure in ("map", "series"):
        response = client.get(f"{BASE}{figure}.svg?from=1991-01-01&to=1991-12-31")
        assert response.status_code == 200
        assert "There are no figures of dead or missing" in words_of(response.data)
        assert "No one" not in words_of(response.data), "nobody counted, which is not that no one died (RULES R11)"
    assert "There are no figures for this selection" in words_of(
        client.get(f"{BASE}map.svg?from=1991-01-01&to=1991-12-31").data
    )
    matched = client.get(f"{BASE}map.svg?route=darien&from=2016-02-02&to=2016-02-02")
    assert "No one is recorded as dead or missing" in words_of(matched.data)
    assert "No incidents match" in words_of(matched.data)


def test_the_description_lists_the_highest_with_their_numbers(client: FlaskClient) -> None:
    cells = client.get("/api/v1/cells").get_json()["cells"]
    highest = sorted((cell["value"] or 0 for cell in cells), reverse=True)[:5]
    response = client.get(f"{BASE}map.txt")
    assert response.mimetype == "text/plain"
    told = response.get_data(as_text=True)
    assert re.findall(r"At least ([\d,]+) dead or missing", told) == [f"{value:,}" for value in highest]
    groups = client.get("/api/v1/totals?by=month").get_json()["groups"]
    top = max(group["value"] or 0 for group in groups)
    assert f"at least {top:,} dead or missing" in client.get(f"{BASE}series.txt").get_data(as_text=True)


@pytest.mark.parametrize(
    "address",
    ["map.png?size=a3", "map.png?size=a4&size=a4", "map.png?scale=4", "map.png?scale=1.5", "map.png?scale=", "map.gif",
     "map.csv", "map.PNG", "maps.png", "cells.png", "series.gif", "map.png?view=nan,0,1", "map.png?view=0,0,99",
     "map.svg?from=2024-13-01", "map.svg?resolution=9", "map.pdf?nonsense=1", "map.svg?route=nowhere",
     "map.svg?route=" + "a" * 4100, "map.svg?layers=ghosts", "map.txt?scale=9", "map.svg?country=" + ",".join("ab" * 60)],
)  # fmt: skip
def test_what_cannot_be_meant_gets_a_sentence(client: FlaskClient, address: str) -> None:
    response = client.get(BASE + address)
    is_absent = address.partition("?")[0] in ("map.gif", "map.csv", "map.PNG", "maps.png", "cells.png", "series.gif")
    assert response.status_code == (404 if is_absent else 400)
    assert response.get_json()["detail"].endswith((".", "?"))


def test_a_picture_is_a_file_with_a_tag_and_the_same_each_time(demonstration_store: Store) -> None:
    first, second = (create_app(demonstration_store.folder).server.test_client() for _ in range(2))
    address = f"{BASE}series.png?size=square&scale=2"
    one, again, other = first.get(address), first.get(address), second.get(address)
    assert one.data == again.data == other.data
    assert one.headers["Content-Disposition"] == 'attachment; filename="crossings-series-square@2x-v000001.png"'
    assert one.headers["Access-Control-Allow-Origin"] == "*"
    assert first.get(address, headers={"If-None-Match": one.headers["ETag"]}).status_code == 304


def test_an_address_can_name_where_the_page_is(invented: Vintage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CROSSINGS_ADDRESS", "https://crossings.example/")
    assert (
        series_of(invented, Selection(step="year"))
        .words.sources[-1]
        .endswith("https://crossings.example/?v=2&step=year")
    )
    many = Selection(routes=tuple(f"a-route-with-a-long-name-{number}" for number in range(40)))
    told = series_of(invented, many).words
    assert "too long to print" in told.sources[-1]
    assert many.to_query() in told.alternative


def test_a_picture_names_the_host_that_was_asked_or_none(client: FlaskClient, invented: Vintage) -> None:
    for host, scheme in (("one.example", "http"), ("two.example:8443", "https"), ("[::1]:8050", "http")):
        for path in ("map.svg", "series.svg", "map.txt", "pillar.svg?pillar_view=visas"):
            answer = client.get(f"{BASE}{path}", headers={"Host": host}, base_url=f"{scheme}://{host}")
            said = re.sub(r"\s", "", words_of(answer.data) if "svg" in path else answer.text)
            assert f"Thisview:{scheme}://{host}/" in said, path
    assert "This view" not in series_of(invented, Selection(step="year")).words.sources[-1]  # nobody asked anywhere


@pytest.mark.parametrize("host", ["a b", "x/../y", "evil.example@other", "<script>", "1.2.3.4.5", "a:99999", ""])
def test_a_host_that_is_none_is_not_printed(client: FlaskClient, host: str) -> None:
    answer = client.get(f"{BASE}series.txt?step=year", environ_overrides={"HTTP_HOST": host})
    assert answer.status_code in (200, 400)
    assert "This view" not in answer.text
    assert not host or host not in answer.text


def test_only_sources_with_a_number_in_the_picture_are_named(real: Vintage) -> None:
    selection = Selection(flow="encounters", routes=("us-mexico-border-crossing",), start=date(1991, 1, 1))
    told = series_of(real, selection).words.sources[0]
    assert "US CBP" in told
    assert "UNHCR" not in told
    assert "UK Home Office" not in told


def test_what_every_picture_needs_can_be_read_before_the_first() -> None:
    warm()
    assert labels.cache_info().currsize == 1


def test_routes_are_in_the_legend_and_the_sources_where_a_line_is_drawn(client: FlaskClient) -> None:
    drawn = words_of(client.get(f"{BASE}map.svg").data)
    assert "Whole routes" in drawn
    assert "route lines" in drawn
    bare = words_of(client.get(f"{BASE}map.svg?from=1991-01-01&to=1991-12-31").data)
    assert "Whole routes" not in bare
    assert "route lines" not in bare


@pytest.mark.rule("P2")
@pytest.mark.parametrize(
    ("series", "own", "others"),
    [
        ("dead_or_missing", "dead or missing", ("detections", "arrived")),
        ("flow", "detections, not persons", ("arrived", "died")),
        ("arrivals", "people who arrived", ("detections", "died")),
    ],
)
def test_one_series_alone_says_nothing_of_the_others(
    client: FlaskClient, series: str, own: str, others: tuple[str, str]
) -> None:
    answer = client.get(f"{BASE}series.svg?series={series}")
    assert series.replace("_", "-") in answer.headers["Content-Disposition"]
    said = words_of(answer.data).casefold()
    told = client.get(f"{BASE}series.txt?series={series}").text.casefold()
    assert own in said
    for other in others:
        assert other not in said
        assert other not in told
    assert len(ET.fromstring(answer.data).findall(".//*")) < len(  # noqa: S314 — drawn here
        ET.fromstring(client.get(f"{BASE}series.svg").data).findall(".//*")  # noqa: S314 — drawn here
    )


def test_a_map_has_no_series_and_a_series_that_is_none_is_refused(client: FlaskClient) -> None:
    assert client.get(f"{BASE}map.svg?series=flow").status_code == 400
    assert client.get(f"{BASE}series.svg?series=deaths").status_code == 400
