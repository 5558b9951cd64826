"""A browser that all readers share, so that what a page loads is loaded once; a fresh page for each."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.browser.tasks.browsers import Readers
from tests.browser.tasks.reader import Reader
from tests.browser.tasks.tasks import Task


@pytest.fixture(scope="module")
def readers(browser: Browser, address: str) -> Iterator[Readers]:
    with Readers(browser, address) as readers:
        yield readers


@pytest.fixture
def meet(readers: Readers) -> Iterator[Callable[[type[Reader], Task], Reader]]:
    """Return the function that makes a reader at a fresh page; an error on the page or a request elsewhere fails."""
    with ExitStack() as stack:
        yield lambda kind, task: stack.enter_context(readers.reader(kind, is_own=task.is_own))
