"""Crossings by post and day: aggregates alone come in, and a day without data is neither a day of nobody nor hidden."""

import re
from datetime import date
from pathlib import Path

import pytest

from data.model.errors import DataError
from data.model.roles import Role
from data.pillars.models import Asked, View
from data.pillars.views import VIEWS, view_of
from data.readers.registry import read_file
from data.store.ingest import How, ingest
from data.store.store import Store
from data.store.vintage import Vintage

PAGE = Path(__file__).parents[4] / "docs" / "how-to" / "import-border-data.md"
HEAD = "country,post,date,direction,crossings"


def block(language: str) -> str:
    found = re.search(rf"   ```{language}\n(.*?)\n   ```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return "\n".join(line.removeprefix("   ") for line in found[1].split("\n"))


def written(folder: Path, text: str) -> Path:
    path = folder / "posts.csv"
    path.write_text(text, encoding="utf-8")
    return path


def held(folder: Path, text: str, *, sensitivity: str | None = None) -> Vintage:
    store = Store(folder / "store")
    ingest([written(folder, text)], store, how=How(sensitivity=sensitivity))
    return store.current()


def asked(vintage: Vintage, first: date | None = None, last: date | None = None) -> View:
    return view_of(vintage, VIEWS["border_data"], Asked(None, first, last))


def test_the_page_is_read_as_it_says(tmp_path: Path) -> None:
    (result,) = read_file(written(tmp_path, block("csv")))
    assert (result.accepted, result.quarantine["row"].to_list(), result.quarantine["column"].to_list()) == (
        8, [10], ["direction"],
    )  # fmt: skip
    view = asked(held(tmp_path, block("csv")))
    told = [f"{row.name}: {row.numerator:.0f} of {row.denominator:.0f}, {row.note}" for row in view.rows]
    assert told == block("text").split("\n")
    assert view.words == "2 posts from 1 to 4 June 2024: data of 6 of 8 days (75.0%). 1 lacks days."
    assert view.value == 0.75


@pytest.mark.rule("R11")
def test_zero_is_data_and_a_blank_is_a_day_without(tmp_path: Path) -> None:
    rows = f"{HEAD}\nItaly,Nordhafen,2024-06-01,in,0\nItaly,Nordhafen,2024-06-02,in,\nItaly,Nordhafen,2024-06-03,in,5\n"
    (row,) = asked(held(tmp_path, rows)).rows
    assert (row.numerator, row.denominator) == (2, 3)
    assert row.note == "1 day without data: 2 June 2024"


@pytest.mark.parametrize(
    "column", ["name", "surname", "passport number", "date of birth", "telephone", "nome", "fingerprint"]
)
def test_a_column_of_persons_refuses_the_file_and_is_named(tmp_path: Path, column: str) -> None:
    path = written(tmp_path, f"{HEAD},{column}\nItaly,Nordhafen,2024-06-01,in,5,Amina Warsame\n")
    with pytest.raises(DataError) as refused:
        read_file(path)
    assert refused.value.code == "PERSONAL_DATA"
    assert f"'{column}'" in str(refused.value)
    assert "Amina" not in str(refused.value)


def test_any_other_column_refuses_the_file_too(tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        read_file(written(tmp_path, f"{HEAD},nationality\nItaly,Nordhafen,2024-06-01,in,5,Syria\n"))
    assert refused.value.code == "LAYOUT"


def test_values_of_persons_in_a_post_never_come_in(tmp_path: Path) -> None:
    rows = f"{HEAD}\nItaly,Nordhafen,2024-06-01,in,50\nItaly,amina.warsame@example.org,2024-06-01,in,50\n"
    (result,) = read_file(written(tmp_path, rows))
    assert result.accepted == 1
    assert "amina" not in str(result.quarantine.to_dicts()) + str(result.frame.to_dicts())


def test_a_reader_who_may_not_see_few_crossings_is_told_nothing_of_days_without_data(tmp_path: Path) -> None:
    rows = f"{HEAD}\n" + "".join(
        f"Italy,Nordhafen,2024-06-0{day},in,{people}\n" for day, people in ((1, 50), (2, 4), (3, 60))
    )
    vintage = held(tmp_path, rows)
    assert [row.numerator for row in asked(vintage).rows] == [3]
    view = asked(vintage.seen_by(Role.PUBLIC, today=date(2026, 1, 1)))
    assert (view.is_computable, view.rows) == (False, ())
    assert "read by tier" in view.words


def test_a_public_data_set_is_shown_to_all_and_days_outside_it_are_not_counted(tmp_path: Path) -> None:
    vintage = held(tmp_path, block("csv"), sensitivity="public").seen_by(Role.PUBLIC, today=date(2026, 1, 1))
    view = asked(vintage, date(2024, 1, 1), date(2024, 12, 31))
    assert (view.date_from, view.date_to) == (date(2024, 6, 1), date(2024, 6, 4))
    other = asked(vintage, date(2020, 1, 1), date(2020, 12, 31))
    assert (other.is_computable, other.words) == (False, "Not computable: no post reports in these days.")
