"""The one owner of what is kept in memory: answers, tables and bytes, within one budget in bytes.

``@kept`` keeps what a function returns about a vintage and a selection, in the language in use and for the reader in
use (RULES 9); what was not asked for the longest makes room. ``@kept_numbers`` does so where no word is in the answer,
so that all languages share it.
``@kept_small`` is for the many little ones (a date in words, a name): so many values of so many bytes at most, which
are taken off the budget when the function is declared. What is read once from the program's own files is no cache:
``functools.cache`` on a function without parameters. ``geo`` imports nothing of this project and keeps a few shapes of
its own, bounded in number (docs/decisions/11-caches.md).
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache, update_wrapper
from threading import Lock
from typing import Any, Final, Generic, ParamSpec, Protocol, TypeVar, cast

from cachetools import LRUCache

from data.model.byte_size import byte_size
from data.model.notices import language_in_use
from data.model.roles import reader_in_use
from data.model.settings import CACHE_BYTES

Asked = ParamSpec("Asked")
Found = TypeVar("Found")
Answer_co = TypeVar("Answer_co", covariant=True)

LARGEST_SHARE: Final = 4  # one value may fill a quarter of the budget
OVERHEAD: Final = 600  # of an entry: key, node and bookkeeping; measured with tracemalloc on selections
NOTHING: Final = object()


@dataclass(frozen=True)
class Usage:
    """What is kept: values, bytes, and the budget in bytes; how often something was found, and how often not."""

    values: int
    bytes: int
    budget: int
    hits: int = 0
    misses: int = 0


class Caches:
    """Values by key within a number of bytes, the newest first; safe between threads."""

    kept_bytes: Final = 0  # it counts others, never itself

    def __init__(self, budget: int) -> None:
        """Keep at most ``budget`` bytes, by ``byte_size`` and an overhead for each entry."""
        self.budget, self._reserved = budget, 0
        self._hits = self._misses = 0
        self._lock = Lock()
        self._kept: LRUCache[Hashable, tuple[Any, int]] = LRUCache(budget, getsizeof=lambda entry: entry[1])

    def reserve(self, size: int) -> None:
        """Take bytes off the budget that are kept elsewhere."""
        with self._lock:
            self._reserved += size
            self._refill(max(self.budget - self._reserved, 0))

    def limit(self, budget: int) -> None:
        """Keep at most so many bytes from now on, as the settings say."""
        with self._lock:
            self.budget = budget
            self._refill(max(budget - self._reserved, 0))

    def _refill(self, room: int) -> None:
        before, self._kept = self._kept, LRUCache(room, getsizeof=lambda entry: entry[1])
        for key, entry in before.items():
            if entry[1] <= room:
                self._kept[key] = entry

    def get(self, key: Hashable, default: Any = None) -> Any:
        """Return what is kept for a key, and remember that it was asked for."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                self._misses += 1
            else:
                self._hits += 1
        return default if found is None else found[0]

    def keep(self, key: Hashable, value: Any, *, size: int | None = None) -> None:
        """Keep a value of so many bytes (measured if not told); one too large for its share is not kept."""
        held = OVERHEAD + (byte_size((key, value)) if size is None else size)
        with self._lock:
            if held <= self._kept.maxsize // LARGEST_SHARE:
                self._kept[key] = (value, held)

    def drop(self, *, about: object = NOTHING, by: object = NOTHING) -> None:
        """Drop what is kept about a thing (a vintage that nobody reads any more), or by one function."""
        with self._lock:
            for key in [key for key in self._kept if _is_of(key, about, by)]:
                del self._kept[key]

    def count(self, *, by: object) -> int:
        """Return how many values of one function are kept."""
        with self._lock:
            return sum(_is_of(key, NOTHING, by) for key in self._kept)

    def usage(self) -> Usage:
        """Return how much is kept now."""
        with self._lock:
            return Usage(len(self._kept), int(self._kept.currsize), self.budget, self._hits, self._misses)


def _is_of(key: Hashable, about: object, by: object) -> bool:
    parts: Iterable[Any] = key if isinstance(key, tuple) else (key,)
    return any(part is about or part is by for part in parts)


CACHES: Final = Caches(CACHE_BYTES)


class Kept(Protocol[Asked, Answer_co]):
    """A function whose answers are kept; ``__wrapped__`` is the function itself."""

    __wrapped__: Callable[..., Any]

    def __call__(self, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer_co:
        """Return the kept answer, or a new one."""

    def cache_clear(self) -> None:
        """Drop what is kept by this function."""

    def kept_values(self) -> int:
        """Return how many of its values are kept now."""


class _Keeper(Generic[Asked, Found]):
    def __init__(self, function: Callable[Asked, Found], *, in_words: bool) -> None:
        self.__wrapped__ = function
        self._in_words = in_words
        update_wrapper(self, function)

    def __call__(self, *args: Asked.args, **kwargs: Asked.kwargs) -> Found:
        key = (self, *args, *kwargs.items(), language_in_use() if self._in_words else None, reader_in_use())
        found = CACHES.get(key, NOTHING)
        if found is NOTHING:
            found = self.__wrapped__(*args, **kwargs)
            CACHES.keep(key, found)
        return cast("Found", found)

    def cache_clear(self) -> None:
        CACHES.drop(by=self)

    def kept_values(self) -> int:
        return CACHES.count(by=self)


def kept(function: Callable[Asked, Found]) -> Kept[Asked, Found]:
    """Keep what a function returns, by its arguments and the language in use, within the budget."""
    return _Keeper(function, in_words=True)


def kept_numbers(function: Callable[Asked, Found]) -> Kept[Asked, Found]:
    """Keep what a function returns, by its arguments alone: no word of a language is in it."""
    return _Keeper(function, in_words=False)


def _with_handles(function: Any, counted: Any) -> Any:
    vars(function).update(cache_clear=counted.cache_clear, kept_values=lambda: counted.cache_info().currsize)
    return function


def kept_small(
    most: int, *, each: int = 300, in_words: bool = True
) -> Callable[[Callable[Asked, Found]], Kept[Asked, Found]]:
    """Keep the newest ``most`` values of a function, of some ``each`` bytes with their key; taken off the budget."""
    CACHES.reserve(most * each)

    def keeping(function: Callable[Asked, Found]) -> Kept[Asked, Found]:
        if not in_words:
            few: Any = lru_cache(maxsize=most)(function)
            return cast("Kept[Asked, Found]", _with_handles(few, few))
        by_language: Any = lru_cache(maxsize=most)(lambda _, *args, **kwargs: function(*args, **kwargs))

        def in_language(*args: Asked.args, **kwargs: Asked.kwargs) -> Found:
            return cast("Found", by_language(language_in_use(), *args, **kwargs))

        update_wrapper(in_language, function)
        return cast("Kept[Asked, Found]", _with_handles(in_language, by_language))

    return keeping
