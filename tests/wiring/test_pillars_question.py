"""The question of the four pillars: every view beside the map, with all that stands beside its figure, loaded when asked."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from plotly.utils import PlotlyJSONEncoder

from callbacks.page.route_card import views_on_card
from data.pillars.models import ViewRow
from data.pillars.views import VIEWS
from data.query.selection import Selection
from data.store.store import Store
from geo.areas.countries import box_of, middle_of, shape_names
from layouts import ids
from layouts.questions.pillars import countries_of

ROUTE = "route=central-mediterranean"


def asked(client: FlaskClient, query: str, **options: str) -> str:
    body = {
        "output": f"{ids.ANSWER}.children",
        "outputs": {"id": ids.ANSWER, "property": "children"},
        "inputs": [{"id": ids.ANSWER_ASKS, "property": "data", "value": [query, "pillars", options]}],
        "changedPropIds": [f"{ids.ANSWER_ASKS}.data"],
    }
    return json.dumps(json.loads(client.post("/_dash-update-component", json=body).text), ensure_ascii=False)


def on_map(text: str) -> dict[str, Any] | None:
    found = re.search(r'"data-on-map": ("(?:[^"\\]|\\.)*")', text)
    return json.loads(json.loads(found[1])) if found else None


def test_all_views_stand_in_the_list_each_a_button(client: FlaskClient) -> None:
    text = asked(client, ROUTE)
    assert re.findall(r'"data-choose": "([a-z_-]+)"', text) == list(VIEWS)
    for pillar in (1, 2, 3, 4):
        assert f"/pillars/{pillar}?{ROUTE}" in text


def test_without_a_route_a_view_says_why_it_has_no_figure(client: FlaskClient) -> None:
    assert "Not computable: it is of one route." in asked(client, "")


@pytest.mark.parametrize("view", list(VIEWS))
def test_a_view_has_its_sentence_its_years_its_rows_and_what_stands_beside(client: FlaskClient, view: str) -> None:
    text = asked(client, ROUTE, view=view)
    found = client.get(f"/api/v1/views?view={view}&{ROUTE}").get_json()
    for part in (found["words"], found["formula"], found["denominator"], found["caveat"]):
        assert json.dumps(part, ensure_ascii=False)[1:-1] in text
    for kind in ("csv", "json", "parquet"):
        assert f"/api/v1/views.{kind}?view={view}&{ROUTE}" in text
    five_of_each = 5 * len({row["name"] for row in found["rows"]})
    assert text.count('"Img"') == (five_of_each if view == "drivers" else len(found["series"]))
    for source in found["sources"]:
        assert source["title"] in text


def test_the_map_marks_the_countries_of_the_rows_with_the_figures_that_they_have(client: FlaskClient) -> None:
    shown = on_map(asked(client, ROUTE, view="visas"))
    assert shown
    rows = client.get(f"/api/v1/views?view=visas&{ROUTE}").get_json()["rows"]
    assert [one["words"][0] for one in shown["countries"]] == [row["name"] for row in rows if row["value"] is not None]
    assert {name for one in shown["countries"] for name in one["shapes"]} <= shape_names()
    assert [one["route"] for one in shown["routes"]] == ["central-mediterranean"]
    assert on_map(asked(client, ROUTE, view="unidentified")) is None


@pytest.mark.rule("R11")
def test_a_country_without_a_figure_is_not_marked() -> None:
    rows = [ViewRow(part=one, name=one, what="people", value=value, unit="persons", status=status)
            for one, value, status in (("TUN", None, "below_threshold"), ("SYR", 12.0, "published"),
                                       ("other", 3.0, "published"))]  # fmt: skip
    assert [one.words for one in countries_of(rows)] == [("SYR", "12")]


def test_a_country_is_framed_by_its_mainland() -> None:
    west, south, east, north = box_of(("France",))
    assert -6 < west < east < 10
    longitude, latitude = middle_of(("France",))
    assert west < longitude < east
    assert south < latitude < north


def test_an_unknown_view_is_refused_with_the_views_that_there_are(client: FlaskClient) -> None:
    assert "Views: protection, " in asked(client, ROUTE, view="magic")


def test_nothing_of_a_view_is_loaded_before_one_is_asked_for(client: FlaskClient) -> None:
    page = client.get("/").text
    for name in ("views.css", "countries.mjs"):
        assert name not in page
    assert "/assets/views.css" in asked(client, ROUTE)
    with client.get("/assets/views.css") as style:
        assert style.status_code == 200


def test_the_card_of_a_route_links_to_the_views_that_have_a_figure_of_it(
    client: FlaskClient, demonstration_store: Store
) -> None:
    vintage = demonstration_store.current()
    card = json.dumps(to_json(views_on_card(vintage, Selection(), "central-mediterranean")))
    linked = re.findall(r'"href": "(/pillars/\d)\?route=central-mediterranean#([a-z_-]+)"', card)
    assert {"protection", "unidentified", "visas", "permits", "family", "interceptions"} <= {view for _, view in linked}
    found = {one: client.get(f"/api/v1/views?view={one}&{ROUTE}").get_json() for one in VIEWS}
    assert all(found[view]["is_computable"] for _, view in linked)
    for page, view in linked:
        assert f'id="{view}"' in client.get(f"{page}?{ROUTE}").text
    on_land = json.dumps(to_json(views_on_card(vintage, Selection(), "afghanistan-to-iran")))
    assert {"unidentified", "how_they_die"} <= set(re.findall(r"#([a-z_-]+)\"", on_land)) <= set(VIEWS) - {"protection"}
    assert views_on_card(vintage, Selection(), "no-such-route") == []


def to_json(component: Any) -> Any:
    return json.loads(PlotlyJSONEncoder().encode(component))
