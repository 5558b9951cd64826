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
from data.store.sensitivity import said_in
from data.store.store import Store
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

    def may_tell_again(self) -> bool:
        """Return whether what was answered before the store changed may be told: not where some of it is restricted."""
        return not said_in(self._whole().folder).has_restricted

    def _whole(self) -> Store:
        return self._public if role_in_use() is Role.PUBLIC else self._restricted


def open_as_stated(settings: Settings, *, tell: Callable[[str], object] = lambda _: None) -> Store:
    """Return the store that a server reads: whole where it serves this machine alone, else by tier."""
    if not settings.is_by_tier:
        return Store(settings.store, tell=tell)
    return TieredStore(settings.store, restricted=settings.restricted_store, tell=tell)


def check_for_public(settings: Settings) -> None:
    """Refuse to begin to serve a store that everybody reads and that holds what is not public, in any vintage.

    Asked at the start alone: where something is restricted while a server runs, all its processes go on, and the public
    sees the coarsened view.

    Raises
    ------
    StoreError
        It does, and nobody said that it may: then the restricted store is said to be the same folder.
    """
    if not settings.is_by_tier or settings.restricted_store is not None:
        return
    store = Store(settings.store)
    if not store.has_vintage():
        return
    found = said_in(store.folder).not_public
    if now := found.get(store.current().name):
        raise StoreError(say("store.holds_restricted", sources=sorted(now), folder=store.folder))
    older = {name: sources for name, sources in sorted(found.items()) if sources}
    if older:
        others = sorted({one for sources in older.values() for one in sources})
        raise StoreError(say("store.held_restricted", sources=others, folder=store.folder, vintages=list(older)))
