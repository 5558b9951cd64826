"""Indicators over HTTP: the list of all, and the figures of one."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.build import build
from data.model.indicators import INDICATORS
from data.readers.acts.tables import ACT
from data.store.ingest import How, ingest
from data.store.store import Store

HEAD = "year,coo,coo_iso,coa,coa_iso,procedure_type,dec_level,dec_pc,dec_recognized,dec_other,dec_rejected,dec_closed,dec_total"
ROWS = (
    "2023,SYR,SYR,ITA,ITA,G,FI,P,30,10,60,5,105",
    "2024,SYR,SYR,ITA,ITA,G,FI,P,40,0,60,0,100",
    "2024,SYR,SYR,GFR,DEU,G,FI,P,0,0,100,0,100",
    "2024,AFG,AFG,ITA,ITA,G,AR,C,1,,2,0,3",
    "2024,UKN,UNK,ITA,ITA,G,FI,P,0,0,0,0,0",
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("indicators")
    path = folder / "decisions.csv"
    path.write_text("\n".join([HEAD, *ROWS]), encoding="utf-8")
    store = Store(folder / "store")
    ingest([path], store)
    return build(store).server.test_client()


def figures(client: FlaskClient, query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/v1/figures?{query}").get_json()["figures"]
    return found


def test_every_declared_indicator_is_listed_with_its_words_and_its_coverage(served: FlaskClient) -> None:
    listed = {one["indicator"]: one for one in served.get("/api/v1/indicators").get_json()["indicators"]}
    assert listed.keys() == INDICATORS.keys()
    share, rejected = listed["protection_share"], listed["asylum_rejected"]
    assert (share["denominator"], share["unit"]) == ("decisions on the substance, without closed files", "share")
    assert (rejected["figures"], rejected["absent"], rejected["areas"], rejected["partners"]) == (5, 0, 2, 3)
    assert (rejected["first_date"], rejected["last_date"]) == ("2023-01-01", "2024-12-31")
    assert rejected["sources"] == ["unhcr-asylum-decisions"]
    assert all(one["never_read_as"] and one["caveat"] and one["meaning"] for one in listed.values())


def test_figures_are_those_of_the_areas_partners_and_days_that_are_asked_for(served: FlaskClient) -> None:
    every = figures(served, "indicator=asylum_rejected")
    assert len(every) == len(ROWS)
    some = figures(served, "indicator=asylum_rejected&area=ITA&partner=SYR&from=2024-01-01&to=2024-12-31")
    ((area, partner, value, unit),) = [
        (one["area_name"], one["partner_name"], one["value"], one["unit"]) for one in some
    ]
    assert (area, partner, value, unit) == ("Italy", "Syrian Arab Republic", 60.0, "persons")
    assert figures(served, "indicator=asylum_rejected&partner=unknown")[0]["partner_name"] == "Country unknown"


@pytest.mark.rule("R11")
def test_a_figure_without_a_value_says_why_and_is_not_zero(served: FlaskClient) -> None:
    (one,) = figures(served, "indicator=asylum_other_protection&partner=AFG")
    assert (one["value"], one["status"], one["obs_status"]) == (None, "unknown", "O")
    (zero,) = figures(served, "indicator=asylum_other_protection&area=DEU")
    assert (zero["value"], zero["status"], zero["obs_status"]) == (0.0, "published", "A")


def test_a_rate_is_of_all_areas_together_or_of_each_that_is_named(served: FlaskClient) -> None:
    query = "indicator=protection_share&partner=SYR&from=2024-01-01"
    ((together,), apart) = figures(served, query), figures(served, f"{query}&area=ITA,DEU")
    assert (together["area"], together["value"], together["denominator"]) == (None, 0.2, 200.0)
    assert [(one["area"], one["value"]) for one in apart] == [("DEU", 0.0), ("ITA", 0.4)]
    (nothing,) = figures(served, "indicator=protection_share&partner=unknown")
    assert (nothing["value"], nothing["status"]) == (None, "not_applicable")


def test_pages_and_formats_are_those_of_every_list(served: FlaskClient) -> None:
    page = served.get("/api/v1/figures?indicator=asylum_rejected&limit=2").get_json()
    assert (page["total_rows"], len(page["figures"])) == (5, 2)
    following = served.get(page["next"]).get_json()["figures"]
    assert page["figures"] + following == figures(served, "indicator=asylum_rejected&limit=4")
    table = served.get("/api/v1/figures.csv?indicator=asylum_rejected")
    assert (table.status_code, table.text.count("\n"), table.headers["X-Total-Count"]) == (200, 6, "5")


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("", 400, "indicator"),
        ("indicator=deaths", 400, "indicator"),
        ("indicator=asylum_rejected&area=ZZZ", 400, "area"),
        ("indicator=asylum_rejected&partner=TOTAL", 400, "partner"),
        ("indicator=asylum_rejected&route=x", 400, "route"),
        ("indicator=asylum_rejected&from=2024-05-01&to=2024-01-01", 409, "to"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_parameter(
    served: FlaskClient, query: str, status: int, parameter: str
) -> None:
    answer = served.get(f"/api/v1/figures?{query}")
    assert (answer.status_code, answer.get_json()["parameter"]) == (status, parameter)


def test_the_description_says_what_figures_take_and_that_an_indicator_is_needed(served: FlaskClient) -> None:
    stated = served.get("/api/v1/openapi.json").get_json()["paths"]["/api/v1/figures"]["get"]["parameters"]
    own = {one["name"]: one for one in stated if "name" in one}
    assert own["indicator"]["required"]
    assert set(own["indicator"]["schema"]["enum"]) == set(INDICATORS)
    assert {"area", "partner", "from", "to"} <= own.keys()


def test_a_vintage_without_indicators_lists_them_and_has_no_figure(
    demonstration_files: list[Path], tmp_path: Path
) -> None:
    store = Store(tmp_path / "store")
    ingest(demonstration_files[:1], store)
    client = build(store).server.test_client()
    assert client.get("/api/v1/figures?indicator=asylum_rejected").get_json()["figures"] == []
    listed = client.get("/api/v1/indicators").get_json()["indicators"]
    assert {(one["figures"], one["first_date"]) for one in listed} == {(0, None)}


def test_treaties_and_policies_are_lists_with_names_and_the_day_of_the_latest_act(tmp_path: Path) -> None:
    path = tmp_path / "treaty.csv"
    path.write_text(f'Participant,Signature,"{ACT}"\nJapan,9 Dec 2002,\nEuropean Union,12 Dec 2000,6 Sep 2006 AA\n')
    store = Store(tmp_path / "store")
    ingest([path], store, how=How(layouts={path: "un-treaty-smuggling-protocol"}))
    client = build(store).server.test_client()
    answer = client.get("/api/v1/treaties").get_json()
    acts = [(one["participant_name"], one["act"], one["date_from"]) for one in answer["treaties"]]
    assert acts == [("Japan", "signature", "2002-12-09"),
                    ("European Union (which countries is not stated)", "signature", "2000-12-12"),
                    ("European Union (which countries is not stated)", "approval", "2006-09-06")]  # fmt: skip
    assert answer["last_act"] == "2006-09-06"
    assert client.get("/api/v1/policy_events").get_json()["policy_events"] == []


@pytest.mark.rule("R11")
def test_a_total_that_would_tell_a_hidden_figure_is_withheld_in_the_answer(tmp_path: Path) -> None:
    path = tmp_path / "trafficking.csv"
    head = "Iso3_code,Country,Region,Subregion,Indicator,Dimension,Category,Sex,Age,Year,Unit of measurement,txtVALUE,Source"
    lines = [f"ITA,Italy,Europe,Southern Europe,Persons convicted,Total,Total,{sex},Total,2020,Counts,{number},GLOTIP"
             for sex, number in (("Total", "33"), ("Female", "<5"), ("Male", "30"))]  # fmt: skip
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    store = Store(tmp_path / "store")
    ingest([path], store)
    answer = build(store).server.test_client().get("/api/v1/figures?indicator=trafficking_convicted").get_json()
    found = {one["breakdown"]: (one["value"], one["status"], one["flag"]) for one in answer["figures"]}
    assert found == {None: (33.0, "published", None), "sex=F": (None, "below_threshold", "<5"),
                     "sex=M": (None, "withheld", None)}  # fmt: skip
