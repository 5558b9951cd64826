"""Risk and quotes over HTTP: the agreed keys, the same numbers as the totals, and 400 with a sentence."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.build import create_app

RISK, QUOTE = "/api/v1/risk", "/api/v1/quote"
CENTRAL = "route=central-mediterranean&from=2018-01-01&to=2018-12-31"
ASKED = ["route", "from", "to", "deaths", "arrivals", "interceptions", "attempts", "variants"]


def get(client: FlaskClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200
    return dict(answer.get_json())


def test_an_answer_has_the_agreed_keys_and_adds_up(client: FlaskClient) -> None:
    answer = get(client, f"{RISK}?{CENTRAL}")
    assert set(ASKED) <= answer.keys()
    assert (answer["route"], answer["from"], answer["to"]) == ("central-mediterranean", "2018-01-01", "2018-12-31")
    assert answer["attempts"] == answer["arrivals"] + answer["interceptions"] + answer["deaths"]
    assert [one["name"] for one in answer["variants"]] == ["rho", "rho_arr", "kappa"]
    for one in answer["variants"]:
        assert one["low"] <= one["value"] <= one["high"]
        assert one["one_in"] == round(1 / one["value"])


def test_inputs_are_the_totals_of_the_same_window(client: FlaskClient) -> None:
    answer = get(client, f"{RISK}?{CENTRAL}")
    assert [answer["sources"][name]["left_out"] for name in ("arrivals", "interceptions")] == [[], []]
    pairs = (("deaths", "dead_or_missing"), ("arrivals", "arrivals"), ("interceptions", "interceptions"))
    for name, measure in pairs:
        assert answer[name] == get(client, f"/api/v1/totals?measure={measure}&{CENTRAL}")["total"]


def test_the_place_that_most_reach_is_not_left_out(client: FlaskClient) -> None:
    answer = get(client, f"{RISK}?route=central-mediterranean&from=2019-01-01&to=2019-12-31")
    assert answer["arrivals"] is None
    assert " in Italy" in answer["sources"]["arrivals"]["gap"]
    assert {one["not_computable"] for one in answer["variants"]} == {answer["sources"]["arrivals"]["gap"]}


def test_demonstration_data_says_so_in_every_sentence(client: FlaskClient) -> None:
    answer = get(client, f"{RISK}?{CENTRAL}")
    assert answer["is_demonstration"] is True
    for sentence in (answer["caption"], *(one["sentence"] for one in answer["variants"])):
        assert "Demonstration data. Invented" in sentence
    assert answer["sources"]["arrivals"]["unit"] == "persons_arrived"
    assert answer["sources"]["arrivals"]["editions"]


def test_a_name_as_publishers_spell_it_is_the_same_route(client: FlaskClient) -> None:
    window = "from=2018-01-01&to=2018-12-31"
    spelt = get(client, f"{RISK}?route=Central Mediterranean Route&{window}")
    assert spelt == get(client, f"{RISK}?{CENTRAL}")


def test_what_is_unknown_is_null_and_says_why(client: FlaskClient) -> None:
    answer = get(client, f"{RISK}?route=afghanistan-to-iran&from=2019-01-01&to=2019-12-31")
    assert (answer["arrivals"], answer["interceptions"], answer["attempts"]) == (None, None, None)
    assert answer["deaths"] > 0
    for one in answer["variants"]:
        assert set(one) >= {"name", "not_computable"}
        assert not {"value", "one_in", "low", "high"} & set(one)
        assert "arrivals are missing for 2019" in one["not_computable"]


@pytest.mark.parametrize(
    "query",
    [
        "", "route=central-mediterranean", "route=central-mediterranean&from=2019-01-01", "from=2019-01-01&to=2019-12-31",
        "route=nowhere&from=2019-01-01&to=2019-12-31", "route=darien,english-channel&from=2019-01-01&to=2019-12-31",
        "route=central-mediterranean&from=2019-12-31&to=2019-01-01", f"{CENTRAL}&from=2020-01-01", f"{CENTRAL}&cell=8a",
        f"{CENTRAL}&resolution=3", f"{CENTRAL}&min_quality=4", f"{CENTRAL}&source=nobody", f"{CENTRAL}&x=1",
        f"{CENTRAL}&source=demonstration-frontex", "route=&from=2019-01-01&to=2019-12-31",
        "route=central-mediterranean&from=2019-02-30&to=2019-12-31", "route=central-mediterranean&from=NaN&to=1e9",
        "route=%3Cscript%3E&from=2019-01-01&to=2019-12-31", "route=" + "x" * 7_000,
    ],
)  # fmt: skip
def test_a_risk_that_cannot_be_meant_is_400_with_a_sentence(client: FlaskClient, query: str) -> None:
    answer = client.get(f"{RISK}?{query}")
    assert answer.status_code in (400, 409, 414)
    assert answer.get_json()["detail"].endswith(".")
    assert answer.get_json()["parameter"]


@pytest.mark.rule("R7")
def test_no_address_gives_a_risk_of_a_cell(client: FlaskClient) -> None:
    """RULES R7."""
    cells = get(client, "/api/v1/cells?resolution=3")["cells"]
    assert not {"rho", "rho_arr", "kappa", "risk"} & {key for cell in cells for key in cell}
    assert client.get("/api/v1/cells?measure=rho").status_code == 400


def test_a_quote_of_an_answer_is_found_again(client: FlaskClient) -> None:
    rho = get(client, f"{RISK}?{CENTRAL}")["variants"][0]
    found = get(client, f"{QUOTE}?text=1%20in%20{rho['one_in']}")
    mine = [one for one in found["matches"] if (one["variant"], one["route"], one["from"], one["to"])
            == ("rho", "central-mediterranean", "2018-01-01", "2018-12-31")]  # fmt: skip
    assert [one["value"] for one in mine] == [rho["value"]]
    assert "Demonstration data. Invented" in mine[0]["sentence"]


def test_a_quote_of_figures_given_is_checked_without_the_data(client: FlaskClient) -> None:
    found = get(client, f"{QUOTE}?text=2.9%20%25&deaths=1314&attempts=45648")
    assert [one["variant"] for one in found["matches"]] == ["rho"]
    assert "Demonstration" not in found["matches"][0]["sentence"]


@pytest.mark.parametrize(
    "query",
    ["", "text=", "text=35", "text=" + "9" * 3000, "text=1%20in%200", "text=%3Cscript%3Ealert(1)%3C/script%3E",
     "text=1%20in%2035%00", "text=1%20in%2035&text=1%20in%2036", "text=1%20in%2035&deaths=-5", "text=%FF%FE",
     "text=1%20in%2035&deaths=10&attempts=5", "text=1%20in%2035&y=1", "text=NaN", "text=1e308%20%25",
     "text=1%20in%2035&arrivals=600"],
)  # fmt: skip
def test_a_hostile_quote_gets_a_sentence(client: FlaskClient, query: str) -> None:
    answer = client.get(f"{QUOTE}?{query}")
    assert answer.status_code == (409 if "attempts=5" in query else 400)
    assert len(answer.get_json()["detail"]) > 10
    assert len(answer.get_json()["detail"]) < 300


@pytest.mark.parametrize("address", [f"{RISK}?{CENTRAL}", f"{QUOTE}?text=1%20in%2035"])
def test_headers_are_those_of_the_other_answers(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    assert (first.headers["Access-Control-Allow-Origin"], first.headers["Cache-Control"]) == ("*", "no-cache")
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", [f"{RISK}?{CENTRAL}", f"{QUOTE}?text=1%20in%2035"])
def test_a_store_without_data_is_503(tmp_path: Any, address: str) -> None:
    assert create_app(tmp_path).server.test_client().get(address).status_code == 503
