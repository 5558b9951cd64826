"""``/metrics`` for Prometheus: requests, seconds, caches, queue, vintage and lag; nothing of any person."""

import hmac
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from ipaddress import ip_address
from typing import Any, Final

from dash import Dash
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

from callbacks.server.counters import Counters
from callbacks.server.request_kinds import KINDS
from data.model.caches import CACHES
from data.model.days import today
from data.model.errors import CrossingsError
from data.model.settings import LOOPBACK, OFF, read_settings
from data.store.store import Store

PATH: Final = "/metrics"
MEDIA: Final = "text/plain; version=0.0.4; charset=utf-8"
STATUSES: Final = ("200", "204", "206", "302", "304", "400", "401", "403", "404", "405", "406", "408", "409", "413",
                   "414", "415", "416", "429", "500", "503", "other")  # fmt: skip
SECONDS: Final = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, float("inf"))
LIVE: Final = ("cache_bytes", "cache_budget", "cache_hits", "cache_misses", "answer_hits", "answer_misses", "queue")
FORWARDED: Final = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA", "HTTP_X_FORWARDED_HOST")
OF_KIND: Final = len(STATUSES) + len(SECONDS) + 1  # the statuses, the buckets, the sum of seconds
FIRST_LIVE: Final = OF_KIND * len(KINDS)
PLACE: Final = {kind: place * OF_KIND for place, kind in enumerate(KINDS)}
STATUS_PLACE: Final = {status: place for place, status in enumerate(STATUSES)}
LIVE_PLACE: Final = {name: FIRST_LIVE + place for place, name in enumerate(LIVE)}

Environ = dict[str, Any]


class Metrics:
    """What the workers of one server count."""

    kept_bytes: Final = 0

    def __init__(self, store: Store) -> None:
        """Count with the other workers where the settings name a folder, else alone."""
        self._store = store
        self._counters = Counters(FIRST_LIVE + len(LIVE), read_settings().metrics_folder)
        self._watched: dict[str, Callable[[], float]] = {}

    def watch(self, name: str, ask: Callable[[], float]) -> None:
        """Tell a number of ``LIVE`` from now on, as ``ask`` returns it: the hook of caches and of the queue."""
        if name not in LIVE_PLACE:
            raise KeyError(name)
        self._watched[name] = ask

    def count(self, kind: str, status: str, seconds: float) -> None:
        """Count one request."""
        place = PLACE[kind]
        at_status = place + STATUS_PLACE.get(status, len(STATUSES) - 1)
        first_bucket = place + len(STATUSES)
        bucket = first_bucket + bisect_left(SECONDS, seconds)
        self._counters.add((at_status, 1), (bucket, 1), (first_bucket + len(SECONDS), seconds))

    def tell_live(self) -> None:
        """Write what this worker keeps now, for whichever worker is asked."""
        self._counters.put([(LIVE_PLACE[name], float(ask())) for name, ask in self._watched.items()])

    def text(self) -> bytes:
        """Return all that is told, as Prometheus reads it."""
        self.tell_live()
        registry = CollectorRegistry(auto_describe=False)
        registry.register(self)
        return generate_latest(registry)

    def collect(self) -> Iterator[Metric]:
        """Return the families of metrics, for the library that writes them."""
        counted, living = self._counters.of_all(), self._counters.of_living()
        requests = CounterMetricFamily("crossings_requests", "Requests answered", labels=("kind", "status"))
        seconds = HistogramMetricFamily(
            "crossings_request_seconds", "Seconds until an answer is made", labels=("kind",)
        )
        for kind, place in PLACE.items():
            for status, at in STATUS_PLACE.items():
                if counted[place + at]:
                    requests.add_metric((kind, status), counted[place + at])
            buckets = counted[place + len(STATUSES) : place + len(STATUSES) + len(SECONDS)].cumsum()
            bounds = [str(bound) if bound != float("inf") else "+Inf" for bound in SECONDS]
            seconds.add_metric((kind,), list(zip(bounds, buckets, strict=True)), counted[place + OF_KIND - 1])
        yield requests
        yield seconds
        yield from _of_workers({name: living[:, place].sum() for name, place in LIVE_PLACE.items()}, len(living))
        yield from self._of_store()

    def _of_store(self) -> Iterator[Metric]:
        try:
            newest = self._store.newest_name()
            (published,) = [one for one in self._store.published() if one.vintage == newest]
        except (CrossingsError, ValueError):
            return
        info = GaugeMetricFamily("crossings_vintage_info", "The vintage in use", labels=("vintage",))
        info.add_metric((newest,), 1)
        yield info
        told = (("vintage_age", published.published, "Days since the vintage in use was published"),
                ("data_lag", published.data_until, "Days since the last day that its data speaks of"))  # fmt: skip
        for name, day, words in told:
            if day:
                days = (today() - date.fromisoformat(str(day)[:10])).days
                yield GaugeMetricFamily(f"crossings_{name}_days", words, value=days)


def _of_workers(live: dict[str, float], workers: int) -> Iterator[Metric]:
    yield GaugeMetricFamily("crossings_workers", "Workers that count", value=workers)
    yield GaugeMetricFamily("crossings_cache_bytes", "Bytes that the workers keep", value=live["cache_bytes"])
    yield GaugeMetricFamily("crossings_cache_budget_bytes", "Bytes that they may keep", value=live["cache_budget"])
    yield GaugeMetricFamily("crossings_queue_length", "Heavy answers made or waited for", value=live["queue"])
    for word in ("hits", "misses"):
        found = CounterMetricFamily(f"crossings_cache_{word}", f"Cache {word} of the running workers", labels=("kept",))
        found.add_metric(("values",), live[f"cache_{word}"])
        found.add_metric(("answers",), live[f"answer_{word}"])
        yield found


def register(app: Dash, store: Store) -> Metrics:
    """Answer ``/metrics`` for whom the settings name; to anybody else there is nothing at that address."""
    server: Any = app.server
    metrics = Metrics(store)
    metrics.watch("cache_bytes", lambda: CACHES.usage().bytes)
    metrics.watch("cache_budget", lambda: CACHES.usage().budget)
    metrics.watch("cache_hits", lambda: CACHES.usage().hits)
    metrics.watch("cache_misses", lambda: CACHES.usage().misses)
    behind, allowed = server.wsgi_app, read_settings().metrics_for

    def answer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != PATH or environ["REQUEST_METHOD"] != "GET" or not may_read(environ, allowed):
            found: Iterable[bytes] = behind(environ, start_response)
            return found
        content = metrics.text()
        headers = [("Content-Type", MEDIA), ("Content-Length", str(len(content))), ("Cache-Control", "no-store")]
        start_response("200 OK", headers)
        return [content]

    server.wsgi_app = answer
    return metrics


def may_read(environ: Environ, allowed: str) -> bool:
    """Return whether a request may read the metrics: by token, or from this machine and through no proxy."""
    if allowed == OFF:
        return False
    if allowed != LOOPBACK:
        given = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1", "replace")
        return hmac.compare_digest(given, f"Bearer {allowed}".encode())
    host = environ.get("HTTP_HOST", "").rsplit(":", 1)[0].strip("[]")
    is_direct = not any(name in environ for name in FORWARDED)
    return is_direct and _is_loopback(environ.get("REMOTE_ADDR", "")) and (host == "localhost" or _is_loopback(host))


def _is_loopback(text: str) -> bool:
    try:
        return ip_address(text).is_loopback
    except ValueError:
        return False
