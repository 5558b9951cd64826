"""``python -m tests.bench.page_latency``: what one change of a filter costs on a published file, server to painted map."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dash import Dash
from flask import Flask
from werkzeug.test import EnvironBuilder

from callbacks.build import create_app
from data.model.vocabulary import FILES
from data.query.selection import Selection
from data.store.ingest import ingest
from data.store.store import Store
from layouts import ids
from tests.harness.serving import DRAWN, chromium, serving, wait_until

RUNS = 7
REAL = Path(os.environ.get("CROSSINGS_REAL_DATA", "../shared/data"))
MMP = "mmp/Missing_Migrants_Global_Figures_allData_2025-06-26.xlsx"
FRONTEX = "interceptions/frontex_detections_2009-01_2025-04.csv"
UNHCR = "flows/unhcr_arrivals_12_31.csv"


def body(output: str, declared: dict[str, Any], query: str) -> dict[str, Any]:
    """Return what the page posts for one callback after a change of the selection."""
    many = output.startswith("..")
    names = output.strip(".").split("...") if many else [output]
    outputs = [dict(zip(("id", "property"), name.split("@")[0].rsplit(".", 1), strict=True)) for name in names]
    value = {ids.SELECTION: query, ids.START: str(Selection.from_query(query).start)}
    parts = {part: [{**one, "value": value.get(one["id"])} for one in declared[part]] for part in ("inputs", "state")}
    return {"output": output, "outputs": outputs if many else outputs[0], **parts,
            "changedPropIds": [f"{ids.SELECTION}.data"]}  # fmt: skip


def listeners(app: Dash) -> list[tuple[str, dict[str, Any]]]:
    """Return the server's callbacks of a change of a filter: the one that reads the controls, and the page's."""
    return [
        (output, one)
        for output, one in app.callback_map.items()
        if "callback" in one and any(part["id"] in (ids.SELECTION, ids.ZOOMED) for part in one["inputs"])
    ]


def served(app: Dash, **request: Any) -> tuple[float, int]:
    """Return CPU milliseconds that the server takes for one request, the client's own left out, and bytes sent."""
    environ = EnvironBuilder(headers={"Accept-Encoding": "br"}, **request).get_environ()
    said: list[str] = []
    start = time.process_time()
    content = b"".join(app.server.wsgi_app(environ, lambda status, *_: said.append(status)))
    taken = (time.process_time() - start) * 1000
    assert said[0].startswith("200"), said
    return taken, len(content)


def ask(app: Dash, query: str) -> tuple[float, int]:
    """Return CPU milliseconds and compressed bytes of all answers to one change."""
    posts = [body(output, declared, query) for output, declared in listeners(app)]
    found = [served(app, path="/_dash-update-component", method="POST", json=post) for post in posts]
    found.append(served(app, path="/cells/values", query_string=query))
    return sum(taken for taken, _ in found), sum(sent for _, sent in found)


def empty(app: Dash) -> Callable[[], float]:
    """Return what measures as many requests to an empty route of a bare Flask as one change makes."""
    bare = Flask("bare")
    bare.add_url_rule("/", view_func=lambda: "")

    def ask_it() -> float:
        start = time.process_time()
        for _ in range(len(listeners(app)) + 1):
            bare.test_client().get("/").get_data()
        return (time.process_time() - start) * 1000

    return ask_it


def painted(address: str) -> float:
    """Return the median milliseconds from a change of the step of time in the page to a map that is idle again."""
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(address)
        page.locator(f"#{ids.SENTENCE}").filter(has_text=".").wait_for()
        page.wait_for_timeout(4000)
        page.locator(".chip-button").nth(1).click()
        taken = []
        for run in range(RUNS):
            start = time.perf_counter()
            field = page.locator(f"#{ids.START}")
            field.fill(f"20{14 + run}-01-01")
            field.press("Enter")
            page.locator(f"#{ids.SENTENCE}").filter(has_text=f"January 20{14 + run}").wait_for()
            idle = "document.querySelector('#map .js-plotly-plot')._fullLayout.map._subplot.map"
            of = f"crossings.now.query.includes('20{14 + run}-01-01')"
            while not page.evaluate(f"{of} && {idle}.loaded() && !{idle}.isMoving()"):
                page.wait_for_timeout(10)
            taken.append((time.perf_counter() - start) * 1000)
        return statistics.median(taken)


def answered(address: str) -> float:
    """Return the median milliseconds from the click on Questions in a fresh page to the first question's sentence."""
    with chromium() as browser:
        taken = []
        for _ in range(5):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(address)
            wait_until(page, DRAWN)
            page.wait_for_timeout(2000)
            start = time.perf_counter()
            page.locator(f"#{ids.SHOW_QUESTIONS}").click()
            page.locator(f"#{ids.ANSWER} :is(h2, h3)").first.wait_for()
            taken.append((time.perf_counter() - start) * 1000)
            page.close()
        return statistics.median(taken)


def main() -> None:
    """Print one table."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        ingest([*(REAL / name for name in (MMP, FRONTEX, UNHCR)), FILES / "routes.geojson"], store)
        app = create_app(store.folder)
        ask(app, "from=2013-01-01")
        fresh = [ask(app, f"from=20{14 + run}-03-01") for run in range(RUNS)]
        again = [ask(app, f"from=20{14 + run}-03-01") for run in range(RUNS)]
        bare = [empty(app)() for _ in range(RUNS)]
        with serving(store.folder) as address:
            shown, said = painted(address), answered(address)
    print(f"# One filter change on {MMP}, medians of {RUNS}\n\n| what | figure |\n| --- | --- |")
    print(f"| callbacks called, and the cells' values | {len(listeners(app))} + 1 |")
    print(f"| server CPU, first time | {statistics.median(cpu for cpu, _ in fresh):.1f} ms |")
    print(f"| server CPU, same again | {statistics.median(cpu for cpu, _ in again):.1f} ms |")
    print(f"| as many empty Flask routes, with the test client | {statistics.median(bare):.1f} ms |")
    print(f"| bytes down, brotli | {statistics.median(sent for _, sent in fresh) / 1000:.1f} kB |")
    print(f"| browser, change to idle map | {shown:.0f} ms |")
    print(f"| browser, fresh page, click on Questions to this year's sentence | {said:.0f} ms |")


if __name__ == "__main__":
    main()
