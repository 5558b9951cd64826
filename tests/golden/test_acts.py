"""Treaties and policies: the parties and the dated policies that the folder of context states."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.readers.registry import read_file

pytestmark = pytest.mark.real


@pytest.mark.parametrize(
    ("file", "treaty", "participants", "parties"),
    [("", "convention", 185, 179), ("-a", "trafficking-protocol", 167, 159), ("-b", "smuggling-protocol", 152, 138)],
)
def test_parties_are_told_from_those_that_only_signed(
    real_data: Path, file: str, treaty: str, participants: int, parties: int
) -> None:
    (result,) = read_file(real_data / f"context/law/untreaties_2015_18-12{file}.csv", layout_id=f"un-treaty-{treaty}")
    acts = result.frame
    joined = acts.filter(pl.col("act") != "signature")
    assert acts["participant"].n_unique() == participants
    assert joined["participant"].n_unique() == joined.height == parties
    assert acts["date_from"].max() < date(2014, 1, 1)  # the list is of then: later acts are not known
    if treaty == "smuggling-protocol":
        only = set(acts["participant"]) - set(joined["participant"])
        assert {"IRL", "JPN", "THA", "ISL"} <= only
        assert acts.filter(pl.col("act") == "accession").height == 39
        assert "eu" in set(joined["participant"])


@pytest.mark.parametrize(
    ("theme", "policies"),
    [("preRemovalDetention", 29), ("assistedReturn", 33), ("borderManagement", 46), ("pushback", 5)],
)
def test_policies_keep_their_themes(real_data: Path, theme: str, policies: int) -> None:
    (result,) = read_file(real_data / "context/law/gaps_return_policies_14countries.json")
    rows = result.frame
    assert (rows.height, rows["area"].n_unique()) == (161, 14)
    assert rows.filter(pl.col("themes").str.split(";").list.contains(theme)).height == policies
    assert result.log.height == rows.filter(pl.col("date_precision") == "year").height


def test_agreements_without_a_day_are_not_dated(real_data: Path) -> None:
    (result,) = read_file(real_data / "context/law/gaps_international_cooperation_13countries.json")
    assert result.rows_read == 237
    assert result.frame["area"].n_unique() == 13
    undated = result.frame["date_from"].null_count()
    assert undated + sum('"signed":null' in raw for raw in result.quarantine["raw"]) == 21
