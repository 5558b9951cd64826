"""When a vintage was published, and until when its data is."""

import json
from pathlib import Path

import polars as pl

from data.model.caches import kept_numbers
from data.model.sources import PUBLIC
from data.store.vintage_ref import Published


def published_if_whole(folder: Path, *, by_tier: bool) -> Published | None:
    """Return when a vintage was published; None where it is damaged. ``by_tier``: as far as it is public."""
    try:
        return _published(folder, by_tier=by_tier)
    except (OSError, ValueError, AttributeError, pl.exceptions.PolarsError):
        return None  # ``check --all`` says what is wrong with it


@kept_numbers
def _published(folder: Path, *, by_tier: bool) -> Published:
    """Return when a vintage was published and until when its data is (of public sources, by tier); it never changes."""
    sources = pl.read_parquet(folder / "sources.parquet", columns=["retrieved", "last_date", "sensitivity"])
    sources = sources.filter(pl.col("sensitivity") == PUBLIC) if by_tier else sources
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    published = manifest.get("published") or str(sources["retrieved"].max() or "")
    return Published(vintage=folder.name, published=published, data_until=str(sources["last_date"].max() or ""))
