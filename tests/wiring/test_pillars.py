"""The pages of the pillars and the views' numbers, over HTTP."""

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from data.pillars.activities import activities
from data.pillars.views import PILLARS, VIEWS

PAGES = ("/pillars", *(f"/pillars/{number}" for number in PILLARS))
ROUTE = "central-mediterranean"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_without_script_and_leads_to_the_others(client: FlaskClient, path: str) -> None:
    page = client.get(f"{path}?route={ROUTE}&from=2019-01-01&to=2019-12-31")
    assert page.status_code == 200
    assert "<script" not in page.text
    for other in PAGES:
        assert f'href="{other}?from=2019-01-01&amp;to=2019-12-31&amp;route={ROUTE}"' in page.text
    assert "Demonstration" in page.text or "demonstration" in page.text  # RULES P8
    assert page.text.count('aria-current="page"') == 1


def test_each_view_stands_on_the_page_of_its_pillar_with_what_must_stand_beside_its_figure(client: FlaskClient) -> None:
    for kind in VIEWS.values():
        page = client.get(f"/pillars/{kind.pillar}?route={ROUTE}").text
        article = re.search(rf'<article[^>]* id="{kind.id}">.*?</article>', page, re.DOTALL)
        assert article, kind.id
        for what in (
            "Formula",
            "Divided by",
            f"/api/v1/views.csv?view={kind.id}",
            f"/api/v1/views.json?view={kind.id}",
            f"/api/v1/exports/pillar.svg?pillar_view={kind.id}",
        ):
            assert what in article[0], (kind.id, what)


def test_every_gap_is_named_on_its_page_with_what_would_fill_it(client: FlaskClient) -> None:
    for number in PILLARS:
        page = client.get(f"/pillars/{number}").text
        gaps = [one for one in activities() if one.pillar == number and one.gap]
        assert page.count("Would be filled by") == len(gaps) > 0


def test_without_a_figure_a_view_says_why_and_is_not_zero(client: FlaskClient) -> None:
    view = client.get("/api/v1/views?view=protection").get_json()
    assert (view["is_computable"], view["value"]) == (False, None)
    assert view["words"].startswith("Not computable: ")
    assert "Not computable: " in client.get("/pillars/1").text


@pytest.mark.parametrize("view", list(VIEWS))
def test_no_row_of_a_views_numbers_leaves_without_its_formula_and_sources(client: FlaskClient, view: str) -> None:
    answer = client.get(f"/api/v1/views.csv?view={view}&route={ROUTE}")
    assert answer.status_code == 200
    for row in csv.DictReader(io.StringIO(answer.text)):
        assert all(row[name] for name in ("formula", "divided_by", "caveat", "sources", "vintage"))
        assert row["value"] or row["status"] != "published"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("", "view"), ("view=magic", "view"), ("view=protection&cause=drowning", "cause"),
     ("view=protection&route=central-mediterranean,darien", "route"), ("view=protection&from=2020", "from")],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_the_parameter(client: FlaskClient, query: str, parameter: str) -> None:
    answer = client.get(f"/api/v1/views?{query}")
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, parameter)


def test_there_is_no_fifth_pillar_and_its_stylesheet_is_no_part_of_the_map(client: FlaskClient) -> None:
    assert client.get("/pillars/5").status_code == 404
    assert "pillars.css" not in client.get("/").text
    with client.get("/assets/pillars.css") as style:
        assert style.status_code == 200


def test_a_figure_over_the_years_is_a_picture_with_the_same_in_words_and_in_a_table(client: FlaskClient) -> None:
    page = client.get(f"/pillars/1?route={ROUTE}").text
    article = re.search(r'<article[^>]* id="protection">.*?</article>', page, re.DOTALL)
    assert article
    words = re.search(r'<img src="data:image/svg\+xml,[^"]+" alt="([^"]+)">', article[0])
    assert words
    assert re.match(r"\d{4}: [\d.]+%; \d{4}: [\d.]+%; the highest ", words[1])
    series = client.get(f"/api/v1/views?view=protection&route={ROUTE}").get_json()["series"]
    assert [one["part"] for one in series] == ["whole"]
    for point in series[0]["points"]:
        assert f'<th scope="row">{point["year"]}</th>' in article[0]


def test_a_view_whose_rows_are_of_years_draws_all_series_of_an_origin_once(client: FlaskClient) -> None:
    page = client.get("/pillars/2?route=central-mediterranean").text
    drivers = page.partition('<article class="view" id="drivers">')[2].partition("</article>")[0]
    origins = drivers.count("<h3>")
    assert origins > 1
    assert drivers.count('<div class="lines">') == origins
    assert drivers.count("<img ") == 5 * origins  # five series each; no second drawing of the same figures
