"""When a vintage was published, and until when its data is."""

from pathlib import Path

import polars as pl

from data.model.caches import kept_numbers
from data.model.sources import PUBLIC
from data.store.publication import MANIFEST, PUBLICATION, manifest_in, publication_in
from data.store.sensitivity import said_in
from data.store.vintage_ref import Published

Look = tuple[int | None, ...]


def published_if_whole(folder: Path, *, by_tier: bool) -> Published | None:
    """Return it of one vintage; None of one that is torn. ``by_tier``: as far as it is public."""
    withheld = said_in(folder.parent).not_public.get(folder.name, frozenset()) if by_tier else frozenset()
    try:
        return _published(folder, _look(folder), by_tier=by_tier, withheld=withheld)
    except (OSError, ValueError, pl.exceptions.PolarsError):
        return None  # ``check`` says what is wrong with it


def _look(folder: Path) -> Look:
    """Return what shows that the files that are read were changed or lost: a damaged vintage has no day."""
    return tuple(
        path.stat().st_mtime_ns if path.exists() else None for path in (folder / MANIFEST, folder / PUBLICATION)
    )


@kept_numbers
def _published(folder: Path, _: Look, *, by_tier: bool, withheld: frozenset[str]) -> Published:
    """Return when a vintage was published and until when its data is (of public sources, by tier); it never changes."""
    publication = publication_in(folder)
    if publication is None or manifest_in(folder) is None:
        raise ValueError(folder.name)
    sources = pl.read_parquet(folder / "sources.parquet", columns=["source", "retrieved", "last_date", "sensitivity"])
    is_public = (pl.col("sensitivity") == PUBLIC) & ~pl.col("source").is_in(sorted(withheld))
    sources = sources.filter(is_public) if by_tier else sources
    published = publication.published or str(sources["retrieved"].max() or "")
    return Published(vintage=folder.name, published=published, data_until=str(sources["last_date"].max() or ""))
