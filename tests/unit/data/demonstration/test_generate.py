"""The demonstration data: the same every time, read by the publishers' readers, and never without its mark."""

import hashlib
from pathlib import Path

import polars as pl

from data.demonstration.generate import write_demonstration
from data.store.store import Store


def digests(folder: Path) -> list[str]:
    folder.mkdir()
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in write_demonstration(folder)]


def test_it_is_the_same_every_time(tmp_path: Path) -> None:
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_everything_in_it_is_marked(demonstration_store: Store) -> None:
    vintage = demonstration_store.current()
    assert vintage.is_demonstration
    invented = vintage.sources.filter(pl.col("kind") != "segments")
    assert invented["is_demonstration"].all()
    assert invented["title"].str.contains("Demonstration").all()


def test_its_shares_are_realistic(demonstration_store: Store) -> None:
    incidents = demonstration_store.current().incidents
    toll = incidents["dead_or_missing"].sum()
    no_route = incidents.filter(pl.col("route").is_null())["dead_or_missing"].sum()
    unlinked = incidents["url"].null_count() / incidents.height
    assert 4_000 < incidents.height < 10_000
    assert incidents["date_from"].dt.year().drop_nulls().unique().sort().to_list() == list(range(2014, 2026))
    assert 0.08 < no_route / toll < 0.2
    assert 0.25 < unlinked < 0.5
    assert incidents["is_cumulative"].any()
    assert incidents.filter(~pl.col("is_cumulative"))["event_id"].is_duplicated().any()
    assert {"place", "area", "unknown"} <= set(incidents["location_precision"].to_list())


def test_deaths_detections_and_arrivals_are_all_there(demonstration_store: Store) -> None:
    counts = demonstration_store.current().counts
    assert {"detections", "persons_arrived", "persons_intercepted"} <= set(counts["unit"].to_list())
