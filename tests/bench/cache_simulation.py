"""``python -m tests.bench.cache_simulation``: a day of readers before a CDN and one origin, from a seeded request log.

Sizes and CPU of each kind of answer are measured on the real app first; then a log of a day (hours, views by Zipf, a link
that spreads, pinned addresses, programs, a new vintage at six) runs through least-recently-used caches bounded by bytes:
one at each place of the CDN, one at the origin. Prices are arguments: nobody's list is quoted.
"""

import argparse
import tempfile
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from flask.testing import FlaskClient

from callbacks.build import create_app
from data.demonstration.generate import write_demonstration
from data.model.settings import CACHE_BYTES
from data.store.ingest import ingest
from data.store.store import Store

DAY: Final = 86_400
NEW_VINTAGE: Final = 6 * 3600  # when the newest changes
BURST: Final = 14 * 3600
HOURS: Final = np.array([2, 1, 1, 1, 1, 2, 3, 5, 7, 8, 8, 7, 7, 8, 8, 7, 7, 6, 6, 6, 6, 5, 4, 3], float)
VIEWS: Final = 20_000  # different views that readers come to; the first few have most
ZIPF: Final = 1.1
PER_READER: Final = 4  # views of one reader, on average
SPREAD, PINNED, RETURNING, PROGRAMS = 0.3, 0.15, 0.3, 0.01  # shares of readers
CALLS: Final = 50  # of a program
PREVIEWS: Final = 0.05  # pictures of a shared link, per reader
KEPT_MS: Final = 0.1  # CPU of an answer that the origin has kept
KINDS: Final = {  # what a reader's browser, a program or another site asks for
    "page": "/?v=2&from={day}", "values": "/cells/values?from={day}",
    "shapes": "/cells/{mark}/{source}/3.bin", "answers": "/api/v1/totals?from={day}", "pictures": "/embed.svg?from={day}",
}  # fmt: skip
ASSETS: Final = 1_591_000  # bytes of all scripts and styles, compressed (tests.bench.page_weight)
NAMES: Final = ("assets", "callbacks", *KINDS)
AT_ORIGIN: Final = ("callbacks", "values", "shapes", "pictures")  # what the origin keeps (data.model.caches)


@dataclass(frozen=True)
class Cost:
    """What one answer of a kind costs: bytes as sent, and CPU to make it."""

    size: int
    cpu_ms: float


CALLBACKS: Final = Cost(9_300, 2.5)  # of one change of a filter, without its values (tests.bench.page_latency)


@dataclass
class Places:
    """A cache that is bounded by bytes, least recently used out first."""

    capacity: int
    held: "OrderedDict[int, int]" = field(default_factory=OrderedDict)
    used: int = 0

    def has(self, key: int, size: int) -> bool:
        """Return whether an answer is held, and hold it from now on."""
        if key in self.held:
            self.held.move_to_end(key)
            return True
        self.held[key] = size
        self.used += size
        while self.used > self.capacity:
            self.used -= self.held.popitem(last=False)[1]
        return False


def costs(client: FlaskClient, store: Store) -> dict[str, Cost]:
    """Return what each kind costs on the app, first time asked: medians of five days that were not asked before."""
    vintage = store.current()
    found = {"assets": Cost(ASSETS, 0.0), "callbacks": CALLBACKS}
    for kind, address in KINDS.items():
        taken, size = [], 0
        for day in range(1, 7):
            asked = address.format(day=f"2018-0{day}-11", mark=vintage.mark, source=vintage.primary_source)
            begun = time.process_time()
            response = client.get(asked, headers={"Accept-Encoding": "br"})
            taken.append(1000 * (time.process_time() - begun))
            assert response.status_code == 200, asked
            size = len(response.data)
        found[kind] = Cost(size, float(np.median(taken[1:])) if kind != "shapes" else taken[0])
    return found


def log_of_a_day(readers: int, seed: int = 1) -> dict[str, np.ndarray]:
    """Return second, kind (place in NAMES), view, vintage (0: older, 1: of the morning, 2: new), pinned, reader."""
    random = np.random.default_rng(seed)
    weight = 1 / np.arange(1, VIEWS + 1) ** ZIPF
    hour = random.choice(24, readers, p=HOURS / HOURS.sum())
    arrives = hour * 3600 + random.integers(0, 3600, readers)
    spread = random.random(readers) < SPREAD
    arrives[spread] = BURST + random.exponential(1200, int(spread.sum())).astype(int)  # most within twenty minutes
    is_program = random.random(readers) < PROGRAMS
    pinned = (random.random(readers) < PINNED) | spread
    views = np.where(is_program, CALLS, random.geometric(1 / PER_READER, readers))
    reader = np.repeat(np.arange(readers), views)
    number = np.arange(reader.size) - np.repeat(np.cumsum(views) - views, views)
    view = random.choice(VIEWS, reader.size, p=weight / weight.sum())
    view[(number == 0) & spread[reader]] = VIEWS  # the link that spreads
    second = np.minimum(arrives[reader] + number * 25, DAY - 1)
    program = is_program[reader]
    parts = [("answers", program), ("values", ~program), ("callbacks", ~program)]
    first = ~program & (number == 0)
    parts += [("page", first), ("shapes", first), ("assets", first & (random.random(reader.size) >= RETURNING)),
              ("pictures", first & (random.random(reader.size) < PREVIEWS))]  # fmt: skip
    rows = np.concatenate([np.flatnonzero(chosen) for _, chosen in parts])
    kind = np.concatenate([np.full(int(chosen.sum()), NAMES.index(name)) for name, chosen in parts])
    is_pinned = pinned[reader]
    vintage = np.where(is_pinned & ~spread[reader], random.integers(0, 2, reader.size), 1 + (second >= NEW_VINTAGE))
    order = np.argsort(second[rows], kind="stable")
    columns = {"second": second, "view": view, "vintage": vintage, "pinned": is_pinned, "reader": reader}
    return {"kind": kind[order], **{name: values[rows][order] for name, values in columns.items()}}


Kept = Callable[[str, bool], bool]  # whether the CDN may hold an answer of a kind, pinned or not


def as_it_is(kind: str, pinned: bool) -> bool:
    """Return what the headers of today allow: files and shapes; of answers and pictures what is pinned."""
    return kind in ("assets", "shapes") or (pinned and kind in ("answers", "pictures"))


def pinned_values(kind: str, pinned: bool) -> bool:
    """Return the same with cells' values that are pinned."""
    return as_it_is(kind, pinned) or (pinned and kind == "values")


def every_address_pinned(kind: str, pinned: bool) -> bool:
    """Return the plan: the page asks by the vintage that it shows, so that all but its callbacks may be held."""
    del pinned
    return kind not in ("callbacks", "page")


def and_the_page(kind: str, pinned: bool) -> bool:
    """Return the same with the page itself, by the vintage that it was made of: a CDN asks anew after a minute."""
    return every_address_pinned(kind, pinned) or kind == "page"


def keys(log: dict[str, np.ndarray]) -> np.ndarray:
    """Return one number for each different answer."""
    view = np.where(log["kind"] == NAMES.index("shapes"), log["view"] % 3, log["view"])  # a shape for each resolution
    view[log["kind"] == NAMES.index("assets")] = 0
    vintage = np.where(log["kind"] == NAMES.index("assets"), 0, log["vintage"])
    return (view * 3 + vintage) * len(NAMES) + log["kind"]


def simulated(
    log: dict[str, np.ndarray], cost: dict[str, Cost], kept: Kept, *, places: int, edge_bytes: int, no_cdn: bool = False
) -> dict[str, float]:
    """Return requests and bytes that the CDN answers, and what is left to the origin."""
    share = 1 / np.arange(1, places + 1)
    home = np.random.default_rng(2).choice(places, int(log["reader"].max()) + 1, p=share / share.sum())
    edges, origin = [Places(edge_bytes) for _ in range(places)], Places(CACHE_BYTES)
    size, cpu = ([getattr(cost[name], what) for name in NAMES] for what in ("size", "cpu_ms"))
    may = [[kept(name, pinned) and not no_cdn for pinned in (False, True)] for name in NAMES]
    hits = hit_bytes = total_bytes = cpu_ms = origin_bytes = 0.0
    seconds = np.zeros(DAY)
    rows: Iterator[tuple[int, ...]] = zip(
        *(log[name].tolist() for name in ("second", "kind", "pinned", "reader")), keys(log).tolist(), strict=True
    )
    for second, kind, pinned, reader, key in rows:
        total_bytes += size[kind]
        if may[kind][pinned] and edges[home[reader]].has(key, size[kind]):
            hits += 1
            hit_bytes += size[kind]
            continue
        is_kept = NAMES[kind] in AT_ORIGIN and origin.has(key, size[kind])
        spent = KEPT_MS if is_kept else max(cpu[kind], KEPT_MS)
        cpu_ms += spent
        seconds[second] += spent
        origin_bytes += size[kind]
    count = log["kind"].size
    return {
        "requests": count, "hits": hits / count, "hit_bytes": hit_bytes / total_bytes, "to_origin": count - hits,
        "cpu_s": cpu_ms / 1000, "busiest_cores": float(np.convolve(seconds, np.ones(60) / 60).max() / 1000),
        "origin_gb": origin_bytes / 1e9, "total_gb": total_bytes / 1e9,
    }  # fmt: skip


def main() -> None:
    """Measure the costs, make the log, print one table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--readers", type=int, default=100_000)
    parser.add_argument("--places", type=int, default=8, help="of the CDN, each with a cache of its own")
    parser.add_argument("--edge-mb", type=int, default=500, help="that each place keeps of this site")
    parser.add_argument("--per-gb", type=float, default=0.03, help="price of a GB that the CDN sends")
    parser.add_argument("--per-cpu-hour", type=float, default=0.05, help="price of an hour of one core")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        (Path(folder) / "files").mkdir()
        ingest(write_demonstration(Path(folder) / "files"), store)
        cost = costs(create_app(store.folder).server.test_client(), store)
    print("| kind | bytes | CPU, first time |\n| --- | --- | --- |")
    for name, one in cost.items():
        print(f"| {name} | {one.size:,} | {one.cpu_ms:.1f} ms |")
    log = log_of_a_day(asked.readers)
    per_million = 1e6 / asked.readers
    print(f"\n{asked.readers:,} readers, {log['kind'].size:,} requests; figures per million readers\n")
    print(
        "| what may be held | CDN answers, of requests | of bytes | requests to the origin | CPU | busiest minute | out of the CDN | cost |"
    )
    print("| --- " * 8 + "|")
    ways: dict[str, tuple[Kept, bool]] = {
        "nothing: no CDN": (as_it_is, True), "as the headers are": (as_it_is, False),
        "and pinned values": (pinned_values, False), "every address pinned": (every_address_pinned, False),
        "and the page": (and_the_page, False),
    }  # fmt: skip
    for name, (kept, no_cdn) in ways.items():
        one = simulated(log, cost, kept, places=asked.places, edge_bytes=asked.edge_mb * 1_000_000, no_cdn=no_cdn)
        price = per_million * (one["total_gb"] * asked.per_gb + one["cpu_s"] / 3600 * asked.per_cpu_hour)
        cores = one["busiest_cores"] * per_million
        print(f"| {name} | {one['hits']:.1%} | {one['hit_bytes']:.1%} | {one['to_origin'] * per_million / 1e6:.1f} M | "
              f"{one['cpu_s'] * per_million / 3600:.1f} h | {cores:.1f} cores | {one['total_gb'] * per_million:,.0f} GB | {price:.0f} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
