"""``python -m tests.bench.views``: server CPU of each view of the pillars, and of its years, on publishers' files."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data.model.caches import CACHES
from data.pillars.models import Asked
from data.pillars.series import series_of
from data.pillars.views import VIEWS
from data.store.ingest import How, ingest
from data.store.store import Store
from data.store.vintage import Vintage
from tests.golden.test_pillars import FILES, TREATIES
from tests.golden.test_reception_and_causes import FILES as OTHER_FILES

ROUTE = "central-mediterranean"
TIMES = 5
BUDGET_MS = 50


def held(folder: Path) -> Vintage:
    """Return a store of the files that the views are made of."""
    real = Path(os.environ.get("CROSSINGS_REAL_DATA", "../shared/data"))
    store = Store(folder)
    ingest([real / name for name in dict.fromkeys((*FILES, *OTHER_FILES))], store)
    for layout, number in TREATIES.items():
        path = real / f"context/law/untreaties_2015_{number}.csv"
        ingest([path], store, how=How(layouts={path: layout}))
    return store.current()


def cpu_ms(vintage: Vintage, work: Callable[[], Any], *, is_kept: bool = False) -> float:
    """Return the median CPU of some work in ms; nothing of it kept from before, or what a server keeps (``is_kept``)."""
    found = []
    for _ in range(TIMES):
        if not is_kept:
            CACHES.drop(about=vintage)
        start = time.process_time()
        work()
        found.append((time.process_time() - start) * 1000)
    return statistics.median(found)


def main() -> None:
    """Print what each view costs by itself, and its years beside it."""
    with tempfile.TemporaryDirectory() as folder:
        vintage = held(Path(folder))
        for one in VIEWS.values():
            one.answer(vintage, Asked(ROUTE))  # what a server reads once
            first = cpu_ms(vintage, lambda one=one: one.answer(vintage, Asked(ROUTE)))
            own = cpu_ms(vintage, lambda one=one: one.answer(vintage, Asked(ROUTE)), is_kept=True)
            years = cpu_ms(vintage, lambda one=one: series_of(vintage, one.answer, ROUTE))
            mark = "" if own <= BUDGET_MS else "  over the budget"
            print(f"{one.id:18s} {own:6.1f} ms, at first {first:6.1f} ms, over the years {years:6.1f} ms{mark}")


if __name__ == "__main__":
    main()
