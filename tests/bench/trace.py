"""Where the time of a frame goes, read from the trace that Chromium itself writes (Chrome trace event format)."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Final

from playwright.sync_api import Browser, Page

CATEGORIES: Final = ("devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel", "gpu", "viz")
SCRIPT: Final = frozenset(
    ("FunctionCall", "EvaluateScript", "FireAnimationFrame", "RunMicrotasks", "TimerFire", "EventDispatch",
     "v8.callFunction", "MinorGC", "MajorGC", "BlinkGC.AtomicPhase")
)  # fmt: skip
STYLE: Final = frozenset(
    ("UpdateLayoutTree", "Layout", "HitTest", "IntersectionObserverController::computeIntersections")
)
PAINT: Final = frozenset(("PrePaint", "Paint", "PaintImage", "Layerize", "Commit", "UpdateLayer", "CompositeLayers"))
KINDS: Final = {
    **dict.fromkeys(SCRIPT, "script"),
    **dict.fromkeys(STYLE, "style and layout"),
    **dict.fromkeys(PAINT, "paint"),
}
REST: Final = "other work of the page's thread"
WAIT: Final = "waiting for the drawing"
GPU: Final = "drawing"
Event = dict[str, Any]


def traced(browser: Browser, page: Page, work: Callable[[], None]) -> list[Event]:
    """Return the events of Chromium's trace while ``work`` runs; times are microseconds of the thread's own CPU."""
    browser.start_tracing(page=page, categories=list(CATEGORIES))
    work()
    events: list[Event] = json.loads(browser.stop_tracing())["traceEvents"]
    return events


def threads(events: Iterable[Event]) -> dict[tuple[int, int], str]:
    """Return the name of each thread (process, thread)."""
    return {(event["pid"], event["tid"]): event["args"]["name"] for event in events if event["name"] == "thread_name"}


def own_times(events: list[Event]) -> Counter[str]:
    """Return the microseconds that the events of one thread took themselves, by kind; nested ones are taken out."""
    found: Counter[str] = Counter()
    open_events: list[tuple[float, str]] = []  # end and kind of what surrounds
    for event in sorted(events, key=lambda event: (event["ts"], -event.get("dur", 0))):
        while open_events and open_events[-1][0] <= event["ts"]:
            open_events.pop()
        around = open_events[-1][1] if open_events else None
        kind = KINDS.get(event["name"], around or REST)
        taken = event.get("tdur", event.get("dur", 0))
        found[kind] += taken
        if around is not None:
            found[around] -= taken
        open_events.append((event["ts"] + event.get("dur", 0), kind))
    return found


def busy(events: list[Event], measured: str) -> int:
    """Return the microseconds of the outermost events of one thread: by its clock (``dur``) or its CPU (``tdur``)."""
    end = total = 0
    for event in sorted(events, key=lambda event: (event["ts"], -event.get("dur", 0))):
        if event["ts"] >= end:
            end, total = event["ts"] + event.get("dur", 0), total + event.get(measured, 0)
    return total


def split(events: list[Event]) -> dict[str, float]:
    """Return milliseconds by kind: CPU of the page's main thread, what it waited, and the clock time of drawing.

    The drawing is the GPU process's main thread: without a card it runs the shaders on the processor, in threads that
    write no events, so it is told by the clock.
    """
    names = threads(events)
    whole = [event for event in events if event.get("ph") == "X"]
    of = {thread: [event for event in whole if (event["pid"], event["tid"]) == thread] for thread in names}
    page = max(of.values(), key=lambda each: sum(event["name"] == "FireAnimationFrame" for event in each))
    gpu = [of[thread] for thread, name in names.items() if name == "CrGpuMain"]
    found = own_times(page)
    found[WAIT] = busy(page, "dur") - busy(page, "tdur")
    found[GPU] = sum(busy(each, "dur") for each in gpu)
    return {kind: microseconds / 1000 for kind, microseconds in found.items()}
