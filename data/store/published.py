"""When a vintage was published, and until when its data is."""

from pathlib import Path

import polars as pl

from data.model.caches import kept_numbers
from data.store.publication import manifest_in, publication_in
from data.store.vintage_ref import Published


def published_if_whole(folder: Path) -> Published | None:
    """Return it of one vintage; None of one that is torn."""
    try:
        return _published(folder)
    except (OSError, ValueError, pl.exceptions.PolarsError):
        return None  # ``check`` says what is wrong with it


@kept_numbers
def _published(folder: Path) -> Published:
    """Return when a vintage was published and until when its data is; a folder is never changed."""
    publication = publication_in(folder)
    if publication is None or manifest_in(folder) is None:
        raise ValueError(folder.name)
    sources = pl.read_parquet(folder / "sources.parquet", columns=["retrieved", "last_date"])
    published = publication.published or str(sources["retrieved"].max() or "")
    return Published(vintage=folder.name, published=published, data_until=str(sources["last_date"].max() or ""))
