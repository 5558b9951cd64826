"""What the interface's description says of every path is so: statuses, types, parameters, refusals."""

from typing import Any

import pytest

from app import create_app
from data.store import Store
from tests.wiring.description import paths, read_description, try_path

FEW = {"drawn": 1, "edges": 4}  # of what is drawn or typeset, which takes its time
MANY = {"drawn": 5, "edges": 24}
DRAWN = ("map.png", "map.pdf", "map.svg", "series.png", "series.pdf", "series.svg", "brief.pdf", "brief.png", "brief.svg",
         "view.html")  # fmt: skip


@pytest.fixture(scope="module")
def schema(demonstration_store: Store) -> Any:
    return read_description(create_app(demonstration_store.folder).server)


def test_every_path_is_described_and_tried(schema: Any) -> None:
    assert sorted(schema) == paths()


@pytest.mark.parametrize("path", paths())
def test_what_the_description_says_is_so(schema: Any, path: str) -> None:
    how_many = FEW if path.endswith(DRAWN) else MANY
    assert try_path(schema, path, **how_many) >= how_many["edges"]
