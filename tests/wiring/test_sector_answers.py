"""A sector over HTTP: the sheet as JSON and page, the feeds; a sentence for whatever cannot be meant."""

import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from callbacks.build import create_app
from data.sectors.alerts import RELEASED, act, pending_alerts, watch
from data.sectors.feed import ATOM
from data.store.ingest import ingest
from data.store.store import Store
from tests.harness.gml import EAST, gml, polygon, ring, written_gml
from tests.harness.small_store import NEAR, publish

SHEET = "place=Lampedusa&radius_km=100&since=2025-01-01&incidents_above=5&route=central-mediterranean"
HOSTILE = [
    "area=Itly", "area=Italy&area=France", "area=", "area=Italy&radius_km=5", "place=Lampedusa&radius_km=1e308",
    "place=Lampedusa&radius_km=NaN", "place=%00&radius_km=5", "at=1,2,3&radius_km=5", "polygon=" + "1,1;" * 1500,
    "polygon=0,0;1,1;1,0;0,1", "polygon=" + ";".join(f"{i / 1000},{i % 2}" for i in range(1001)), "area=Italy&x=1",
    "area=Italy&since=2025-13-01", "area=Italy&since=99999-01-01", "area=Italy&since=", "area=Italy&incidents_above=0",
    "area=Italy&incidents_above=5&incidents_above=6", "area=Italy&route=nowhere", "area=Italy&resolution=15",
    "area=Italy&from=2024-01-01&to=2023-01-01", "area=Italy&arrivals_above=" + "9" * 400, "place=" + "x" * 5_000,
    "area=%3Cscript%3Ealert(1)%3C/script%3E", "area=Italy&by=polygon",
]  # fmt: skip


def test_the_sheet_is_json_and_its_parts_add_up(client: FlaskClient) -> None:
    answer = client.get(f"/api/v1/sector?{SHEET}")
    assert answer.status_code == 200
    sheet = answer.get_json()
    assert sheet["sector"]["query"] == "place=Lampedusa&radius_km=100"
    for unit in ("records", "people"):
        assert sum(part[unit] for part in sheet["places"].values()) == sheet["total"][unit]
    totals = client.get("/api/v1/totals?route=central-mediterranean").get_json()
    assert sheet["total"]["people"] == totals["total"]
    assert sheet["is_demonstration"] is True
    assert all(0 <= cell["stability"] <= 1 for cell in sheet["cells"])
    assert sheet["ranking"]["draws"] == 200
    assert sheet["hot_spots"]["study_area"]["id"] == "central-mediterranean"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(f"/api/v1/sector?{SHEET}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_page_is_the_same_at_every_zoom_and_says_until_when_it_is_valid(client: FlaskClient) -> None:
    pages = {client.get(f"/sector?{SHEET}{zoom}").text for zoom in ("", "&zoomed=2", "&zoomed=4")}
    assert len({re.sub(r'<input type="hidden"[^>]*>', "", page) for page in pages}) == 1
    sheet = client.get(f"/api/v1/sector?{SHEET}&zoomed=2").get_json()
    (page, *_) = pages
    until = date.fromisoformat(sheet["valid_until"])
    assert f"Valid until {until.day} {until:%B %Y}" in page
    listed = page.partition('class="latest"')[2].partition("</ul>")[0].count("<li>")
    assert listed == min(10, sheet["places"]["inside"]["records"]) > 3
    assert all(" Lampedusa" in cell["place"] for cell in sheet["cells"])
    assert sheet["resolution"] == 4


def test_the_page_says_its_whole_address(client: FlaskClient) -> None:
    page = client.get("/sector?area=Italy", headers={"Host": "one.example:8050"}).text
    assert "Address of this sheet: http://one.example:8050/sector?area=Italy" in page
    assert (
        "http://two.example/sector?area=Italy" in client.get("/sector?area=Italy", headers={"Host": "two.example"}).text
    )


@pytest.mark.parametrize("query", ["", *HOSTILE], ids=lambda query: query[:30])
@pytest.mark.parametrize("path", ["/api/v1/sector", "/api/v1/sector/changes", "/api/v1/sector/changes.atom"])
def test_a_query_that_cannot_be_meant_gets_a_sentence(client: FlaskClient, path: str, query: str) -> None:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code in (400, 404, 409)
    assert len(answer.get_json()["detail"]) > 10


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: query[:30])
def test_the_page_says_what_is_wrong_and_keeps_the_form(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/sector?{query}")
    if query in ("area=", "area=Italy&since=", "area=Italy&by=polygon"):  # a form sends empty fields
        assert answer.status_code == 200
        return
    assert answer.status_code in (400, 404, 409)
    if answer.mimetype == "text/html":
        assert 'role="alert"' in answer.text
        assert "<script" not in answer.text
        assert 'name="polygon"' in answer.text


def test_the_page_holds_the_sheet_without_a_script_under_the_policy_of_the_rest(client: FlaskClient) -> None:
    answer = client.get(f"/sector?{SHEET}")
    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    for words in ("At least ", "within 100 km of Lampedusa, Italy", "Demonstration data.", "do not imply endorsement",
                  "Could lie in your area", "Planning thresholds", "Vintage v000001"):  # fmt: skip
        assert words in answer.text
    assert "dangerous, or safe" in answer.text
    for words in ("share of 200 draws", "statistically hot", "Bar: fewest to most"):
        assert words in answer.text


def test_hot_cells_are_outlined_on_the_map_of_the_page_and_named_in_its_legend(client: FlaskClient) -> None:
    query = "polygon=-5,30;36,30;36,45;-5,45"
    hot = client.get(f"/api/v1/sector?{query}").get_json()["hot_spots"]["cells"]
    page = client.get(f"/sector?{query}").text
    assert ('class="hot"' in page) == ("outlined: more incidents than around" in page) == bool(hot)
    assert hot


def test_the_page_goes_on_stating_what_is_chosen(client: FlaskClient) -> None:
    answer = client.get(f"/sector?{SHEET}")
    assert re.search(r'<input type="hidden" name="route" value="central-mediterranean">', answer.text)
    with client.get("/assets/sector.css") as style:
        assert style.status_code == 200
    assert "sector.css" not in client.get("/").text


def test_every_field_of_the_form_has_a_label(client: FlaskClient) -> None:
    page = client.get("/sector").text
    labelled = re.findall(r"<label[^>]*>(?:(?!</label>).)*?<(?:input|select|textarea)", page, re.DOTALL)
    fields = re.findall(r"<(?:input(?! type=\"hidden\")|select|textarea)", page)
    assert len(labelled) == len(fields) > 8


def test_a_form_sent_with_empty_fields_means_the_way_that_was_chosen(client: FlaskClient) -> None:
    rest = "since=&incidents_above=&dead_or_missing_above=&interceptions_above=&arrivals_above="
    page = client.get(f"/sector?by=area&area=Italy&place=Lampedusa&radius_km=100&polygon=&{rest}")
    assert "missing in Italy" in page.text
    page = client.get(f"/sector?by=place&area=Italy&place=12.6,-35.5&radius_km=100&polygon=&{rest}")
    assert "35.5° S, 12.6° E" in page.text
    assert client.get(f"/sector?by=place&area=Italy&place=&radius_km=100&polygon=&{rest}").status_code == 400
    assert client.get("/sector?by=shape&area=Italy").status_code == 400


def test_other_addresses_beside_the_page_are_404(client: FlaskClient) -> None:
    for path in ("/sector/", "/sectors", "/sector/x", "/api/v1/sector/", "/api/v1/sector/changes.rss"):
        assert client.get(path).status_code == 404


def test_a_feed_tells_what_was_released_of_its_sector_and_nothing_else(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    query, elsewhere = "at=12.6,35.5&radius_km=100", "at=40,35.5&radius_km=100"
    when = {"date_from": date(2024, 2, 1), "date_to": date(2024, 2, 1), "dead_or_missing": 2}
    watch(store.folder, publish(store, NEAR | when), query=query, name="lampedusa")
    vintage = publish(store, NEAR | when, NEAR | when | {"place": "Off <b>Lampedusa</b>"}, retrieved=date(2024, 2, 9))
    client = create_app(store.folder).server.test_client()

    def told(which: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = client.get(f"/api/v1/sector/changes?{which}").get_json()["changes"]
        return found

    assert told("sector=lampedusa") == told(query) == []
    (alert,) = pending_alerts(store.folder, vintage)
    act(store.folder, vintage, key=alert.id, what=RELEASED, reason="Seen.", who="someone")
    assert [one["id"] for one in told("sector=lampedusa")] == [one["id"] for one in told(query)] == [alert.id]
    assert told(elsewhere) == []
    assert "someone" not in client.get("/api/v1/sector/changes?sector=lampedusa").text
    answer = client.get("/api/v1/sector/changes.atom?sector=lampedusa", headers={"Host": "evil.example"})
    assert answer.mimetype == "application/atom+xml"
    assert b"evil.example" not in answer.data
    assert len(ET.fromstring(answer.data).findall(f"{{{ATOM}}}entry")) == 1  # noqa: S314 — our own
    assert client.get("/api/v1/sector/changes?sector=nobody").status_code == 404
    assert client.get(f"/api/v1/sector/changes?sector=lampedusa&{query}").status_code == 409


@pytest.mark.parametrize("path", ["/api/v1/sector", "/sector"])
def test_a_sheet_that_is_pinned_never_changes_and_its_refusal_may(tmp_path: Path, path: str) -> None:
    store = Store(tmp_path / "store")
    publish(store, NEAR | {"dead_or_missing": 2})
    client = create_app(store.folder).server.test_client()
    address = f"{path}?at=12.6,35.5&radius_km=100"
    before = client.get(f"{address}&vintage=v000001")
    publish(store, NEAR | {"dead_or_missing": 5})
    after = client.get(f"{address}&vintage=v000001")
    assert before.data == after.data != client.get(address).data
    assert "immutable" in before.headers["Cache-Control"]
    assert before.headers["Vary"].startswith("Accept")
    assert client.get(address).headers["Cache-Control"] == "no-cache"
    tag = {"If-None-Match": before.headers["ETag"]}
    assert client.get(f"{address}&vintage=v000001", headers=tag).status_code == 304
    wrong = client.get(f"{path}?area=Itly&vintage=v000001")
    assert wrong.status_code == 404
    assert "immutable" not in wrong.headers.get("Cache-Control", "")


def test_the_sheet_of_a_demonstration_has_no_region_of_rescue_and_says_what_would_fill_it(client: FlaskClient) -> None:
    found = client.get(f"/api/v1/sector?{SHEET}").get_json()["sar"]
    assert (found["held"], found["regions"], found["counts"]) == (0, [], [])
    page = client.get(f"/sector?{SHEET}").text
    assert "a region is never invented on a real sea" in page
    assert 'class="overlap"' not in page


def test_regions_of_rescue_are_on_the_sheet_and_in_its_json_and_their_corners_in_no_answer(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    texts = {"NER-RCCAreas-1.gml": gml(polygon("A &lt;b&gt;")), "2.gml": gml(polygon("B", ring(EAST)), rcc="Dune <b>")}
    ingest([written_gml(tmp_path, text, name) for name, text in texts.items()], store)
    client = create_app(store.folder).server.test_client()
    where = "polygon=4.1,22.1;9.1,22.1;9.1,26.1;4.1,26.1"
    found = client.get(f"/api/v1/sector?{where}")
    assert found.get_json()["sar"]["overlaps"] == [["dune", "ner-sandport"]]
    assert "7.0,23.0" not in found.text.replace(" ", "")
    page = client.get(f"/sector?{where}").text
    for words in ("Sandport (Niger) alone", "Overlap of Dune &lt;b&gt; and Sandport (Niger)", "As published by IMO GISIS",
                  "overlap as declared", "do not imply endorsement", "not stated by their publisher"):  # fmt: skip
        assert words in page
    assert "<script" not in page
    assert " style=" not in page
