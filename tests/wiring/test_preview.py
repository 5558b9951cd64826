"""What a shared link says of itself: the sentence of the view, nothing of the request but the canonical query."""

from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks.build import create_app
from callbacks.server.index_html import App, Head
from callbacks.sheets.link_preview import preview
from callbacks.sheets.picture_data import map_of
from callbacks.view.view_model import view_model
from data.model.notices import say
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.figures.map import DEFAULT_VIEW
from tests.harness.documents import Parts, parsed

QUERY = "route=central-mediterranean&from=2017-01-01&to=2017-12-31"


def tags(page: Parts) -> dict[str, str]:
    return {
        str(one.get("property") or one.get("name")): str(one["content"]) for one in page.of("meta") if "content" in one
    }


def title_of(page: str) -> str:
    return page.split("<title>")[1].split("</title>", maxsplit=1)[0]


def test_a_view_is_described_by_its_own_sentence(client: FlaskClient, demonstration_store: Store) -> None:
    page = client.get(f"/?{QUERY}").text
    found = tags(parsed(page))
    selection = Selection.from_query(QUERY)
    sentence = view_model(demonstration_store.current(), selection).sentence
    assert found["og:title"] == "Dead or missing on the Central Mediterranean route in 2017"
    assert title_of(page) == f"{found['og:title']} · Crossings"
    assert found["og:description"] == found["description"] == f"{say('statement.demonstration')} {sentence}"
    assert found["og:image"] == f"/api/v1/exports/map.png?size=article&{selection.to_query()}"
    assert found["twitter:card"] == "summary_large_image"
    assert "og:url" not in found


def test_the_whole_view_has_the_plain_title(client: FlaskClient) -> None:
    assert title_of(client.get("/").text) == "Crossings"


def test_addresses_are_absolute_only_where_the_setting_says_so(
    demonstration_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSINGS_ADDRESS", "https://crossings.example/")
    client = create_app(demonstration_store.folder).server.test_client()
    page = client.get("/?resolution=4&evil=1", headers={"Host": "evil.example"}).text
    found = tags(parsed(page))
    assert found["og:image"] == "https://crossings.example/api/v1/exports/map.png?size=article&resolution=4"
    assert found["og:url"] == "https://crossings.example/?v=2&resolution=4"
    assert "evil" not in page.split("</head>")[0]
    assert "<script>" not in page.split("</head>")[1].split('id="react-entry-point"')[0]  # where it is told, as text


@pytest.mark.parametrize(
    "query",
    [
        "evil=%3Cscript%3E",
        "route=%22%3E%3Cscript%3E",
        "from=evil",
        "cell={%25scripts%25}",
        "route=evil",
        "resolution=evil",
    ],
)
def test_what_is_unknown_in_an_address_is_in_no_tag(client: FlaskClient, query: str) -> None:
    page = client.get(f"/?{query}").text
    assert title_of(page) == "Part of this address was not understood · Crossings"
    found = tags(parsed(page))
    assert found["og:title"] == "Part of this address was not understood"
    assert found["og:description"].startswith("Part of the address was not understood. Shown instead: ")
    assert found["og:image"] == "/api/v1/exports/map.png?size=article"
    assert "evil" not in page.split("</head>")[0]
    assert "<script>" not in page.split("</head>")[1].split('id="react-entry-point"')[0]  # where it is told, as text


def test_hostile_names_stay_text_and_fill_no_place_of_the_page(client: FlaskClient, app: Dash) -> None:
    hostile = '"><script>alert(1)</script>{%scripts%}{%config%}'
    assert isinstance(app, App)
    kept = app.head
    try:
        app.head = lambda: Head(hostile, (("og:title", hostile),))
        page = client.get("/?of=nobody").text  # not kept
    finally:
        app.head = kept
    assert tags(parsed(page))["og:title"] == hostile
    assert "<script>alert" not in page
    assert page.count('id="_dash-config"') == 1


def test_a_view_is_described_once(demonstration_store: Store) -> None:
    vintage: Vintage = demonstration_store.current()
    assert preview(vintage, Selection(resolution_chosen=2), "") is preview(vintage, Selection(resolution_chosen=2), "")


def test_real_data_is_described_with_its_source(real: Vintage) -> None:
    found = dict(preview(real, Selection.from_query(QUERY), "").tags)
    assert found["og:description"].startswith("At least 2,853 people died or went missing")
    assert "Source: Missing Migrants Project" in found["og:description"]


def test_without_a_store_the_page_still_opens(tmp_path: Path) -> None:
    page = create_app(tmp_path / "nothing").server.test_client().get("/?resolution=4")
    assert page.status_code == 200
    assert title_of(page.text) == "Crossings"


def test_a_route_opens_where_its_picture_is(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    route = Selection.from_query("route=central-mediterranean")
    view = map_of(vintage, route).view
    assert dict(preview(vintage, route, "").tags)["crossings:view"] == ",".join(f"{number:g}" for number in view)
    assert map_of(vintage, Selection()).view == DEFAULT_VIEW
    for query in ("", "from=2018-01-01", "route=central-mediterranean&view=14,36,5"):
        assert "crossings:view" not in dict(preview(vintage, Selection.from_query(query), "").tags)
    nobody = Selection.from_query("country=LBY&to=1990-01-01&layers=cells")
    assert map_of(vintage, nobody).view == DEFAULT_VIEW
