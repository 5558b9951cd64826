"""How sensitive each data set is: as a person says, else as it was held, else as it is declared (RULES 9).

What was said last holds for every vintage of a store, also for those from before it was said: an older vintage tells
nobody what has been restricted since, and one that was restricted stays so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from data.model.caches import kept_small
from data.model.sources import PUBLIC, RESTRICTED
from data.store.pointer import stated_name
from data.store.publication import publication_in
from data.store.vintage_ref import vintage_folders

FILE: Final = "sources.parquet"
NOT_PUBLIC: Final = "not_public"  # of an entry of the log: the data sets that its vintage says not to be public

Look = tuple[int, int]


@dataclass(frozen=True)
class Said:
    """What a store says: the last word by data set, and by vintage the data sets that are not public in it."""

    last: Mapping[str, str]
    not_public: Mapping[str, frozenset[str]]

    def withheld(self, sources: Iterable[str]) -> frozenset[str]:
        """Return which of these data sets the last word says not to be public."""
        return frozenset(source for source in sources if self.last.get(source, PUBLIC) != PUBLIC)

    @property
    def has_restricted(self) -> bool:
        """Return whether any vintage holds what is not public."""
        return any(self.not_public.values())


def with_sensitivity(
    sources: pl.DataFrame, *, said: Mapping[str, str], held: Mapping[str, str] | None = None
) -> pl.DataFrame:
    """Return sources (schema.SOURCES) of which all editions of one data set are of one sensitivity.

    Parameters
    ----------
    sources : one row per edition; a new one has what is declared of its data set
    said : what a person now says, by data set
    held : what was said last, by data set; None: nothing was
    """
    stated = {**strictest(sources), **(held or {}), **said}
    return sources.with_columns(pl.col("source").replace_strict(stated, return_dtype=pl.String).alias("sensitivity"))


def strictest(sources: pl.DataFrame) -> dict[str, str]:
    """Return by data set whether it is public: only where every edition of it is; else the first other word."""
    found: dict[str, str] = {}
    for source, sensitivity in sources.select("source", "sensitivity").iter_rows():
        if found.get(source, PUBLIC) == PUBLIC:
            found[source] = sensitivity or RESTRICTED
    return found


def said_in(store: Path) -> Said:
    """Return what the vintages of a store say of its data sets; of one whose sources cannot be read its log does."""
    look = _look(store)
    return Said({}, {}) if look is None else _said(store, look, stated_name(store))


@kept_small(8, each=20_000, in_words=False)
def _said(store: Path, _: Look, stated: str | None) -> Said:
    """Return it as of a look at the store's folder, which changes whenever a vintage or CURRENT does."""
    words = {folder.name: _words_in(folder, look) for folder in vintage_folders(store) if (look := _look(folder))}
    last: dict[str, str] = {}
    for name in sorted(words, reverse=True):
        if stated is None or name <= stated:
            last = words[name] | last
    for name in words.keys() if stated is not None else ():  # what a killed writer left can restrict, and free nothing
        if name > str(stated):
            last |= {source: word for source, word in words[name].items() if word != PUBLIC}
    not_public = {
        name: frozenset(one for one, word in own.items() if word != PUBLIC or last.get(one, PUBLIC) != PUBLIC)
        for name, own in words.items()
    }
    return Said(last, not_public)


@kept_small(1_000, each=1_000, in_words=False)
def _words_in(folder: Path, _: Look) -> dict[str, str]:
    try:
        return strictest(pl.read_parquet(folder / FILE, columns=["source", "sensitivity"], glob=False))
    except (OSError, pl.exceptions.PolarsError):
        said = publication_in(folder)
        return dict.fromkeys(said.history[-1].get(NOT_PUBLIC, ()), RESTRICTED) if said and said.history else {}


def _look(folder: Path) -> Look | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
