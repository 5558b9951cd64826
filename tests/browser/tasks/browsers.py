"""Readers at fresh pages of one browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.tasks.reader import Reader

PERMISSIONS = ["clipboard-read", "clipboard-write"]


class Readers:
    """One context for all tasks, and one for each task that needs a browser that knows nothing of the site."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.wrong = list[str]()
        self._shared: BrowserContext | None = None

    def __enter__(self) -> Self:
        self._shared = self._made()
        return self

    def __exit__(self, *_: object) -> None:
        if self._shared is not None:
            self._shared.close()

    def _made(self) -> BrowserContext:
        """Return a context; without a graphics card a screen has a quarter of its pixels."""
        context = self.browser.new_context(viewport={"width": 1440, "height": 900}, device_scale_factor=0.5)
        context.grant_permissions(PERMISSIONS)
        context.on("page", self._listen)
        return context

    def _listen(self, page: Page) -> None:
        page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda one: None if self._is_ours(one.url) else self.wrong.append(one.url))

    def _is_ours(self, url: str) -> bool:
        return url.startswith((self.address, "blob:", "data:"))

    @contextmanager
    def reader(self, kind: type[Reader], *, is_own: bool = False) -> Iterator[Reader]:
        """Yield a reader at a fresh page; raise AssertionError where a page had an error or asked elsewhere."""
        context = self._made() if is_own or self._shared is None else self._shared
        self.wrong.clear()
        reader = kind(context, self.address)
        try:
            yield reader
        finally:
            for page in context.pages:
                page.close()
            if context is not self._shared:
                context.close()
        assert self.wrong == [], self.wrong
