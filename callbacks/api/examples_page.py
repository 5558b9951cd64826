"""The page of runnable examples at ``/api/v1/``: plain HTML, nothing to load but one stylesheet of our own."""

from html import escape
from typing import Final

from callbacks.server.interface import LISTS

ADDRESS: Final = "http://127.0.0.1:8050"
EXAMPLES: Final = (
    (
        "curl",
        f"""curl '{ADDRESS}/api/v1/totals?measure=dead_or_missing&by=year'
curl -H 'Accept: text/csv' '{ADDRESS}/api/v1/series?route=central-mediterranean'
curl -OJ '{ADDRESS}/api/v1/exports/cells.gpkg?resolution=3&from=2020-01-01'""",
    ),
    (
        "Python, with polars",
        f"""import polars as pl

cells = pl.read_parquet("{ADDRESS}/api/v1/cells.parquet?resolution=3")
print(cells.sort("value", descending=True).head(10))
series = pl.read_csv("{ADDRESS}/api/v1/series.csv?step=year")""",
    ),
    (
        "R",
        f"""series <- read.csv("{ADDRESS}/api/v1/series.csv?step=year")
plot(as.Date(series$period), series$dead_or_missing, type = "h")

library(sf)
cells <- read_sf("{ADDRESS}/api/v1/cells.geojson?resolution=3")
plot(cells["dead_or_missing"])""",
    ),
    (
        "Observable",
        f"""series = d3.csv("{ADDRESS}/api/v1/series.csv?step=month", d3.autoType)
Plot.rectY(series, {{x: "period", y: "dead_or_missing", interval: "month"}}).plot()""",
    ),
)
PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Crossings: the interface</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; color: #1a1f24; background: #fcfbf8; }}
body {{ max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem; }}
h1 {{ font-size: 1.75rem; margin: 0 0 .5rem; }} h2 {{ font-size: 1.1rem; margin: 2rem 0 .5rem; }}
pre {{ background: #f1efe8; border: 1px solid #dcdad3; border-radius: 6px; }}
pre {{ padding: 12px 16px; overflow-x: auto; font-size: 14px; }}
a {{ color: #1257c4; }} li {{ margin: .25rem 0; }}
</style>
</head>
<body>
<main>
<h1>Crossings: the interface</h1>
<p>The numbers of the page, under the same words as its address. Every number of dead or missing is a minimum, units are
never added up, and each answer states what its groups leave out. An answer with <code>vintage=</code> never
changes.</p>
<p><a href="/api/v1/openapi.json">Description (OpenAPI 3.1)</a> · <a href="/">The map</a></p>
<h2>Lists</h2>
<ul>{lists}</ul>
<p>Each as JSON, CSV, Arrow or Parquet (and GeoJSON where it has a place), by a suffix such as <code>.csv</code> or by
<code>Accept</code>. Lists of rows come in pages: <code>limit</code>, <code>offset</code>, <code>next</code>.</p>
{examples}
</main>
</body>
</html>"""


def page_of_examples() -> str:
    """Return the page as HTML."""
    lists = "".join(f'<li><a href="{one.path}">{one.path}</a></li>' for one in LISTS.values())
    examples = "".join(
        f'<h2>{escape(name)}</h2><pre tabindex="0" role="region" aria-label="{escape(name)}">{escape(code)}</pre>'
        for name, code in EXAMPLES
    )
    return PAGE.format(lists=lists, examples=examples)
