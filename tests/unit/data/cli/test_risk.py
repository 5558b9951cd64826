"""The command ``risk``: JSON to standard output, words to standard error, 0 done, 2 refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from data.__main__ import main
from data.store.ingest import ingest
from data.store.store import Store

CENTRAL = "central-mediterranean"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, Any], str]:
    code = main(("risk", *words, "--json"))
    said = capsys.readouterr()
    return code, json.loads(said.out), said.err


def test_the_command_answers_typed_figures_without_a_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = str(tmp_path / "none")
    code, answer, said = run(capsys, "--deaths", "1314", "--arrivals", "23370", "--store", nowhere)
    assert code == 0
    assert {"deaths", "arrivals", "interceptions", "attempts", "variants"} <= answer.keys()
    assert [one.get("one_in") for one in answer["variants"]] == [None, 19, 18]
    assert "1 per 18 arrivals" in said
    assert "not computable: interceptions are not known." in said


@pytest.mark.parametrize(
    "words",
    [(), ("--deaths", "-5"), ("--deaths", "10", "--attempts", "9"), ("--route", CENTRAL), ("--deaths", "nan"),
     ("--route", CENTRAL, "--deaths", "10"), ("--route", "nowhere", "--from", "2018-01-01", "--to", "2018-12-31")],
)  # fmt: skip
def test_the_command_refuses_with_a_sentence(
    demonstration_store: Store, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    code, answer, said = run(capsys, *words, "--store", str(demonstration_store.folder))
    assert code == 2
    assert said.startswith("Refused. ")
    assert answer["refused"].endswith(".")


def test_the_command_answers_a_route_from_files_in_the_projects_own_layout(
    tmp_path: Path, demonstration_files: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """60 + 9,000 + 900 attempts. Of two files that state different units for the same days, one was once dropped."""
    header = "unit,route,place,country,nationality,date_from,date_to,value\n"
    months = [("2018-01-01", "2018-01-31"), ("2018-02-01", "2018-02-28")]
    for unit, value in (("persons_arrived", 4500), ("persons_intercepted", 450)):
        rows = [f"{unit},{CENTRAL},,,,{first},{last},{value}\n" for first, last in months]
        (tmp_path / f"{unit}.csv").write_text(header + "".join(rows), encoding="utf-8")
    (tmp_path / "deaths.csv").write_text(incident_file(), encoding="utf-8")
    names = ("persons_arrived.csv", "persons_intercepted.csv", "deaths.csv")
    ingest([tmp_path / name for name in names], Store(tmp_path / "store"))
    window = ("--from", "2018-01-01", "--to", "2018-02-28", "--store", str(tmp_path / "store"))
    code, answer, _ = run(capsys, "--route", "Central Mediterranean", *window)
    assert code == 0
    figures = ("deaths", "arrivals", "interceptions", "attempts", "events")
    assert [answer[name] for name in figures] == [60, 9000, 900, 9960, 6]
    assert [one["value"] for one in answer["variants"]] == [60 / 9960, 60 / 9060, 60 / 9000]


def incident_file() -> str:
    names = ("Main ID", "Incident ID", "Region", "Incident Date", "Year", "Reported Month", "Number Dead",
             "Minimum Estimated Number of Missing", "Number of Survivors", "Number of Females", "Number of Males",
             "Number of Children", "Region of Origin", "Cause of Death", "Country of Origin", "Location of death",
             "Information Source", "Coordinates", "Migration route", "URL", "UNSD Geographical Grouping",
             "Source Quality")  # fmt: skip
    days = (
        "Mon, 01/01/2018",
        "Tue, 01/09/2018",
        "Thu, 02/01/2018",
        "Fri, 02/02/2018",
        "Sat, 02/03/2018",
        "Wed, 02/28/2018",
    )
    lines = [",".join(names)]
    for number, day in enumerate(days):
        values = (f"2018.MMP{number:05}", f"2018.MMP{number:05}.1", "Mediterranean", f'"{day} - 12:00"', "2018", "January", "4", "6",
                  "", "", "", "", "", "Drowning", "", "Off Libya", "IOM", '"33.5, 13.1"', '"Central Mediterranean"', "", "", "5")  # fmt: skip
        lines.append(",".join(values))
    return "\n".join(lines) + "\n"
