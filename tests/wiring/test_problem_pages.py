"""What cannot be answered: a page in words and links for readers, JSON for programs, with the same status."""

import pytest
from flask.testing import FlaskClient

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("path", "near"), [("/sectors", "/sector"), ("/api/v1/cell", "/api/v1/cells"), ("/nothing-like-it", None)]
)
def test_a_mistyped_address_is_a_page_with_the_nearest_one(client: FlaskClient, path: str, near: str | None) -> None:
    answer = client.get(path, headers=BROWSER)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "There is no page at this address" in answer.text
    assert ("Did you mean" in answer.text) is (near is not None)
    for link in (near, "/", "/sector"):
        assert link is None or f'href="{link}"' in answer.text
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("accept", ["application/json", "application/problem+json, */*"])
def test_a_program_that_asks_for_json_gets_it(client: FlaskClient, accept: str) -> None:
    answer = client.get("/sectors", headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_the_interface_and_the_map_go_on_in_json(client: FlaskClient) -> None:
    for path in ("/api/v1/risk", "/cells/values?resolution=99", "/api/v1/typo"):
        assert client.get(path).mimetype == "application/problem+json"


def test_an_address_is_text_and_never_markup(client: FlaskClient) -> None:
    page = client.get("/api/v1/cells?measure=%3Cscript%3Ealert(1)", headers=BROWSER)
    assert page.mimetype == "text/html"
    assert page.status_code == 400
    assert "<script>" not in page.text
