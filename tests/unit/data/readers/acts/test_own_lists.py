"""The operator's lists: what the page in docs/how-to says of its examples is what becomes of them."""

import re
from datetime import date
from pathlib import Path

import pytest

from data.cli.template import TEMPLATES
from data.model.errors import DataError
from data.model.roles import Role
from data.pillars.models import Asked
from data.pillars.tracing import tracing_services
from data.pillars.views import VIEWS, view_of
from data.readers.acts.own_lists import CAMPAIGN, SERVICE
from data.readers.registry import read_file
from data.store.ingest import How, ingest
from data.store.store import Store
from data.store.vintage import Vintage

PAGE = Path(__file__).parents[5] / "docs" / "how-to" / "list-campaigns-and-services.md"
TABLES = re.findall(r"```csv\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def lists(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "campaigns.csv", tmp_path / "tracing.csv"]
    for path, text in zip(paths, TABLES, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def held(lists: list[Path], how: How | None = None) -> Vintage:
    store = Store(lists[0].parent / "store")
    ingest(lists, store, how=how or How())
    return store.current()


def test_the_headers_are_those_of_the_templates() -> None:
    assert [text.splitlines()[0].split(",") for text in TABLES] == [list(CAMPAIGN), list(SERVICE)]
    assert (TEMPLATES["campaigns"], TEMPLATES["tracing"]) == (CAMPAIGN, SERVICE)


def test_each_row_ends_as_the_page_says(lists: list[Path]) -> None:
    ended = [(result.accepted, result.quarantine["row"].to_list(), result.quarantine["column"].to_list())
             for path in lists for result in read_file(path)]  # fmt: skip
    assert ended == [(3, [5], ["last_day"]), (2, [4], ["web"])]


@pytest.mark.rule("R11")
def test_none_found_is_not_the_same_as_nothing_stated_and_no_cost_is_not_0(lists: list[Path]) -> None:
    (result,) = read_file(lists[0])
    assert result.frame["is_evaluated"].to_list() == [False, True, None]
    assert result.frame["cost"].to_list() == [120_000, None, None]
    view = view_of(held(lists), VIEWS["campaigns"], Asked())
    assert (
        view.words == "3 campaigns ran: of 1 an evaluation is published, of 1 none was found, of 1 nothing is stated."
    )
    assert [(row.value, row.status) for row in view.rows[:2]] == [(120_000, "published"), (None, "unknown")]


def test_a_campaign_is_in_each_window_in_which_it_ran_a_day(lists: list[Path]) -> None:
    vintage = held(lists)
    names = {year: [row.name for row in view_of(vintage, VIEWS["campaigns"], Asked(None, date(year, 6, 30), date(year, 12, 31))).rows]
             for year in (2022, 2023, 2024)}  # fmt: skip
    assert names == {2022: [], 2023: ["Know the sea", "Think twice"], 2024: ["Think twice"]}


def test_without_a_list_the_view_says_what_would_be_needed(lists: list[Path]) -> None:
    view = view_of(held(lists[1:]), VIEWS["campaigns"], Asked())
    assert not view.is_computable
    assert "python -m data template campaigns" in view.words


@pytest.mark.rule("R9")
@pytest.mark.parametrize(("sensitivity", "shown"), [(None, 0), ("public", 2)])
def test_a_public_reader_sees_a_list_only_where_it_is_said_to_be_public(
    lists: list[Path], sensitivity: str | None, shown: int
) -> None:
    vintage = held(lists, How(sensitivity=sensitivity)).seen_by(Role.PUBLIC, today=date(2026, 11, 30))
    assert len(tracing_services(vintage)) == shown
    assert len(view_of(vintage, VIEWS["campaigns"], Asked()).rows) == (3 if shown else 0)


def test_a_newer_list_takes_the_place_of_the_older_one(lists: list[Path]) -> None:
    held(lists, How(published=date(2026, 10, 1)))
    newer = lists[1].with_name("newer.csv")
    newer.write_text(TABLES[1].splitlines()[0] + "\nTracing anew,Italy,https://new.example.org,,\n", encoding="utf-8")
    ingest([newer], Store(lists[0].parent / "store"), how=How(published=date(2026, 11, 1)))
    assert [one.name for one in tracing_services(Store(lists[0].parent / "store").current())] == ["Tracing anew"]


def test_a_list_with_a_column_of_persons_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tracing.csv"
    path.write_text(
        "service,country,web,languages,checked,phone number\nA,Italy,https://a.example.org,,,1\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match="phone number"):
        read_file(path)
