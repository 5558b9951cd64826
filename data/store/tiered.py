"""A store that each reader sees by tier: what the server of a public page opens (RULES 9).

It gives no vintage but as the reader of the request may see it; where nobody said who reads, as the public may. What
is restricted may lie in a store of its own, on a mount of its own: partners and border teams read it, in place of the
other.
"""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from data.model.days import today
from data.model.errors import StoreError
from data.model.notices import say
from data.model.roles import Role, role_in_use
from data.model.settings import Settings
from data.store.in_use import Lost
from data.store.store import Store
from data.store.tiers import restricted_sources
from data.store.vintage import Vintage


class TieredStore(Store):
    """One or two folders of vintages, read by the role in use; nothing is written through it."""

    by_tier: ClassVar[bool] = True

    def __init__(
        self, public: Path, *, restricted: Path | None = None, tell: Callable[[str], object] = lambda _: None
    ) -> None:
        """Name the folder that everybody reads, and the one that only partners and border teams read."""
        super().__init__(public)
        self._public = Store(public, tell=tell)
        is_apart = restricted is not None and restricted != public
        self._restricted = Store(restricted, tell=tell) if restricted and is_apart else self._public

    @property
    def folder(self) -> Path:
        """Return the folder that the role in use reads."""
        return self._whole().folder

    def current(self) -> Vintage:
        """Return the vintage in use as the role in use may see it; raise StoreError where there is none."""
        return self._whole().current().seen_by(role_in_use(), today=today())

    def open(self, name: str | None) -> Vintage:
        """Return a vintage by name or day as the role in use may see it; raise AbsentError where there is none."""
        return self._whole().open(name).seen_by(role_in_use(), today=today())

    def lost(self) -> Lost | None:
        """Return why the vintage in use is not the newest; None where it is."""
        return self._whole().lost()

    def doubt(self) -> None:
        """Let the next reader verify all files anew, now and then."""
        self._whole().doubt()

    def verify_again(self) -> None:
        """Let the next reader verify all files anew."""
        self._whole().verify_again()

    def state(self) -> str | None:
        """Return what changes whenever another vintage comes into use, of the store that the role in use reads."""
        return self._whole().state()

    def state_at_hand(self) -> str | None:
        """Return the same, but None where a vintage would have to be opened first."""
        return self._whole().state_at_hand()

    def _whole(self) -> Store:
        return self._public if role_in_use() is Role.PUBLIC else self._restricted


def open_as_stated(settings: Settings, *, tell: Callable[[str], object] = lambda _: None) -> Store:
    """Return the store that a server reads: whole where it serves this machine alone, else by tier."""
    if not settings.is_by_tier:
        return Store(settings.store, tell=tell)
    return open_for_public(settings.store, settings.restricted_store, tell=tell)


def open_for_public(
    public: Path, restricted: Path | None, *, tell: Callable[[str], object] = lambda _: None
) -> TieredStore:
    """Return the store of a page in public mode.

    Raises
    ------
    StoreError
        The store that everybody reads holds restricted sources, and nobody said that it may: then ``restricted`` names
        the same folder.
    """
    store = TieredStore(public, restricted=restricted, tell=tell)
    if restricted is None and store.has_vintage():
        others = restricted_sources(Store(public).current().stored_sources)
        if others:
            raise StoreError(say("store.holds_restricted", sources=sorted(others), folder=public))
    return store
