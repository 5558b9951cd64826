"""A reader with Firefox, and one with WebKit, on a screen in memory; an error on the page fails the test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.store.store import Store
from tests.harness.engines import ENGINES, Reader, binary_of, engine_on, screen
from tests.harness.listening import listening
from tests.harness.serving import serving_here


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """Return the name of a screen in memory."""
    for engine in ENGINES:
        binary_of(engine)
    with screen() as name:
        yield name


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Return the name of each engine in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def address(demonstration_store: Store) -> Iterator[str]:
    """Return the address of a server on the demonstration data, whose pages note their errors."""
    with serving_here(demonstration_store, listening) as base:
        yield base


@pytest.fixture
def reader(display: str, engine: str, tmp_path: Path) -> Iterator[Reader]:
    """Return a reader with a new browser of the engine."""
    with engine_on(display, engine, tmp_path) as one:
        yield one
        assert one.errors() == []


@pytest.fixture
def picture(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Reader, str], None]:
    """Return the function that keeps a picture of what a reader sees, in the folder ENGINE_PICTURES to be looked at."""
    folder = Path(os.environ.get("ENGINE_PICTURES") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)

    def keep(reader: Reader, name: str) -> None:
        reader.picture(folder / f"{engine}-{name}.png")

    return keep
