"""What the interface's description says of every path is so: statuses, types, parameters, refusals."""

from typing import Any

import pytest
from dash import Dash

from tests.harness.description import paths, read_description, try_path

DRAWN = {"drawn": 1, "edges": 1}  # pictures and sheets take their time
FILES = {"drawn": 1, "edges": 4}
PLAIN = {"drawn": 1, "edges": 8}
PICTURES = ("map.", "series.png", "series.pdf", "series.svg", "brief.", "view.", "pillar.")


@pytest.fixture(scope="module")
def schema(app: Dash) -> Any:
    return read_description(app.server)


def test_every_path_is_described_and_tried(schema: Any) -> None:
    assert sorted(schema) == paths()


@pytest.mark.long
@pytest.mark.parametrize("path", paths())
def test_what_the_description_says_is_so(schema: Any, path: str) -> None:
    file = path.partition("/exports/")[2]
    how_many = DRAWN if file.startswith(PICTURES) else FILES if file else PLAIN
    assert try_path(schema, path, **how_many) >= how_many["edges"]
