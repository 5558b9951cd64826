"""Hot spots: Gi* of 50,000 cells against esda, and 200 moves of every record of a real file.

``python -m tests.bench.hotspots [store]``: medians of 5 in one run; without a store, records are scattered by chance.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import h3
import numpy as np
from esda import G_Local
from libpysal.graph import Graph

from data.hotspots.answer import records_of
from data.hotspots.request import Question, gather
from data.query.selection import Selection
from data.store.store import Store
from geo.cells import cells_of_points
from geo.sphere.neighbours import neighbours_of
from geo.statistics.emerging import levels_by_step, space_time_gi_star
from geo.statistics.hotspots import gi_star, hot_spots
from geo.statistics.stability import DRAWS, Records, ranking

RUNS, CELLS, MONTHS = 5, 50_000, 120


def median_ms(work: Callable[[], object]) -> float:
    """Return the median time of one call in milliseconds, after one that is not counted."""
    work()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def statistic() -> None:
    rings = next(step for step in range(1, 400) if 3 * step * (step + 1) + 1 >= CELLS)
    texts = sorted(h3.grid_disk(h3.latlng_to_cell(36, 14, 5), rings))[:CELLS]
    cells = np.array([h3.str_to_int(text) for text in texts], dtype=np.int64)
    values = np.random.default_rng(0).poisson(0.5, cells.size).astype(float)
    frames = np.random.default_rng(1).poisson(0.1, (cells.size, MONTHS)).astype(float)
    neighbours = neighbours_of(cells)
    pairs = neighbours.tocoo()
    graph = Graph.from_arrays(pairs.row, pairs.col, pairs.data)

    def peer() -> G_Local:
        return G_Local(values, graph, transform="B", star=True, permutations=0)

    assert np.abs(gi_star(values, neighbours) - peer().Zs).max() < 1e-9
    ours, theirs = median_ms(lambda: gi_star(values, neighbours)), median_ms(peer)
    print(f"Gi* of {cells.size:,} cells, resolution 5, neighbours at hand (ms)")
    print(f"  ours {ours:.2f}   esda with libpysal's graph {theirs:.0f}   {theirs / ours:.0f} times")
    graph_ms = median_ms(lambda: Graph.from_arrays(pairs.row, pairs.col, pairs.data))
    print(f"  neighbours made: ours from the cells {median_ms(lambda: neighbours_of(cells)):.0f}   "
          f"libpysal's graph from our pairs {graph_ms:.0f}")  # fmt: skip
    print(f"  with p, q and classes: ours {median_ms(lambda: hot_spots(values, neighbours)):.1f}")
    print(f"  {MONTHS} frames at once: {median_ms(lambda: gi_star(frames, neighbours)):.0f}")
    print(f"  {MONTHS} steps of space and time, with classes: "
          f"{median_ms(lambda: levels_by_step(space_time_gi_star(frames, neighbours))):.0f}")  # fmt: skip


def scattered(count: int) -> Records:
    random = np.random.default_rng(2)
    longitude, latitude = random.uniform(-120, 60, count), random.uniform(0, 50, count)
    cell = cells_of_points(latitude=latitude, longitude=longitude, resolution=7)
    return Records(cell, longitude, latitude, np.full(count, 25.0), np.ones(count))


def stability(folder: Path | None) -> None:
    print(f"{DRAWS} draws that move every record (ms)")
    if folder is None:
        some = scattered(18_745)
        taken = median_ms(lambda: ranking(some, resolution=3))
        print(f"  {some.cell.size:,} scattered records, resolution 3: {taken:.0f}")
        return
    vintage = Store(folder).current()
    for area in ("world", "mediterranean"):
        for resolution in (2, 3, 4):
            question = Question(Selection(resolution_chosen=resolution), area, "dead_or_missing")
            records = records_of(vintage, question, gather(vintage, question).area)
            taken = median_ms(lambda records=records, resolution=resolution: ranking(records, resolution=resolution))
            print(f"  {area}, resolution {resolution}, {records.cell.size:,} records that may enter it: {taken:.0f}")


if __name__ == "__main__":
    statistic()
    stability(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
