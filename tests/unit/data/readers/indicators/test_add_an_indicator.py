"""The page that says how to add an indicator: its table is read as it says."""

import re
from pathlib import Path
from typing import Any

import pytest

from data.model.indicators.declaration import Indicator
from data.model.sources import Publication
from data.readers.indicators.layout import AreaFrom, IndicatorLayout, Series, WordFrom
from data.readers.periods import Year
from data.readers.registry import read_file
from data.readers.result import ReadResult

PAGE = Path(__file__).parents[5] / "docs" / "how-to" / "add-an-indicator.md"
NAMES = {"AreaFrom": AreaFrom, "Indicator": Indicator, "IndicatorLayout": IndicatorLayout, "Publication": Publication,
         "Series": Series, "WordFrom": WordFrom, "Year": Year}  # fmt: skip


def blocks(language: str) -> list[str]:
    found = re.findall(rf"   ```{language}\n(.*?)\n   ```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return ["\n".join(line.removeprefix("   ") for line in one.split("\n")) for one in found]


def told(row: dict[str, Any]) -> str:
    part = "a part" if row["totals"] is None else f"total of {row['totals']}"
    value = row["absence"] or f"{row['value']:.0f}"
    return f"row {row['row']}: {row['area']}, {row['partner'] or 'all'}, {row['breakdown'] or 'the whole'}, {part}: {value}"


@pytest.fixture
def result(tmp_path: Path) -> ReadResult:
    path = tmp_path / "places.csv"
    path.write_text(blocks("csv")[0] + "\n", encoding="utf-8")
    layout = eval(blocks("python")[1], NAMES)  # noqa: S307 — the page's own words
    (found,) = read_file(path, [layout])
    return found


def test_each_row_ends_as_the_page_says(result: ReadResult) -> None:
    rows = [told(row) for row in result.frame.to_dicts()]
    rows += [f"row {row}: quarantined, column '{column}'"
             for row, column in result.quarantine.select("row", "column").iter_rows()]  # fmt: skip
    assert rows == blocks("text")[0].split("\n")


def test_the_declaration_of_the_page_is_one_of_an_indicator() -> None:
    made = eval(blocks("python")[0], NAMES)  # noqa: S307 — the page's own words
    assert (made.id, made.words) == ("places_offered", ("name", "meaning", "caveat", "never"))
