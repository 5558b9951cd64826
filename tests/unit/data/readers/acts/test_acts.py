"""Tables of acts: letters after a day tell the act, what is no day or no country is told, and a list is of one state."""

import json
from pathlib import Path
from typing import Any

import pytest

from data.readers.acts.tables import ACT
from data.readers.registry import read_file
from data.readers.result import ReadResult
from data.store.ingest import How, ingest
from data.store.store import Store

SMUGGLING = "un-treaty-smuggling-protocol"


def treaty(folder: Path, *lines: str, name: str = "treaty") -> Path:
    path = folder / f"{name}.csv"
    path.write_text("\n".join([f'Participant,Signature,"{ACT}"', *lines]), encoding="utf-8")
    return path


def read_treaty(folder: Path, *lines: str) -> ReadResult:
    (result,) = read_file(treaty(folder, *lines), layout_id=SMUGGLING)
    return result


def policies(folder: Path, *given: dict[str, Any], country: str = "Italy") -> ReadResult:
    path = folder / "policies.json"
    path.write_text(json.dumps([{"countryName": country, "policies": list(given)}]), encoding="utf-8")
    (result,) = read_file(path)
    return result


def policy(**other: Any) -> dict[str, Any]:
    plain = {"policyName": "An act", "policyTypeArea": {"pushback": True, "other": False}, "year": 2018, "month": 2,
             "day": 28, "levelOfLegislation": "National", "typeOfLegislation": "Law", "urlEnglish": "https://example.org",
             "policyDescription": "Signed by Anna Musterfrau", "notes": ""}  # fmt: skip
    return plain | other


@pytest.mark.parametrize(
    ("text", "act"),
    [("9 Mar 2004", "ratification"), ("9 Mar 2004 A", "acceptance"), ("9 Mar 2004 AA", "approval"),
     ("9 Mar 2004 a", "accession"), ("9 Mar 2004 d", "succession")],
)  # fmt: skip
def test_the_letter_after_a_day_tells_the_act(tmp_path: Path, text: str, act: str) -> None:
    result = read_treaty(tmp_path, f"Algeria,6 Jun 2001,{text}")
    acts = result.frame.select("treaty", "participant", "act").rows()
    assert acts == [("smuggling-protocol", "DZA", "signature"), ("smuggling-protocol", "DZA", act)]


@pytest.mark.parametrize(
    ("line", "column"),
    [("Nowhere,6 Jun 2001,", "Participant"), ("Algeria,Jun 2001,", "Signature"), ("Algeria,,9 Mar 2004 x", ACT),
     ("Algeria,,", ACT)],
)  # fmt: skip
def test_a_row_without_a_country_a_day_or_an_act_is_quarantined(tmp_path: Path, line: str, column: str) -> None:
    result = read_treaty(tmp_path, "Japan,9 Dec 2002,", line)
    assert result.quarantine["column"].to_list() == [column]
    assert (result.rows_read, result.accepted, result.quarantined) == (2, 1, 1)


def test_a_policy_has_its_days_and_themes_and_no_free_text(tmp_path: Path) -> None:
    result = policies(tmp_path, policy(), policy(month=44916), policy(day=31))
    days = [(str(first), str(last), precision) for first, last, precision in
            result.frame.select("date_from", "date_to", "date_precision").iter_rows()]  # fmt: skip
    year = ("2018-01-01", "2018-12-31", "year")
    assert days == [("2018-02-28", "2018-02-28", "day"), year, year]
    assert result.log["rule"].to_list() == ["no day of the calendar: the year alone is kept"] * 2
    assert result.frame["themes"].to_list() == ["pushback"] * 3
    assert "Musterfrau" not in str(result.frame.to_dicts()) + str(result.quarantine.to_dicts())


def test_a_policy_without_a_title_or_a_year_is_quarantined(tmp_path: Path) -> None:
    result = policies(tmp_path, policy(), policy(policyName=""), policy(year=None))
    assert result.quarantine["column"].to_list() == ["policy", "year"]


def test_an_agreement_has_its_other_party_and_may_be_undated(tmp_path: Path) -> None:
    plain = {"policyName": "An agreement", "typeOfBiletralAgreement": "Standard readmission agreement",
             "signatoryState": "Albania", "signatureDate": "2006-11-16 00:00:00", "entryIntoForceDate": ""}  # fmt: skip
    result = policies(tmp_path, plain, plain | {"signatureDate": "", "signatoryState": "Italy"})
    assert result.frame.select("area", "partner", "date_precision").rows() == [
        ("ITA", "ALB", "day"),
        ("ITA", None, None),
    ]
    assert result.frame["in_force"].null_count() == 2


def test_a_newer_list_takes_the_place_of_the_older_one(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    older = treaty(tmp_path, "Japan,9 Dec 2002,", "Algeria,6 Jun 2001,", name="older")
    newer = treaty(tmp_path, "Japan,9 Dec 2002,11 Jul 2017 A", name="newer")
    ingest([older], store, how=How(layouts={older: SMUGGLING}))
    report = ingest([newer], store, how=How(layouts={newer: SMUGGLING}))
    held = store.current().scan_where_needed("treaties").collect()
    assert held.select("participant", "act").rows() == [("JPN", "signature"), ("JPN", "acceptance")]
    assert {(one["unit"], one["fate"], one["rows"]) for one in report["earlier"]} >= {("treaties", "replaced", 2)}
